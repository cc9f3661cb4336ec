"""The text of a file as an office writes it: UTF-8, UTF-16 or Windows-1251, and never a guess that mixes alphabets."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from homeward.errors import InputError

__all__ = ["Text", "read_text"]

WORD = re.compile(r"[^\W\d_]+")
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says, and the encoding it was read in."""

    name: str
    body: str
    encoding: str


def read_text(path: Path, *, needed: str) -> Text:
    """Returns the text of a file; raises InputError where it is no text, saying that `needed` is wanted."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed=needed) from error
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(place=path.name, found="a workbook or an archive", needed=f"{needed}, saved as text")
    body, encoding = _decoded(data, path.name)
    if CONTROL.search(body):
        raise InputError(place=path.name, found="bytes that are no text", needed=needed)
    return Text(path.name, body, encoding)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    encoding = "UTF-16" if data.startswith(UTF_16) else "UTF-8"
    try:
        return data.decode("utf-16" if encoding == "UTF-16" else "utf-8-sig"), encoding
    except UnicodeDecodeError:
        if encoding == "UTF-8":
            return _windows_1251(data, name), "Windows-1251"
        raise InputError(place=name, found="a broken UTF-16 text", needed="a text in UTF-8") from None


def _windows_1251(data: bytes, name: str) -> str:
    # Nearly every sequence of bytes is Windows-1251; text of another encoding shows as words in two alphabets.
    try:
        body = data.decode("cp1251")
    except UnicodeDecodeError:
        body = ""
    foreign = [letter for letter in body if ord(letter) > 127 and letter.isalpha()]
    mixed = any(LATIN.search(word) and CYRILLIC.search(word) for word in WORD.findall(body))
    if not body or mixed or not all(CYRILLIC.match(letter) for letter in foreign):
        raise InputError(
            place=name, found="bytes that are neither UTF-8 nor Windows-1251", needed="the file saved as UTF-8"
        )
    return body
