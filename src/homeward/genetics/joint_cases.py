"""Joint cases: several victims, several missing persons of one or more families, in one JSON object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from homeward.errors import InputError
from homeward.genetics.case_conditions import StatedConditions, conditions_from_object
from homeward.genetics.cases import (
    BYSTANDERS,
    account_notes,
    linkage_notes,
    marker_names_of,
    markers_from_object,
    notes_from_object,
    profiles_from_object,
    replicates_from_object,
    theta_from_object,
    with_replicates,
)
from homeward.genetics.families import Family, family_from_object
from homeward.genetics.json_text import refuse_unknown_keys
from homeward.genetics.marker_names import MarkerNames
from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Sex
from homeward.genetics.profiles import Profile

__all__ = ["JointCase", "joint_case_from_object"]

JOINT_KEYS = (
    "markers", "theta", "minimum_frequency", "victims", "victim_sexes", "missing", "families", "labels", "drop_out",
    "drop_in", "error", "replicates", "notes", "fixed", "excluded", *BYSTANDERS,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class JointCase:
    """Markers, the victims' profiles and sexes, and the families whose missing members they may be.

    ``conditions`` are by victim, and by family and relative with a blank between them.
    ``replicates`` are the further readings of victims who were read several times; ``victims`` has the first one.
    ``fixed`` gives victims whom other evidence has identified (None: as nobody of the list), ``excluded`` pairs of
    victim and missing person that it rules out.
    """

    markers: tuple[Marker, ...]
    victims: Mapping[str, Profile]
    victim_sexes: Mapping[str, Sex]
    families: tuple[Family, ...]
    conditions: StatedConditions = field(default_factory=StatedConditions)
    notes: tuple[str, ...] = ()
    fixed: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    excluded: frozenset[tuple[str, str]] = frozenset()
    replicates: Mapping[str, tuple[Profile, ...]] = field(default_factory=lambda: MappingProxyType({}))
    theta: float = 0.0

    def __post_init__(self) -> None:
        names = [name for family in self.families for name in family.missing]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise InputError(place="missing", found=f'"{repeated[0]}" twice', needed="one name for each missing person")
        for family in self.families:
            for name in family.missing:
                if name in family.genotypes:
                    found = f'a profile of "{name}", who is missing'
                    needed = "no profile; a personal reference sample is compared by a search"
                    raise InputError(place=f'family "{family.name}"', found=found, needed=needed)
        if not self.victims or not self.families:
            raise InputError(place="joint case", found="no victims or no families", needed="at least one of each")
        self._refuse_contradictory_evidence(set(names))

    def _refuse_contradictory_evidence(self, missing: set[str]) -> None:
        """Raises InputError where a fixed or excluded pair names nobody of the case, or contradicts another one."""
        for word, pairs in (("fixed", set(self.fixed.items())), ("excluded", self.excluded)):
            for victim, name in sorted(pairs, key=str):
                if victim not in self.victims:
                    raise InputError(place=word, found=f'"{victim}"', needed="a victim of the case")
                if name is not None and name not in missing:
                    raise InputError(place=f'{word}, "{victim}"', found=f'"{name}"', needed="a missing person")
        taken = [name for name in self.fixed.values() if name is not None]
        for victim, name in self.fixed.items():
            if name is not None and taken.count(name) > 1:
                raise InputError(place=f'fixed, "{victim}"', found=f'"{name}" twice', needed="each person once")
            if (victim, name) in self.excluded:
                needed = "a pair that is not excluded"
                raise InputError(place=f'fixed, "{victim}"', found=f'"{name}", an excluded pair', needed=needed)

    @property
    def missing(self) -> tuple[str, ...]:
        """All missing persons, family after family."""
        return tuple(name for family in self.families for name in family.missing)


def joint_case_from_object(data: Mapping[str, object], *, place: str) -> JointCase:
    """The joint case of a JSON object; raises InputError with the place of the first thing that is wrong."""
    refuse_unknown_keys(data, JOINT_KEYS, place=place)
    names = marker_names_of(data, place=place)
    victims = profiles_from_object(data.get("victims"), names, data, place=f"{place}, victims")
    replicates = replicates_from_object(data, victims, names, place=place)
    whole = with_replicates(victims, replicates)
    victims |= {name: found[0] for name, found in replicates.items()}
    listed = data.get("families")
    if not isinstance(listed, list):
        raise InputError(place=f"{place}, families", found=type(listed).__name__, needed="a list of families")
    families = _families(listed, names, f"{place}, families")
    profiles = whole | {
        f"{family.name} {name}": profile for family in families for name, profile in family.genotypes.items()
    }
    markers, notes = markers_from_object(data, profiles, place=place)
    conditions = conditions_from_object(data, profiles, names, place=place)
    linkage = linkage_notes(profiles.values())
    notes = (*notes_from_object(data, place), *notes, *account_notes(names), *linkage)
    _refuse_unknown_missing(data.get("missing"), families, f"{place}, missing")
    further = {name: found[1:] for name, found in replicates.items()}
    sexes = _sexes(data.get("victim_sexes"), victims, f"{place}, victim_sexes")
    theta = theta_from_object(data, place)
    try:
        return JointCase(
            markers, victims, sexes, families, conditions, notes, *_evidence(data, place), further, theta=theta
        )
    except InputError as problem:
        raise InputError(place=f"{place}, {problem.place}", found=problem.found, needed=problem.needed) from problem


def _families(listed: list[object], names: MarkerNames, place: str) -> tuple[Family, ...]:
    """The families; one that stands twice alike is one, two of one name are refused with both places."""
    families: dict[str, tuple[int, Family, object]] = {}
    for number, entry in enumerate(listed):
        family = family_from_object(entry, names, place=f"{place}[{number}]")
        _refuse_three_alleles(entry, f"{place}[{number}]")
        first, _, before = families.setdefault(family.name, (number, family, entry))
        if first != number and before != entry:
            found = f'family "{family.name}" again, with other content than {place.rpartition(", ")[2]}[{first}]'
            raise InputError(place=f"{place}[{number}]", found=found, needed="each family once")
    return tuple(family for _, family, _ in families.values())


def _refuse_three_alleles(entry: object, place: str) -> None:
    """A case is written by hand: three alleles in it are a slip, as for the victims, not a reading to set aside."""
    genotypes = entry.get("genotypes", {}) if isinstance(entry, Mapping) else {}
    for member, profile in genotypes.items():
        for marker, alleles in profile.items():
            if len(alleles) > 2:
                where = f'{place}, genotypes of "{member}", "{marker}"'
                raise InputError(place=where, found=f"{len(alleles)} alleles", needed="one or two alleles")


def _refuse_unknown_missing(wanted: object, families: tuple[Family, ...], place: str) -> None:
    """Raises InputError where the list of missing persons, if there is one, names somebody whom no family misses."""
    if wanted is not None and not isinstance(wanted, list):
        raise InputError(place=place, found=type(wanted).__name__, needed="a list of names")
    known = [name for family in families for name in family.missing]
    for name in wanted or ():
        if name not in known:
            raise InputError(place=place, found=f'"{name}"', needed="a missing member of a family")


def _evidence(data: Mapping[str, object], place: str) -> tuple[dict[str, str | None], frozenset[tuple[str, str]]]:
    """The pairs that other evidence fixed, and those that it excluded."""
    fixed = data.get("fixed") or {}
    if not isinstance(fixed, Mapping) or not all(value is None or isinstance(value, str) for value in fixed.values()):
        needed = "an object of victims and missing persons (null: nobody of the list)"
        raise InputError(place=f"{place}, fixed", found=type(fixed).__name__, needed=needed)
    excluded = data.get("excluded") or []
    needed = 'a list of pairs such as ["V1", "M1"]'
    if not isinstance(excluded, list):
        raise InputError(place=f"{place}, excluded", found=type(excluded).__name__, needed=needed)
    for pair in excluded:
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(name, str) for name in pair):
            raise InputError(place=f"{place}, excluded", found=repr(pair)[:60], needed=needed)
    return dict(fixed), frozenset((pair[0], pair[1]) for pair in excluded)


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
