"""The closed forms against the kinship engine, against enumeration, and against the textbooks."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from tests.verification.families import FREQUENCIES, NAMES, PEDIGREES, engine_ratio
from tests.verification.naive import naive_ratio
from verification.rules.families import FAMILY_KINDS, kind_named
from verification.rules.inheritance import NOT_SEEN, subpopulations
from verification.rules.kinship import Chances, likelihood_ratio

from homeward.genetics.profiles import DropOutClass

VALUES = np.array(list(FREQUENCIES.values()))
READINGS = list(combinations_with_replacement(range(len(NAMES)), 2))
KINDS = sorted(PEDIGREES)


def chances(*, theta: float = 0.0, kept: float = 1.0) -> Chances:
    return Chances(lambda alleles: VALUES[alleles], theta, kept)


def closed(kind: str, donors: np.ndarray, reading: tuple[int, int], given: Chances, drop_out: float = 0.0) -> float:
    first, second = (np.array([allele]) for allele in reading)
    patterns = kind_named(kind).patterns_of(donors[None], given)
    return float(likelihood_ratio(patterns, first, second, given, drop_out=drop_out)[0])


def possible_donors(kind: str, generator: np.random.Generator) -> np.ndarray:
    """Donors as a family of that kind may have them, without a mutation."""
    genes = subpopulations(VALUES[None], 0.0, 1, mutation_rate=0.0, generator=generator)
    return kind_named(kind).draw(genes, 1)[0][0, 0]


def test_every_kind_of_family_is_compared_with_the_engine() -> None:
    assert sorted(kind.name for kind in FAMILY_KINDS) == KINDS


@pytest.mark.parametrize("theta", [0.0, 0.01, 0.2])
@pytest.mark.parametrize("kind", KINDS)
def test_closed_forms__agree_with_the_engine_without_mutation(kind: str, theta: float) -> None:
    generator = np.random.default_rng(KINDS.index(kind))
    for _ in range(3):
        donors = possible_donors(kind, generator)
        for reading in READINGS:
            mine = closed(kind, donors, reading, chances(theta=theta))
            assert mine == pytest.approx(engine_ratio(kind, donors, reading, theta=theta), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_closed_forms__agree_with_the_engine_with_mutation_where_theta_is_0(kind: str) -> None:
    generator = np.random.default_rng(KINDS.index(kind))
    for _ in range(4):
        # Relatives drawn without regard to each other: most need a mutation to be relatives at all.
        donors = generator.integers(0, len(NAMES), size=2 * kind_named(kind).n_donors)
        for reading in READINGS:
            mine = closed(kind, donors, reading, chances(kept=0.97))
            assert mine == pytest.approx(engine_ratio(kind, donors, reading, kept=0.97), rel=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_closed_forms__agree_with_enumeration_with_mutation_and_theta_together(kind: str) -> None:
    # The engine draws a mutated allele from the whole population, the closed forms from the subpopulation.
    generator = np.random.default_rng(KINDS.index(kind))
    for _ in range(2):
        donors = generator.integers(0, len(NAMES), size=2 * kind_named(kind).n_donors)
        for reading in [(0, 0), (1, 2), (int(donors[0]), int(donors[-1]))]:
            mine = closed(kind, donors, reading, chances(theta=0.05, kept=0.9))
            expected = naive_ratio(kind, donors.tolist(), reading, VALUES.tolist(), theta=0.05, kept=0.9)
            assert mine == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("theta", [0.0, 0.03])
@pytest.mark.parametrize(
    ("probability", "drop_out"), [(0.05, DropOutClass.LOW), (0.2, DropOutClass.MEDIUM), (0.5, DropOutClass.HIGH)]
)
@pytest.mark.parametrize("kind", KINDS)
def test_closed_forms__agree_with_the_engine_on_a_bone_that_loses_alleles(
    kind: str, probability: float, drop_out: DropOutClass, theta: float
) -> None:
    donors = possible_donors(kind, np.random.default_rng(7))
    for reading in [(0, 0), (2, 2), (1, 3)]:
        mine = closed(kind, donors, reading, chances(theta=theta), probability)
        expected = engine_ratio(kind, donors, reading, theta=theta, drop_out=drop_out)
        assert mine == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_ratio__has_the_mean_1_over_unrelated_people(kind: str) -> None:
    # With theta 0, whatever the relatives show, an unrelated person's genotype is a draw from the population.
    generator = np.random.default_rng(3)
    weights = [VALUES[a] * VALUES[b] * (2 if a != b else 1) for a, b in READINGS]
    for _ in range(5):
        donors = generator.integers(0, len(NAMES), size=2 * kind_named(kind).n_donors)
        ratios = [closed(kind, donors, reading, chances(kept=0.9)) for reading in READINGS]
        assert np.dot(ratios, weights) == pytest.approx(1.0, rel=1e-12)


def test_ratio__is_1_where_nothing_was_read() -> None:
    assert closed("one parent", np.array([0, 1]), (NOT_SEEN, NOT_SEEN), chances()) == 1.0


def test_ratio__of_a_parent_is_that_of_the_textbooks() -> None:
    # a/b against a/c: 1 / (4 p_a); a/a against a/a: 1 / p_a
    assert closed("one parent", np.array([0, 1]), (0, 2), chances()) == pytest.approx(1 / (4 * VALUES[0]))
    assert closed("one parent", np.array([0, 0]), (0, 0), chances()) == pytest.approx(1 / VALUES[0])


def test_ratio__of_a_sibling_is_that_of_the_textbooks() -> None:
    # a/b against a/b: (1 + p_a + p_b + 2 p_a p_b) / (8 p_a p_b)
    a, b = VALUES[:2]
    expected = (1 + a + b + 2 * a * b) / (8 * a * b)
    assert closed("one sibling", np.array([0, 1]), (0, 1), chances()) == pytest.approx(expected)
