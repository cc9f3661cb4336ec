"""Reading columns: the ratios of readings, for the readings that some sample shows, out of genotype tables.

    T[r] = P(r | relatives) / P(r),    P(r | relatives) = sum over g of P(r | g) P(g) U[g]

With theta the denominator is that of an unrelated person beside the family, P(r) V(r) (see theta_tables.py).

Each pair of a reading and the conditions under which it was made is one column. Only those that occur are computed, so
that drop-out by marker and by sample costs what it needs. See docs/concepts/drop-out.md.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeward.likelihood.panels import NOT_READ
from homeward.likelihood.reading_kernels import read_rows
from homeward.likelihood.reading_model import Conditions
from homeward.likelihood.tables import TableLayout

__all__ = ["ReadingColumns", "columns_of"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ReadingColumns:
    """Readings with their conditions, sorted by marker; autosomal markers only.

    ``loci``, ``codes`` (see panels.py) and ``conditions``, (n_columns, 3): drop-out, drop-in, error. ``expected`` is
    the probability of each reading in the population.
    """

    layout: TableLayout
    loci: Integers
    codes: Integers
    conditions: Floats
    expected: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ones = np.ones((1, self.layout.n_columns))
        chance = np.ones(len(self))
        plain = self.conditions * np.array([1.0, 1.0, 0.0])
        object.__setattr__(self, "expected", self._rows(ones, plain, chance, dtype=np.float64, as_log10=False)[0])

    def __len__(self) -> int:
        return len(self.loci)

    @cached_property
    def key(self) -> str:
        """A hash of the columns."""
        digest = hashlib.sha256(self.loci.tobytes())
        digest.update(self.codes.tobytes())
        digest.update(self.conditions.tobytes())
        return digest.hexdigest()[:24]

    def ratios(self, genotypes: NDArray[np.floating[Any]]) -> Floats:
        """T of each column for each row of a genotype table, float64, (n_rows, n_columns)."""
        n = self.layout.n_columns
        related = self._rows(genotypes[:, :n], self.conditions, self.expected, dtype=np.float64, as_log10=False)
        if genotypes.shape[1] == n:
            return np.asarray(related, dtype=np.float64)
        unrelated = self._rows(genotypes[:, n:], self.conditions, self.expected, dtype=np.float64, as_log10=False)
        # Whom the relatives leave no genotype at all is impossible everywhere: 0/0 is 0, as without theta.
        ratios = np.divide(related, unrelated, out=np.zeros_like(related), where=unrelated > 0)
        return np.asarray(ratios, dtype=np.float64)

    def log10_rows(self, genotypes: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Log10 T in single precision, -inf where a reading is impossible."""
        if genotypes.shape[1] > self.layout.n_columns:
            with np.errstate(divide="ignore"):
                return np.log10(self.ratios(genotypes)).astype(np.float32)
        return self._rows(genotypes, self.conditions, self.expected, dtype=np.float32, as_log10=True)

    def without_slips(self, layout: TableLayout) -> "ReadingColumns":
        """The same readings with drop-out alone, over the tables of another layout of the same alleles."""
        return replace(self, layout=layout, conditions=self.conditions * np.array([1.0, 0.0, 0.0]))

    def _rows(
        self, genotypes: NDArray[Any], conditions: Floats, expected: Floats, *, dtype: Any, as_log10: bool
    ) -> NDArray[Any]:
        stack = self.layout.panel.stack
        larger = ((np.sqrt(8 * self.codes + 1) - 1) / 2 + 1e-9).astype(np.int64)
        out = np.empty((len(genotypes), len(self)), dtype=dtype)
        read_rows(
            genotypes,
            self.layout.starts,
            stack.sizes,
            stack.offsets,
            stack.frequencies,
            self.loci,
            self.codes - larger * (larger + 1) // 2,
            larger,
            conditions,
            expected,
            int(as_log10),
            out,
        )
        return out


def columns_of(
    codes: Integers, conditions: Integers, distinct: Sequence[Conditions], layout: TableLayout
) -> tuple[ReadingColumns, NDArray[np.int32]]:
    """The columns that samples show, and the column of each sample and marker, -1 where a marker was not read.

    ``codes`` and ``conditions`` are (n_samples, n_markers): the code of the reading, and which of the ``distinct``
    conditions it was made under.
    """
    n_codes, n_conditions = int(layout.panel.n_codes.max()), len(distinct)
    loci = np.arange(codes.shape[1])[None, :]
    keys = np.where(codes == NOT_READ, NOT_READ, (loci * n_conditions + conditions) * n_codes + codes)
    shown, places = np.unique(keys, return_inverse=True)
    places = places.reshape(keys.shape)
    if len(shown) and shown[0] == NOT_READ:
        shown, places = shown[1:], places - 1
    rest, code = np.divmod(shown, n_codes)
    locus, condition = np.divmod(rest, n_conditions)
    table = np.array([each.as_row for each in distinct], dtype=np.float64).reshape(-1, 3)
    return ReadingColumns(layout, locus, code, table[condition]), places.astype(np.int32)
