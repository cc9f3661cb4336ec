"""The text of a file with its name and the encoding that it was read in."""

from dataclasses import dataclass
from pathlib import Path

from homeward.imports.encodings import decode
from homeward.imports.tables import read_file

__all__ = ["Text", "read_text"]


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says, and the encoding it was read in."""

    name: str
    body: str
    encoding: str


def read_text(path: Path, *, needed: str) -> Text:
    """Returns the text of a file; raises InputError where it is no text, saying that `needed` is wanted."""
    body, encoding = decode(read_file(path, needed=needed), place=path.name)
    return Text(path.name, body, encoding)
