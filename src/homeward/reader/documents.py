"""A document: what was published, where and when, with the body that claims quote by character offsets."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from homeward.errors import InputError

__all__ = ["LANGUAGES", "Document", "guess_language"]

LANGUAGES = ("en", "uk", "ru")

_HEADER = re.compile(r"([A-Z][A-Za-z-]{1,30}):[ \t]*(.*)")
_KNOWN_HEADERS = ("source", "published", "language", "publisher")
_PUBLISHED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, kw_only=True)
class Document:
    """Text with its origin; `body` is the text after the headers, and offsets count its characters.

    `published` is an ISO date, or a year or month where no more is known; None when nobody said.
    """

    body: str
    source: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str = "en"
    text_hash: str = field(init=False)

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise InputError(
                place="document",
                found=f'language "{self.language}"',
                needed=", ".join(LANGUAGES),
                code="document_language",
                parameters={"language": self.language, "known": ", ".join(LANGUAGES)},
            )
        if self.published is not None and not _is_published(self.published):
            raise InputError(
                place="document",
                found=f'publication date "{self.published}"',
                needed="YYYY-MM-DD, YYYY-MM or YYYY, from 1800 to 2199",
                code="document_published",
                parameters={"date": self.published},
            )
        # "replace", since a string of Python may hold half a surrogate pair, which has no UTF-8.
        object.__setattr__(self, "text_hash", hashlib.sha256(self.body.encode("utf-8", "replace")).hexdigest())

    @classmethod
    def from_text(
        cls, text: str, *, name: str = "document", published: str | None = None, language: str | None = None
    ) -> Self:
        """Returns the document in `text`; line ends become \\n before anything is counted.

        >>> Document.from_text("Published: 2026-01-30\\n\\nAll is calm.").body
        'All is calm.'
        """
        headers, body = _split_headers(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
        try:
            return cls(
                body=body,
                source=headers.get("source"),
                publisher=headers.get("publisher"),
                published=published or headers.get("published"),
                language=language or headers.get("language", "").lower()[:2] or guess_language(body),
            )
        except InputError as error:
            raise error.at(name) from None


def _is_published(text: str) -> bool:
    """Returns whether `text` is a day, month or year in which a document may have been published."""
    if not _PUBLISHED.fullmatch(text):
        return False
    year, *rest = (int(part) for part in text.split("-"))
    try:
        date(year, *[*rest, 1, 1][:2])
    except ValueError:
        return False
    return 1800 <= year < 2200


def _split_headers(text: str) -> tuple[dict[str, str], str]:
    """Returns the headers, names in lower case, and the body; all is body where the text opens without headers."""
    head, blank, body = text.partition("\n\n")
    headers: dict[str, str] = {}
    for line in head.split("\n"):
        match = _HEADER.fullmatch(line.strip())
        if match is None:
            return {}, text
        headers[match[1].lower()] = match[2].strip()
    # An article may open with a line such as "Kyiv: all is calm"; one header at least has to be ours.
    if not any(name in headers for name in _KNOWN_HEADERS):
        return {}, text
    return {name: value for name, value in headers.items() if value}, body if blank else ""


def guess_language(body: str) -> str:
    """Returns the language that the letters of `body` speak for; English unless Cyrillic prevails.

    >>> guess_language("Тіла загиблих повернулися")
    'uk'
    """
    # Taken apart, ё would be е and a mark, and speak for no language.
    sample = unicodedata.normalize("NFC", body[:20000]).lower()
    cyrillic = sum("а" <= letter <= "я" for letter in sample)
    latin = sum("a" <= letter <= "z" for letter in sample)
    if cyrillic <= latin:
        return "en"
    ukrainian = sum(sample.count(letter) for letter in "іїєґ")
    russian = sum(sample.count(letter) for letter in "ыэъё")
    return "uk" if ukrainian > russian else "ru"
