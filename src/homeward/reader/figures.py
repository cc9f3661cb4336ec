"""Figures: every number of a text is a candidate with exactly one role.

What its own shape tells (a date, an age, a sum of money, "F-16") is settled here, sentence by sentence. The others are
open: a provider understands them, or they stay unread and say why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from homeward.reader.terms import Amount, Term

__all__ = ["Figure", "Role", "find_figures"]


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


def find_figures(terms: Sequence[Term]) -> tuple[Figure, ...]:
    """Returns the figures of a sentence in order; every digit of it lies in exactly one of them.

    >>> find_figures([])
    ()
    """
    found: list[Figure] = []
    for place, term in enumerate(terms):
        amount, role = term.amount, None
        if amount is None:
            role = _shape(terms, place)
            if role is None:
                continue
        found.append(Figure(place, place + 1, term.start, term.end, amount, role))
    return tuple(found)


def _shape(terms: Sequence[Term], place: int) -> Role | None:
    """Returns the role that a number shows by its shape and its neighbours; None for what is no number."""
    term = terms[place]
    if not (term.figure or any(letter.isdecimal() for letter in term.text)):
        return None
    if term.date is not None:
        return Role.DATE
    return Role.OTHER
