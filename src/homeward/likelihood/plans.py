"""Elimination plans: in which order the variables of a gamete network are summed out, as a program for the kernel.

A plan depends on the shape of the pedigree and on who is typed, not on any genotype, so that one plan serves all
markers and all families of one shape. The order is the best of several greedy ones (smallest clique first).
"""

from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.likelihood.networks import Network, Shape, VariableKind, network_of

__all__ = ["LARGEST_TABLE", "MOST_VARIABLES", "Plan", "plan_of"]

NOMINAL_SIZES = {VariableKind.GAMETE: 18, VariableKind.PHASE: 2, VariableKind.SELECTOR: 2}
RESTARTS = 12
CHEAP_COST = 3000
MOST_VARIABLES = 20
LARGEST_TABLE = 200_000_000
# Tables are rescaled after each step (kernels.SMALLEST_UNSCALED), so a product of this many cannot underflow.
MOST_INPUTS = 6


@dataclass(frozen=True)
class Plan:
    """A program for ``kernels.peel``, with the size classes that give its working memory.

    ``program`` is one int64 array: header, variables, initial factors, steps (see kernels.py for the layout).
    ``tables`` holds, for each factor, how many gamete, phase and selector axes it has.
    """

    program: NDArray[np.int64]
    tables: tuple[tuple[int, int, int], ...]
    cliques: tuple[tuple[int, int, int], ...]
    n_gametes_kept: int

    def workspace(self, n_states: int, n_phases: int) -> int:
        """Floats needed for all tables; raises InputError where the pedigree is too entangled for exact summation."""
        largest = max(_size(axes, n_states, n_phases) for axes in self.tables)
        if largest > LARGEST_TABLE:
            raise InputError(
                place="pedigree",
                found=f"loops that need a table of {largest:.1e} numbers",
                needed=f"at most {LARGEST_TABLE:.0e}; type more members or cut a loop",
            )
        return sum(_size(axes, n_states, n_phases) for axes in self.tables)

    def cost(self, n_states: int, n_phases: int) -> int:
        """Cells visited by the program, about one to three nanoseconds each."""
        return sum(_size(axes, n_states, n_phases) for axes in self.cliques)


def _size(axes: tuple[int, int, int], n_states: int, n_phases: int) -> int:
    return int(n_states ** axes[0] * n_phases ** axes[1] * 2 ** axes[2])


@lru_cache(maxsize=16384)
def plan_of(shape: Shape) -> Plan:
    """The elimination plan of a shape, kept for the next call."""
    network = network_of(shape)
    sizes = [NOMINAL_SIZES[kind] for kind, _ in network.variables]
    best = _greedy_order(network, sizes, Random(0))  # noqa: S311
    for seed in range(1, RESTARTS if best[0] > CHEAP_COST else 1):
        best = min(best, _greedy_order(network, sizes, Random(seed)))  # noqa: S311
    return _compile(network, shape, best[1])


def _greedy_order(network: Network, sizes: list[int], random: Random) -> tuple[float, list[int]]:
    """Cost and order of a greedy elimination, ties broken by the generator."""
    scopes = [frozenset(factor.variables) for factor in network.factors]
    weights = {v: _clique_weight(scopes, sizes, v) for v in range(len(sizes)) if v not in network.kept}
    cost, order = 0.0, []
    while weights:
        best = min(weights, key=lambda v: (weights[v], random.random()))
        cost += weights.pop(best)
        touched = frozenset().union(*(scope for scope in scopes if best in scope))
        scopes = [scope for scope in scopes if best not in scope]
        scopes.append(touched - {best})
        order.append(best)
        for variable in touched & weights.keys():
            weights[variable] = _clique_weight(scopes, sizes, variable)
    remaining: frozenset[int] = frozenset().union(*scopes) if scopes else frozenset()
    return cost + _weight(remaining, sizes), order


def _clique_weight(scopes: list[frozenset[int]], sizes: list[int], variable: int) -> float:
    touching = [scope for scope in scopes if variable in scope]
    return _weight(frozenset().union(*touching), sizes) * len(touching)


def _weight(variables: frozenset[int], sizes: list[int]) -> float:
    weight = 1.0
    for variable in variables:
        weight *= sizes[variable]
    return weight


@dataclass
class _Program:
    """The steps written so far: the variables of every table, initial ones first, and of every step's clique."""

    scopes: list[tuple[int, ...]]
    cliques: list[tuple[int, ...]] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    most_inputs: int = 0

    def union(self, tables: list[int]) -> tuple[int, ...]:
        """All variables of these tables, in order."""
        return tuple(sorted({v for table in tables for v in self.scopes[table]}))

    def add_step(self, variable: int, inputs: list[int], output: tuple[int, ...]) -> int:
        """The number of the table that a new step makes; the variable is summed out, or none if it is -1."""
        clique = (*output, variable) if variable >= 0 else output
        if len(clique) > MOST_VARIABLES:
            raise InputError(place="pedigree", found="loops too entangled", needed="an elimination of fewer variables")
        self.most_inputs = max(self.most_inputs, len(inputs))
        self.scopes.append(output)
        self.cliques.append(clique)
        self.steps += [variable, len(inputs), *inputs, len(output), *output]
        return len(self.scopes) - 1


def _compile(network: Network, shape: Shape, order: list[int]) -> Plan:
    """The plan that eliminates the variables in this order and ends with the product over the kept ones."""
    program = _Program([factor.variables for factor in network.factors])
    live = list(range(len(network.factors)))
    for variable in [*order, -1]:
        inputs = [factor for factor in live if variable in program.scopes[factor]] if variable >= 0 else live
        live = [factor for factor in live if factor not in inputs]
        while len(inputs) > MOST_INPUTS:
            inputs.sort(key=lambda factor: len(program.scopes[factor]))
            product = program.add_step(-1, inputs[:MOST_INPUTS], program.union(inputs[:MOST_INPUTS]))
            inputs = [*inputs[MOST_INPUTS:], product]
        union = program.union(inputs)
        output = tuple(v for v in union if v != variable) if variable >= 0 else network.kept
        live.append(program.add_step(variable, inputs, output))
    return Plan(
        program=np.array(
            _header(network, shape, len(program.cliques), program.most_inputs) + program.steps, dtype=np.int64
        ),
        tables=tuple(_axes(network, scope) for scope in program.scopes),
        cliques=tuple(_axes(network, clique) for clique in program.cliques),
        n_gametes_kept=len(network.kept),
    )


def _header(network: Network, shape: Shape, n_steps: int, max_inputs: int) -> list[int]:
    """Counts, variables, which typed members carry one gamete only, and the initial factors."""
    words = [len(network.variables), len(shape.typed), len(network.factors), n_steps, max_inputs]
    for kind, typed in network.variables:
        words += [int(kind), typed]
    words += [int(shape.x_linked and shape.male[member]) for member in shape.typed]
    for factor in network.factors:
        padded = (*factor.variables, -1, -1)[:3]
        words += [int(factor.kind), len(factor.variables), *padded, factor.sex, *factor.sides, factor.selected]
    return words


def _axes(network: Network, scope: tuple[int, ...]) -> tuple[int, int, int]:
    kinds = [network.variables[variable][0] for variable in scope]
    return kinds.count(VariableKind.GAMETE), kinds.count(VariableKind.PHASE), kinds.count(VariableKind.SELECTOR)
