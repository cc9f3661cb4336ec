"""Claims made by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from homeward.account.ledger import ClaimEntry, ExchangeEntry, SourceEntry, TransferEntry
from homeward.account.reconciliation import reconcile
from homeward.reader.claims import Kind, Quantity, Scope, Status, What

SOURCE = SourceEntry(id=1, url="https://example.org/1", publisher="Example", published="2026-01-30")
MakeClaim = Callable[..., ClaimEntry]


@pytest.fixture(scope="session")
def make_claim() -> MakeClaim:
    """Makes a claim of a hand-over from AAA to BBB."""
    return entry_of


def entry_of(figure: int | Quantity | None = 10, party: str | None = None, **fields: Any) -> ClaimEntry:
    """Returns a claim of a hand-over from AAA to BBB."""
    quantity = Quantity.exact(figure) if isinstance(figure, int) else figure
    defaults: dict[str, Any] = {
        "id": 1,
        "kind": Kind.TRANSFER,
        "what": What.REMAINS,
        "giver": "AAA",
        "receiver": "BBB",
        "status": Status.CARRIED_OUT,
        "scope": Scope.EVENT,
        "source": SOURCE,
    }
    return ClaimEntry(quantity=quantity, speaker_party=party, **{**defaults, **fields})


def operation(day: date, figures: list[int | None], *, agreement: str = "deal", **fields: Any) -> ExchangeEntry:
    """Returns an exchange with one transfer from AAA to BBB, each figure a claim of the receiver."""
    what = fields.pop("what", What.REMAINS)
    verified = fields.pop("verified", True)
    claims = tuple(entry_of(figure, "BBB", verified=verified) for figure in figures)
    part = TransferEntry(
        id=1, what=what, giver="AAA", receiver="BBB", claims=claims, reconciliation=reconcile(claims, "AAA", "BBB")
    )
    return ExchangeEntry(
        slug=day.isoformat(),
        when=day.isoformat(),
        earliest=day,
        latest=day,
        transfers=(part,),
        agreement=agreement,
        **fields,
    )
