"""Groups: the people or bodies that a text speaks of, with their number, and what it says of them."""

from dataclasses import dataclass
from enum import Enum

from homeward.reader.claims import What
from homeward.reader.terms import Amount

__all__ = ["EXPLICIT", "Group", "GroupKind"]


class GroupKind(Enum):
    """The word that names a group, strongest first: "bodies of soldiers" are remains."""

    REMAINS = "remains"
    CHILDREN = "children"
    CIVILIANS = "civilians"
    PRISONERS = "prisoners"
    CONTAINER = "container"
    SOLDIERS = "soldiers"
    WEAK_CIVILIANS = "weak_civilians"
    PEOPLE = "people"

    @property
    def rank(self) -> int:
        return list(GroupKind).index(self)


EXPLICIT = {
    GroupKind.REMAINS: What.REMAINS,
    GroupKind.CHILDREN: What.CHILDREN,
    GroupKind.CIVILIANS: What.CIVILIANS,
    GroupKind.PRISONERS: What.PRISONERS,
    GroupKind.WEAK_CIVILIANS: What.CIVILIANS,
}


@dataclass(slots=True)
class Group:
    """A noun phrase over the terms `first` up to, not including, `last`.

    `nation` is whose people they are; `owner` is "own" or "other" for "our", "their". A bare group is a figure
    without a noun. `freed` says that a participle before the noun tells the exchange ("the 60 freed soldiers");
    `spread` that a noun such as "the bodies of" governs what "and" joins to it.
    """

    first: int
    last: int
    amount: Amount | None = None
    kind: GroupKind | None = None
    nation: str | None = None
    owner: str | None = None
    dead: bool = False
    category: str | None = None
    freed: bool = False
    singular: bool = False
    spread: bool = False
    captives_of: str | None = None
    foreign: bool = False
    living: bool = False
    captive: bool = False

    @property
    def bare(self) -> bool:
        return self.kind is None

    @property
    def what(self) -> What | None:
        """Returns what the words say it is; None for soldiers or people, of whom the context must tell."""
        if self.dead:
            return What.REMAINS
        if self.living and self.kind in (GroupKind.SOLDIERS, GroupKind.PEOPLE):
            return What.PRISONERS
        if self.captive and self.kind in (GroupKind.SOLDIERS, GroupKind.PEOPLE, GroupKind.WEAK_CIVILIANS):
            return What.PRISONERS
        return EXPLICIT.get(self.kind) if self.kind else None

    def strengthen(self, kind: GroupKind) -> None:
        """Lets the stronger of two nouns name the group."""
        if self.kind is None or kind.rank < self.kind.rank:
            self.kind = kind
