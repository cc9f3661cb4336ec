"""A copy of everything but the keys, in one file, taken while people work."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from homeward import __version__
from homeward.installation import postgresql
from homeward.installation.actions import record_backup
from homeward.installation.archive import Manifest, pack, part_of
from homeward.installation.keys import key_mark
from homeward.installation.queries import kind
from homeward.installation.vocabulary import Kind
from homeward.journal.actors import SYSTEM
from homeward.journal.queries import head
from homeward.output import check_writable, refuse_overwriting, write_whole

__all__ = ["Taken", "locked_by_key", "looking_at", "media_folder", "take_backup"]


@dataclass(frozen=True)
class Taken:
    """A backup that was taken; `journalled` is false where the database could only be read."""

    manifest: Manifest
    journalled: bool


def take_backup(out: Path) -> Taken:
    """Writes a backup to `out`, whole or not at all, and returns what it holds.

    The database is copied as it stood at one moment: whatever was acknowledged before is in it, and nothing of a
    write that was not finished. Nobody waits for it.
    """
    own = [settings.EMBEDDED_DATABASE, Path(settings.HOMEWARD_DATA_DIR) / "secret.key"]
    refuse_overwriting(out, *own)
    check_writable(out)
    journalled = _journal()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=out.parent) as made:
        folder = Path(made)
        copied, facts = _copied_database(folder)
        files = {copied.name: copied, **_media()}
        parts = tuple(part_of(path, name=name) for name, path in files.items())
        manifest = Manifest(made=_now(), homeward=__version__, parts=parts, key=key_mark(settings.SECRET_KEY), **facts)
        write_whole(out, lambda waiting: pack(waiting, manifest, files))
    return Taken(manifest, journalled)


def media_folder() -> Path:
    """Returns the folder of files that people gave, beside the embedded database; it may not be there."""
    return Path(settings.HOMEWARD_DATA_DIR) / "media"


def locked_by_key() -> dict[str, int]:
    """Returns what stands in the database sealed under the secret key, counted."""
    factors = apps.get_model("mfa", "Authenticator").objects.count()
    return {"second factors": factors} if factors else {}


def _journal() -> bool:
    """Journals the backup first, so that the copy itself tells of it."""
    try:
        record_backup(by=SYSTEM)
    except OperationalError as error:
        if "readonly" in str(error):  # a disk that is going: what can be saved must be
            return False
        raise
    return True


def _copied_database(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Returns the copy and what is true of it, both of one moment."""
    if connection.vendor == "sqlite":
        copied = folder / "database.sqlite3"
        _copy_sqlite(copied)
        with looking_at(copied):
            return copied, {"database": "sqlite", **_facts()}
    copied = folder / "database.pgdump"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        postgresql.dump(connection.settings_dict, copied, snapshot=snapshot)
        return copied, {"database": "postgresql", **_facts()}


def _copy_sqlite(target: Path) -> None:
    """Copies through SQLite's own backup: a copied file would lack what still waits in the write-ahead log."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


@contextmanager
def looking_at(database: Path) -> Iterator[None]:
    """Lets every query go to another SQLite file for a while."""
    name, options = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]
    plain = {key: value for key, value in options.items() if key not in {"uri", "init_command"}}
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    connection.settings_dict["OPTIONS"] = {**plain, "init_command": "PRAGMA foreign_keys=ON;"}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"] = name, options


def _facts() -> dict[str, Any]:
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    end = head()
    return {
        "kind": kind() or Kind.REAL,
        "migrations": tuple(applied),
        "events": end.sequence,
        "head": end.hash,
        "locked": locked_by_key(),
    }


def _media() -> Mapping[str, Path]:
    folder = media_folder()
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {f"media/{path.relative_to(folder).as_posix()}": path for path in files}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
