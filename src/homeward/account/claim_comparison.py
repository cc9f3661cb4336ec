"""Both sides' claims on one transfer, side by side and figure by figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.account.ledger import ClaimEntry, TransferEntry
from homeward.reader.claims import Quantity

__all__ = ["ComparisonRow", "TransferComparison", "compare_claims"]


@dataclass(frozen=True)
class ComparisonRow:
    """One figure: who gives it on the giver's side, and who on the receiver's."""

    quantity: Quantity | None
    giver: tuple[ClaimEntry, ...]
    receiver: tuple[ClaimEntry, ...]

    @property
    def is_joined(self) -> bool:
        """Whether both sides give this figure."""
        return bool(self.giver and self.receiver and self.quantity)


@dataclass(frozen=True)
class TransferComparison:
    """One transfer as its page shows it: figures of the two sides, what others say, what was said when looking back.

    ``apart`` are claims on a part of it, and those that count prisoners and civilians together.
    """

    transfer: TransferEntry
    rows: tuple[ComparisonRow, ...]
    others: tuple[ClaimEntry, ...]
    later: tuple[ClaimEntry, ...]
    apart: tuple[ClaimEntry, ...] = ()


def compare_claims(transfer: TransferEntry) -> TransferComparison:
    """Returns the claims on one transfer, sorted by side and by figure; none is left out."""
    later = tuple(claim for claim in transfer.whole_claims if claim.back_reference)
    now = [claim for claim in transfer.whole_claims if not claim.back_reference]
    sides = {transfer.giver, transfer.receiver}
    quantities = dict.fromkeys(claim.quantity for claim in now if claim.speaker_party in sides)
    rows = tuple(
        ComparisonRow(quantity, _of(now, quantity, transfer.giver), _of(now, quantity, transfer.receiver))
        # Stable: figures stand in the order in which they were entered, words without a figure last.
        for quantity in sorted(quantities, key=lambda one: one is None)
    )
    others = tuple(claim for claim in now if claim.speaker_party not in sides)
    apart = tuple(claim for claim in transfer.claims if claim.category)
    return TransferComparison(transfer, rows, others, later, apart)


def _of(claims: Sequence[ClaimEntry], quantity: Quantity | None, party: str) -> tuple[ClaimEntry, ...]:
    return tuple(claim for claim in claims if claim.quantity == quantity and claim.speaker_party == party)
