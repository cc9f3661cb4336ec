"""The minimum number of individuals: worked inventories, a naive second count, and what holds for any inventory."""

import math
from dataclasses import replace
from itertools import count, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.custody.individuals import InventoryRow, Side, Stage, minimum_number

_NUMBERS = count(1)


def row(
    element: str = "femur",
    side: str = "left",
    zone: str = "all",
    *,
    stage: str = "adult",
    individual: str = "",
    count: int = 1,
    remains: str = "",
) -> InventoryRow:
    """A row, of remains of its own where none are told."""
    remains = remains or f"R-{next(_NUMBERS)}"
    return InventoryRow(remains, element, Side(side), zone, Stage(stage), individual, count)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row()], 1),
        ([row(), row()], 2),
        ([row(), row(side="right")], 1),
        ([row(), row(element="tibia")], 1),
        ([row(count=3), row(side="right", count=2)], 3),
        # zones: two parts of one bone are one, the same part twice is two, all is every part
        ([row(zone="1"), row(zone="2")], 1),
        ([row(zone="1"), row(zone="1"), row(zone="2")], 2),
        ([row(zone="1"), row(zone="2"), row()], 2),
        ([row(), row(side="right", zone="1")], 1),
        # an unknown zone adds nothing, but there is somebody
        ([row(zone="unknown", count=9)], 1),
        ([row(), row(zone="unknown", count=9)], 1),
        # an unknown side: three femora of unknown side are two people at least
        ([row(side="unknown")], 1),
        ([row(side="unknown", count=2)], 1),
        ([row(side="unknown", count=3)], 2),
        ([row(), row(side="right"), row(side="unknown")], 2),
        ([row(count=2), row(side="unknown")], 2),
        ([row(count=2), row(side="right"), row(side="unknown", count=2)], 3),
        ([row(element="sternum", side="mid", count=2), row(element="sternum", side="unknown")], 2),
        # joined remains are one unit, whatever their rows say
        ([row(individual="a"), row(individual="a")], 1),
        ([row(individual="a", count=2)], 1),
        ([row(individual="a"), row(individual="b"), row()], 3),
        ([row(individual="a"), row(side="right", individual="a"), row(side="unknown", individual="a")], 1),
        # of unknown side, a unit counts as often as the body has sides left
        ([row(side="unknown", individual="a", count=4), row(side="unknown", individual="b")], 2),
        ([row(side="unknown", individual="a"), row(side="unknown", individual="a"), row(side="unknown")], 2),
        ([row(individual="a"), row(side="unknown", individual="a"), row(side="unknown")], 2),
        ([row(individual="a"), row(side="unknown", individual="a", count=2), row(side="unknown", count=2)], 2),
        ([row(side="unknown", individual="a"), row(side="unknown")], 1),
        ([row("costa", "unknown", individual="a", count=30), row("costa", "unknown")], 2),
        ([row("costa", "unknown", individual="a", count=23), row("costa", "unknown")], 1),
        ([row(individual="a"), row(element="tibia", individual="b")], 1),
        # ribs without a number: twelve a side
        ([row("costa", count=12)], 1),
        ([row("costa", count=13)], 2),
        ([row("Costa", count=12), row("costa", "right", count=12), row("costa", "unknown", count=1)], 2),
        ([row("costa", "unknown", count=24)], 1),
        ([row("costa", "unknown", count=25)], 2),
        ([row("costa", individual="a", count=7), row("costa", individual="a", count=7)], 1),
        ([row("costa", individual="a", count=12), row("costa")], 2),
        ([row("costa 5", count=2)], 2),
        # adults and subadults apart, or all together, whichever is more
        ([row(), row(side="right", stage="subadult")], 2),
        ([row(count=2), row(stage="subadult", element="tibia")], 3),
        ([row(), row(stage="subadult"), row(stage="unknown")], 3),
        ([row(stage="unknown", count=2), row(element="tibia", stage="subadult")], 2),
        ([row(stage="unknown"), row(element="tibia")], 1),
        # one element of joined remains tells the stage of all; both stages are one young person, not two
        ([row(individual="a"), row("tibia", stage="unknown", individual="a"), row("tibia"), row(stage="subadult")], 3),
        ([row(individual="a"), row("tibia", stage="subadult", individual="a")], 1),
    ],
)
def test_minimum_number__of_worked_inventories(rows: list[InventoryRow], expected: int) -> None:
    assert minimum_number(rows).number == expected


def test_because__names_the_zone_that_needs_most_and_its_units() -> None:
    answer = minimum_number([row(), row("tibia", zone="2", count=2), row("tibia", "unknown", count=3)]).as_json()
    assert answer["minimum"] == 3
    assert answer["because"] == {
        "rule": "all together",
        "together": {
            "minimum": 3,
            "element": "tibia",
            "zone": "2",
            "left": 2,
            "right": 0,
            "mid": 0,
            "unknown": 3,
        },
        "adults": answer["because"]["together"],  # type: ignore[index]
        "subadults": {"minimum": 0},
        "rows": {"read": 3, "counted": 3, "zone_unknown": 0},
        "notes": [],
    }


