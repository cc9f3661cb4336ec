"""The kernel that turns genotype tables into tables of readings.

    T[r] = sum over g of P(r | g) P(g) U[g]  /  sum over g of P(r | g) P(g),      U[g] = P(g | relatives) / P(g)

A reading of one or two alleles asks only whether a genotype has those alleles, once or twice. So a few sums over each
marker's genotypes serve all its readings at all conditions, and a reading is a short weighted sum of these
(reading_columns.py has the weights).
"""

import math

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.acceleration import kernel

__all__ = ["read_rows"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# What is possible stays so in single precision, which ends a little below.
SMALLEST = 1e-37


@kernel
def _sum_genotypes(ratios: Floats, chances: Floats, n_states: int, n_alleles: int, sums: Floats) -> float:
    """Writes the sums of one marker; returns P(relatives, any genotype) / P(relatives): 1, or 0 if impossible.

    First P(g | relatives) of each genotype, in their order; then for each visible allele that of a genotype of it and
    another visible one; then that of two visible alleles, of one beside a silent one, of two silent ones.
    """
    n_genotypes = n_states * (n_states + 1) // 2
    beside = sums[n_genotypes : n_genotypes + n_alleles]
    beside[:] = 0.0
    both = 0.0
    k = 0
    for b in range(n_alleles):
        for a in range(b):
            value = chances[k] * ratios[k]
            sums[k] = value
            beside[a] += value
            beside[b] += value
            both += value
            k += 1
        sums[k] = chances[k] * ratios[k]
        both += sums[k]
        k += 1
    one, none = 0.0, 0.0
    while k < n_genotypes - 1:
        sums[k] = chances[k] * ratios[k]
        one += sums[k]
        k += 1
    if k < n_genotypes:
        sums[k] = chances[k] * ratios[k]
        none = sums[k]
    last = n_genotypes + n_alleles
    sums[last], sums[last + 1], sums[last + 2] = both, one, none
    return both + one + none


@kernel
def read_rows(
    genotypes: Floats,
    starts: Integers,
    sizes: Integers,
    chances: Floats,
    columns: Integers,
    terms: Integers,
    places: Integers,
    weights: Floats,
    errors: Floats,
    as_log10: int,
    out: Floats,
) -> None:
    """Writes the ratio of each reading, or its log10, for each row of genotype ratios.

    ``columns`` has the first column of each marker and the end; column j is the sum of ``weights`` at the ``places``
    among its marker's sums, from ``terms[j]`` to ``terms[j + 1]``. ``chances`` are the population's, (n_columns of the
    genotypes,). A row whose relatives are impossible at a marker has 0 there, whatever the error of the reading.
    """
    most = sizes[:, 0].max()
    sums = np.empty(most * (most + 1) // 2 + most + 3)
    for row in range(genotypes.shape[0]):
        for locus in range(len(starts) - 1):
            if columns[locus] == columns[locus + 1]:
                continue
            part = slice(starts[locus], starts[locus + 1])
            total = _sum_genotypes(genotypes[row, part], chances[part], sizes[locus, 0], sizes[locus, 1], sums)
            for column in range(columns[locus], columns[locus + 1]):
                value = 0.0
                for term in range(terms[column], terms[column + 1]):
                    value += weights[term] * sums[places[term]]
                # What cancels to less than nothing is rounding: every probability is a sum of numbers that are not.
                value = max(value, 0.0)
                if errors[column] > 0.0 and total > 0.0:
                    value = (1.0 - errors[column]) * value + errors[column]
                if as_log10:
                    out[row, column] = math.log10(np.float32(max(value, SMALLEST))) if value > 0.0 else -math.inf
                else:
                    out[row, column] = value
