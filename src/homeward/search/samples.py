"""Samples as numbers: for every marker the column of a family's table that the reading stands for."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.profiles import Sample
from homeward.likelihood.tables import TableLayout

__all__ = ["EncodedSamples", "encode_samples", "locus_of_column"]


@dataclass(frozen=True, eq=False)
class EncodedSamples:
    """Samples as column numbers, int32 of shape (n_samples, n_markers); -1 where a marker was not read."""

    names: tuple[str, ...]
    columns: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def key(self) -> str:
        """A hash of names and readings."""
        digest = hashlib.sha256("\0".join(self.names).encode())
        digest.update(np.ascontiguousarray(self.columns).tobytes())
        return digest.hexdigest()[:24]

    def part(self, rows: Sequence[int]) -> "EncodedSamples":
        """Returns some of the samples, in the order of the rows."""
        return EncodedSamples(tuple(self.names[row] for row in rows), self.columns[list(rows)])


def encode_samples(samples: Sequence[Sample], layout: TableLayout) -> EncodedSamples:
    """Returns the samples as columns; raises InputError for an allele without frequency."""
    columns = np.empty((len(samples), len(layout.panel)), dtype=np.int32)
    for row, sample in enumerate(samples):
        columns[row] = layout.columns(sample.profile, sample.drop_out)
    return EncodedSamples(tuple(sample.name for sample in samples), columns)


def locus_of_column(layout: TableLayout) -> NDArray[np.int64]:
    """Returns the marker of each column, int64 of shape (n_columns,)."""
    return np.repeat(np.arange(len(layout.panel), dtype=np.int64), np.diff(layout.starts))
