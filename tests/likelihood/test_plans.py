"""Large pedigrees: the answer is finite and that of the parts, however many tables meet in one step."""

import math
from collections.abc import Mapping

import pytest
from tests.likelihood.examples import likelihood, log10_at

from homeward.genetics.markers import Marker
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.panels import Panel
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables

RARE = {"9": 0.0001, "9.3": 0.0001, "10": 0.4998, "11": 0.5}
MODELS = {
    "equal": MutationModel(MutationKind.EQUAL, 1e-6),
    "proportional": MutationModel(MutationKind.PROPORTIONAL, 1e-6),
    "stepwise": MutationModel(MutationKind.STEPWISE, 1e-6, 1e-7, 0.1),
}
CHILDREN = 12


def marker(model: str) -> Marker:
    return Marker.from_frequencies("L", RARE, male_mutation=MODELS[model], female_mutation=MODELS[model])


def dynasty(name: str) -> tuple[list[Member], Mapping[str, tuple[str, ...]]]:
    """Sixty people: four generations of twelve typed children beside an heir who marries, and two of incest."""
    members = [Member(f"{name} heir 0", sex=Sex.MALE), Member(f"{name} wife 0", sex=Sex.FEMALE)]
    for generation in range(1, 5):
        parents = (f"{name} heir {generation - 1}", f"{name} wife {generation - 1}")
        members += [Member(f"{name} heir {generation}", *parents), Member(f"{name} wife {generation}")]
        members += [Member(f"{name} child {generation}.{number}", *parents) for number in range(CHILDREN)]
    last = (f"{name} child 4.0", f"{name} child 4.1")
    members += [Member(f"{name} child 5.{number}", *last) for number in range(2)]
    readings = (("9", "9.3"), ("9", "11"), ("9.3",))
    children = [member.id for member in members if "child" in member.id and not member.id.endswith(".0")]
    first = {f"{name} {role} 0": ("10", "11") for role in ("heir", "wife")}
    return members, first | {child: readings[number % 3] for number, child in enumerate(children)}


@pytest.mark.parametrize("model", MODELS)
def test_log10_likelihood__of_a_very_large_pedigree_is_finite_and_adds_up_over_copies(model: str) -> None:
    members, readings = dynasty("A")
    assert len(members) == 60
    one = log10_at(members, readings, marker(model))
    assert -math.inf < one < -150
    more_members, more_readings = list(members), dict(readings)
    for name in "BCD":
        others, read = dynasty(name)
        more_members, more_readings = others + more_members, {**read, **more_readings}
    together = log10_at(more_members, more_readings, marker(model))
    assert together < -400
    assert together == pytest.approx(4 * one, rel=1e-12)


@pytest.mark.parametrize("model", MODELS)
def test_log10_likelihood__of_a_very_large_pedigree_keeps_under_reordering(model: str) -> None:
    members, readings = dynasty("A")
    backwards = dict(reversed(readings.items()))
    original = log10_at(members, readings, marker(model))
    assert log10_at(members[::-1], backwards, marker(model)) == pytest.approx(original, rel=1e-12)


@pytest.mark.parametrize("count", [1, 20, 100])
def test_log10_likelihood__of_strangers_is_the_sum_of_each(count: int) -> None:
    names = [f"S{number}" for number in range(count)]
    readings = dict.fromkeys(names, ("9", "9.3"))
    expected = count * math.log10(2 * RARE["9"] * RARE["9.3"])
    assert log10_at([Member(name) for name in names], readings, marker("equal")) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("theta", [0.0, 0.02])
@pytest.mark.parametrize("count", [1, 20, 100])
def test_log10_likelihood__of_many_mutated_siblings_is_the_sum_of_each(count: int, theta: float) -> None:
    """Parents 10/11 and 10/11 typed, children 9/9.3: each child is two mutations, independent of the others."""
    at = marker("stepwise")
    parents = {"F": ("10", "11"), "M": ("10", "11")}
    children = {f"C{number}": ("9", "9.3") for number in range(count)}
    couple = [Member("F"), Member("M")]
    expected = math.log10(likelihood(couple, parents, at, theta))
    matrix, ladder = at.male_matrix, at.alleles
    origins = [ladder.index("10"), ladder.index("11")]
    each_way = {
        allele: sum(matrix[origin, ladder.index(allele)] for origin in origins) / 2 for allele in children["C0"]
    }
    expected += count * math.log10(2 * each_way["9"] * each_way["9.3"])
    family = [*couple, *(Member(child, "F", "M") for child in children)]
    assert log10_at(family, {**parents, **children}, at, theta) == pytest.approx(expected, rel=1e-12)


def test_family_tables__of_a_very_large_pedigree_are_the_ratio_of_likelihoods() -> None:
    members, readings = dynasty("A")
    at, free = marker("stepwise"), "A heir 2"
    layout = TableLayout(Panel((at,)))
    profiles = {name: {"L": reading} for name, reading in readings.items()}
    tables = family_tables([TableRequest(Pedigree.of(members), free, profiles)], layout)
    own = log10_at(members, readings, at)
    assert tables.log10_likelihoods[0, 0] == pytest.approx(own, rel=1e-12)
    for genotype in (("9", "9.3"), ("9", "11"), ("10", "11")):
        chance = log10_at([Member("X")], {"X": genotype}, at)
        expected = log10_at(members, {**readings, free: genotype}, at) - own - chance
        found = math.log10(tables.values[0, layout.panel.encode({"L": genotype})[0]])
        assert found == pytest.approx(expected, abs=1e-9)
