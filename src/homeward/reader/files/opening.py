"""One file as documents: what it is told by its first bytes, never by its name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from homeward.errors import InputError
from homeward.imports.tables import read_file
from homeward.reader.documents import Document
from homeward.reader.files import pages, papers, telegram
from homeward.reader.files.encodings import text_of

__all__ = ["MOST_BYTES", "Opened", "open_bytes", "open_file"]

MOST_BYTES = 50_000_000
_NEEDED = "a text, a web page, a PDF or an export of Telegram"


@dataclass(frozen=True)
class Opened:
    """The documents of a file, each with a name of its own, and what of the file is in none of them."""

    documents: tuple[tuple[str, Document], ...]
    left_out: tuple[str, ...] = ()

    def at(self, address: str) -> Self:
        """Returns the same, published at `address` where the documents do not say where."""
        told = [(name, replace(each, source=each.source or address)) for name, each in self.documents]
        return replace(self, documents=tuple(told))


def open_file(path: Path, *, published: str | None = None, language: str | None = None) -> Opened:
    """Returns the documents of the file at `path`; see `open_bytes`."""
    raw = read_file(path, needed=_NEEDED)
    return open_bytes(raw, name=str(path), published=published, language=language)


def open_bytes(raw: bytes, *, name: str, published: str | None = None, language: str | None = None) -> Opened:
    """Returns the documents that a file's bytes hold: one, or for an export of Telegram one a message.

    `published` and `language` override what the file says of itself. Raises InputError for an empty file, for one
    without a word of text (a scan), and for bytes that are nothing of what can be read.
    """
    if len(raw) > MOST_BYTES:
        raise InputError(place=name, found=f"{len(raw):,} bytes", needed=f"at most {MOST_BYTES:,}")
    opened = _form(raw)(raw, name)
    documents = [(at, _overridden(each, published, language, place=at)) for at, each in opened.documents]
    if not any(document.body.strip() for _, document in documents):
        raise InputError(place=name, found="no text", needed="a file with a text in it")
    return replace(opened, documents=tuple(documents))


def _form(raw: bytes) -> Callable[[bytes, str], Opened]:
    """Returns what reads bytes of this form."""
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return _paper
    if telegram.looks_like_one(head):
        return _messages
    if pages.looks_like_one(head):
        return _page
    return _text


def _paper(raw: bytes, name: str) -> Opened:
    return Opened(((name, papers.document_of(raw, name=name)),))


def _messages(raw: bytes, name: str) -> Opened:
    found, left_out = telegram.documents_of(raw, name=name)
    return Opened(tuple(found), tuple(left_out))


def _page(raw: bytes, name: str) -> Opened:
    return Opened(((name, pages.document_of(raw, name=name)),))


def _text(raw: bytes, name: str) -> Opened:
    return Opened(((name, Document.from_text(text_of(raw, name=name), name=name)),))


def _overridden(document: Document, published: str | None, language: str | None, *, place: str) -> Document:
    try:
        return replace(document, published=published or document.published, language=language or document.language)
    except InputError as error:
        raise error.at(place) from None
