"""Exact sums over the assignments of one component: unit after unit, with the set of victims already used as state.

A victim counts in the state only between the first and the last unit that might take him, so that the number of states
follows the width of the component and not its length.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np
from numpy.typing import NDArray

from homeward.likelihood.assignment_kernels import best_after, summed_after, summed_before, summed_through
from homeward.likelihood.local_assignments import LocalAssignments

__all__ = ["MOST_WORK", "Eliminated", "Ordering", "eliminated", "ordering_of"]

MOST_WIDTH = 22
MOST_WORK = 3_000_000_000

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Chosen = tuple[tuple[int, int], ...]
"""(unit of the component, row of its local assignments) pairs."""


@dataclass(frozen=True)
class Ordering:
    """The order of the units, and for each step the victims in the state before it, during it and after it."""

    units: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]
    during: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]

    def work(self, n_masks: Sequence[int]) -> float:
        """How many (state, set) pairs are visited, or infinity where a step has too many victims at once."""
        if any(len(victims) > MOST_WIDTH for victims in self.during):
            return math.inf
        steps = zip(self.units, self.during, strict=True)
        return float(sum(4.0 * n_masks[unit] * 2 ** len(victims) for unit, victims in steps))


@dataclass(frozen=True, eq=False)
class Eliminated:
    """Natural logarithm of the sum over all assignments of a component, posteriors, and the best assignments.

    ``posteriors[unit]`` is (n_rows,): that of each local assignment. ``best`` is sorted, most probable first, with
    log10 LRs.
    """

    log_sum: float
    posteriors: tuple[Floats, ...]
    best: tuple[tuple[float, Chosen], ...]


def ordering_of(victims: Sequence[frozenset[int]]) -> Ordering:
    """An order of units, given the victims whom each may take: always the one that leaves the fewest in the state.

    Whom one unit alone may take is never in the state.
    """
    left = set(range(len(victims)))
    uses = Counter(victim for own in victims for victim in own)
    victims = [frozenset(victim for victim in own if uses[victim] > 1) for own in victims]
    state: set[int] = set()
    order, before, during, after = [], [], [], []

    def cost(unit: int) -> tuple[int, int, int]:
        union = state | victims[unit]
        return len(union) - sum(uses[v] == 1 for v in victims[unit]), len(union), unit

    while left:
        unit = min(left, key=cost)
        left.remove(unit)
        before.append(tuple(sorted(state)))
        state |= victims[unit]
        during.append(tuple(sorted(state)))
        for victim in victims[unit]:
            uses[victim] -= 1
        state -= {victim for victim in victims[unit] if uses[victim] == 0}
        after.append(tuple(sorted(state)))
        order.append(unit)
    return Ordering(tuple(order), tuple(before), tuple(during), tuple(after))


@dataclass(frozen=True, eq=False)
class _Step:
    """One unit: its rows as sets of victims of the state, the distinct sets with their summed weights, and the maps.

    ``inside`` says of each state of the step which state after it follows; ``entering`` lists, for each state before
    it, the state of the step.
    """

    rows: Integers
    values: Floats
    masks: Integers
    which: Integers
    weights: Floats
    best: Floats
    inside: Integers
    entering: Integers


def eliminated(
    locals_by_unit: Sequence[LocalAssignments], ordering: Ordering, *, most: int, advance: Callable[[], None]
) -> Eliminated:
    """The exact sums of a component; ``most`` is how many assignments are listed."""
    steps = [_step(locals_by_unit[unit], ordering, number) for number, unit in enumerate(ordering.units)]
    forward = [np.zeros(1)]
    for number, step in enumerate(steps):
        out = np.full(len(step.inside), -np.inf)
        summed_before(_entered(forward[-1], step), step.masks, step.weights, out)
        forward.append(_left(out, step, 1 << len(ordering.after[number])))
        advance()
    total = float(forward[-1][0])
    posteriors: list[Floats] = [np.zeros(0)] * len(steps)
    summed, best = np.zeros(1), np.zeros(1)
    bounds = [best]
    for number in range(len(steps) - 1, -1, -1):
        step = steps[number]
        after, out = summed[step.inside], np.empty(len(step.masks))
        summed_through(_entered(forward[number], step), after, step.masks, out)
        posteriors[ordering.units[number]] = np.exp(step.values + out[step.which] - total)
        following = np.empty(len(step.inside))
        summed_after(after, step.masks, step.weights, following)
        summed = following[step.entering]
        best_after(best[step.inside], step.masks, step.best, following)
        best = following[step.entering]
        bounds.append(best)
        advance()
    return Eliminated(total, tuple(posteriors), _best(steps, ordering, bounds[::-1], most))


def _step(local: LocalAssignments, ordering: Ordering, number: int) -> _Step:
    during = ordering.during[number]
    bits = np.zeros(int(local.victims.max(initial=0)) + max(during, default=0) + 2, dtype=np.int64)
    bits[list(during)] = 1 << np.arange(len(during))
    rows = bits[local.victims].sum(axis=1)  # nobody (-1) is the last one, which is 0
    values = local.log10_lrs * math.log(10)
    masks, which = np.unique(rows, return_inverse=True)
    weights, best = np.full(len(masks), -np.inf), np.full(len(masks), -np.inf)
    np.logaddexp.at(weights, which, values)
    np.maximum.at(best, which, values)
    states = np.arange(1 << len(during), dtype=np.int64)
    return _Step(
        rows=rows,
        values=values,
        masks=masks,
        which=which,
        weights=weights,
        best=best,
        inside=_restricted(states, during, ordering.after[number]),
        entering=_restricted(
            np.arange(1 << len(ordering.before[number]), dtype=np.int64), ordering.before[number], during
        ),
    )


def _restricted(states: Integers, source: Sequence[int], target: Sequence[int]) -> Integers:
    """Each state over the victims ``source`` as a state over ``target``; victims outside the target are forgotten."""
    result = np.zeros_like(states)
    for i, victim in enumerate(source):
        if victim in target:
            result |= (states >> i & 1) << target.index(victim)
    return result


def _entered(values: Floats, step: _Step) -> Floats:
    out = np.full(len(step.inside), -np.inf)
    out[step.entering] = values
    return out


def _left(values: Floats, step: _Step, n_states: int) -> Floats:
    out = np.full(n_states, -np.inf)
    np.logaddexp.at(out, step.inside, values)
    return out


def _best(
    steps: Sequence[_Step], ordering: Ordering, bounds: Sequence[Floats], most: int
) -> tuple[tuple[float, Chosen], ...]:
    """The assignments with the largest LRs.

    The largest value that may follow a state is known, so the search goes straight to the next best assignment; of
    equal ones it finishes the longest first.
    """
    found: list[tuple[float, Chosen]] = []
    number = count()
    heap: list[tuple[float, int, int, int, float, Chosen]] = [(-float(bounds[0][0]), 0, next(number), 0, 0.0, ())]
    while heap and len(found) < most:
        _, depth, _, state, value, chosen = heappop(heap)
        depth = -depth
        if depth == len(steps):
            found.append((value / math.log(10), chosen))
            continue
        step = steps[depth]
        inside = int(step.entering[state])
        rows = np.flatnonzero(step.rows & inside == 0)
        values = value + step.values[rows]
        states = step.inside[inside | step.rows[rows]]
        reach = values + bounds[depth + 1][states]
        for i in np.argsort(-reach, kind="stable")[:most].tolist():
            row = (ordering.units[depth], int(rows[i]))
            entry = (-float(reach[i]), -depth - 1, next(number), int(states[i]), float(values[i]), (*chosen, row))
            heappush(heap, entry)
    return tuple(found)
