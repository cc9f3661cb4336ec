"""Writes the journal, and the log of reads, to files that anybody can verify."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from homeward.errors import InputError
from homeward.journal.chain import START, Link
from homeward.journal.queries import chain_events, sealed_reads

__all__ = ["export_reads_to", "export_to"]


def export_to(path: Path, *, watch: Callable[[], None]) -> Link:
    """Writes every event that stands now to `path`, as JSON Lines; returns where the chain stood.

    Payloads go with it, except those that were erased: the file can name people. It appears under its name only when it
    is complete, and only its owner can read it.
    """
    end = Link(0, START)
    with _draft_of(path) as file:
        for event in chain_events():
            file.write(event.line())
            end = event.link
            watch()
    return end


def export_reads_to(path: Path, *, up_to: int, watch: Callable[[], None]) -> int:
    """Writes the batches of reads that events up to number `up_to` sealed, as JSON Lines; returns how many reads.

    Call it after the export of the chain, with where that ended: each batch of the file is then in the chain.
    """
    n_reads = 0
    with _draft_of(path) as file:
        for sequence, reads in sealed_reads():
            if sequence > up_to:
                break
            for read in reads:
                file.write(read.line(sequence))
                n_reads += 1
            watch()
    return n_reads


@contextmanager
def _draft_of(path: Path) -> Iterator[BinaryIO]:
    """Gives a file that takes the name `path` when all of it was written, and vanishes where that failed."""
    try:
        if path.is_dir():
            raise InputError(place=str(path), found="a folder", needed="the path of a file")
        descriptor, draft = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    except OSError as error:
        needed = "a path in a folder that can be written"
        raise InputError(place=str(path), found=error.strerror or "an error", needed=needed) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
