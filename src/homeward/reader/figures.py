"""Figures: every number of a text is a candidate with exactly one role.

What its own shape tells (a date, an age, a sum of money, "F-16") is settled here, sentence by sentence. The others are
open: a provider understands them, or they stay unread and say why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from homeward.reader.claims import Span
from homeward.reader.terms import Amount, Term

__all__ = ["Figure", "ReadFigure", "Role", "find_figures"]


class Role(Enum):
    """What a figure is in its text."""

    MOVED = "moved"
    PROMISED = "promised"
    DEMANDED = "demanded"
    PLANNED = "planned"
    BOTH_WAY_TOTAL = "both_way_total"
    RUNNING_TOTAL = "running_total"
    PART = "part"
    HELD = "held"
    IDENTIFIED = "identified"
    MISSING = "missing"
    CASUALTY = "casualty"
    AGE = "age"
    DATE = "date"
    ORDINAL = "ordinal"
    MONEY = "money"
    NAME = "name"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over the terms `first` up to, not including, `last` of its sentence.

    `amount` is None where it counts nothing. `role` is None while it is open.
    """

    first: int
    last: int
    start: int
    end: int
    amount: Amount | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure of the whole text with its one role; `claim` is the place of the claim that it makes, if it makes one.

    `why` says in words why it makes none, where it might have.
    """

    span: Span
    value: int | None
    role: Role
    confidence: float
    claim: int | None = None
    why: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Returns the figure as the JSON object of docs/reference/claims.md."""
        return {
            "span": self.span.as_json(),
            "value": self.value,
            "role": self.role.value,
            "confidence": self.confidence,
            "claim": self.claim,
            "why": self.why,
        }


def find_figures(terms: Sequence[Term]) -> tuple[Figure, ...]:
    """Returns the figures of a sentence in order; every digit of it lies in exactly one of them.

    >>> find_figures([])
    ()
    """
    found: list[Figure] = []
    for place, term in enumerate(terms):
        if term.amount is not None:
            role = _by_neighbours(terms, place)
            found.append(Figure(place, place + 1, term.start, term.end, term.amount, role))
        elif role := _shape(terms, place):
            found.append(Figure(place, place + 1, term.start, term.end, None, role))
    return tuple(found)


def _by_neighbours(terms: Sequence[Term], place: int) -> Role | None:
    """Returns the role of a count whose neighbours alone tell it: "aged 34", "(34)", "Group of 12"."""
    before, after = _at(terms, place - 1), _at(terms, place + 1)
    amount = terms[place].amount
    if _attached(before, terms[place]):
        return Role.NAME
    if _is(before, "number_counted", "age") or _is(after, "number_counted", "age"):
        return Role.AGE
    if _is(before, "number_counted", "named") and (
        (before is not None and before.capital) or not _counts_people(terms, place + 1)
    ):
        return Role.NAME
    # "Six of those who came home" are no more than those.
    if _is(after, "preposition", "of") and _is(_at(terms, place + 2), "partitive", "those"):
        return Role.PART
    # "Ten men, six from the police and four from the army" are ten.
    listed = before is None or before.is_("marks") or before.is_("conjunction", "and")
    if (
        listed
        and _is(after, "preposition", "from")
        and any(term.is_("service") for term in terms[place + 2 : place + 5])
    ):
        return Role.PART
    # "10,400 of the total"
    if _is(after, "preposition", "of") and any(term.is_("total", "counted") for term in terms[place + 2 : place + 4]):
        return Role.PART
    # "A man of 86, whom ..."
    of = _is(before, "preposition", "of") and _is(_at(terms, place - 2), "singular") and _is(after, "marks", "comma")
    if of and not _is(_at(terms, place - 2), "noun", "remains"):
        return Role.AGE
    # "The prisoner, 34, said"
    small = amount is not None and amount.number is not None and 0 < amount.number < 100
    if small and _is(before, "marks", "comma") and _is(after, "marks", "comma") and terms[place].text.isdecimal():
        named = _at(terms, place - 2)
        if named is not None and (named.is_("singular") or (named.capital and not named.is_("date_month"))):
            return Role.AGE
    return None


def _shape(terms: Sequence[Term], place: int) -> Role | None:
    """Returns the role that a number shows by its shape and its neighbours; None for what is no number."""
    term = terms[place]
    before, after = _at(terms, place - 1), _at(terms, place + 1)
    if term.is_("number_ordinal") and _before_event(terms, place):
        return Role.ORDINAL
    if entry := term.get("figure_role"):
        return Role(entry.name)
    if not any(letter.isdecimal() for letter in term.text):
        return None
    if term.date is not None:
        return Role.DATE
    if term.is_("after", "age") or _is(before, "number_counted", "age") or _is(after, "number_counted", "age"):
        return Role.AGE
    if _is(before, "marks", "currency") or _is(after, "number_counted", "money"):
        return Role.MONEY
    if _attached(term, after) and _is(after, "date_link", "ordinal"):
        return Role.ORDINAL
    if term.glued or _attached(before, term) or _is(before, "number_counted", "named"):
        return Role.NAME
    if _is(after, "number_counted", "time") or (
        term.text.isdecimal() and len(term.text) == 4 and "1900" <= term.text <= "2099"
    ):
        return Role.DATE
    return Role.OTHER


def _at(terms: Sequence[Term], place: int) -> Term | None:
    return terms[place] if 0 <= place < len(terms) else None


def _is(term: Term | None, category: str, *names: str) -> bool:
    return term is not None and term.is_(category, *names)


def _attached(first: Term | None, second: Term | None) -> bool:
    """Returns whether a letter and a figure stand together without a space: "G7", "28th"."""
    if first is None or second is None or first.end != second.start:
        return False
    last, next_ = first.text[-1:], second.text[:1]
    return (last.isalpha() and next_.isalnum()) or (last.isalnum() and next_.isalpha())


def _before_event(terms: Sequence[Term], place: int) -> bool:
    following = terms[place + 1 : place + 4]
    return any(term.is_("event") or term.is_("deal") for term in following)


def _counts_people(terms: Sequence[Term], place: int) -> bool:
    return any(term.is_("noun") for term in terms[place : place + 2])
