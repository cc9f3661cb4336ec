"""The record seen from one day and told in one language: what every part of the brief is written from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from homeward.account import balance, figures
from homeward.account.ledger import ClaimEntry, ExchangeEntry, Ledger, TransferEntry
from homeward.brief.document import Direction, Total
from homeward.reader.claims import Modifier, Quantity, What
from homeward.wording.phrases import Phrases

__all__ = ["BriefContext", "claim_ids", "direction_of", "is_stated"]

Pair = frozenset[str]


def claim_ids(transfers: Iterable[TransferEntry]) -> tuple[int, ...]:
    """Returns the numbers of every claim about the transfers, each once and in order."""
    return tuple(sorted({claim.id for transfer in transfers for claim in transfer.whole_claims}))


def direction_of(transfer: TransferEntry) -> Direction:
    """Returns what goes from whom to whom."""
    return Direction(transfer.what, transfer.giver, transfer.receiver)


@dataclass(frozen=True)
class BriefContext(Phrases):
    """A catalogue, and the ledger that is told from it as it stood on a day."""

    ledger: Ledger
    on: date

    @cached_property
    def exchanges(self) -> tuple[ExchangeEntry, ...]:
        """What was carried out by the day, oldest first; an exchange that was called off is none."""
        return tuple(
            exchange
            for exchange in self.ledger.exchanges
            if not exchange.aborted and exchange.transfers and exchange.earliest <= self.on
        )

    @cached_property
    def pair(self) -> Pair:
        """The two parties of the latest exchange; none in an empty record."""
        if not self.exchanges:
            return frozenset()
        transfer = self.exchanges[-1].transfers[0]
        return frozenset({transfer.giver, transfer.receiver})

    @cached_property
    def transfers(self) -> dict[Pair, tuple[tuple[ExchangeEntry, TransferEntry], ...]]:
        """Every transfer with its exchange, by the two parties between which it went, oldest first."""
        found: defaultdict[Pair, list[tuple[ExchangeEntry, TransferEntry]]] = defaultdict(list)
        for exchange in self.exchanges:
            for transfer in exchange.transfers:
                found[frozenset({transfer.giver, transfer.receiver})].append((exchange, transfer))
        return {pair: tuple(transfers) for pair, transfers in found.items()}

    @cached_property
    def of_pair(self) -> tuple[tuple[ExchangeEntry, TransferEntry], ...]:
        """The transfers between the two parties of the latest exchange."""
        return self.transfers.get(self.pair, ())

    @cached_property
    def latest(self) -> tuple[tuple[ExchangeEntry, TransferEntry], ...]:
        """Everything that changed sides between the two parties on the day of the latest exchange, weightiest first."""
        # By the day and not the exchange: prisoners and bodies of one day are entered as two.
        day = self.exchanges[-1].earliest if self.exchanges else None
        of_day = [(exchange, transfer) for exchange, transfer in self.of_pair if exchange.earliest == day]
        return tuple(sorted(of_day, key=lambda entry: self._weight(entry[1], of_day)))

    def latest_of(self, what: What) -> tuple[tuple[ExchangeEntry, TransferEntry], ...]:
        """Returns the latest transfers of one kind between the two parties, in both directions."""
        of_kind = [(exchange, transfer) for exchange, transfer in self.of_pair if transfer.what is what]
        return tuple(entry for entry in of_kind if entry[0].earliest == of_kind[-1][0].earliest)

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Our own sum in each direction between the two parties of the latest exchange, kind by kind.

        The kind and the direction with the largest sum come first.
        """
        found: defaultdict[Direction, list[tuple[ExchangeEntry, TransferEntry]]] = defaultdict(list)
        of_kind: defaultdict[What, int] = defaultdict(int)
        for exchange, transfer in self.of_pair:
            found[direction_of(transfer)].append((exchange, transfer))
        sums = [self._total(direction, entries) for direction, entries in found.items()]
        for total in sums:
            of_kind[total.direction.what] += total.high + total.unverified
        return tuple(sorted(sums, key=lambda total: (-of_kind[total.direction.what], -total.high - total.unverified)))

    def slots(self, direction: Direction, quantity: Quantity | None = None) -> dict[str, object]:
        """Returns what a message about one direction may ask for."""
        what = direction.what
        return {
            "giver": self.wording.party(direction.giver),
            "receiver": self.wording.party(direction.receiver),
            "noun": self.noun(what),
            "count": self.count(quantity, what),
            **self.verbs(what, giver=direction.giver),
        }

    def speaker(self, claim: ClaimEntry) -> str:
        """Returns who says so: speaker and party, the party alone, or the publisher of the report."""
        return self.person(claim.speaker, claim.speaker_party) or claim.source.publisher or self.plain("who.press")

    def quantity(self, low: int, high: int) -> Quantity:
        """Returns the sum or span as a quantity."""
        return Quantity(low, high, Modifier.EXACT)

    def _total(self, direction: Direction, entries: Sequence[tuple[ExchangeEntry, TransferEntry]]) -> Total:
        transfers = [transfer for _, transfer in entries]
        low, high, unverified = balance.total(transfers)
        last = entries[-1][0].earliest
        return Total(
            direction=direction,
            title=self.say("brief.side.to", **self.slots(direction)),
            low=low,
            high=high,
            unverified=unverified,
            since=entries[0][0].earliest,
            n_transfers=len(transfers),
            last=last,
            days_since=(self.on - last).days,
            claims=claim_ids(transfers),
        )

    def _weight(
        self, transfer: TransferEntry, others: Sequence[tuple[ExchangeEntry, TransferEntry]]
    ) -> tuple[int, ...]:
        """Returns a sort key: the kind with the largest figure first, and in it the larger direction first."""
        # By kind first, so that the two directions of one kind stand together.
        largest = max(_size(other) for _, other in others if other.what is transfer.what)
        return -largest, list(What).index(transfer.what), -_size(transfer)


def _size(transfer: TransferEntry) -> int:
    return transfer.reconciliation.high or 0


def is_stated(claim: ClaimEntry) -> bool:
    """Returns whether the claim gives a figure."""
    return claim.quantity is not None and figures.is_figure(claim.quantity)
