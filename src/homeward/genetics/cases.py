"""Cases: one likelihood computation, read from the JSON format of docs/reference/kinship-likelihood.md."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele
from homeward.genetics.case_markers import (
    DEFAULT_MINIMUM_FREQUENCY,
    marker_from_object,
    number_in,
    with_unseen_alleles,
)
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.names import misspelt
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import DropOutClass, Profile

__all__ = [
    "Case",
    "case_from_object",
    "drop_out_from_object",
    "load_json",
    "markers_from_object",
    "pedigree_from_object",
    "profiles_from_object",
    "theta_from_object",
]

DropOut = Mapping[str, DropOutClass]


@dataclass(frozen=True, eq=False)
class Case:
    """Markers, hypotheses as pedigrees, and what was read from their members.

    ``drop_out`` gives a class for markers of members whose readings may have lost an allele. ``notes`` tell what was
    assumed while reading: alleles that had no frequency, for one.
    """

    markers: tuple[Marker, ...]
    hypotheses: Mapping[str, Pedigree]
    profiles: Mapping[str, Profile]
    theta: float = 0.0
    drop_out: Mapping[str, DropOut] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for hypothesis, pedigree in self.hypotheses.items():
            for member in self.profiles:
                if member not in pedigree:
                    needed = f'a member of hypothesis "{hypothesis}"{misspelt(member, pedigree.ids)}'
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
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant)
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed="a case as JSON") from error
    except UnicodeDecodeError as error:
        raise InputError(place=path.name, found="bytes that are not UTF-8 text", needed="JSON in UTF-8") from error
    except (ValueError, RecursionError) as error:  # ValueError alone: a whole number of thousands of digits
        where = f"{path.name} line {error.lineno}" if isinstance(error, json.JSONDecodeError) else path.name
        raise InputError(place=where, found="no JSON", needed="a case as JSON") from error
    if not isinstance(data, Mapping):
        raise InputError(place=path.name, found=f"a {type(data).__name__}", needed="a case as one JSON object")
    return data


def case_from_object(data: Mapping[str, object], *, place: str) -> Case:
    """The case of a JSON object; raises InputError with the place of the first thing that is wrong."""
    hypotheses = data.get("hypotheses")
    if not isinstance(hypotheses, Mapping) or not hypotheses:
        raise InputError(place=f"{place}, hypotheses", found=_short(hypotheses), needed="one or more pedigrees by name")
    pedigrees = {
        str(name): pedigree_from_object(members, place=f'{place}, hypothesis "{name}"')
        for name, members in hypotheses.items()
    }
    names = _marker_names(data, place)
    profiles = profiles_from_object(data.get("genotypes"), names, place=f"{place}, genotypes")
    markers, notes = markers_from_object(data, profiles, place=place)
    drop_out = drop_out_from_object(data.get("drop_out"), profiles, place=f"{place}, drop_out")
    try:
        return Case(markers, pedigrees, profiles, theta_from_object(data, place), drop_out, notes)
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
    needed = "a number above 0, up to 0.1"
    low, high = 1e-9, 0.1
    floor = number_in(
        DEFAULT_MINIMUM_FREQUENCY if floor is None else floor,
        f"{place}, minimum_frequency",
        low=low,
        high=high,
        needed=needed,
    )
    markers: list[Marker] = []
    notes: list[str] = []
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        where = f"{place}, markers[{number}]"
        marker, left_out = marker_from_object(entry, place=where)
        seen = [allele for profile in profiles.values() for allele in profile.get(marker.name, ())]
        minimum = max(floor, _five_in_sample(entry, where))
        marker, added = with_unseen_alleles(marker, seen, minimum)
        markers.append(marker)
        notes += [*left_out, *added]
    return tuple(markers), tuple(notes)


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
        raise InputError(place=place, found=_short(data), needed="a list of members")
    try:
        return Pedigree.of(_member(entry, f"member {number}") for number, entry in enumerate(data, 1))
    except InputError as problem:
        raise InputError(place=f"{place}, {problem.place}", found=problem.found, needed=problem.needed) from problem


def profiles_from_object(data: object, markers: Sequence[str], *, place: str) -> dict[str, Profile]:
    """Profiles by member: an object of marker names and alleles, or a list with one entry per marker of the case."""
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=_short(data), needed="an object of members and their readings")
    return {str(member): _profile(readings, markers, f'{place}, "{member}"') for member, readings in data.items()}


def drop_out_from_object(data: object, profiles: Mapping[str, Profile], *, place: str) -> dict[str, DropOut]:
    """Drop-out classes by member: one class for all markers, or an object of markers and classes."""
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=_short(data), needed="an object of members and drop-out classes")
    result: dict[str, DropOut] = {}
    for member, value in data.items():
        where = f'{place}, "{member}"'
        if member not in profiles:
            raise InputError(place=where, found="a member without genotypes", needed="a typed member")
        classes = value if isinstance(value, Mapping) else dict.fromkeys(profiles[member], value)
        result[str(member)] = {str(marker): _drop_out_class(each, where) for marker, each in classes.items()}
    return result


def _drop_out_class(value: object, place: str) -> DropOutClass:
    for each in DropOutClass:
        if each.value == value:
            return each
    raise InputError(place=place, found=_short(value), needed=", ".join(each.value for each in DropOutClass))


def _marker_names(data: Mapping[str, object], place: str) -> list[str]:
    entries = data.get("markers")
    if not isinstance(entries, list) or not entries:
        raise InputError(place=f"{place}, markers", found=_short(entries), needed="a list of markers")
    names = [str(entry.get("name")) if isinstance(entry, Mapping) else "" for entry in entries]
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise InputError(place=f"{place}, markers", found=f'"{repeated[0]}" twice', needed="each marker once")
    return names


def _profile(readings: object, markers: Sequence[str], place: str) -> Profile:
    if isinstance(readings, list):
        if len(readings) not in (0, len(markers)):
            found = f"{len(readings)} readings"
            raise InputError(place=place, found=found, needed=f"one for each of the {len(markers)} markers")
        readings = dict(zip(markers, readings, strict=False))
    if not isinstance(readings, Mapping):
        raise InputError(place=place, found=_short(readings), needed="an object of markers and alleles")
    profile = {}
    for marker, alleles in readings.items():
        if marker not in markers:
            needed = f"a marker of the case{misspelt(str(marker), markers)}"
            raise InputError(place=place, found=f'marker "{marker}"', needed=needed)
        reading = _reading(alleles, f'{place}, "{marker}"')
        if reading:
            profile[str(marker)] = reading
    return profile


def _reading(alleles: object, place: str) -> tuple[str, ...]:
    """One or two alleles in canonical spelling; nothing where the marker was not read."""
    if alleles is None:
        return ()
    values = alleles if isinstance(alleles, list) else [alleles]
    if len(values) > 2:
        found = f"{len(values)} alleles ({', '.join(map(str, values))})"
        raise InputError(place=place, found=found, needed="one or two alleles")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
            raise InputError(place=place, found=_short(value), needed='an allele such as "14" or "9.3"')
    return tuple(canonical_allele(str(value)) for value in values)


def _member(entry: object, place: str) -> Member:
    if not isinstance(entry, Mapping):
        raise InputError(place=place, found=_short(entry), needed='an object such as {"id": "C", "sex": "male"}')
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise InputError(place=f"{place}, id", found=_short(name), needed="the name of the member")
    sex = entry.get("sex")
    sexes = {each.value: each for each in Sex}
    if sex is not None and not (isinstance(sex, str) and sex in sexes):
        raise InputError(place=f'member "{name}", sex', found=_short(sex), needed='"male", "female" or "unknown"')
    parents = [entry.get(role) or None for role in ("father", "mother")]
    for role, parent in zip(("father", "mother"), parents, strict=True):
        if parent is not None and not isinstance(parent, str):
            raise InputError(place=f'member "{name}", {role}', found=_short(parent), needed="the id of a member")
    return Member(name, parents[0], parents[1], sexes[sex or "unknown"])


def _refuse_constant(name: str) -> float:
    raise InputError(place="JSON", found=name, needed="a number")


def _short(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
