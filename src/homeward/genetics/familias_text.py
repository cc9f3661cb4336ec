"""The lines of a Familias file, read one by one with the line number kept for every complaint."""

import math
import re
from dataclasses import dataclass
from pathlib import Path

from homeward.errors import InputError
from homeward.imports.encodings import decode

__all__ = ["FamLines", "read_fam_lines"]

_INTEGER = re.compile(r"\s*([+-]?\d+)")


@dataclass
class FamLines:
    """A cursor over the lines of one file; every read moves it on by one line."""

    place: str
    lines: list[str]
    position: int = 0

    @property
    def where(self) -> str:
        """The file and the line that was read last."""
        return f"{self.place} line {self.position}"

    def refuse(self, needed: str, *, line: int | None = None) -> InputError:
        """Returns the complaint about the line that was read last, or about another line counted from one."""
        number = self.position if line is None else line
        text = self.lines[number - 1] if 0 < number <= len(self.lines) else "the end of the file"
        return InputError(place=f"{self.place} line {number}", found=f'"{text[:60]}"', needed=needed)

    def peek(self, ahead: int = 0) -> str:
        """Returns a line without moving on; beyond the end it is empty."""
        index = self.position + ahead
        return self.lines[index] if index < len(self.lines) else ""

    def text(self, needed: str) -> str:
        """Returns the next line without its quotation marks."""
        if self.position >= len(self.lines):
            raise InputError(place=f"{self.place} line {self.position + 1}", found="the end of the file", needed=needed)
        self.position += 1
        return unquoted(self.lines[self.position - 1])

    def integer(self, needed: str, *, low: int = 0, high: int | None = None) -> int:
        """Returns the whole number at the head of the next line; words in brackets may follow it."""
        found = _INTEGER.match(self.text(needed))
        value = int(found[1]) if found else None
        if value is None or value < low or (high is not None and value > high):
            raise self.refuse(needed)
        return value

    def number(self, needed: str, *, low: float = 0.0, high: float = math.inf) -> float:
        """Returns the number of the next line; a decimal comma is read as a point."""
        return self.as_number(self.text(needed), needed, low=low, high=high)

    def as_number(
        self, text: str, needed: str, *, low: float = 0.0, high: float = math.inf, line: int | None = None
    ) -> float:
        """Returns a number found in a line, the one that was read last if none is given, within its bounds."""
        try:
            value = float(text.strip().replace(",", "."))
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise self.refuse(needed, line=line)
        return value

    def flag(self, needed: str) -> bool:
        """Returns a Familias truth value, #TRUE# or #FALSE#; words in brackets may follow it."""
        text = self.text(needed).upper()
        if text.startswith("#TRUE#"):
            return True
        if text.startswith("#FALSE#"):
            return False
        raise self.refuse(f"{needed}, #TRUE# or #FALSE#")


def unquoted(line: str) -> str:
    """Returns a line without outer blanks and quotation marks.

    >>> unquoted(' "D3S1358" ')
    'D3S1358'
    """
    text = line.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def read_fam_lines(path: Path) -> FamLines:
    """Returns the lines of a file in UTF-8, UTF-16 or a Windows code page, whatever its line ends."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed="a Familias file (.fam)") from error
    return FamLines(path.name, _decoded(data, path.name).splitlines())


def _decoded(data: bytes, place: str) -> str:
    """The text; what is not surely Ukrainian or Russian is taken as the code page of Western Europe."""
    if b"\0" in data and data[:4].count(0) == 0 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(place=place, found="bytes that are not text", needed="a Familias file (.fam)")
    try:
        return decode(data, place=place)[0]
    except InputError as error:
        if b"\0" in data:
            raise InputError(place=place, found="bytes that are not text", needed="a Familias file (.fam)") from error
        return data.decode("cp1252", errors="replace")
