"""Gene dropping: Mendel's rules, mutation at the stated rate, drop-out, and a truth that is kept."""

from dataclasses import replace

import numpy as np
import pytest

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import DropOutClass
from homeward.genetics.simulation import FAMILY_TEMPLATES, SimulationOptions, drop_genes, simulate_search

FREQUENCIES = {"12": 0.1, "13": 0.2, "14": 0.3, "15": 0.4}
PLAIN = Marker.from_frequencies("A", FREQUENCIES)
TRIO = Pedigree.of([Member("C", "F", "M", Sex.MALE), Member("F", sex=Sex.MALE), Member("M", sex=Sex.FEMALE)])


def mutating(rate: float) -> Marker:
    model = MutationModel(MutationKind.EQUAL, rate)
    return Marker.from_frequencies("B", FREQUENCIES, female_mutation=model, male_mutation=model)


def test_drop_genes__hands_on_one_allele_of_each_parent_whatever_the_order_of_members() -> None:
    states = drop_genes(TRIO, [PLAIN], 500, generator=np.random.default_rng(1))[:, :, 0]
    child, father, mother = states[:, 0], states[:, 1], states[:, 2]
    assert (child[:, :1] == mother).any(axis=1).all()
    assert (child[:, 1:] == father).any(axis=1).all()


def test_drop_genes__draws_founders_from_the_frequencies() -> None:
    states = drop_genes(TRIO, [PLAIN], 20_000, generator=np.random.default_rng(2))[:, 1, 0]
    shares = np.bincount(states.ravel(), minlength=4) / states.size
    assert shares == pytest.approx(list(FREQUENCIES.values()), abs=0.01)


def test_drop_genes__mutates_at_the_rate_of_the_model() -> None:
    n = 20_000
    states = drop_genes(TRIO, [mutating(0.1)], n, generator=np.random.default_rng(3))[:, :, 0]
    foreign = (states[:, 0, :1] != states[:, 2]).all(axis=1).mean()
    same = drop_genes(TRIO, [mutating(0.0)], n, generator=np.random.default_rng(3))[:, :, 0]
    assert (same[:, 0, :1] == same[:, 2]).any(axis=1).all()
    homozygous_share = sum(p * p for p in FREQUENCIES.values())
    expected = 0.1 * (homozygous_share + (1 - homozygous_share) * (2 / 3))
    assert foreign == pytest.approx(expected, abs=0.01)


def test_drop_genes__gives_men_one_allele_of_an_x_marker() -> None:
    marker = replace(PLAIN, kind=MarkerKind.X)
    states = drop_genes(TRIO, [marker], 50, generator=np.random.default_rng(4))[:, :, 0]
    assert (states[:, 0, 1] == -1).all()
    assert (states[:, 1, 1] == -1).all()
    assert (states[:, 2, 1] >= 0).all()


def test_simulate_search__is_decided_by_the_seed() -> None:
    made = [
        simulate_search([PLAIN], SimulationOptions(40, 20), generator=np.random.default_rng(seed)) for seed in (5, 5, 6)
    ]
    assert made[0] == made[1] != made[2]


def test_simulate_search__keeps_the_truth_and_uses_each_missing_person_once() -> None:
    made = simulate_search([PLAIN, mutating(0.01)], SimulationOptions(60, 50, 0.6), generator=np.random.default_rng(7))
    known = [person for person in made.truth if person is not None]
    assert len(known) == 30
    assert len(set(known)) == 30
    families = {family.name: family for family in made.families}
    assert all(missing in families[family].missing for family, missing in known)
    assert len(families) == 60


def test_simulate_search__drops_alleles_of_degraded_remains_only() -> None:
    everything = {DropOutClass.NONE: 0.0, DropOutClass.LOW: 0.0, DropOutClass.MEDIUM: 0.0, DropOutClass.HIGH: 1.0}
    options = SimulationOptions(1, 400, 0.0, {DropOutClass.NONE: 0.5, DropOutClass.HIGH: 0.5}, everything)
    made = simulate_search([PLAIN], options, generator=np.random.default_rng(8))
    read = [sample for sample in made.remains if sample.profile]
    assert 150 < len(read) < 250
    assert all(set(sample.drop_out.values()) == {DropOutClass.NONE} for sample in read)


def test_family_templates__type_nobody_who_is_missing() -> None:
    for template in FAMILY_TEMPLATES:
        assert not set(template.missing) & set(template.typed), template.name
        assert set(template.typed) <= set(template.pedigree.ids)
        assert 1 <= len(template.typed) <= 5
