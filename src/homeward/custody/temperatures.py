"""How long something was out of its range of temperature, and for how long nobody knows.

Between two readings that are no farther apart than the longest gap allowed, the temperature is taken to have stayed
where both lie: in the range, below or above it. Where they lie on different sides, the moment of crossing is not known.
A longer gap, and the time before the first reading and after the last, is unknown, never fine.

    out of range for at least = below + above          for at most = that + crossing + unknown
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise

from homeward.custody.places import State, Stay
from homeward.errors import InputError

__all__ = ["Condition", "Reading", "Span", "TemperatureRange", "exposure", "summary", "temperature_spans"]

ABSOLUTE_ZERO_CELSIUS = -273.15


class Condition(Enum):
    """What is known of the temperature over a time."""

    WITHIN = "within"
    BELOW = "below"
    ABOVE = "above"
    CROSSING = "crossing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """One reading of a logger. Raises InputError for a moment without zone or what is no temperature."""

    at: datetime
    celsius: float

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise InputError(place="reading", found=f"{self.at.isoformat()} without zone", needed="a moment with zone")
        if not math.isfinite(self.celsius) or self.celsius < ABSOLUTE_ZERO_CELSIUS:
            raise InputError(place=f"reading of {self.at.isoformat()}", found=f"{self.celsius}", needed="°C")


@dataclass(frozen=True)
class TemperatureRange:
    """The temperatures that are in order, both bounds included."""

    low_celsius: float
    high_celsius: float

    def __post_init__(self) -> None:
        if not self.low_celsius <= self.high_celsius:
            found = f"{self.low_celsius} to {self.high_celsius}"
            raise InputError(place="range", found=found, needed="the lower temperature first")

    def condition(self, celsius: float) -> Condition:
        """Returns on which side of the range a temperature lies."""
        if celsius < self.low_celsius:
            return Condition.BELOW
        return Condition.ABOVE if celsius > self.high_celsius else Condition.WITHIN


@dataclass(frozen=True)
class Span:
    """A time over which the same is known; `until` is not in it."""

    since: datetime
    until: datetime
    condition: Condition

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.until - self.since


def temperature_spans(
    readings: Iterable[Reading],
    range_: TemperatureRange,
    *,
    since: datetime,
    until: datetime,
    longest_gap: timedelta,
) -> tuple[Span, ...]:
    """Returns what is known from `since` until `until`, without a gap and without overlap.

    Raises InputError for two readings of one moment that differ.
    """
    by_moment: dict[datetime, float] = {}
    for reading in readings:
        if by_moment.setdefault(reading.at, reading.celsius) != reading.celsius:
            found = f"{by_moment[reading.at]} and {reading.celsius} °C"
            raise InputError(place=f"reading of {reading.at.isoformat()}", found=found, needed="one temperature")
    ordered = sorted(by_moment.items())
    spans = []
    for (start, first), (end, second) in pairwise(ordered):
        sides = {range_.condition(first), range_.condition(second)}
        between = sides.pop() if len(sides) == 1 else Condition.CROSSING
        spans.append(Span(start, end, between if end - start <= longest_gap else Condition.UNKNOWN))
    if not spans:
        return _joined([Span(since, until, Condition.UNKNOWN)])
    before = Span(min(since, spans[0].since), spans[0].since, Condition.UNKNOWN)
    after = Span(spans[-1].until, max(until, spans[-1].until), Condition.UNKNOWN)
    return _joined(_cut(span, since=since, until=until) for span in (before, *spans, after))


def exposure(
    stays: Sequence[Stay],
    readings_by_place: Mapping[str, Sequence[Reading]],
    range_: TemperatureRange,
    *,
    longest_gap: timedelta,
) -> tuple[Span, ...]:
    """Returns what is known of the temperature of an item from where it stayed; away from a logger it is unknown."""
    spans: list[Span] = []
    for stay in stays:
        readings = readings_by_place.get(stay.whereabouts.place, ()) if stay.whereabouts.state is State.HERE else ()
        spans += temperature_spans(readings, range_, since=stay.since, until=stay.until, longest_gap=longest_gap)
    return _joined(spans)


def summary(spans: Iterable[Span]) -> dict[Condition, timedelta]:
    """Returns how long each condition lasted in sum."""
    total = dict.fromkeys(Condition, timedelta())
    for span in spans:
        total[span.condition] += span.length
    return total


def _cut(span: Span, *, since: datetime, until: datetime) -> Span:
    start = max(since, min(span.since, until))
    return Span(start, max(start, min(span.until, until)), span.condition)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Returns the spans that have a length, with neighbours of one condition as one."""
    joined: list[Span] = []
    for span in spans:
        if not span.length:
            continue
        if joined and joined[-1].condition is span.condition and joined[-1].until == span.since:
            joined[-1] = Span(joined[-1].since, span.until, span.condition)
        else:
            joined.append(span)
    return tuple(joined)
