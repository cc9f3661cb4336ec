"""How long something was out of range: nothing unknown is told as fine."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.custody.places import Happening, PlaceHistory, Step
from homeward.custody.temperatures import Condition, Reading, TemperatureRange, exposure, summary, temperature_spans
from homeward.errors import InputError

NOON = datetime(2026, 1, 29, 12, tzinfo=UTC)
COLD = TemperatureRange(2.0, 6.0)
TEN_MINUTES = timedelta(minutes=10)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def readings(*pairs: tuple[float, float]) -> list[Reading]:
    return [Reading(at(minutes), celsius) for minutes, celsius in pairs]


def minutes_of(spans: object) -> dict[str, float]:
    return {
        condition.value: length / timedelta(minutes=1)
        for condition, length in summary(spans).items()  # type: ignore[arg-type]
        if length
    }


def test_spans__tell_what_is_known_between_readings() -> None:
    given_ = readings((0, 4.0), (5, 6.0), (10, 6.1), (15, 7.0), (20, 5.0), (50, 4.0), (55, 1.9), (60, 1.0))
    spans = temperature_spans(given_, COLD, since=at(-5), until=at(70), longest_gap=TEN_MINUTES)
    assert [(span.since, span.until, span.condition) for span in spans] == [
        (at(-5), at(0), Condition.UNKNOWN),
        (at(0), at(5), Condition.WITHIN),
        (at(5), at(10), Condition.CROSSING),
        (at(10), at(15), Condition.ABOVE),
        (at(15), at(20), Condition.CROSSING),
        (at(20), at(50), Condition.UNKNOWN),
        (at(50), at(55), Condition.CROSSING),
        (at(55), at(60), Condition.BELOW),
        (at(60), at(70), Condition.UNKNOWN),
    ]


def test_from_below_to_above__is_a_crossing_and_not_fine() -> None:
    spans = temperature_spans(readings((0, 1.0), (5, 9.0)), COLD, since=at(0), until=at(5), longest_gap=TEN_MINUTES)
    assert minutes_of(spans) == {"crossing": 5}


@pytest.mark.parametrize("pairs", [(), ((3, 4.0),), ((-60, 4.0), (-55, 4.0)), ((90, 4.0), (95, 4.0))])
def test_without_readings_around__all_is_unknown(pairs: tuple[tuple[float, float], ...]) -> None:
    spans = temperature_spans(readings(*pairs), COLD, since=at(0), until=at(60), longest_gap=TEN_MINUTES)
    assert minutes_of(spans) == {"unknown": 60}


def test_a_gap_as_long_as_allowed__is_known_and_a_longer_one_is_not() -> None:
    for minutes, condition in ((10, "within"), (10.01, "unknown")):
        given_ = readings((0, 4.0), (minutes, 4.0))
        spans = temperature_spans(given_, COLD, since=at(0), until=at(minutes), longest_gap=TEN_MINUTES)
        assert list(minutes_of(spans)) == [condition]


READINGS = st.lists(
    st.tuples(st.integers(-30, 90), st.sampled_from([-5.0, 1.9, 2.0, 4.0, 6.0, 6.1, 30.0])), max_size=12
)


@given(READINGS, st.integers(0, 30), st.integers(0, 30))
def test_spans__fill_the_time_exactly_and_each_minute_is_what_its_readings_say(
    pairs: list[tuple[int, float]], since: int, length: int
) -> None:
    by_minute = dict(pairs)
    given_ = readings(*by_minute.items())
    spans = temperature_spans(given_, COLD, since=at(since), until=at(since + length), longest_gap=TEN_MINUTES)

    assert sum((span.length for span in spans), timedelta()) == timedelta(minutes=length)
    assert all(one.until == other.since for one, other in pairwise(spans))
    for minute in range(since, since + length):
        [condition] = [span.condition for span in spans if span.since <= at(minute) < span.until]
        assert condition is _naive(by_minute, minute)


def _naive(by_minute: dict[int, float], minute: int) -> Condition:
    """What is known of the minute that begins at `minute`, by looking for the readings on both sides of it."""
    before = [each for each in by_minute if each <= minute]
    after = [each for each in by_minute if each > minute]
    if not before or not after or min(after) - max(before) > 10:
        return Condition.UNKNOWN
    sides = {"low" if by_minute[m] < 2 else "high" if by_minute[m] > 6 else "in" for m in (max(before), min(after))}
    if len(sides) > 1:
        return Condition.CROSSING
    return {"low": Condition.BELOW, "high": Condition.ABOVE, "in": Condition.WITHIN}[sides.pop()]


def test_exposure__follows_the_item_and_knows_nothing_of_its_way() -> None:
    steps = [
        Step(item="Bag 1", at=at(0), what=Happening.ARRIVED, place="Post"),
        Step(item="Bag 1", at=at(20), what=Happening.LEFT, place="Mortuary"),
        Step(item="Bag 1", at=at(40), what=Happening.RECEIVED),
    ]
    stays = PlaceHistory(steps).stays("Bag 1", since=at(0), until=at(60))
    loggers = {
        "Post": readings(*((minute, 12.0) for minute in range(0, 61, 5))),
        "Mortuary": readings(*((minute, 4.0) for minute in range(0, 61, 5))),
    }
    spans = exposure(stays, loggers, COLD, longest_gap=TEN_MINUTES)
    assert minutes_of(spans) == {"within": 20, "above": 20, "unknown": 20}
    assert minutes_of(exposure(stays, {}, COLD, longest_gap=TEN_MINUTES)) == {"unknown": 60}


def test_what_is_no_reading__is_refused() -> None:
    for celsius in (float("nan"), float("inf"), -273.16):
        with pytest.raises(InputError, match="needed: °C"):
            Reading(NOON, celsius)
    with pytest.raises(InputError, match="without zone"):
        Reading(datetime(2026, 1, 29), 4.0)  # noqa: DTZ001
    with pytest.raises(InputError, match="needed: one temperature"):
        temperature_spans(readings((0, 4.0), (0, 5.0)), COLD, since=at(0), until=at(1), longest_gap=TEN_MINUTES)
    with pytest.raises(InputError, match="the lower temperature first"):
        TemperatureRange(6.0, 2.0)
