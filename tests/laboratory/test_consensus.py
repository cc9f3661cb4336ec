"""The consensus of replicates: worked readings, a naive second count, and what holds for any readings."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.genetics.profiles import DropOutClass
from homeward.laboratory.consensus import Replicate, SampleConsensus, State, consensus


def replicates(*readings: str, stated: Sequence[str] = ()) -> list[Replicate]:
    classes = [DropOutClass(each) if each else None for each in stated] or [None] * len(readings)
    return [
        Replicate(str(number), frozenset(reading.split()) - {"OL"}, each, "OL" in reading.split())
        for number, (reading, each) in enumerate(zip(readings, classes, strict=True), 1)
    ]


@pytest.mark.parametrize(
    ("readings", "alleles", "state", "drop_out", "seen_once"),
    [
        (("14 16", "14 16"), "14 16", "consensus", None, ""),
        (("14 16", "14 16", "14 16"), "14 16", "consensus", None, ""),
        (("14 16", "14", ""), "14", "consensus", "high", "16"),
        (("14", "14", "14"), "14", "consensus", "low", ""),
        (("14", "14", "14", "14"), "14", "consensus", "low", ""),
        (("14", "14"), "14", "consensus", "medium", ""),
        (("14", "14", ""), "14", "consensus", "high", ""),
        (("14", "14", "14 16"), "14", "consensus", "high", "16"),
        (("14", "16"), "", "no_consensus", None, "14 16"),
        (("14", ""), "", "no_consensus", None, "14"),
        (("", ""), "", "no_consensus", None, ""),
        (("14 16",), "14 16", "unconfirmed", None, "14 16"),
        (("14",), "14", "unconfirmed", "high", "14"),
        (("",), "", "unconfirmed", None, ""),
        (("14 15 16",), "14 15 16", "left_out", None, "14 15 16"),
        (("14 15 16", "14 15 16"), "14 15 16", "left_out", None, ""),
        (("14 15 16", "14 15", "14 9.3"), "14 15", "consensus", None, "9.3 16"),
        # at least half and at least two: two of four are enough, two of five are not
        (("14", "14", "", ""), "14", "consensus", "high", ""),
        (("14", "14", "", "", ""), "", "no_consensus", None, ""),
        (("14 16", "14 16", "14", "14", "16"), "14 16", "consensus", None, ""),
    ],
)
def test_consensus__of_worked_readings(
    readings: tuple[str, ...], alleles: str, state: str, drop_out: str | None, seen_once: str
) -> None:
    answer = consensus(replicates(*readings)).as_json()
    seen = answer.pop("seen")
    assert (answer.pop("off_ladder"), answer.pop("reason") is None) == ([], state != "left_out")
    assert answer == {
        "alleles": alleles.split(),
        "replicates": len(readings),
        "seen_once": seen_once.split(),
        "state": state,
        "drop_out": drop_out,
    }
    assert sum(seen.values()) == sum(len(reading.split()) for reading in readings)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("readings", "alleles", "state", "drop_out", "off_ladder"),
    [
        # in half of the replicates or more, what cannot be named leaves the marker out
        (("20 OL", "20 OL", "20 OL"), "20", "left_out", None, "1 2 3"),
        (("20 21 OL", "20 21 OL"), "20 21", "left_out", None, "1 2"),
        (("20 OL",), "20", "left_out", None, "1"),
        (("OL",), "", "left_out", None, "1"),
        (("OL", "OL"), "", "left_out", None, "1 2"),
        (("20", "20 OL"), "20", "left_out", None, "2"),
        (("20", "20", "20 OL", "OL"), "20", "left_out", None, "3 4"),
        # in fewer, those readings are set aside, n stays, and one allele alone has no class better than high
        (("20", "20", "20 OL"), "20", "consensus", "high", "3"),
        (("20", "20", "20", "OL"), "20", "consensus", "high", "4"),
        (("20 21", "20 21", "20 OL"), "20 21", "consensus", None, "3"),
        (("20 21", "20", "20 21 OL"), "20", "consensus", "high", "3"),
        (("20", "", "20 OL"), "", "no_consensus", None, "3"),
        (("20 21", "20 21", "20 21 OL", "", ""), "", "no_consensus", None, "3"),
        # set aside, they count against a marker still: 22 would be a third allele in two of four
        (("20 21", "20 21", "20 22 OL", "21 22"), "20 21 22", "left_out", None, "3"),
    ],
)
def test_an_allele_off_the_ladder__was_seen_and_cannot_be_named(
    readings: tuple[str, ...], alleles: str, state: str, drop_out: str | None, off_ladder: str
) -> None:
    answer = consensus(replicates(*readings)).as_json()
    assert [answer[name] for name in ("alleles", "state", "drop_out", "off_ladder", "replicates")] == [
        *(alleles.split(), state, drop_out, off_ladder.split(), len(readings))
    ]
    assert answer["reason"]


def test_the_reason__names_what_was_set_aside_or_left_out() -> None:
    unnamed = "an allele off the ladder, which cannot be named"
    assert consensus(replicates("20 OL", "20")).reason == f"{unnamed}, in 1 of 2 replicates"
    assert consensus(replicates("OL")).reason == f"{unnamed}, in the one replicate"
    assert consensus(replicates("1 2 3")).reason == "3 alleles, more than one person has"
    one, two = consensus(replicates("20", "20", "OL")), consensus(replicates("20", "20", "20", "OL", "OL"))
    assert one.reason == f"replicate 3 saw {unnamed}: its reading is set aside and confirms nothing; n stays 3"
    assert two.reason == f"replicates 4, 5 saw {unnamed}: their readings are set aside and confirm nothing; n stays 5"


@pytest.mark.parametrize("stated", ["none", "low", "medium"])
def test_a_class_that_the_laboratory_states__is_no_better_than_high_beside_an_allele_off_the_ladder(
    stated: str,
) -> None:
    assert consensus(replicates("20", "20", "OL", stated=[stated] * 3)).drop_out is DropOutClass.HIGH


@pytest.mark.parametrize(("reading", "mixture"), [("20 OL", False), ("20 21 OL", True), ("OL", False)])
def test_two_markers_with_more_than_two_alleles__are_a_mixture_whether_all_have_names_or_not(
    reading: str, mixture: bool
) -> None:
    left_out = consensus(replicates(reading, reading))
    sample = SampleConsensus("S", {"A": left_out, "B": left_out})
    assert (sample.left_out, sample.is_mixture) == (("A", "B"), mixture)


@pytest.mark.parametrize(
    ("stated", "drop_out"),
    [(("none", "none"), "none"), (("none", "high"), "high"), (("", "none"), "none"), (("", "low"), "low")],
)
def test_the_laboratory__states_the_class_and_the_most_cautious_counts(stated: tuple[str, ...], drop_out: str) -> None:
    assert consensus(replicates("14", "14", stated=stated)).drop_out is DropOutClass(drop_out)


def test_two_markers_left_out__are_a_mixture_that_is_not_searched() -> None:
    three, two = consensus(replicates("1 2 3", "1 2 3")), consensus(replicates("1 2", "1 2"))
    one = SampleConsensus("S", {"A": three, "B": two}).as_json()
    mixture = SampleConsensus("S", {"A": three, "B": two, "C": three})
    assert (one["mixture"], one["searched"]) == (False, True)
    assert (mixture.as_json()["mixture"], mixture.as_json()["searched"]) == (True, False)
    assert mixture.left_out == ("A", "C")


READINGS = st.lists(st.frozensets(st.sampled_from(["9", "9.3", "10", "14"]), max_size=3), min_size=1, max_size=7)


@given(READINGS)
def test_consensus__is_that_of_a_naive_count(readings: list[frozenset[str]]) -> None:
    answer = consensus([Replicate(str(number), reading) for number, reading in enumerate(readings)])
    n = len(readings)
    enough = {
        allele
        for allele in ("9", "9.3", "10", "14")
        if (times := [allele in reading for reading in readings].count(True)) >= (1 if n == 1 else 2)
        and times / n >= 0.5
    }
    assert set(answer.alleles) == enough
    assert list(answer.alleles) == sorted(enough, key=float)
    assert (answer.state is State.LEFT_OUT) == (len(enough) > 2)
    assert (answer.drop_out is None) == (len(enough) != 1)
    if answer.drop_out in {DropOutClass.LOW, DropOutClass.MEDIUM}:
        assert all(reading == enough for reading in readings)


WITH_OFF_LADDER = st.lists(st.tuples(READINGS.map(lambda readings: readings[0]), st.booleans()), min_size=1, max_size=7)


@given(WITH_OFF_LADDER)
def test_an_allele_off_the_ladder__never_makes_more_certain(readings: list[tuple[frozenset[str], bool]]) -> None:
    named = [Replicate(str(number), reading) for number, (reading, _) in enumerate(readings)]
    made = [
        Replicate(each.name, each.alleles, None, unnamed) for each, (_, unnamed) in zip(named, readings, strict=True)
    ]
    without, answer = consensus(named), consensus(made)
    unnamed, n = sum(unnamed for _, unnamed in readings), len(readings)
    assert answer.seen == without.seen
    assert bool(answer.reason) == bool(unnamed or without.reason)
    if without.state is State.LEFT_OUT or (unnamed and unnamed >= n / 2):
        assert (answer.state, answer.drop_out) == (State.LEFT_OUT, None)
        return
    assert set(answer.alleles) <= set(without.alleles)
    for allele in answer.alleles:
        clean = sum(allele in reading and not off_ladder for reading, off_ladder in readings)
        assert clean >= n / 2
        assert n == 1 or clean >= 2
    if unnamed:
        assert answer.drop_out is (DropOutClass.HIGH if len(answer.alleles) == 1 else None)


@given(WITH_OFF_LADDER, st.permutations(range(7)))
def test_the_order_of_replicates__does_not_matter(
    readings: list[tuple[frozenset[str], bool]], order: list[int]
) -> None:
    made = [Replicate(str(number), reading, None, unnamed) for number, (reading, unnamed) in enumerate(readings)]
    shuffled = [made[position] for position in order if position < len(made)]
    assert consensus(shuffled) == consensus(made)
