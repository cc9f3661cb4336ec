"""What the claims of a record do not name."""

from dataclasses import replace
from datetime import date

from homeward.account.completeness import completeness_of
from homeward.account.ledger import AnchorEntry, Ledger, SourceEntry

from .conftest import entry_of, operation

ON = date(2026, 2, 1)


def test_completeness__counts_claims_and_each_source_once() -> None:
    exchange = operation(date(2026, 1, 29), [10, 10])
    undated = SourceEntry(id=2, url="https://example.org/2", publisher="", published="")
    of_the_day = SourceEntry(id=3, url="https://example.org/3", publisher="Example", published="2026-01-29~")
    total = entry_of(10, None, source=undated)
    spoken = entry_of(10, "BBB", speaker="Alice", source=of_the_day)
    ledger = Ledger(
        on=ON,
        parties={},
        exchanges=(exchange,),
        agreements=(),
        balance=(),
        anchors=(AnchorEntry(claim=total, since="", as_of="2026-01-31", explanation=""),),
        statements=(spoken,),
    )
    found = completeness_of(ledger)
    assert (found.n_claims, found.without_speaker, found.without_party) == (4, 3, 1)
    assert (found.n_sources, found.without_date, found.with_date_of_event, found.without_publisher) == (3, 1, 1, 1)
    assert (found.n_transfers, found.reported_transfers) == (1, 0)


def test_completeness__counts_transfers_with_figures_of_neither_side() -> None:
    exchange = operation(date(2026, 1, 29), [10])
    (transfer,) = exchange.transfers
    reported = replace(transfer, reconciliation=replace(transfer.reconciliation, said_by=()))
    exchanges = (exchange, replace(exchange, transfers=(reported,)))
    ledger = Ledger(on=ON, parties={}, exchanges=exchanges, agreements=(), balance=(), anchors=())
    found = completeness_of(ledger)
    assert (found.n_transfers, found.reported_transfers, found.n_sources) == (2, 1, 1)
