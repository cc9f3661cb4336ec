"""How much of what every claim should name is not named: speaker, publisher, date of publication."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from homeward.account.ledger import ClaimEntry, Ledger

__all__ = ["Completeness", "completeness_of"]


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """Counts over the claims of a record and their sources.

    ``reported_transfers`` are those with figures of neither side; ``with_date_of_event`` are sources whose day of
    publication is taken from what they tell of, written with a tilde.
    """

    n_claims: int
    without_speaker: int
    without_party: int
    n_sources: int
    without_date: int
    with_date_of_event: int
    without_publisher: int
    n_transfers: int
    reported_transfers: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def completeness_of(ledger: Ledger) -> Completeness:
    """Returns what the claims of a record do not name, each source counted once."""
    claims = list(_claims(ledger))
    sources = {claim.source.id: claim.source for claim in claims}.values()
    transfers = [transfer for exchange in ledger.exchanges for transfer in exchange.transfers]
    return Completeness(
        n_claims=len(claims),
        without_speaker=sum(not claim.speaker for claim in claims),
        without_party=sum(not claim.speaker_party for claim in claims),
        n_sources=len(sources),
        without_date=sum(not source.published for source in sources),
        with_date_of_event=sum(source.published.endswith("~") for source in sources),
        without_publisher=sum(not source.publisher for source in sources),
        n_transfers=len(transfers),
        reported_transfers=sum(
            not transfer.reconciliation.said_by and transfer.reconciliation.low is not None for transfer in transfers
        ),
    )


def _claims(ledger: Ledger) -> Iterator[ClaimEntry]:
    for exchange in ledger.exchanges:
        for transfer in exchange.transfers:
            yield from transfer.claims
    for agreement in ledger.agreements:
        for commitment in agreement.commitments:
            yield from commitment.claims
    yield from (anchor.claim for anchor in ledger.anchors)
    yield from (ordinal.claim for ordinal in ledger.ordinals)
    yield from ledger.statements
