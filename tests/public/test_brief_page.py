"""The page of the brief: how far the record reaches, and how many claims stand under a sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from homeward.account.ledger import ExchangeEntry, Ledger
from homeward.brief.document import Sentence
from homeward.public.brief_page import MOST_CLAIMS_SHOWN, reach, shown

pytestmark = pytest.mark.django_db  # `ledger` is read from a database, which is made only where a test asks


@pytest.mark.parametrize(("days", "late"), [(0, False), (31, False), (32, True)])
def test_reach__is_late_after_a_month_without_an_exchange(
    ledger: Ledger, exchange: Callable[[str], ExchangeEntry], days: int, late: bool
) -> None:
    last = exchange("2025-12-19-remains")
    found = reach(replace(ledger, on=last.latest + timedelta(days=days), exchanges=(last,)))
    assert found is not None
    assert (found.day, found.days, found.is_late) == (last.latest, days, late)


def test_reach__ends_before_an_exchange_that_was_called_off(
    ledger: Ledger, exchange: Callable[[str], ExchangeEntry]
) -> None:
    last = exchange("2025-12-19-remains")
    later = replace(last, slug="called-off", latest=date(2026, 2, 1), aborted=True)
    found = reach(replace(ledger, exchanges=(last, later)))
    assert found is not None
    assert found.day == last.latest
    assert reach(replace(ledger, exchanges=(later,))) is None


def test_shown__counts_the_claims_that_it_leaves_out(ledger: Ledger) -> None:
    claims = {claim.id: claim for entry in ledger.exchanges for one in entry.transfers for claim in one.claims}
    numbers = tuple(claims)[: MOST_CLAIMS_SHOWN + 3]
    found = shown(Sentence("Much was said.", numbers), claims)
    assert (len(found.claims), found.more, found.n_claims) == (MOST_CLAIMS_SHOWN, 3, len(numbers))
