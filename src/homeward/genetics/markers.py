"""Markers: the places on the genome that a kit reads, with the frequencies and mutations of their alleles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele, sorted_alleles
from homeward.genetics.mutation import NO_MUTATION, MutationModel

__all__ = ["Marker", "MarkerKind"]

LARGEST_FREQUENCY_GAP = 0.02


class MarkerKind(Enum):
    """How a marker is inherited; the values are the names used in case files."""

    AUTOSOMAL = "autosomal"
    X = "x"


@dataclass(frozen=True, eq=False)
class Marker:
    """One marker: its alleles in ladder order with their frequencies, and the mutation models of mothers and fathers.

    Frequencies are used as given, not scaled; with the silent frequency they must add up to 1 within 0.02. The silent
    allele, where its frequency is positive, is the last state of ``state_frequencies`` and of the matrices.
    Build one from a mapping with ``Marker.from_frequencies``.
    """

    name: str
    alleles: tuple[str, ...]
    frequencies: NDArray[np.float64]
    kind: MarkerKind = MarkerKind.AUTOSOMAL
    silent_frequency: float = 0.0
    female_mutation: MutationModel = NO_MUTATION
    male_mutation: MutationModel = NO_MUTATION
    _index: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        frequencies = np.array(self.frequencies, dtype=np.float64)
        frequencies.flags.writeable = False
        object.__setattr__(self, "frequencies", frequencies)
        object.__setattr__(self, "_index", {allele: i for i, allele in enumerate(self.alleles)})
        place = f'marker "{self.name}"'
        if not self.alleles or len(frequencies) != len(self.alleles) or len(self._index) != len(self.alleles):
            raise InputError(
                place=place, found=f"alleles {', '.join(self.alleles)}", needed="each allele once, with a frequency"
            )
        if self.alleles != sorted_alleles(self.alleles):
            raise InputError(place=place, found="alleles out of order", needed="alleles in ladder order")
        self._check_frequencies(place)

    def _check_frequencies(self, place: str) -> None:
        for allele, frequency in zip(self.alleles, self.frequencies, strict=True):
            if not 0 < frequency <= 1:
                raise InputError(
                    place=f'{place}, allele "{allele}"',
                    found=f"frequency {frequency:g}",
                    needed="a number above 0, up to 1",
                )
        if not 0 <= self.silent_frequency < 1:
            raise InputError(
                place=place, found=f"silent frequency {self.silent_frequency:g}", needed="a number from 0, below 1"
            )
        total = float(self.frequencies.sum()) + self.silent_frequency
        if abs(total - 1) > LARGEST_FREQUENCY_GAP:
            raise InputError(place=place, found=f"frequencies adding up to {total:.4f}", needed="1, within 0.02")

    @classmethod
    def from_frequencies(
        cls,
        name: str,
        frequencies: Mapping[str, float],
        *,
        kind: MarkerKind = MarkerKind.AUTOSOMAL,
        silent_frequency: float = 0.0,
        female_mutation: MutationModel = NO_MUTATION,
        male_mutation: MutationModel = NO_MUTATION,
    ) -> "Marker":
        """The marker with these allele frequencies, alleles spelled and ordered canonically."""
        spelled = {canonical_allele(allele): frequency for allele, frequency in frequencies.items()}
        if len(spelled) != len(frequencies):
            raise InputError(place=f'marker "{name}"', found="one allele in two spellings", needed="each allele once")
        alleles = sorted_alleles(spelled)
        values = np.array([spelled[allele] for allele in alleles], dtype=np.float64)
        return cls(
            name=name,
            alleles=alleles,
            frequencies=values,
            kind=kind,
            silent_frequency=silent_frequency,
            female_mutation=female_mutation,
            male_mutation=male_mutation,
        )

    @property
    def n_alleles(self) -> int:
        """How many alleles can be seen (the silent one is not counted)."""
        return len(self.alleles)

    @property
    def n_states(self) -> int:
        """How many alleles a gamete may carry, the silent one included."""
        return len(self.alleles) + (self.silent_frequency > 0)

    @cached_property
    def state_frequencies(self) -> NDArray[np.float64]:
        """Frequencies of all states, float64, shape (n_states,)."""
        silent = [self.silent_frequency] if self.silent_frequency > 0 else []
        return np.append(self.frequencies, silent)

    @cached_property
    def female_matrix(self) -> NDArray[np.float64]:
        """Mutation matrix [from, to] of transmissions from mothers, shape (n_states, n_states)."""
        return self._matrix(self.female_mutation)

    @cached_property
    def male_matrix(self) -> NDArray[np.float64]:
        """Mutation matrix [from, to] of transmissions from fathers, shape (n_states, n_states)."""
        return self._matrix(self.male_mutation)

    def index(self, allele: str) -> int | None:
        """Position of an allele in the ladder, or None if the marker has no frequency for it."""
        position = self._index.get(allele)
        return self._index.get(canonical_allele(allele)) if position is None else position

    def with_allele(self, allele: str, frequency: float) -> "Marker":
        """The marker with one allele more; the others are scaled down so that the sum of all frequencies stays."""
        visible = float(self.frequencies.sum())
        share = (visible - frequency) / visible
        frequencies = {name: float(value) * share for name, value in zip(self.alleles, self.frequencies, strict=True)}
        return self.with_frequencies({**frequencies, allele: frequency})

    def with_frequencies(self, frequencies: Mapping[str, float]) -> "Marker":
        """The marker with other frequencies and everything else as it is."""
        return Marker.from_frequencies(
            self.name,
            frequencies,
            kind=self.kind,
            silent_frequency=self.silent_frequency,
            female_mutation=self.female_mutation,
            male_mutation=self.male_mutation,
        )

    def _matrix(self, model: MutationModel) -> NDArray[np.float64]:
        matrix = model.matrix(self.alleles, self.frequencies, silent_frequency=self.silent_frequency)
        matrix.flags.writeable = False
        return matrix
