"""Components of a joint case: victims and missing persons whom possible pairs tie together, each weighed by itself.

A victim who may be none of the missing is in no component. What one component says is independent of every other one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from homeward.likelihood.conditionals import Conditionals
from homeward.likelihood.elimination import MOST_WORK, Eliminated, Ordering, eliminated, ordering_of
from homeward.likelihood.joint_units import Scene
from homeward.likelihood.local_assignments import (
    MOST_LOCAL_ASSIGNMENTS,
    LocalAssignments,
    local_assignments,
    may_be_impossible,
)
from homeward.likelihood.negligible_pairs import negligible_pairs
from homeward.likelihood.sampling import Sampled, SamplingOptions, sampled

__all__ = ["Likely", "Pairs", "Weighed", "pairs_of", "weighed_components"]

MOST_ORDERING_WORK = 30_000_000

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Slot = tuple[int, str]


@dataclass(frozen=True)
class Likely:
    """One assignment of a component: log10 LR, (victim, slot) pairs, posterior and its standard error (0: exact)."""

    log10_lr: float
    pairs: tuple[tuple[int, int], ...]
    posterior: float
    standard_error: float = 0.0


@dataclass(frozen=True, eq=False)
class Pairs:
    """Log10 LR of each victim for each missing person (slot), nobody else placed; -inf where there is no pair."""

    slots: tuple[Slot, ...]
    log10_lrs: Floats


@dataclass(frozen=True, eq=False)
class Weighed:
    """What one component says: posteriors of its pairs (n_victims, n_slots), and its most probable assignments.

    ``log10_sum`` is the log10 of the LRs summed over all its assignments, None where it was sampled. ``left_out``
    bounds the posterior of what was not summed.
    """

    victims: tuple[int, ...]
    slots: tuple[int, ...]
    posteriors: Floats
    errors: Floats
    nobody_errors: Floats
    unplaced_errors: Floats
    best: tuple[Likely, ...]
    log10_sum: float | None
    left_out: float = 0.0

    @property
    def is_exact(self) -> bool:
        """False where the component was sampled."""
        return self.log10_sum is not None


def pairs_of(conditionals: Conditionals, advance: Callable[[], None]) -> Pairs:
    """All pairs of the case: each family is peeled once for each missing person, victims are looked up."""
    slots = [(number, name) for number, unit in enumerate(conditionals.scene.units) for name in unit.missing]
    columns = []
    for number, name in slots:
        columns.append(conditionals.log10_lrs(number, name))
        advance()
    n_victims = len(conditionals.scene.victims.ids)
    lrs = np.array(columns, dtype=np.float64).reshape(len(slots), n_victims).T
    return Pairs(tuple(slots), np.ascontiguousarray(lrs))


def weighed_components(
    conditionals: Conditionals, pairs: Pairs, *, most: int, options: SamplingOptions, advance: Callable[[], None]
) -> list[Weighed]:
    """Every component, exact where that is within reach, else without negligible pairs, else sampled."""
    result = []
    for victims, slots in _components(pairs, np.isfinite(pairs.log10_lrs)):
        exact = None
        if not options.always:
            exact = _exact(conditionals.scene, pairs, victims, slots, most=most, advance=advance)
        if exact is not None:
            result.append(exact)
            continue
        component = victims, slots
        result += _without_negligible(conditionals, pairs, component, most=most, options=options, advance=advance)
    return result


def _without_negligible(
    conditionals: Conditionals,
    pairs: Pairs,
    component: tuple[list[int], list[int]],
    *,
    most: int,
    options: SamplingOptions,
    advance: Callable[[], None],
) -> list[Weighed]:
    """A component that is too large as it stands: taken apart by leaving out negligible pairs, or sampled."""
    victims, slots = component
    block = np.ix_(victims, slots)
    numbers = [pairs.slots[slot][0] for slot in slots]
    single = np.array([numbers.count(number) == 1 for number in numbers])
    out, mass = negligible_pairs(pairs.log10_lrs[block], single)
    kept = pairs.log10_lrs.copy()
    kept[block] = np.where(out, -np.inf, kept[block])
    reduced = Pairs(pairs.slots, kept)
    inside = np.zeros_like(kept, dtype=np.bool_)
    inside[block] = np.isfinite(kept[block])
    result = []
    for number, (some_victims, some_slots) in enumerate(_components(reduced, inside, set(slots))):
        exact = None
        if not options.always:
            exact = _exact(conditionals.scene, reduced, some_victims, some_slots, most=most, advance=advance)
        if exact is None:
            exact = _sampled(conditionals, reduced, some_victims, some_slots, options, most=most, advance=advance)
        result.append(_with_left_out(exact, mass if number == 0 else 0.0))
    return result


def _with_left_out(weighed: Weighed, mass: float) -> Weighed:
    return Weighed(**{**weighed.__dict__, "left_out": mass})


def _components(pairs: Pairs, is_pair: Flags, slots: set[int] | None = None) -> list[tuple[list[int], list[int]]]:
    """(victims, slots) of each component that has a pair; slots of one unit stay together."""
    group = list(range(len(pairs.slots)))

    def root(slot: int) -> int:
        while group[slot] != slot:
            group[slot] = group[group[slot]]
            slot = group[slot]
        return slot

    first_of_unit: dict[int, int] = {}
    for slot, (number, _) in enumerate(pairs.slots):
        group[root(slot)] = root(first_of_unit.setdefault(number, slot))
    for row in is_pair:
        tied = np.flatnonzero(row).tolist()
        for slot in tied[1:]:
            group[root(slot)] = root(tied[0])
    found: dict[int, tuple[list[int], list[int]]] = {}
    for slot in range(len(pairs.slots)):
        if slots is None or slot in slots:
            found.setdefault(root(slot), ([], []))[1].append(slot)
    for victim, row in enumerate(is_pair):
        if row.any():
            found[root(int(np.argmax(row)))][0].append(victim)
    return [(victims, own) for victims, own in found.values() if victims]


def _exact(
    scene: Scene,
    pairs: Pairs,
    victims: Sequence[int],
    slots: Sequence[int],
    *,
    most: int,
    advance: Callable[[], None],
) -> Weighed | None:
    """The component weighed exactly, or None where that is out of reach."""
    units = _by_unit(pairs, slots)
    candidates = [[np.flatnonzero(np.isfinite(pairs.log10_lrs[:, slot])).tolist() for slot in own] for _, own in units]
    ordering = _ordering(scene, units, candidates)
    if ordering is None:
        return None
    locals_by_unit: list[LocalAssignments] = []
    for (number, _), chosen in zip(units, candidates, strict=True):
        found = local_assignments(scene, scene.units[number], chosen, advance)
        if found is None:
            return None
        locals_by_unit.append(found)
    if ordering.work([len(np.unique(each.victims, axis=0)) for each in locals_by_unit]) > MOST_WORK:
        return None
    done = eliminated(locals_by_unit, ordering, most=most, advance=advance)
    return _weighed(done, units, locals_by_unit, victims, slots)


def _by_unit(pairs: Pairs, slots: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Units with their slots."""
    units: dict[int, list[int]] = {}
    for slot in slots:
        units.setdefault(pairs.slots[slot][0], []).append(slot)
    return list(units.items())


