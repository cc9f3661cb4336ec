"""What is wrong with this installation, in words: each check is one function that looks and says what it found."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from homeward.installation.queries import kind
from homeward.journal import guards
from homeward.journal.chain import START
from homeward.journal.models import Event
from homeward.journal.queries import head, verify_stored

__all__ = ["Finding", "State", "check_installation"]

N_EVENTS_OF_QUICK_CHECK = 1000
LITTLE_BYTES = 2 * 1024**3
TOO_LITTLE_BYTES = 200 * 1024**2
_ON_THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]"}


class State(StrEnum):
    """How a check came out."""

    GOOD = "good"
    NOTE = "note"  # may be meant so
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what was found."""

    subject: str
    state: State
    told: str


def check_installation(*, full: bool) -> Iterator[Finding]:
    """Yields what every check found; a check that needs the database is left out where the database is wrong."""
    yield from _data_folder()
    yield from _site()
    yield from _disk()
    database = list(_database(full=full))
    yield from database
    if all(finding.state is not State.WRONG for finding in database):
        for check in (_kind, lambda: _journal(full=full), _people):
            yield from _asked(check)


def _asked(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from list(check())
    except DatabaseError as error:
        yield Finding("database", State.WRONG, f"cannot be read: {_line(error)}")


def _data_folder() -> Iterator[Finding]:
    folder = Path(settings.HOMEWARD_DATA_DIR)
    yield Finding("data folder", State.GOOD, str(folder))
    from_setting = "HOMEWARD_SECRET_KEY" in os.environ or "HOMEWARD_SECRET_KEY_FILE" in os.environ
    where = "comes from HOMEWARD_SECRET_KEY" if from_setting else "is secret.key in the data folder"
    yield Finding("secret key", State.GOOD, f"{where}; no backup holds it, so keep a copy of it apart")
    embedded: Path | None = settings.EMBEDDED_DATABASE
    beside = [embedded.with_name(f"{embedded.name}{end}") for end in ("", "-wal", "-shm")] if embedded else []
    for path, mode in ((folder, 0o700), (folder / "secret.key", 0o600), *((path, 0o600) for path in beside)):
        if path.exists() and (given := stat.S_IMODE(path.stat().st_mode)) & 0o077:
            told = f"{path} is open to other users of this machine ({given:o}); make it {mode:o}"
            yield Finding("permissions", State.WRONG, told)
    if "uri" in settings.DATABASES["default"].get("OPTIONS", {}):
        yield Finding("permissions", State.NOTE, f"{embedded} can only be read here: commands that write are refused")


def _site() -> Iterator[Finding]:
    hosts = set(settings.ALLOWED_HOSTS)
    elsewhere = sorted(hosts - _ON_THIS_MACHINE)
    if settings.DEBUG:
        state = State.WRONG if elsewhere else State.NOTE
        yield Finding("debug", state, "HOMEWARD_DEBUG is on: errors show what the program holds; for development only")
    if "*" in hosts:
        told = "HOMEWARD_ALLOWED_HOSTS has *: the site answers to every name; list its own"
        yield Finding("hosts", State.WRONG, told)
    elif elsewhere and not settings.HTTPS:
        told = f"the site answers as {', '.join(elsewhere)} without HTTPS: passwords could be read on the way"
        yield Finding("https", State.WRONG, f"{told}; put a proxy with TLS before it and set HOMEWARD_HTTPS=yes")
    elif settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        told = "HOMEWARD_HTTPS is on and HOMEWARD_PROXIES is 0: all attempts to sign in seem to come from the proxy"
        yield Finding("https", State.WRONG, f"{told}; set it to the number of proxies")
    else:
        where = f"as {', '.join(elsewhere)} over HTTPS" if elsewhere else "on this machine alone"
        yield Finding("site", State.GOOD, f"answers {where}")


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOMEWARD_DATA_DIR).free
    state = State.WRONG if free < TOO_LITTLE_BYTES else State.NOTE if free < LITTLE_BYTES else State.GOOD
    yield Finding("disk", state, f"{free / 1024**3:,.1f} GiB free in the data folder")


