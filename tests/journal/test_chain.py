"""The exported journal: whatever is done to it is found, and the place is named."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from homeward.errors import BrokenChainError, InputError
from homeward.journal.chain import LONGEST_LINE, START, ChainEvent, Link, event_from_line, read_events, seal, verify

SUBJECTS = ("exchange:2026-01-29", "Ярослав 𐐷", "claim:17")


def _events() -> list[ChainEvent]:
    events: list[ChainEvent] = []
    for number, subject in enumerate(SUBJECTS, start=1):
        event = ChainEvent(
            sequence=number,
            time=f"2026-01-30T08:00:0{number}.000000Z",
            actor="P-7K3MQ2XW",
            organisation="bureau-of-alpha",
            action="record.claim_accepted",
            subject=subject,
            data={"figure": 1000 * number, "parties": ["A", None, True], "é": {}},
            previous=events[-1].hash if events else START,
        )
        events.append(seal(event))
    return events


EVENTS = _events()
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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"[]\n", "not an object"),
        (b"{}\n", 'field "action" missing'),
        (LINES[0].replace(b'"sequence":1', b'"sequence":true'), "sequence"),
        (LINES[0].replace(b'"sequence":1', b'"sequence":0'), "sequence"),
        (LINES[0].replace(b'"actor":"P-7K3MQ2XW"', b'"actor":7'), '"actor" that is not text'),
        (LINES[0].replace(b".000000Z", b"Z"), "time"),
        (LINES[0].replace(START.encode(), b"0"), "previous"),
        (LINES[0].replace(b'"data":{', b'"data":[{').replace(b'},"hash', b'}],"hash'), "data"),
        (LINES[0].replace(b'"time"', b'"tine"'), '"time" missing'),
    ],
)
def test_event_from_line__says_what_is_wrong(line: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        event_from_line(line)


def test_verify__gives_the_last_link(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(EXPORT)
    seen: list[int] = []

    assert verify(path, watch=lambda event: seen.append(event.sequence)) == Link(3, EVENTS[2].hash)
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
from homeward.journal import chain, checkpoints
print(chain.verify(pathlib.Path(sys.argv[1])).sequence)
print(*sorted({name.split(".")[0] for name in sys.modules} - sys.stdlib_module_names - {"__main__"}))
"""

    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(path)], capture_output=True, text=True, check=True, timeout=60
    )

    verified, loaded = done.stdout.splitlines()
    assert verified == "3"
    foreign = {name for name in loaded.split() if not name.startswith(("_", "sitecustomize", "distutils"))}
    assert foreign <= {"homeward", "cryptography", "cffi"}