def _ordering(
    scene: Scene, units: Sequence[tuple[int, list[int]]], candidates: Sequence[Sequence[Sequence[int]]]
) -> Ordering | None:
    """An order in which the component can be summed, or None where tables or states would be too many."""
    sets = [frozenset(victim for chosen in own for victim in chosen) for own in candidates]
    if not may_be_impossible(scene) and any(_least_assignments(own) > MOST_LOCAL_ASSIGNMENTS for own in candidates):
        return None
    if len(units) ** 2 * sum(map(len, sets)) > MOST_ORDERING_WORK * len(units):
        return None
    ordering = ordering_of(sets)
    return ordering if ordering.work([1] * len(units)) <= MOST_WORK else None


def _least_assignments(candidates: Sequence[Sequence[int]]) -> int:
    """So many local assignments there are at least, where none turns out impossible."""
    total = 1
    for i, chosen in enumerate(candidates):
        total *= 1 + max(len(chosen) - i, 0)
    return total


def _weighed(
    done: Eliminated,
    units: Sequence[tuple[int, list[int]]],
    locals_by_unit: Sequence[LocalAssignments],
    victims: Sequence[int],
    slots: Sequence[int],
) -> Weighed:
    row_of, column_of = ({each: i for i, each in enumerate(own)} for own in (victims, slots))
    posteriors = np.zeros((len(victims) + 1, len(slots)))  # the last row stands for nobody
    rows = np.full(max(victims) + 2, len(victims))
    rows[list(victims)] = [row_of[victim] for victim in victims]
    for (_, own), local, shares in zip(units, locals_by_unit, done.posteriors, strict=True):
        for number, slot in enumerate(own):
            np.add.at(posteriors[:, column_of[slot]], rows[local.victims[:, number]], shares)
    best = []
    for log10_lr, chosen in done.best:
        placed = []
        for unit, row in chosen:
            for slot, victim in zip(units[unit][1], locals_by_unit[unit].victims[row].tolist(), strict=True):
                placed += [(victim, slot)] if victim >= 0 else []
        posterior = float(np.exp(log10_lr * log(10) - done.log_sum))
        best.append(Likely(log10_lr, tuple(placed), posterior))
    return Weighed(
        victims=tuple(victims),
        slots=tuple(slots),
        posteriors=posteriors[:-1],
        errors=np.zeros((len(victims), len(slots))),
        nobody_errors=np.zeros(len(slots)),
        unplaced_errors=np.zeros(len(victims)),
        best=tuple(best),
        log10_sum=done.log_sum / log(10),
    )


def _sampled(
    conditionals: Conditionals,
    pairs: Pairs,
    victims: Sequence[int],
    slots: Sequence[int],
    options: SamplingOptions,
    *,
    most: int,
    advance: Callable[[], None],
) -> Weighed:
    found: Sampled = sampled(
        [pairs.slots[slot] for slot in slots], conditionals, options=options, most=most, advance=advance
    )
    best = [
        Likely(
            log10_lr,
            tuple((victim, slot) for victim, slot in zip(placed, slots, strict=True) if victim >= 0),
            share,
            error,
        )
        for log10_lr, placed, share, error in found.best
    ]
    own = list(victims)
    return Weighed(
        victims=tuple(victims),
        slots=tuple(slots),
        posteriors=found.posteriors[:, own].T,
        errors=found.errors[:, own].T,
        nobody_errors=found.nobody_errors,
        unplaced_errors=found.unplaced_errors[own],
        best=tuple(best),
        log10_sum=None,
    )
