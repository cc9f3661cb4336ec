"""The power of a family: what likelihood ratio to expect if the remains are, and are not, the missing person.

And whom to sample next: which untyped relative would raise the expected ratio most. Both rest on the family's table
alone: given the relatives' readings, the missing person shows reading g with probability P(g) T[g].
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from homeward.genetics.families import Family
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables
from homeward.search.statistics import genotype_distributions, share_of_strangers_above, simulated_log10_lr

__all__ = ["QUANTILES", "FamilyPower", "NextSample", "expected_log10_lr", "family_power", "whom_to_sample_next"]

Floats = NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_DRAWS_FOR_ONE_RELATIVE = 100


@dataclass(frozen=True)
class FamilyPower:
    """The distribution of log10 LR under both hypotheses, for a full profile.

    Quantiles are those of ``QUANTILES``; ``expected_if_identical`` is exact, the rest is simulated with ``n_draws``.
    """

    family: str
    missing: str
    expected_if_identical: float
    quantiles_if_identical: tuple[float, ...]
    quantiles_if_unrelated: tuple[float, ...]
    threshold: float
    share_found: float
    share_of_unrelated_above: float
    n_draws: int


@dataclass(frozen=True)
class NextSample:
    """An untyped relative and what their sample would add, by simulation."""

    member: str
    expected_log10_lr: float
    gain: float
    n_draws: int


def expected_log10_lr(ratios: Floats, layout: TableLayout, *, drawn_by: Floats | None = None) -> float:
    """Returns the expected log10 LR of the missing person's own full profile, exactly: sum of P(g) T[g] log10 T[g].

    It is never negative, and zero for a family that says nothing (Kullback and Leibler 1951). With theta the table
    without it (``drawn_by``) says how probable the missing person's readings are.
    """
    by = ratios if drawn_by is None else drawn_by
    return sum(
        _expectation(
            ratios[layout.starts[locus] :][: len(population)],
            population * by[layout.starts[locus] :][: len(population)],
        )
        for locus, population in enumerate(genotype_distributions(layout))
    )


def family_power(
    family: Family,
    missing: str,
    layout: TableLayout,
    *,
    threshold: float,
    generator: Generator,
    n_draws: int = 2000,
) -> FamilyPower:
    """Returns the power of a family for one missing member; see FamilyPower.

    The share of unrelated people above the threshold is found by importance sampling from the missing person's own
    profiles, so that shares of one in 10^9 are seen with few draws.
    """
    request = [TableRequest(family.pedigree, missing, family.genotypes)]
    ratios, plain = (family_tables(request, each).ratios(each)[0] for each in (layout, replace(layout, theta=0.0)))
    own = simulated_log10_lr(ratios, layout, n_draws, related=True, generator=generator, drawn_by=plain)
    strangers = simulated_log10_lr(ratios, layout, n_draws, related=False, generator=generator)
    above = own >= threshold
    return FamilyPower(
        family=family.name,
        missing=missing,
        expected_if_identical=expected_log10_lr(ratios, layout, drawn_by=plain),
        quantiles_if_identical=_quantiles(own),
        quantiles_if_unrelated=_quantiles(strangers),
        threshold=threshold,
        share_found=float(above.mean()),
        share_of_unrelated_above=share_of_strangers_above(
            ratios, layout, threshold, n_draws=n_draws, generator=generator
        ),
        n_draws=n_draws,
    )


def whom_to_sample_next(
    family: Family,
    missing: str,
    layout: TableLayout,
    *,
    generator: Generator,
    candidates: Sequence[str] | None = None,
    n_draws: int = _DRAWS_FOR_ONE_RELATIVE,
) -> tuple[NextSample, ...]:
    """Returns the untyped relatives, the most useful first.

    Each candidate's profile is drawn given what is known of the family, added to it, and the expected log10 LR of the
    larger family averaged over the draws. Candidates default to all members who are neither typed nor missing.
    """
    plain = replace(layout, theta=0.0)
    now = _mean_expectation([TableRequest(family.pedigree, missing, family.genotypes)], layout)
    results = []
    for candidate in family.untyped_members if candidates is None else candidates:
        own = family_tables([TableRequest(family.pedigree, candidate, family.genotypes)], plain).ratios(plain)[0]
        drawn = _drawn_profiles(own, layout, n_draws, generator)
        requests = [
            TableRequest(family.pedigree, missing, {**family.genotypes, candidate: profile}) for profile in drawn
        ]
        expected = _mean_expectation(requests, layout)
        results.append(NextSample(candidate, expected, expected - now, n_draws))
    return tuple(sorted(results, key=lambda result: (-result.expected_log10_lr, result.member)))


def _mean_expectation(requests: Sequence[TableRequest], layout: TableLayout) -> float:
    """The expected log10 LR, averaged over several ways in which a family may read."""
    tables, drawn_by = (family_tables(requests, each).ratios(each) for each in (layout, replace(layout, theta=0.0)))
    return float(
        np.mean([expected_log10_lr(row, layout, drawn_by=by) for row, by in zip(tables, drawn_by, strict=True)])
    )


def _drawn_profiles(
    ratios: Floats, layout: TableLayout, n_draws: int, generator: Generator
) -> list[dict[str, tuple[str, ...]]]:
    profiles: list[dict[str, tuple[str, ...]]] = [{} for _ in range(n_draws)]
    for locus, population in enumerate(genotype_distributions(layout)):
        weights = population * ratios[layout.starts[locus] :][: len(population)]
        if not weights.sum() > 0:
            # Nothing can be drawn where the relatives exclude each other: the candidate then adds no reading at this
            # marker.
            continue
        codes = generator.choice(len(weights), size=n_draws, p=weights / weights.sum())
        name = layout.panel.markers[locus].name
        for profile, code in zip(profiles, codes.tolist(), strict=True):
            profile[name] = layout.panel.reading(locus, code)
    return profiles


def _expectation(own: Floats, weights: Floats) -> float:
    total = float(weights.sum())
    if not total > 0:
        return 0.0
    # 0 log 0 is 0 in an expectation; NumPy would make it NaN.
    seen = (weights > 0) & (own > 0)
    return float((weights[seen] / total * np.log10(own[seen])).sum())


def _quantiles(values: Floats) -> tuple[float, ...]:
    # Interpolating between a number and minus infinity gives NaN; the nearest draw is one that can be told.
    if not np.isfinite(values).all():
        return tuple(float(value) for value in np.quantile(values, QUANTILES, method="nearest"))
    return tuple(float(value) for value in np.quantile(values, QUANTILES))
