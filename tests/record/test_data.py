"""The shipped record: sums, what is verified, and that every fact has a source."""

from collections.abc import Callable
from datetime import date

import pytest

from homeward.account.ledger import ExchangeEntry, Ledger, TransferEntry, Verdict
from homeward.account.published_totals import RunningSums
from homeward.reader.claims import What
from homeward.record.files import read_files, shipped_files


@pytest.mark.parametrize(
    ("since", "as_of", "to_ukraine", "to_russia"),
    [
        (date(2025, 1, 1), date(2026, 3, 6), 18_301, 469),
        (date(2025, 6, 1), date(2025, 12, 31), 12_060, 227),
        (date(2025, 6, 1), date(2026, 1, 31), 13_060, 265),
        (date(2025, 6, 11), date(2025, 6, 16), 6_057, 78),
    ],
)
def test_sums__are_those_of_the_survey_with_the_unverified(
    ledger: Ledger, since: date, as_of: date, to_ukraine: int, to_russia: int
) -> None:
    sums = RunningSums(ledger.exchanges)
    for giver, receiver, expected in (("RUS", "UKR", to_ukraine), ("UKR", "RUS", to_russia)):
        found = sums.between(since, as_of, what=What.REMAINS, giver=giver, receiver=receiver)
        assert (found.high or 0) + found.unverified == expected


def test_anchor__of_kommersant_differs_by_exactly_two_hand_overs(ledger: Ledger) -> None:
    (anchor,) = [entry for entry in ledger.anchors if entry.claim.quantity and entry.claim.quantity.low == 16_483]
    assert (anchor.own_low, anchor.own_high, anchor.own_unverified) == (17_098, 17_101, 1_200)
    assert 17_101 + 1_200 - 16_483 == 2 * 909
    assert "1,818" in anchor.explanation


def test_anchors__are_claims_that_make_no_exchange(ledger: Ledger) -> None:
    assert len(ledger.anchors) == 75
    assert all(entry.explanation for entry in ledger.anchors)
    assert all(entry.claim.scope.value == "cumulative" for entry in ledger.anchors)


def test_unverified__are_the_figures_of_general_knowledge_and_inference(ledger: Ledger) -> None:
    found = {
        (entry.slug, part.receiver, part.reconciliation.unverified_high)
        for entry in ledger.exchanges
        for part in entry.transfers
        if part.reconciliation.verdict is Verdict.UNVERIFIED
    }
    assert found == {
        ("2024-01-31-prisoners", "RUS", 195),
        ("2025-05-06-prisoners", "RUS", 205),
        ("2025-05-16-remains", "RUS", 34),
        ("2025-06-15-remains", "UKR", 1200),
        ("2025-06-16-remains", "RUS", 51),
    }


def test_withheld_numbers__are_transfers_without_a_figure(exchange: Callable[[str], ExchangeEntry]) -> None:
    for day in ("09", "10", "12", "14"):
        parts = exchange(f"2025-06-{day}-prisoners").transfers
        assert [(part.reconciliation.low, part.reconciliation.unverified_low) for part in parts] == [(None, None)] * 2


def test_aborted_exchange__has_no_transfer(exchange: Callable[[str], ExchangeEntry]) -> None:
    assert exchange("2024-01-24-prisoners").aborted
    assert exchange("2024-01-24-prisoners").transfers == ()


def test_planned_agreement__is_no_exchange(ledger: Ledger) -> None:
    assert "istanbul-2025-07-23" in {entry.slug for entry in ledger.agreements}
    on_that_day = [entry for entry in ledger.exchanges if entry.when == "2025-07-23"]
    assert [part.reconciliation.high for part in on_that_day[0].transfers] == [250, 250]
    assert len(on_that_day) == 1


def test_the_exchange_of_29_january_2026__is_corroborated(transfer: Callable[..., TransferEntry]) -> None:
    to_ukraine = transfer("2026-01-29-remains", "UKR").reconciliation
    to_russia = transfer("2026-01-29-remains", "RUS").reconciliation
    assert (to_ukraine.verdict, to_ukraine.low, to_ukraine.high) == (Verdict.CORROBORATED, 1000, 1000)
    assert (to_russia.verdict, to_russia.low, to_russia.said_by) == (Verdict.ONE_SIDED, 38, ("RUS",))


def test_every_claim__has_a_source_and_every_unverified_one_says_why(ledger: Ledger) -> None:
    claims = [claim for entry in ledger.exchanges for part in entry.transfers for claim in part.claims]
    assert len(claims) == 203
    assert all(claim.source.url.startswith("http") and claim.source.publisher for claim in claims)
    assert all(claim.note for claim in claims if not claim.verified)


def test_every_row__is_listed_as_an_exchange_or_an_agreement() -> None:
    files = read_files(shipped_files())
    assert (len(files.exchanges), len(files.agreements), len(files.parties)) == (87, 8, 8)
    assert {row.code for row in files.parties} >= {"UKR", "RUS", "ICRC", "ARE", "TUR", "QAT", "SAU", "USA"}
