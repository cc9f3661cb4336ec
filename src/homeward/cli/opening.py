"""The files of a command as documents: files, folders, standard input, and addresses when asked for."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.cli.printing import say
from homeward.errors import InputError

if TYPE_CHECKING:
    from homeward.reader import Document
    from homeward.reader.files import Opened

__all__ = ["documents_of"]


def documents_of(
    files: Sequence[str], published: str | None, language: str | None, *, fetched: bool, lenient: bool
) -> Iterator[tuple[str, "Document | InputError"]]:
    """Gives the documents of all files by name; when `lenient`, the error of a file that cannot be opened.

    What is in no document is said on standard error.
    """
    from homeward.reader.files import files_under

    for file in files:
        for name in [file] if _is_no_path(file) else map(str, files_under(Path(file))):
            try:
                opened = _opened(name, published, language, fetched=fetched)
            except InputError as error:
                if not lenient:
                    raise
                yield name, error
                continue
            if opened.left_out:
                say(f"homeward: {name}: left out {', '.join(opened.left_out)}", err=True)
            yield from opened.documents


def _is_no_path(file: str) -> bool:
    from homeward.reader.files.addresses import is_address

    return file == "-" or is_address(file)


def _opened(name: str, published: str | None, language: str | None, *, fetched: bool) -> "Opened":
    from homeward.reader.files import open_bytes, open_file
    from homeward.reader.files.addresses import fetch, is_address

    if name == "-":
        return open_bytes(sys.stdin.buffer.read(), name="standard input", published=published, language=language)
    if not is_address(name):
        return open_file(Path(name), published=published, language=language)
    if not fetched:
        raise InputError(place=name, found="an address", needed="a file, or the option --fetch")
    address, raw = fetch(name)
    return open_bytes(raw, name=address, published=published, language=language).at(address)
