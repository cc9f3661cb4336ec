"""Both sides' claims on one transfer, facing each other figure by figure; and a source's quoted spans in context."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from homeward.reader.claims import Quantity
from homeward.record.ledger import ClaimEntry, TransferEntry
from homeward.record.models import Claim, Excerpt

__all__ = ["Facing", "FacingRow", "Piece", "excerpts_of", "face", "pieces"]


@dataclass(frozen=True)
class FacingRow:
    """One figure: who gives it on the giver's side, and who on the receiver's."""

    quantity: Quantity | None
    giver: tuple[ClaimEntry, ...]
    receiver: tuple[ClaimEntry, ...]

    @property
    def is_joined(self) -> bool:
        """Whether both sides give this figure."""
        return bool(self.giver and self.receiver and self.quantity)


@dataclass(frozen=True)
class Facing:
    """One transfer as its page shows it: figures of the two sides, what others say, what was said when looking back."""

    transfer: TransferEntry
    rows: tuple[FacingRow, ...]
    others: tuple[ClaimEntry, ...]
    later: tuple[ClaimEntry, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of text with the numbers of the claims that quote it."""

    text: str
    claims: tuple[int, ...] = ()


def face(transfer: TransferEntry) -> Facing:
    """Returns the claims on one transfer, sorted by side and by figure; none is left out."""
    later = tuple(claim for claim in transfer.claims if claim.back_reference)
    now = [claim for claim in transfer.claims if not claim.back_reference]
    sides = {transfer.giver, transfer.receiver}
    quantities = dict.fromkeys(claim.quantity for claim in now if claim.speaker_party in sides)
    rows = tuple(
        FacingRow(quantity, _of(now, quantity, transfer.giver), _of(now, quantity, transfer.receiver))
        for quantity in sorted(quantities, key=lambda one: one is None)
    )
    return Facing(transfer, rows, tuple(claim for claim in now if claim.speaker_party not in sides), later)


def excerpts_of(source: int) -> list[tuple[Piece, ...]]:
    """Returns what is kept of a source's text, the spans that claims quote marked."""
    spans = list(
        Claim.objects.filter(statement__source_id=source, span_start__isnull=False)
        .order_by("span_start")
        .values_list("pk", "span_start", "span_end")
    )
    rows = Excerpt.objects.filter(source_id=source).order_by("start").values_list("start", "text")
    return [
        pieces(text, [(number, (first or 0) - start, (last or 0) - start) for number, first, last in spans])
        for start, text in rows
    ]


def pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> tuple[Piece, ...]:
    """Returns the text cut wherever a span begins or ends; `spans` are (number, start, end), and may overlap."""
    inside = [(number, max(0, start), min(len(text), end)) for number, start, end in spans]
    inside = [span for span in inside if span[1] < span[2]]
    cuts = sorted({0, len(text), *(cut for _, start, end in inside for cut in (start, end))})
    return tuple(
        Piece(text[first:last], tuple(number for number, start, end in inside if start <= first and last <= end))
        for first, last in pairwise(cuts)
    )


def _of(claims: Sequence[ClaimEntry], quantity: Quantity | None, party: str) -> tuple[ClaimEntry, ...]:
    return tuple(claim for claim in claims if claim.quantity == quantity and claim.speaker_party == party)
