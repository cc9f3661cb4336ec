"""The "markers" part of a case file: frequencies, silent alleles and mutation models, checked entry by entry."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele
from homeward.genetics.frequencies import LocusFrequencies
from homeward.genetics.json_text import refuse_unknown_keys
from homeward.genetics.marker_types import MarkerType, marker_type
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel

__all__ = ["DEFAULT_MINIMUM_FREQUENCY", "marker_from_object", "number_in", "with_minimum", "with_unseen_alleles"]

DEFAULT_MINIMUM_FREQUENCY = 0.001
MARKER_KEYS = (
    "name",
    "type",
    "frequencies",
    "silent_frequency",
    "n_alleles_sampled",
    "minimum_frequency",
    "mutation",
    "note",
)
MUTATION_KEYS = ("model", "rate", "rate2", "range", "matrix", "female", "note")


def number_in(value: object, place: str, *, low: float, high: float, needed: str) -> float:
    """The value as a number from low to high; raises InputError otherwise (true and NaN are no numbers)."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(place=place, found=repr(value), needed=needed)
    if not low <= value <= high:
        raise InputError(place=place, found=f"{value:g}", needed=needed)
    return float(value)


def marker_from_object(data: object, *, place: str) -> tuple[Marker, tuple[str, ...]]:
    """The marker that one entry describes, and notes on what was left out.

    Alleles of frequency 0 are left out. Raises InputError with the place inside the file.
    """
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=type(data).__name__, needed="a marker as a JSON object")
    name = data.get("name")
    if not isinstance(name, str) or not name.strip():
        raise InputError(place=f"{place}, name", found=repr(name), needed="the name of the marker")
    place = f'{place} "{name}"'
    refuse_unknown_keys(data, MARKER_KEYS, place=place)
    frequencies = _frequencies(data.get("frequencies"), f"{place}, frequencies")
    absent = [allele for allele, frequency in frequencies.items() if frequency == 0]
    male, female = _mutations(data.get("mutation"), list(frequencies), f"{place}, mutation")
    if absent and MutationKind.CUSTOM in (male.kind, female.kind):
        raise InputError(place=f'{place}, allele "{absent[0]}"', found="frequency 0", needed="a frequency above 0")
    silent = data.get("silent_frequency")
    try:
        marker = Marker.from_frequencies(
            name,
            {allele: frequency for allele, frequency in frequencies.items() if frequency > 0},
            kind=_kind(data.get("type"), name, frozenset(frequencies)),
            silent_frequency=number_in(
                0 if silent is None else silent, f"{place}, silent_frequency", low=0, high=0.99, needed="a frequency"
            ),
            female_mutation=female,
            male_mutation=male,
        )
        _ = marker.female_matrix, marker.male_matrix
    except InputError as problem:
        where = place if problem.place.startswith("marker") else f"{place}, {problem.place}"
        raise InputError(place=where, found=problem.found, needed=problem.needed) from problem
    notes = tuple(f'marker "{name}": allele "{allele}" has frequency 0 and is left out' for allele in absent)
    return marker, notes


def with_unseen_alleles(
    marker: Marker, seen: Sequence[str], minimum_frequency: float
) -> tuple[Marker, tuple[str, ...]]:
    """The marker with an entry for each allele seen that has none, and a note on each."""
    notes = []
    for allele in dict.fromkeys(canonical_allele(name) for name in seen):
        if marker.index(allele) is None:
            marker = marker.with_allele(allele, minimum_frequency)
            notes.append(
                f'marker "{marker.name}": allele "{allele}" is not in the frequencies; '
                f"it has the minimum frequency {minimum_frequency:g}, the others are scaled to make room"
            )
    return marker, tuple(notes)


def with_minimum(marker: Marker, seen: Sequence[str], minimum: float) -> tuple[Marker, tuple[str, ...]]:
    """The marker with no allele rarer than the minimum, those that nobody counted included, as in a search."""
    given = dict(zip(marker.alleles, marker.frequencies.tolist(), strict=True))
    unseen = tuple(allele for allele in dict.fromkeys(map(canonical_allele, seen)) if marker.index(allele) is None)
    rare = [allele for allele, frequency in given.items() if frequency < minimum]
    if not unseen and not rare:
        return marker, ()
    total = sum(given.values())
    raised = LocusFrequencies(marker.name, {a: f / total for a, f in given.items()}, None).with_minimum(
        minimum / total, unseen=unseen
    )
    notes = [
        f'marker "{marker.name}": allele "{allele}" is not in the frequencies; '
        f"it has the minimum frequency {minimum:g}, the others are scaled to make room"
        for allele in unseen
    ]
    if rare:
        notes.append(f'marker "{marker.name}": rarer than the minimum frequency {minimum:g}, raised: {", ".join(rare)}')
    return marker.with_frequencies({a: f * total for a, f in raised.items()}), tuple(notes)


