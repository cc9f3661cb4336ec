"""A database of the first version is brought up to date: its events stay as they were, byte for byte."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from homeward.errors import InputError
from homeward.journal import guards
from homeward.journal.actions import erase, sign_checkpoint, write
from homeward.journal.actors import SYSTEM
from homeward.journal.canonical import canonical_json
from homeward.journal.checkpoints import private_key
from homeward.journal.export import export_to
from homeward.journal.models import Event
from homeward.journal.queries import verify_stored
from homeward.journal.verification import verify
from homeward.record.revision import current_revision

OLD = Path(__file__).with_name("format_1.jsonl")  # written by the first version with `homeward journal export`
COLUMNS = "sequence, time, actor, organisation, action, subject, canonical_data, previous, hash"


def _migrate(*targets: tuple[str, str | None]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())


@pytest.fixture
def _upgraded(transactional_db: None) -> None:
    """A database of the first version with the events of OLD, brought up to date."""
    try:
        _migrate(("journal", "0001_initial"))
        events = [json.loads(line) for line in OLD.read_bytes().splitlines()]
        with connection.cursor() as cursor:
            for event in events:
                moment = datetime.fromisoformat(event["time"])
                values = [
                    event["sequence"],
                    connection.ops.adapt_datetimefield_value(moment),
                    *(event[name] for name in ("actor", "organisation", "action", "subject")),
                    canonical_json(event["data"]).decode(),
                    event["previous"],
                    event["hash"],
                ]
                cursor.execute(f"INSERT INTO journal_event ({COLUMNS}) VALUES ({', '.join(['%s'] * 9)})", values)
            last = [events[-1]["sequence"], events[-1]["hash"]]
            cursor.execute("INSERT INTO journal_chainhead (id, sequence, hash) VALUES (1, %s, %s)", last)
    finally:
        _migrate()


@pytest.mark.usefixtures("_upgraded")
def test_migrations__keep_old_events_byte_for_byte_and_new_ones_follow(tmp_path: Path) -> None:
    assert verify_stored().fault == ""
    new = write(by=SYSTEM, action="record.loaded", subject="record", data={"name": "Олена"})
    erase(by=SYSTEM, event=new.sequence, reason="a test")
    signed = sign_checkpoint(by=SYSTEM, key=private_key("11" * 32, place="test"))

    end = export_to(tmp_path / "journal.jsonl", watch=lambda: None)

    exported = (tmp_path / "journal.jsonl").read_bytes()
    assert exported.startswith(OLD.read_bytes())
    assert [b'"format":2' in line for line in exported.splitlines()] == [False] * 5 + [True] * 3
    assert verify(tmp_path / "journal.jsonl").head == end
    finding = verify_stored()
    assert (finding.fault, finding.head, finding.n_erased, finding.n_checkpoints) == ("", end, 1, 1)
    assert signed.sequence == 7


@pytest.mark.usefixtures("_upgraded")
def test_migrations__leave_the_database_guarded_and_the_record_with_a_revision() -> None:
    assert guards.missing(connection) == []
    assert current_revision()  # the old record was written by actions: its pages are kept at hand as before


@pytest.mark.usefixtures("_upgraded")
def test_erase__refuses_an_event_whose_data_are_part_of_its_hash() -> None:
    with pytest.raises(InputError, match="event 4: found an event of format 1"):
        erase(by=SYSTEM, event=4, reason="a test")
    assert Event.objects.get(sequence=4).data_text


def test_verify__proves_an_export_of_the_first_version() -> None:
    assert verify(OLD).head.sequence == 5
