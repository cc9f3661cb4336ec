"""The reading model against the formulas of the literature, worked by hand, and against plain enumeration."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.likelihood import naive
from tests.likelihood.examples import FREQUENCIES, GENOTYPES, marker

from homeward.errors import InputError
from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood.kernels import reading_probability
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_model import CLEAN, Conditions, ReadingModel

TRIO = Pedigree.of([Member("F", sex=Sex.MALE), Member("M", sex=Sex.FEMALE), Member("C", "F", "M")])
P, Q = 0.1, 0.3


def likelihood(pedigree: Pedigree, readings: dict[str, tuple[str, ...]], **conditions: Conditions) -> float:
    at = Marker.from_frequencies("L", {"10": P, "11": Q, "12": 1 - P - Q})
    panel = Panel((at,))
    profiles = {name: {"L": reading} for name, reading in readings.items()}
    return float(10 ** log10_likelihood(pedigree, Readings.of(profiles, panel, conditions=conditions), panel)[0])


def test_one_allele_of_two__has_the_ratio_of_gill_and_others_2012() -> None:
    """Suspect a/b, evidence {a}: D (1 - D) (1 - C) over the sum for an unknown person."""
    d, c = 0.3, 0.05
    suspect = d * (1 - d) * (1 - c)
    unknown = (P**2 * (1 - d**2) + 2 * P * (1 - P) * d * (1 - d)) * (1 - c) + (1 - P) ** 2 * d**2 * c * P
    person = Pedigree.of([Member("X")])
    assert likelihood(person, {"X": ("10",)}, X=Conditions(d, c)) == pytest.approx(unknown, rel=1e-13)
    given_suspect = naive.reads(
        Marker.from_frequencies("L", {"10": P, "11": Q, "12": 1 - P - Q}), ("10",), Conditions(d, c)
    )[0, 1]
    assert given_suspect == pytest.approx(suspect, rel=1e-13)


def test_drop_out_and_drop_in_at_once__have_the_ratio_of_gill_and_others_2012() -> None:
    """Suspect a/b, evidence {a, c}: D (1 - D) C p(c)."""
    d, c = 0.2, 0.05
    seen = reading_probability(0, 2, 0, 1, -1, np.array([d, c, 0.0]), np.array([P, Q, 1 - P - Q]))
    assert seen == pytest.approx(d * (1 - d) * c * (1 - P - Q), rel=1e-13)


def test_drop_out_alone__is_that_of_pedprobr() -> None:
    """pedprobr tests a person with (1 - d^2) p^2 + d (1 - d) 2 p (1 - p), and a trio whose child alone is read."""
    d = 0.1
    expected = (1 - d**2) * P**2 + d * (1 - d) * 2 * P * (1 - P)
    assert likelihood(Pedigree.of([Member("X")]), {"X": ("10",)}, X=Conditions(d)) == pytest.approx(expected, rel=1e-13)
    assert likelihood(TRIO, {"C": ("10",)}, C=Conditions(d)) == pytest.approx(expected, rel=1e-13)


def test_an_error__mixes_in_the_reading_of_a_random_person() -> None:
    """Father 11/11, child read 10/10: impossible but for an error, which makes the child's reading anybody's."""
    for error in (0.001, 0.1):
        apart = error * P**2 * Q**2
        found = likelihood(TRIO, {"F": ("11",), "C": ("10",)}, C=Conditions(error=error))
        assert found == pytest.approx(apart, rel=1e-12)


@given(
    st.floats(0, 0.95), st.floats(0, 0.3), st.sampled_from(GENOTYPES), st.sampled_from([0.0, 0.05]), st.integers(1, 2)
)
def test_reading_probability__is_that_of_plain_enumeration(
    lost: float, dropped_in: float, reading: tuple[str, str], silent: float, n_gametes: int
) -> None:
    at, conditions = marker(silent=silent), Conditions(lost, dropped_in)
    first, second = (list(FREQUENCIES).index(allele) for allele in reading)
    first, second = min(first, second), max(first, second)
    last = at.n_alleles if silent else -1
    for genotype, expected in naive.reads(at, reading, conditions, n_gametes=n_gametes).items():
        x, y = (-1, *genotype)[-2:]
        found = reading_probability(first, second, x, y, last, np.array(conditions.as_row), at.state_frequencies)
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-300)


def test_all_readings_of_a_genotype__add_up_to_one_with_drop_out_alone() -> None:
    at = marker()
    every = [(allele,) for allele in FREQUENCIES] + [pair for pair in GENOTYPES if pair[0] != pair[1]]
    for lost in (0.0, 0.3, 0.9):
        seen = [naive.reads(at, reading, Conditions(lost)) for reading in every]
        for genotype in seen[0]:
            assert sum(row[genotype] for row in seen) == pytest.approx(1 - lost**2, rel=1e-12)


def test_reading_model__takes_classes_as_stated_and_derives_on_a_ladder() -> None:
    model = ReadingModel(error=0.001)
    assert model.of_class(DropOutClass.NONE) == Conditions(error=0.001)
    assert model.of_class(DropOutClass.MEDIUM) == Conditions(0.2, 0.0, 0.001)
    assert model.of_derived(0.0) == Conditions(error=0.001)
    assert model.of_derived(0.999).drop_out == pytest.approx(0.9)
    assert model.of_derived(1e-6).drop_out == pytest.approx(0.02)
    assert ReadingModel().of_class(DropOutClass.NONE) == CLEAN


@given(st.floats(0.02, 0.9))
def test_ladder__is_never_further_away_than_an_eighth(lost: float) -> None:
    """A single allele's ratio is (A + B w) / (A' + B' w) with w = d / (1 + d): it moves by less than w does."""
    near = ReadingModel().of_derived(lost).drop_out
    ratio = (near / (1 + near)) / (lost / (1 + lost))
    assert abs(np.log10(ratio)) < 0.05


@pytest.mark.parametrize("wrong", [{"drop_out": 1.0}, {"drop_in": 0.6}, {"error": -0.1}, {"error": float("nan")}])
def test_conditions__refuse_what_is_no_probability(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match="a probability from 0 to"):
        Conditions(**wrong)


@given(st.floats(0.02, 0.9))
def test_ladder_of_two__moves_what_drop_in_explains_by_a_fifth_of_a_unit(lost: float) -> None:
    near = ReadingModel().of_derived(lost, 2).drop_out
    for term in (lambda d: (1 + d) / (1 - d), lambda d: d / (1 - d)):
        assert abs(np.log10(term(near) / term(lost))) < 0.2
