"""Likelihood when founders share ancestry: theta by sequential sampling over all founder alleles together.

After n founder alleles of which n_a are a, the next one is a with probability (theta n_a + (1 - theta) p_a) /
(1 + (n - 1) theta) (Balding & Nichols 1994). Founders that show their genotype are counted first. For the founder
gametes that nobody saw, two exact ways are open:

- where unseen alleles may be lumped, the sampling is a Dirichlet mixture, the likelihood a polynomial in the founder
  frequencies, and Gauss-Laguerre quadrature of sufficient order gives its mean without error;
- otherwise the sum runs over all ways in which those gametes may be copies of one another.

See docs/concepts/theta.md.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.likelihood import kernels
from homeward.likelihood.networks import Shape, network_of
from homeward.likelihood.panels import StateModel
from homeward.likelihood.plans import plan_of

__all__ = ["MOST_HIDDEN_GAMETES", "log10_likelihood_with_theta", "partitions"]

MOST_HIDDEN_GAMETES = 8
LARGEST_GRID = 2_000_000
GRID_POINTS_PER_PARTITION = 50

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class _Phases:
    """Ordered genotypes of the typed members: states and weights (n_typed, most phases), and how many each has."""

    paternal: Integers
    maternal: Integers
    weights: Floats
    counts: Integers

    def chosen(self, row: int, phases: list[int]) -> "_Phases":
        """These phases of one member only."""
        paternal, maternal, weights = self.paternal.copy(), self.maternal.copy(), self.weights.copy()
        counts = self.counts.copy()
        for array, source in ((paternal, self.paternal), (maternal, self.maternal), (weights, self.weights)):
            array[row, : len(phases)] = source[row, phases]
        counts[row] = len(phases)
        return _Phases(paternal, maternal, weights, counts)


def log10_likelihood_with_theta(
    shape: Shape, model: StateModel, codes: Integers, *, conditions: Floats, theta: float, is_lumpable: bool
) -> float:
    """Log10 of P(readings) at one marker under 0 < theta < 1; -inf if impossible.

    ``codes`` and ``conditions`` are those of the shape's typed members; ``model`` should be lumped where that is exact.
    Raises InputError where too many founder gametes are hidden to sum over them.
    """
    phases = _phases(shape, model, codes, conditions)
    founders = [row for row, member in enumerate(shape.typed) if shape.parents[member][0] < 0]
    terms = []
    for chosen, counts in _founder_genotypes(shape, phases, founders, len(model.frequencies)):
        shown = _log10_sampling(counts, model.frequencies, theta)
        terms.append(shown + _log10_hidden(shape, model, chosen, counts, theta=theta, is_lumpable=is_lumpable))
    return _log10_sum(terms)


def _phases(shape: Shape, model: StateModel, codes: Integers, conditions: Floats) -> _Phases:
    n_typed = len(shape.typed)
    most = max(2 * model.n_alleles + 3, len(model.frequencies) ** 2 if (conditions[:, 1:] > 0).any() else 0)
    paternal = np.zeros((n_typed, most), dtype=np.int64)
    maternal = np.zeros((n_typed, most), dtype=np.int64)
    weights = np.zeros((n_typed, most))
    counts = np.zeros(n_typed, dtype=np.int64)
    for row, member in enumerate(shape.typed):
        second = int(((8 * int(codes[row]) + 1) ** 0.5 - 1) / 2 + 1e-9)
        counts[row] = kernels.fill_phases(
            int(codes[row]) - second * (second + 1) // 2,
            second,
            int(shape.x_linked and shape.male[member]),
            model.n_alleles,
            model.silent,
            conditions[row],
            model.frequencies,
            paternal[row],
            maternal[row],
            weights[row],
        )
    return _Phases(paternal, maternal, weights, counts)


def _founder_genotypes(
    shape: Shape, phases: _Phases, founders: list[int], n_states: int
) -> Iterator[tuple[_Phases, Integers]]:
    """Each combination of the typed founders' true genotypes, with the alleles counted."""
    options: list[list[tuple[int, list[int]]]] = []
    for row in founders:
        genotypes: dict[tuple[int, int], list[int]] = {}
        for phase in range(phases.counts[row]):
            pair = sorted((int(phases.paternal[row, phase]), int(phases.maternal[row, phase])))
            genotypes.setdefault((pair[0], pair[1]), []).append(phase)
        options.append([(row, each) for each in genotypes.values()])
    for combination in product(*options):
        chosen, counts = phases, np.zeros(n_states, dtype=np.int64)
        for row, kept in combination:
            chosen = chosen.chosen(row, kept)
            counts[phases.maternal[row, kept[0]]] += 1
            if not (shape.x_linked and shape.male[shape.typed[row]]):
                counts[phases.paternal[row, kept[0]]] += 1
        yield chosen, counts


def _log10_sampling(counts: Integers, frequencies: Floats, theta: float) -> float:
    """Log10 of the probability of drawing alleles in one given order, with these counts in the end."""
    result = -_log10_denominator(0, int(counts.sum()), theta)
    for count, frequency in zip(counts, frequencies, strict=True):
        for earlier in range(count):
            result += math.log10(theta * earlier + (1 - theta) * frequency)
    return result


