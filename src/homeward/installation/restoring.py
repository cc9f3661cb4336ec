"""Puts a backup in the place of an installation: proved whole and its journal verified before anything is replaced."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from homeward.errors import BrokenChainError, InputError
from homeward.installation import postgresql
from homeward.installation.actions import record_restoration
from homeward.installation.archive import Manifest, extract, read_manifest
from homeward.installation.backup import locked_by_key, looking_at, media_folder
from homeward.installation.keys import install_keys, key_mark
from homeward.installation.queries import forget, kind
from homeward.journal.actors import SYSTEM
from homeward.journal.queries import head, verify_stored

__all__ = ["Restored", "restore_backup"]


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What stands here now; `kept` is where what stood here before lies, `locked` what this key does not open."""

    manifest: Manifest
    events: int
    kept: tuple[Path, ...]
    locked: dict[str, int]


def restore_backup(path: Path, *, replace: bool, keys: Path | None = None) -> Restored:
    """Restores the backup at `path`: all of it or nothing.

    Raises InputError where something stands here already and `replace` was not asked for, where the file is damaged,
    comes from a newer Homeward or from the other kind of database or installation; BrokenChainError where the journal
    in it does not hold.
    """
    os.umask(0o077)  # every folder and file that is made from here on is closed to others
    manifest = read_manifest(path)
    _refuse_unless_fitting(path, manifest)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.HOMEWARD_DATA_DIR) as name:
        folder = Path(name)
        _refuse_unless_room(manifest, folder)
        put = _put_sqlite if manifest.database == "sqlite" else _put_postgresql
        _refuse_unless_empty(manifest, replace=replace)
        extract(path, manifest, folder)
        kept = put(folder, manifest, replace)
    mark = install_keys(keys) if keys else key_mark(settings.SECRET_KEY)
    forget()
    locked = locked_by_key() if mark != manifest.key else {}
    return Restored(manifest=manifest, events=head().sequence, kept=kept, locked=locked)


def _refuse_unless_fitting(path: Path, manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        needed = f"a backup of a {connection.vendor} database (HOMEWARD_DATABASE_URL says which is used here)"
        raise InputError(place=str(path), found=f"a backup of a {manifest.database} database", needed=needed)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    if unknown := sorted(set(manifest.migrations) - known):
        found = f"a backup of Homeward {manifest.homeward} with {unknown[0]}, which this one does not know"
        raise InputError(place=str(path), found=found, needed="that version of Homeward, or a newer one")


def _refuse_unless_room(manifest: Manifest, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < 2 * manifest.size:
        needed = f"{2 * manifest.size:,} bytes: the parts, and room to bring the database up to date"
        raise InputError(place=str(settings.HOMEWARD_DATA_DIR), found=f"{free:,} bytes free", needed=needed)


def _refuse_unless_empty(manifest: Manifest, *, replace: bool) -> None:
    """Refuses to restore over an installation unasked, and ever to make a real one simulated or the other way round."""
    file: Path | None = settings.EMBEDDED_DATABASE
    if connection.vendor == "sqlite" and (file is None or not file.exists() or not file.stat().st_size):
        return
    try:
        tables = connection.introspection.table_names()
        present = kind() if "installation_installation" in tables else None
    except Exception:  # a damaged database is what a backup is for
        if not replace:
            raise
        return
    if not tables:
        return
    if present is not None and present is not manifest.kind:
        found = f"a {present} installation, and a backup of a {manifest.kind} one"
        raise InputError(place="homeward restore", found=found, needed="a folder or a database of its own")
    if not replace:
        needed = "an empty installation, or --replace to put the backup in its place"
        raise InputError(place="homeward restore", found="an installation that stands here already", needed=needed)


def _put_sqlite(folder: Path, manifest: Manifest, replace: bool) -> tuple[Path, ...]:  # noqa: ARG001, FBT001
    """Proves the restored file and only then renames it to its place; returns what was kept of before."""
    made = folder / "database.sqlite3"
    with looking_at(made):
        _prove(manifest)
    with closing(sqlite3.connect(made)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    target = settings.EMBEDDED_DATABASE
    if target is None:
        raise InputError(place="homeward restore", found="a database in memory", needed="one in a file")
    connection.close()
    kept = [*_kept_media(folder), *_kept_database(target)]
    made.replace(target)
    return tuple(kept)


def _put_postgresql(folder: Path, manifest: Manifest, replace: bool) -> tuple[Path, ...]:  # noqa: FBT001
    """Loads the dump in one transaction, then proves what stands there."""
    connection.close()
    postgresql.restore(connection.settings_dict, folder / "database.pgdump", replace=replace)
    kept = _kept_media(folder)
    _prove(manifest)
    return tuple(kept)


def _prove(manifest: Manifest) -> None:
    """Brings the database up to date, verifies its journal and that it ends where the backup says."""
    forget()
    end = head()
    if (end.sequence, end.hash) != (manifest.events, manifest.head):
        found = f"ends at event {end.sequence}, the backup says {manifest.events}"
        raise BrokenChainError(f"the journal in the backup: {found}")
    call_command("migrate", verbosity=0, interactive=False)
    finding = verify_stored()
    if finding.fault:
        raise BrokenChainError(f"the journal in the backup: {finding.fault}")
    record_restoration(manifest_sha256=manifest.sha256, by=SYSTEM)


def _kept_database(target: Path) -> list[Path]:
    """Gives what stands in the place of the database a second name, so that it is not lost with the first."""
    if not target.exists() or not target.stat().st_size:
        _remove(target)
        return []
    _fold(target)
    kept = _named_before(target)
    os.link(target, kept)
    return [kept]


def _fold(target: Path) -> None:
    """Brings everything of the write-ahead log into the file; refuses while somebody has the database open."""
    try:
        with closing(sqlite3.connect(target, timeout=1)) as old:
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            return
        found = "a database that somebody has open"
        raise InputError(place=str(target), found=found, needed="the site and its commands stopped") from error
    except sqlite3.DatabaseError:  # damaged: kept as it is
        return
    _remove(target.with_name(f"{target.name}-wal"), target.with_name(f"{target.name}-shm"))


def _kept_media(folder: Path) -> list[Path]:
    made, target = folder / "media", media_folder()
    kept: list[Path] = []
    if target.exists():
        kept.append(_named_before(target))
        target.rename(kept[0])
    if made.exists():
        made.rename(target)
    return kept


def _named_before(path: Path) -> Path:
    return path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(FileNotFoundError):
            path.unlink()
