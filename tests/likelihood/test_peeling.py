import math
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.likelihood import naive

from homeward.genetics.markers import Marker
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood import theta as theta_module
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables

FREQUENCIES = {"9": 0.5, "9.3": 0.2, "10": 0.3}
MODELS = {
    "none": MutationModel(),
    "equal": MutationModel(MutationKind.EQUAL, 0.02),
    "proportional": MutationModel(MutationKind.PROPORTIONAL, 0.02),
    "stepwise": MutationModel(MutationKind.STEPWISE, 0.02, 0.001, 0.1),
}
INBRED = (
    Member("F"),
    Member("M"),
    Member("B", "F", "M"),
    Member("S", "F", "M"),
    Member("C", "B", "S"),
)
HALF_SIBS = (Member("F"), Member("M"), Member("N"), Member("A", "F", "M"), Member("B", "F", "N"))
GENOTYPES = list(combinations_with_replacement(FREQUENCIES, 2))


def marker(model: str = "stepwise", silent: float = 0.0) -> Marker:
    male = MODELS[model]
    scaled = {allele: value * (1 - silent) for allele, value in FREQUENCIES.items()}
    return Marker.from_frequencies("L", scaled, silent_frequency=silent, male_mutation=male, female_mutation=male)


def likelihood(members, readings, at: Marker, theta: float = 0.0) -> float:
    panel = Panel((at,))
    profiles = {name: {"L": reading} for name, reading in readings.items()}
    value = log10_likelihood(Pedigree.of(members), Readings.of(profiles, panel), panel, theta=theta)[0]
    return float(10**value)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("theta", [0.0, 0.03])
