"""Samples as numbers: for every marker the column of a family's table that the reading stands for."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.profiles import Sample
from homeward.likelihood.panels import NOT_READ
from homeward.likelihood.reading_columns import ReadingColumns, columns_of
from homeward.likelihood.reading_model import Conditions
from homeward.likelihood.tables import TableLayout
from homeward.search.degradation import conditions_of_samples

__all__ = ["EncodedSamples", "encode_samples"]


@dataclass(frozen=True, eq=False)
class EncodedSamples:
    """Samples as column numbers, int32 of shape (n_samples, n_markers); -1 where a marker was not read.

    ``shown`` says what each column is: the readings that occur, with the conditions under which they were made.
    """

    names: tuple[str, ...]
    columns: NDArray[np.int32]
    shown: ReadingColumns

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def key(self) -> str:
        """A hash of names and readings."""
        digest = hashlib.sha256("\0".join(self.names).encode())
        digest.update(self.shown.key.encode())
        digest.update(np.ascontiguousarray(self.columns).tobytes())
        return digest.hexdigest()[:24]

    def part(self, rows: Sequence[int]) -> "EncodedSamples":
        """Returns some of the samples, in the order of the rows."""
        return EncodedSamples(tuple(self.names[row] for row in rows), self.columns[list(rows)], self.shown)


def encode_samples(
    samples: Sequence[Sample],
    layout: TableLayout,
    *,
    conditions: Sequence[Mapping[str, Conditions]] | None = None,
) -> EncodedSamples:
    """Returns the samples as columns, read under the conditions given or as the layout's model has them.

    Raises InputError for an allele without frequency.
    """
    given = conditions_of_samples(samples, layout) if conditions is None else conditions
    codes, replicates = _codes_of(samples, layout)
    numbers: dict[Conditions, int] = {}
    which = np.zeros(codes.shape, dtype=np.int64)
    for row, of_sample in enumerate(given):
        for locus, marker in enumerate(layout.panel.markers):
            if codes[row, locus] != NOT_READ:
                which[row, locus] = numbers.setdefault(of_sample[marker.name], len(numbers))
    _share_columns(np.where(codes < int(layout.panel.n_codes.max()), codes, NOT_READ), which, numbers)
    # Sorted, so that neither the columns nor their order depend on the order of the samples.
    ordered = sorted(numbers) or [Conditions()]
    place = {condition: number for number, condition in enumerate(ordered)}
    renumbered = np.array([place[condition] for condition in numbers] or [0])
    shown, columns = columns_of(codes, renumbered[which], ordered, layout, replicates=replicates)
    return EncodedSamples(tuple(sample.name for sample in samples), columns, shown)


def _share_columns(codes: NDArray[np.int64], which: NDArray[np.int64], numbers: dict[Conditions, int]) -> None:
    """Reads two alleles as without drop-out where nothing drops in: (1 - d)^2 cancels, and the column is shared."""
    larger = ((np.sqrt(8 * np.maximum(codes, 0) + 1) - 1) / 2 + 1e-9).astype(np.int64)
    has_two = (codes != NOT_READ) & (codes != larger * (larger + 3) // 2)
    for condition, number in list(numbers.items()):
        if condition.drop_out > 0 and condition.drop_in == 0:
            whole = numbers.setdefault(replace(condition, drop_out=0.0), len(numbers))
            which[has_two & (which == number)] = whole


def _codes_of(samples: Sequence[Sample], layout: TableLayout) -> tuple[NDArray[np.int64], tuple[tuple[int, ...], ...]]:
    """The code of each sample and marker, and the sets of readings that codes beyond those of one reading stand for."""
    n_codes = int(layout.panel.n_codes.max())
    read_often = [sample for sample in samples if sample.replicates]
    sets = sorted({each for sample in read_often for each in _sets_of(sample, layout) if len(each) > 1})
    number = {each: n_codes + place for place, each in enumerate(sets)}
    codes = np.empty((len(samples), len(layout.panel)), dtype=np.int64)
    for row, sample in enumerate(samples):
        if sample.replicates:
            found = _sets_of(sample, layout)
            codes[row] = [number[each] if len(each) > 1 else each[0] if each else NOT_READ for each in found]
        else:
            codes[row] = layout.panel.encode(sample.profile)
    return codes, tuple(sets)


def _sets_of(sample: Sample, layout: TableLayout) -> list[tuple[int, ...]]:
    """The codes of a sample's replicates at each marker, sorted, of those that read it."""
    every = np.array([layout.panel.encode(profile) for profile in sample.profiles])
    return [tuple(sorted(code for code in column if code != NOT_READ)) for column in every.T.tolist()]
