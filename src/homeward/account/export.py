"""The ledger as JSON and as rows (docs/reference/record-files.md)."""

from typing import Any

from homeward.account.ledger import BalanceLine, ExchangeEntry, Ledger, Reconciliation, TransferEntry
from homeward.reader.claims import Quantity

__all__ = ["BALANCE_COLUMNS", "TRANSFER_COLUMNS", "balance", "balance_rows", "exchanges", "transfers"]

TRANSFER_COLUMNS = (
    "exchange",
    "when",
    "earliest",
    "latest",
    "what",
    "from",
    "to",
    "low",
    "high",
    "unverified",
    "verdict",
    "said_by",
    "agreement",
    "intermediaries",
)
BALANCE_COLUMNS = (
    "agreement",
    "worded_by",
    "what",
    "from",
    "to",
    "promised",
    "category",
    "delivered_low",
    "delivered_high",
    "unverified",
    "outstanding_low",
    "outstanding_high",
    "days_since",
)


def exchanges(ledger: Ledger) -> dict[str, Any]:
    """Returns every exchange with its transfers, their verdicts and all claims, as JSON."""
    return {"on": ledger.on.isoformat(), "exchanges": [_exchange(entry) for entry in ledger.exchanges]}


def transfers(ledger: Ledger) -> list[dict[str, Any]]:
    """Returns a row of TRANSFER_COLUMNS for each transfer of an exchange that was not aborted."""
    return [
        {
            "exchange": entry.slug,
            "when": entry.when,
            "earliest": entry.earliest.isoformat(),
            "latest": entry.latest.isoformat(),
            "what": transfer.what.value,
            "from": transfer.giver,
            "to": transfer.receiver,
            "low": transfer.reconciliation.low,
            "high": transfer.reconciliation.high,
            "unverified": transfer.reconciliation.unverified_high,
            "verdict": transfer.reconciliation.verdict.value,
            "said_by": "; ".join(transfer.reconciliation.said_by),
            "agreement": entry.agreement,
            "intermediaries": "; ".join(entry.intermediaries),
        }
        for entry in ledger.exchanges
        if not entry.aborted
        for transfer in entry.transfers
    ]


def balance(ledger: Ledger) -> dict[str, Any]:
    """Returns a line for each commitment in each wording, as JSON."""
    return {"on": ledger.on.isoformat(), "balance": [_balance_line(line) for line in ledger.balance]}


def balance_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Returns a row of BALANCE_COLUMNS for each commitment; the promise as a person writes it."""
    return [
        {**line, "promised": _promised(entry.commitment.quantity)}
        for line, entry in zip(balance(ledger)["balance"], ledger.balance, strict=True)
    ]


def _exchange(entry: ExchangeEntry) -> dict[str, Any]:
    return {
        "exchange": entry.slug,
        "when": entry.when,
        "earliest": entry.earliest.isoformat(),
        "latest": entry.latest.isoformat(),
        "aborted": entry.aborted,
        "agreement": entry.agreement or None,
        "agreement_name": entry.agreement_name or None,
        "intermediaries": list(entry.intermediaries),
        "note": entry.note,
        "transfers": [_transfer(transfer) for transfer in entry.transfers],
    }


def _transfer(transfer: TransferEntry) -> dict[str, Any]:
    return {
        "what": transfer.what.value,
        "from": transfer.giver,
        "to": transfer.receiver,
        "reconciliation": _reconciliation(transfer.reconciliation),
        "claims": [claim.as_json() | {"source": claim.source.as_json()} for claim in transfer.claims],
    }


def _reconciliation(found: Reconciliation) -> dict[str, Any]:
    return {
        "verdict": found.verdict.value,
        "low": found.low,
        "high": found.high,
        "said_by": list(found.said_by),
        "figures": {party: list(span) for party, span in found.figures.items()},
        "unverified_low": found.unverified_low,
        "unverified_high": found.unverified_high,
    }


def _balance_line(line: BalanceLine) -> dict[str, Any]:
    commitment = line.commitment
    return {
        "agreement": commitment.agreement,
        "worded_by": commitment.worded_by,
        "speakers": sorted({claim.speaker for claim in commitment.claims if claim.speaker}),
        "wording": commitment.wording,
        "what": commitment.what.value,
        "from": commitment.giver,
        "to": commitment.receiver,
        "category": commitment.category or None,
        "promised": commitment.quantity.as_json() if commitment.quantity else None,
        "delivered_low": line.delivered_low,
        "delivered_high": line.delivered_high,
        "unverified": line.unverified,
        "outstanding_low": line.outstanding_low,
        "outstanding_high": line.outstanding_high,
        "last_transfer": line.last_transfer.isoformat() if line.last_transfer else None,
        "days_since": line.days_since,
        "transfers": len(line.transfers),
    }


def _promised(quantity: Quantity | None) -> str:
    if quantity is None:
        return "no number"
    number = quantity.low if quantity.low is not None else quantity.high
    words = "" if quantity.modifier.value == "exact" else quantity.modifier.value.replace("_", " ")
    return f"{words} {number:,}".strip() if number is not None else words
