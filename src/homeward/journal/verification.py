"""Proves a chain of events, from a file or from the database. No Django, no database."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from homeward.errors import BrokenChainError, InputError
from homeward.journal.chain import (
    LONGEST_LINE,
    PAYLOAD_ERASED,
    READS_SEALED,
    START,
    ChainEvent,
    Link,
    event_from_line,
    event_named,
)

__all__ = ["SealedBatch", "Verification", "follow", "read_events", "verify"]


@dataclass(frozen=True)
class SealedBatch:
    """What an event says of a batch of the log of reads: how many rows it holds and their root (`merkle.root`)."""

    n_reads: int
    root: str


@dataclass
class Verification:
    """Takes the events of a chain one after another, and says of each what is wrong with it.

    `head` is the last event that was found sound; `batches` are the sealed batches of reads by the number of the event
    that sealed them. A payload that is gone must be named by a later event, which is known only at the end: `close`.
    """

    head: Link = field(default=Link(0, START))
    n_erased: int = 0
    batches: dict[int, SealedBatch] = field(default_factory=dict)
    _format: int = 1
    _unexplained: set[int] = field(default_factory=set)

    def take(self, event: ChainEvent) -> str:
        """Returns what is wrong with `event` standing here, or nothing; only a sound event moves the head."""
        if fault := self._fault_of(event):
            return fault
        if event.action == READS_SEALED:
            batch = _sealed_batch(event.data)
            if batch is None:
                return "an event that seals reads and does not say how many, with which root"
            self.batches[event.sequence] = batch
        if event.action == PAYLOAD_ERASED:  # before the next lines, so that no event can speak for itself
            self._unexplained.discard(event_named(event.subject))
        if event.is_erased:
            self._unexplained.add(event.sequence)
            self.n_erased += 1
        self.head, self._format = event.link, event.format
        return ""

    @property
    def is_explained(self) -> bool:
        """Whether every payload that is gone was named by an event so far."""
        return not self._unexplained

    def close(self) -> str:
        """Returns what is wrong with the chain as a whole, after its last event, or nothing."""
        if self.is_explained:
            return ""
        return f"event {min(self._unexplained)} has no payload, and no later event says that it was erased"

    def _fault_of(self, event: ChainEvent) -> str:
        if event.sequence != self.head.sequence + 1:
            return f"event {event.sequence} where event {self.head.sequence + 1} must stand"
        if event.previous != self.head.hash:
            return "an event that does not follow the one before it"
        if event.format < self._format:
            return f"an event of format {event.format} after one of format {self._format}"
        if event.hash != event.content_hash():
            return "an event whose hash does not fit its content"
        if not event.payload_fits():
            return "an event whose payload does not fit its digest"
        return ""


def read_events(file: BinaryIO, *, name: str, verification: Verification | None = None) -> Iterator[ChainEvent]:
    """Yields the events of an export, each proved to follow the one before it.

    Raises BrokenChainError with the line of the first event that does not: altered, left out, moved, put in or cut; and
    after the last event, where a payload is gone that no event says was erased.
    """
    chain = verification or Verification()
    while line := file.readline(LONGEST_LINE + 1):
        place = f"{name} line {chain.head.sequence + 1}"
        try:
            event = event_from_line(line)
        except ValueError as error:
            raise BrokenChainError(f"{place}: {error}; the journal was changed here") from error
        if fault := chain.take(event):
            raise BrokenChainError(f"{place}: {fault}; the journal was changed here")
        yield event
    if fault := chain.close():
        raise BrokenChainError(f"{name}: {fault}; the journal was changed there, or its end was cut off")


def verify(path: Path, *, watch: Callable[[ChainEvent], None] | None = None) -> Verification:
    """Returns what the exported journal at `path` proved to be, up to its last event; calls `watch` for each event.

    What was cut off at the end leaves a shorter but sound chain: only a checkpoint shows that
    (`checkpoints.verify_with_checkpoint`).

    Raises BrokenChainError where the chain is broken, InputError where there is no event to verify.
    """
    chain = follow(path, watch=watch)
    if not chain.head.sequence:
        raise InputError(place=str(path), found="no event", needed="an exported journal with at least one event")
    return chain


def follow(path: Path, *, watch: Callable[[ChainEvent], None] | None = None) -> Verification:
    """Returns what `verify` does; of a file without events, a verification that stands at the start."""
    chain = Verification()
    try:
        with path.open("rb") as file:
            for event in read_events(file, name=str(path), verification=chain):
                if watch:
                    watch(event)
    except OSError as error:
        needed = "the path of an exported journal"
        raise InputError(place=str(path), found=error.strerror or "no file", needed=needed) from error
    return chain


def _sealed_batch(data: Mapping[str, object] | None) -> SealedBatch | None:
    n_reads, root = (data or {}).get("reads"), (data or {}).get("root")
    if type(n_reads) is not int or n_reads < 1 or not isinstance(root, str):
        return None
    return SealedBatch(n_reads, root)
