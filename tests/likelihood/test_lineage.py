"""Two haplotypes of one line: worked rules of the literature, a naive second implementation, properties."""

import itertools
import math
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.mitochondrial import MtHaplotype, mt_haplotype
from homeward.likelihood.lineage import (
    TWO_STEP_SHARE,
    Combination,
    LineageFinding,
    compare_mt,
    compare_y,
    log10_transmission,
    mutations_at_least,
    steps_apart,
    y_mutation_rate,
)

EXCLUDED, INCONCLUSIVE, SUPPORTED = LineageFinding.EXCLUDED, LineageFinding.INCONCLUSIVE, LineageFinding.SUPPORTED
ALICE = {
    "DYS19": ("14",),
    "DYS385": ("11", "14"),
    "DYS389I": ("13",),
    "DYS389II": ("29",),
    "DYS390": ("24",),
    "DYS391": ("11",),
    "DYS392": ("13",),
    "DYS393": ("13",),
    "DYS458": ("17",),
}
CONTROL_REGION = "16024-576"


def mt(differences: str, read: str = CONTROL_REGION) -> MtHaplotype:
    return mt_haplotype(differences, read=read, place="")


def changed(**alleles: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {**ALICE, **alleles}


# --- Y -------------------------------------------------------------------------------------------------------------


def test_y__the_same_at_enough_markers_supports() -> None:
    found = compare_y(ALICE, ALICE, meioses=1)
    assert (found.finding, found.n_compared, found.differences) == (SUPPORTED, 9, ())


def test_y__the_same_at_few_markers_is_inconclusive() -> None:
    few = {name: ALICE[name] for name in ("DYS19", "DYS390")}
    assert compare_y(few, ALICE, meioses=1).finding is INCONCLUSIVE


def test_y__one_step_between_father_and_son_does_not_exclude() -> None:
    found = compare_y(changed(DYS458=("18",)), ALICE, meioses=1)
    assert (found.finding, found.steps) == (INCONCLUSIVE, 1)
    assert found.differences[0].where == "DYS458"


def test_y__three_markers_exclude_a_father__and_not_a_distant_cousin() -> None:
    # Three isolated differences are the traditional exclusion of a father; far along the line mutation explains them.
    other = changed(DYS458=("18",), DYS391=("10",), DYS19=("15",))
    assert compare_y(other, ALICE, meioses=1).finding is EXCLUDED
    assert compare_y(other, ALICE, meioses=12).finding is INCONCLUSIVE


def test_y__a_change_of_dys389i_is_one_step__not_another_of_dys389ii() -> None:
    assert compare_y(changed(DYS389I=("14",), DYS389II=("30",)), ALICE, meioses=1).steps == 1
    assert compare_y(changed(DYS389I=("14",)), ALICE, meioses=1).steps == 2


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        (("11", "14"), ("11", "15"), 1),
        (("11", "14"), ("14", "11"), 0),
        (("11", "14"), ("12", "13"), 2),
        (("14",), ("11", "14"), 0),
        (("12",), ("11", "14"), 1),
        (("14", "14"), ("11", "14"), 3),
    ],
)
def test_y__two_copies_are_paired_as_fits_best(one: tuple[str, ...], other: tuple[str, ...], steps: int) -> None:
    assert steps_apart("DYS385", {"DYS385": one}, {"DYS385": other}) == steps


def test_y__a_microvariant_is_no_single_step() -> None:
    assert steps_apart("DYS458", {"DYS458": ("17.2",)}, {"DYS458": ("17",)}) == 2
    assert steps_apart("DYS458", {"DYS458": ("17.2",)}, {"DYS458": ("18.2",)}) == 1


@given(st.integers(0, 4), st.integers(1, 4), st.sampled_from([("DYS570", "DYS19"), ("DYS19", "DYS390", "DYS643")]))
def test_mutations_at_least__is_the_sum_over_all_histories(n: int, meioses: int, markers: tuple[str, ...]) -> None:
    rates = [y_mutation_rate(name) for name in markers for _ in range(meioses)]
    expected = math.fsum(
        math.prod(rate if hit else 1 - rate for rate, hit in zip(rates, history, strict=True))
        for history in itertools.product([0, 1], repeat=len(rates))
        if sum(history) >= n
    )
    assert mutations_at_least(n, markers, meioses) == pytest.approx(expected, rel=1e-6, abs=1e-14)


@pytest.mark.parametrize("meioses", [1, 2, 3, 4])
def test_transmission__is_the_sum_over_all_walks(meioses: int) -> None:
    rate = 0.01
    up = {0: 1 - rate}
    for size, share in ((1, 1 - TWO_STEP_SHARE), (2, TWO_STEP_SHARE)):
        up |= {size: rate * share / 2, -size: rate * share / 2}
    for steps in range(4):
        walks = (walk for walk in itertools.product(up, repeat=meioses) if sum(walk) == steps)
        expected = math.fsum(math.prod(up[by] for by in walk) for walk in walks)
        found = log10_transmission(steps, rate, meioses)
        assert found == (pytest.approx(math.log10(expected)) if expected else -math.inf)


def test_transmission__of_one_step_in_three_meioses_is_half_of_three_rates_to_first_order() -> None:
    assert 10 ** log10_transmission(1, 0.009, 3) == pytest.approx(3 * 0.009 / 2, rel=0.04)


def test_rates__are_published_or_the_stated_one() -> None:
    assert y_mutation_rate("DYS518") == 0.0146
    assert y_mutation_rate("DYS999") == 2.1e-3


