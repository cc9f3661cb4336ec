"""The likelihood of a family at one marker for many ways in which its missing members may be read, at once.

Each missing member receives one more variable, the choice of a reading (0: none), tied to its two gametes by
P(reading | gametes). All gametes are summed out once and the choices stay. A table holds only those combinations of
choices that occur among the assignments asked for, so that what forty thousand assignments share is computed once.
Victims who read alike at a marker share a choice.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_letters

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.markers import MarkerKind
from homeward.genetics.pedigrees import Sex
from homeward.likelihood.conditionals import phases_of, reading_table
from homeward.likelihood.joint_units import Scene, Unit
from homeward.likelihood.networks import Factor, FactorKind, Network, VariableKind, network_of
from homeward.likelihood.panels import NOT_READ, StateModel
from homeward.likelihood.peeling import Reading, blurred_of, lump_to_shown, shape_of

__all__ = ["log10_of_rows"]

MOST_CELLS = 1 << 22
MOST_FLAGS = 1 << 22
LARGE = 100_000
MOST_WASTE = 4
CHEAP_CELLS = 500_000

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Phases = tuple[Integers, Integers, Floats]
Choice = tuple[Reading, ...]
"""What was read of a victim at a marker: one reading, or one of each replicate."""


@dataclass(frozen=True, eq=False)
class _Table:
    """Numbers over combinations of choices (first axis) and variables; ``of_row`` is the combination of each row.

    A table that depends on no choice has one combination.
    """

    values: Floats
    scope: tuple[int, ...]
    of_row: Integers | None = None


def log10_of_rows(scene: Scene, unit: Unit, locus: int, rows: Integers) -> Floats:
    """Log10 P(relatives' and placed victims' readings) at one marker for each row, -inf where it is impossible.

    ``rows`` is (n, n_missing): the victim placed at each missing member, or -1.
    """
    choices = [_choices(scene, locus, rows[:, number]) for number in range(rows.shape[1])]
    tables = _network_tables(scene, unit, locus, [found for _, found in choices])
    n_states = max((size for table in tables for size in table.values.shape[1:]), default=1)
    step = max(1, 4 * MOST_CELLS // n_states**2)
    result = np.empty(len(rows))
    for start in range(0, len(rows), step):
        part = slice(start, start + step)
        own = [replace(table, of_row=column[part]) for table, (column, _) in zip(tables, choices, strict=False)]
        summed = _eliminated([*own, *tables[len(choices) :]])
        with np.errstate(divide="ignore"):
            logs = np.log10(summed.values)
        result[part] = logs[0] if summed.of_row is None else logs[summed.of_row]
    return result


def _choices(scene: Scene, locus: int, column: Integers) -> tuple[Integers, list[Choice]]:
    """The choice of each row at one missing member, and the reading of each choice but the first (nobody, not read)."""
    victims = scene.victims
    placed = np.unique(column)
    readings = {int(row): victims.reading(int(row), locus) for row in placed if row >= 0}
    found = sorted({reading for reading in readings.values() if reading})
    number = {reading: i + 1 for i, reading in enumerate(found)}
    # One entry more than there are victims: -1, nobody placed, picks the last, which stays 0.
    of_victim = np.zeros(len(victims.ids) + 1, dtype=np.int64)
    for victim, reading in readings.items():
        of_victim[victim] = number.get(reading, 0)
    return of_victim[column], found


def _network_tables(scene: Scene, unit: Unit, locus: int, distinct: Sequence[Sequence[Choice]]) -> list[_Table]:
    """The tables of the unit's network at a marker: first one for each missing member's readings, then all others."""
    marker = scene.panel.markers[locus]
    rows = np.flatnonzero(unit.readings.codes[:, locus] != NOT_READ)
    typed = [unit.readings.ids[row] for row in rows]
    blurred = blurred_of(typed, unit.readings.conditions[rows, locus])
    shape = shape_of(unit.pedigree, typed, kind=marker.kind, blurred=blurred)
    shape = replace(shape, open=tuple(unit.pedigree.position(name) for name in unit.missing))
    own = [unit.readings.reading(row, locus) for row in rows.tolist()]
    placed = [reading for found in distinct for choice in found for reading in choice]
    model, recode = _model(scene, locus, [code for code, *_ in [*own, *placed]])
    single = {i for i, position in enumerate(shape.typed) if shape.x_linked and shape.male[position]}
    phases = [phases_of((recode[r[0]], *r[1:]), model, hemizygous=i in single) for i, r in enumerate(own)]
    network = network_of(shape)
    n, gametes, tables = len(model.frequencies), list(network.kept), []
    for found, name in zip(distinct, unit.missing, strict=True):
        alone = marker.kind is MarkerKind.X and unit.pedigree.member(name).sex is Sex.MALE
        scope = tuple(gametes.pop(0) for _ in range(1 if alone else 2))
        readings = [np.ones(n if alone else (n, n))]
        readings += [reading_table([(recode[r[0]], *r[1:]) for r in each], model, hemizygous=alone) for each in found]
        tables.append(_Table(np.stack(readings), scope))
    for factor in network.factors:
        tables.append(_Table(_factor_table(network, factor, model, phases, single)[None], factor.variables))
    return tables


def _model(scene: Scene, locus: int, codes: Sequence[int]) -> tuple[StateModel, Mapping[int, int]]:
    """The model at a marker, unseen alleles lumped where that is exact, and the codes in its states."""
    model = scene.panel.models[locus]
    shown = sorted(set(codes))
    recode = {code: code for code in shown}
    if scene.panel.lumpable[locus] and shown:
        model, new = lump_to_shown(model, np.array(shown, dtype=np.int64))
        recode = dict(zip(shown, new.tolist(), strict=True))
    return model, recode


def _factor_table(
    network: Network, factor: Factor, model: StateModel, phases: Sequence[Phases], single: Collection[int]
) -> Floats:
    """The numbers of one factor of the network, as the kernel fills them (kernels.py).

    ``single`` are the typed members (as rows) who carry one gamete only.
    """
    if factor.kind is FactorKind.FOUNDER_GAMETE:
        return model.frequencies
    if factor.kind is FactorKind.READING:
        return _over_gametes(phases[factor.selected], len(model.frequencies), len(factor.variables))
    parent = factor.variables[0]
    row = network.variables[parent][1]
    if factor.kind in (FactorKind.FOUNDER_PHASE, FactorKind.PHASE_WEIGHT):
        paternal, maternal, weights = phases[row]
        if factor.kind is FactorKind.PHASE_WEIGHT:
            return weights
        founder: Floats = weights * model.frequencies[maternal]
        return founder if row in single else founder * model.frequencies[paternal]
    matrix = model.matrices[factor.sex]
    child = factor.variables[1]
    to = _states(network, child, factor.sides[1], phases, len(matrix))
    if factor.kind is FactorKind.MIXED:
        paternal, maternal, _ = phases[row]
        result: Floats = 0.5 * (matrix[np.ix_(maternal, to)] + matrix[np.ix_(paternal, to)])
        return result
    pair: Floats = matrix[np.ix_(_states(network, parent, factor.sides[0], phases, len(matrix)), to)]
    if factor.kind is FactorKind.PAIR:
        return pair
    selected = np.full((*pair.shape, 2), 0.5 if factor.selected == 0 else 1.0)
    selected[..., factor.selected] = pair * (0.5 if factor.selected == 0 else 1.0)
    return selected


def _over_gametes(phases: Phases, n: int, n_gametes: int) -> Floats:
    """P(reading | gametes) of a member who is two gametes, or one."""
    paternal, maternal, weights = phases
    table = np.zeros((n,) * n_gametes)
    np.add.at(table, (paternal, maternal)[2 - n_gametes :], weights)
    return table


def _states(network: Network, variable: int, side: int, phases: Sequence[Phases], n: int) -> Integers:
    """The allele that each value of a variable means."""
    kind, row = network.variables[variable]
    if kind is VariableKind.GAMETE:
        return np.arange(n)
    paternal, maternal, _ = phases[row]
    return maternal if side else paternal


def _eliminated(tables: Sequence[_Table]) -> _Table:
    """All variables summed out, in the cheapest of several greedy orders."""
    dims = {v: n for table in tables for v, n in zip(table.scope, table.values.shape[1:], strict=True)}
    live = list(tables)
    for variable in _order(tables, dims):
        touching = sorted((each for each in live if variable in each.scope), key=lambda each: each.values.size)
        if not touching:
            continue  # summed out together with an earlier one
        live = [each for each in live if variable not in each.scope]
        elsewhere = {v for each in live for v in each.scope}
        table = touching[0]
        for number, other in enumerate(touching[1:], 2):
            table = _product(table, other, elsewhere if number == len(touching) else None)
        if len(touching) == 1:
            axes = tuple(i + 1 for i, v in enumerate(table.scope) if v not in elsewhere)
            scope = tuple(v for v in table.scope if v in elsewhere)
            table = _Table(table.values.sum(axis=axes), scope, table.of_row)
        live.append(table)
    table = live[0]
    for other in live[1:]:
        table = _product(table, other, None)
    return table


@dataclass(frozen=True)
class _Sizes:
    """A table as the search for an order sees it: combinations of choices, and variables."""

    combinations: int
    scope: frozenset[int]


def _order(tables: Sequence[_Table], dims: Mapping[int, int]) -> list[int]:
    """The variables in the order of elimination: the best of a few greedy ones, by the cells that they visit."""
    n_rows = max((len(table.of_row) for table in tables if table.of_row is not None), default=1)
    sizes = [_Sizes(len(table.values), frozenset(table.scope)) for table in tables]
    best: tuple[float, list[int]] = math.inf, []
    for weight in (0.0, 1.0, 0.5):
        best = min(best, _greedy(sizes, dims, n_rows, weight), key=lambda each: each[0])
        if best[0] < CHEAP_CELLS:
            break
    return best[1]


def _greedy(sizes: Sequence[_Sizes], dims: Mapping[int, int], n_rows: int, weight: float) -> tuple[float, list[int]]:
    """Cells visited and order, where the next variable is always that of the smallest clique, less what it frees."""
    live, order, total = list(sizes), [], 0.0
    steps = {v: _step(live, v, dims, n_rows) for v in dims}
    while steps:
        variable = min(steps, key=lambda v: (steps[v][0] - weight * steps[v][1], v))
        cells, _, merged = steps.pop(variable)
        live = [each for each in live if variable not in each.scope]
        live.append(merged)
        total += cells
        order.append(variable)
        for other in steps.keys() & merged.scope:
            steps[other] = _step(live, other, dims, n_rows)
    return total, order


def _step(live: Sequence[_Sizes], variable: int, dims: Mapping[int, int], n_rows: int) -> tuple[float, float, _Sizes]:
    """Cells visited when a variable is summed out, cells of the tables that go, and the table that comes.

    Combinations of choices are taken to occur all, up to one for each row.
    """
    touching = [each for each in live if variable in each.scope]
    clique = frozenset[int]().union(*(each.scope for each in touching))
    combinations = min(n_rows, math.prod(each.combinations for each in touching))
    cells = float(combinations * math.prod(dims[v] for v in clique))
    freed = float(sum(each.combinations * math.prod(dims[v] for v in each.scope) for each in touching))
    return cells, freed, _Sizes(combinations, clique - {variable})


def _product(first: _Table, second: _Table, kept: Collection[int] | None) -> _Table:
    """The product of two tables over the combinations of choices that occur; summed over all variables not kept."""
    union = sorted({*first.scope, *second.scope})
    out = tuple(v for v in union if kept is None or v in kept)
    # einsum knows 52 letters, so the variables of a step are numbered anew; 0 and 1 are axes of choices.
    names = {v: i + 2 for i, v in enumerate(union)}
    left, right, result = ([names[v] for v in scope] for scope in (first.scope, second.scope, out))
    n, m = len(first.values), len(second.values)
    if n == 1 or m == 1:
        rows = first.of_row if m == 1 else second.of_row
        return _Table(_all_combinations(first.values, left, second.values, right, result), out, rows)
    if first.of_row is None or second.of_row is None:
        raise AssertionError("a table with several combinations of choices knows that of each row")
    occurring, of_row = _occurring(first.of_row * m + second.of_row, n * m)
    if n * m <= MOST_WASTE * len(occurring) and n * m * math.prod(second.values.shape[1:]) <= MOST_CELLS * MOST_WASTE:
        # All combinations as one matrix product cost less than those that occur, one by one.
        values = _all_combinations(first.values, left, second.values, right, result)
        return _Table(values, out, first.of_row * m + second.of_row)
    size = max(math.prod(first.values.shape[1:]), math.prod(second.values.shape[1:]), 1)
    parts = np.array_split(occurring, max(1, len(occurring) * size // MOST_CELLS))
    done = [
        _einsum(first.values[part // m], [0, *left], second.values[part % m], [0, *right], [0, *result])
        for part in parts
    ]
    return _Table(np.concatenate(done), out, of_row)


def _einsum(first: Floats, left: list[int], second: Floats, right: list[int], result: list[int]) -> Floats:
    """The product of two tables with numbered axes, summed over those not in the result."""
    words = ["".join(ascii_letters[axis] for axis in axes) for axes in (left, right, result)]
    values: Floats = np.einsum(f"{words[0]},{words[1]}->{words[2]}", first, second)
    return values


def _all_combinations(first: Floats, left: list[int], second: Floats, right: list[int], result: list[int]) -> Floats:
    """As _einsum with a first axis of choices of each, made one axis; a matrix product where that pays."""
    words = ["".join(ascii_letters[axis] for axis in axes) for axes in ([0, *left], [1, *right], [0, 1, *result])]
    pays = first.size * second.size > LARGE
    values: Floats = np.einsum(f"{words[0]},{words[1]}->{words[2]}", first, second, optimize=pays)
    return values.reshape(len(first) * len(second), *values.shape[2:])


def _occurring(keys: Integers, n_keys: int) -> tuple[Integers, Integers]:
    """The distinct keys, and the position of each key among them."""
    if n_keys > MOST_FLAGS:
        found, positions = np.unique(keys, return_inverse=True)
        return found, positions
    occurs = np.zeros(n_keys, dtype=np.bool_)
    occurs[keys] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[keys]
