"""Founders, children and bones, drawn as they are said to be."""

import numpy as np
import pytest
from verification.rules.frequencies import LOCI, read_ladder
from verification.rules.inheritance import NOT_SEEN, read_bone, subpopulations

FREQUENCIES = np.array([[0.1, 0.2, 0.3, 0.4], [0.5, 0.5, 0.0, 0.0]])


def genes(theta: float, n: int, *, mutation_rate: float = 0.0, seed: int = 1):
    return subpopulations(FREQUENCIES, theta, n, mutation_rate=mutation_rate, generator=np.random.default_rng(seed))


@pytest.mark.parametrize("theta", [0.0, 0.03, 0.2])
def test_founders__are_homozygous_as_often_as_theta_says(theta: float) -> None:
    people = genes(theta, 40_000).founders(40_000)
    homozygous = (people[..., 0] == people[..., 1]).mean(axis=0)
    expected = theta + (1 - theta) * (FREQUENCIES**2).sum(axis=1)
    assert homozygous == pytest.approx(expected, abs=5 * 0.5 / 200)  # five standard errors


def test_founders__have_the_frequencies_and_no_allele_that_the_locus_lacks() -> None:
    people = genes(0.05, 20_000).founders(20_000)
    for locus, expected in enumerate(FREQUENCIES):
        counted = np.bincount(people[:, locus].ravel(), minlength=4) / people[:, locus].size
        assert counted == pytest.approx(expected, abs=0.015)
    assert people[:, 1].max() == 1


def test_child__has_one_allele_of_each_parent() -> None:
    source = genes(0.0, 1)
    father, mother = source.founders(500), source.founders(500)
    child = source.child(father, mother)
    assert (child[..., 0, None] == father).any(axis=-1).all()
    assert (child[..., 1, None] == mother).any(axis=-1).all()


def test_child__takes_either_allele_of_a_parent_half_of_the_time() -> None:
    source = genes(0.0, 1)
    father = np.broadcast_to(np.array([0, 1]), (10_000, 2, 2))
    assert source.child(father, father)[..., 0].mean() == pytest.approx(0.5, abs=0.02)


def test_child__mutates_as_often_as_it_is_said_to() -> None:
    source = genes(0.0, 1, mutation_rate=0.1)
    father = np.zeros((20_000, 2, 2), dtype=np.int64)
    changed = (source.child(father, father)[..., 0] != 0).mean(axis=0)
    assert changed == pytest.approx(0.1 * (1 - FREQUENCIES[:, 0]), abs=0.012)


def test_bone__loses_each_allele_apart() -> None:
    genotypes = np.broadcast_to(np.array([2, 3]), (20_000, 1, 2))
    read = read_bone(genotypes, np.full(20_000, 0.2), np.random.default_rng(1))[:, 0]
    assert (read == NOT_SEEN).all(axis=1).mean() == pytest.approx(0.04, abs=0.01)
    assert (read == [2, 3]).all(axis=1).mean() == pytest.approx(0.64, abs=0.02)
    assert (read == [3, 3]).all(axis=1).mean() == pytest.approx(0.16, abs=0.015)
    assert (read[:, 0] <= read[:, 1]).all()


def test_bone__that_loses_nothing_shows_the_genotype_in_order() -> None:
    genotypes = np.array([[[3, 1], [0, 0]]])
    assert read_bone(genotypes, np.zeros(1), np.random.default_rng(1)).tolist() == [[[1, 3], [0, 0]]]


def test_same_seed__gives_the_same_people() -> None:
    assert (genes(0.03, 50).founders(50) == genes(0.03, 50).founders(50)).all()
    assert (genes(0.03, 50).founders(50) != genes(0.03, 50, seed=2).founders(50)).any()


def test_ladder__has_frequencies_that_sum_to_1_and_none_that_is_rarer_than_five_copies() -> None:
    ladder = read_ladder(LOCI[23], drawn_from="fbi2015:Caucasian")
    assert len(ladder.populations) > 4
    own = ladder.populations["fbi2015:Caucasian"]
    assert own.sum(axis=1) == pytest.approx(np.ones(23))
    # D3S1358 of the published table: allele 15 counted 100 times in 404; 13 once, raised to 5
    row = dict(zip(ladder.alleles[0], own[0], strict=False))
    assert row["13"] / row["15"] == pytest.approx(5 / 100)


def test_ladder__refuses_a_table_that_lacks_a_locus() -> None:
    with pytest.raises(SystemExit, match="fbi2015:Caucasian"):
        read_ladder(LOCI[29], drawn_from="fbi2015:Caucasian")
