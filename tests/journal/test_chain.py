"""One event of the chain: how it is hashed, and what an export's line may say."""

import hashlib
import json
from dataclasses import replace

import pytest

from homeward.journal.canonical import canonical_json
from homeward.journal.chain import (
    START,
    ChainEvent,
    event_from_line,
    event_named,
    new_salt,
    payload_digest,
    seal,
)

SALT = "5a" * 32
DATA = {"figure": 1000, "parties": ["A", None, True], "é": {}}
FIRST = seal(
    ChainEvent(
        format=1,
        sequence=1,
        time="2026-01-30T08:00:01.000000Z",
        actor="P-7K3MQ2XW",
        organisation="bureau-of-alpha",
        action="record.claim_accepted",
        subject="claim:17",
        data=DATA,
        previous=START,
    )
)
SECOND = seal(replace(FIRST, format=2, salt=SALT, digest=payload_digest(SALT, canonical_json(DATA)), hash=""))
OLD, NEW = FIRST.line(), SECOND.line()


def test_seal__hashes_what_the_documentation_says() -> None:
    """A second reading of docs/concepts/journal.md, from the line of the export alone."""
    old, new = json.loads(OLD), json.loads(NEW)

    def sha256_of(fields: dict[str, object]) -> str:
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    assert sha256_of({name: value for name, value in old.items() if name != "hash"}) == old["hash"]
    covered = {name: value for name, value in new.items() if name not in {"hash", "data", "salt"}}
    assert sha256_of(covered) == new["hash"]
    data = json.dumps(new["data"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert hashlib.sha256(bytes.fromhex(new["salt"]) + data).hexdigest() == new["digest"]


def test_line__comes_back_as_the_event() -> None:
    erased = replace(SECOND, data=None, salt=None)

    for event in (FIRST, SECOND, erased):
        assert event_from_line(event.line()) == event
    assert erased.content_hash() == SECOND.hash
    assert b"figure" not in erased.line()


def test_new_salt__is_never_the_same() -> None:
    assert len({new_salt() for _ in range(100)}) == 100
    assert len(bytes.fromhex(new_salt())) == 32


@pytest.mark.parametrize(
    ("subject", "number"),
    [("event:17", 17), ("event:0", 0), ("event:017", 0), ("event:x", 0), ("claim:17", 0)],
)
def test_event_named__reads_the_number_of_an_event(subject: str, number: int) -> None:
    assert event_named(subject) == number


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"[]\n", "not an object"),
        (b"{}\n", 'field "action" missing'),
        (OLD.replace(b'"sequence":1', b'"sequence":true'), "sequence"),
        (OLD.replace(b'"sequence":1', b'"sequence":0'), "sequence"),
        (OLD.replace(b'"actor":"P-7K3MQ2XW"', b'"actor":7'), '"actor" that is not text'),
        (OLD.replace(b".000000Z", b"Z"), "time"),
        (OLD.replace(START.encode(), b"0"), "previous"),
        (OLD.replace(b'"data":{', b'"data":[{').replace(b'},"hash', b'}],"hash'), "data"),
        (OLD.replace(b'"time"', b'"tine"'), '"time" missing'),
        (OLD.replace(b'"hash"', b'"format":1,"hash"'), '"digest" missing'),
        (NEW.replace(b'"format":2', b'"format":1'), "lines do not tell their format"),
        (NEW.replace(b'"format":2', b'"format":3'), "neither 1 nor 2"),
        (NEW.replace(b'"format":2', b'"format":true'), "lines do not tell their format"),
        (NEW.replace(b'"salt":"5a', b'"salt":"5A'), '"salt" that is not'),
        (NEW.replace(b'"salt":"' + SALT.encode() + b'"', b'"salt":null'), "data without their salt"),
        (NEW.replace(b'"digest":"', b'"digest":"0'), '"digest" that is not'),
        (NEW.replace(b'"data":{', b'"data":[{').replace(b'},"digest', b'}],"digest'), "data"),
    ],
)
def test_event_from_line__says_what_is_wrong(line: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        event_from_line(line)
