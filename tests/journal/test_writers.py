"""Several writers at once: the chain neither forks nor gaps, on SQLite and on PostgreSQL."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from homeward.journal.actions import write
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event
from homeward.journal.queries import verify_stored
from homeward.journal.verification import verify

N_WRITERS = 8
N_EVENTS = 15


@pytest.mark.parametrize(("n_processes", "n_threads"), [(N_WRITERS, 1), (1, N_WRITERS)])
def test_writers__keep_one_chain_on_sqlite(tmp_path: Path, n_processes: int, n_threads: int) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    environment["HOMEWARD_DATA_DIR"] = str(tmp_path)
    program = [sys.executable, str(Path(__file__).with_name("writers.py"))]
    running = [
        subprocess.Popen([*program, f"process-{number}", str(n_threads), str(N_EVENTS)], env=environment)
        for number in range(n_processes)
    ]
    assert [process.wait(timeout=120) for process in running] == [0] * n_processes

    with sqlite3.connect(tmp_path / "homeward.sqlite3") as database:
        rows = database.execute("SELECT sequence, previous, hash, action FROM journal_event ORDER BY sequence")
        events = rows.fetchall()
    written = [event for event in events if event[3] == "test.written"]
    assert len(written) == N_WRITERS * N_EVENTS
    assert not [event for event in events if event[3] == "test.taken_back"]
    assert [event[0] for event in events] == list(range(1, len(events) + 1))
    assert [event[1] for event in events[1:]] == [event[2] for event in events[:-1]]

    export = tmp_path / "journal.jsonl"
    command = [sys.executable, "-c", "from homeward.cli.app import main; main()", "journal", "export", str(export)]
    subprocess.run(command, env=environment, check=True, timeout=60, capture_output=True)
    assert verify(export).head.sequence == len(events)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="HOMEWARD_DATABASE_URL is no PostgreSQL address")
def test_writers__keep_one_chain_on_postgresql() -> None:
    failures: list[BaseException] = []

    def work(writer: int) -> None:
        try:
            for number in range(N_EVENTS):
                write(by=SYSTEM, action="test.written", subject=f"{writer}:{number}", data={})
                with transaction.atomic():
                    write(by=SYSTEM, action="test.taken_back", subject=f"{writer}:{number}", data={})
                    transaction.set_rollback(True)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=work, args=(number,)) for number in range(N_WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert not failures
    assert Event.objects.count() == N_WRITERS * N_EVENTS
    finding = verify_stored()
    assert (finding.fault, finding.head.sequence) == ("", N_WRITERS * N_EVENTS)
