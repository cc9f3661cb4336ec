"""Splitting and rejoining, joining and parting: what is undone leaves everything as it was."""

import copy

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from homeward.custody.reassociation import Change, Joined, Parted, Reassociation, Received, Rejoined, Split
from homeward.errors import InputError

START: list[Change] = [Received("A"), Received("B"), Received("C")]


def individuals(*changes: Change) -> set[str]:
    return {"".join(sorted(each)) for each in Reassociation.of([*START, *changes]).individuals}


def test_joined_remains__are_one_individual_through_others_too() -> None:
    assert individuals(Joined("A", "B")) == {"AB", "C"}
    assert individuals(Joined("A", "B"), Joined("C", "B")) == {"ABC"}
    assert individuals(Joined("A", "B"), Joined("C", "B"), Parted("B", "A")) == {"A", "BC"}


def test_split_remains__stand_back_for_their_parts_with_their_joins() -> None:
    split = Split("A", ("D", "E"))
    assert individuals(Joined("A", "B"), split) == {"B", "C", "D", "E"}
    assert individuals(Joined("A", "B"), split, Joined("D", "C"), Rejoined("A")) == {"AB", "C"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (Received("A"), "a code that was given before"),
        (Split("A", ("B", "D")), "a code that was given before"),
        (Split("A", ("D", "D")), "a code that was given before"),
        (Split("A", ("D",)), "needed: two or more"),
        (Split("X", ("D", "E")), "no such remains"),
        (Rejoined("A"), "no live split"),
        (Joined("A", "A"), "one remains twice"),
        (Joined("A", "X"), "no such remains"),
        (Parted("A", "B"), "no joining"),
    ],
)
def test_a_change_that_does_not_fit__is_refused_and_changes_nothing(wrong: Change, told: str) -> None:
    state = Reassociation.of(START)
    before = copy.deepcopy(state)
    with pytest.raises(InputError, match=told):
        state.take(wrong)
    assert state == before


def test_parts_that_are_split_themselves__are_rejoined_first() -> None:
    state = Reassociation.of([*START, Split("A", ("D", "E")), Split("D", ("F", "G"))])
    with pytest.raises(InputError, match="D is split itself"):
        state.take(Rejoined("A"))
    with pytest.raises(InputError, match="it is split or rejoined"):
        state.take(Joined("A", "B"))


class Changes(RuleBasedStateMachine):
    """Random changes; each undoing is compared with a copy that was kept before what it undoes."""

    @initialize()
    def begin(self) -> None:
        self.state = Reassociation.of(START)
        self.given = 0

    @rule(data=st.data())
    def join(self, data: st.DataObject) -> None:
        one, other = (
            data.draw(st.sampled_from(sorted(self.state.live))),
            data.draw(st.sampled_from(sorted(self.state.live))),
        )
        if one == other or frozenset({one, other}) in self.state.joins:
            return
        before = self.state.individuals
        self.state.take(Joined(one, other))
        undone = copy.deepcopy(self.state)
        undone.take(Parted(other, one))
        assert undone.individuals == before

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        remains = data.draw(st.sampled_from(sorted(self.state.live)))
        before = self.state.individuals
        parts = tuple(f"{remains}.{self.given + number}" for number in range(data.draw(st.integers(2, 3))))
        self.given += 3
        self.state.take(Split(remains, parts))
        undone = copy.deepcopy(self.state)
        undone.take(Joined(parts[0], parts[1]))
        undone.take(Rejoined(remains))
        assert undone.individuals == before

    @precondition(lambda self: self.state.joins)
    @rule(data=st.data())
    def part(self, data: st.DataObject) -> None:
        one, other = data.draw(st.sampled_from(sorted(map(sorted, self.state.joins))))
        self.state.take(Parted(one, other))

    @precondition(lambda self: self.state.splits)
    @rule(data=st.data())
    def rejoin(self, data: st.DataObject) -> None:
        remains = data.draw(st.sampled_from(sorted(self.state.splits)))
        if all(part in self.state.live for part in self.state.splits[remains]):
            self.state.take(Rejoined(remains))

    @invariant()
    def every_live_remains_is_of_one_individual(self) -> None:
        found = sorted(remains for together in self.state.individuals for remains in together)
        assert found == sorted(self.state.live)
        for one, other in map(tuple, self.state.joins):
            if {one, other} <= self.state.live:
                assert any({one, other} <= together for together in self.state.individuals)


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
