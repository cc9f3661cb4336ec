"""Cases: one likelihood computation, read from the JSON format of docs/reference/kinship-likelihood.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele
from homeward.genetics.case_conditions import StatedConditions, conditions_from_object
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
from homeward.genetics.profiles import Profile
from homeward.imports.spelling import did_you_mean

__all__ = [
    "BYSTANDERS",
    "Case",
    "account_notes",
    "case_from_object",
    "linkage_notes",
    "load_json",
    "marker_names_of",
    "markers_from_object",
    "notes_from_object",
    "pedigree_from_object",
    "profiles_from_object",
    "replicates_from_object",
    "theta_from_object",
    "with_replicates",
]

BYSTANDERS = ("note", "id", "reference", "source", "format")
"""Keys that say something about a case to people, and nothing to the computation."""

CASE_KEYS = (
    "markers", "theta", "minimum_frequency", "hypotheses", "hypothesis_titles", "genotypes", "drop_out",
    "drop_in", "error", "replicates", "notes", *BYSTANDERS,
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
    replicates: Mapping[str, tuple[Profile, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for hypothesis, pedigree in self.hypotheses.items():
            for member in (*self.profiles, *self.replicates):
                if member not in pedigree:
                    needed = f'a member of hypothesis "{hypothesis}"{did_you_mean(member, pedigree.ids)}'
                    raise InputError(place="genotypes", found=f'"{member}"', needed=needed)
        for marker in self.markers:
            if marker.kind is MarkerKind.X:
                self._refuse_two_alleles_of_males(marker)

    @property
    def readings(self) -> list[tuple[str, Profile]]:
        """Every profile with its member; one who was read in replicates has several."""
        return [*self.profiles.items(), *((name, each) for name, found in self.replicates.items() for each in found)]

    def _refuse_two_alleles_of_males(self, marker: Marker) -> None:
        for pedigree in self.hypotheses.values():
            for member, profile in self.readings:
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
    replicates = replicates_from_object(data, profiles, names, place=place)
    everything = with_replicates(profiles, replicates)
    markers, notes = markers_from_object(data, everything, place=place)
    conditions = conditions_from_object(data, everything, names, place=place)
    linkage = linkage_notes(everything.values())
    notes = (*notes_from_object(data, place), *notes, *account_notes(names), *linkage)
    try:
        return Case(markers, pedigrees, profiles, theta_from_object(data, place), conditions, notes, replicates)
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


def replicates_from_object(
    data: Mapping[str, object], profiles: Mapping[str, Profile], names: MarkerNames, *, place: str
) -> dict[str, tuple[Profile, ...]]:
    """The profiles of members who were read several times, from the key ``replicates``: two or more for each."""
    found = data.get("replicates") or {}
    where = f"{place}, replicates"
    if not isinstance(found, Mapping):
        raise InputError(place=where, found=short(found), needed="an object of members and lists of profiles")
    result: dict[str, tuple[Profile, ...]] = {}
    for member, listed in found.items():
        if not isinstance(listed, list) or len(listed) < 2:
            raise InputError(place=f'{where}, "{member}"', found=short(listed), needed="a list of two profiles or more")
        if member in profiles:
            needed = "one or the other: the profile is that of a replicate"
            raise InputError(place=f'{where}, "{member}"', found="genotypes as well", needed=needed)
        read = profiles_from_object(
            {f"{member}, {number}": each for number, each in enumerate(listed, 1)}, names, data, place=where
        )
        result[str(member)] = tuple(read.values())
    return result


def with_replicates(
    profiles: Mapping[str, Profile], replicates: Mapping[str, tuple[Profile, ...]]
) -> dict[str, Profile]:
    """The profiles, and for members with replicates every allele that some replicate saw: all that was seen."""
    seen = {
        member: {
            marker: tuple(dict.fromkeys(allele for each in found for allele in each.get(marker, ())))
            for marker in dict.fromkeys(marker for each in found for marker in each)
        }
        for member, found in replicates.items()
    }
    return {**profiles, **seen}


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
