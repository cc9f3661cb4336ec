"""Opens the database for a command, making the embedded one on first use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from homeward.errors import InputError

__all__ = ["migrate", "prepare"]


def prepare() -> None:
    """Sets Django up and brings the embedded database up to date, with the shipped public record in it when it is new.

    A PostgreSQL database is never changed without being asked: run `homeward migrate` there.
    """
    _set_up()
    from django.conf import settings
    from django.db import connection

    if not _unapplied():
        return
    if connection.vendor != "sqlite":
        found = f"{len(_unapplied())} migrations that were not applied"
        raise InputError(place="database", found=found, needed="`homeward migrate`")
    with _alone(Path(settings.DATABASES["default"]["NAME"]).with_suffix(".lock")):
        _apply()
        _fill()


def migrate() -> int:
    """Brings the database up to date, whichever it is; returns how many migrations it took."""
    _set_up()
    n_unapplied = len(_unapplied())
    _apply()
    return n_unapplied


def _set_up() -> None:
    """Reads the settings and opens the connection; what is wrong with either is told in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.web.settings")
    import django
    from django.db import DatabaseError, connection

    django.setup()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        found = str(error).strip().split("\n")[0]
        needed = "a database that answers at HOMEWARD_DATABASE_URL"
        raise InputError(place="database", found=found, needed=needed) from error


def _unapplied() -> list[str]:
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
def _alone(path: Path) -> Iterator[None]:
    """Keeps two commands on one machine from making the embedded database at the same moment."""
    try:
        import fcntl
    except ImportError:  # Windows has none; there the second command is refused by the database
        yield
        return
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
