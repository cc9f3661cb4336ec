"""The relations between two spellings of one part of a name, and the verdict that the worst of them gives."""

from collections.abc import Iterable
from enum import Enum

__all__ = ["PART_NAMES", "Part", "Relation", "Verdict", "verdict_of"]


class Part(Enum):
    """A part of a name, in the order in which an answer tells them."""

    SURNAME = "surname"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    INITIALS = "initials"
    SUFFIX = "suffix"


class Verdict(Enum):
    """What a comparison says of two names; it never merges two people."""

    SAME = "same"
    POSSIBLE = "possible"
    DIFFERENT = "different"


class Relation(Enum):
    """How two spellings of one part stand to each other, best first."""

    EQUAL = "equal"
    TRANSLITERATED = "transliterated"
    SAME_NAME_OTHER_LANGUAGE = "same_name_other_language"
    OTHER_FORM = "other_form"
    HALF_SURNAME = "half_surname"
    TYPING_SLIP = "typing_slip"
    INITIAL = "initial"
    MISSING = "missing"
    DIFFERENT = "different"

    @property
    def verdict(self) -> Verdict:
        """The best verdict that a name with a part in this relation can have."""
        if self in _FULL:
            return Verdict.SAME
        return Verdict.DIFFERENT if self is Relation.DIFFERENT else Verdict.POSSIBLE

    @property
    def rank(self) -> int:
        """Its place in the order from the best to the worst."""
        return _RANK[self]


_FULL = frozenset({Relation.EQUAL, Relation.TRANSLITERATED, Relation.SAME_NAME_OTHER_LANGUAGE})
_RANK = {relation: rank for rank, relation in enumerate(Relation)}
_SEVERITY = {Verdict.SAME: 0, Verdict.POSSIBLE: 1, Verdict.DIFFERENT: 2}

PART_NAMES = {
    Part.SURNAME: "surname",
    Part.GIVEN_NAME: "given name",
    Part.PATRONYMIC: "patronymic",
    Part.INITIALS: "initials",
    Part.SUFFIX: "suffix",
}


def verdict_of(relations: Iterable[Relation]) -> Verdict:
    """Returns the verdict of the worst part; no part in common gives `possible`.

    >>> verdict_of([Relation.EQUAL, Relation.INITIAL]), verdict_of([Relation.EQUAL, Relation.DIFFERENT])
    (<Verdict.POSSIBLE: 'possible'>, <Verdict.DIFFERENT: 'different'>)
    """
    return max((r.verdict for r in relations), key=_SEVERITY.__getitem__, default=Verdict.POSSIBLE)
