"""Reading columns: the ratios of readings, for the readings that some sample shows, out of genotype tables.

    T[r] = P(r | relatives) / P(r),    P(r | relatives) = sum over g of P(r | g) P(g) U[g]

With theta the denominator is that of an unrelated person beside the family, P(r) V(r) (see theta_tables.py).

Each pair of a reading and the conditions under which it was made is one column. Only those that occur are computed, so
that drop-out by marker and by sample costs what it needs. See docs/concepts/drop-out.md.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeward.likelihood.panels import NOT_READ
from homeward.likelihood.reading_kernels import read_rows
from homeward.likelihood.reading_model import Conditions
from homeward.likelihood.tables import TableLayout, given_genotypes

__all__ = ["ReadingColumns", "columns_of"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Terms:
    """The sum that each column is: where its terms begin, their places among a marker's sums, and their weights."""

    starts: Integers
    places: Integers
    weights: Floats


@dataclass(frozen=True, eq=False)
class ReadingColumns:
    """Readings with their conditions, sorted by marker; autosomal markers only.

    ``loci``, ``codes`` (see panels.py) and ``conditions``, (n_columns, 3): drop-out, drop-in, error. A code from
    ``n_codes`` of the largest marker on is one of ``replicates``, several readings of one genotype; the conditions are
    then those of each.
    """

    layout: TableLayout
    loci: Integers
    codes: Integers
    conditions: Floats
    replicates: tuple[tuple[int, ...], ...] = ()

    def __len__(self) -> int:
        return len(self.loci)

    @cached_property
    def key(self) -> str:
        """A hash of the columns."""
        digest = hashlib.sha256(self.loci.tobytes())
        digest.update(self.codes.tobytes())
        digest.update(self.conditions.tobytes())
        digest.update(repr(self.replicates).encode())
        return digest.hexdigest()[:24]

    @cached_property
    def expected(self) -> Floats:
        """The probability of each reading in the population."""
        anybody = np.ones((1, self.layout.n_columns))
        return np.asarray(self._rows(anybody, self._terms, dtype=np.float64, with_errors=False)[0], dtype=np.float64)

    def ratios(self, genotypes: NDArray[np.floating[Any]]) -> Floats:
        """T of each column for each row of a genotype table, float64, (n_rows, n_columns)."""
        n = self.layout.n_columns
        related = self._rows(genotypes[:, :n], self._scaled, dtype=np.float64)
        if genotypes.shape[1] == n:
            return np.asarray(related, dtype=np.float64)
        unrelated = self._rows(genotypes[:, n:], self._scaled, dtype=np.float64)
        # Whom the relatives leave no genotype at all is impossible everywhere: 0/0 is 0, as without theta.
        ratios = np.divide(related, unrelated, out=np.zeros_like(related), where=unrelated > 0)
        return np.asarray(ratios, dtype=np.float64)

    def log10_rows(self, genotypes: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Log10 T in single precision, -inf where a reading is impossible."""
        if genotypes.shape[1] > self.layout.n_columns:
            with np.errstate(divide="ignore"):
                return np.log10(self.ratios(genotypes)).astype(np.float32)
        return self._rows(genotypes, self._scaled, dtype=np.float32, as_log10=True)

    def without_slips(self, layout: TableLayout) -> "ReadingColumns":
        """The same readings with drop-out alone, over the tables of another layout of the same alleles."""
        return replace(self, layout=layout, conditions=self.conditions * np.array([1.0, 0.0, 0.0]))

    @cached_property
    def _scaled(self) -> _Terms:
        """The terms of T: those of P(r | relatives) over P(r)."""
        of_term = np.repeat(self.expected, np.diff(self._terms.starts))
        # Replicates that no genotype explains without a slip are impossible, not undefined.
        weights = np.divide(self._terms.weights, of_term, out=np.zeros_like(of_term), where=of_term > 0)
        return replace(self._terms, weights=weights)

    def _rows(
        self,
        genotypes: NDArray[Any],
        terms: _Terms,
        *,
        dtype: Any,
        with_errors: bool = True,
        as_log10: bool = False,
    ) -> NDArray[Any]:
        # An error is of one reading; those of replicates are in the terms of their column.
        errors = np.where(self._is_product | (not with_errors), 0.0, self.conditions[:, 2])
        out = np.empty((len(genotypes), len(self)), dtype=dtype)
        read_rows(
            genotypes,
            self.layout.starts,
            self.layout.panel.stack.sizes,
            self.layout.chances,
            np.searchsorted(self.loci, np.arange(len(self.layout.panel) + 1)),
            terms.starts,
            terms.places,
            terms.weights,
            np.ascontiguousarray(errors),
            int(as_log10),
            out,
        )
        return out

    @cached_property
    def _is_product(self) -> NDArray[np.bool_]:
        return self.codes >= int(self.layout.panel.n_codes.max())

    @cached_property
    def _terms(self) -> _Terms:
        """The sum that each column is; for replicates a term for every genotype."""
        single = replace(self, codes=np.where(self._is_product, 0, self.codes))._terms_of_readings()
        if not self._is_product.any():
            return single
        n_codes = int(self.layout.panel.n_codes.max())
        places, weights = [], []
        for column, is_product in enumerate(self._is_product.tolist()):
            part = slice(int(single.starts[column]), int(single.starts[column + 1]))
            if not is_product:
                places.append(single.places[part])
                weights.append(single.weights[part])
                continue
            model = self.layout.panel.models[int(self.loci[column])]
            codes = self.replicates[int(self.codes[column]) - n_codes]
            given = np.prod([given_genotypes(code, self.conditions[column], model) for code in codes], axis=0)
            places.append(np.arange(len(given)))
            weights.append(given)
        starts = np.concatenate([[0], np.cumsum([len(each) for each in places])]).astype(np.int64)
        return _Terms(starts, np.concatenate(places), np.concatenate(weights))

    def _terms_of_readings(self) -> _Terms:
        """P({a, b} | relatives) as a sum over what kernels.reading_probability tells apart, for all columns at once.

        With A = P(a/a) (1 - d^2) + P(a/other) d (1 - d) + P(a/silent) (1 - d), "other" neither a nor b, and N the same
        for genotypes of neither, d^2, d and 1 for two, one and no visible alleles:

            {a}      (1 - c) A + c p N
            {a, b}   (1 - c) (1 - d)^2 P(a/b) + c (q A + p B) + c^2 p q N
        """
        sizes, offsets = self.layout.panel.stack.sizes[self.loci], self.layout.panel.stack.offsets[self.loci]
        n_states, n_alleles = sizes[:, 0], sizes[:, 1]
        b = ((np.sqrt(8 * self.codes + 1) - 1) / 2 + 1e-9).astype(np.int64)
        a = self.codes - b * (b + 1) // 2
        p, q = (self.layout.panel.stack.frequencies[offsets[:, 0] + allele] for allele in (a, b))
        d, c = self.conditions[:, 0], self.conditions[:, 1]
        single, silent = a == b, n_states > n_alleles
        of_a = np.where(single, 1 - c, c * q)
        of_b = np.where(single, 0.0, c * p)
        of_none = np.where(single, c * p, c**2 * p * q)
        both = (1 - c) * (1 - d) ** 2
        seen, alone, once, lost = 1 - d**2, d * (1 - d), 1 - d, d**2
        beside = n_states * (n_states + 1) // 2
        last = beside + n_alleles
        hidden = n_alleles * (n_alleles + 1) // 2
        # "Other" is neither a nor b, so a/b is taken out of what stands beside a and beside b; "neither" likewise.
        of_pair = both - (of_a + of_b) * alone + of_none * lost
        terms = [
            (self.codes, np.where(single, 0.0, of_pair)),
            (a * (a + 3) // 2, of_a * seen - of_none * lost),
            (beside + a, of_a * alone - of_none * lost),
            (b * (b + 3) // 2, np.where(single, 0.0, of_b * seen - of_none * lost)),
            (beside + b, np.where(single, 0.0, of_b * alone - of_none * lost)),
            (last, of_none * lost),
            (hidden + a, np.where(silent, of_a * once - of_none * d, 0.0)),
            (hidden + b, np.where(silent & ~single, of_b * once - of_none * d, 0.0)),
            (last + 1, np.where(silent, of_none * d, 0.0)),
            (last + 2, np.where(silent, of_none, 0.0)),
        ]
        places = np.stack([place for place, _ in terms], axis=1)
        weights = np.stack([weight for _, weight in terms], axis=1)
        kept = weights != 0
        starts = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int64)
        return _Terms(starts, places[kept].astype(np.int64), weights[kept])


def columns_of(
    codes: Integers,
    conditions: Integers,
    distinct: Sequence[Conditions],
    layout: TableLayout,
    *,
    replicates: tuple[tuple[int, ...], ...] = (),
) -> tuple[ReadingColumns, NDArray[np.int32]]:
    """The columns that samples show, and the column of each sample and marker, -1 where a marker was not read.

    ``codes`` and ``conditions`` are (n_samples, n_markers): the code of the reading, or that of ``replicates`` (see
    ReadingColumns), and which of the ``distinct`` conditions it was made under.
    """
    n_codes, n_conditions = int(layout.panel.n_codes.max()) + len(replicates), len(distinct)
    loci = np.arange(codes.shape[1])[None, :]
    keys = np.where(codes == NOT_READ, NOT_READ, (loci * n_conditions + conditions) * n_codes + codes)
    shown, places = np.unique(keys, return_inverse=True)
    places = places.reshape(keys.shape)
    if len(shown) and shown[0] == NOT_READ:
        shown, places = shown[1:], places - 1
    rest, code = np.divmod(shown, n_codes)
    locus, condition = np.divmod(rest, n_conditions)
    table = np.array([each.as_row for each in distinct], dtype=np.float64).reshape(-1, 3)
    return ReadingColumns(layout, locus, code, table[condition], replicates), places.astype(np.int32)
