"""The exchanges as CSV and JSON (docs/reference/record-files.md)."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from homeward.account.ledger import TransferEntry
from homeward.public.exchange_table import Line

__all__ = ["COLUMNS", "as_csv", "as_objects"]

COLUMNS = (
    "exchange",
    "date",
    "what",
    "from",
    "to",
    "low",
    "high",
    "verdict",
    "said_by",
    "unverified_low",
    "unverified_high",
    "agreement",
    "intermediaries",
    "sources",
)


def as_csv(lines: Iterable[Line]) -> str:
    """Returns one row for each transfer; an empty cell is a figure that nobody gave."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in as_objects(lines):
        cells = (row[column] for column in COLUMNS)
        writer.writerow([" ".join(cell) if isinstance(cell, list) else cell for cell in cells])
    return file.getvalue()


def as_objects(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Returns one object for each transfer."""
    return [_object(line, transfer) for line in lines for transfer in line.transfers]


def _object(line: Line, transfer: TransferEntry) -> dict[str, Any]:
    found = transfer.reconciliation
    return {
        "exchange": line.exchange.slug,
        "date": line.exchange.when,
        "what": transfer.what.value,
        "from": transfer.giver,
        "to": transfer.receiver,
        "low": found.low,
        "high": found.high,
        "verdict": found.verdict.value,
        "said_by": list(found.said_by),
        "unverified_low": found.unverified_low,
        "unverified_high": found.unverified_high,
        "agreement": line.exchange.agreement,
        "intermediaries": list(line.exchange.intermediaries),
        "sources": sorted({claim.source.url for claim in transfer.claims if claim.source.url}),
    }
