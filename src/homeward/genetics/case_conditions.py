"""Under what conditions the readings of a case were made: drop-out, drop-in and error, by member and marker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from homeward.errors import InputError
from homeward.genetics.case_markers import number_in
from homeward.genetics.marker_names import MarkerNames
from homeward.genetics.profiles import DropOutClass, Profile

__all__ = ["DropOut", "MemberConditions", "StatedConditions", "conditions_from_object"]

Stated = TypeVar("Stated")

DropOut = Mapping[str, DropOutClass | float]
"""Marker name to the class of drop-out, or to the probability that one allele was lost."""


@dataclass(frozen=True)
class StatedConditions:
    """Under what conditions members' readings were made, as a case states it, by member and marker.

    ``drop_out`` is a class or the probability that one allele was lost, ``drop_in`` that alleles of others are seen,
    ``error`` that the reading is replaced by that of a random person.
    """

    drop_out: Mapping[str, DropOut] = field(default_factory=lambda: MappingProxyType({}))
    drop_in: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: MappingProxyType({}))
    error: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return bool(self.drop_out or self.drop_in or self.error)

    def of_member(self, member: str) -> "MemberConditions":
        """What is stated for one member, by marker."""
        return MemberConditions(self.drop_out.get(member, {}), self.drop_in.get(member, {}), self.error.get(member, {}))


@dataclass(frozen=True)
class MemberConditions:
    """What is stated of one member's readings, by marker."""

    drop_out: DropOut
    drop_in: Mapping[str, float]
    error: Mapping[str, float]


def conditions_from_object(
    data: Mapping[str, object], profiles: Mapping[str, Profile], names: MarkerNames, *, place: str
) -> StatedConditions:
    """The conditions of readings that the keys ``drop_out``, ``drop_in`` and ``error`` of a case state."""
    return StatedConditions(
        drop_out=_by_member(data.get("drop_out"), profiles, names, _drop_out, place=f"{place}, drop_out"),
        drop_in=_by_member(data.get("drop_in"), profiles, names, _rate, place=f"{place}, drop_in"),
        error=_by_member(data.get("error"), profiles, names, _rate, place=f"{place}, error"),
    )


def _by_member(
    data: object,
    profiles: Mapping[str, Profile],
    names: MarkerNames,
    read: Callable[[object, str], Stated],
    *,
    place: str,
) -> dict[str, dict[str, Stated]]:
    """What holds for a member at each marker: one value for all members, one by member, or one by member and marker."""
    if data is None:
        return {}
    stated = data if isinstance(data, Mapping) else dict.fromkeys(profiles, data)
    result: dict[str, dict[str, Stated]] = {}
    for member, value in stated.items():
        where = f'{place}, "{member}"' if stated is data else place
        if member not in profiles:
            raise InputError(place=where, found="a member without genotypes", needed="a typed member")
        by_marker = value if isinstance(value, Mapping) else dict.fromkeys(profiles[member], value)
        result[str(member)] = {
            names.name(str(marker), where) or str(marker): read(each, where) for marker, each in by_marker.items()
        }
    return result


def _drop_out(value: object, place: str) -> DropOutClass | float:
    for each in DropOutClass:
        if each.value == value:
            return each
    needed = ", ".join(each.value for each in DropOutClass) + ", or a probability from 0, below 1"
    return number_in(value, place, low=0, high=0.999, needed=needed)


def _rate(value: object, place: str) -> float:
    return number_in(value, place, low=0, high=0.5, needed="a probability from 0 to 0.5")
