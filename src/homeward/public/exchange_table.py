"""The table of exchanges: its lines, their order, and the totals that follow the filter."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from homeward.account import balance
from homeward.account.ledger import ExchangeEntry, TransferEntry, Verdict
from homeward.reader.claims import What
from homeward.record.ledger_cache import LedgerSnapshot

__all__ = ["COLUMNS", "Line", "Lines", "Sum", "lines_of", "ordered", "sums"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One kind in one exchange, with both directions; the busier direction of the two parties is `there`."""

    exchange: ExchangeEntry
    what: What
    there: TransferEntry | None
    back: TransferEntry | None

    @property
    def transfers(self) -> tuple[TransferEntry, ...]:
        return tuple(transfer for transfer in (self.there, self.back) if transfer)

    @property
    def verdicts(self) -> frozenset[Verdict]:
        return frozenset(transfer.reconciliation.verdict for transfer in self.transfers)


@dataclass(frozen=True, kw_only=True)
class Sum:
    """The sum of one direction over the lines shown."""

    what: What
    giver: str
    receiver: str
    low: int
    high: int
    unverified: int


@dataclass(frozen=True)
class Lines:
    """Every line of the record, newest first, with the years that it has; the two parties where it has only two."""

    all: tuple[Line, ...]
    years: tuple[int, ...]
    receivers: tuple[str, str] | None


# Below 0, so that "none" (a figure of 0) is told apart from a figure that nobody gave.
def _figure(transfer: TransferEntry | None) -> int:
    return -1 if transfer is None or transfer.reconciliation.high is None else transfer.reconciliation.high


COLUMNS: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "date": lambda line: (line.exchange.earliest, line.exchange.slug),
    "what": lambda line: (line.what.value, line.exchange.earliest),
    "there": lambda line: (_figure(line.there), line.exchange.earliest),
    "back": lambda line: (_figure(line.back), line.exchange.earliest),
    "agreement": lambda line: (line.exchange.agreement_name, line.exchange.earliest),
}


def lines_of(found: LedgerSnapshot) -> Lines:
    """Returns the lines of the table of exchanges."""
    return _kept(found) if found.stamp else _lines(found)


def ordered(lines: Iterable[Line], by: str) -> list[Line]:
    """Returns the lines by a column of COLUMNS; a minus before its name turns the order round."""
    return sorted(lines, key=COLUMNS[by.removeprefix("-")], reverse=by.startswith("-"))


def sums(lines: Iterable[Line]) -> tuple[Sum, ...]:
    """Returns our own sum in each direction over the lines, the largest first."""
    found: defaultdict[tuple[What, str, str], list[TransferEntry]] = defaultdict(list)
    for line in lines:
        for transfer in line.transfers:
            found[transfer.what, transfer.giver, transfer.receiver].append(transfer)
    totals = [_sum(direction, transfers) for direction, transfers in found.items()]
    kinds = list(What)
    return tuple(sorted(totals, key=lambda total: (kinds.index(total.what), -total.high - total.unverified)))


@lru_cache(maxsize=2)
def _kept(found: LedgerSnapshot) -> Lines:
    return _lines(found)


def _lines(found: LedgerSnapshot) -> Lines:
    exchanges = [exchange for exchange in found.ledger.exchanges if exchange.transfers]
    busier = _busier(transfer for exchange in exchanges for transfer in exchange.transfers)
    lines = [line for exchange in exchanges for line in _lines_of_exchange(exchange, busier)]
    years = sorted({exchange.earliest.year for exchange in exchanges}, reverse=True)
    receivers = None
    if len(busier) == 1:
        (pair, there), *_ = busier.items()
        receivers = (there, next(iter(pair - {there})))
    # Newest first once, here: the feed and the filter rely on it.
    return Lines(tuple(ordered(lines, "-date")), tuple(years), receivers)


def _lines_of_exchange(exchange: ExchangeEntry, busier: dict[frozenset[str], str]) -> list[Line]:
    groups: defaultdict[tuple[What, frozenset[str]], list[TransferEntry]] = defaultdict(list)
    for transfer in exchange.transfers:
        groups[transfer.what, frozenset({transfer.giver, transfer.receiver})].append(transfer)
    return [
        Line(
            exchange=exchange,
            what=what,
            there=next((one for one in transfers if one.receiver == busier[pair]), None),
            back=next((one for one in transfers if one.receiver != busier[pair]), None),
        )
        for (what, pair), transfers in groups.items()
    ]


def _busier(transfers: Iterable[TransferEntry]) -> dict[frozenset[str], str]:
    """Returns for each two parties the one that received more."""
    received: defaultdict[frozenset[str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for transfer in transfers:
        received[frozenset({transfer.giver, transfer.receiver})][transfer.receiver] += max(0, _figure(transfer))
    # Sorted first: between equals the order of a dictionary would decide, and the columns could change places.
    return {pair: max(sorted(sizes), key=lambda code: sizes[code]) for pair, sizes in received.items()}


def _sum(direction: tuple[What, str, str], transfers: Sequence[TransferEntry]) -> Sum:
    low, high, unverified = balance.total(transfers)
    return Sum(what=direction[0], giver=direction[1], receiver=direction[2], low=low, high=high, unverified=unverified)
