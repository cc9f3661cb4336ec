"""Cases: one likelihood computation, read from the JSON format of docs/reference/kinship-likelihood.md."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele
from homeward.genetics.case_markers import (
    DEFAULT_MINIMUM_FREQUENCY,
    marker_from_object,
    number_in,
    with_minimum,
    with_unseen_alleles,
)
from homeward.genetics.families import members_from_list
from homeward.genetics.json_text import parsed, refuse_unknown_keys, short
from homeward.genetics.marker_names import MarkerNames
from homeward.genetics.marker_types import linked_groups, same_marker_key
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Pedigree, Sex
from homeward.genetics.profiles import DropOutClass, Profile
from homeward.imports.spelling import did_you_mean

__all__ = [
    "BYSTANDERS",
    "Case",
    "DropOut",
    "StatedConditions",
    "account_notes",
    "case_from_object",
    "conditions_from_object",
    "linkage_notes",
    "load_json",
    "marker_names_of",
    "markers_from_object",
    "notes_from_object",
    "pedigree_from_object",
    "profiles_from_object",
    "theta_from_object",
]

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


BYSTANDERS = ("note", "id", "reference", "source", "format")
"""Keys that say something about a case to people, and nothing to the computation."""

CASE_KEYS = (
    "markers", "theta", "minimum_frequency", "hypotheses", "hypothesis_titles", "genotypes", "drop_out",
    "drop_in", "error", "notes", *BYSTANDERS,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Case:
    """Markers, hypotheses as pedigrees, and what was read from their members.

    ``conditions`` are those of readings that may have lost or gained an allele. ``notes`` tell what was assumed while
    reading: alleles that had no frequency, for one.
    """

    markers: tuple[Marker, ...]
    hypotheses: Mapping[str, Pedigree]
    profiles: Mapping[str, Profile]
    theta: float = 0.0
    conditions: StatedConditions = field(default_factory=StatedConditions)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for hypothesis, pedigree in self.hypotheses.items():
            for member in self.profiles:
                if member not in pedigree:
                    needed = f'a member of hypothesis "{hypothesis}"{did_you_mean(member, pedigree.ids)}'
                    raise InputError(place="genotypes", found=f'"{member}"', needed=needed)
        for marker in self.markers:
            if marker.kind is MarkerKind.X:
                self._refuse_two_alleles_of_males(marker)

    def _refuse_two_alleles_of_males(self, marker: Marker) -> None:
        for pedigree in self.hypotheses.values():
            for member, profile in self.profiles.items():
                if pedigree.member(member).sex is Sex.MALE and len(set(profile.get(marker.name, ()))) > 1:
                    place = f'genotypes, "{member}", "{marker.name}"'
                    raise InputError(place=place, found="two alleles of a male on X", needed="one allele")


def load_json(path: Path) -> Mapping[str, object]:
    """The JSON object of a file; raises InputError for anything else."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed="a case as JSON") from error
    except UnicodeDecodeError as error:
        raise InputError(place=path.name, found="bytes that are not UTF-8 text", needed="JSON in UTF-8") from error
    data = parsed(text, place=path.name, needed="a case as JSON")
    if not isinstance(data, Mapping):
        raise InputError(place=path.name, found=f"a {type(data).__name__}", needed="a case as one JSON object")
    return data


