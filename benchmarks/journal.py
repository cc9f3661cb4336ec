"""How many events a second reach the journal, one by one and many at once, and how long verifying them takes.

Runs on a fresh SQLite database and, where HOMEWARD_DATABASE_URL names a PostgreSQL server, on a test database made
there for the while. Each in a process of its own: Django has one set of databases a process.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

IN_A_TRANSACTION = 500


def run(size: str) -> list[dict[str, Any]]:
    """Returns rows of name, seconds, ratio, against and note; `size` is small (20,000 events) or full (280,000)."""
    n_events = 20_000 if size == "small" else 280_000
    urls = [""]
    if os.environ.get("HOMEWARD_DATABASE_URL", "").startswith("postgres"):
        urls.append(os.environ["HOMEWARD_DATABASE_URL"])
    return [row for url in urls for row in _rows_of(url, n_events)]


def _rows_of(url: str, n_events: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOMEWARD_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "homeward.web.settings"}
        environment.pop("HOMEWARD_DATABASE_URL", None)
        if url:
            environment["HOMEWARD_DATABASE_URL"] = url
        command = [sys.executable, "-m", "benchmarks.journal", str(n_events)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    # Django says first what it does with the test database; the answer is the last line.
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def _measure(n_events: int) -> list[dict[str, Any]]:
    import django

    django.setup()
    from django.db import connection

    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)  # a file, not the test database, which SQLite would keep in memory
    else:
        connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        return _measured("SQLite" if is_sqlite else "PostgreSQL", n_events)
    finally:
        if not is_sqlite:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _measured(database: str, n_events: int) -> list[dict[str, Any]]:
    from homeward.journal.actions import note_read, seal_reads, write, write_many
    from homeward.journal.actors import SYSTEM
    from homeward.journal.queries import verify_stored

    n_single, longest = 300, 0.0

    def singly() -> None:
        for entry in _entries(n_single):
            write(by=SYSTEM, action=entry.action, subject=entry.subject, data=entry.data)

    def many() -> None:
        nonlocal longest
        for _ in range(n_events // IN_A_TRANSACTION):
            start = time.perf_counter()
            write_many(by=SYSTEM, entries=_entries(IN_A_TRANSACTION))
            longest = max(longest, time.perf_counter() - start)

    def reads() -> None:
        for number in range(n_single):
            note_read(by=SYSTEM, subject=f"person:N-{number}", what="people.person")

    single = _seconds(singly) / n_single
    bulk = _seconds(many) / n_events
    read = _seconds(reads) / n_single
    sealing = _seconds(seal_reads) / n_single
    findings: list[Any] = []
    took = _seconds(lambda: findings.append(verify_stored()))
    verifying = took / findings[0].head.sequence
    assert not findings[0].fault
    many_note = f"{1 / bulk:,.0f} events a second; {IN_A_TRANSACTION:,} a transaction, the longest {longest:.3f} s"
    return [
        _row(f"{database}: single write", single, None, "", f"{1 / single:,.0f} events a second"),
        _row(f"{database}: write_many, {n_events:,} events", bulk, single / bulk, "faster than single", many_note),
        _row(f"{database}: note_read", read, single / read, "faster than single", f"{1 / read:,.0f} reads a second"),
        _row(f"{database}: seal_reads", sealing, None, "", f"{1 / sealing:,.0f} a second"),
        _row(f"{database}: verify_stored", verifying, None, "", f"{1 / verifying:,.0f} events a second"),
    ]


def _row(name: str, seconds: float, ratio: float | None, against: str, note: str) -> dict[str, Any]:
    return {"name": name, "seconds": seconds, "ratio": ratio, "against": against, "note": note}


def _entries(n_entries: int) -> Iterator[Any]:
    from homeward.journal.actions import Entry

    for number in range(n_entries):
        data = {"surname": "Шевченко", "given": "Тарас", "born": "1994", "row": number, "file": "register.csv"}
        yield Entry("people.imported", f"person:N-{number:06}", data)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(int(sys.argv[1]))) + "\n")
