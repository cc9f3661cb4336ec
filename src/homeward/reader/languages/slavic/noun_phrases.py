"""A noun phrase of people or bodies, as the grammar of Ukrainian and Russian sees it."""

from dataclasses import dataclass

from homeward.reader.claims import What
from homeward.reader.groups import EXPLICIT, GroupKind
from homeward.reader.terms import Amount

__all__ = ["DIRECT", "NounPhrase"]

# The cases of a subject or an object.
DIRECT = frozenset({"nomn", "accs"})


@dataclass(slots=True)
class NounPhrase:
    """A phrase over the words `first` up to, not including, `last`; `figure_at` is the word of its number.

    `owner` is "own", "our" or "other", `captives` whose they are where the noun says it ("hostages"); `cases` are those
    that it may stand in. `adjective` is what an adjective makes of people ("цивільні особи"), `moved_by` the frame of a
    participle before the noun ("переданих тіл").
    """

    first: int
    last: int
    figure_at: int | None = None
    amount: Amount | None = None
    kind: GroupKind | None = None
    dead: bool = False
    nation: str | None = None
    owner: str | None = None
    category: str | None = None
    plural: bool = True
    cases: frozenset[str] = frozenset()
    moved_by: str | None = None
    captives: str | None = None
    adjective: GroupKind | None = None

    @property
    def bare(self) -> bool:
        return self.kind is None

    @property
    def what(self) -> What | None:
        """Returns what the words say it is; None for soldiers, people and figures without a noun."""
        if self.dead:
            return What.REMAINS
        return EXPLICIT.get(self.kind) if self.kind else None

    @property
    def direct(self) -> bool:
        """Returns whether the phrase may be a subject or an object."""
        return bool(self.cases & DIRECT) or not self.cases
