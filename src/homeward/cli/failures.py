"""What went wrong, in one line, and the exit code for it (docs/reference/exit-codes.md). The only such place.

A command raises; nobody below `finished` prints an error or ends the program.
"""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import IntEnum

import typer

from homeward.cli.printing import make_printable, say
from homeward.errors import BrokenActError, BrokenChainError, HomewardError

__all__ = ["ExitCode", "finished"]


class ExitCode(IntEnum):
    """How a command ends."""

    DONE = 0
    DOES_NOT_HOLD = 1  # what was examined is broken or wrong
    REFUSED = 2  # what was given is wrong
    MACHINE = 3  # what was given may be right: the machine could not do it
    DEFECT = 70  # a defect of Homeward (EX_SOFTWARE of sysexits.h)
    INTERRUPTED = 130  # Ctrl+C, as shells report it


_APPLICATION = {"allauth", "dj_database_url", "django", "django_htmx", "django_tasks", "django_tasks_db", "granian"}
_APPLICATION |= {"psycopg", "typst", "whitenoise"}
_FULL = {errno.ENOSPC, errno.EDQUOT}


def finished(command: Callable[[], object]) -> int:
    """Runs the command and returns the exit code; an error is one line on standard error, and never a traceback."""
    make_printable()
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, "closed")
        code = command()
        _flush()
    except BrokenPipeError:
        _silence()
        return ExitCode.DONE  # whoever read has read enough, as `head` does
    except BaseException as error:
        if isinstance(error, SystemExit):
            return error.code if isinstance(error.code, int) else ExitCode.DONE
        told, failed = _told(error)
        with suppress(OSError, ValueError):
            say(told, err=True)
        _silence()
        return failed
    return code if isinstance(code, int) else ExitCode.DONE


def _told(error: BaseException) -> tuple[str, ExitCode]:
    """Returns the line that tells the error, and the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error), ExitCode.REFUSED
    text, code = _reason(error)
    return (f"homeward: {' '.join(text.split())}" if text else ""), code


def _reason(error: BaseException) -> tuple[str, ExitCode]:
    if isinstance(error, HomewardError):
        broken = isinstance(error, BrokenActError | BrokenChainError)
        return str(error), ExitCode.DOES_NOT_HOLD if broken else ExitCode.REFUSED
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return "", ExitCode.INTERRUPTED
    if tell_usage := getattr(error, "format_message", None):  # Typer's; some releases bring a Click of their own
        context = getattr(error, "ctx", None)
        needed = f" See `{context.command_path} --help`." if context else ""
        return f"{tell_usage().rstrip('.')}.{needed}", ExitCode.REFUSED
    for tell in (_of_packages, _of_database, _of_system):
        for each in _causes(error):
            if told := tell(each):
                return told
    return _defect(error), ExitCode.DEFECT


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yields the error and what it was raised from, so that a wrapped one is still known."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _of_packages(error: BaseException) -> tuple[str, ExitCode] | None:
    name = (error.name or "").split(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if name in _APPLICATION:
        return f'this command needs the application: pip install "homeward[app]" ({name} is absent)', ExitCode.REFUSED
    return None


def _of_database(error: BaseException) -> tuple[str, ExitCode] | None:
    """Tells what a database reports; its exceptions are known by name, since this module runs without Django."""
    if not any(kind.__name__ == "DatabaseError" for kind in type(error).__mro__):
        return None
    text = str(error).strip().split("\n")[0]
    lowered = text.lower()
    if "locked" in lowered or "lock timeout" in lowered or "deadlock" in lowered:
        return "the database is busy with another write; nothing was changed, try again in a moment", ExitCode.MACHINE
    if "no such table" in lowered or "no such column" in lowered or "does not exist" in lowered:
        return f"the database lacks a part of Homeward ({text}); `homeward migrate` brings it up to date", (
            ExitCode.MACHINE
        )
    if "readonly" in lowered or "read-only" in lowered:
        return "the database can be read but not written; nothing was changed", ExitCode.MACHINE
    if "disk is full" in lowered or "no space left" in lowered or "disk full" in lowered:
        return "the disk is full; nothing was changed", ExitCode.MACHINE
    if "malformed" in lowered or "not a database" in lowered:
        return "the file of the database is damaged; restore a backup (`homeward restore`)", ExitCode.MACHINE
    if any(kind.__name__ in {"OperationalError", "InterfaceError"} for kind in type(error).__mro__):
        return f"the database does not answer: {text}", ExitCode.MACHINE
    return None


def _of_system(error: BaseException) -> tuple[str, ExitCode] | None:
    if isinstance(error, MemoryError):
        return "there is not enough memory for this", ExitCode.MACHINE
    if not isinstance(error, OSError):
        return None
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    if error.errno in _FULL:
        return f"{place or 'the disk'}: no space is left; what was being written was not finished", ExitCode.MACHINE
    if error.errno == errno.EBADF and not place:
        return "the output is closed: nothing can be printed", ExitCode.MACHINE
    return f"{place or 'the machine'}: {error.strerror or type(error).__name__}", ExitCode.MACHINE


def _defect(error: BaseException) -> str:
    """Tells where a defect lies without the words of the error, which may hold what somebody gave us."""
    if os.environ.get("HOMEWARD_DEBUG", "").lower() in {"yes", "true", "1"}:
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "homeward" in frame.filename] or frames
    place = f"{os.path.basename(own[-1].filename)} line {own[-1].lineno}" if own else "an unknown place"  # noqa: PTH119
    shown = "HOMEWARD_DEBUG=yes shows the whole trace"
    return f"a defect of Homeward: {type(error).__name__} in {place}; please report it ({shown})"


def _flush() -> None:
    """Writes what is still held back, while an error of it can still be told."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


def _silence() -> None:
    """Keeps Python from trying once more, at its end, to write what could not be written."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
            continue
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
