"""The handover act: what is signed, what is proved, and that no byte can change unseen."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from tests.custody.acts_made import (
    ALICES,
    BOBS,
    CHARLIES,
    INSTALLATION,
    TIME,
    an_act,
    chain_of,
    event,
    signed,
    whole,
)
from tests.custody.scan_histories import MANIFESTS, histories

from homeward.custody.act_lines import ActLine, LineOutcome, act_lines, counts_of
from homeward.custody.act_verification import fingerprint, read_fingerprint, verify_act
from homeward.custody.acts import Direction, Role, act_file, event_data, remark_digest, sha256, sign_act
from homeward.custody.labels import Manifest
from homeward.custody.scan_counts import Counts, tally
from homeward.custody.scans import read_message
from homeward.errors import BrokenActError, InputError
from homeward.journal.canonical import canonical_json
from homeward.journal.checkpoints import public_key_text, sign


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("on_paper", [False, True])
def test_a_signed_act__holds(direction: Direction, on_paper: bool) -> None:
    raw = whole(an_act(direction), on_paper=on_paper)

    verified = verify_act(raw, place="act.json")

    assert verified.act == an_act(direction)
    assert verified.figures == Counts(manifest=2, scanned=2, missing=1, unexpected=1)
    assert [each.name for each in verified.signatures] == ["Bob", "Alice"]
    assert verified.fingerprint == fingerprint(public_key_text(INSTALLATION.public_key()))
    assert verify_act(raw, place="act.json", key_fingerprint=verified.fingerprint) == verified


def test_what_others_did_before_the_checkpoint__is_not_in_the_act() -> None:
    assert b"Charlie" not in whole()
    assert b'"data":null' in whole()
    act = json.loads(whole())
    act["chain"][1] |= {"data": {"who": "Charlie"}, "salt": f"{18:064x}"}
    with pytest.raises(BrokenActError, match="not in the form that is signed"):
        verify_act(canonical_json(act), place="act.json")


def test_a_chain_of_the_first_format__holds() -> None:
    assert verify_act(whole(in_format=1), place="act.json").checkpoint.sequence == 18


def test_the_payload_of_the_event__must_fit_its_digest() -> None:
    act = json.loads(whole())
    act["chain"][0]["salt"] = "00" * 32
    with pytest.raises(BrokenActError, match="event 1 of its chain does not have the digest of its payload"):
        verify_act(canonical_json(act), place="act.json")
    act["chain"][0] |= {"data": None, "salt": None}
    with pytest.raises(BrokenActError, match="does not speak of this act"):
        verify_act(canonical_json(act), place="act.json")


def test_another_key__is_told_with_its_fingerprint() -> None:
    wanted = verify_act(whole(), place="act.json").fingerprint
    with pytest.raises(BrokenActError, match="signed with another key"):
        verify_act(whole(key=CHARLIES), place="act.json", key_fingerprint=wanted)


# All eight flips of a bit; of the act on paper one flip is enough, as the rest is the same JSON.
@pytest.mark.parametrize(("on_paper", "flips"), [(False, tuple(1 << bit for bit in range(8))), (True, (1,))])
def test_every_changed_byte__fails(on_paper: bool, flips: tuple[int, ...]) -> None:
    raw = whole(on_paper=on_paper)
    passed = []
    for position, byte in enumerate(raw):
        before, after = raw[:position], raw[position + 1 :]
        changed = [before + bytes([byte ^ flip]) + after for flip in flips]
        passed += [each for each in (*changed, before + after, before + bytes([byte, byte]) + after) if _holds(each)]
    assert passed == []
    assert not any(_holds(raw + more) for more in (b"\n", b" ", b"\0"))
    assert not any(_holds(before + raw) for before in (b"\n", b" ", b"\xef\xbb\xbf"))


def _holds(raw: bytes) -> bool:
    try:
        verify_act(raw, place="act.json")
    except BrokenActError:
        return False
    return True


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(act: dict[str, Any]) -> None:
        *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
        inside: Any = act
        for part in parents:
            inside = inside[part]
        inside[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set("act.figures.missing", 0), "the figures are not those of the lines"),
        (_set("act.figures.missing", True), "not in the form that is signed"),
        (_set("act.lines.1.row", True), "row that is no row"),
        (_set("act.lines.0.row", 3), "twice or out of order"),
        (_set("act.lines.0.label", "M-3"), "the lines do not have the hash"),
        (_set("act.lines.0.outcome", "missing"), "is missing but was seen"),
        (_set("act.lines.0.outcome", "lost"), "none of expected, missing, unexpected"),
        (_set("act.lines.0.seals_seen", ["cut"]), "seals that are no seals"),
        (_set("act.lines", []), "the lines do not have the hash"),
        (_set("act.receiver", "Gamma"), "the signature of the giver, Bob, does not fit the act"),
        (_set("act.announced.0.low", 9), "low is above its high"),
        (_set("act.closed_at", "2026-13-29T11:00:00Z"), "month must be in 1..12"),
        (_set("act.colour", "red"), "the act has fields missing or unknown"),
        (_set("signatures", []), "the giver did not sign"),
        (_set("signatures.0.role", "receiver"), "the giver did not sign"),
        (_set("signatures.0.name", "Charlie"), "the signature of the giver, Charlie, does not fit"),
        (_set("signatures.0.name", " "), "a signature has no name"),
        (_set("signatures.1.signature", "A" * 128), "128 hexadecimal digits"),
        (_set("chain", []), "there is no event of the signed handover"),
        (_set("chain.0.action", "record.loaded"), "does not speak of this act"),
        (_set("chain.0.subject", "handover:1"), "event 1 of its chain does not have the hash of its content"),
        (_set("chain.1.previous", "ab" * 32), "event 2 of its chain does not follow the one before it"),
        (_set("checkpoint.sequence", 19), "does not end where the checkpoint was signed"),
        (_set("checkpoint.time", "2026-02-01T00:00:00Z"), "the checkpoint was not signed with its key"),
        (_set("checkpoint.format", "homeward-checkpoint-2"), "the checkpoint is not one"),
        (_set("format", "homeward-act-2"), "its parts are not"),
    ],
)
def test_what_was_changed__is_told(change: Callable[[dict[str, Any]], None], told: str) -> None:
    act = json.loads(whole())
    change(act)
    with pytest.raises(BrokenActError, match=told):
        verify_act(canonical_json(act), place="act.json")


def test_a_paper_signature__cannot_be_exchanged() -> None:
    act = json.loads(whole(on_paper=True))
    act["signatures"][0]["scan_sha256"] = "00" * 32
    with pytest.raises(BrokenActError, match="does not speak of this act and these signatures"):
        verify_act(canonical_json(act), place="act.json")


def test_capitals_in_hexadecimal__are_refused_where_a_signature_would_not_notice() -> None:
    act = json.loads(whole())
    for name in ("signature", "hash", "public_key"):
        changed = copy.deepcopy(act)
        changed["checkpoint"][name] = changed["checkpoint"][name].upper()
        with pytest.raises(BrokenActError, match="hexadecimal digits"):
            verify_act(canonical_json(changed), place="act.json")


def test_both_sides_sign__each_a_person_and_a_key_of_their_own() -> None:
    act = an_act()
    giver, receiver = signed(act)
    same_key = sign_act(act, BOBS, role=Role.RECEIVER, name="Alice", organisation="Beta", signed_at=receiver.signed_at)
    same_name = sign_act(act, ALICES, role=Role.RECEIVER, name="Bob", organisation="Alpha", signed_at=giver.signed_at)
    for signatures, told in (
        ((giver,), "the receiver did not sign"),
        ((giver, same_key), "made with one key"),
        ((giver, same_name), "one person signed twice"),
    ):
        events = chain_of(act, signatures)
        raw = act_file(act, signatures, events=events, checkpoint=sign(events[-1].link, time=TIME, key=INSTALLATION))
        with pytest.raises(BrokenActError, match=told):
            verify_act(raw, place="act.json")


def test_a_signature_for_another_act__does_not_fit() -> None:
    act, other = an_act(), replace(an_act(), place="Another post")
    signatures = signed(other)
    events = chain_of(act, signatures)
    raw = act_file(act, signatures, events=events, checkpoint=sign(events[-1].link, time=TIME, key=INSTALLATION))
    with pytest.raises(BrokenActError, match="does not fit the act"):
        verify_act(raw, place="act.json")


def test_the_event__may_say_more_than_the_act() -> None:
    act = an_act()
    signatures = signed(act)
    only = event(3, "ef" * 32, data={**event_data(act, signatures), "note": "on paper"})
    raw = act_file(act, signatures, events=[only], checkpoint=sign(only.link, time=TIME, key=INSTALLATION))
    assert verify_act(raw, place="act.json").checkpoint.sequence == 3


def _line(row: int | None, label: str, outcome: str, **more: str) -> ActLine:
    seen = {"seals_seen": ("intact",), "first_seen": TIME_OF_SCAN, "last_seen": TIME_OF_SCAN}
    fields: dict[str, Any] = (seen if outcome != "missing" else {}) | more
    return ActLine(row=row, label=label, outcome=LineOutcome(outcome), **fields)


TIME_OF_SCAN = "2026-01-29T08:00:00Z"
CONTRADICTIONS = [
    (
        {"lines": (_line(1, "M-1", "missing"), _line(None, "M-1", "unexpected"))},
        'a bag "M-1" is unexpected while row 1 of that label is missing',
    ),
    (
        {"lines": (_line(1, "M-1", "expected"), _line(2, "M-1", "missing"), _line(None, "M-1", "unexpected"))},
        'a bag "M-1" is unexpected while row 2 of that label is missing',
    ),
    ({"manifest_sha256": ""}, "it has lines of a manifest and no SHA-256 of it"),
    ({"lines": (_line(None, "M-1", "unexpected"),)}, "it has the SHA-256 of a manifest and no line of it"),
    ({"lines": (_line(1, "M-1", "missing"), _line(3, "M-3", "missing"))}, "not every row of the manifest"),
    ({"lines": (_line(2, "M-2", "missing"),)}, "not every row of the manifest"),
    ({"lines": (_line(None, "M-9", "unexpected"), _line(1, "M-1", "missing"))}, "not every row of the manifest"),
]


@pytest.mark.parametrize(("change", "told"), CONTRADICTIONS)
def test_an_act_that_both_signed_and_that_contradicts_itself__does_not_hold(change: dict[str, Any], told: str) -> None:
    with pytest.raises(BrokenActError) as refusal:
        verify_act(whole(replace(an_act(), **change)), place="act.json")
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    "lines",
    [
        # another label than that of the missing line, twin rows that have their bags, a row without a label
        (_line(1, "M-1", "missing"), _line(None, "m 1", "unexpected")),
        (_line(1, "M-1", "expected"), _line(2, "M-1", "expected"), _line(None, "M-1", "unexpected")),
        (_line(1, "", "missing"), _line(None, "M-1", "unexpected")),
    ],
)
def test_an_act_that_does_not_contradict_itself__holds(lines: tuple[ActLine, ...]) -> None:
    assert verify_act(whole(replace(an_act(), lines=lines)), place="act.json").act.lines == lines


def test_bags_without_any_manifest__hold_without_its_hash() -> None:
    act = replace(an_act(), manifest_sha256="", lines=(_line(None, "M-1", "unexpected"),))
    assert verify_act(whole(act), place="act.json").figures == Counts(0, 1, 0, 1)


@given(MANIFESTS, histories())
def test_the_act_of_any_history__does_not_contradict_itself(labels: list[str], history: list[dict[str, Any]]) -> None:
    lines = act_lines(Manifest.of(labels), [read_message(message) for message in history])
    act = replace(an_act(), lines=lines, manifest_sha256="ab" * 32 if labels else "")
    assert verify_act(whole(act), place="act.json").act == act


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-29T08:00:00Z", "2026-01-29T07:59:59Z"),
        ("2026-01-29T08:00:00.5Z", "2026-01-29T08:00:00Z"),
        ("2026-01-29T08:00:00.123456789Z", "2026-01-29T08:00:00.123456788Z"),
    ],
)
def test_a_bag__is_not_seen_last_before_it_is_seen_first(first: str, last: str) -> None:
    act = json.loads(whole())
    act["act"]["lines"][0] |= {"first_seen": first, "last_seen": last}
    with pytest.raises(BrokenActError, match=r'line "M-1" was seen last, .* before first, '):
        verify_act(canonical_json(act), place="act.json")
    assert _line(1, "M-1", "expected", first_seen=last, last_seen=first).first_seen == last
    assert _line(1, "M-1", "expected", first_seen="2026-01-29T08:00:00.50Z", last_seen="2026-01-29T08:00:00.5Z").row


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set("act.lines.2.seal", "77"), "has a seal of the manifest and no row of it"),
        (_set("act.lines.0.label", " "), "a bag without a label was seen"),
        (_set("act.lines.2.label", ""), "a bag without a label was seen"),
    ],
)
def test_a_line_that_cannot_be__does_not_hold(change: Callable[[dict[str, Any]], None], told: str) -> None:
    act = json.loads(whole())
    change(act)
    with pytest.raises(BrokenActError, match=told):
        verify_act(canonical_json(act), place="act.json")


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\x00\xff", b'{"format": "something"}', b"%PDF-1.7"])
def test_something_else__is_no_act(raw: bytes) -> None:
    with pytest.raises(InputError, match="needed: a handover act"):
        verify_act(raw, place="act.json")


@pytest.mark.parametrize("raw", [b'"homeward-act-1"' + b"[" * 100_000, b'{"homeward-act-1":1e5}', b"homeward-act-1"])
def test_an_act_that_is_broken_in_form__is_told_on_one_line(raw: bytes) -> None:
    with pytest.raises(BrokenActError) as refusal:
        verify_act(raw, place="act.json")
    assert "\n" not in str(refusal.value)


@given(MANIFESTS, histories())
def test_lines__amount_to_the_counts_of_the_scans(labels: list[str], history: list[dict[str, Any]]) -> None:
    manifest, messages = Manifest.of(labels), [read_message(message) for message in history]
    lines = act_lines(manifest, messages)
    assert counts_of(lines) == tally(manifest, messages).counts
    assert [line.row for line in lines if line.row] == [line.row for line in manifest.lines]
    assert [line.row for line in lines if line.outcome is LineOutcome.MISSING] == [
        line.row for line in tally(manifest, messages).missing
    ]


def test_a_line__tells_all_of_how_a_bag_was_seen() -> None:
    bag, missing, stranger = an_act().lines
    assert (bag.seals_seen, bag.first_seen, bag.last_seen) == (
        ("intact", "broken"),
        "2026-01-29T08:00:00Z",
        "2026-01-29T08:05:00Z",
    )
    assert (missing.row, missing.label, missing.outcome) == (2, "M-2", LineOutcome.MISSING)
    assert (stranger.row, stranger.first_seen) == (None, "2026-01-29T08:01:00.5Z")
    with pytest.raises(ValueError, match="only half"):
        ActLine(row=1, label="M-1", outcome=LineOutcome.MISSING, first_seen="2026-01-29T08:00:00Z")


def test_remark_digest__depends_on_text_and_salt() -> None:
    digests = {remark_digest(text, salt=salt) for text in ("a", "b") for salt in ("c", "d")}
    assert len(digests) == 4
    assert remark_digest("a", salt="c") == sha256({"format": "homeward-remark-1", "salt": "c", "text": "a"})


def test_read_fingerprint__as_people_type_it() -> None:
    digits = "0123456789abcdef" * 4
    assert read_fingerprint(" 0123:4567-89AB cdef" + digits[16:], place="--key") == digits
    for wrong in ("", digits[:-1], digits + "0", "g" + digits[1:]):
        with pytest.raises(InputError, match="64 hexadecimal digits"):
            read_fingerprint(wrong, place="--key")
