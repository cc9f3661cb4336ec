"""The table of exchanges: which direction stands where, in which order, and what its totals add."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from homeward.account.ledger import ExchangeEntry, Ledger, TransferEntry
from homeward.public.exchange_table import lines_of, ordered, sums
from homeward.record.ledger_cache import LedgerSnapshot

pytestmark = pytest.mark.django_db  # `ledger` is read from a database, which is made only where a test asks

Find = Callable[[str], ExchangeEntry]


def snapshot(ledger: Ledger, *exchanges: ExchangeEntry) -> LedgerSnapshot:
    return LedgerSnapshot("", ledger.on, replace(ledger, exchanges=exchanges))


def figured(transfer: TransferEntry, number: int | None, **fields: str) -> TransferEntry:
    found = replace(transfer.reconciliation, low=number, high=number, unverified_low=None, unverified_high=None)
    return replace(transfer, reconciliation=found, **fields)


@pytest.fixture
def both(exchange: Find) -> ExchangeEntry:
    """An exchange of bodies in both directions."""
    return exchange("2025-12-19-remains")


def test_lines_of__put_the_busier_direction_first_over_the_whole_record(ledger: Ledger, both: ExchangeEntry) -> None:
    one, other = both.transfers
    small = replace(both, slug="small", transfers=(figured(one, 9), figured(other, 1)))
    large = replace(both, slug="large", transfers=(figured(one, 2), figured(other, 40)))
    lines = lines_of(snapshot(ledger, small, large))
    assert lines.receivers == (other.receiver, one.receiver)
    assert {line.there and line.there.receiver for line in lines.all} == {other.receiver}


def test_lines_of__keep_third_parties_on_a_line_of_their_own(ledger: Ledger, both: ExchangeEntry) -> None:
    one, other = both.transfers
    third = figured(other, 3, giver=one.receiver, receiver="BLR")
    lines = lines_of(snapshot(ledger, replace(both, transfers=(one, third))))
    assert len(lines.all) == 2
    assert lines.receivers is None
    assert [line.transfers for line in lines.all] == [(one,), (third,)]


def test_ordered__a_figure_that_nobody_gave_is_below_none_at_all(ledger: Ledger, both: ExchangeEntry) -> None:
    one, _ = both.transfers
    given = {"withheld": None, "none": 0, "some": 5}
    entries = [replace(both, slug=slug, transfers=(figured(one, number),)) for slug, number in given.items()]
    lines = lines_of(snapshot(ledger, *entries)).all
    assert [line.exchange.slug for line in ordered(lines, "there")] == ["withheld", "none", "some"]
    assert [line.exchange.slug for line in ordered(lines, "-there")] == ["some", "none", "withheld"]


def test_sums__leave_out_what_nobody_verified_but_show_it(ledger: Ledger, both: ExchangeEntry) -> None:
    one, _ = both.transfers
    doubtful = figured(one, None)
    doubtful = replace(doubtful, reconciliation=replace(doubtful.reconciliation, unverified_low=6, unverified_high=7))
    days = [replace(both, slug=f"day-{n}", transfers=(transfer,)) for n, transfer in enumerate([doubtful, one])]
    (total,) = sums(lines_of(snapshot(ledger, *days)).all)
    high = one.reconciliation.high or 0
    assert (total.low, total.high, total.unverified) == (one.reconciliation.low, high, 7)


def test_years__are_those_in_which_exchanges_began(ledger: Ledger, both: ExchangeEntry) -> None:
    older = replace(both, slug="older", earliest=date(2022, 12, 31), latest=date(2023, 1, 2))
    assert lines_of(snapshot(ledger, older, both)).years == (2025, 2022)
