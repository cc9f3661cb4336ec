"""The exported journal, its first event of format 1 and the others of format 2: whatever is done to it is found."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import homeward
from homeward.errors import BrokenChainError, InputError
from homeward.journal.canonical import canonical_json
from homeward.journal.chain import (
    LONGEST_LINE,
    PAYLOAD_ERASED,
    READS_SEALED,
    START,
    ChainEvent,
    Link,
    payload_digest,
    seal,
)
from homeward.journal.verification import SealedBatch, read_events, verify

SALT = "5a" * 32


def _event(number: int, previous: str, *, format_: int = 2, erased: bool = False, **given: Any) -> ChainEvent:
    data = {"figure": 1000 * number, "parties": ["A", None, True], "é": {}}
    fields: dict[str, Any] = {
        "format": format_,
        "sequence": number,
        "time": f"2026-01-30T08:00:0{number}.000000Z",
        "actor": "P-7K3MQ2XW",
        "organisation": "bureau-of-alpha",
        "action": "record.claim_accepted",
        "subject": f"claim:{number}",
        "data": None if erased else data,
        "previous": previous,
    }
    if format_ == 2:
        digest = payload_digest(SALT, canonical_json(given.get("data", data)))
        fields |= {"digest": digest, "salt": None if erased else SALT}
    return seal(ChainEvent(**{**fields, **given}))


def _chained(*options: dict[str, Any]) -> list[ChainEvent]:
    events: list[ChainEvent] = []
    for number, given in enumerate(options, start=1):
        events.append(_event(number, events[-1].hash if events else START, **given))
    return events


def _export(events: list[ChainEvent]) -> bytes:
    return b"".join(event.line() for event in events)


OLD, NEW = {"format_": 1}, {"format_": 2}
EVENTS = _chained({**OLD, "subject": "Ярослав 𐐷"}, NEW, {**NEW, "data": {"quote": "Ярослав 𐐷"}})
LINES = [event.line() for event in EVENTS]
EXPORT = b"".join(LINES)
ENDS = [len(b"".join(LINES[:n])) for n in range(len(LINES) + 1)]


def _place(export: bytes) -> str:
    """Returns where the export is broken; nothing where it holds."""
    try:
        list(read_events(io.BytesIO(export), name="export"))
    except BrokenChainError as error:
        return str(error).split(":")[0]
    return ""


def _line_of(position: int) -> str:
    return f"export line {next(n for n, end in enumerate(ENDS) if position < end)}"


def test_read_events__gives_the_events_of_a_sound_export() -> None:
    assert list(read_events(io.BytesIO(EXPORT), name="export")) == EVENTS


@pytest.mark.parametrize("start", range(0, len(EXPORT), 200))
def test_read_events__finds_every_change_of_one_byte(start: int) -> None:
    for position in range(start, min(start + 200, len(EXPORT))):
        was = EXPORT[position]
        for becomes in {*(was ^ (1 << bit) for bit in range(8)), *b'\n\r\t "0a,}', 0x00, 0xFF} - {was}:
            changed = EXPORT[:position] + bytes([becomes]) + EXPORT[position + 1 :]
            assert _place(changed) == _line_of(position), (position, becomes)


def test_read_events__finds_every_byte_left_out() -> None:
    for position in range(len(EXPORT)):
        assert _place(EXPORT[:position] + EXPORT[position + 1 :]) == _line_of(position), position


def test_read_events__finds_every_byte_put_in() -> None:
    for position in range(len(EXPORT) + 1):
        for added in b'\n \r\t0a"\\{}':
            changed = EXPORT[:position] + bytes([added]) + EXPORT[position:]
            assert _place(changed), (position, added)


def test_read_events__finds_every_cut_within_a_line() -> None:
    for end in set(range(len(EXPORT))) - set(ENDS):
        assert _place(EXPORT[:end]) == _line_of(end), end


@pytest.mark.parametrize(
    ("order", "line"),
    [
        ([1, 2], 1),  # the first left out
        ([0, 2], 2),  # one in the middle left out
        ([1, 0, 2], 1),
        ([0, 2, 1], 2),
        ([0, 0, 1, 2], 2),  # one twice
        ([0, 1, 1, 2], 3),
        ([0, 1, 2, 0], 4),
        ([2, 1, 0], 1),
    ],
)
def test_read_events__finds_lines_left_out_moved_and_repeated(order: list[int], line: int) -> None:
    assert _place(b"".join(LINES[index] for index in order)) == f"export line {line}"


def test_read_events__finds_an_event_put_in_with_a_hash_of_its_own() -> None:
    forged = seal(replace(EVENTS[1], subject="claim:18", hash=""))

    assert _place(LINES[0] + forged.line() + LINES[2]) == "export line 3"
    assert _place(LINES[0] + forged.line() + LINES[1] + LINES[2]) == "export line 3"


def test_read_events__finds_a_line_without_end() -> None:
    assert _place(LINES[0] + b" " * (LONGEST_LINE + 10)) == "export line 2"


def test_verify__gives_the_last_link(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(EXPORT)
    seen: list[int] = []

    assert verify(path, watch=lambda event: seen.append(event.sequence)).head == Link(3, EVENTS[2].hash)
    assert seen == [1, 2, 3]


def test_verify__refuses_a_file_without_events(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")

    with pytest.raises(InputError, match="no event"):
        verify(tmp_path / "empty.jsonl")
    with pytest.raises(InputError, match="No such file"):
        verify(tmp_path / "absent.jsonl")


def test_verify__needs_the_standard_library_and_cryptography_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(EXPORT)
    program = """
