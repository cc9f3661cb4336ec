"""Columns: every reading that a remains may show is one column of a family's table.

A marker with n alleles has n(n + 1)/2 columns for its readings, in the order of the panel's codes, and after them n
columns for each drop-out class: one allele seen, another perhaps lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.profiles import DropOutClass, Sample
from homeward.likelihood.panels import NOT_READ, Panel

__all__ = ["Columns", "DEGRADED", "EncodedSamples"]

DEGRADED = (DropOutClass.LOW, DropOutClass.MEDIUM, DropOutClass.HIGH)
"""The classes that have columns of their own, in their order."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class EncodedSamples:
    """Samples as column numbers, int32 of shape (n_samples, n_markers); -1 where a marker was not read."""

    names: tuple[str, ...]
    columns: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.names)

    def part(self, rows: Sequence[int] | slice) -> "EncodedSamples":
        """Returns some of the samples."""
        names = self.names[rows] if isinstance(rows, slice) else tuple(self.names[row] for row in rows)
        return EncodedSamples(names, self.columns[rows])


@dataclass(frozen=True, eq=False)
class Columns:
    """The layout of a table row for one panel and one set of drop-out probabilities."""

    panel: Panel
    drop_out: Mapping[DropOutClass, float]

    @cached_property
    def n_alleles(self) -> Integers:
        """Alleles of each marker."""
        return np.array([marker.n_alleles for marker in self.panel.markers], dtype=np.int64)

    @cached_property
    def starts(self) -> Integers:
        """The first column of each marker, and at the end the number of all columns."""
        widths = self.panel.n_codes + len(DEGRADED) * self.n_alleles
        return np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)

    @property
    def n_columns(self) -> int:
        """Columns of a row."""
        return int(self.starts[-1])

    @cached_property
    def locus_of_column(self) -> Integers:
        """The marker of each column."""
        return np.repeat(np.arange(len(self.panel)), np.diff(self.starts))

    @cached_property
    def genotype_probabilities(self) -> tuple[Floats, ...]:
        """For each marker, the probability of each genotype under Hardy-Weinberg proportions."""
        return tuple(_hardy_weinberg(marker.frequencies) for marker in self.panel.markers)

    @cached_property
    def reading_weights(self) -> tuple[Floats, ...]:
        """For each marker, what each genotype adds to each drop-out column, (n_codes, 3 n_alleles); columns sum to 1.

        A reading {a} of a class with probability d of losing an allele comes from a/a with 1 - d^2 and from a/b with
        d(1 - d); weighted by the genotype's probability and divided by the sum, these are the probabilities of the
        genotype given the reading.
        """
        shares = [self.drop_out[degraded] for degraded in DEGRADED]
        return tuple(
            np.hstack([_given_one_allele(len(marker.alleles), probabilities, share) for share in shares])
            for marker, probabilities in zip(self.panel.markers, self.genotype_probabilities, strict=True)
        )

    def log10_rows(self, ratios: Floats) -> Floats:
        """Returns log10 table rows, (n_rows, n_columns), from ratios over genotypes, (n_rows, sum of n_codes).

        The ratio of a drop-out reading is the mean of the genotypes' ratios, weighted by their probability given the
        reading. A ratio of zero becomes -inf.
        """
        rows = np.empty((len(ratios), self.n_columns))
        begin = 0
        for marker, weights in enumerate(self.reading_weights):
            n_codes = int(self.panel.n_codes[marker])
            own = ratios[:, begin : begin + n_codes]
            first = int(self.starts[marker])
            rows[:, first : first + n_codes] = own
            rows[:, first + n_codes : int(self.starts[marker + 1])] = own @ weights
            begin += n_codes
        with np.errstate(divide="ignore"):
            return np.asarray(np.log10(rows, out=rows))

    def log10_ratio(self, ratios: Floats, locus: int, column: int) -> float:
        """Returns the log10 ratio of one reading from a single row of genotype ratios; the same whatever the batch."""
        n_codes = int(self.panel.n_codes[locus])
        begin = int(self.panel.n_codes[:locus].sum())
        own = ratios[begin : begin + n_codes]
        place = column - int(self.starts[locus])
        if place < n_codes:
            value = float(own[place])
        else:
            weights = self.reading_weights[locus][:, place - n_codes]
            used = np.flatnonzero(weights)
            value = float(np.cumsum(own[used] * weights[used])[-1])
        return float(np.log10(value)) if value > 0 else float("-inf")

    def encode(self, samples: Sequence[Sample]) -> EncodedSamples:
        """Returns the samples as columns; raises InputError for an allele that the panel does not have."""
        columns = np.full((len(samples), len(self.panel)), NOT_READ, dtype=np.int32)
        class_place = {degraded: place for place, degraded in enumerate(DEGRADED)}
        homozygous = [n * (n + 3) // 2 for n in range(int(self.n_alleles.max(initial=0)))]
        allele_of_code = {code: allele for allele, code in enumerate(homozygous)}
        markers = [marker.name for marker in self.panel.markers]
        for row, sample in enumerate(samples):
            codes = self.panel.encode(sample.profile)
            columns[row] = np.where(codes == NOT_READ, NOT_READ, codes + self.starts[:-1])
            for locus, name in enumerate(markers if sample.drop_out else ()):
                place = class_place.get(sample.drop_out.get(name, DropOutClass.NONE))
                allele = allele_of_code.get(int(codes[locus]))
                if place is not None and allele is not None and self.drop_out[DEGRADED[place]] > 0:
                    start = self.starts[locus] + self.panel.n_codes[locus]
                    columns[row, locus] = start + place * self.n_alleles[locus] + allele
        return EncodedSamples(tuple(sample.name for sample in samples), columns)


def _hardy_weinberg(frequencies: Floats) -> Floats:
    larger, smaller = np.tril_indices(len(frequencies))
    doubled = np.where(larger == smaller, 1.0, 2.0)
    return np.asarray(doubled * frequencies[larger] * frequencies[smaller])


def _given_one_allele(n_alleles: int, probabilities: Floats, lost: float) -> Floats:
    larger, smaller = np.tril_indices(n_alleles)
    codes = np.arange(len(larger))
    weights = np.zeros((len(larger), n_alleles))
    both = larger == smaller
    weights[codes[both], larger[both]] = (1.0 - lost**2) * probabilities[both]
    for seen in (larger, smaller):
        weights[codes[~both], seen[~both]] = lost * (1.0 - lost) * probabilities[~both]
    return np.asarray(weights / weights.sum(axis=0))
