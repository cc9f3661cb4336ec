"""Published running totals beside our own sums over the same period."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from homeward.account.balance import unverified_part
from homeward.account.composition import PEOPLE, people_of
from homeward.account.ledger import ExchangeEntry
from homeward.reader.claims import What

__all__ = ["OwnSum", "RunningSums"]

Direction = tuple[What | None, str, str]  # None: people, prisoners and civilians counted together


@dataclass(frozen=True)
class OwnSum:
    """Our sum over a period: verified low and high (None where the record has no transfer), and the unverified part."""

    low: int | None
    high: int | None
    unverified: int


@dataclass
class _Series:
    """One direction's transfers by date, with sums up to each."""

    days: list[date] = field(default_factory=list)
    figures: list[tuple[int, int, int]] = field(default_factory=list)
    sums: list[tuple[int, int, int]] = field(default_factory=list)


class RunningSums:
    """Sums of what was handed over in any period. An exchange belongs to the day that it may have begun on.

    People are summed by the count of each exchange, not by adding the kinds: where one side calls 84 people servicemen
    and the other 33 of them, 84 came home, and not 84 and 51 civilians.

    Built once for a record and asked often: each answer takes the time of a search by bisection.
    """

    def __init__(self, exchanges: Sequence[ExchangeEntry]) -> None:
        self._series: defaultdict[Direction, _Series] = defaultdict(_Series)
        for exchange in sorted(exchanges, key=lambda entry: entry.earliest):
            for transfer in () if exchange.aborted else exchange.transfers:
                found = transfer.reconciliation
                figures = (found.low or 0, found.high or 0, unverified_part(found))
                self._add(exchange, (transfer.what, transfer.giver, transfer.receiver), figures)
            for people in () if exchange.aborted else people_of(exchange.transfers):
                way = (people.giver, people.receiver)
                doubtful = sum(
                    unverified_part(transfer.reconciliation)
                    for transfer in exchange.transfers
                    if transfer.what in PEOPLE and (transfer.giver, transfer.receiver) == way
                )
                self._add(exchange, (None, *way), (people.low or 0, people.high or 0, doubtful))
        for series in self._series.values():
            series.sums = list(accumulate(series.figures, _plus, initial=(0, 0, 0)))

    def _add(self, exchange: ExchangeEntry, direction: Direction, figures: tuple[int, int, int]) -> None:
        series = self._series[direction]
        series.days.append(exchange.earliest)
        series.figures.append(figures)

    def between(
        self,
        since: date | None,
        as_of: date,
        *,
        what: What | None = None,
        giver: str | None = None,
        receiver: str | None = None,
    ) -> OwnSum:
        """Returns our sum from `since` to `as_of`, both included; without `what`, of prisoners and civilians."""
        sums, n_transfers = (0, 0, 0), 0
        for (kind, source, target), series in self._series.items():
            if kind is not what or (giver and source != giver) or (receiver and target != receiver):
                continue
            first = bisect_left(series.days, since) if since else 0
            last = bisect_right(series.days, as_of)
            # No transfer in the period is another answer than transfers that sum to 0.
            n_transfers += max(0, last - first)
            if last > first:
                sums = _plus(sums, _minus(series.sums[last], series.sums[first]))
        low, high, unverified = sums
        return OwnSum(low, high, unverified) if n_transfers else OwnSum(None, None, 0)


def _plus(left: tuple[int, int, int], right: tuple[int, int, int]) -> tuple[int, int, int]:
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]


def _minus(left: tuple[int, int, int], right: tuple[int, int, int]) -> tuple[int, int, int]:
    return left[0] - right[0], left[1] - right[1], left[2] - right[2]
