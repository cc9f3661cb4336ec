"""Family tables against likelihoods of whole pedigrees, and against the naive enumeration."""

import math

import numpy as np
import pytest
from tests.likelihood import naive
from tests.likelihood.examples import FREQUENCIES, GENOTYPES, INBRED, MODELS, X_FAMILY, likelihood, marker

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_columns import columns_of
from homeward.likelihood.reading_model import CLEAN, Conditions, ReadingModel
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables

CONDITIONS = (
    Conditions(),
    Conditions(0.05),
    Conditions(0.5),
    Conditions(0.2, 0.05),
    Conditions(0.9, 0.1, 0.01),
    Conditions(0.0, 0.02),
    Conditions(error=0.01),
)


def ratio_of(
    request: TableRequest, reading: tuple[str, ...], layout: TableLayout, conditions: Conditions = CLEAN
) -> float:
    """The ratio of one reading at the only marker of a layout."""
    codes = layout.panel.encode({"L": reading})[None, :]
    columns, _ = columns_of(codes, codes * 0, [conditions], layout)
    return float(columns.ratios(family_tables([request], layout).values)[0, 0])


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("free", ["B", "M", "C"])
def test_family_tables__equal_the_ratio_of_likelihoods(model: str, silent: float, free: str) -> None:
    at = marker(model, silent)
    layout = TableLayout(Panel((at,)))
    typed = {"S": ("9", "9.3"), **({"C": ("9", "10")} if free != "C" else {"F": ("9", "10")})}
    request = TableRequest(Pedigree.of(INBRED), free, {name: {"L": reading} for name, reading in typed.items()})
    own = likelihood(INBRED, typed, at)
    for genotype in GENOTYPES:
        alone = likelihood((Member("X"),), {"X": genotype}, at)
        ratio = likelihood(INBRED, {**typed, free: genotype}, at) / own / alone
        assert ratio_of(request, genotype, layout) == pytest.approx(ratio, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("conditions", CONDITIONS)
def test_readings__have_the_ratio_of_full_likelihoods(conditions: Conditions) -> None:
    at, panel = marker(), Panel((marker(),))
    layout = TableLayout(panel)
    typed = {"S": {"L": ("9", "9.3")}}
    pedigree, alone = Pedigree.of(INBRED), Pedigree.of([Member("B")])
    for reading in (("9",), ("9", "10"), ("9.3", "10")):
        remains = {"B": {"L": reading}}
        given = {"B": conditions}
        both = log10_likelihood(pedigree, Readings.of({**typed, **remains}, panel, conditions=given), panel)[0]
        own = log10_likelihood(pedigree, Readings.of(typed, panel), panel)[0]
        chance = log10_likelihood(alone, Readings.of(remains, panel, conditions=given), panel)[0]
        found = ratio_of(TableRequest(pedigree, "B", typed), reading, layout, conditions)
        assert math.log10(found) == pytest.approx(both - own - chance, abs=1e-11)
        assert at.n_alleles == 3


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("free", ["B", "M"])
def test_readings__agree_with_plain_enumeration(model: str, silent: float, free: str) -> None:
    at, pedigree = marker(model, silent), Pedigree.of(INBRED[:4])
    layout = TableLayout(Panel((at,)))
    typed = {"S": ("9", "9.3"), "F": ("9",)}
    request = TableRequest(pedigree, free, {name: {"L": reading} for name, reading in typed.items()})
    own = naive.likelihood(pedigree, typed, at)
    for conditions in CONDITIONS:
        for reading in GENOTYPES:
            given = {free: conditions}
            both = naive.likelihood(pedigree, {**typed, free: reading}, at, conditions=given)
            alone = naive.likelihood(Pedigree.of([Member(free)]), {free: reading}, at, conditions=given)
            found = ratio_of(request, reading, layout, conditions)
            assert found == pytest.approx(both / own / alone, rel=1e-10, abs=1e-300)


@pytest.mark.parametrize("relatives", [Conditions(0.01), Conditions(0.02, 0.0, 0.005), Conditions(0.0, 0.01)])
def test_family_tables__take_the_conditions_of_relatives(relatives: Conditions) -> None:
    at, pedigree = marker(silent=0.05), Pedigree.of(INBRED[:4])
    layout = TableLayout(Panel((at,)), ReadingModel(relatives=relatives))
    typed = {"S": ("9", "9.3"), "F": ("9",)}
    request = TableRequest(pedigree, "B", {name: {"L": reading} for name, reading in typed.items()})
    given = dict.fromkeys(typed, relatives) | {"B": Conditions(0.3, 0.02)}
    own = naive.likelihood(pedigree, typed, at, conditions=given)
    for reading in GENOTYPES:
        both = naive.likelihood(pedigree, {**typed, "B": reading}, at, conditions=given)
        alone = naive.likelihood(Pedigree.of([Member("B")]), {"B": reading}, at, conditions=given)
        assert ratio_of(request, reading, layout, given["B"]) == pytest.approx(both / own / alone, rel=1e-10)


def test_family_tables__of_families_read_under_different_conditions_stand_side_by_side() -> None:
    layout = TableLayout(Panel((marker(),)))
    pedigree, profiles = Pedigree.of(INBRED[:4]), {"S": {"L": ("9", "9.3")}, "F": {"L": ("9",)}}
    rows = [np.array([each.as_row]) for each in (Conditions(0.3), Conditions(0.1), Conditions(0.1, 0.05))]
    requests = [TableRequest(pedigree, "B", profiles, conditions={"S": row}) for row in rows]
    requests.append(TableRequest(pedigree, "B", profiles))
    together = family_tables(requests, layout).values
    one_by_one = np.concatenate([family_tables([request], layout).values for request in requests])
    assert np.array_equal(together, one_by_one)
    assert len(np.unique(together, axis=0)) == len(requests)


def test_family_tables__of_an_own_profile_are_those_of_a_twin() -> None:
    at = marker(silent=0.05)
    layout = TableLayout(Panel((at,)))
    for conditions in CONDITIONS:
        request = TableRequest(
            Pedigree.of([Member("B")]), "B", {}, own={"L": ("9",)}, conditions={"B": np.array([conditions.as_row])}
        )
        first, second = naive.reads(at, ("9",), conditions), naive.reads(at, ("9", "10"), Conditions(0.2, 0.05))
        chance = {g: at.state_frequencies[g[0]] * at.state_frequencies[g[1]] for g in first}
        expected = sum(first[g] * second[g] * chance[g] for g in first)
        expected /= sum(first[g] * chance[g] for g in first) * sum(second[g] * chance[g] for g in first)
        found = ratio_of(request, ("9", "10"), layout, Conditions(0.2, 0.05))
        assert found == pytest.approx(expected, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("free", ["S", "D", "M", "G"])
def test_family_tables__agree_with_plain_enumeration_on_x(model: str, free: str) -> None:
    at, pedigree = marker(model, kind=MarkerKind.X), Pedigree.of(X_FAMILY)
    layout = TableLayout(Panel((at,)))
    typed = {name: reading for name, reading in {"F": ("9",), "D": ("9", "10"), "G": ("10",)}.items() if name != free}
    request = TableRequest(pedigree, free, {name: {"L": reading} for name, reading in typed.items()})
    table = family_tables([request], layout).values[0]
    own = naive.likelihood(pedigree, typed, at)
    is_male = pedigree.member(free).sex is Sex.MALE
    stranger = Pedigree.of([Member(free, sex=pedigree.member(free).sex)])
    for genotype in GENOTYPES:
        column = layout.panel.encode({"L": genotype})[0]
        if is_male and len(set(genotype)) == 2:
            assert table[column] == 0
            continue
        both = naive.likelihood(pedigree, {**typed, free: genotype}, at)
        alone = naive.likelihood(stranger, {free: genotype}, at)
        assert table[column] == pytest.approx(both / own / alone, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("free", ["B", "M", "C"])
def test_family_tables__times_the_population_sum_to_the_likelihood_of_the_relatives(model: str, free: str) -> None:
    at = marker(model)
    layout = TableLayout(Panel((at,)))
    typed = {"S": ("9", "9.3"), "F": ("9", "10")}
    request = TableRequest(Pedigree.of(INBRED), free, {name: {"L": reading} for name, reading in typed.items()})
    tables = family_tables([request], layout)
    own = 10 ** tables.log10_likelihoods[0, 0]
    assert own == pytest.approx(likelihood(INBRED, typed, at), rel=1e-12)
    total = 0.0
    for genotype in GENOTYPES:
        ratio = tables.values[0, layout.panel.encode({"L": genotype})[0]]
        total += own * ratio * likelihood((Member("X"),), {"X": genotype}, at)
    assert total == pytest.approx(own, rel=1e-12)


def test_family_tables__do_not_depend_on_threads_or_order() -> None:
    layout = TableLayout(Panel((marker(), Marker.from_frequencies("K", FREQUENCIES))))
    requests = [
        TableRequest(Pedigree.of(INBRED), "B", {"C": {"L": genotype, "K": genotype}, "S": {"L": ("9",)}})
        for genotype in GENOTYPES
    ]
    one = family_tables(requests, layout).values
    two = family_tables(requests[::-1], layout, threads=2).values[::-1]
    assert np.array_equal(one, two)
