"""Where an item was: random histories, and what does not fit."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from homeward.custody.places import Happening, PlaceHistory, State, Step, Whereabouts
from homeward.errors import InputError

NOON = datetime(2026, 1, 29, 12, tzinfo=UTC)
PLACES = ("Post", "Depot", "Mortuary")
ITEMS = ("Bag 1", "Bag 2", "Remains 1", "Remains 2", "Sample 1")


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def step(minutes: float, item: str, what: Happening, **more: Any) -> Step:
    return Step(item=item, at=at(minutes), what=what, **more)


JOURNEY = [
    step(0, "Bag 1", Happening.ARRIVED, place="Post"),
    step(1, "Remains 1", Happening.PUT_INTO, container="Bag 1"),
    step(10, "Bag 1", Happening.LEFT, place="Mortuary", by="Alice"),
    step(20, "Bag 1", Happening.RECEIVED, by="Bob"),
    step(30, "Remains 1", Happening.TAKEN_OUT),
    step(40, "Bag 1", Happening.MISSED),
    step(50, "Bag 1", Happening.FOUND, place="Depot"),
    step(60, "Remains 1", Happening.GONE),
]


@pytest.mark.parametrize(
    ("minutes", "item", "expected"),
    [
        (-1, "Bag 1", Whereabouts(State.UNKNOWN)),
        (0, "Bag 1", Whereabouts(State.HERE, "Post")),
        (0.5, "Remains 1", Whereabouts(State.UNKNOWN)),
        (5, "Remains 1", Whereabouts(State.HERE, "Post", inside=("Bag 1",))),
        (15, "Bag 1", Whereabouts(State.IN_TRANSIT, "Post", "Mortuary")),
        (15, "Remains 1", Whereabouts(State.IN_TRANSIT, "Post", "Mortuary", ("Bag 1",))),
        (25, "Remains 1", Whereabouts(State.HERE, "Mortuary", inside=("Bag 1",))),
        (45, "Remains 1", Whereabouts(State.HERE, "Mortuary")),
        (45, "Bag 1", Whereabouts(State.UNACCOUNTED)),
        (55, "Bag 1", Whereabouts(State.HERE, "Depot")),
        (70, "Remains 1", Whereabouts(State.GONE)),
        (70, "Never seen", Whereabouts(State.UNKNOWN)),
    ],
)
def test_where__contents_are_where_their_bag_is(minutes: float, item: str, expected: Whereabouts) -> None:
    for steps in (JOURNEY, JOURNEY[::-1]):
        assert PlaceHistory(steps).where(item, at(minutes)) == expected


def test_a_refused_item__is_back_where_it_came_from() -> None:
    steps = [*JOURNEY[:3], step(15, "Bag 1", Happening.REFUSED)]
    assert PlaceHistory(steps).where("Remains 1", at(16)) == Whereabouts(State.HERE, "Post", inside=("Bag 1",))


def test_stays__follow_the_bag() -> None:
    stays = PlaceHistory(JOURNEY).stays("Remains 1", since=at(-5), until=at(25))
    assert [(stay.since, stay.until, stay.whereabouts.state) for stay in stays] == [
        (at(-5), at(1), State.UNKNOWN),
        (at(1), at(10), State.HERE),
        (at(10), at(20), State.IN_TRANSIT),
        (at(20), at(25), State.HERE),
    ]
    assert PlaceHistory(JOURNEY).contents("Bag 1", at(25)) == {"Remains 1"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (step(5, "Bag 1", Happening.ARRIVED, place="Depot"), "it is here"),
        (step(15, "Bag 1", Happening.LEFT, place="Depot"), "it is in transit"),
        (step(35, "Bag 1", Happening.RECEIVED), "it is here"),
        (step(20.5, "Remains 1", Happening.LEFT, place="Depot"), "it is in Bag 1"),
        (step(61, "Remains 1", Happening.FOUND, place="Depot"), "needed: no further step"),
        (step(15, "Remains 1", Happening.TAKEN_OUT), "Bag 1 is in transit"),
        (step(0, "Bag 2", Happening.PUT_INTO, container="Bag 3"), "Bag 3 is unknown"),
        (step(55, "Remains 1", Happening.PUT_INTO, container="Bag 1"), "needed: both in one place"),
        (step(5, "Bag 1", Happening.PUT_INTO, container="Remains 1"), "needed: no circle"),
        (step(12, "Bag 1", Happening.RECEIVED, by="Bob"), "it is here"),  # then the later receipt no longer fits
    ],
)
def test_a_step_that_does_not_fit__is_refused_even_when_it_is_written_down_late(wrong: Step, told: str) -> None:
    with pytest.raises(InputError, match=told):
        PlaceHistory([*JOURNEY, wrong])


def test_giver_and_taker__are_two_people() -> None:
    with pytest.raises(InputError, match="Alice gives and takes"):
        PlaceHistory([*JOURNEY[:3], step(20, "Bag 1", Happening.RECEIVED, by="Alice")])


def test_a_step__needs_what_belongs_to_it() -> None:
    for what, more in (
        (Happening.ARRIVED, {}),
        (Happening.PUT_INTO, {}),
        (Happening.PUT_INTO, {"container": "Bag 1"}),
        (Happening.GONE, {"place": "Depot"}),
        (Happening.MISSED, {"container": "Bag 2"}),
    ):
        with pytest.raises(InputError, match="Bag 1"):
            step(0, "Bag 1", what, **more)
    with pytest.raises(InputError, match="a moment without zone"):
        Step(item="Bag 1", at=datetime(2026, 1, 29), what=Happening.MISSED)  # noqa: DTZ001


class Movements(RuleBasedStateMachine):
    """Items move about at random; a plain table of where each is now stands beside the history."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.minute = 0
        self.now: dict[str, tuple[str, str]] = dict.fromkeys(ITEMS, ("unknown", ""))  # state, and place or container

    items = Bundle("items")

    @rule(target=items, item=st.sampled_from(ITEMS))
    def name(self, item: str) -> str:
        return item

    def root(self, item: str) -> str:
        while self.now[item][0] == "in":
            item = self.now[item][1]
        return item

    @rule(item=items, what=st.sampled_from(Happening), place=st.sampled_from(PLACES), other=st.sampled_from(ITEMS))
    def happen(self, item: str, what: Happening, place: str, other: str) -> None:
        if what is Happening.PUT_INTO and other == item:
            return
        takes_place = what in {Happening.ARRIVED, Happening.LEFT, Happening.FOUND}
        more = {"place": place} if takes_place else {"container": other} if what is Happening.PUT_INTO else {}
        self.minute += 1
        given = step(self.minute, item, what, **more)
        after = self._after(item, what, place, other)
        if after is None:
            with pytest.raises(InputError):
                PlaceHistory([*self.steps, given])
        else:
            PlaceHistory([*self.steps, given])
            self.steps.append(given)
            self.now[item] = after

    def _after(self, item: str, what: Happening, place: str, other: str) -> tuple[str, str] | None:
        state, detail = self.now[item]
        whole = self.now[self.root(item)]
        match what, state:
            case (Happening.ARRIVED, "unknown") | (Happening.FOUND, "unaccounted"):
                return ("here", place)
            case Happening.LEFT, "here":
                return ("transit", f"{detail}>{place}")
            case ((Happening.RECEIVED | Happening.REFUSED), "transit"):
                return ("here", detail.split(">")[what is Happening.RECEIVED])
            case Happening.MISSED, ("here" | "transit"):
                return ("unaccounted", "")
            case Happening.MISSED, "in":
                return None if whole[0] == "gone" else ("unaccounted", "")
            case Happening.GONE, "here":
                return ("gone", "")
            case Happening.TAKEN_OUT, "in":
                return (
                    None
                    if whole[0] != "here"
                    else ("in", self.now[detail][1])
                    if self.now[detail][0] == "in"
                    else whole
                )
            case Happening.PUT_INTO, ("here" | "unknown"):
                there = self.now[self.root(other)]
                fits = (
                    there[0] == "here" and (state == "unknown" or there == (state, detail)) and self.root(other) != item
                )
                return ("in", other) if fits else None
        return None

    @invariant()
    def every_item_is_in_one_state_at_every_moment(self) -> None:
        history = PlaceHistory(self.steps)
        for item in ITEMS:
            whole, found = self.now[self.root(item)], history.where(item, at(self.minute))
            assert found.state.value.replace("in transit", "transit") == whole[0]
            if whole[0] == "here":
                assert found.place == whole[1]
            stays = history.stays(item, since=at(-1), until=at(self.minute + 1))
            assert sum((stay.until - stay.since for stay in stays), timedelta()) == timedelta(minutes=self.minute + 2)


TestMovements = Movements.TestCase
TestMovements.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
