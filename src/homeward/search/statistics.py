"""What a likelihood ratio means in a search of this size: chance matches, and profiles drawn from a family's table.

See docs/concepts/search-statistics.md for the formulas, their assumptions and where they fail.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from homeward.likelihood.tables import TableLayout, family_tables
from homeward.search.members import MissingMember

__all__ = [
    "ChanceMatches",
    "chance_matches",
    "genotype_distributions",
    "share_of_strangers_above",
    "simulated_log10_lr",
]

Floats = NDArray[np.float64]
_MOST_FAMILIES = 400
_DRAWS = 500


@dataclass(frozen=True)
class ChanceMatches:
    """How many pairs of unrelated people a search of this size puts on the shortlist.

    ``expected`` is an estimate with its standard error. ``at_most`` is the number of pairs divided by the threshold t:
    the mean ratio of strangers is 1, so no more than one in t reaches t. That holds for the mean over strangers whose
    readings have the probabilities of the denominator, that is if the frequencies (and theta) are those of the
    strangers' population; it does not hold for other frequencies, nor for relatives.
    """

    expected: float
    standard_error: float
    at_most: float
    n_families_sampled: int


def genotype_distributions(layout: TableLayout) -> tuple[Floats, ...]:
    """Returns, for each marker, the probability of each reading of a person from the population, unrelated to all."""
    distributions = []
    for marker in layout.panel.markers:
        # The order of genotypes in a table: (0,0), (1,0), (1,1), (2,0) and so on.
        larger, smaller = np.tril_indices(marker.n_alleles)
        p = marker.frequencies / marker.frequencies.sum()
        distributions.append(np.where(larger == smaller, 1.0, 2.0) * p[larger] * p[smaller])
    return tuple(distributions)


def simulated_log10_lr(
    ratios: Floats,
    layout: TableLayout,
    n_draws: int,
    *,
    related: bool,
    generator: Generator,
    drawn_by: Floats | None = None,
) -> Floats:
    """Returns log10 likelihood ratios of simulated full profiles against one table row, (n_draws,).

    With ``related``, profiles are drawn as the missing person's, given what the relatives show: at each marker the
    probability of reading g is in proportion to P(g) T[g], with T of ``drawn_by`` where that is given (a table without
    theta, whose P(g) T[g] is the exact one). Otherwise they are drawn from the population. Markers are independent.
    """
    total = np.zeros(n_draws)
    for locus, population in enumerate(genotype_distributions(layout)):
        start = int(layout.starts[locus])
        own = ratios[start : start + len(population)]
        by = own if drawn_by is None else drawn_by[start : start + len(population)]
        weights = population * by if related else population
        if not weights.sum() > 0:
            # Relatives who exclude each other at this marker leave no reading to draw.
            return np.full(n_draws, -np.inf)
        drawn = generator.choice(len(own), size=n_draws, p=weights / weights.sum())
        with np.errstate(divide="ignore"):
            total += np.log10(own[drawn])
    return total


def chance_matches(
    members: Sequence[MissingMember],
    layout: TableLayout,
    *,
    n_samples: int,
    min_log10_lr: float,
    generator: Generator,
) -> ChanceMatches:
    """Returns the expected number of unrelated pairs at or above the threshold, for full profiles.

    Importance sampling: P(LR >= t | unrelated) is the mean of 1/LR over profiles of the missing person with
    LR >= t, which finds events of one in 10^9 with a few hundred draws. A sample of families stands for all.
    """
    n_pairs = float(n_samples) * len(members)
    at_most = min(n_pairs, n_pairs * 10.0**-min_log10_lr)
    if not members or not n_samples:
        return ChanceMatches(0.0, 0.0, 0.0, 0)
    chosen = generator.choice(len(members), size=min(len(members), _MOST_FAMILIES), replace=False)
    tables = family_tables([members[row].request for row in sorted(chosen.tolist())], layout)
    shares = np.array(
        [
            share_of_strangers_above(row, layout, min_log10_lr, n_draws=_DRAWS, generator=generator)
            for row in tables.ratios(layout)
        ]
    )
    error = float(shares.std(ddof=1) / math.sqrt(len(shares))) if len(shares) > 1 else float(shares[0])
    return ChanceMatches(n_pairs * float(shares.mean()), n_pairs * error, at_most, len(shares))


def _log10_mean(ratios: Floats, layout: TableLayout) -> float:
    """Log10 of the mean ratio of full profiles from the population: 0 without theta, a little beside it with theta."""
    means = [
        float(population @ ratios[layout.starts[locus] :][: len(population)])
        for locus, population in enumerate(genotype_distributions(layout))
    ]
    return sum(math.log10(mean) for mean in means) if min(means, default=1.0) > 0 else 0.0


def share_of_strangers_above(
    ratios: Floats, layout: TableLayout, threshold: float, *, n_draws: int, generator: Generator
) -> float:
    """Returns the share of people from the population whose full profile reaches the threshold against one table row.

    Importance sampling: a draw of the missing person's own profile has the density P(g) T[g] / mean(T), so the share of
    strangers is the mean of mean(T) / T over the draws that reach the threshold, however rare it is.
    """
    drawn = simulated_log10_lr(ratios, layout, n_draws, related=True, generator=generator)
    # np.where computes both sides: without the maximum, a ratio far below the threshold overflows before it is dropped.
    weights = 10.0 ** (_log10_mean(ratios, layout) - np.maximum(drawn, threshold))
    return float(np.where(drawn >= threshold, weights, 0.0).mean())
