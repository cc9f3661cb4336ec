"""Which terms are wordings of one commitment: parties describe the same deal differently, and people fall between."""

from collections.abc import Sequence

from homeward.entitlement.terms import Term

__all__ = ["wordings_of"]


def wordings_of(terms: Sequence[Term]) -> tuple[tuple[int, ...], ...]:
    """Returns the positions of the terms that belong together, each group of two or more.

    Terms of one agreement that name the same `commitment` belong together; where they name none, those that ask for
    the same kinds of condition (age, health, sex, time in captivity).
    """
    groups: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for position, term in enumerate(terms):
        key = (term.agreement, term.commitment, () if term.commitment else term.kinds)
        groups.setdefault(key, []).append(position)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
