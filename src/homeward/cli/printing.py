"""The one way to the terminal: no text of a document or a file reaches it as anything but characters to read."""

import codecs
import json
import sys
from typing import Any, TextIO

import typer

from homeward.output import terminal_text

__all__ = ["make_printable", "say", "say_json"]


def say(text: str, *, err: bool = False, end: str = "\n") -> None:
    """Prints text, with what would act on the terminal escaped."""
    typer.echo(terminal_text(text) + end, nl=False, err=err)


def say_json(data: Any, *, indent: int | None = 2) -> None:
    """Prints a value as JSON that a person can read; what would act on the terminal is escaped as JSON escapes it."""
    say(json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False))


def make_printable() -> None:
    """Lets every text be printed whatever the encoding of the terminal: what it cannot show is written as \\uXXXX."""
    codecs.register_error("homeward", _escaped)
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream)


def _reconfigure(stream: TextIO | None) -> None:
    reconfigure = getattr(stream, "reconfigure", None)  # a closed stream is None, one of a test may be anything
    if reconfigure is not None:
        reconfigure(errors="homeward")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Escapes as JSON does, in pairs beyond 16 bits: the usual "backslashreplace" would break a JSON document."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", errors="surrogatepass")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2)), error.end
