"""The verdict over the claims on one transfer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.account.ledger import ClaimEntry, Verdict
from homeward.account.reconciliation import reconcile
from homeward.reader.claims import Modifier, Quantity

from .conftest import MakeClaim, entry_of

quantities = st.one_of(
    st.none(),
    st.just(Quantity(None, None, Modifier.ALL)),
    st.integers(0, 50).map(Quantity.exact),
    st.integers(0, 50).map(lambda number: Quantity(number, None, Modifier.AT_LEAST)),
    st.integers(0, 50).map(lambda number: Quantity(None, number, Modifier.AT_MOST)),
    st.integers(0, 50).map(lambda number: Quantity(number, number + 3, Modifier.ABOUT)),
)
claims = st.builds(
    entry_of, figure=quantities, party=st.sampled_from([None, "AAA", "BBB", "CCC"]), verified=st.booleans()
)


@pytest.mark.parametrize(
    ("figures", "verdict", "low", "high", "said_by"),
    [
        ([(10, "AAA"), (10, "BBB")], Verdict.CORROBORATED, 10, 10, ("AAA", "BBB")),
        ([(10, "BBB")], Verdict.ONE_SIDED, 10, 10, ("BBB",)),
        ([(10, "BBB"), (10, None)], Verdict.ONE_SIDED, 10, 10, ("BBB",)),
        ([(10, None), (10, "CCC")], Verdict.REPORTED, 10, 10, ()),
        ([(10, "AAA"), (12, "BBB")], Verdict.CONTESTED, 10, 12, ("AAA", "BBB")),
        ([(10, "AAA"), (10, "BBB"), (13, None)], Verdict.CONTESTED, 10, 13, ("AAA", "BBB")),
        ([(10, "AAA"), (11, "AAA")], Verdict.CONTESTED, 10, 11, ("AAA",)),
        ([(None, "AAA"), (None, "BBB")], Verdict.REPORTED, None, None, ()),
    ],
)
def test_reconcile__weighs_who_says_what(
    figures: list[tuple[int | None, str | None]],
    verdict: Verdict,
    low: int | None,
    high: int | None,
    said_by: tuple[str, ...],
) -> None:
    found = reconcile([entry_of(figure, party) for figure, party in figures], "AAA", "BBB")
    assert (found.verdict, found.low, found.high, found.said_by) == (verdict, low, high, said_by)


def test_reconcile__keeps_unverified_figures_out_of_low_and_high(make_claim: MakeClaim) -> None:
    found = reconcile([make_claim(10, "AAA"), make_claim(99, "BBB", verified=False)], "AAA", "BBB")
    assert (found.verdict, found.low, found.high) == (Verdict.ONE_SIDED, 10, 10)
    assert (found.unverified_low, found.unverified_high) == (99, 99)


def test_reconcile__is_unverified_where_nothing_else_was_said(make_claim: MakeClaim) -> None:
    found = reconcile([make_claim(99, verified=False)], "AAA", "BBB")
    assert (found.verdict, found.low, found.unverified_high) == (Verdict.UNVERIFIED, None, 99)


def test_reconcile__at_least_a_figure_does_not_contradict_a_greater_one(make_claim: MakeClaim) -> None:
    at_least = make_claim(Quantity(1000, None, Modifier.AT_LEAST), "AAA")
    more_than = make_claim(Quantity(1003, None, Modifier.MORE_THAN), "AAA")
    exact = make_claim(1003, "BBB")
    assert reconcile([at_least, exact], "AAA", "BBB").verdict is Verdict.CORROBORATED
    assert reconcile([more_than, exact], "AAA", "BBB").verdict is Verdict.CONTESTED


@given(st.lists(claims, max_size=7).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_reconcile__is_the_same_for_any_order(orders: tuple[list[ClaimEntry], list[ClaimEntry]]) -> None:
    first, second = orders
    assert reconcile(first, "AAA", "BBB") == reconcile(second, "AAA", "BBB")


@given(st.lists(claims, max_size=6), claims)
def test_reconcile__adding_a_claim_never_removes_a_figure(found: list[ClaimEntry], added: ClaimEntry) -> None:
    before, after = reconcile(found, "AAA", "BBB"), reconcile([*found, added], "AAA", "BBB")
    assert set(before.said_by) <= set(after.said_by)
    for party, (low, high) in before.figures.items():
        assert after.figures[party][0] <= low
        assert high <= after.figures[party][1]
    if before.verdict is Verdict.CONTESTED:
        assert after.verdict is Verdict.CONTESTED


@given(st.lists(claims, max_size=7))
def test_reconcile__low_is_never_above_high(found: list[ClaimEntry]) -> None:
    verdict = reconcile(found, "AAA", "BBB")
    assert (verdict.low is None) == (verdict.high is None)
    if verdict.low is not None and verdict.high is not None:
        assert verdict.low <= verdict.high
        assert all(verdict.low <= low <= high <= verdict.high for low, high in verdict.figures.values())
