"""Family tables against likelihoods of whole pedigrees, and against the naive enumeration."""

import math

import numpy as np
import pytest
from tests.likelihood import naive
from tests.likelihood.examples import FREQUENCIES, GENOTYPES, INBRED, MODELS, X_FAMILY, likelihood, marker

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables


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


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("free", ["B", "M"])
def test_family_tables__drop_out_columns_agree_with_plain_enumeration(model: str, silent: float, free: str) -> None:
    at, pedigree = marker(model, silent), Pedigree.of(INBRED[:4])
    layout = TableLayout(Panel((at,)))
    typed = {"S": ("9", "9.3"), "F": ("9",)}
    request = TableRequest(pedigree, free, {name: {"L": reading} for name, reading in typed.items()})
    table = family_tables([request], layout).values[0]
    own = naive.likelihood(pedigree, typed, at)
    for drop_out in DropOutClass:
        for allele in FREQUENCIES:
            lost = {free: layout.drop_out.of(drop_out)}
            both = naive.likelihood(pedigree, {**typed, free: (allele,)}, at, drop_out=lost)
            alone = naive.likelihood(Pedigree.of([Member(free)]), {free: (allele,)}, at, drop_out=lost)
            column = layout.columns({"L": (allele,)}, {"L": drop_out})[0]
            assert table[column] == pytest.approx(both / own / alone, rel=1e-11, abs=1e-300)


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
        column = layout.columns({"L": genotype})[0]
        if is_male and len(set(genotype)) == 2:
            assert table[column] == 0
            continue
        for drop_out in DropOutClass if len(set(genotype)) == 1 else (DropOutClass.NONE,):
            lost = {free: layout.drop_out.of(drop_out)}
            both = naive.likelihood(pedigree, {**typed, free: genotype}, at, drop_out=lost)
            alone = naive.likelihood(stranger, {free: genotype}, at, drop_out=lost)
            column = layout.columns({"L": genotype}, {"L": drop_out})[0]
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
        ratio = tables.values[0, layout.columns({"L": genotype})[0]]
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
