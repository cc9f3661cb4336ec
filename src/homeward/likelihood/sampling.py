"""Sampling of assignments, where a component is too entangled for an exact sum: Gibbs steps and exchanges.

One step draws who is one missing person, given all others. Another takes two missing persons and the victims placed at
them, and draws anew how these are placed: a victim moves on, or two change places, without passing through a state in
which both are nobody. Each step adds the probabilities that it drew from, not the draw (Rao-Blackwell). Standard errors
are those of the means of batches, over several chains that start apart.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from homeward.likelihood.conditionals import Conditionals

__all__ = ["Sampled", "SamplingOptions", "sampled"]

NOBODY = -1
LOG_10 = float(np.log(10.0))
FEW_SLOTS = 30
LIKELY = 6

Floats = NDArray[np.float64]
Slot = tuple[int, str]
"""A missing person: number of the unit, name."""


@dataclass(frozen=True)
class SamplingOptions:
    """How long is sampled. A sweep is one Gibbs step and two exchanges for each missing person.

    With ``always`` nothing is summed exactly, to compare the two.
    """

    seed: int = 1
    n_chains: int = 4
    n_batches: int = 10
    n_steps: int = 20_000
    fewest_sweeps: int = 40
    always: bool = False

    def sweeps_of_batch(self, n_slots: int) -> int:
        """Sweeps of each batch; before the first one, each chain runs as long as two batches."""
        sweeps = self.n_steps // (self.n_chains * (self.n_batches + 2) * max(n_slots, 1))
        return max(self.fewest_sweeps // self.n_batches, sweeps)


@dataclass(frozen=True, eq=False)
class Sampled:
    """Posteriors of each missing person over victims, their standard errors, and the assignments met most often.

    ``posteriors`` is (n_slots, n_victims); ``nobody`` and ``unplaced`` are those of a missing person or a victim
    without a partner. ``best`` holds (log10 LR, victim of each slot, share of the sweeps, its standard error).
    """

    slots: tuple[Slot, ...]
    posteriors: Floats
    errors: Floats
    nobody_errors: Floats
    unplaced_errors: Floats
    best: tuple[tuple[float, tuple[int, ...], float, float], ...]


@dataclass
class _Chain:
    """One chain: who is placed where, and sums of the probabilities that its steps drew from."""

    slots: tuple[Slot, ...]
    mates: tuple[tuple[int, ...], ...]
    conditionals: Conditionals
    rng: np.random.Generator
    placed: list[int] = field(init=False)
    taken: NDArray[np.bool_] = field(init=False)
    sums: Floats = field(init=False)
    counts: Floats = field(init=False)

    def __post_init__(self) -> None:
        n_victims = len(self.conditionals.scene.victims.ids)
        self.placed = [NOBODY] * len(self.slots)
        self.taken = np.zeros(n_victims + 1, dtype=np.bool_)
        self.forget()

    def forget(self) -> None:
        """Begins new sums."""
        self.sums = np.zeros((len(self.slots), len(self.taken)))  # the last column stands for nobody
        self.counts = np.zeros(len(self.slots))

    def log_lrs(self, slot: int, changed: Mapping[int, int] | None = None) -> Floats:
        """Natural logarithm of the LR of every victim at a slot, and of nobody (0) as the last one."""
        number, name = self.slots[slot]
        others = []
        for mate in self.mates[slot]:
            victim = (changed or {}).get(mate, self.placed[mate])
            if mate != slot and victim != NOBODY:
                others.append((self.slots[mate][1], victim))
        lrs = self.conditionals.log10_lrs(number, name, tuple(others))
        return np.append(lrs * LOG_10, 0.0)

    def draw(self, slot: int) -> None:
        """One Gibbs step: who is this missing person, given all others."""
        logs = self.log_lrs(slot)
        own = self.placed[slot]
        blocked = self.taken.copy()
        blocked[own] = blocked[-1] = False
        logs[blocked] = -np.inf
        shares = np.exp(logs - logs.max())
        shares /= shares.sum()
        self.sums[slot] += shares
        self.counts[slot] += 1
        self.place(slot, _one_of(shares, self.rng))

    def exchange(self, first: int, second: int, victim: int | None) -> None:
        """Draws anew how victims are placed at two slots: who is there changes place, or ``victim`` comes or goes.

        The ways to choose from are the same ones from each of them, so that the draw keeps the posterior. Where there
        is one way only, it counts like a draw: leaving it out would favour the states in which there are more.
        """
        ways = self._ways(self.placed[first], self.placed[second], victim)
        if first in self.mates[second]:
            alone = self.log_lrs(first, {second: NOBODY})
            beside = {a: self.log_lrs(second, {first: a}) for a in {a for a, _ in ways} if alone[a] > -np.inf}
            logs = [alone[a] + (beside[a][b] if a in beside else 0.0) for a, b in ways]
        else:
            left, right = self.log_lrs(first), self.log_lrs(second)
            logs = [left[a] + right[b] for a, b in ways]
        values = np.array(logs)
        shares = np.exp(values - values.max())
        shares /= shares.sum()
        for (a, b), share in zip(ways, shares.tolist(), strict=True):
            self.sums[first, a] += share
            self.sums[second, b] += share
        self.counts[[first, second]] += 1
        chosen = ways[_one_of(shares, self.rng)]
        self.place(first, NOBODY)
        self.place(second, chosen[1])
        self.place(first, chosen[0])

    def _ways(self, a: int, b: int, victim: int | None) -> list[tuple[int, int]]:
        """How the victims of two slots, and one more who may be free, can be placed there."""
        if victim is None:
            return [(a, b), (b, a)] if a != b else [(a, b)]
        others = [each for each in (a, b) if each not in (NOBODY, victim)]
        if len(others) > 1 or (self.taken[victim] and victim not in (a, b)):
            return [(a, b)]
        if not others:
            return [(NOBODY, NOBODY), (victim, NOBODY), (NOBODY, victim)]
        stays = others[0]
        return [(stays, NOBODY), (NOBODY, stays), (stays, victim), (victim, stays)]

    def place(self, slot: int, victim: int) -> None:
        """Puts a victim (or nobody: -1, or the last number) at a slot."""
        if self.placed[slot] != NOBODY:
            self.taken[self.placed[slot]] = False
        self.placed[slot] = NOBODY if victim == len(self.taken) - 1 else victim
        if self.placed[slot] != NOBODY:
            self.taken[victim] = True

    def sweep(self, neighbours: "_Neighbours") -> None:
        """One Gibbs step for each slot in random order, and two exchanges for each, of pairs of slots at random."""
        for slot in self.rng.permutation(len(self.slots)).tolist():
            self.draw(slot)
        for number in self.rng.integers(len(neighbours.pairs), size=2 * len(self.slots) * bool(neighbours.pairs)):
            first, second = neighbours.pairs[number]
            likely = neighbours.likely[number]
            chosen = int(self.rng.integers(-1, len(likely)))
            self.exchange(first, second, None if chosen < 0 else likely[chosen])


@dataclass(frozen=True)
class _Neighbours:
    """Pairs of slots that may exchange victims, and for each pair the victims who may come or go.

    Neither depends on the state, so that drawing from them favours no assignment.
    """

    pairs: tuple[tuple[int, int], ...]
    likely: tuple[tuple[int, ...], ...]


def sampled(
    slots: Sequence[Slot],
    conditionals: Conditionals,
    *,
    options: SamplingOptions,
    most: int,
    advance: Callable[[], None],
) -> Sampled:
    """Posteriors of a component by sampling; the same seed gives the same answer."""
    slots = tuple(slots)
    alone = np.array([conditionals.log10_lrs(number, name) for number, name in slots])
    neighbours = _neighbours(slots, alone)
    mates = tuple(tuple(i for i, other in enumerate(slots) if other[0] == slot[0]) for slot in slots)
    batches: list[tuple[Floats, Floats]] = []
    met: list[dict[tuple[int, ...], int]] = []
    n_sweeps = options.sweeps_of_batch(len(slots))
    for number in range(options.n_chains):
        chain = _Chain(slots, mates, conditionals, np.random.default_rng([options.seed, number]))
        if number % 2 == 0:
            _start_greedily(chain, alone)
        for batch in range(-2, options.n_batches):
            chain.forget()
            found: dict[tuple[int, ...], int] = {}
            for _ in range(n_sweeps):
                chain.sweep(neighbours)
                key = tuple(chain.placed)
                found[key] = found.get(key, 0) + 1
            if batch >= 0:
                means = chain.sums / chain.counts[:, None]
                batches.append((means, np.maximum(0.0, 1.0 - means[:, :-1].sum(axis=0))))
                met.append(found)
            advance()
    means = np.array([each for each, _ in batches])
    unplaced = np.array([each for _, each in batches])
    # A mode with a share below one in all sweeps may never have been met, and batches cannot tell.
    resolution = 1.0 / (len(batches) * n_sweeps)
    errors = np.hypot(_errors(means), resolution)
    return Sampled(
        slots=slots,
        posteriors=means.mean(axis=0)[:, :-1],
        errors=np.where(np.isfinite(alone), errors[:, :-1], 0.0),
        nobody_errors=errors[:, -1],
        unplaced_errors=np.hypot(_errors(unplaced), resolution),
        best=_met_most(met, n_sweeps, most, lambda placed: _log10_lr(slots, placed, conditionals)),
    )


def _errors(values: Floats) -> Floats:
    """Standard error of the mean over batches (the first axis)."""
    errors: Floats = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return errors


def _one_of(shares: Floats, rng: np.random.Generator) -> int:
    """A position drawn with these probabilities."""
    return min(int(np.searchsorted(np.cumsum(shares), rng.random(), side="right")), len(shares) - 1)


def _neighbours(slots: Sequence[Slot], alone: Floats) -> _Neighbours:
    """Slots of one unit, and slots with a victim who is among the likely ones of both; all pairs where they are few."""
    n = len(slots)
    possible = [np.flatnonzero(np.isfinite(row)) for row in alone]
    top = [own[np.argsort(-alone[slot, own], kind="stable")[:LIKELY]].tolist() for slot, own in enumerate(possible)]
    if n <= FEW_SLOTS:
        pairs = {(i, j) for i in range(n) for j in range(i)}
    else:
        pairs = _pairs_within(slots)
        for victim in range(alone.shape[1]):
            best = [i for i in np.argsort(-alone[:, victim], kind="stable")[:LIKELY].tolist() if alone[i, victim] > 0]
            pairs |= {(max(i, j), min(i, j)) for i in best for j in best if i != j}
    ordered = sorted(pairs)
    return _Neighbours(tuple(ordered), tuple(tuple(sorted({*top[i], *top[j]})) for i, j in ordered))


def _pairs_within(slots: Sequence[Slot]) -> set[tuple[int, int]]:
    """Pairs of slots of one unit."""
    units: dict[int, list[int]] = {}
    for slot, (number, _) in enumerate(slots):
        units.setdefault(number, []).append(slot)
    return {(i, j) for own in units.values() for i in own for j in own if i > j}


def _start_greedily(chain: _Chain, alone: Floats) -> None:
    """Places the pairs with the largest LRs above 1, where victim and missing person are still free."""
    order = np.argsort(-alone, axis=None, kind="stable")
    for position in order.tolist():
        slot, victim = divmod(position, alone.shape[1])
        if alone[slot, victim] <= 0:
            break
        if chain.placed[slot] == NOBODY and not chain.taken[victim] and chain.log_lrs(slot)[victim] > -np.inf:
            chain.place(slot, victim)


def _log10_lr(slots: Sequence[Slot], placed: Sequence[int], conditionals: Conditionals) -> float:
    """Log10 LR of an assignment: victim after victim, each given those already placed in the unit."""
    total = 0.0
    beside: dict[int, tuple[tuple[str, int], ...]] = {}
    for (number, name), victim in zip(slots, placed, strict=True):
        if victim != NOBODY:
            total += float(conditionals.log10_lrs(number, name, beside.get(number, ()))[victim])
            beside[number] = (*beside.get(number, ()), (name, victim))
    return total


def _met_most(
    met: Sequence[Mapping[tuple[int, ...], int]],
    n_sweeps: int,
    most: int,
    log10_lr: Callable[[Sequence[int]], float],
) -> tuple[tuple[float, tuple[int, ...], float, float], ...]:
    """The assignments met, largest LR first, with their share of the sweeps and its standard error."""
    total: dict[tuple[int, ...], int] = {}
    for batch in met:
        for placed, times in batch.items():
            total[placed] = total.get(placed, 0) + times
    often = sorted(total, key=lambda placed: (-total[placed], placed))[: 4 * most]
    found = []
    for placed in often:
        shares = np.array([batch.get(placed, 0) / n_sweeps for batch in met])
        error = float(np.hypot(_errors(shares), 1.0 / (len(met) * n_sweeps)))
        found.append((log10_lr(placed), placed, float(shares.mean()), error))
    return tuple(sorted(found, key=lambda each: -each[0])[:most])