def case_from_object(data: Mapping[str, object], *, place: str) -> Case:
    """The case of a JSON object; raises InputError with the place of the first thing that is wrong."""
    refuse_unknown_keys(data, CASE_KEYS, place=place)
    hypotheses = data.get("hypotheses")
    if not isinstance(hypotheses, Mapping) or not hypotheses:
        raise InputError(place=f"{place}, hypotheses", found=short(hypotheses), needed="one or more pedigrees by name")
    pedigrees = {
        str(name): pedigree_from_object(members, place=f'{place}, hypothesis "{name}"')
        for name, members in hypotheses.items()
    }
    names = marker_names_of(data, place=place)
    profiles = profiles_from_object(data.get("genotypes"), names, data, place=f"{place}, genotypes")
    markers, notes = markers_from_object(data, profiles, place=place)
    conditions = conditions_from_object(data, profiles, names, place=place)
    linkage = linkage_notes(profiles.values())
    notes = (*notes_from_object(data, place), *notes, *account_notes(names), *linkage)
    try:
        return Case(markers, pedigrees, profiles, theta_from_object(data, place), conditions, notes)
    except InputError as problem:
        raise InputError(place=f"{place}, {problem.place}", found=problem.found, needed=problem.needed) from problem


def theta_from_object(data: Mapping[str, object], place: str) -> float:
    """The theta of a case, 0 where none is given."""
    theta = data.get("theta")
    needed = "a number from 0, below 1"
    return number_in(0 if theta is None else theta, f"{place}, theta", low=0, high=0.999, needed=needed)


def markers_from_object(
    data: Mapping[str, object], profiles: Mapping[str, Profile], *, place: str
) -> tuple[tuple[Marker, ...], tuple[str, ...]]:
    """The markers of a case, alleles that a profile shows and the frequencies lack added, and notes on each."""
    entries = data.get("markers")
    _marker_names(data, place)
    floor = data.get("minimum_frequency")
    needed = "a number above 0, below 0.5"
    low, high = 1e-9, 0.4999999
    floor = number_in(
        DEFAULT_MINIMUM_FREQUENCY if floor is None else floor,
        f"{place}, minimum_frequency",
        low=low,
        high=high,
        needed=needed,
    )
    given = floor if data.get("minimum_frequency") is not None else 0.0
    markers: list[Marker] = []
    notes: list[str] = []
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        where = f"{place}, markers[{number}]"
        marker, left_out = marker_from_object(entry, place=where)
        seen = [allele for profile in profiles.values() for allele in profile.get(marker.name, ())]
        stated = max(given, _five_in_sample(entry, where), _minimum_of_marker(entry, where))
        if stated > 0:
            marker, added = with_minimum(marker, seen, max(stated, floor))
        else:
            marker, added = with_unseen_alleles(marker, seen, floor)
        markers.append(marker)
        notes += [*left_out, *added]
    return tuple(markers), tuple(notes)


def _minimum_of_marker(entry: Mapping[str, object], place: str) -> float:
    """The minimum frequency that the marker itself states, else 0."""
    stated = entry.get("minimum_frequency")
    if stated is None:
        return 0.0
    needed = "a number above 0, below 0.5"
    return number_in(stated, f"{place}, minimum_frequency", low=1e-9, high=0.4999999, needed=needed)


def _five_in_sample(entry: Mapping[str, object], place: str) -> float:
    """5/(2N) where the marker says how many alleles were sampled, else 0."""
    sampled = entry.get("n_alleles_sampled")
    if sampled is None:
        return 0.0
    needed = "how many alleles were sampled, at least 50"
    return 5.0 / number_in(sampled, f"{place}, n_alleles_sampled", low=50, high=1e9, needed=needed)


def pedigree_from_object(data: object, *, place: str) -> Pedigree:
    """The pedigree of a list of members; raises InputError for what cannot be."""
    if not isinstance(data, list) or not data:
        raise InputError(place=place, found=short(data), needed="a list of members")
    try:
        return Pedigree.of(members_from_list(data, place=place))
    except InputError as problem:
        if problem.place.startswith(place):
            raise
        raise InputError(place=f"{place}, {problem.place}", found=problem.found, needed=problem.needed) from problem


