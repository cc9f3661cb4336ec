"""Chance matches, prior and posterior, power, and whom to sample next."""

import numpy as np
import pytest
from tests.search.conftest import Example

from homeward.genetics.families import Family
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood.tables import TableRequest, family_tables
from homeward.search.members import MissingMember
from homeward.search.power import expected_log10_lr, family_power, whom_to_sample_next
from homeward.search.statistics import (
    chance_matches,
    genotype_distributions,
    simulated_log10_lr,
)

CHILD = Pedigree.of([Member("MP", "F", "M"), Member("F"), Member("M")])


def generator() -> np.random.Generator:
    return np.random.default_rng(3)


def family_of(example: Example, *typed: str) -> Family:
    profile = next(sample.profile for sample in example.remains if set(sample.drop_out.values()) == {DropOutClass.NONE})
    return Family("F", ("MP",), CHILD, dict.fromkeys(typed, profile))


def row_of(example: Example, family: Family) -> np.ndarray:
    return family_tables([TableRequest(family.pedigree, "MP", family.genotypes)], example.layout).values[0]


def test_genotype_distributions__sum_to_one(example: Example) -> None:
    for distribution in genotype_distributions(example.layout):
        assert distribution.sum() == pytest.approx(1.0)


def test_simulated_log10_lr__has_the_exact_mean_for_the_missing_person(example: Example) -> None:
    row = row_of(example, family_of(example, "F", "M"))
    own = simulated_log10_lr(row, example.layout, 4000, related=True, generator=generator())
    assert own.mean() == pytest.approx(expected_log10_lr(row, example.layout), abs=4 * own.std() / 4000**0.5)
    strangers = simulated_log10_lr(row, example.layout, 500, related=False, generator=generator())
    assert strangers.mean() < 0 < own.mean()


def test_chance_matches__agrees_with_counting_strangers(example: Example) -> None:
    members = [MissingMember(family_of(example, "M"), "MP")]
    threshold, n = 1.0, 200_000
    row = row_of(example, members[0].family)
    counted = simulated_log10_lr(row, example.layout, n, related=False, generator=generator()) >= threshold
    found = [
        chance_matches(
            members, example.layout, n_samples=n, min_log10_lr=threshold, generator=np.random.default_rng(seed)
        ).expected
        for seed in range(20)
    ]
    assert np.mean(found) == pytest.approx(counted.sum(), rel=0.3)
    assert np.mean(found) < n / 10**threshold


def test_chance_matches__of_nothing_is_nothing(example: Example) -> None:
    found = chance_matches([], example.layout, n_samples=5, min_log10_lr=4, generator=generator())
    assert (found.expected, found.at_most) == (0.0, 0.0)


def test_family_power__grows_with_relatives(example: Example) -> None:
    mother = family_power(family_of(example, "M"), "MP", example.layout, threshold=4, generator=generator())
    both = family_power(family_of(example, "F", "M"), "MP", example.layout, threshold=4, generator=generator())
    assert both.expected_if_identical > mother.expected_if_identical > 0
    assert both.share_found >= mother.share_found
    assert list(mother.quantiles_if_identical) == sorted(mother.quantiles_if_identical)
    assert mother.quantiles_if_unrelated[2] < 0
    assert mother.share_of_unrelated_above < 1e-4


def test_whom_to_sample_next__prefers_the_other_parent_to_an_uncle(example: Example) -> None:
    pedigree = Pedigree.of(
        [
            Member("MP", "F", "M"),
            Member("F", "GF", "GM"),
            Member("M"),
            Member("GF"),
            Member("GM"),
            Member("uncle", "GF", "GM"),
        ]
    )
    family = Family("F", ("MP",), pedigree, {"M": family_of(example, "M").genotypes["M"]})
    found = whom_to_sample_next(
        family, "MP", example.layout, generator=generator(), candidates=["uncle", "F"], n_draws=20
    )
    assert [each.member for each in found] == ["F", "uncle"]
    assert found[0].gain > found[1].gain > 0
