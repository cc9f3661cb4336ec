"""Puts sealed events into their tables, thousands at once: the ORM would take longer for that than sealing them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from homeward.journal.chain import ChainEvent
from homeward.journal.models import Event

__all__ = ["event_row", "insert_events"]

_EVENT = {
    "sequence": "bigint",
    "format": "smallint",
    "time": "timestamptz",
    "actor": "text",
    "organisation": "text",
    "action": "text",
    "subject": "text",
    "canonical_data": "text",
    "digest": "text",
    "previous": "text",
    "hash": "text",
}
_PAYLOAD = {"event_id": "bigint", "canonical_data": "text", "salt": "text"}


def insert_events(moment: datetime, events: Sequence[ChainEvent], canonical_data: Sequence[str]) -> None:
    """Adds `events`, sealed at `moment`, with the canonical form of their data, which the caller has at hand."""
    time = connection.ops.adapt_datetimefield_value(moment)
    rows = [
        (
            event.sequence,
            event.format,
            time,
            event.actor,
            event.organisation,
            event.action,
            event.subject,
            "",
            event.digest,
            event.previous,
            event.hash,
        )
        for event in events
    ]
    payloads = [(event.sequence, text, event.salt) for event, text in zip(events, canonical_data, strict=True)]
    _insert("journal_event", _EVENT, rows)
    _insert("journal_payload", _PAYLOAD, payloads)


def event_row(event: ChainEvent, moment: datetime) -> Event:
    """Returns the row that `insert_events` made for `event`."""
    row = Event(
        sequence=event.sequence,
        format=event.format,
        time=moment,
        actor=event.actor,
        organisation=event.organisation,
        action=event.action,
        subject=event.subject,
        digest=event.digest,
        previous=event.previous,
        hash=event.hash,
    )
    row._state.adding = False
    row._state.db = connection.alias
    return row


def _insert(table: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement with a list a column, however many rows: executemany would ask the server once a row.
            lists = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            values = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT * FROM unnest({lists})", values)  # noqa: S608
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608
