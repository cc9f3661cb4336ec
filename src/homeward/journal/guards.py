"""Triggers of the database that refuse what the ORM refuses: an event changed or removed by whoever has SQL at hand.

A migration installs them. On SQLite Django changes a table by making a new one and dropping the old, and the triggers
go with it: a later migration of a guarded table ends with `install` again (a test and `missing` tell).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["install", "missing", "remove"]

_TOLD = "the journal only grows: no row of it is changed or removed"


@dataclass(frozen=True)
class _Guard:
    """A table that only grows; `unique` are its keys, `allowed` the one change that is let through, in SQL."""

    table: str
    unique: tuple[str, ...]
    allowed: str = ""


_GUARDS = (
    _Guard("journal_event", ("sequence",)),
    _Guard("journal_checkpoint", ("id",)),
    _Guard(
        "journal_payload",
        ("event_id",),
        allowed="OLD.event_id = NEW.event_id AND OLD.canonical_data IS NOT NULL AND NEW.canonical_data IS NULL "
        "AND NEW.salt IS NULL AND NEW.erased_by_id IS NOT NULL",
    ),
    _Guard(
        "journal_read",
        ("id",),
        allowed="OLD.id = NEW.id AND OLD.time = NEW.time AND OLD.actor = NEW.actor "
        "AND OLD.organisation = NEW.organisation "
        "AND OLD.subject = NEW.subject AND OLD.what = NEW.what AND OLD.sealed_by_id IS NULL "
        "AND NEW.sealed_by_id IS NOT NULL",
    ),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Makes every trigger anew."""
    remove(connection)
    _execute(connection, [statement for guard in _GUARDS for statement in _made(connection, guard)])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes every trigger away: for a migration of these tables, and for a test that empties them."""
    on_table = " ON {table}" if connection.vendor == "postgresql" else ""
    statements = [
        f"DROP TRIGGER IF EXISTS {name}{on_table.format(table=guard.table)}"
        for guard in _GUARDS
        for name in _names(connection, guard)
    ]
    if connection.vendor == "postgresql":
        statements.append("DROP FUNCTION IF EXISTS journal_refuses()")
    _execute(connection, statements)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Returns the names of the triggers that ought to stand and do not, or are switched off."""
    standing = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(standing)
        found = {row[0] for row in cursor.fetchall()}
    return sorted({name for guard in _GUARDS for name in _names(connection, guard)} - found)


def _names(connection: BaseDatabaseWrapper, guard: _Guard) -> list[str]:
    kinds = ("update", "delete", "truncate" if connection.vendor == "postgresql" else "insert")
    return [f"{guard.table}_refuses_{kind}" for kind in kinds]


def _made(connection: BaseDatabaseWrapper, guard: _Guard) -> list[str]:
    update, delete, third = _names(connection, guard)
    table, changed = guard.table, f"WHEN (NOT ({guard.allowed}))" if guard.allowed else ""
    if connection.vendor == "postgresql":
        refusal = f"BEGIN RAISE EXCEPTION '{_TOLD}' USING ERRCODE = 'integrity_constraint_violation'; END"
        row, does = "FOR EACH ROW", "EXECUTE FUNCTION journal_refuses()"
        return [
            f"CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ {refusal} $$",
            f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {row} {changed} {does}",
            f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {row} {does}",
            f"CREATE TRIGGER {third} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {does}",
        ]
    does = f"BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END"
    # INSERT OR REPLACE removes the row that stands in its way, and fires no trigger of removal.
    standing = " OR ".join(f"{column} = NEW.{column}" for column in guard.unique)
    is_there = f"EXISTS (SELECT 1 FROM {table} WHERE {standing})"  # noqa: S608
    return [
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {changed} {does}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {does}",
        f"CREATE TRIGGER {third} BEFORE INSERT ON {table} WHEN {is_there} {does}",
    ]


def _execute(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