def _frequencies(data: object, place: str) -> dict[str, float]:
    if not isinstance(data, Mapping) or not data:
        raise InputError(place=place, found=repr(data)[:40], needed="an object of allele names and frequencies")
    return {
        str(allele): number_in(value, f'{place}, "{allele}"', low=0, high=1, needed="a number from 0 to 1")
        for allele, value in data.items()
    }


def _kind(value: object, name: str, alleles: frozenset[str]) -> MarkerKind:
    """The stated kind; where none is stated, what the name says. X is never taken as autosomal."""
    text = value.lower() if isinstance(value, str) else value
    what = marker_type(name, alleles)
    if what in (MarkerType.Y, MarkerType.AMELOGENIN, MarkerType.QUALITY):
        raise InputError(place="name", found=f"a marker of type {what.value}", needed="an autosomal or an X marker")
    if value is None:
        return MarkerKind.X if what is MarkerType.X else MarkerKind.AUTOSOMAL
    for kind in MarkerKind:
        if kind.value == text:
            if kind is MarkerKind.AUTOSOMAL and what is MarkerType.X:
                raise InputError(place="type", found=repr(value), needed='"x": this marker lies on X')
            return kind
    raise InputError(place="type", found=repr(value), needed='"autosomal" or "x"')


def _mutations(data: object, alleles: Sequence[str], place: str) -> tuple[MutationModel, MutationModel]:
    """Models of fathers and of mothers; a mother's is the father's unless "female" is given."""
    if data is None:
        return NO_MUTATION, NO_MUTATION
    male = _mutation(data, alleles, place)
    female = data.get("female") if isinstance(data, Mapping) else None
    return male, male if female is None else _mutation(female, alleles, f"{place}, female")


def _mutation(data: object, alleles: Sequence[str], place: str) -> MutationModel:
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=repr(data)[:40], needed='an object such as {"model": "none"}')
    kinds = {kind.value: kind for kind in MutationKind}
    refuse_unknown_keys(data, MUTATION_KEYS, place=place)
    model = data.get("model")
    if not isinstance(model, str) or model not in kinds:
        raise InputError(place=f"{place}, model", found=repr(model), needed=", ".join(kinds))
    kind = kinds[model]
    if kind is MutationKind.CUSTOM:
        return _custom(data.get("matrix"), alleles, f"{place}, matrix")
    if kind is MutationKind.NONE:
        return NO_MUTATION
    stepwise = kind is MutationKind.STEPWISE
    try:
        return MutationModel(
            kind=kind,
            rate=_rate(data, "rate", place, default=None),
            rate2=_rate(data, "rate2", place, default=0.0) if stepwise else 0.0,
            step_range=_rate(data, "range", place, default=0.1) if stepwise else 0.1,
        )
    except InputError as problem:
        if problem.place.startswith(place):
            raise
        raise InputError(place=f"{place}, {problem.place}", found=problem.found, needed=problem.needed) from problem


def _rate(data: Mapping[str, Any], key: str, place: str, *, default: float | None) -> float:
    value = data.get(key)
    if value is None and default is not None:
        return default
    return number_in(value, f"{place}, {key}", low=0, high=1, needed="a number from 0 to 1")


def _custom(matrix: object, alleles: Sequence[str], place: str) -> MutationModel:
    """A matrix [from][to] whose rows and columns follow the alleles as the frequencies name them."""
    if not isinstance(matrix, list) or not all(isinstance(row, list) for row in matrix):
        raise InputError(place=place, found=repr(matrix)[:40], needed="a list of rows")
    rows = tuple(
        tuple(number_in(value, place, low=0, high=1, needed="probabilities from 0 to 1") for value in row)
        for row in matrix
    )
    names = tuple(canonical_allele(allele) for allele in alleles)
    try:
        return MutationModel(kind=MutationKind.CUSTOM, custom=rows, custom_alleles=names)
    except InputError as problem:
        raise InputError(place=place, found=problem.found, needed=problem.needed) from problem