def test_log10_likelihood__agrees_with_plain_enumeration(model: str, silent: float, theta: float) -> None:
    at = marker(model, silent)
    for members, readings in (
        (INBRED, {"M": ("9", "10"), "C": ("9",)}),
        (INBRED, {"B": ("9", "9.3"), "C": ("9.3", "10")}),
        (HALF_SIBS, {"A": ("9", "10"), "B": ("9", "9.3")}),
    ):
        expected = naive.likelihood(Pedigree.of(members), readings, at, theta)
        assert likelihood(members, readings, at, theta) == pytest.approx(expected, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("model", ["none", "equal", "proportional"])
def test_theta__gives_the_same_by_quadrature_and_by_partitions(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = {"A": ("9", "10"), "B": ("9", "9.3")}
    by_quadrature = likelihood(HALF_SIBS, readings, marker(model), 0.03)
    monkeypatch.setattr(theta_module, "LARGEST_GRID", 0)
    assert likelihood(HALF_SIBS, readings, marker(model), 0.03) == pytest.approx(by_quadrature, rel=1e-11)


@pytest.mark.parametrize("model", MODELS)
def test_log10_likelihood__sums_to_one_over_all_readings(model: str) -> None:
    pairs = [(first, second) for first in GENOTYPES for second in GENOTYPES]
    total = sum(likelihood(INBRED, {"B": first, "C": second}, marker(model)) for first, second in pairs)
    assert total == pytest.approx(1, rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(5)), names=st.permutations("PQRST"), first=st.sampled_from(GENOTYPES))
def test_log10_likelihood__keeps_under_relabelling_and_reordering(order, names, first) -> None:
    new = dict(zip("FMBSC", names, strict=True))
    renamed = [Member(new[m.id], new.get(m.father), new.get(m.mother)) for m in (INBRED[i] for i in order)]
    original = likelihood(INBRED, {"B": first, "C": ("9", "10")}, marker())
    again = likelihood(renamed, {new["C"]: ("9", "10"), new["B"]: first}, marker())
    assert again == pytest.approx(original, rel=1e-12)


@settings(max_examples=20, deadline=None)
@given(father=st.sampled_from(GENOTYPES), child=st.sampled_from(GENOTYPES))
def test_log10_likelihood__tends_to_no_mutation_with_the_rate(father, child) -> None:
    trio = INBRED[:3]
    small = MutationModel(MutationKind.STEPWISE, 1e-9, 1e-9, 0.1)
    at = Marker.from_frequencies("L", FREQUENCIES, male_mutation=small, female_mutation=small)
    readings = {"F": father, "B": child}
    assert likelihood(trio, readings, at) == pytest.approx(likelihood(trio, readings, marker("none")), abs=1e-8)


def test_log10_likelihood__is_minus_infinity_for_impossible_readings_and_never_nan() -> None:
    panel = Panel((marker("none"),))
    readings = Readings.of({"F": {"L": ("9",)}, "B": {"L": ("10",)}}, panel)
    for theta in (0.0, 0.02):
        assert log10_likelihood(Pedigree.of(INBRED[:3]), readings, panel, theta=theta)[0] == -math.inf


@pytest.mark.parametrize(("theta", "expected"), [(0.0, 20.0), (0.02, 11.91)])
def test_log10_likelihood__gives_the_published_paternity_index(theta: float, expected: float) -> None:
    """Egeland, Kling & Mostad, exercise 2.1: a child and the alleged father share an allele of frequency 0.05."""
    at = Marker.from_frequencies("L", {"1": 0.05, "2": 0.05, "3": 0.9})
    readings = {"F": ("1", "1"), "B": ("1", "2")}
    related = likelihood((Member("F"), Member("M"), Member("B", "F", "M")), {**readings, "M": ("2", "2")}, at, theta)
    apart = (Member("F"), Member("X"), Member("M"), Member("B", "X", "M"))
    ratio = related / likelihood(apart, {**readings, "M": ("2", "2")}, at, theta)
    assert round(ratio, 2) == expected


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("free", ["B", "M", "C"])
def test_family_tables__equal_the_ratio_of_likelihoods(model: str, silent: float, free: str) -> None:
    at = marker(model, silent)
    layout = TableLayout(Panel((at,)))
    typed = {"S": ("9", "9.3"), **({"C": ("9", "10")} if free != "C" else {"F": ("9", "10")})}
    request = TableRequest(Pedigree.of(INBRED), free, {name: {"L": reading} for name, reading in typed.items()})
    table = family_tables([request], layout).values[0]
    own = likelihood(INBRED, typed, at)
    for genotype in GENOTYPES:
        alone = likelihood((Member("X"),), {"X": genotype}, at)
        ratio = likelihood(INBRED, {**typed, free: genotype}, at) / own / alone
        column = layout.columns({"L": tuple(dict.fromkeys(genotype))})[0]
        assert table[column] == pytest.approx(ratio, rel=1e-11, abs=1e-300)


def test_family_tables__drop_out_columns_equal_the_likelihood_with_drop_out() -> None:
    at, panel = marker(), Panel((marker(),))
    layout = TableLayout(panel)
    typed = {"S": {"L": ("9", "9.3")}}
    pedigree, alone = Pedigree.of(INBRED), Pedigree.of([Member("B")])
    table = family_tables([TableRequest(pedigree, "B", typed)], layout).values[0]
    remains = {"B": {"L": ("9",)}}
    for drop_out in (DropOutClass.LOW, DropOutClass.MEDIUM, DropOutClass.HIGH):
        share = {"B": layout.drop_out.of(drop_out)}
        both = log10_likelihood(pedigree, Readings.of({**typed, **remains}, panel, drop_out=share), panel)[0]
        own = log10_likelihood(pedigree, Readings.of(typed, panel), panel)[0]
        chance = log10_likelihood(alone, Readings.of(remains, panel, drop_out=share), panel)[0]
        column = layout.columns(remains["B"], {at.name: drop_out})[0]
        assert math.log10(table[column]) == pytest.approx(both - own - chance, abs=1e-11)


def test_family_tables__do_not_depend_on_threads_or_order() -> None:
    layout = TableLayout(Panel((marker(), Marker.from_frequencies("K", FREQUENCIES))))
    requests = [
        TableRequest(Pedigree.of(INBRED), "B", {"C": {"L": genotype, "K": genotype}, "S": {"L": ("9",)}})
        for genotype in GENOTYPES
    ]
    one = family_tables(requests, layout).values
    two = family_tables(requests[::-1], layout, threads=2).values[::-1]
    assert np.array_equal(one, two)
