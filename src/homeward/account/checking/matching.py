"""Which transfer of the record a claim speaks of: by date, then direction and kind, then figure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from homeward import dates
from homeward.account import figures
from homeward.account.ledger import ExchangeEntry, TransferEntry
from homeward.reader.claims import Claim, Kind, Quantity, Scope, Status

__all__ = ["Matched", "given", "is_event", "is_settled", "match", "took_place", "window"]

NEWS_DAYS = 7  # a report without a date is of the week before it was published
DATE_SLIP_DAYS = 1  # outlets date one exchange a day apart


@dataclass(frozen=True)
class Matched:
    """A transfer that a claim speaks of; `certain` where no other transfer fits as well.

    `only` is whether the time that the claim may mean has no second one of its kind and direction, whatever its figure.
    """

    exchange: ExchangeEntry
    transfer: TransferEntry
    certain: bool
    only: bool = True


def is_event(claim: Claim) -> bool:
    """Returns whether a claim tells of one hand-over that took place."""
    return claim.kind is Kind.TRANSFER and claim.status is Status.CARRIED_OUT and claim.scope is Scope.EVENT


def window(when: str | None, published: date | None) -> tuple[date, date] | None:
    """Returns the days that a claim may mean: its own date, else the week up to publication; None without either."""
    if when:
        found = dates.bounds(when)
        if found.earliest or found.latest:
            return found.closed(earliest=date.min, latest=published or date.max)
    return (_moved(published, -NEWS_DAYS), published) if published else None


def match(claim: Claim, exchanges: Sequence[ExchangeEntry], published: date | None) -> Matched | None:
    """Returns the transfer of `exchanges` that a claim speaks of, or None.

    Of several in the time that the claim may mean, one whose figure agrees comes first, then the nearest to the end.
    """
    days = window(claim.when, published)
    if days is None or claim.what is None:
        return None
    found = list(_within(claim, exchanges, days))
    # Only a single day may slip: a month that finds nothing means that the record has nothing.
    if not found and days[0] == days[1]:
        days = (_moved(days[0], -DATE_SLIP_DAYS), _moved(days[1], DATE_SLIP_DAYS))
        found = list(_within(claim, exchanges, days))
    if not found:
        return None
    # The figure chooses among several but never excludes: a wrong figure is what the check has to find.
    agreeing = [pair for pair in found if _figure_agrees(claim, pair[1])]
    best = min(agreeing or found, key=lambda pair: _distance(pair[0], days[1]))
    certain = len(found) == 1 or len(agreeing) == 1 or days[0] == days[1]
    return Matched(best[0], best[1], certain, only=len(found) == 1)


def given(transfer: TransferEntry) -> Iterator[tuple[str, str, Quantity]]:
    """Yields each verified figure of the whole transfer with its speaker and the speaker's party."""
    for claim in transfer.whole_claims:
        if claim.verified and claim.quantity and figures.is_figure(claim.quantity):
            yield claim.speaker or claim.source.publisher, claim.speaker_party or "", claim.quantity


def took_place(exchange: ExchangeEntry) -> bool:
    """Returns whether an exchange was carried out with something handed over."""
    return not exchange.aborted and any(transfer.reconciliation.high != 0 for transfer in exchange.transfers)


def is_settled(transfer: TransferEntry) -> bool:
    """Returns whether giver or receiver themselves tell of a transfer, so that it is more than a report."""
    return bool(transfer.reconciliation.said_by)


def _within(
    claim: Claim, exchanges: Iterable[ExchangeEntry], days: tuple[date, date]
) -> Iterator[tuple[ExchangeEntry, TransferEntry]]:
    for exchange in exchanges:
        if exchange.aborted or exchange.latest < days[0] or exchange.earliest > days[1]:
            continue
        for transfer in exchange.transfers:
            same_direction = claim.giver in {None, transfer.giver} and claim.receiver in {None, transfer.receiver}
            if transfer.what is claim.what and same_direction:
                yield exchange, transfer


def _figure_agrees(claim: Claim, transfer: TransferEntry) -> bool:
    if claim.quantity is None or not figures.is_figure(claim.quantity):
        return False
    wanted = claim.quantity
    return any(figures.agree((wanted, quantity)) for _, _, quantity in given(transfer))


def _distance(exchange: ExchangeEntry, day: date) -> int:
    return abs((day - exchange.latest).days)


def _moved(day: date, days: int) -> date:
    """Returns the day so many days later or earlier, as far as the calendar of the machine goes."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