def profiles_from_object(
    profiles: object, names: MarkerNames, data: Mapping[str, object], *, place: str
) -> dict[str, Profile]:
    """Profiles by member: an object of marker names and alleles, or a list with one entry per marker of the case.

    Readings that cannot be used are in the account of the names; ``data`` is the case that lists the markers.
    """
    if not isinstance(profiles, Mapping):
        raise InputError(place=place, found=short(profiles), needed="an object of members and their readings")
    result: dict[str, Profile] = {}
    for member, readings in profiles.items():
        where = f'{place}, "{member}"'
        result[str(member)] = names.profile(_by_markers(readings, data, where), sample=str(member), place=where)
    return result


def marker_names_of(data: Mapping[str, object], *, place: str) -> MarkerNames:
    """The names of a case's markers with their alleles, to read profiles by."""
    listed = zip(_marker_names(data, place), _entries(data), strict=True)
    return MarkerNames({name: _listed_alleles(entry) for name, entry in listed})


def _listed_alleles(entry: object) -> frozenset[str]:
    frequencies = entry.get("frequencies") if isinstance(entry, Mapping) else None
    return frozenset(map(canonical_allele, frequencies)) if isinstance(frequencies, Mapping) else frozenset()


def _entries(data: Mapping[str, object]) -> list[object]:
    entries = data.get("markers")
    return entries if isinstance(entries, list) else []


def notes_from_object(data: Mapping[str, object], place: str) -> tuple[str, ...]:
    """The notes that the file itself holds, on what was not carried over into it."""
    notes = data.get("notes", [])
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        raise InputError(place=f"{place}, notes", found=short(notes), needed="a list of texts")
    return tuple(notes)


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


def _marker_names(data: Mapping[str, object], place: str) -> list[str]:
    entries = data.get("markers")
    if not isinstance(entries, list) or not entries:
        raise InputError(place=f"{place}, markers", found=short(entries), needed="a list of markers")
    names = [str(entry.get("name")) if isinstance(entry, Mapping) else "" for entry in entries]
    first: dict[str, str] = {}
    for name in names:
        if name and first.setdefault(same_marker_key(name), name) is not name:
            before = first[same_marker_key(name)]
            found = f'"{name}" twice' if before == name else f'"{before}" and "{name}", one marker under two names'
            raise InputError(place=f"{place}, markers", found=found, needed="each marker once")
    return names


def account_notes(names: MarkerNames) -> tuple[str, ...]:
    """Notes on every reading that is not used, but for those that say themselves that nothing was read."""
    account = names.account
    notes = [str(each) for each in account.set_aside]
    notes += [f'marker "{name}" is not compared ({n} readings)' for name, n in sorted(account.beside.items())]
    if account.repeated:
        notes.append(f"{account.repeated} readings are given twice and agree")
    return tuple(notes)


def linkage_notes(profiles: Iterable[Profile]) -> tuple[str, ...]:
    """Notes on the markers read that do not pass on independently, though they are multiplied as if they did."""
    read = dict.fromkeys(marker for profile in profiles for marker in profile)
    return tuple(
        f"markers {', '.join(group)} lie on one chromosome arm, or on X, and are taken as independent; "
        "linkage is not computed"
        for group in linked_groups(read)
    )


def _by_markers(readings: object, data: Mapping[str, object], place: str) -> object:
    """Readings as an object of markers: a list has one entry for each marker, and one allele needs no list."""
    if isinstance(readings, list):
        markers = _marker_names(data, place)
        if len(readings) not in (0, len(markers)):
            found = f"{len(readings)} readings"
            raise InputError(place=place, found=found, needed=f"one for each of the {len(markers)} markers")
        readings = dict(zip(markers, readings, strict=False))
    if not isinstance(readings, dict):
        raise InputError(place=place, found=short(readings), needed="an object of markers and alleles")
    listed = {marker: each if isinstance(each, list) else [each] for marker, each in readings.items()}
    for marker, alleles in listed.items():
        if len(alleles) > 2:
            found = f"{len(alleles)} alleles ({', '.join(map(str, alleles))})"
            raise InputError(place=f'{place}, "{marker}"', found=found, needed="one or two alleles")
    return listed
