"""Pedigrees: who is whose child. Inbreeding and marriage loops are fine; contradictions are refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from homeward.errors import InputError

__all__ = ["Member", "Pedigree", "Sex"]


class Sex(Enum):
    """Sex of a member; the values are the names used in case and family files."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Member:
    """One person of a pedigree; father and mother are ids of other members, or None."""

    id: str
    father: str | None = None
    mother: str | None = None
    sex: Sex = Sex.UNKNOWN

    @property
    def is_founder(self) -> bool:
        """True for a person whose parents are not in the pedigree."""
        return self.father is None


@dataclass(frozen=True)
class Pedigree:
    """Members in the order given, every one with two parents or none, several unconnected families allowed.

    A member with one known parent receives an untyped founder as the other one. A parent of unknown sex takes the sex
    of the role. Raises InputError for a repeated id, an unknown parent, a male mother, a female father, or a member
    that is its own ancestor.

    >>> trio = Pedigree.of([Member("F"), Member("M"), Member("C", "F", "M")])
    >>> trio.members[0].sex, trio.founders
    (<Sex.MALE: 'male'>, ('F', 'M'))
    """

    members: tuple[Member, ...]
    _positions: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        members = _with_sexes(_with_missing_parents(self.members))
        object.__setattr__(self, "members", members)
        object.__setattr__(self, "_positions", {member.id: i for i, member in enumerate(members)})
        _refuse_own_ancestors(members)

    @classmethod
    def of(cls, members: Iterable[Member]) -> "Pedigree":
        """The pedigree of these members."""
        return cls(tuple(members))

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all members, implicit founders included."""
        return tuple(member.id for member in self.members)

    @property
    def founders(self) -> tuple[str, ...]:
        """Ids of the members without parents."""
        return tuple(member.id for member in self.members if member.is_founder)

    @cached_property
    def parent_positions(self) -> tuple[tuple[int, int], ...]:
        """Positions of each member's father and mother; (-1, -1) for founders."""
        at = self._positions
        return tuple((at[m.father], at[m.mother]) if m.father and m.mother else (-1, -1) for m in self.members)

    @cached_property
    def males(self) -> tuple[bool, ...]:
        """Which members are male."""
        return tuple(member.sex is Sex.MALE for member in self.members)

    def __contains__(self, member_id: object) -> bool:
        return member_id in self._positions

    def position(self, member_id: str) -> int:
        """Index of a member in ``members``; raises InputError for an id that is not there."""
        if member_id not in self._positions:
            raise InputError(place="pedigree", found=f'"{member_id}"', needed="a member of the pedigree")
        return self._positions[member_id]

    def member(self, member_id: str) -> Member:
        """The member with this id; raises InputError for an id that is not there."""
        return self.members[self.position(member_id)]

    def children(self, member_id: str) -> tuple[str, ...]:
        """Ids of a member's children, in pedigree order."""
        return tuple(other.id for other in self.members if member_id in (other.father, other.mother))


def _with_missing_parents(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Members, with an untyped founder for each parent that is missing beside a known one."""
    ids: set[str] = set()
    for member in members:
        if not member.id or member.id in ids:
            raise InputError(
                place="pedigree",
                found=f'member "{member.id}" twice' if member.id else "an empty id",
                needed="an id for each member, used once",
            )
        ids.add(member.id)
    result: list[Member] = []
    added: list[Member] = []
    for member in members:
        father, mother = member.father or None, member.mother or None
        if (father is None) != (mother is None):
            sex = Sex.MALE if father is None else Sex.FEMALE
            founder = Member(_free_id(f"{'father' if father is None else 'mother'} of {member.id}", ids), sex=sex)
            ids.add(founder.id)
            added.append(founder)
            father, mother = father or founder.id, mother or founder.id
        result.append(Member(member.id, father, mother, member.sex))
    return tuple(result + added)


def _free_id(wanted: str, ids: set[str]) -> str:
    while wanted in ids:
        wanted += "'"
    return wanted


def _with_sexes(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Members, parents of unknown sex given the sex of their role; contradictions refused."""
    sexes = {member.id: member.sex for member in members}
    for member in members:
        if member.father is None or member.mother is None:
            continue
        for role, parent, sex in (("father", member.father, Sex.MALE), ("mother", member.mother, Sex.FEMALE)):
            place = f'member "{member.id}", {role}'
            if parent not in sexes:
                raise InputError(place=place, found=f'"{parent}"', needed="a member of the pedigree")
            if sexes[parent] is Sex.UNKNOWN:
                sexes[parent] = sex
            if sexes[parent] is not sex:
                raise InputError(
                    place=place, found=f'"{parent}", who is {sexes[parent].value}', needed=f"a {sex.value} member"
                )
    return tuple(Member(member.id, member.father, member.mother, sexes[member.id]) for member in members)


def _refuse_own_ancestors(members: tuple[Member, ...]) -> None:
    """Raises InputError if somebody is their own ancestor (a child older in the tree than itself)."""
    waiting = list(members)
    placed: set[str | None] = {None}
    while waiting:
        ready = [member for member in waiting if member.father in placed and member.mother in placed]
        if not ready:
            raise InputError(
                place=f'member "{waiting[0].id}"',
                found="a member among its own ancestors",
                needed="parents that come before their children",
            )
        placed.update(member.id for member in ready)
        waiting = [member for member in waiting if member.id not in placed]
