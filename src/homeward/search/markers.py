"""The markers of a search: frequencies with their minimum, unseen alleles, one mutation model, one key."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from homeward import __version__
from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele
from homeward.genetics.frequencies import FrequencyTable
from homeward.genetics.marker_types import MarkerType, linked_groups, marker_type
from homeward.genetics.markers import Marker
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.mutation_rates import DEFAULT_MUTATION_RATES, MutationRates
from homeward.genetics.profiles import Profile
from homeward.likelihood.panels import Panel

__all__ = ["SearchMarkers", "search_markers", "unseen_alleles"]

MOST_MINIMUM = 0.5
_COMPARED = (MarkerType.AUTOSOMAL, MarkerType.SNP)
_LEFT_OUT = {
    MarkerType.X: "on X: the search has no X model",
    MarkerType.Y: "on Y: the search has no Y model",
    MarkerType.AMELOGENIN: "a sex marker",
    MarkerType.QUALITY: "a quality sensor of a kit",
}


@dataclass(frozen=True, eq=False)
class SearchMarkers:
    """The panel of a search and what was assumed to make it."""

    panel: Panel
    population: str
    source: str
    minimum_frequencies: Mapping[str, float]
    unseen: Mapping[str, tuple[str, ...]]
    mutation_source: str
    left_out: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """A hash of all that decides a family table: alleles, frequencies, mutation, and the version of Homeward."""
        text = json.dumps([__version__, self.as_markers()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    @property
    def loci(self) -> tuple[str, ...]:
        """The names of the markers, in the order of the panel."""
        return tuple(marker.name for marker in self.panel.markers)

    def as_markers(self) -> list[dict[str, object]]:
        """Returns the markers as a case file states them, so that anyone can compute one pair again."""
        return [_marker_object(marker) for marker in self.panel.markers]

    def as_object(self) -> dict[str, object]:
        """Returns what a result has to state: population, source, minimum frequencies, unseen alleles, markers."""
        return {
            "population": self.population,
            "frequencies": self.source,
            "minimum_frequency": dict(self.minimum_frequencies),
            "unseen_alleles": {locus: list(alleles) for locus, alleles in self.unseen.items()},
            "mutation_source": self.mutation_source,
            "markers_left_out": dict(self.left_out),
            "markers_on_one_arm": [list(group) for group in linked_groups(self.loci)],
            "markers": self.as_markers(),
        }


def unseen_alleles(table: FrequencyTable, profiles: Iterable[Profile]) -> dict[str, tuple[str, ...]]:
    """Returns, for each locus of the table, the alleles of the profiles that the table does not have.

    Markers that the table does not have are passed over: nothing can be computed with them.
    """
    readings: dict[str, set[tuple[str, ...]]] = {locus: set() for locus in table.loci}
    for profile in profiles:
        for locus, alleles in profile.items():
            if locus in readings:
                readings[locus].add(tuple(alleles))
    return {
        locus: tuple(sorted({allele for pair in pairs for allele in pair} - set(table.loci[locus].frequencies)))
        for locus, pairs in readings.items()
        if any(allele not in table.loci[locus].frequencies for pair in pairs for allele in pair)
    }


def search_markers(
    table: FrequencyTable,
    *,
    unseen: Mapping[str, Sequence[str]] | None = None,
    frequency_floor: float = 0.0,
    minimum_times: float = 1.0,
    rates: MutationRates = DEFAULT_MUTATION_RATES,
) -> SearchMarkers:
    """Returns the markers of a table as a search uses them.

    No allele is rarer than max(floor, 5/(2N)), times ``minimum_times``; alleles that the table lacks get that
    frequency, and the common ones make room for it, so that frequencies sum to one. Mutation is stepwise with the rates
    given, which is why an allele that is no repeat number is refused; a SNP changes to another of its alleles at the
    rate of a base. Markers on X or Y, sex markers and quality sensors are left out: the search has no model for them.
    """
    markers: list[Marker] = []
    minimums: dict[str, float] = {}
    left_out: dict[str, str] = {}
    added = {locus: tuple(canonical_allele(a) for a in alleles) for locus, alleles in (unseen or {}).items()}
    for name, locus in table.loci.items():
        kind = marker_type(name, frozenset(locus.frequencies))
        if kind not in _COMPARED:
            left_out[name] = _LEFT_OUT[kind]
            continue
        minimums[name] = min(locus.minimum_frequency(frequency_floor) * minimum_times, MOST_MINIMUM)
        markers.append(
            Marker.from_frequencies(
                name,
                locus.with_minimum(minimums[name], unseen=added.get(name, ())),
                female_mutation=_mutation(kind, rates.of(name).female, rates),
                male_mutation=_mutation(kind, rates.of(name).male, rates),
            )
        )
    if not markers:
        raise InputError(place=table.source, found="no marker that a search compares", needed="autosomal markers")
    unseen_of = {name: alleles for name, alleles in added.items() if name in minimums}
    panel = Panel(tuple(markers))
    return SearchMarkers(panel, table.population, table.source, minimums, unseen_of, rates.source, left_out)


def _mutation(kind: MarkerType, rate: float, rates: MutationRates) -> MutationModel:
    return MutationModel(MutationKind.EQUAL, rates.snp) if kind is MarkerType.SNP else _stepwise(rate, rates)


def _stepwise(rate: float, rates: MutationRates) -> MutationModel:
    return MutationModel(MutationKind.STEPWISE, rate, rates.microvariant, rates.range)


def _marker_object(marker: Marker) -> dict[str, object]:
    return {
        "name": marker.name,
        "type": marker.kind.value,
        "frequencies": dict(zip(marker.alleles, marker.frequencies.tolist(), strict=True)),
        "silent_frequency": marker.silent_frequency,
        "mutation": _model_object(marker.male_mutation) | {"female": _model_object(marker.female_mutation)},
    }


def _model_object(model: MutationModel) -> dict[str, object]:
    return {"model": model.kind.value, "rate": model.rate, "rate2": model.rate2, "range": model.step_range}
