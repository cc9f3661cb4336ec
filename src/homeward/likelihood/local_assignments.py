"""Local assignments of a unit: each way to place victims at its missing members, with its log10 LR.

They are enumerated member by member. What is impossible stays so when victims are added, so such branches end at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.likelihood.choices import log10_of_rows
from homeward.likelihood.joint_units import Scene, Unit, together
from homeward.likelihood.peeling import log10_likelihood

__all__ = ["MOST_LOCAL_ASSIGNMENTS", "LocalAssignments", "local_assignments", "may_be_impossible"]

MOST_LOCAL_ASSIGNMENTS = 2_000_000
NOBODY = -1
FEW = 24
MANY = 5000

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LocalAssignments:
    """``victims`` is (n, n_missing) with the row of each victim or -1, ``log10_lrs`` is (n,), against nobody placed."""

    victims: Integers
    log10_lrs: Floats


def local_assignments(
    scene: Scene, unit: Unit, candidates: Sequence[Sequence[int]], advance: Callable[[], None]
) -> LocalAssignments | None:
    """All possible local assignments, or None where there are more than MOST_LOCAL_ASSIGNMENTS.

    ``candidates`` are the victims to consider for each missing member of the unit.
    """
    if sum(map(len, candidates)) <= FEW and len(candidates) == 1:
        return _one_by_one(scene, unit, candidates[0])
    rows, values = np.full((1, len(unit.missing)), NOBODY, dtype=np.int64), np.zeros(1)
    # Those with the fewest candidates first: branches that end early cost least.
    order = sorted(range(len(candidates)), key=lambda number: len(candidates[number]))
    prunes = may_be_impossible(scene)
    for place, number in enumerate(order, 1):
        if len(rows) * (1 + len(candidates[number])) > 4 * MOST_LOCAL_ASSIGNMENTS:
            return None
        rows = _extended(rows, number, np.array(candidates[number], dtype=np.int64))
        if place == len(order) or (prunes and len(rows) > MANY):
            rows, values = _possible(scene, unit, rows, advance)
        if len(rows) > MOST_LOCAL_ASSIGNMENTS:
            return None
    return LocalAssignments(rows, values)


def may_be_impossible(scene: Scene) -> bool:
    """True if some marker's mutation model makes some transmission impossible."""
    return any(bool((model.matrices == 0).any()) for model in scene.panel.models)


def _possible(scene: Scene, unit: Unit, rows: Integers, advance: Callable[[], None]) -> tuple[Integers, Floats]:
    """The rows that are possible at every marker, with their log10 LR over relatives and each placed victim alone."""
    alone = np.vstack([scene.alone, np.zeros(len(scene.panel))])
    values = np.zeros(len(rows))
    for locus in range(len(scene.panel)):
        logs = log10_of_rows(scene, unit, locus, rows)
        values += logs - logs[0] - alone[rows, locus].sum(axis=1)
        rows, values = rows[values > -np.inf], values[values > -np.inf]
        advance()
    return rows, values


def _one_by_one(scene: Scene, unit: Unit, chosen: Sequence[int]) -> LocalAssignments:
    """For one missing member with few candidates: the likelihood of each."""
    own = log10_likelihood(unit.pedigree, unit.readings, scene.panel).sum()
    rows, values = [[NOBODY]], [0.0]
    for victim in chosen:
        readings = together(unit.readings, scene.victims, [(unit.missing[0], victim)])
        both = log10_likelihood(unit.pedigree, readings, scene.panel).sum()
        rows.append([victim])
        values.append(float(both - own - scene.alone[victim].sum()))
    found = np.array(values)
    return LocalAssignments(np.array(rows, dtype=np.int64)[found > -np.inf], found[found > -np.inf])


def _extended(rows: Integers, number: int, chosen: Integers) -> Integers:
    """Each row as it is, and with each victim who is not yet in it at this missing member."""
    grown = np.repeat(rows, len(chosen), axis=0)
    grown[:, number] = np.tile(chosen, len(rows))
    others = np.delete(grown, number, axis=1)
    fresh = (others != grown[:, number][:, None]).all(axis=1)
    return np.concatenate([rows, grown[fresh]])
