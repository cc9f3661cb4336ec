"""The triggers of the database: what the ORM refuses, raw SQL is refused as well, on SQLite and on PostgreSQL."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from homeward.access.models import User
from homeward.errors import NotPermittedError
from homeward.journal import guards
from homeward.journal.actions import erase, note_read, seal_reads, sign_checkpoint, write
from homeward.journal.actors import SYSTEM
from homeward.journal.checkpoints import private_key
from homeward.journal.models import Event, Payload, Read
from homeward.journal.queries import verify_stored

pytestmark = pytest.mark.django_db

TABLES = ("journal_event", "journal_payload", "journal_read", "journal_checkpoint")
CHANGES = [
    "UPDATE journal_event SET subject = 'another'",
    "UPDATE journal_event SET sequence = 100 WHERE sequence = 1",
    "UPDATE journal_event SET hash = hash",
    "DELETE FROM journal_event",
    "DELETE FROM journal_event WHERE sequence = 3",
    "UPDATE journal_payload SET canonical_data = '{}'",
    "UPDATE journal_payload SET salt = salt",
    "UPDATE journal_payload SET canonical_data = NULL, salt = NULL",
    "UPDATE journal_payload SET event_id = 100 WHERE event_id = 1",
    "UPDATE journal_payload SET canonical_data = '{}', salt = '{salt}', erased_by_id = NULL WHERE event_id = 1",
    "UPDATE journal_payload SET erased_by_id = 3 WHERE event_id = 1",
    "DELETE FROM journal_payload",
    "UPDATE journal_read SET what = 'another'",
    "UPDATE journal_read SET sealed_by_id = NULL WHERE sealed_by_id IS NOT NULL",
    "UPDATE journal_read SET sealed_by_id = 1 WHERE sealed_by_id IS NOT NULL",
    "UPDATE journal_read SET sealed_by_id = 1, subject = 'another' WHERE sealed_by_id IS NULL",
    "DELETE FROM journal_read",
    "UPDATE journal_checkpoint SET hash = '{salt}'",
    "DELETE FROM journal_checkpoint",
]


@pytest.fixture
def _journal(alice: User) -> None:
    """Event 1 erased by event 2, a sealed read (event 3) and one that waits, a checkpoint (event 4)."""
    write(by=alice, action="people.named", subject="person:N-1", data={"name": "Олена"})
    erase(by=alice, event=1, reason="a test")
    note_read(by=alice, subject="person:N-1", what="people.person")
    seal_reads()
    note_read(by=alice, subject="person:N-1", what="people.person")
    sign_checkpoint(by=SYSTEM, key=private_key("11" * 32, place="test"))
    connection.check_constraints()  # as a commit does: PostgreSQL refuses TRUNCATE while foreign keys wait


def _tables() -> dict[str, list[Any]]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_guards__stand_after_all_migrations() -> None:
    """Also after a later migration of these tables: on SQLite it would take the triggers with it."""
    assert guards.missing(connection) == []


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize("statement", CHANGES)
def test_guards__refuse_raw_sql(statement: str) -> None:
    before = _tables()
    assert all(before.values())

    with pytest.raises(IntegrityError, match="the journal only grows"):
        _run(statement.replace("{salt}", "ab" * 32))

    assert _tables() == before
    assert verify_stored().fault == ""


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize("table", TABLES)
def test_guards__refuse_to_empty_or_replace_a_table(table: str) -> None:
    before = _tables()
    if connection.vendor == "postgresql":
        statement = f"TRUNCATE {table} CASCADE"
    else:
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"

    with pytest.raises(IntegrityError, match="the journal only grows"):
        _run(statement)

    assert _tables() == before


@pytest.mark.usefixtures("_journal")
def test_guards__refuse_an_upsert() -> None:
    statement = (
        "INSERT INTO journal_payload (event_id, canonical_data, salt) VALUES (2, '{}', '" + "ab" * 32 + "') "
        "ON CONFLICT (event_id) DO UPDATE SET canonical_data = '{}'"
    )
    with pytest.raises(IntegrityError, match="the journal only grows"):
        _run(statement)


def test_guards__say_which_are_missing(without_guards: Any) -> None:
    with without_guards():
        assert len(guards.missing(connection)) == 3 * len(TABLES)
    assert guards.missing(connection) == []


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize("model", [Event, Payload, Read])
def test_orm__refuses_what_the_triggers_refuse(model: type[Event | Payload | Read]) -> None:
    row: Any = model.objects.first()
    for change in (
        row.save,
        row.delete,
        lambda: model.objects.all().delete(),
        lambda: model.objects.update(),
        lambda: model.objects.bulk_create([row]),
        lambda: model.objects.bulk_update([row], []),
    ):
        with pytest.raises(NotPermittedError):
            change()
