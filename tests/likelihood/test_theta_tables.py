"""Family tables under theta against whole pedigrees, published formulas and the naive enumeration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.likelihood import naive
from tests.likelihood.examples import GENOTYPES, INBRED, MODELS, X_FAMILY, likelihood, marker

from homeward.errors import InputError
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.simulation import FAMILY_TEMPLATES, FamilyTemplate
from homeward.likelihood import theta_tables as module
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_columns import columns_of
from homeward.likelihood.reading_model import CLEAN, Conditions, ReadingModel
from homeward.likelihood.tables import FamilyTables, TableLayout, TableRequest, family_tables

THETA = 0.03


def ratio_of(
    found: FamilyTables, layout: TableLayout, reading: tuple[str, ...], conditions: Conditions = CLEAN
) -> float:
    """The ratio of a reading at the first marker, made under these conditions."""
    codes = layout.panel.encode({layout.panel.markers[0].name: reading}).reshape(1, -1)
    shown, columns = columns_of(codes, np.zeros_like(codes), [conditions], layout)
    return float(shown.ratios(found.values)[0, columns[0, 0]])


P = {"1": 0.05, "2": 0.25, "3": 0.7}


def at_marker(theta: float, pedigree: Pedigree, missing: str, typed: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """The table of a marker with the frequencies P and no mutation, by reading."""
    plain = Marker.from_frequencies("L", P)
    layout = TableLayout(Panel((plain,)), theta=theta)
    request = TableRequest(pedigree, missing, {name: {"L": reading} for name, reading in typed.items()})
    found = family_tables([request], layout)
    return {"/".join(r): ratio_of(found, layout, r) for r in (layout.panel.reading(0, code) for code in range(6))}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("silent", [0.0, 0.05])
@pytest.mark.parametrize("free", ["B", "M", "C"])
def test_family_tables__with_theta_equal_the_ratio_of_whole_pedigrees(model: str, silent: float, free: str) -> None:
    at = marker(model, silent)
    layout = TableLayout(Panel((at,)), theta=THETA)
    typed = {"S": ("9", "9.3"), **({"C": ("9", "10")} if free != "C" else {"F": ("9", "10")})}
    request = TableRequest(Pedigree.of(INBRED), free, {name: {"L": reading} for name, reading in typed.items()})
    found = family_tables([request], layout)
    own = likelihood(INBRED, typed, at, THETA)
    assert 10 ** found.log10_likelihoods[0, 0] == pytest.approx(own, rel=1e-11)
    for genotype in GENOTYPES:
        related = likelihood(INBRED, {**typed, free: genotype}, at, THETA)
        unrelated = likelihood((*INBRED, Member("X")), {**typed, "X": genotype}, at, THETA)
        assert ratio_of(found, layout, tuple(dict.fromkeys(genotype))) == pytest.approx(
            related / unrelated, rel=1e-11, abs=1e-300
        )


@pytest.mark.parametrize("model", ["none", "stepwise"])
def test_family_tables__with_theta_agree_with_plain_enumeration(model: str) -> None:
    at, pedigree = marker(model), Pedigree.of(INBRED[:4])
    apart = Pedigree.of([*INBRED[:4], Member("X")])
    layout = TableLayout(Panel((at,)), theta=THETA)
    typed = {"S": ("9", "9.3")}
    found = family_tables([TableRequest(pedigree, "B", {"S": {"L": typed["S"]}})], layout)
    for genotype in GENOTYPES:
        related = naive.likelihood(pedigree, {**typed, "B": genotype}, at, THETA)
        unrelated = naive.likelihood(apart, {**typed, "X": genotype}, at, THETA)
        ratio = ratio_of(found, layout, tuple(dict.fromkeys(genotype)))
        assert ratio == pytest.approx(related / unrelated, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize(
    "conditions", [Conditions(0.2), Conditions(0.2, 0.05), Conditions(0.0, 0.0, 0.1), Conditions(0.3, 0.02, 0.05)]
)
def test_family_tables__with_theta_give_readings_under_conditions_as_whole_pedigrees_do(conditions: Conditions) -> None:
    panel = Panel((marker(),))
    layout = TableLayout(panel, theta=THETA)
    typed = {"S": {"L": ("9", "9.3")}}
    pedigree, apart = Pedigree.of(INBRED[:4]), Pedigree.of([*INBRED[:4], Member("X")])
    found = family_tables([TableRequest(pedigree, "B", typed)], layout)
    related = Readings.of({**typed, "B": {"L": ("9",)}}, panel, conditions={"B": conditions})
    unrelated = Readings.of({**typed, "X": {"L": ("9",)}}, panel, conditions={"X": conditions})
    expected = log10_likelihood(pedigree, related, panel, theta=THETA)[0]
    expected -= log10_likelihood(apart, unrelated, panel, theta=THETA)[0]
    assert np.log10(ratio_of(found, layout, ("9",), conditions)) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("relatives", [Conditions(0.1), Conditions(0.05, 0.02), Conditions(0.0, 0.0, 0.02)])
def test_family_tables__with_theta_take_relatives_who_are_read_unsurely(relatives: Conditions) -> None:
    panel = Panel((marker(),))
    layout = TableLayout(panel, ReadingModel(relatives=relatives), THETA)
    typed = {"S": {"L": ("9", "9.3")}, "F": {"L": ("9",)}}
    pedigree, apart = Pedigree.of(INBRED[:4]), Pedigree.of([*INBRED[:4], Member("X")])
    found = family_tables([TableRequest(pedigree, "B", typed)], layout)
    unsure = {"S": relatives, "F": relatives}
    related = Readings.of({**typed, "B": {"L": ("9", "10")}}, panel, conditions=unsure)
    unrelated = Readings.of({**typed, "X": {"L": ("9", "10")}}, panel, conditions=unsure)
    expected = log10_likelihood(pedigree, related, panel, theta=THETA)[0]
    expected -= log10_likelihood(apart, unrelated, panel, theta=THETA)[0]
    assert np.log10(ratio_of(found, layout, ("9", "10"))) == pytest.approx(expected, abs=1e-10)


@given(theta=st.floats(0.001, 0.2), p=st.floats(0.01, 0.4))
@settings(max_examples=25, deadline=None)
def test_family_tables__with_theta_give_the_published_index_of_a_parent(theta: float, p: float) -> None:
    """Parent and child, of Evett and Weir (1998), table 6.7: both a/b, both a/a, and a/a beside a/b."""
    q = 0.5
    at = Marker.from_frequencies("L", {"1": p, "2": q, "3": 1 - p - q})
    layout = TableLayout(Panel((at,)), theta=theta)
    pedigree = Pedigree.of([Member("F"), Member("M"), Member("B", "F", "M")])

    def ratio(parent: tuple[str, ...], child: tuple[str, ...]) -> float:
        found = family_tables([TableRequest(pedigree, "B", {"F": {"L": parent}})], layout)
        return ratio_of(found, layout, child)

    plus = 1 + 2 * theta
    assert ratio(("1",), ("1",)) == pytest.approx(plus / (3 * theta + (1 - theta) * p), rel=1e-9)
    assert ratio(("1",), ("1", "2")) == pytest.approx(plus / (2 * (2 * theta + (1 - theta) * p)), rel=1e-9)
    both = plus * (2 * theta + (1 - theta) * (p + q))
    both /= 4 * (theta + (1 - theta) * p) * (theta + (1 - theta) * q)
    assert ratio(("1", "2"), ("1", "2")) == pytest.approx(both, rel=1e-9)


@pytest.mark.parametrize("theta", [0.0, 0.01, 0.1])
def test_family_tables__of_a_personal_sample_give_the_match_probability_of_balding_and_nichols(theta: float) -> None:
    plain = Marker.from_frequencies("L", P)
    layout = TableLayout(Panel((plain,)), theta=theta)
    pedigree = Pedigree.of([Member("F"), Member("M"), Member("B", "F", "M")])
    below = (1 + theta) * (1 + 2 * theta)
    for own, chance in {
        ("1",): (2 * theta + (1 - theta) * P["1"]) * (3 * theta + (1 - theta) * P["1"]),
        ("1", "2"): 2 * (theta + (1 - theta) * P["1"]) * (theta + (1 - theta) * P["2"]),
    }.items():
        request = TableRequest(pedigree, "B", {"F": {"L": ("1", "2")}}, own={"L": own})
        found = family_tables([request], layout)
        assert ratio_of(found, layout, own) == pytest.approx(below / chance, rel=1e-12)
        assert ratio_of(found, layout, ("3",)) == 0


def test_family_tables__with_theta_take_what_is_shared_for_less_telling() -> None:
    pedigree = Pedigree.of([Member("F"), Member("M"), Member("B", "F", "M")])
    without, with_theta = (at_marker(theta, pedigree, "B", {"F": ("1",)})["1"] for theta in (0.0, 0.03))
    assert with_theta < without == pytest.approx(1 / P["1"])


@pytest.mark.parametrize("template", FAMILY_TEMPLATES, ids=lambda template: template.name)
def test_family_tables__with_a_very_small_theta_are_those_without(template: FamilyTemplate) -> None:
    at = marker("stepwise")
    profiles: dict[str, dict[str, tuple[str, ...]]] = {name: {"L": ("9", "10")} for name in template.typed}
    request = TableRequest(template.pedigree, template.missing[0], profiles)
    layouts = [TableLayout(Panel((at,)), theta=theta) for theta in (1e-9, 0.0)]
    with_theta, without = (family_tables([request], layout).ratios(layout)[0] for layout in layouts)
    assert with_theta == pytest.approx(without, rel=1e-5)


@pytest.mark.parametrize("sex", [Sex.MALE, Sex.FEMALE])
def test_family_tables__with_theta_on_x_equal_whole_pedigrees(sex: Sex) -> None:
    at = marker("stepwise", kind=MarkerKind.X)
    layout = TableLayout(Panel((at,)), theta=THETA)
    family = [*X_FAMILY, Member("lost", "F", "M", sex=sex)]
    typed = {"D": ("9", "10")}
    request = TableRequest(Pedigree.of(family), "lost", {"D": {"L": typed["D"]}})
    row = family_tables([request], layout).ratios(layout)[0]
    for reading in (("9",), ("10",), *([("9", "10")] if sex is Sex.FEMALE else [])):
        related = likelihood(family, {**typed, "lost": reading}, at, THETA)
        unrelated = likelihood([*family, Member("X", sex=sex)], {**typed, "X": reading}, at, THETA)
        column = layout.panel.encode({"L": reading})[0]
        assert row[column] == pytest.approx(related / unrelated, rel=1e-11)


def test_family_tables__leave_theta_out_beyond_reach_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    at = marker("stepwise")
    pedigree = Pedigree.of(INBRED[:4])
    request = TableRequest(pedigree, "B", {"S": {"L": ("9", "10")}})
    made: list[FamilyTables] = []
    for most in (200_000_000, 0):
        module.is_within_reach.cache_clear()
        monkeypatch.setattr(module, "MOST_CELLS", most)
        made.append(family_tables([request], TableLayout(Panel((at,)), theta=THETA)))
    module.is_within_reach.cache_clear()
    plain = family_tables([request], TableLayout(Panel((at,))))
    assert [found.without_theta.tolist() for found in made] == [[[False]], [[True]]]
    width = plain.values.shape[1]
    assert made[1].values[:, :width].tolist() == plain.values.tolist()
    assert (made[1].values[:, width:] == 1).all()
    assert made[0].values[:, :width].tolist() != plain.values.tolist()


def test_table_layout__refuses_a_theta_that_is_none() -> None:
    with pytest.raises(InputError, match="theta"):
        TableLayout(Panel((marker(),)), theta=1.0)