# --- mtDNA ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "finding", "n"),
    [
        ("263G 315.1C 16519C", "263G 315.1C 16519C", SUPPORTED, 0),
        ("263G 315.1C 16519C", "263G 315.1C", INCONCLUSIVE, 1),
        ("263G 315.1C 16519C 152C", "263G 315.1C", EXCLUDED, 2),
        ("263G 309.1C 309.2C 315.1C", "263G 315.1C", SUPPORTED, 0),
        ("263G 315.1C 16189C 16193.1C", "263G 315.1C 16189C", SUPPORTED, 0),
        ("263G 455.1T 573.1C 463-", "263G 315-", SUPPORTED, 0),
        ("263G 315.1C 523- 524-", "263G 315.1C", INCONCLUSIVE, 1),
        ("263G 523- 524-", "263G 524.1A 524.2C", INCONCLUSIVE, 1),
        ("263G 249-", "263G 152C", EXCLUDED, 2),
    ],
)
def test_mt__counts_as_the_guidelines_do(one: str, other: str, finding: LineageFinding, n: int) -> None:
    found = compare_mt(mt(one), mt(other), meioses=2)
    assert (found.finding, len(found.differences)) == (finding, n)


def test_mt__a_mixture_that_holds_the_other_base_is_no_difference() -> None:
    found = compare_mt(mt("16093Y 263G"), mt("263G"), meioses=1)
    assert (found.finding, found.compatible) == (SUPPORTED, ("16093",))
    assert compare_mt(mt("16093Y 263G"), mt("16093C 263G"), meioses=1).finding is SUPPORTED
    assert compare_mt(mt("16093R 263G"), mt("263G"), meioses=1).finding is INCONCLUSIVE


def test_mt__outside_what_both_read_nothing_is_compared() -> None:
    narrow = mt("rCRS", read="16024-16365")
    found = compare_mt(narrow, mt("263G 152C 16519C"), meioses=1)
    assert (found.finding, found.n_compared) == (SUPPORTED, 342)
    assert compare_mt(mt("rCRS", read="16024-16100"), mt("263G"), meioses=1).finding is INCONCLUSIVE


# --- properties ----------------------------------------------------------------------------------------------------

ALLELES = st.sampled_from(["12", "13", "13.2", "14", "15"])
Y_HAPLOTYPES = st.dictionaries(
    st.sampled_from([*ALICE, "DYS437", "DYS570"]), st.tuples(ALLELES), min_size=1
) | st.fixed_dictionaries({"DYS385": st.tuples(ALLELES, ALLELES), "DYS19": st.tuples(ALLELES)})
SITES = ["73G", "150T", "152C", "152Y", "263G", "315.1C", "489C", "523- 524-", "16093C", "16093Y", "16189C", "16519C"]


@st.composite
def mt_haplotypes(draw: st.DrawFn, read: str = CONTROL_REGION) -> MtHaplotype:
    words = draw(st.lists(st.sampled_from(SITES), unique_by=lambda word: word.rstrip("ACGTY")))
    return mt(" ".join(words) or "rCRS", read=read)


@given(Y_HAPLOTYPES, Y_HAPLOTYPES, st.integers(0, 6))
def test_y__is_symmetric(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]], n: int) -> None:
    there, back = compare_y(one, other, meioses=n), compare_y(other, one, meioses=n)
    assert (there.finding, there.steps) == (back.finding, back.steps)
    assert there.log10_transmission == pytest.approx(back.log10_transmission)


@given(mt_haplotypes(), mt_haplotypes(), st.integers(0, 6))
def test_mt__is_symmetric(one: MtHaplotype, other: MtHaplotype, n: int) -> None:
    there, back = compare_mt(one, other, meioses=n), compare_mt(other, one, meioses=n)
    assert (there.finding, len(there.differences)) == (back.finding, len(back.differences))


@given(Y_HAPLOTYPES, Y_HAPLOTYPES, st.integers(0, 6), st.data())
def test_y__more_markers_never_turn_exclusion_into_support(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]], n: int, data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(one))))
    part = {name: alleles for name, alleles in one.items() if name in kept}
    if compare_y(part, other, meioses=n).finding is EXCLUDED:
        assert compare_y(one, other, meioses=n).finding is not SUPPORTED


@given(mt_haplotypes(), mt_haplotypes(), st.integers(1, 400), st.integers(1, 16000))
def test_mt__more_range_never_turns_exclusion_into_support(
    one: MtHaplotype, other: MtHaplotype, last: int, first: int
) -> None:
    part = one.within(((1, last), (first, 16569)))
    if compare_mt(part, other, meioses=1).finding is EXCLUDED:
        assert compare_mt(one, other, meioses=1).finding is not SUPPORTED


@given(mt_haplotypes(), mt_haplotypes())
@settings(max_examples=50)
def test_mt__agrees_with_sequences_compared_base_by_base(one: MtHaplotype, other: MtHaplotype) -> None:
    """Both sequences written out as columns of bases, and compared column by column."""
    skipped = {16193, 309, 311, 312, 313, 314, 315, 455, 463, 573}
    n, in_run = 0, False
    for at in sorted(one.positions):
        for inserted in (0, 1, 2):
            a, b = one.at((at, inserted)), other.at((at, inserted))
            gap = "-" in a or "-" in b
            differs = not a & b and not (gap and at in skipped)
            if inserted and not differs:
                continue
            n += differs and not (gap and in_run)
            in_run = differs and gap
    assert len(compare_mt(one, other, meioses=1).differences) == n


def test_combination__is_shown_apart_and_never_total_without_autosomal_markers() -> None:
    assert Combination(3.0, {"y": 1.5, "mt": 2.0}).total == pytest.approx(6.5)
    alone = Combination(None, {"y": 9.0})
    assert alone.total is None
    assert alone.as_json()["y_log10_lr"] == 9.0
    assert "independent" in str(alone.as_json()["assumes"])
