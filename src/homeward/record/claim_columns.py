"""A claim's assertion as columns of the table of claims, both ways: the one place where the two are matched."""

from collections.abc import Mapping
from typing import Any

from homeward import dates
from homeward.reader.claims import Assertion, Kind, Modifier, Quantity, Scope, Status, What

__all__ = ["ASSERTION_COLUMNS", "assertion_of", "columns_of", "quantity_columns", "quantity_of"]

Row = Mapping[str, Any]

ASSERTION_COLUMNS = (
    *("kind", "what", "low", "high", "modifier", "giver_id", "receiver_id"),
    *("status", "scope", "when", "category", "back_reference"),
)
# Looking a word up is a quarter of the time of calling the enumeration, and a ledger has thousands.
_KINDS = {member.value: member for member in Kind}
_WHATS = {member.value: member for member in What}
_STATUSES = {member.value: member for member in Status}
_SCOPES = {member.value: member for member in Scope}
_MODIFIERS = {member.value: member for member in Modifier}


def columns_of(assertion: Assertion, *, giver: int | None, receiver: int | None, when: str) -> dict[str, Any]:
    """Returns the values of ASSERTION_COLUMNS, and the bounds of `when`; the parties are given by their row numbers.

    `when` is the claim's own date, or that of what it is about.
    """
    found = dates.bounds(when)
    return {
        "kind": assertion.kind.value,
        "what": assertion.what.value if assertion.what else "",
        **quantity_columns(assertion.quantity),
        "giver_id": giver,
        "receiver_id": receiver,
        "status": assertion.status.value,
        "scope": assertion.scope.value,
        "when": when,
        "earliest": found.earliest,
        "latest": found.latest,
        "category": assertion.category or "",
        "back_reference": assertion.back_reference,
    }


def assertion_of(row: Row, codes: Mapping[int | None, str]) -> dict[str, Any]:
    """Returns the fields of the assertion in a row of ASSERTION_COLUMNS; `codes` are the parties' by row number."""
    return {
        "kind": _KINDS[row["kind"]],
        "what": _WHATS.get(row["what"]),
        "quantity": quantity_of(row),
        "giver": codes.get(row["giver_id"]),
        "receiver": codes.get(row["receiver_id"]),
        "status": _STATUSES[row["status"]],
        "scope": _SCOPES[row["scope"]],
        "when": row["when"] or None,
        "category": row["category"] or None,
        "back_reference": row["back_reference"],
    }


def quantity_columns(quantity: Quantity | None) -> dict[str, Any]:
    """Returns the values of the columns low, high and modifier."""
    if quantity is None:
        return {"low": None, "high": None, "modifier": ""}
    return {"low": quantity.low, "high": quantity.high, "modifier": quantity.modifier.value}


def quantity_of(row: Row) -> Quantity | None:
    """Returns the quantity in the columns low, high and modifier of a row; None where none was given."""
    return Quantity(row["low"], row["high"], _MODIFIERS[row["modifier"]]) if row["modifier"] else None
