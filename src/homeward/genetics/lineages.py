"""Who is on whose line: Y chromosomes pass from father to son, mitochondria from a mother to all her children."""

from collections.abc import Mapping
from enum import Enum

from homeward.genetics.pedigrees import Pedigree, Sex

__all__ = ["LineageKind", "meioses_on_line"]


class LineageKind(Enum):
    """Which lineage marker; the values are the names used on the command line."""

    Y = "y"
    MT = "mt"

    @property
    def evidence(self) -> str:
        """The kind of evidence that it is to the rules of identification."""
        return "y_str" if self is LineageKind.Y else "mtdna"


def meioses_on_line(pedigree: Pedigree, member: str, *, kind: LineageKind) -> Mapping[str, int]:
    """Returns everybody on a member's line with the meioses that separate them, the member with 0.

    The pedigree is taken to be true and to show every relation: two lines that it does not join count as different.
    The paternal line of a woman is nobody's: she has no Y chromosome. A member of unknown sex is taken to be a man
    here, since a Y chromosome that was read of them says so.

    >>> from homeward.genetics.pedigrees import Member
    >>> family = Pedigree.of([Member("F"), Member("M"), Member("A", "F", "M"), Member("B", "F", "M", Sex.FEMALE)])
    >>> dict(meioses_on_line(family, "A", kind=LineageKind.Y)), dict(meioses_on_line(family, "A", kind=LineageKind.MT))
    ({'A': 0, 'F': 1}, {'A': 0, 'M': 1, 'B': 2})
    """
    is_y = kind is LineageKind.Y
    if is_y and pedigree.member(member).sex is Sex.FEMALE:
        return {}
    parent = {each.id: each.father if is_y else each.mother for each in pedigree.members}
    up: dict[str, int] = {}
    at: str | None = member
    while at is not None:
        up[at] = len(up)
        at = parent[at]
    found: dict[str, int] = {}
    for each in pedigree.members:
        if is_y and each.sex is Sex.FEMALE:
            continue
        steps, at = 0, each.id
        while at is not None and at not in up:
            at, steps = parent[at], steps + 1
        if at is not None:
            found[each.id] = steps + up[at]
    return dict(sorted(found.items(), key=lambda item: item[1]))
