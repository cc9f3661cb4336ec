"""Writes the journal to a file that anybody can verify."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from homeward.errors import InputError
from homeward.journal.chain import Link
from homeward.journal.queries import chain_events, head

__all__ = ["export_to"]


def export_to(path: Path, *, watch: Callable[[], None]) -> Link:
    """Writes every event that stands now to `path`, as JSON Lines; returns where the chain stood.

    The file appears under its name only when it is complete, and only its owner can read it.
    """
    end = head()
    try:
        if path.is_dir():
            raise InputError(place=str(path), found="a folder", needed="the path of a file")
        descriptor, draft = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    except OSError as error:
        needed = "a path in a folder that can be written"
        raise InputError(place=str(path), found=error.strerror or "an error", needed=needed) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            for event in chain_events(up_to=end.sequence):
                file.write(event.line())
                watch()
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return end
