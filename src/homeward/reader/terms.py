"""Terms: the tokens of a sentence grouped into the phrases that the lexicon knows, with figures and dates folded in."""

from dataclasses import dataclass, replace

from homeward.reader.claims import Modifier
from homeward.reader.lexicon import Entry, Lexicon
from homeward.reader.tokens import Token

__all__ = ["Amount", "DateMention", "Term", "find_terms", "fold_institutions"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in the text; low and high as in Quantity. `additional` says that it comes on top of another."""

    low: int | None
    high: int | None
    modifier: Modifier
    additional: bool = False
    same: bool = False
    article: bool = False

    @property
    def number(self) -> int | None:
        """Returns the one figure that the words gave, whatever bounds it."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text as EDTF, None where it cannot be told; `since` marks the opening of a period."""

    edtf: str | None
    since: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of tokens that means one thing; without entries, amount and date it is a word that nobody knows.

    `tags` are what the morphology of its language says of its last word (case, number), where it says anything.
    """

    start: int
    end: int
    text: str
    lower: str
    entries: tuple[Entry, ...] = ()
    amount: Amount | None = None
    date: DateMention | None = None
    capital: bool = False
    glued: bool = False
    figure: bool = False
    tags: frozenset[str] = frozenset()

    def get(self, category: str, *names: str) -> Entry | None:
        """Returns the entry of this category (and one of these names), if the term has one."""
        for entry in self.entries:
            if entry.category == category and (not names or entry.name in names):
                return entry
        return None

    def is_(self, category: str, *names: str) -> bool:
        """Returns whether the term may be of this category (and one of these names)."""
        # Asked hundreds of times for each word: a plain loop is twice as fast as `any` or a call of `get`.
        for entry in self.entries:  # noqa: SIM110
            if entry.category == category and (not names or entry.name in names):
                return True
        return False


def find_terms(tokens: tuple[Token, ...], lexicon: Lexicon) -> list[Term]:
    """Returns the terms of a sentence, left to right; of phrases that overlap, the longest from the left is taken."""
    terms: list[Term] = []
    lowers = tuple(token.lower for token in tokens)
    position = 0
    while position < len(tokens):
        length, entries = _longest(tokens, lowers, position, lexicon)
        first, last = tokens[position], tokens[position + length - 1]
        text = " ".join(token.text for token in tokens[position : position + length])
        terms.append(
            Term(
                first.start,
                last.end,
                text,
                " ".join(token.lower for token in tokens[position : position + length]),
                entries,
                capital=first.text[:1].isupper(),
                glued=first.glued,
                figure=length == 1 and first.is_figure,
            )
        )
        position += length
    return terms


def fold_institutions(terms: list[Term]) -> list[Term]:
    """Returns the terms with "the Tigrayan side" and its like as one name of the party."""
    folded: list[Term] = []
    for place, term in enumerate(terms):
        before = folded[-1] if folded else None
        counted = len(folded) > 1 and (folded[-2].figure or folded[-2].is_("number_units"))  # "32 Armenian military"
        if before is not None and not counted and term.is_("institution") and not _followed_by_noun(terms, place):
            owner = next((e for e in before.entries if e.category == "party" and "adjective" in e.forms), None)
            if owner is not None:
                entry = Entry("party", owner.name, f"{before.text} {term.text}", frozenset({"body"}))
                text, lower = f"{before.text} {term.text}", f"{before.lower} {term.lower}"
                folded[-1] = replace(before, end=term.end, text=text, lower=lower, entries=(entry,))
                continue
        folded.append(term)
    return folded


def _followed_by_noun(terms: list[Term], place: int) -> bool:
    following = terms[place + 1] if place + 1 < len(terms) else None
    return following is not None and following.is_("noun")


def _longest(
    tokens: tuple[Token, ...], lowers: tuple[str, ...], position: int, lexicon: Lexicon
) -> tuple[int, tuple[Entry, ...]]:
    """Returns the number of tokens of the longest phrase at `position`, and all entries of that length."""
    found: list[Entry] = []
    length = 1
    for words, capitals, entry in lexicon.phrases.get(lowers[position], ()):
        # Everything of the longest length is kept: "return" is a verb and a noun, and its neighbours decide.
        if len(words) < length and found:
            break
        if lowers[position : position + len(words)] == words and _has_capitals(tokens, position, capitals):
            length = len(words)
            found.append(entry)
    return length, tuple(found)


def _has_capitals(tokens: tuple[Token, ...], position: int, capitals: tuple[bool, ...]) -> bool:
    """Returns whether each word that is written with a capital has one here."""
    return all(tokens[position + place].text[0].isupper() for place, capital in enumerate(capitals) if capital)
