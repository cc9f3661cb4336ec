"""Claims made by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from homeward.account.ledger import ClaimEntry, SourceEntry
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