def _log10_denominator(drawn: int, more: int, theta: float) -> float:
    return sum(math.log10(1 + (drawn + i - 1) * theta) for i in range(more))


def _log10_hidden(
    shape: Shape, model: StateModel, phases: _Phases, counts: Integers, *, theta: float, is_lumpable: bool
) -> float:
    """Log10 of the mean likelihood over the founder gametes that nobody saw, given the alleles counted so far."""
    base = (1 - theta) * model.frequencies + theta * counts
    gametes = network_of(shape).founder_gametes
    hidden = [number for number, variable in enumerate(gametes) if variable >= 0]
    divisor = _log10_denominator(int(counts.sum()), len(hidden), theta)
    n_nodes = len(hidden) // 2 + 1
    grid = n_nodes ** len(base)
    if not hidden:
        return _log10_peel(shape, model, phases, base)
    if is_lumpable and grid <= min(LARGEST_GRID, GRID_POINTS_PER_PARTITION * _n_partitions(len(hidden))):
        power = len(hidden) * math.log10(theta)
        return power - divisor + _log10_quadrature(shape, model, phases, base / theta, n_nodes=n_nodes)
    if len(hidden) > MOST_HIDDEN_GAMETES:
        raise InputError(
            place="theta",
            found=f"{len(hidden)} founder gametes that no reading shows",
            needed=f"at most {MOST_HIDDEN_GAMETES}; type more founders, or set theta to 0",
        )
    terms = []
    for blocks in partitions(len(hidden)):
        sizes = np.bincount(blocks)
        weight = (len(hidden) - len(sizes)) * math.log10(theta) + sum(
            math.log10(math.factorial(int(size) - 1)) for size in sizes
        )
        merged = list(range(len(gametes), 2 * len(gametes)))
        for number, block in zip(hidden, blocks, strict=True):
            merged[number] = block
        terms.append(weight + _log10_peel(replace(shape, merged=tuple(merged)), model, phases, base))
    return _log10_sum(terms) - divisor


def _log10_peel(shape: Shape, model: StateModel, phases: _Phases, frequencies: Floats) -> float:
    plan = plan_of(shape)
    cell = np.empty(1)
    scale = kernels.peel(
        plan.program,
        frequencies,
        model.matrices,
        phases.paternal,
        phases.maternal,
        phases.weights,
        phases.counts,
        1,
        np.empty(plan.workspace(len(frequencies), int(phases.counts.max(initial=1)))),
        cell,
    )
    return scale + math.log10(cell[0]) if scale > -math.inf and cell[0] > 0 else -math.inf


def _log10_quadrature(shape: Shape, model: StateModel, phases: _Phases, alphas: Floats, *, n_nodes: int) -> float:
    """Log10 of the mean likelihood when state frequencies are independent gamma variables of these parameters."""
    plan = plan_of(shape)
    rules = [_gauss_laguerre(float(alpha), n_nodes) for alpha in alphas]
    return kernels.average_over_founders(
        plan.program,
        np.array([nodes for nodes, _ in rules]),
        np.array([weights for _, weights in rules]),
        model.matrices,
        phases.paternal,
        phases.maternal,
        phases.weights,
        phases.counts,
        np.empty(plan.workspace(len(alphas), int(phases.counts.max(initial=1)))),
    )


def _gauss_laguerre(alpha: float, n_nodes: int) -> tuple[Floats, Floats]:
    """Nodes and weights that give the mean of any polynomial of degree below 2 n_nodes of a gamma variable.

    Golub & Welsch 1969: eigenvalues of the Jacobi matrix of the generalised Laguerre polynomials.
    """
    steps = np.arange(1, n_nodes)
    jacobi = np.diag(2.0 * np.arange(n_nodes) + alpha)
    beside = np.sqrt(steps * (steps + alpha - 1.0))
    jacobi += np.diag(beside, 1) + np.diag(beside, -1)
    nodes, vectors = np.linalg.eigh(jacobi)
    return np.maximum(nodes, 0.0), vectors[0] ** 2


@lru_cache(maxsize=16)
def partitions(n: int) -> tuple[tuple[int, ...], ...]:
    """All partitions of n gametes into blocks of copies, as block numbers in order of appearance."""
    if n == 0:
        return ((),)
    return tuple((*rest, block) for rest in partitions(n - 1) for block in range(max(rest, default=-1) + 2))


def _n_partitions(n: int) -> int:
    """The Bell number."""
    row = [1]
    for _ in range(n):
        following = [row[-1]]
        for value in row:
            following.append(following[-1] + value)
        row = following
    return row[0]


def _log10_sum(terms: list[float]) -> float:
    """Log10 of a sum of powers of ten."""
    largest = max(terms, default=-math.inf)
    if largest == -math.inf:
        return largest
    return largest + math.log10(sum(10.0 ** (term - largest) for term in terms))
