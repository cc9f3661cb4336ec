"""The log of reads as values: one row a page view of personal data, and the proof that a batch is as it was sealed.

A file of reads is JSON Lines: each line is the canonical JSON of one row, ended by one line feed, in the order of the
events that sealed them. The leaf of the tree (`merkle.root`) is the line without `sealed_by` and line feed. No Django.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from homeward.errors import BrokenChainError, InputError
from homeward.journal import merkle
from homeward.journal.canonical import canonical_json, parse_canonical
from homeward.journal.verification import SealedBatch

__all__ = ["LoggedRead", "batch_fault", "read_from_line", "verify_reads"]

_LONGEST_LINE = 4096  # bytes; a row holds codes alone
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z\Z", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class LoggedRead:
    """Somebody saw personal data: who, when, of what, on which page. Codes alone: it names nobody."""

    number: int
    time: str
    actor: str
    organisation: str
    subject: str
    what: str

    def __post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1:
            raise ValueError("a number that is not a number from 1 on")
        if not (isinstance(self.time, str) and _TIME.match(self.time)):
            raise ValueError("a time that is not written as 2026-01-29T08:00:00.000000Z")
        for name in ("actor", "organisation", "subject", "what"):
            if not isinstance(getattr(self, name), str):
                raise ValueError(f'a field "{name}" that is not text')

    def content(self) -> dict[str, object]:
        """Returns the fields that the root of the batch covers."""
        return {
            "actor": self.actor,
            "number": self.number,
            "organisation": self.organisation,
            "subject": self.subject,
            "time": self.time,
            "what": self.what,
        }

    def leaf(self) -> bytes:
        """Returns the bytes that stand for this read in the tree."""
        return canonical_json(self.content())

    def line(self, sealed_by: int) -> bytes:
        """Returns the line of a file of reads, line feed included; `sealed_by` is the event that sealed the batch."""
        return canonical_json({**self.content(), "sealed_by": sealed_by}) + b"\n"


def read_from_line(line: bytes) -> tuple[int, LoggedRead]:
    """Returns the event that sealed a read, and the read; raises ValueError, in words, for anything else."""
    if not line.endswith(b"\n"):
        raise ValueError("a line that was cut short or is too long")
    fields = parse_canonical(line[:-1])
    names = {"actor", "number", "organisation", "sealed_by", "subject", "time", "what"}
    if not isinstance(fields, dict) or fields.keys() != names:
        raise ValueError("a read with fields missing or unknown")
    sealed_by = fields.pop("sealed_by")
    if type(sealed_by) is not int:
        raise ValueError('a field "sealed_by" that is not a number')
    return sealed_by, LoggedRead(**fields)


def batch_fault(reads: list[LoggedRead], batch: SealedBatch | None) -> str:
    """Returns what is wrong with the reads of one batch against what the chain says of it, or nothing."""
    if batch is None:
        return "reads that no event of the journal sealed"
    if len(reads) != batch.n_reads:
        return f"{len(reads)} reads where {batch.n_reads} were sealed"
    if [read.number for read in reads] != sorted({read.number for read in reads}):
        return "reads that are out of order"
    if merkle.root([read.leaf() for read in reads]) != batch.root:
        return "reads that were changed after they were sealed"
    return ""


def verify_reads(
    path: Path, *, batches: Mapping[int, SealedBatch], watch: Callable[[], None] = lambda: None
) -> tuple[int, int]:
    """Returns how many reads and batches the file at `path` holds, after proving each batch against the chain.

    `batches` come from the verification of the journal itself; every one of them must be in the file. Raises
    BrokenChainError at the first batch that is missing or not as it was sealed, InputError where there is no file.
    """
    n_reads, met = 0, set[int]()
    try:
        with path.open("rb") as file:
            for sealed_by, lines in groupby(_lines(file, str(path)), key=lambda line: line[0]):
                reads = [read for _sealed_by, read in lines]
                fault = "a batch that stands twice" if sealed_by in met else ""
                if fault := fault or batch_fault(reads, batches.get(sealed_by)):
                    raise BrokenChainError(f"{path}: the batch of event {sealed_by}: {fault}")
                met.add(sealed_by)
                n_reads += len(reads)
                watch()
    except OSError as error:
        needed = "the path of an exported log of reads"
        raise InputError(place=str(path), found=error.strerror or "no file", needed=needed) from error
    if missing := batches.keys() - met:
        raise BrokenChainError(f"{path}: the batch of event {min(missing)} is missing")
    return n_reads, len(met)


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[int, LoggedRead]]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        try:
            yield read_from_line(line)
        except ValueError as error:
            raise BrokenChainError(f"{name} line {number}: {error}; the log of reads was changed here") from error
