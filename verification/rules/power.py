"""True pairs before all rules: which share may be proposed, and signed, and which rules hold the others back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.random import Generator
from verification.rules.board import Asked, Family, verdict
from verification.rules.families import FAMILY_KINDS, Degradation, FamilyKind
from verification.rules.frequencies import Floats, Integers, Ladder
from verification.rules.inheritance import read_bone, subpopulations
from verification.rules.kinship import Chances, likelihood_ratio

__all__ = ["SENSITIVITY_THETAS", "Cell", "Model", "Pairs", "draw_pairs", "judge_pairs", "lowest_ratios", "power"]

SENSITIVITY_THETAS = (0.0, 0.01, 0.03)
RESAMPLED_OF_FOUR = 3


@dataclass(frozen=True, eq=False)
class Model:
    """Frequencies of the population in which people are drawn and ratios computed, those of all others, mutation."""

    ladder: Ladder
    drawn_from: str
    computed_with: str
    mutation_rate: float

    def chances(self, theta: float, population: str | None = None) -> Chances:
        """Returns the chances of readings over all loci."""
        return Chances(self.ladder.of(population or self.computed_with), theta, 1 - self.mutation_rate)


@dataclass(frozen=True, eq=False)
class Pairs:
    """True pairs of one kind: donors, the bones' readings and drop-out, and their ratios."""

    kind: FamilyKind
    donors: Integers
    readings: Integers
    drop_out: float
    log10_lr: Floats
    lowest_log10_lr: Floats


@dataclass
class Cell:
    """What became of n true pairs; ``against`` counts the codes of those that may not be signed, each code apart."""

    kind: str
    degradation: Degradation
    theta: float
    asked: Asked
    n: int = 0
    reaches_threshold: int = 0
    proposed: int = 0
    signed: int = 0
    against: Counter[str] = field(default_factory=Counter)
    median_log10_lr: float = 0.0


def draw_pairs(
    model: Model, kind: FamilyKind, degradation: Degradation, *, theta: float, n: int, generator: Generator
) -> Pairs:
    """Returns n true pairs, each family of a subpopulation of its own."""
    frequencies = model.ladder.populations[model.drawn_from]
    genes = subpopulations(frequencies, theta, n, mutation_rate=model.mutation_rate, generator=generator)
    donors, missing = kind.draw(genes, n)
    readings = read_bone(missing, np.full(n, degradation.value), generator)
    own = _log10_ratios(kind, donors, readings, degradation.value, model.chances(theta))
    lowest = lowest_ratios(model, kind, donors, readings, drop_out=degradation.value)
    return Pairs(kind, donors, readings, degradation.value, own, np.minimum(own, lowest))


def lowest_ratios(
    model: Model, kind: FamilyKind, donors: Integers, readings: Integers, *, drop_out: float | Floats
) -> Floats:
    """Returns the lowest log10 ratio over all populations and values of theta."""
    ratios = (
        _log10_ratios(kind, donors, readings, drop_out, model.chances(theta, population))
        for population in model.ladder.populations
        for theta in SENSITIVITY_THETAS
    )
    return reduce(np.minimum, ratios)


def _log10_ratios(
    kind: FamilyKind, donors: Integers, readings: Integers, drop_out: float | Floats, chances: Chances
) -> Floats:
    ratios = likelihood_ratio(
        kind.patterns_of(donors, chances), readings[..., 0], readings[..., 1], chances, drop_out=drop_out
    )
    return np.asarray(np.log10(ratios).sum(axis=-1))


def judge_pairs(pairs: Pairs, cell: Cell) -> Cell:
    """Returns the cell, filled: each pair is a case of its own, all others on the list counting with a ratio of 1.

    Of four families with a single donor three were sampled again.
    """
    cell.n = len(pairs.log10_lr)
    cell.median_log10_lr = float(np.median(pairs.log10_lr))
    for number, (own, lowest) in enumerate(zip(pairs.log10_lr.tolist(), pairs.lowest_log10_lr.tolist(), strict=True)):
        resampled = pairs.kind.n_donors == 1 and number % 4 < RESAMPLED_OF_FOUR
        family = Family("person", own, lowest, pairs.kind.n_donors, resampled)
        judgement = verdict([family], "person", cell.asked)
        cell.reaches_threshold += "below_threshold" not in judgement.against_signing
        cell.proposed += not judgement.against_proposing
        cell.signed += not judgement.against_signing
        cell.against.update(judgement.against_signing)
    return cell


def power(
    model: Model, *, thetas: Sequence[float], lists: Sequence[Asked], n: int, generator: Generator
) -> Iterator[Cell]:
    """Yields a cell for each theta, degradation, kind of family and list; the same pairs stand before each list."""
    for theta in thetas:
        for degradation in Degradation:
            for kind in FAMILY_KINDS:
                pairs = draw_pairs(model, kind, degradation, theta=theta, n=n, generator=generator)
                for asked in lists:
                    yield judge_pairs(pairs, Cell(kind.name, degradation, theta, asked))