import pathlib, sys
sys.path.insert(0, sys.argv[2])
from homeward.journal import checkpoints, reads, verification
print(verification.verify(pathlib.Path(sys.argv[1])).head.sequence)
print(*sorted({name.split(".")[0] for name in sys.modules} - sys.stdlib_module_names - {"__main__"}))
"""

    source = str(Path(homeward.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(path), source], capture_output=True, text=True, check=True, timeout=60
    )

    verified, loaded = done.stdout.splitlines()
    assert verified == "3"
    foreign = {name for name in loaded.split() if not name.startswith(("_", "sitecustomize", "distutils"))}
    assert foreign <= {"homeward", "cryptography", "cffi"}


def _fault(events: list[ChainEvent]) -> str:
    """Returns what `read_events` says is wrong; nothing where the chain holds."""
    try:
        list(read_events(io.BytesIO(_export(events)), name="export"))
    except BrokenChainError as error:
        return str(error)
    return ""


def test_read_events__takes_an_erased_payload_that_a_later_event_names() -> None:
    erasing = {"action": PAYLOAD_ERASED, "subject": "event:1", "data": {"reason": "asked for"}}

    assert not _fault(_chained({"erased": True}, erasing))
    assert not _fault(
        _chained({"erased": True}, {**erasing, "erased": True, "data": None}, {**erasing, "subject": "event:2"})
    )


@pytest.mark.parametrize(
    "events",
    [
        _chained({"erased": True}, NEW),
        _chained(NEW, {"erased": True}, {"action": PAYLOAD_ERASED, "subject": "event:1"}),
        _chained({"erased": True}, {"action": "record.loaded", "subject": "event:1"}),
        _chained({"action": PAYLOAD_ERASED, "subject": "event:2"}, {"erased": True}),
        _chained(NEW, {"action": PAYLOAD_ERASED, "subject": "event:2", "erased": True}),
    ],
    ids=["nobody says so", "another is named", "another action", "said before", "of itself"],
)
def test_read_events__finds_a_payload_taken_away_unsaid(events: list[ChainEvent]) -> None:
    gone = next(event.sequence for event in events if event.is_erased)

    assert f"event {gone} has no payload, and no later event says that it was erased" in _fault(events)


def test_read_events__finds_a_payload_that_was_exchanged() -> None:
    first, second = _chained(NEW, NEW)
    other_salt = "5b" * 32

    for changed in (replace(second, data={"figure": 1}), replace(second, salt=other_salt)):
        assert "line 2: an event whose payload does not fit its digest" in _fault([first, changed])
    assert "line 2: an event whose hash does not fit" in _fault([first, replace(second, digest="0" * 64)])


def test_read_events__finds_an_old_format_after_the_new() -> None:
    assert "line 2: an event of format 1 after one of format 2" in _fault(_chained(NEW, OLD))


def test_verify__gives_the_sealed_batches_and_counts_erasures(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    sealing = {"action": READS_SEALED, "subject": "reads", "data": {"reads": 3, "root": "ab" * 32}}
    path.write_bytes(
        _export(_chained(OLD, {"erased": True}, sealing, {"action": PAYLOAD_ERASED, "subject": "event:2"}))
    )

    chain = verify(path)

    assert (chain.batches, chain.n_erased) == ({3: SealedBatch(3, "ab" * 32)}, 1)


@pytest.mark.parametrize("data", [None, {}, {"reads": 0, "root": "ab"}, {"reads": "3", "root": "ab"}, {"reads": 3}])
def test_read_events__finds_a_seal_that_says_nothing(data: dict[str, object] | None) -> None:
    sealing = {"action": READS_SEALED, "subject": "reads", "erased": data is None, "data": data}

    assert "an event that seals reads and does not say how many" in _fault(_chained(sealing))
