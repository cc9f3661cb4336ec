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
        Replicate(str(number), frozenset(reading.split()), each)
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
    assert answer == {
        "alleles": alleles.split(),
        "replicates": len(readings),
        "seen_once": seen_once.split(),
        "state": state,
        "drop_out": drop_out,
    }
    assert sum(seen.values()) == sum(len(reading.split()) for reading in readings)  # type: ignore[attr-defined]


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


@given(READINGS, st.permutations(range(7)))
def test_the_order_of_replicates__does_not_matter(readings: list[frozenset[str]], order: list[int]) -> None:
    made = [Replicate(str(number), reading) for number, reading in enumerate(readings)]
    shuffled = [made[position] for position in order if position < len(made)]
    assert consensus(shuffled) == consensus(made)
