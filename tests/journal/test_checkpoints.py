"""Signed checkpoints: they show what the chain alone cannot."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from homeward.errors import BrokenChainError, InputError
from homeward.journal.chain import START, ChainEvent, Link, seal
from homeward.journal.checkpoints import (
    SignedCheckpoint,
    private_key,
    public_key,
    public_key_text,
    read_checkpoint,
    sign,
    verify_with_checkpoint,
)

KEY = private_key("01" * 32, place="test")
OTHER = private_key("02" * 32, place="test")
TIME = "2026-01-30T08:00:00.000000Z"


def _lines(*subjects: str) -> tuple[list[bytes], list[Link]]:
    lines: list[bytes] = []
    links = [Link(0, START)]
    for number, subject in enumerate(subjects, start=1):
        event = seal(
            ChainEvent(
                format=1,
                sequence=number,
                time=TIME,
                actor="system",
                organisation="",
                action="record.loaded",
                subject=subject,
                data={},
                previous=links[-1].hash,
            )
        )
        lines.append(event.line())
        links.append(event.link)
    return lines, links


LINES, LINKS = _lines("one", "two", "three")
CHECKPOINT = sign(LINKS[2], time=TIME, key=KEY)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"".join(LINES))
    return path


def _verify(path: Path, checkpoint: SignedCheckpoint = CHECKPOINT) -> Link:
    return verify_with_checkpoint(path, checkpoint=checkpoint, key=KEY.public_key()).head


def test_verify_with_checkpoint__accepts_the_journal_and_what_was_added_since(journal: Path) -> None:
    assert _verify(journal) == LINKS[3]


@pytest.mark.parametrize("kept", [0, 1])
def test_verify_with_checkpoint__finds_an_end_that_was_cut_off(journal: Path, kept: int) -> None:
    journal.write_bytes(b"".join(LINES[:kept]))

    with pytest.raises(BrokenChainError, match=f"ends at event {kept}, but the checkpoint was signed at event 2"):
        _verify(journal)


def test_verify_with_checkpoint__finds_a_chain_that_was_rewritten_as_a_whole(journal: Path) -> None:
    journal.write_bytes(b"".join(_lines("one", "another", "three")[0]))

    with pytest.raises(BrokenChainError, match="line 2: event 2 is not the one"):
        _verify(journal)


@pytest.mark.parametrize(
    "forged",
    [
        sign(LINKS[2], time=TIME, key=OTHER),
        replace(CHECKPOINT, sequence=1),
        replace(CHECKPOINT, hash=LINKS[1].hash),
        replace(CHECKPOINT, time="2026-01-31T08:00:00.000000Z"),
        replace(CHECKPOINT, public_key=public_key_text(OTHER.public_key())),
        replace(CHECKPOINT, signature=""),
        replace(CHECKPOINT, signature="no hexadecimal"),
        replace(CHECKPOINT, signature="00" * 64),
    ],
)
def test_verify_with_checkpoint__refuses_a_checkpoint_not_signed_so(journal: Path, forged: SignedCheckpoint) -> None:
    with pytest.raises(BrokenChainError, match="not signed with this key"):
        _verify(journal, forged)


def test_read_checkpoint__gives_back_what_was_handed_over(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.json").write_bytes(CHECKPOINT.as_bytes())

    assert read_checkpoint(tmp_path / "checkpoint.json") == CHECKPOINT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON"),
        ("{}", "format"),
        ("[]", "format"),
        (CHECKPOINT.as_bytes().decode().replace(":2,", ": 2,"), "canonical"),
        (CHECKPOINT.as_bytes().decode().replace(":2,", ":true,"), "missing or unknown"),
        (CHECKPOINT.as_bytes().decode().replace('"time"', '"tine"'), "missing or unknown|canonical"),
        (json.dumps({"format": "homeward-checkpoint-2"}, separators=(",", ":")), "format"),
    ],
)
def test_read_checkpoint__says_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "checkpoint.json").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=told):
        read_checkpoint(tmp_path / "checkpoint.json")


def test_read_checkpoint__names_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.json: found No such file"):
        read_checkpoint(tmp_path / "absent.json")


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "00" * 33])
def test_key__is_sixty_four_hexadecimal_digits(text: str) -> None:
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        private_key(text, place="HOMEWARD_CHECKPOINT_KEY")
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        public_key(text, place="--public-key")


def test_sign__agrees_with_the_first_test_vector_of_rfc_8032() -> None:
    secret = private_key("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", place="RFC 8032 7.1")

    assert public_key_text(secret.public_key()) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
