"""The chain of events: how one is hashed, and how an exported journal is verified. No Django, no database.

An export is JSON Lines: each line is the canonical JSON of one event, ended by one line feed. The hash of an event is
the SHA-256 of the canonical JSON of all its other fields, the hash of the event before it among them.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from homeward.errors import BrokenChainError, InputError
from homeward.journal.canonical import canonical_json, parse_canonical

__all__ = [
    "LONGEST_LINE",
    "START",
    "ChainEvent",
    "Link",
    "event_from_line",
    "fault_of",
    "follow",
    "read_events",
    "seal",
    "verify",
]

START = "0" * 64  # stands before the first event
LONGEST_LINE = 1024 * 1024  # bytes
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z\Z", re.ASCII)


@dataclass(frozen=True)
class Link:
    """A place in the chain: the number of an event and its hash."""

    sequence: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class ChainEvent:
    """One event as it stands in an export; `hash` is empty until it is sealed."""

    sequence: int
    time: str
    actor: str
    organisation: str
    action: str
    subject: str
    data: Mapping[str, object]
    previous: str
    hash: str = ""

    def __post_init__(self) -> None:
        if type(self.sequence) is not int or self.sequence < 1:
            raise ValueError("a sequence that is not a number from 1 on")
        if not (isinstance(self.time, str) and _TIME.match(self.time)):
            raise ValueError("a time that is not written as 2026-01-29T08:00:00.000000Z")
        for name in ("actor", "organisation", "action", "subject"):
            if not isinstance(getattr(self, name), str):
                raise ValueError(f'a field "{name}" that is not text')
        if not isinstance(self.data, Mapping):
            raise ValueError('a field "data" that is not an object')
        if not (isinstance(self.previous, str) and _HASH.match(self.previous)):
            raise ValueError('a field "previous" that is not a SHA-256 in lower-case hexadecimal')

    def content(self) -> dict[str, object]:
        """Returns every field that the hash covers."""
        return {
            "sequence": self.sequence,
            "time": self.time,
            "actor": self.actor,
            "organisation": self.organisation,
            "action": self.action,
            "subject": self.subject,
            "data": self.data,
            "previous": self.previous,
        }

    def content_hash(self) -> str:
        """Returns the SHA-256 of the canonical content, in hexadecimal."""
        return hashlib.sha256(canonical_json(self.content())).hexdigest()

    def line(self) -> bytes:
        """Returns the line of an export that stands for this sealed event, line feed included."""
        return canonical_json({**self.content(), "hash": self.hash}) + b"\n"

    @property
    def link(self) -> Link:
        """This event's place in the chain."""
        return Link(self.sequence, self.hash)


def seal(event: ChainEvent) -> ChainEvent:
    """Returns `event` with its hash."""
    return replace(event, hash=event.content_hash())


def event_from_line(line: bytes) -> ChainEvent:
    """Returns the event that a line of an export stands for; raises ValueError, in words, for anything else."""
    if not line.endswith(b"\n"):
        raise ValueError("a line longer than 1 MiB" if len(line) > LONGEST_LINE else "a line that was cut short")
    fields = parse_canonical(line[:-1])
    if not isinstance(fields, dict):
        raise ValueError("a line that is not an object")
    names = {"sequence", "time", "actor", "organisation", "action", "subject", "data", "previous", "hash"}
    if fields.keys() != names:
        strange = sorted(fields.keys() ^ names)
        raise ValueError(f'an event with the field "{strange[0]}" missing or unknown')
    return ChainEvent(**fields)


def read_events(file: BinaryIO, *, name: str) -> Iterator[ChainEvent]:
    """Yields the events of an export, each proved to follow the one before it.

    Raises BrokenChainError with the line of the first event that does not: altered, left out, moved, put in or cut.
    """
    head = Link(0, START)
    while line := file.readline(LONGEST_LINE + 1):
        place = f"{name} line {head.sequence + 1}"
        try:
            event = event_from_line(line)
        except ValueError as error:
            raise BrokenChainError(f"{place}: {error}; the journal was changed here") from error
        if fault := fault_of(event, head):
            raise BrokenChainError(f"{place}: {fault}; the journal was changed here")
        yield event
        head = event.link


def verify(path: Path, *, watch: Callable[[ChainEvent], None] | None = None) -> Link:
    """Returns the last link of the exported journal at `path`, after proving every link; calls `watch` for each event.

    What was cut off at the end leaves a shorter but sound chain: only a checkpoint shows that
    (`checkpoints.verify_with_checkpoint`).

    Raises BrokenChainError where the chain is broken, InputError where there is no event to verify.
    """
    head = follow(path, watch=watch)
    if not head.sequence:
        raise InputError(place=str(path), found="no event", needed="an exported journal with at least one event")
    return head


def follow(path: Path, *, watch: Callable[[ChainEvent], None] | None = None) -> Link:
    """Returns the last link of the file at `path` as `verify` does; of a file without events, the start."""
    head = Link(0, START)
    try:
        with path.open("rb") as file:
            for event in read_events(file, name=str(path)):
                if watch:
                    watch(event)
                head = event.link
    except OSError as error:
        needed = "the path of an exported journal"
        raise InputError(place=str(path), found=error.strerror or "no file", needed=needed) from error
    return head


def fault_of(event: ChainEvent, head: Link) -> str:
    """Returns what is wrong with `event` standing after `head`, or nothing."""
    if event.sequence != head.sequence + 1:
        return f"event {event.sequence} where event {head.sequence + 1} must stand"
    if event.previous != head.hash:
        return "an event that does not follow the one before it"
    if event.hash != event.content_hash():
        return "an event whose hash does not fit its content"
    return ""
