"""The shipped record as a ledger, and claims made by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from homeward.journal.actors import SYSTEM
from homeward.reader.claims import Kind, Quantity, Scope, Status, What
from homeward.record import actions, queries
from homeward.record.ledger import ClaimEntry, ExchangeEntry, Ledger, SourceEntry, TransferEntry

SOURCE = SourceEntry(id=1, url="https://example.org/1", publisher="Example", published="2026-01-30")
MakeClaim = Callable[..., ClaimEntry]


@pytest.fixture(scope="session")
def ledger(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Ledger:
    """The shipped record as it stood on 12 March 2026."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_shipped(by=SYSTEM)
        found = queries.ledger(date(2026, 3, 12))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="session")
def exchange(ledger: Ledger) -> Callable[[str], ExchangeEntry]:
    """Finds an exchange of the shipped record by its slug."""
    by_slug = {entry.slug: entry for entry in ledger.exchanges}
    return by_slug.__getitem__


@pytest.fixture(scope="session")
def transfer(exchange: Callable[[str], ExchangeEntry]) -> Callable[..., TransferEntry]:
    """Finds a transfer of the shipped record by its exchange, its receiver and what it is of."""

    def find(slug: str, receiver: str, what: What | None = None) -> TransferEntry:
        found = [part for part in exchange(slug).transfers if part.receiver == receiver]
        return next(part for part in found if what in {None, part.what})

    return find


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