def test_because__says_when_only_the_rule_of_one_applies_and_when_stages_add_up() -> None:
    assert minimum_number([row(zone="unknown")]).as_json()["because"]["rule"] == "at least one"  # type: ignore[index]
    both = minimum_number([row(), row(side="right", stage="subadult")]).as_json()
    assert both["because"]["rule"] == "adults and subadults"  # type: ignore[index]
    mixed = minimum_number([row(individual="a"), row("tibia", stage="subadult", individual="a")])
    assert mixed.notes == ("individual a has adult and subadult elements: counted with all together only",)


def test_remains__are_of_their_individual_in_all_rows() -> None:
    rows = [
        row(remains="R1", individual="a"),
        row(remains="r1"),
        row("tibia", remains="R1", stage="subadult"),
        row(remains="R2", individual="a"),
    ]
    answer = minimum_number(rows)
    assert answer.number == 1
    assert answer.notes[:2] == (
        "remains r1 are of individual a in all rows: 1 did not say so",
        "remains R1 are of individual a in all rows: 1 did not say so",
    )
    assert minimum_number(rows[1:3]).number == 2  # nothing joins them: as many as their rows say


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_remains_of_two_individuals__make_them_one(order: tuple[int, ...]) -> None:
    rows = [
        row(remains="R1", individual="a"),
        row(remains="R2", individual="b"),
        row(remains="R1", individual="b"),
        row(remains="R3", individual="c"),
        row(remains="R2", individual="c"),
    ]
    answer = minimum_number([rows[position] for position in order])
    assert answer.number == 1
    assert len(answer.notes) == 2
    assert minimum_number(rows[:2]).notes == ()
    told = minimum_number(rows[:3]).notes
    assert told == ("individuals a and b are one: remains R1 are in both",)


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["femur", "Femur", "sternum", "costa"]),
        st.sampled_from(["left", "right", "mid", "unknown"]),
        st.sampled_from(["1", "2", "all", "unknown"]),
        stage=st.sampled_from(["adult", "subadult", "unknown"]),
        individual=st.sampled_from(["", "", "a", "b"]),
        count=st.integers(1, 30),
        remains=st.sampled_from(["", "", "", "", "S-1", "S-2"]),
    ),
    min_size=1,
    max_size=10,
)


@given(ROWS)
def test_minimum_number__is_that_of_a_naive_count(rows: list[InventoryRow]) -> None:
    rows = _with_components(rows)
    stage = {
        name: {each.stage for each in rows if each.individual == name} - {Stage.UNKNOWN}
        for name in {each.individual for each in rows}
    }

    def staged(each: InventoryRow, wanted: Stage) -> bool:
        return (stage[each.individual] == {wanted}) if each.individual else each.stage is wanted

    apart = sum(_naive([each for each in rows if staged(each, wanted)]) for wanted in (Stage.ADULT, Stage.SUBADULT))
    assert minimum_number(rows).number == max(1, apart, _naive(rows))


def _with_components(rows: list[InventoryRow]) -> list[InventoryRow]:
    """Returns the rows with the least name that remains and names, followed to and fro, lead to."""
    found = list(rows)
    for _ in range(len(rows) + 2):
        for number, one in enumerate(found):
            others = [each for each in rows if each.remains == one.remains]
            names = {each.individual for each in others} | {one.individual}
            names |= {each.individual for each in found if each.remains == one.remains}
            same = [now for was, now in zip(rows, found, strict=True) if was.individual and was.individual in names]
            least = min((name for name in names | {each.individual for each in same} if name), default="")
            found[number] = replace(one, individual=least)
    return found


def _naive(rows: list[InventoryRow]) -> int:
    """Returns the greatest need of any element and zone, with every piece as an entry of a list of its own."""
    best = 0
    for element in ("femur", "sternum", "costa"):
        full = 12 if element == "costa" else 1
        for zone in ("1", "2", "all"):
            pieces: list[tuple[str, str]] = []
            for each in rows:
                if each.element.casefold() == element and each.zone in {zone, "all"}:
                    pieces += [(each.individual, each.side.value)] * each.count
            kept: list[str] = []
            for name, group in groupby(sorted(pieces), key=lambda piece: piece[0]):
                sides = [side for _, side in group]
                if name:
                    of_body = [side for side in ("left", "right", "mid") for _ in range(min(full, sides.count(side)))]
                    room = 2 * full - of_body.count("left") - of_body.count("right")
                    sides = of_body + ["unknown"] * min(room, sides.count("unknown"))
                kept += sides
            of_side = [kept.count(side) / full for side in ("left", "right", "mid")]
            both = (len(kept) - kept.count("mid")) / 2 / full
            best = max(best, *map(math.ceil, [*of_side, both]))
    return best


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows__does_not_matter(rows: list[InventoryRow], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert minimum_number(shuffled).number == minimum_number(rows).number


@given(ROWS, ROWS)
def test_more_remains__never_need_fewer_individuals(rows: list[InventoryRow], more: list[InventoryRow]) -> None:
    unjoined = [replace(each, remains=f"more {number}", individual="") for number, each in enumerate(more)]
    assert minimum_number([*rows, *unjoined]).number >= minimum_number(rows).number


@given(ROWS)
def test_joining_all__is_one_individual_at_most_for_each_stage(rows: list[InventoryRow]) -> None:
    joined = [replace(each, individual="a") for each in rows]
    assert minimum_number(joined).number == 1
