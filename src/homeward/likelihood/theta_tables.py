"""Family tables under theta: the missing member against an unrelated person, both drawn from one subpopulation.

    U[g] = P(relatives' readings, the missing member is g) / (P(relatives' readings) P(g))
    V[g] = P(relatives' readings, an unrelated person is g) / (P(relatives' readings) P(g))

Founder alleles of the family and of the unrelated person are one sample (see theta.py), so V depends on the family as
well; without theta it is 1. The ratio of a reading is that of the means of U and V over the genotypes behind it. Both
are sums over the ways in which founder gametes that nobody saw may be copies of one another; they are exact, and
families with the same readings at a marker are summed once. See docs/concepts/theta.md.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.likelihood import kernels
from homeward.likelihood.networks import MATERNAL, Shape, network_of
from homeward.likelihood.panels import StateModel
from homeward.likelihood.plans import plan_of
from homeward.likelihood.theta import MOST_HIDDEN_GAMETES, partitions

__all__ = ["ThetaTables", "genotype_chances", "hidden_gametes", "is_within_reach", "theta_tables", "with_stranger"]

JOBS_AT_ONCE = 256
MOST_SELECTORS = 10
MOST_CELLS = 200_000_000
NOMINAL_THETA = 0.01
NOMINAL_ALLELES = 12
CELLS_OF_A_STEP = 300

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class ThetaTables:
    """U and V, (n_jobs, n_genotypes), and log10 P(relatives' readings), (n_jobs,), -inf where they are impossible."""

    related: Floats
    unrelated: Floats
    log10_likelihoods: Floats

    def at_least(self, smallest: float) -> "ThetaTables":
        """The tables with what is possible but below ``smallest`` as that."""
        return replace(
            self,
            related=np.where(self.related > 0, np.maximum(self.related, smallest), 0.0),
            unrelated=np.where(self.unrelated > 0, np.maximum(self.unrelated, smallest), 0.0),
        )

    def rows(self, which: Integers) -> "ThetaTables":
        """Some of the tables, in this order."""
        return ThetaTables(self.related[which], self.unrelated[which], self.log10_likelihoods[which])


def genotype_chances(frequencies: Floats, theta: float) -> tuple[Floats, Floats]:
    """P(genotype), (n,), and P(genotype of an unrelated person | genotype), (n, n), alleles drawn one after the other.

    Genotypes are unordered pairs of states in the order of a table (Balding and Nichols 1994).
    """
    p = np.asarray(frequencies, dtype=np.float64)
    larger, smaller = np.tril_indices(len(p))
    same = larger == smaller
    times = np.where(same, 1.0, 2.0)
    chances = times * (1 - theta) * p[larger] * ((1 - theta) * p[smaller] + theta * same)
    if theta == 0:
        return chances, np.broadcast_to(chances, (len(chances), len(chances)))
    chances /= 1 - theta
    counts = np.zeros((len(larger), len(p)))
    np.add.at(counts, (np.arange(len(larger)), larger), 1.0)
    np.add.at(counts, (np.arange(len(larger)), smaller), 1.0)
    drawn = theta * counts + (1 - theta) * p
    given = times * drawn[:, larger] * (drawn[:, smaller] + theta * same) / ((1 + theta) * (1 + 2 * theta))
    return chances, given


def hidden_gametes(shape: Shape) -> int:
    """How many founder gametes nobody's reading shows, and somebody's reading or the free member depends on."""
    return sum(variable >= 0 for variable in network_of(shape).founder_gametes)


@lru_cache(maxsize=65536)
def is_within_reach(shape: Shape, n_states: int) -> bool:
    """Whether the sums of a family of this shape are summed at a marker with so many alleles: some tenths of a second.

    Beyond that a table is made without theta, and whoever asks is told so.
    """
    shapes = (_unmutated(shape), with_stranger(shape))
    if any(hidden_gametes(each) > MOST_HIDDEN_GAMETES for each in shapes):
        return False
    plans = [plan_of(term.shape) for each in shapes for term in _terms(each, NOMINAL_THETA)]
    return sum(plan.cost(n_states, 2) for plan in plans) <= MOST_CELLS


def with_stranger(shape: Shape) -> Shape:
    """The shape with one unrelated person more, of the free member's sex, who is free instead."""
    male = (*shape.male, shape.male[shape.free]) if shape.male else ()
    return replace(shape, parents=(*shape.parents, (-1, -1)), male=male, free=len(shape.parents))


def theta_tables(shape: Shape, model: StateModel, codes: Integers, conditions: Floats, *, theta: float) -> ThetaTables:
    """The tables of families of one shape at one marker.

    ``codes`` is (n_jobs, n_typed), ``conditions`` (n_jobs, n_typed, 3): drop-out, drop-in and error of each reading.
    Raises InputError where more founder gametes are hidden than can be summed over.
    """
    keys = np.concatenate([codes.astype(np.float64), conditions.reshape(len(codes), -1)], axis=1)
    _, first, which = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    parts = []
    for start in range(0, len(first), JOBS_AT_ONCE):
        chosen = first[start : start + JOBS_AT_ONCE]
        parts.append(_tables(shape, model, codes[chosen], conditions[chosen], theta))
    together = ThetaTables(
        np.concatenate([part.related for part in parts]),
        np.concatenate([part.unrelated for part in parts]),
        np.concatenate([part.log10_likelihoods for part in parts]),
    )
    return together.rows(which.reshape(-1))


def _unmutated(shape: Shape) -> Shape:
    """The shape with those sides of the free member left before mutation where the parent has no other children.

    Summing first and mutating afterwards spares one elimination in each of the sums; the result is the same.
    """
    parents = shape.parents[shape.free]
    others = {parent for member, pair in enumerate(shape.parents) if member != shape.free for parent in pair}
    sides = [
        side
        for side, parent in enumerate(parents)
        if parent >= 0 and shape.parents[parent][0] < 0 and parent not in shape.typed and parent not in others
    ]
    if shape.x_linked and shape.male[shape.free]:
        sides = [side for side in sides if side == MATERNAL]
    return replace(shape, before_mutation=tuple(sides))


def _tables(shape: Shape, model: StateModel, codes: Integers, conditions: Floats, theta: float) -> ThetaTables:
    related, unrelated = (
        _gamete_tables(each, model, codes, conditions, theta) for each in (shape, with_stranger(shape))
    )
    totals = related.reshape(len(codes), -1).sum(axis=1)
    scale = np.divide(1.0, totals, out=np.zeros_like(totals), where=totals > 0)[:, None]
    with np.errstate(divide="ignore"):
        likelihoods = np.log10(totals)
    p = model.frequencies
    return ThetaTables(_folded(related, p) * scale, _folded(unrelated, p) * scale, likelihoods)


def _folded(joint: Floats, frequencies: Floats) -> Floats:
    """P(relatives' readings, genotype) / P(genotype) for all genotypes, from the table over gametes."""
    larger, smaller = np.tril_indices(len(frequencies))
    same = larger == smaller
    if joint.ndim == 2:
        return np.where(same, joint[:, larger] / frequencies[larger], 0.0)
    both = joint[:, larger, smaller] + np.where(same, 0.0, joint[:, smaller, larger])
    return np.asarray(both / (np.where(same, 1.0, 2.0) * frequencies[larger] * frequencies[smaller]))


def _gamete_tables(shape: Shape, model: StateModel, codes: Integers, conditions: Floats, theta: float) -> Floats:
    """P(relatives' readings, gametes of the free member): (n_jobs, n, n), or (n_jobs, n) for a male on X."""
    shape = _unmutated(shape)
    n, n_kept = len(model.frequencies), len(network_of(shape).kept)
    out = np.zeros((len(codes), n**n_kept))
    is_founder = np.array([_is_counted(shape, member) for member in shape.typed], dtype=np.int64)
    phases = _most_phases(n, conditions)
    size = np.array([n, model.n_alleles, model.silent], dtype=np.int64)
    for term in _terms(shape, theta):
        plan = plan_of(term.shape)
        kernels.add_tables_with_theta(
            plan.program,
            plan.n_gametes_kept,
            int(plan.n_gametes_kept < n_kept),
            is_founder,
            codes,
            conditions,
            phases,
            size,
            model.frequencies,
            model.matrices,
            theta,
            term.weight,
            np.empty(plan.workspace(n, min(phases, 2 * n + 1))),
            out,
        )
    result = out.reshape(len(codes), *[n] * n_kept)
    for side in shape.before_mutation:
        # Matrices are [sex, from, to], 0 for mothers; sides are 0 for the father's gamete.
        axis = 1 + (side if n_kept == 2 else 0)
        result = np.moveaxis(np.moveaxis(result, axis, -1) @ model.matrices[1 - side], -1, axis)
    return result


@dataclass(frozen=True)
class _Term:
    """One way of descent and of copying: its shape, and its weight in the sum."""

    shape: Shape
    weight: float


@lru_cache(maxsize=4096)
def _terms(shape: Shape, theta: float) -> tuple[_Term, ...]:
    """All terms of the sum over partitions of the hidden founder gametes, over descents too where that is cheaper.

    With the descent fixed (which gamete each untyped parent passed on) a network is nearly a tree, and fewer gametes
    are hidden; merged gametes would otherwise close loops that cost n^4.
    """
    together, apart = (_terms_of(ways, theta) for ways in ({shape: 1.0}, _descents(shape)))
    return min(together, apart, key=_cost)


def _terms_of(descents: Mapping[Shape, float], theta: float) -> tuple[_Term, ...]:
    return tuple(
        _Term(merged, weight * weight_of_copies / _divisor(each, theta))
        for each, weight in descents.items()
        for merged, weight_of_copies in _copies(each, theta)
    )


def _cost(terms: Sequence[_Term]) -> int:
    plans = [plan_of(term.shape) for term in terms]
    return sum(plan.cost(NOMINAL_ALLELES, 2) + CELLS_OF_A_STEP * len(plan.cliques) for plan in plans)


def _descents(shape: Shape) -> dict[Shape, float]:
    """The shape under each descent that makes a difference, with its probability."""
    free = network_of(shape).n_selectors
    if free > MOST_SELECTORS:
        return {shape: 1.0}
    found: dict[object, tuple[Shape, float]] = {}
    for choices in product((0, 1), repeat=free):
        each = replace(shape, descent=choices)
        network = network_of(each)
        key = (tuple(network.variables), tuple(network.factors), network.kept)
        first, weight = found.get(key, (each, 0.0))
        found[key] = (first, weight + 0.5**free)
    return dict(found.values())


def _is_counted(shape: Shape, member: int) -> bool:
    """Whether a typed founder's alleles are drawn first; behind a blurred reading they are hidden like any others."""
    return shape.parents[member][0] < 0 and shape.has_phase(member)


def _most_phases(n_states: int, conditions: Floats) -> int:
    """How many ordered genotypes may stand behind a reading."""
    if (conditions[..., 1:] > 0).any():
        return max(3, n_states**2)
    return 2 * n_states + 1 if (conditions[..., 0] > 0).any() else 3


def _divisor(shape: Shape, theta: float) -> float:
    """The product of 1 + (n - 1) theta over all founder gametes that are drawn."""
    founders = [member for member in shape.typed if _is_counted(shape, member)]
    shown = sum(1 if shape.x_linked and shape.male[member] else 2 for member in founders)
    return math.prod(1 + (drawn - 1) * theta for drawn in range(shown + hidden_gametes(shape)))


def _copies(shape: Shape, theta: float) -> Iterator[tuple[Shape, float]]:
    """The shape with hidden gametes merged, for each way in which they may be copies, and the weight of that way."""
    gametes = network_of(shape).founder_gametes
    hidden = [number for number, variable in enumerate(gametes) if variable >= 0]
    if len(hidden) > MOST_HIDDEN_GAMETES:
        found = f"{len(hidden)} founder gametes that no reading shows"
        needed = f"at most {MOST_HIDDEN_GAMETES}; type more founders, or set theta to 0"
        raise InputError(place="theta", found=found, needed=needed)
    for blocks in partitions(len(hidden)):
        sizes = np.bincount(blocks) if blocks else np.zeros(0, dtype=np.int64)
        merged = list(range(len(gametes), 2 * len(gametes)))
        for number, block in zip(hidden, blocks, strict=True):
            merged[number] = block
        weight = theta ** (len(hidden) - len(sizes)) * math.prod(math.factorial(int(size) - 1) for size in sizes)
        yield replace(shape, merged=tuple(merged)), float(weight)
