"""Joint cases: several victims, several missing persons of one or more families, in one JSON object."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeward.errors import InputError
from homeward.genetics.cases import markers_from_object, profiles_from_object, theta_from_object
from homeward.genetics.families import Family, MarkerNames, family_from_object
from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Sex
from homeward.genetics.profiles import Profile

__all__ = ["JointCase", "joint_case_from_object"]


@dataclass(frozen=True, eq=False)
class JointCase:
    """Markers, the victims' profiles and sexes, and the families whose missing members they may be."""

    markers: tuple[Marker, ...]
    victims: Mapping[str, Profile]
    victim_sexes: Mapping[str, Sex]
    families: tuple[Family, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [name for family in self.families for name in family.missing]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise InputError(place="missing", found=f'"{repeated[0]}" twice', needed="one name for each missing person")
        if not self.victims or not self.families:
            raise InputError(place="joint case", found="no victims or no families", needed="at least one of each")

    @property
    def missing(self) -> tuple[str, ...]:
        """All missing persons, family after family."""
        return tuple(name for family in self.families for name in family.missing)


def joint_case_from_object(data: Mapping[str, object], *, place: str) -> JointCase:
    """The joint case of a JSON object; raises InputError with the place of the first thing that is wrong."""
    if theta_from_object(data, place) > 0:
        needed = (
            "0: under theta families are not independent, and the assignments cannot be weighed one family at a time"
        )
        raise InputError(place=f"{place}, theta", found=str(data["theta"]), needed=needed)
    entries = data.get("markers")
    names = (
        [str(entry.get("name")) for entry in entries or () if isinstance(entry, Mapping)]
        if isinstance(entries, list)
        else []
    )
    victims = profiles_from_object(data.get("victims"), names, place=f"{place}, victims")
    listed = data.get("families")
    if not isinstance(listed, list):
        raise InputError(place=f"{place}, families", found=type(listed).__name__, needed="a list of families")
    spellings = MarkerNames(names)
    families = tuple(
        family_from_object(entry, spellings, place=f"{place}, families[{number}]")
        for number, entry in enumerate(listed)
    )
    profiles = dict(victims) | {
        f"{family.name} {name}": profile for family in families for name, profile in family.genotypes.items()
    }
    markers, notes = markers_from_object(data, profiles, place=place)
    _refuse_unknown_missing(data.get("missing"), families, f"{place}, missing")
    sexes = _sexes(data.get("victim_sexes"), victims, f"{place}, victim_sexes")
    try:
        return JointCase(markers, victims, sexes, families, notes)
    except InputError as problem:
        raise InputError(place=f"{place}, {problem.place}", found=problem.found, needed=problem.needed) from problem


def _refuse_unknown_missing(wanted: object, families: tuple[Family, ...], place: str) -> None:
    """Raises InputError where the list of missing persons, if there is one, names somebody whom no family misses."""
    if wanted is not None and not isinstance(wanted, list):
        raise InputError(place=place, found=type(wanted).__name__, needed="a list of names")
    known = [name for family in families for name in family.missing]
    for name in wanted or ():
        if name not in known:
            raise InputError(place=place, found=f'"{name}"', needed="a missing member of a family")


def _sexes(data: object, victims: Mapping[str, Profile], place: str) -> dict[str, Sex]:
    """The victims' sexes, unknown where none is given."""
    given = {} if data is None else data
    if not isinstance(given, Mapping):
        raise InputError(place=place, found=type(given).__name__, needed="an object of victims and their sexes")
    kinds = {sex.value: sex for sex in Sex}
    for name, value in given.items():
        if name not in victims or not isinstance(value, str) or value not in kinds:
            raise InputError(
                place=f'{place}, "{name}"', found=repr(value), needed="a victim's sex: " + ", ".join(kinds)
            )
    return {name: kinds[given.get(name, "unknown")] for name in victims}
