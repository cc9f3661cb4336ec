"""The ledger as JSON and as rows (docs/reference/record-files.md)."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeward.account.composition import PeopleCount, people_of
from homeward.account.ledger import BalanceLine, ExchangeEntry, Ledger, TransferEntry
from homeward.output import csv_text
from homeward.reader.claims import Quantity

__all__ = [
    "BALANCE_COLUMNS",
    "TRANSFER_COLUMNS",
    "balance",
    "balance_rows",
    "exchanges",
    "transfer_row",
    "transfers",
    "transfers_csv",
]

TRANSFER_COLUMNS = (
    *("exchange", "when", "earliest", "latest", "what", "from", "to", "low", "high", "verdict", "said_by"),
    *("unverified_low", "unverified_high", "agreement", "intermediaries", "sources"),
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
    found = [_exchange(entry) for entry in ledger.exchanges]
    return {"simulated": ledger.simulated, "on": ledger.on.isoformat(), "exchanges": found}


def transfers(ledger: Ledger) -> list[dict[str, Any]]:
    """Returns a row of TRANSFER_COLUMNS for each transfer of an exchange that was not aborted."""
    return [
        transfer_row(exchange, transfer)
        for exchange in ledger.exchanges
        if not exchange.aborted
        for transfer in exchange.transfers
    ]


def transfer_row(exchange: ExchangeEntry, transfer: TransferEntry) -> dict[str, Any]:
    """Returns one transfer as a row of TRANSFER_COLUMNS; None is a figure that nobody gave."""
    found = transfer.reconciliation
    return {
        "exchange": exchange.slug,
        "when": exchange.when,
        "earliest": exchange.earliest.isoformat(),
        "latest": exchange.latest.isoformat(),
        "what": transfer.what.value,
        "from": transfer.giver,
        "to": transfer.receiver,
        "low": found.low,
        "high": found.high,
        "verdict": found.verdict.value,
        "said_by": list(found.said_by),
        "unverified_low": found.unverified_low,
        "unverified_high": found.unverified_high,
        "agreement": exchange.agreement,
        "intermediaries": list(exchange.intermediaries),
        "sources": sorted({claim.source.url for claim in transfer.claims if claim.source.url}),
    }


def transfers_csv(rows: Iterable[Mapping[str, Any]], *, simulated: bool) -> str:
    """Returns rows of TRANSFER_COLUMNS as CSV; what lists several has a space between."""
    flat = ({name: " ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()} for row in rows)
    return csv_text(TRANSFER_COLUMNS, flat, simulated=simulated)


def balance(ledger: Ledger) -> dict[str, Any]:
    """Returns a line for each commitment in each wording, as JSON."""
    found = [_balance_line(line) for line in ledger.balance]
    return {"simulated": ledger.simulated, "on": ledger.on.isoformat(), "balance": found}


def balance_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Returns a row of BALANCE_COLUMNS for each commitment; the promise as a person writes it."""
    return [
        {**line, "promised": _promised(entry.commitment.quantity)}
        for line, entry in zip(balance(ledger)["balance"], ledger.balance, strict=True)
    ]


def _exchange(entry: ExchangeEntry) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "when": entry.when,
        "earliest": entry.earliest.isoformat(),
        "latest": entry.latest.isoformat(),
        "aborted": entry.aborted,
        "agreement": entry.agreement or None,
        "agreement_name": entry.agreement_name or None,
        "intermediaries": list(entry.intermediaries),
        "note": entry.note,
        "people": [_people(count) for count in people_of(entry.transfers)],
        "transfers": [_transfer(transfer) for transfer in entry.transfers],
    }


def _people(count: PeopleCount) -> dict[str, Any]:
    return {
        "from": count.giver,
        "to": count.receiver,
        "low": count.low,
        "high": count.high,
        "verdict": count.verdict.value,
        "said_by": list(count.said_by),
        "composition_disputed": count.is_composition_disputed,
    }


def _transfer(transfer: TransferEntry) -> dict[str, Any]:
    found = transfer.reconciliation
    return {
        "what": transfer.what.value,
        "from": transfer.giver,
        "to": transfer.receiver,
        "low": found.low,
        "high": found.high,
        "verdict": found.verdict.value,
        "said_by": list(found.said_by),
        "figures": {party: list(span) for party, span in found.figures.items()},
        "unverified_low": found.unverified_low,
        "unverified_high": found.unverified_high,
        "claims": [claim.as_json() | {"source": claim.source.as_json()} for claim in transfer.claims],
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