def _database(*, full: bool) -> Iterator[Finding]:
    embedded: Path | None = settings.EMBEDDED_DATABASE
    if connection.vendor == "sqlite" and (embedded is None or not embedded.exists() or not embedded.stat().st_size):
        told = f"there is none yet at {embedded}; the first command makes it (is this the right data folder?)"
        yield Finding("database", State.WRONG, told)
        return
    try:
        executor = MigrationExecutor(connection)
        n_waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        damage = _damage() if full and connection.vendor == "sqlite" else ""
    except DatabaseError as error:
        yield Finding("database", State.WRONG, f"does not answer: {_line(error)}")
        return
    if damage:
        yield Finding("database", State.WRONG, f"is damaged: {damage}; restore a backup")
    if n_waiting:
        yield Finding("database", State.WRONG, f"{n_waiting} migrations were not applied: `homeward migrate`")
    elif not damage:
        where = str(embedded) if embedded else "PostgreSQL"
        yield Finding("database", State.GOOD, f"{where} answers and is up to date")


def _damage() -> str:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        found = str(cursor.fetchone()[0])
    return "" if found == "ok" else found.replace("\n", " ")


def _kind() -> Iterator[Finding]:
    made = Event.objects.filter(action="installation.made").order_by("sequence").first()
    said = (made.data or {}).get("kind") if made else None
    found = kind()
    if found is None:
        yield Finding("installation", State.WRONG, "is not marked real or SIMULATED: `homeward migrate` marks it")
    elif said != found.value:
        told = f"is marked {found.value}, but the journal says {said or 'nothing of it'}: the mark was changed"
        yield Finding("installation", State.WRONG, told)
    else:
        yield Finding("installation", State.GOOD, "SIMULATED: people are made up" if found != "real" else "real")


def _journal(*, full: bool) -> Iterator[Finding]:
    fault = verify_stored().fault if full else _fault_at_the_end()
    n_events = head().sequence
    if unguarded := guards.missing(connection):
        told = f"{len(unguarded)} of the triggers that refuse its change are gone, such as {unguarded[0]}"
        yield Finding("journal", State.WRONG, f"{told}; somebody took them away")
    if fault:
        yield Finding("journal", State.WRONG, f"does not hold: {fault}")
    elif full or n_events <= N_EVENTS_OF_QUICK_CHECK:
        yield Finding(
            "journal", State.GOOD, f"all {n_events:,} events hold" if full else f"its {n_events:,} events hold"
        )
    else:
        told = f"its last {N_EVENTS_OF_QUICK_CHECK:,} of {n_events:,} events hold; --full verifies them all"
        yield Finding("journal", State.GOOD, told)


def _fault_at_the_end() -> str:
    """Returns what is wrong with the last events, or nothing: each is hashed again and follows the one before it."""
    end = head()
    first = max(1, end.sequence - N_EVENTS_OF_QUICK_CHECK + 1)
    rows = Event.objects.filter(sequence__gte=first - 1, sequence__lte=end.sequence).order_by("sequence")
    previous, expected = (START, 1) if first == 1 else ("", first - 1)
    for row in rows.iterator():
        try:
            event = row.as_chain_event()
            holds = event.hash == event.content_hash() and event.payload_fits() and previous in {"", event.previous}
        except ValueError:
            holds = False
        if not holds or event.sequence != expected:
            return f"event {expected} was changed, or is not there"
        previous, expected = event.hash, expected + 1
    return "" if (expected - 1, previous or START) == (end.sequence, end.hash) else "its end was cut off"


def _people() -> Iterator[Finding]:
    n_people = get_user_model()._default_manager.filter(is_active=True).count()
    if n_people:
        yield Finding("people", State.GOOD, f"{n_people:,} can sign in")
    else:
        yield Finding("people", State.NOTE, "nobody can sign in yet: `homeward people add`")


def _line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
