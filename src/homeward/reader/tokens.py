"""Tokens: words, figures and marks, each with its place in the body.

A hyphen inside a compound is no token: "6,000-for-6,000" reads as "6,000 for 6,000". A letter of another alphabet that
only looks right is folded to that of its word, so that a homoglyph hides nothing; offsets are those of the body.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Token", "fold", "tokenise"]

_TOKEN = re.compile(
    r"""
    \d{4}-\d\d-\d\d(?!\d) | \d\d?\.\d\d?\.\d{4}(?!\d)   # 2025-06-02 and 02.06.2025
    | \d{1,3}(?:[,\u00a0\u202f\u2009'’]\d{3})+(?!\d)      # 1,212 and 1 212 with a thin space
    | \d+(?:\.\d+)?                                      # 6060 and 1.5
    | (?:[A-Z]\.){2,}                                    # U.S.
    | [^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*                 # words; Sana'a is one word
    | ['’]s\b
    | \s+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_HYPHENS = frozenset("-\u2010\u2011")
_LATIN_TO_CYRILLIC = str.maketrans("AaBCcEeHIiKMOoPpTXxy", "АаВСсЕеНІіКМОоРрТХху")
_CYRILLIC_TO_LATIN = str.maketrans("АаВСсЕеНІіКкМОоРрТХхуУЅѕЈј", "AaBCcEeHIiKkMOoPpTXxyYSsJj")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or mark; `lower` is its folded lower-case form; a hyphen joins it to the last one if `glued`."""

    start: int
    end: int
    text: str
    lower: str
    glued: bool

    @property
    def is_figure(self) -> bool:
        return self.text[0].isdigit() and self.text[0].isascii()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


def fold(word: str) -> str:
    """Returns `word` in composed form, with look-alike letters in the alphabet of the rest.

    >>> fold("Кyiv") == "Kyiv"
    True
    """
    if word.isascii():
        return word
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
    latin = sum(letter.isascii() and letter.isalpha() for letter in word)
    # Only a mixed word is folded: one that is all of Cyrillic letters may well be Cyrillic.
    if cyrillic and latin:
        word = word.translate(_CYRILLIC_TO_LATIN if latin >= cyrillic else _LATIN_TO_CYRILLIC)
    # The lexicon is written in composed letters; a soft hyphen is invisible on the page and would make the word
    # unknown.
    composed = unicodedata.normalize("NFC", word)
    return composed.replace("\u00ad", "")


def tokenise(text: str, offset: int = 0) -> tuple[Token, ...]:
    """Returns the tokens of `text`, whose first character stands at `offset` of the body."""
    return tuple(_tokens(text, offset))


def _tokens(text: str, offset: int) -> Iterator[Token]:
    glued = False
    matches = list(_TOKEN.finditer(text))
    for index, match in enumerate(matches):
        piece = match[0]
        if piece.isspace():
            glued = False
            continue
        if piece in _HYPHENS and _joins(matches, index):
            glued = True
            continue
        if folded := fold(piece):
            yield Token(offset + match.start(), offset + match.end(), folded, folded.lower(), glued)
            glued = False


def _joins(matches: list[re.Match[str]], index: int) -> bool:
    """Returns whether the hyphen at `index` stands inside a compound; between two figures it is a range."""
    if index == 0 or index + 1 == len(matches):
        return False
    before, after = matches[index - 1][0], matches[index + 1][0]
    return before[-1].isalnum() and after[0].isalnum() and not (before[-1].isdigit() and after[0].isdigit())
