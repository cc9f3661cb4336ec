"""Counts that somebody keeps, by number or by total: what is counted, and what of the record a count does not have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from homeward import dates
from homeward.account import figures
from homeward.account.composition import PEOPLE, parts_of, reconcile_part
from homeward.account.ledger import AnchorEntry, ClaimEntry, ExchangeEntry, Verdict
from homeward.account.published_totals import OwnSum, RunningSums
from homeward.reader.claims import What

__all__ = ["Counted", "OwnSums", "TotalSeries", "keys_left_out"]

LeftOut = tuple[date, tuple[int, int]]


@dataclass(frozen=True)
class Counted:
    """What a series counts: a kind (None: prisoners and civilians), a direction, or what one mediator took part in."""

    what: What | None
    giver: str | None
    receiver: str | None
    mediator: str | None

    @classmethod
    def by(cls, claim: ClaimEntry) -> Self:
        """Returns what is counted; a count of both directions is of the exchanges that the speaker took part in."""
        counted = cls(claim.what, claim.giver, claim.receiver, None)
        return counted if counted.has_direction else replace(counted, mediator=claim.speaker_party)

    @property
    def has_direction(self) -> bool:
        """Returns whether one side gives or receives what is counted."""
        return self.giver is not None or self.receiver is not None

    def among(self, exchange: ExchangeEntry) -> bool:
        """Returns whether the exchange took place, with the party whose count this is."""
        sides = {party for transfer in exchange.transfers for party in (transfer.giver, transfer.receiver)}
        took_part = self.mediator is None or self.mediator in sides or self.mediator in exchange.intermediaries
        return took_part and not exchange.aborted

    def counts(self, exchange: ExchangeEntry) -> bool:
        """Returns whether a transfer of the exchange is counted; one that is only general knowledge is not."""
        return self.among(exchange) and any(
            transfer.reconciliation.verdict is not Verdict.UNVERIFIED
            and (transfer.what is self.what if self.what else transfer.what in PEOPLE)
            and self.giver in (None, transfer.giver)
            and self.receiver in (None, transfer.receiver)
            for transfer in exchange.transfers
        )


@dataclass(frozen=True)
class TotalSeries:
    """The totals that a party (None: the press) publishes of what is counted from one day, an EDTF date.

    A series with a name is one count whoever prints it: a party's, which the press carries on without naming a speaker.
    """

    of: Counted
    party: str | None
    begun: str
    name: str = ""

    @classmethod
    def by(cls, anchor: AnchorEntry) -> Self:
        """Returns the series that a total belongs to."""
        party = None if anchor.series else anchor.claim.speaker_party
        return cls(Counted.by(anchor.claim), party, anchor.since, anchor.series)

    def __str__(self) -> str:
        if self.name:
            return self.name
        what = self.of.what.value if self.of.what else "people"
        way = f"{self.of.giver or 'anybody'} to {self.of.receiver or 'anybody'}"
        since = f", since {self.begun}" if self.begun else ""
        return f"{what}, {way if self.of.has_direction else 'both ways'}{since} ({self.party or 'press'})"


def keys_left_out(anchors: Iterable[AnchorEntry]) -> Mapping[TotalSeries, frozenset[str]]:
    """Returns what each series does not count: what one total of a series leaves out, the others do as well."""
    found: defaultdict[TotalSeries, set[str]] = defaultdict(set)
    for anchor in anchors:
        found[TotalSeries.by(anchor)].update(anchor.leaves_out)
    return {series: frozenset(keys) for series, keys in found.items()}


class OwnSums:
    """What the record itemises of what a series counts: of its kind and direction, without what it leaves out."""

    def __init__(self, exchanges: Sequence[ExchangeEntry], left_out: Mapping[TotalSeries, frozenset[str]]) -> None:
        self._exchanges = exchanges
        self._left_out = left_out
        self._sums: dict[str | None, RunningSums] = {}
        self._amounts: dict[TotalSeries, list[LeftOut]] = {}

    def between(self, series: TotalSeries, since: date | None, until: date) -> tuple[OwnSum, int]:
        """Returns the record's sum from `since` to `until`, both included, and how many of its own it left out."""
        of = series.of
        if of.mediator not in self._sums:
            self._sums[of.mediator] = RunningSums([entry for entry in self._exchanges if of.among(entry)])
        if series not in self._amounts:
            counted = (entry for entry in self._exchanges if of.among(entry))
            self._amounts[series] = left_out_of(self._left_out.get(series, ()), counted)
        own = self._sums[of.mediator].between(since, until, what=of.what, giver=of.giver, receiver=of.receiver)
        spans = [span for day, span in self._amounts[series] if (since or date.min) <= day <= until]
        low, high = figures.sum_of_spans(spans)
        if own.low is None or own.high is None:
            return own, high
        return replace(own, low=own.low - low, high=own.high - high), high

    def up_to(self, anchor: AnchorEntry) -> OwnSum:
        """Returns the record's sum over the time of a published total."""
        since, until = dates.bounds(anchor.since).earliest, dates.bounds(anchor.as_of).latest
        return self.between(TotalSeries.by(anchor), since, until or date.max)[0]


def left_out_of(keys: Iterable[str], exchanges: Iterable[ExchangeEntry]) -> list[LeftOut]:
    """Returns the day and the verified figure of each transfer or part of one that is named by its key.

    A key is that of an exchange, the kind and the receiver: ``2025-04-19-prisoners.prisoners-to-ukr``; one of a part
    has its category after a colon. A key of nothing in the record takes nothing off.
    """
    wanted = set(keys)
    found: list[LeftOut] = []
    for exchange in exchanges if wanted else ():
        for transfer in exchange.transfers:
            key = f"{exchange.slug}.{transfer.what.value}-to-{transfer.receiver.lower()}"
            whole = transfer.reconciliation
            if key in wanted:
                found.append((exchange.earliest, (whole.low or 0, whole.high or 0)))
            for category, claims in parts_of(transfer).items():
                part = reconcile_part(claims, transfer)
                if f"{key}:{category}" in wanted:
                    found.append((exchange.earliest, (part.low or 0, part.high or 0)))
    return found
