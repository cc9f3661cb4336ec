"""What leaves Homeward as text: on a terminal, in a cell of a table, in a file that appears whole or not at all."""

import csv
import errno
import io
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from homeward.errors import InputError

__all__ = ["check_writable", "csv_cell", "csv_text", "refuse_overwriting", "terminal_text", "write_whole"]

# Control characters of ASCII and Latin-1 but tab and line feed; separators that some programs take for a new line; the
# marks that turn the direction of writing round and so can make a line read as another; halves of a surrogate pair.
_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NO_PLACE = {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP}
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)


def terminal_text(text: str) -> str:
    r"""Returns `text` with every character escaped that would act on a terminal instead of being shown there.

    The escapes are those of JSON, so that a JSON document still means the same.

    >>> terminal_text("red \x1b[31m and\ta tab")
    'red \\u001b[31m and\ta tab'
    """
    return _NOT_SHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def csv_cell(value: object) -> object:
    """Returns the value of a cell so that no spreadsheet takes text for a formula: an apostrophe stands before it.

    Numbers stay numbers, whether they come as numbers or as text.

    >>> csv_cell("=1+1"), csv_cell("-4"), csv_cell(-4), csv_cell("-4 to 7")
    ("'=1+1", '-4', -4, "'-4 to 7")
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) and not _NUMBER.match(value):
        return f"'{value}"
    return value


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, simulated: bool = False) -> str:
    """Returns a table as CSV with its heading, every cell safe for a spreadsheet; lines end with one line feed.

    A table out of a simulated installation has one column more, which says so in every row.
    """
    if simulated:
        columns, rows = [*columns, "installation"], ({**row, "installation": "SIMULATED"} for row in rows)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([csv_cell(column) for column in columns])
    writer.writerows([csv_cell(row[column]) for column in columns] for row in rows)
    return file.getvalue()


def refuse_overwriting(out: Path, *inputs: Path | None) -> None:
    """Raises InputError where writing `out` would destroy one of the files that are read, whatever its name there."""
    for given in inputs:
        if given is not None and _are_one(out, given):
            needed = "a file of its own for what is written"
            raise InputError(place=str(out), found="a file that is also read", needed=needed)


def _are_one(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of the two is not there yet
        return one.absolute() == other.absolute()


def check_writable(path: Path) -> None:
    """Raises InputError where no file can be written at `path`, before anything is computed for it."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        found = "a folder" if path.is_dir() else "no folder that can be written"
        raise InputError(place=str(path), found=found, needed="a path in a folder that can be written")


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Lets `write` fill a file beside `path` and then renames it, so that nobody ever sees half a file.

    Raises InputError where `path` cannot be written; a full disk is an OSError like everywhere.
    """
    waiting = path.parent / f".{path.name[:100]}.{uuid4().hex}"
    try:
        if path.is_dir():
            raise InputError(place=str(path), found="a folder", needed="the path of a file")
        write(waiting)
        with waiting.open("rb") as stream:
            os.fsync(stream.fileno())
        waiting.replace(path)
    except OSError as error:
        if error.errno not in _NO_PLACE:
            raise
        needed = "a path in a folder that can be written"
        raise InputError(place=str(path), found=error.strerror or "an error", needed=needed) from error
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
