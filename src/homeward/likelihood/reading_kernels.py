"""The kernel that turns genotype tables into tables of readings.

    T[r] = sum over g of P(r | g) P(g) U[g]  /  sum over g of P(r | g) P(g),      U[g] = P(g | relatives) / P(g)

A reading of one or two alleles asks only whether a genotype has those alleles, once or twice, so a few sums over each
marker's genotypes serve all readings at all conditions: a column costs some twenty operations.
"""

import math

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.acceleration import kernel

__all__ = ["read_rows"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@kernel
def _weigh_genotypes(
    ratios: Floats, p: Floats, n_alleles: int, same: Floats, beside: Floats, with_silent: Floats, pairs: Floats
) -> tuple[float, float, float]:
    """Writes P(a/a, D), P(a and another visible allele, D), P(a and silent, D) and P(a/b, D), all over P(D).

    Returns the sums over genotypes of two visible alleles, of one beside a silent one, and of two silent ones. With
    ``ratios`` of one they are probabilities of the population.
    """
    both, one = 0.0, 0.0
    beside[:] = 0.0
    for b in range(n_alleles):
        row = b * (b + 1) // 2
        for a in range(b):
            value = 2.0 * p[a] * p[b] * ratios[row + a]
            pairs[row + a] = value
            beside[a] += value
            beside[b] += value
            both += value
        same[b] = p[b] * p[b] * ratios[row + b]
        both += same[b]
    none = 0.0
    if len(p) > n_alleles:
        row = n_alleles * (n_alleles + 1) // 2
        for a in range(n_alleles):
            with_silent[a] = 2.0 * p[a] * p[n_alleles] * ratios[row + a]
            one += with_silent[a]
        none = p[n_alleles] * p[n_alleles] * ratios[row + n_alleles]
    return both, one, none


@kernel
def _read(
    a: int,
    b: int,
    d: float,
    c: float,
    p: Floats,
    same: Floats,
    beside: Floats,
    with_silent: Floats,
    pairs: Floats,
    both: float,
    one: float,
    none: float,
) -> float:
    """The sum over genotypes of P({a, b} | g) P(g) U[g]; a = b where one allele was read, else a < b."""
    seen_a = (1.0 - d * d) * same[a] + (1.0 - d) * with_silent[a]
    if a == b:
        total = (1.0 - c) * (seen_a + (1.0 - d) * d * beside[a])
        if c > 0.0:
            neither = d * d * max(both - same[a] - beside[a], 0.0) + d * max(one - with_silent[a], 0.0) + none
            total += c * p[a] * neither
        return float(total)
    pair = pairs[b * (b + 1) // 2 + a]
    total = (1.0 - c) * (1.0 - d) * (1.0 - d) * pair
    if c > 0.0:
        seen_a += (1.0 - d) * d * max(beside[a] - pair, 0.0)
        seen_b = (1.0 - d * d) * same[b] + (1.0 - d) * with_silent[b] + (1.0 - d) * d * max(beside[b] - pair, 0.0)
        others = max(both - same[a] - same[b] - beside[a] - beside[b] + pair, 0.0)
        neither = d * d * others + d * max(one - with_silent[a] - with_silent[b], 0.0) + none
        total += c * (p[b] * seen_a + p[a] * seen_b) + c * c * p[a] * p[b] * neither
    return float(total)


@kernel
def read_rows(
    genotypes: Floats,
    starts: Integers,
    sizes: Integers,
    offsets: Integers,
    frequencies: Floats,
    loci: Integers,
    firsts: Integers,
    seconds: Integers,
    conditions: Floats,
    expected: Floats,
    as_log10: int,
    out: Floats,
) -> None:
    """Writes the ratio of each reading, or its log10, for each row of genotype ratios.

    Columns are sorted by marker: ``loci``, alleles ``firsts`` <= ``seconds``, ``conditions`` (drop-out, drop-in,
    error). ``expected`` is the probability of each reading in the population. A row whose relatives are impossible at
    a marker has 0 there, whatever the error of the reading.
    """
    most = sizes[:, 1].max()
    same, beside, with_silent = np.zeros(most), np.zeros(most), np.zeros(most)
    pairs = np.zeros(most * (most + 1) // 2)
    ratios = np.empty(sizes[:, 0].max() * (sizes[:, 0].max() + 1) // 2)
    for row in range(genotypes.shape[0]):
        last = -1
        both, one, none = 0.0, 0.0, 0.0
        for column in range(len(loci)):
            locus = loci[column]
            p = frequencies[offsets[locus, 0] : offsets[locus, 0] + sizes[locus, 0]]
            if locus != last:
                last = locus
                n = starts[locus + 1] - starts[locus]
                for i in range(n):
                    ratios[i] = genotypes[row, starts[locus] + i]
                both, one, none = _weigh_genotypes(ratios[:n], p, sizes[locus, 1], same, beside, with_silent, pairs)
                with_silent[sizes[locus, 1] :] = 0.0
                if sizes[locus, 0] == sizes[locus, 1]:
                    with_silent[:] = 0.0
            d, c, error = conditions[column, 0], conditions[column, 1], conditions[column, 2]
            value = _read(firsts[column], seconds[column], d, c, p, same, beside, with_silent, pairs, both, one, none)
            value /= expected[column]
            if error > 0.0 and both + one + none > 0.0:
                value = (1.0 - error) * value + error
            if as_log10:
                out[row, column] = math.log10(value) if value > 0.0 else -math.inf
            else:
                out[row, column] = value
