"""Opens the database for a command, making the embedded one on first use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from homeward.errors import InputError

__all__ = ["migrate", "prepare", "set_up", "unapplied_migrations"]


def prepare() -> None:
    """Sets Django up and brings the embedded database up to date, with the shipped public record in it when it is new.

    A PostgreSQL database is never changed without being asked: run `homeward migrate` there. Where the embedded one can
    only be read, it is read as it is.
    """
    set_up()
    from django.conf import settings
    from django.db import connection

    if unapplied := unapplied_migrations():
        if connection.vendor != "sqlite" or "uri" in settings.DATABASES["default"]["OPTIONS"]:
            found = f"{len(unapplied)} migrations that were not applied"
            raise InputError(place="database", found=found, needed="`homeward migrate`")
        with _alone(settings.EMBEDDED_DATABASE):
            _apply()
            _mark()
            _fill()
    else:
        _mark()


def migrate() -> int:
    """Brings the database up to date, whichever it is; returns how many migrations it took."""
    set_up()
    n_unapplied = len(unapplied_migrations())
    _apply()
    _mark()
    return n_unapplied


def set_up(*, make: bool = True) -> None:
    """Reads the settings and opens the connection; what is wrong with either is told in one line.

    Without `make`, an embedded database that is not there is not made.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.web.settings")
    import django
    from django.conf import settings
    from django.db import DatabaseError, connection

    django.setup()
    file: Path | None = settings.EMBEDDED_DATABASE
    if not make and file is not None and not file.exists():
        return
    _make_private(file)
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        if "locked" in str(error):
            raise
        found = str(error).strip().split("\n")[0]
        needed = "a database that answers at HOMEWARD_DATABASE_URL"
        raise InputError(place="database", found=found, needed=needed) from error


def _make_private(file: Path | None) -> None:
    """Makes the file of the embedded database before SQLite would, closed to others."""
    if file is not None and not file.exists():
        with suppress(OSError):  # what is wrong is told when it is opened
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _mark() -> None:
    """Says what a new installation is; refuses to play in a real one."""
    from django.conf import settings
    from django.db import connection

    from homeward.installation import actions, queries
    from homeward.installation.vocabulary import Kind
    from homeward.journal.actors import SYSTEM

    only_read = connection.vendor == "sqlite" and "uri" in settings.DATABASES["default"]["OPTIONS"]
    if not only_read or queries.kind() is not None:
        actions.mark(Kind.SIMULATED if settings.HOMEWARD_DEMO else Kind.REAL, by=SYSTEM)


def unapplied_migrations() -> list[str]:
    """Returns the names of the migrations that the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _apply() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _fill() -> None:
    """Loads the shipped public record into a record that has nothing in it yet."""
    from homeward.journal.actors import SYSTEM
    from homeward.record import actions, queries

    if queries.is_empty():
        actions.load_shipped(by=SYSTEM)


@contextmanager
def _alone(database: Path | None) -> Iterator[None]:
    """Keeps two commands on one machine from making the embedded database at the same moment."""
    path = (database or Path("homeward.sqlite3")).with_suffix(".lock")
    try:
        import fcntl
    except ImportError:  # Windows has none; there the second command is refused by the database
        yield
        return
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
