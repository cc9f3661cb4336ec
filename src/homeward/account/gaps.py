"""The gap audit: what numbered exchanges and published totals say is missing from the record.

Officials number exchanges ("the 72nd") and publish how many people or bodies came home so far. Two numbers of one
series tell how many exchanges lie between them; two totals of one series, how many people. What the record itemises in
between is taken off; what is left is a gap, or, below zero, more than the series allows. See docs/concepts/gaps.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from homeward import dates
from homeward.account.ledger import AnchorEntry, ExchangeEntry, OrdinalEntry
from homeward.account.series import Counted, OwnSums, TotalSeries, keys_left_out
from homeward.reader.claims import Modifier

__all__ = ["Disagreement", "Gaps", "OrdinalGap", "TotalStep", "find_gaps"]


@dataclass(frozen=True, kw_only=True)
class OrdinalGap:
    """From one told number of a series to the next: the exchanges ``first`` to ``last``, ``on_record`` of them.

    They took place after the day ``after``, and by ``until``. ``people`` came home in those that the record lacks; None
    where no totals enclose this gap alone.
    """

    series: str
    of: Counted
    first: int
    last: int
    on_record: int
    after: date
    until: date
    people: int | None = None

    @property
    def missing(self) -> int:
        """How many exchanges the record lacks; below zero, how many more it has than there are numbers."""
        return self.last - self.first + 1 - self.on_record

    def as_json(self) -> dict[str, Any]:
        return {
            "series": self.series,
            "missing": self.missing,
            "first_number": self.first,
            "last_number": self.last,
            "on_record": self.on_record,
            "after": self.after.isoformat(),
            "before": self.until.isoformat(),
            "people": self.people,
        }


@dataclass(frozen=True, kw_only=True)
class TotalStep:
    """From one published total of a series to the next: what they count in between, and what the record itemises.

    ``since`` is None for the first total of a series that says of no beginning. An itemised figure that is disputed
    has bounds; the difference is to the nearer of them, and 0 where the published figure lies within. ``left_out`` is
    what the record has in that time and the series does not count, by its own words or by what its sums allow; it is
    taken off the itemised figures.
    """

    series: TotalSeries
    since: date | None
    until: date
    published: int
    itemised_low: int
    itemised_high: int
    unverified: int
    left_out: int = 0

    @property
    def itemised(self) -> int:
        """The itemised figure that comes nearest to the published one."""
        return min(max(self.published, self.itemised_low), self.itemised_high)

    @property
    def difference(self) -> int:
        """How many the record lacks; below zero, how many it has more than the totals allow."""
        return self.published - self.itemised

    def as_json(self) -> dict[str, Any]:
        return {
            "series": str(self.series),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat(),
            "published": self.published,
            "itemised": self.itemised,
            "itemised_low": self.itemised_low,
            "itemised_high": self.itemised_high,
            "unverified": self.unverified,
            "left_out": self.left_out,
            "difference": self.difference,
        }


@dataclass(frozen=True)
class Disagreement:
    """One number of a series given to different days, or a total below an earlier one."""

    series: str
    told: str

    def as_json(self) -> dict[str, str]:
        return {"series": self.series, "told": self.told}


@dataclass(frozen=True)
class Gaps:
    """Everything that numbers and totals say; steps without a difference are kept, since they close the account."""

    ordinals: tuple[OrdinalGap, ...]
    totals: tuple[TotalStep, ...]
    disagreements: tuple[Disagreement, ...]
    not_compared: int = 0

    def as_json(self) -> dict[str, Any]:
        """Returns the gaps as printed; ``not_compared`` counts totals without an exact or a verified figure."""
        return {
            "ordinals": [each.as_json() for each in self.ordinals],
            "totals": [each.as_json() for each in self.totals],
            "disagreements": [each.as_json() for each in self.disagreements],
            "not_compared": self.not_compared,
        }


def find_gaps(
    ordinals: Iterable[OrdinalEntry], anchors: Iterable[AnchorEntry], exchanges: Sequence[ExchangeEntry]
) -> Gaps:
    """Returns what the numbers and the totals say that the record lacks or has too much of.

    Totals form a series when the same party gives them for the same kind and direction from the same beginning.
    """
    steps, backwards, n_inexact = _steps(anchors, exchanges)
    gaps, contradictions = _numbers(ordinals, exchanges)
    return Gaps(tuple(_with_people(gaps, steps)), tuple(steps), (*contradictions, *backwards), n_inexact)


def _steps(
    anchors: Iterable[AnchorEntry], exchanges: Sequence[ExchangeEntry]
) -> tuple[list[TotalStep], list[Disagreement], int]:
    """Returns the steps of all series, totals that contradict each other, and how many totals are no exact figure."""
    told: defaultdict[TotalSeries, list[tuple[date, int]]] = defaultdict(list)
    n_inexact = 0
    anchors = tuple(anchors)
    own_sums = OwnSums(exchanges, keys_left_out(anchors))
    for anchor in anchors:
        claim, quantity = anchor.claim, anchor.claim.quantity
        if quantity and quantity.modifier is Modifier.EXACT and quantity.low is not None and claim.verified:
            told[TotalSeries.by(anchor)].append((_latest(anchor.as_of), quantity.low))
        else:
            n_inexact += 1
    steps: list[TotalStep] = []
    contradictions: list[Disagreement] = []
    for series, totals in told.items():
        in_order, against = _in_order(series, totals)
        contradictions += against
        begun = dates.bounds(series.begun).earliest
        before: list[tuple[date | None, int]] = [(None, 0), *in_order]
        for (last_day, last_total), (day, total) in zip(before, in_order, strict=False):
            # The day of the beginning belongs to the first step; the day of a total to the step before it.
            first = last_day + timedelta(days=1) if last_day else begun
            own, left_out = own_sums.between(series, first, day)
            steps.append(
                TotalStep(
                    series=series,
                    since=last_day or begun,
                    until=day,
                    published=total - last_total,
                    itemised_low=own.low or 0,
                    itemised_high=own.high or 0,
                    unverified=own.unverified,
                    left_out=left_out,
                )
            )
    return steps, contradictions, n_inexact


def _in_order(
    series: TotalSeries, totals: Iterable[tuple[date, int]]
) -> tuple[list[tuple[date, int]], list[Disagreement]]:
    """Returns the totals by day, each once, and those that fall below an earlier one or differ on one day."""
    kept: list[tuple[date, int]] = []
    against: list[Disagreement] = []
    for day, total in sorted(set(totals)):
        if kept and (total < kept[-1][1] or day == kept[-1][0]):
            told = f"{kept[-1][1]:,} by {kept[-1][0]}, {total:,} by {day}"
            against.append(Disagreement(str(series), told))
        else:
            kept.append((day, total))
    return kept, against


def _latest(text: str) -> date:
    found = dates.bounds(text)
    return found.latest or found.earliest or date.max


@dataclass(frozen=True)
class _Told:
    """A number of a series: that many exchanges had taken place by ``until``, the last of them not before ``since``."""

    number: int
    since: date
    until: date
    of: Counted


def _numbers(
    ordinals: Iterable[OrdinalEntry], exchanges: Sequence[ExchangeEntry]
) -> tuple[list[OrdinalGap], list[Disagreement]]:
    """Returns the gaps between told numbers, and where the numbers contradict each other."""
    series: defaultdict[str, defaultdict[int, set[_Told]]] = defaultdict(lambda: defaultdict(set))
    for ordinal in ordinals:
        when = dates.bounds(ordinal.claim.when or "")
        if when.earliest and when.latest:
            told = _Told(ordinal.number, when.earliest, when.latest, Counted.by(ordinal.claim))
            series[ordinal.series][ordinal.number].add(told)
    gaps: list[OrdinalGap] = []
    contradictions: list[Disagreement] = []
    for name, numbers in series.items():
        contradictions += [_on_days(name, number, told) for number, told in numbers.items() if len(told) > 1]
        in_order = [min(numbers[number], key=lambda told: told.until) for number in sorted(numbers)]
        for low, high in pairwise(in_order):
            if high.until <= low.until and high.number != low.number:
                found = f"number {high.number} by {high.until}, number {low.number} by {low.until}"
                contradictions.append(Disagreement(name, found))
                continue
            gap = OrdinalGap(
                series=name,
                of=high.of,
                first=low.number + 1,
                last=high.number,
                on_record=_on_record(low, high, exchanges),
                after=low.until,
                until=high.until,
            )
            if gap.missing:
                gaps.append(gap)
    return gaps, contradictions


def _on_days(series: str, number: int, told: Iterable[_Told]) -> Disagreement:
    days = sorted(f"{each.since}" if each.since == each.until else f"{each.since} to {each.until}" for each in told)
    return Disagreement(series, f"number {number} is given to {' and to '.join(days)}")


def _on_record(low: _Told, high: _Told, exchanges: Sequence[ExchangeEntry]) -> int:
    """Returns how many exchanges of what is counted the record has after the lower number, up to the higher one.

    An exchange is a day; the days of the higher number's own stages are one exchange.
    """
    days = {
        exchange.earliest
        for exchange in exchanges
        if low.until < exchange.earliest <= high.until and high.of.counts(exchange)
    }
    stages = {day for day in days if high.since < high.until and high.since <= day}
    return len(days - stages) + bool(stages)


def _with_people(gaps: Sequence[OrdinalGap], steps: Sequence[TotalStep]) -> list[OrdinalGap]:
    """Returns the gaps with the people of the narrowest step of totals around each, if no other gap lies in it."""
    return [replace(gap, people=_people_in(gap, gaps, steps)) for gap in gaps]


def _people_in(gap: OrdinalGap, gaps: Sequence[OrdinalGap], steps: Sequence[TotalStep]) -> int | None:
    around = [
        step
        for step in steps
        if step.series.of == gap.of and (step.since or date.min) <= gap.after and gap.until <= step.until
    ]
    narrowest = min(around, key=lambda step: step.until - (step.since or date.min), default=None)
    # A surplus of the record says nothing of how many came home in what it lacks.
    if narrowest is None or narrowest.difference < 0:
        return None
    first, last = narrowest.since or date.min, narrowest.until
    others = (other for other in gaps if other is not gap and other.of == gap.of)
    return None if any(other.after < last and first < other.until for other in others) else narrowest.difference
