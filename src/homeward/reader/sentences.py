"""Sentences: stretches of the body that are read on their own."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

__all__ = ["Sentence", "split"]

# A text without full stops is no endless sentence: later steps look from each word at others around it.
LONGEST_SENTENCE = 2000

_END = re.compile(r"[.!?…]+[\"”»’')\]]*(?=\s|$)|\n\s*\n|\s(?:\+{2,}|[•|■►])(?=\s)|\n(?=\s*\S)")
# Wrapped text fills its lines; a headline, which has no full stop, seldom does, and no wrapped line is very long.
_SHORT_LINE, _LONG_LINE = 60, 110
_LAST_WORD = re.compile(r"([^\W\d_](?:[\w.]{0,15}))\.$")
_PIECE = re.compile(rf".{{1,{LONGEST_SENTENCE}}}(?:\s|$)|.{{1,{LONGEST_SENTENCE}}}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: where it starts in the body, its words, and whether it opens a paragraph."""

    start: int
    text: str
    paragraph: int


def split(body: str, abbreviations: Set[str]) -> tuple[Sentence, ...]:
    """Returns the sentences of `body` in order; a line break ends one, and none is longer than LONGEST_SENTENCE."""
    return tuple(_sentences(body, abbreviations))


def _sentences(body: str, abbreviations: Set[str]) -> Iterator[Sentence]:
    start = paragraph = 0
    for match in _END.finditer(body):
        if match[0][0] == "." and not _ends_here(body, match, abbreviations):
            continue
        if match[0] == "\n" and not _breaks_here(body, match.start(), start):
            continue
        yield from _pieces(body, start, match.end(), paragraph)
        start = match.end()
        if "\n" in match[0]:
            paragraph += 1
    yield from _pieces(body, start, len(body), paragraph)


def _ends_here(body: str, match: re.Match[str], abbreviations: Set[str]) -> bool:
    """Returns whether the full stop ends a sentence and is not one of an abbreviation or an initial."""
    # In a few characters alone: searched from the beginning of the body, a long text would take quadratic time.
    word = _LAST_WORD.search(body, max(0, match.start() - 18), match.start() + 1)
    following = body[match.end() : match.end() + 3].strip()[:1]
    if following.islower():
        return False
    if word is None:
        return True
    return word[1].lower() not in abbreviations and not (len(word[1]) == 1 and word[1].isupper())


def _breaks_here(body: str, position: int, start: int) -> bool:
    """Returns whether the break ends a line of its own, such as a headline, and is not one of wrapped text."""
    line_start = max(start, body.rfind("\n", start, position) + 1)
    following = body[position + 1 : position + 40].lstrip()[:1]
    if following.islower():
        return False
    line, next_end = position - line_start, body.find("\n", position + 1, position + 1 + _LONG_LINE)
    # A line with no break for long after it belongs to a text whose lines are paragraphs.
    unwrapped = next_end == -1 and len(body) - position > _LONG_LINE
    return line < _SHORT_LINE or line > _LONG_LINE or unwrapped


def _pieces(body: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    for piece in _PIECE.finditer(body, start, end):
        if piece[0].strip():
            yield Sentence(piece.start(), piece[0], paragraph)
