"""Who was handed over, apart from how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.account.composition import WITH_CIVILIANS, PeopleCount, parts_of, people_of, reconcile_part
from homeward.account.ledger import ClaimEntry, TransferEntry, Verdict
from homeward.account.reconciliation import reconcile
from homeward.reader.claims import What

from .conftest import MakeClaim, entry_of

KINDS = (What.PRISONERS, What.CIVILIANS)


def transfer_of(what: What, claims: list[ClaimEntry]) -> TransferEntry:
    found = reconcile(claims, "AAA", "BBB")
    return TransferEntry(id=1, what=what, giver="AAA", receiver="BBB", claims=tuple(claims), reconciliation=found)


def count_of(prisoners: list[ClaimEntry], civilians: list[ClaimEntry]) -> PeopleCount:
    """Returns the count of an exchange with these claims on its prisoners and its civilians."""
    by_kind = zip(KINDS, (prisoners, civilians), strict=True)
    (found,) = people_of([transfer_of(what, claims) for what, claims in by_kind if claims])
    return found


def told(figure: int, party: str | None, *, speaker: str = "", **fields: object) -> ClaimEntry:
    return entry_of(figure, party, speaker=speaker or (party or "press"), **fields)


def test_count__is_agreed_where_one_side_calls_all_of_them_prisoners() -> None:
    found = count_of([told(33, "BBB"), told(84, "AAA")], [told(51, "BBB")])
    assert (found.low, found.high, found.verdict, found.said_by) == (84, 84, Verdict.CORROBORATED, ("AAA", "BBB"))
    assert found.is_composition_disputed


def test_count__adds_the_kinds_where_a_side_is_silent_about_one() -> None:
    found = count_of([told(300, "BBB"), told(300, "AAA")], [told(2, "BBB")])
    assert (found.low, found.high, found.verdict, found.said_by) == (302, 302, Verdict.ONE_SIDED, ("BBB",))
    assert not found.is_composition_disputed


def test_count__is_disputed_where_no_whole_explains_the_difference() -> None:
    found = count_of([told(10, "BBB"), told(5, "AAA")], [told(2, "BBB")])
    assert (found.low, found.high, found.verdict) == (7, 12, Verdict.CONTESTED)


def test_count__is_agreed_where_two_officials_of_one_side_divide_it_differently() -> None:
    prisoners = [told(38, "AAA", speaker="Alice"), told(30, "AAA", speaker="Bob")]
    found = count_of(prisoners, [told(72, "AAA", speaker="Alice"), told(80, "AAA", speaker="Bob")])
    assert (found.low, found.high, found.verdict, found.is_composition_disputed) == (110, 110, Verdict.ONE_SIDED, True)


def test_count__takes_a_claim_on_all_together_for_the_whole() -> None:
    whole = told(189, "AAA", category=WITH_CIVILIANS)
    found = count_of([told(187, "BBB"), whole], [told(2, "BBB")])
    assert (found.low, found.high, found.verdict) == (189, 189, Verdict.CORROBORATED)
    assert not found.is_composition_disputed


def test_count__of_one_kind_is_its_transfer() -> None:
    found = count_of([told(10, "AAA"), told(12, "AAA")], [])
    assert (found.low, found.high, found.verdict) == (10, 12, Verdict.CONTESTED)
    assert not found.is_composition_disputed


def test_count__without_a_verified_figure_is_none(make_claim: MakeClaim) -> None:
    found = count_of([make_claim(5, "AAA", verified=False)], [])
    assert (found.low, found.high, found.verdict) == (None, None, Verdict.UNVERIFIED)


@pytest.mark.parametrize("category", ["wounded", "women", WITH_CIVILIANS])
def test_reconcile__takes_no_part_and_no_sum_for_the_whole(category: str) -> None:
    claims = [told(277, "AAA"), told(277, "BBB"), told(31, "BBB", category=category)]
    found = reconcile(claims, "AAA", "BBB")
    assert (found.verdict, found.low, found.high) == (Verdict.CORROBORATED, 277, 277)


def test_parts__have_claims_and_verdicts_of_their_own() -> None:
    claims = [told(277, "BBB"), told(31, "BBB", category="wounded"), told(31, "AAA", category="wounded")]
    transfer = transfer_of(What.PRISONERS, [*claims, told(1, "BBB", category="women")])
    parts = {category: reconcile_part(found, transfer) for category, found in parts_of(transfer).items()}
    assert {name: (part.verdict, part.low) for name, part in parts.items()} == {
        "wounded": (Verdict.CORROBORATED, 31),
        "women": (Verdict.ONE_SIDED, 1),
    }


whole_numbers = st.integers(0, 40)
voices = st.sampled_from([("AAA", "Alice"), ("BBB", "Bob"), (None, "press")])


@st.composite
def claims_on_kinds(draw: st.DrawFn) -> dict[What, list[ClaimEntry]]:
    found: dict[What, list[ClaimEntry]] = {}
    for what in draw(st.sampled_from([KINDS, KINDS[:1], KINDS[1:]])):
        said = draw(st.lists(st.tuples(whole_numbers, voices), min_size=1, max_size=4))
        found[what] = [told(figure, party, speaker=speaker) for figure, (party, speaker) in said]
    return found


@given(claims_on_kinds())
def test_count__lies_within_the_kinds_and_is_never_their_double(kinds: dict[What, list[ClaimEntry]]) -> None:
    transfers = [transfer_of(what, claims) for what, claims in kinds.items()]
    (found,) = people_of(transfers)
    assert found.low is not None
    assert found.high is not None
    lows = [part.reconciliation.low or 0 for part in transfers]
    highs = [part.reconciliation.high or 0 for part in transfers]
    # The least may be one kind alone, where somebody calls all of them that; the most is never above the sum.
    assert min(sum(lows), max(lows)) <= found.low <= found.high <= sum(highs)


@given(claims_on_kinds())
def test_count__is_the_same_for_any_order_of_kinds_and_claims(kinds: dict[What, list[ClaimEntry]]) -> None:
    (first,) = people_of([transfer_of(what, claims) for what, claims in kinds.items()])
    turned = [transfer_of(what, claims[::-1]) for what, claims in reversed(kinds.items())]
    (second,) = people_of(turned)
    assert (first.low, first.high, first.verdict, first.said_by) == (
        *(second.low, second.high, second.verdict),
        second.said_by,
    )


@given(claims_on_kinds(), whole_numbers)
def test_count__is_not_moved_by_a_claim_on_a_part(kinds: dict[What, list[ClaimEntry]], figure: int) -> None:
    (before,) = people_of([transfer_of(what, claims) for what, claims in kinds.items()])
    part = told(figure, "BBB", category="women")
    (after,) = people_of([transfer_of(what, [*claims, part]) for what, claims in kinds.items()])
    assert before == after
