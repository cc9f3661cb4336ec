"""Parties and conflicts."""

from collections import Counter

from homeward.reader.gazetteer import load_gazetteer


def test_load_gazetteer__every_side_is_a_party_and_no_side_faces_itself() -> None:
    gazetteer = load_gazetteer()
    for conflict in gazetteer.conflicts:
        first, second = conflict.sides
        assert first.codes <= set(gazetteer.kinds)
        assert not first.codes & second.codes


def test_load_gazetteer__states_have_three_letters() -> None:
    assert all(len(code) == 3 for code, kind in load_gazetteer().kinds.items() if kind == "state")


def test_conflict_of__takes_the_one_whose_two_sides_are_named() -> None:
    conflict = load_gazetteer().conflict_of(Counter({"RUS": 6, "USA": 9, "UKR": 6}))
    assert conflict is not None
    assert {side.party for side in conflict.sides} == {"RUS", "UKR"}


def test_conflict_of__makes_one_of_two_states_that_it_does_not_know_together() -> None:
    conflict = load_gazetteer().conflict_of(Counter({"NOR": 6, "PER": 3}))
    assert conflict is not None
    assert {side.party for side in conflict.sides} == {"NOR", "PER"}


def test_conflict_of__finds_none_where_no_party_is_named() -> None:
    assert load_gazetteer().conflict_of(Counter({"SYR-REBELS": 1, "YEM": 1})) is None


def test_opponent__gives_whoever_holds() -> None:
    conflict = load_gazetteer().conflict_of(Counter({"ISR": 6, "PSE": 6}))
    assert conflict is not None
    opponent = conflict.opponent("ISR")
    assert opponent is not None
    assert (opponent.party, opponent.holder) == ("PSE", "HAMAS")
