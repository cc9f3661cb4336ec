"""An assertion written to the columns of the table of claims and read back is the same assertion."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from homeward.reader.claims import Assertion, Kind, Modifier, Quantity, Scope, Status, What
from homeward.record.claim_columns import ASSERTION_COLUMNS, assertion_of, columns_of

CODES: dict[int | None, str] = {1: "ALP", 2: "BET"}
NUMBERS = {code: number for number, code in CODES.items()}
party_codes = st.sampled_from([None, "ALP", "BET"])
quantities = st.builds(
    lambda numbers, modifier: Quantity(min(numbers), max(numbers), modifier),
    st.tuples(st.integers(0, 2_000_000), st.integers(0, 2_000_000)),
    st.sampled_from([one for one in Modifier if one not in {Modifier.ALL, Modifier.VAGUE}]),
) | st.sampled_from([Quantity(None, None, Modifier.ALL), Quantity(5, None, Modifier.AT_LEAST)])
assertions = st.builds(
    Assertion,
    kind=st.sampled_from(Kind),
    what=st.none() | st.sampled_from(What),
    quantity=st.none() | quantities,
    giver=party_codes,
    receiver=party_codes,
    status=st.sampled_from(Status),
    scope=st.sampled_from(Scope),
    when=st.sampled_from([None, "2026-01-29", "2025-11", "2025-06-02/2025-06-11"]),
    category=st.sampled_from([None, "under_25"]),
    back_reference=st.booleans(),
)


@given(assertions)
def test_an_assertion__comes_back_from_its_columns(assertion: Assertion) -> None:
    columns = columns_of(
        assertion,
        giver=NUMBERS.get(assertion.giver or ""),
        receiver=NUMBERS.get(assertion.receiver or ""),
        when=assertion.when or "",
    )
    assert set(ASSERTION_COLUMNS) <= set(columns)
    assert Assertion(**assertion_of(columns, CODES)) == assertion


@given(assertions)
def test_an_assertion__comes_back_from_its_json(assertion: Assertion) -> None:
    data = assertion.as_json()
    assert len(data) == len(fields(Assertion))
    assert Assertion(**Assertion.fields_of_json(data)) == assertion
