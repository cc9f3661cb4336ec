import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.likelihood import naive
from tests.likelihood.examples import (
    FREQUENCIES,
    GENOTYPES,
    HALF_SIBS,
    INBRED,
    MODELS,
    X_FAMILY,
    likelihood,
    log10_at,
    marker,
)

from homeward.errors import InputError
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.likelihood import theta as theta_module
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_model import Conditions


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


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("theta", [0.0, 0.03])
def test_log10_likelihood__agrees_with_plain_enumeration_on_x(model: str, silent: float, theta: float) -> None:
    at = marker(model, silent, MarkerKind.X)
    for readings in (
        {"F": ("9",), "D": ("9", "10"), "S": ("9.3",)},
        {"M": ("9", "9.3"), "S": ("10",), "G": ("9",)},
        {"S": ("9",), "G": ("10",)},
        {"H": ("9",), "D": ("9.3",), "G": ("9.3",)},
    ):
        expected = naive.likelihood(Pedigree.of(X_FAMILY), readings, at, theta)
        assert likelihood(X_FAMILY, readings, at, theta) == pytest.approx(expected, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("theta", [0.0, 0.03])
@pytest.mark.parametrize("kind", MarkerKind)
def test_log10_likelihood__agrees_with_plain_enumeration_of_drop_out(model, silent, theta, kind) -> None:
    at, family = marker(model, silent, kind), X_FAMILY[:5]
    lost = {"M": Conditions(0.05), "D": Conditions(0.5), "S": Conditions(0.2)}
    for readings in (
        {"M": ("9",), "D": ("10",), "S": ("9.3",)},
        {"F": ("9",), "D": ("9", "10"), "S": ("9",)},
        {"M": ("9", "9.3"), "D": ("10",)},
    ):
        expected = naive.likelihood(Pedigree.of(family), readings, at, theta, lost)
        assert likelihood(family, readings, at, theta, lost) == pytest.approx(expected, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("theta", [0.0, 0.03])
@pytest.mark.parametrize("kind", MarkerKind)
def test_log10_likelihood__agrees_with_plain_enumeration_of_drop_in_and_error(model, silent, theta, kind) -> None:
    at, family = marker(model, silent, kind), X_FAMILY[:5]
    conditions = {"M": Conditions(0.05, 0.1), "D": Conditions(0.5, 0.02, 0.01), "S": Conditions(0.2, 0.0, 0.001)}
    for readings in (
        {"M": ("9",), "D": ("10",), "S": ("9.3",)},
        {"F": ("9",), "D": ("9", "10"), "S": ("9",)},
        {"M": ("9", "9.3"), "D": ("10",)},
    ):
        expected = naive.likelihood(Pedigree.of(family), readings, at, theta, conditions)
        assert likelihood(family, readings, at, theta, conditions) == pytest.approx(expected, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("model", ["none", "equal", "stepwise"])
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("kind", MarkerKind)
@pytest.mark.parametrize("given", [Conditions(0.3), Conditions(0.2, 0.05), Conditions(0.0, 0.0, 0.01)])
def test_replicates__agree_with_plain_enumeration(model, silent, kind, given) -> None:
    """Mother and daughter were read twice; what one replicate missed the other may have seen."""
    at, family = marker(model, silent, kind), X_FAMILY[:5]
    first, second = {"M": ("9",), "D": ("9", "10"), "F": ("9",)}, {"M": ("9", "9.3"), "D": ("10",)}
    conditions = dict.fromkeys(("M", "D"), given)
    panel = Panel((at,))
    parts = [
        Readings.of({name: {"L": reading} for name, reading in readings.items()}, panel, conditions=conditions)
        for readings in (first, second)
    ]
    found = 10 ** log10_likelihood(Pedigree.of(family), Readings.joined(parts), panel)[0]
    replicates = {name: [reading] for name, reading in second.items()}
    expected = naive.likelihood(Pedigree.of(family), first, at, conditions=conditions, replicates=replicates)
    assert found == pytest.approx(expected, rel=1e-11, abs=1e-300)


def test_replicates__are_refused_with_theta() -> None:
    panel = Panel((marker(),))
    twice = Readings.joined([Readings.of({"F": {"L": ("9",)}}, panel) for _ in range(2)])
    with pytest.raises(InputError, match="replicates of one member"):
        log10_likelihood(Pedigree.of(INBRED), twice, panel, theta=0.01)


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


@pytest.mark.parametrize("model", ["equal", "proportional", "stepwise"])
@pytest.mark.parametrize("kind", MarkerKind)
def test_log10_likelihood__nears_no_mutation_in_proportion_to_the_rate(model: str, kind: MarkerKind) -> None:
    """P is smooth in the rate, so a tenth of the rate must bring a tenth of the difference."""
    readings = {"M": ("9", "10"), "S": ("9",), "D": ("9", "9.3")}
    without = likelihood(X_FAMILY, readings, marker("none", kind=kind))
    differences = []
    for rate in (1e-4, 1e-5):
        small = replace(MODELS[model], rate=rate, rate2=rate / 10 if model == "stepwise" else 0.0)
        at = Marker.from_frequencies("L", FREQUENCIES, kind=kind, male_mutation=small, female_mutation=small)
        differences.append(likelihood(X_FAMILY, readings, at) - without)
    assert differences[0] / differences[1] == pytest.approx(10, rel=1e-2)
    assert abs(differences[1]) < 1e-3 * without


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(st.integers(1, 50), min_size=3, max_size=5),
    pair=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    mother=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    model=st.sampled_from(sorted(MODELS)),
    theta=st.sampled_from([0.0, 0.02]),
)
def test_log10_likelihood__supports_the_same_person_at_least_as_well_as_siblings(
    parts, pair, mother, model, theta
) -> None:
    """One reading found twice: as one person (identical twins, a direct match) against as brother and sister."""
    names = [str(9 + i) for i in range(len(parts))]
    frequencies = {name: part / sum(parts) for name, part in zip(names, parts, strict=True)}
    at = Marker.from_frequencies("L", frequencies, male_mutation=MODELS[model], female_mutation=MODELS[model])
    reading = tuple(names[i] for i in pair)
    for relatives in ({}, {"M": tuple(names[i] for i in mother)}):
        same = log10_at(INBRED[:4], {**relatives, "B": reading}, at, theta)
        siblings = log10_at(INBRED[:4], {**relatives, "B": reading, "S": reading}, at, theta)
        unrelated = log10_at([*INBRED[:3], Member("X")], {**relatives, "B": reading, "X": reading}, at, theta)
        if unrelated > -math.inf:
            assert same - unrelated >= siblings - unrelated - 1e-12
            assert same - unrelated >= -1e-12


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
