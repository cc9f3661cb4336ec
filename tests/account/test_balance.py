"""What was promised against what was carried out."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.account.balance import balance, outstanding
from homeward.account.ledger import AgreementEntry, BalanceLine, CommitmentEntry, ExchangeEntry, TransferEntry
from homeward.account.published_totals import RunningSums
from homeward.account.reconciliation import reconcile
from homeward.reader.claims import Modifier, Quantity, What

from .conftest import entry_of, operation

ON = date(2026, 2, 1)


def line_for(
    quantity: Quantity | None, *exchanges: ExchangeEntry, category: str = "", what: What = What.REMAINS
) -> BalanceLine:
    commitment = CommitmentEntry(
        id=1,
        agreement="deal",
        worded_by="AAA",
        what=what,
        giver="AAA",
        receiver="BBB",
        quantity=quantity,
        wording="as said",
        category=category,
    )
    agreement = AgreementEntry(slug="deal", name="Deal", concluded="2026", place="", commitments=(commitment,))
    (line,) = balance([agreement], exchanges, on=ON)
    return line


def test_balance__sums_low_to_high_and_counts_days() -> None:
    line = line_for(Quantity.exact(50), operation(date(2026, 1, 1), [10, 13]), operation(date(2026, 1, 22), [20]))
    assert (line.delivered_low, line.delivered_high) == (30, 33)
    assert (line.outstanding_low, line.outstanding_high) == (17, 20)
    assert (line.last_transfer, line.days_since) == (date(2026, 1, 22), 10)


def test_balance__leaves_out_aborted_later_and_other_exchanges() -> None:
    line = line_for(
        Quantity.exact(50),
        operation(date(2026, 1, 1), [10], aborted=True),
        operation(date(2026, 2, 2), [10]),
        operation(date(2026, 1, 3), [10], agreement="another"),
    )
    assert line.delivered_high == 0
    assert line.last_transfer == date(2026, 1, 3)  # of that kind and direction under any agreement


def test_balance__keeps_unverified_figures_apart() -> None:
    line = line_for(Quantity.exact(50), operation(date(2026, 1, 1), [10], verified=False))
    assert (line.delivered_high, line.unverified, line.outstanding_high) == (0, 10, 50)
    assert line.last_transfer is None


def test_balance__does_not_call_withheld_numbers_outstanding() -> None:
    line = line_for(Quantity.exact(50), operation(date(2026, 1, 1), [None]), operation(date(2026, 1, 2), [20]))
    assert (line.outstanding_low, line.outstanding_high) == (0, 30)


def test_balance__counts_civilians_where_the_promise_does() -> None:
    civilians = operation(date(2026, 1, 2), [5], what=What.CIVILIANS)
    assert line_for(Quantity.exact(50), civilians).delivered_high == 0
    assert line_for(Quantity.exact(50), civilians, category="with civilians").delivered_high == 5


def test_balance__counts_nobody_twice_whom_one_side_calls_a_prisoner() -> None:
    claims = {
        What.PRISONERS: (entry_of(33, "BBB"), entry_of(84, "AAA")),
        What.CIVILIANS: (entry_of(51, "BBB"),),
    }
    transfers = tuple(
        TransferEntry(
            id=1, what=what, giver="AAA", receiver="BBB", claims=said, reconciliation=reconcile(said, "AAA", "BBB")
        )
        for what, said in claims.items()
    )
    exchange = replace(operation(date(2026, 1, 2), [84]), transfers=transfers)
    line = line_for(Quantity.exact(100), exchange, category="with civilians", what=What.PRISONERS)
    assert (line.delivered_low, line.delivered_high, line.outstanding_low, line.outstanding_high) == (84, 84, 16, 16)


@pytest.mark.parametrize(
    ("promised", "expected"),
    [
        (None, (None, None)),
        (Quantity(None, None, Modifier.ALL), (None, None)),
        (Quantity(1200, None, Modifier.AT_LEAST), (869, 869)),
        (Quantity(None, 1200, Modifier.AT_MOST), (0, 869)),
        (Quantity.exact(100), (0, 0)),
    ],
)
def test_outstanding__follows_the_wording(promised: Quantity | None, expected: tuple[int | None, int | None]) -> None:
    assert outstanding(promised, 331, 331) == expected


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_outstanding__is_never_below_nothing(promised: int, delivered: int, more: int) -> None:
    low, high = outstanding(Quantity.exact(promised), delivered, delivered + more)
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= promised


days = st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(st.lists(st.tuples(days, st.integers(0, 9))), days, days)
def test_running_sums__equal_a_plain_addition(made: list[tuple[date, int]], since: date, as_of: date) -> None:
    exchanges = [operation(day, [figure]) for day, figure in made]
    inside = [figure for day, figure in made if since <= day <= as_of]
    found = RunningSums(exchanges).between(since, as_of, what=What.REMAINS, giver="AAA", receiver="BBB")
    assert (found.low, found.high) == ((sum(inside), sum(inside)) if inside else (None, None))
