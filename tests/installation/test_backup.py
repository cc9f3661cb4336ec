"""A backup is taken while people work, and what it holds comes back whole, on both databases."""

import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from tests.installation.commands import environment_of, homeward

WRITER = Path(__file__).with_name("writer.py")
N_WRITERS = 2


class Writers:
    """Programs that write until they are told to stop; `acknowledged` is the last event whose write was confirmed."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.acknowledged = 0
        self._programs = [self._start(environment) for _ in range(N_WRITERS)]
        self._readers = [threading.Thread(target=self._read, args=(program,)) for program in self._programs]
        for reader in self._readers:
            reader.start()

    def stop(self) -> None:
        for program in self._programs:
            assert program.stdin is not None
            program.stdin.close()
        for program, reader in zip(self._programs, self._readers, strict=True):
            assert program.wait(timeout=60) == 0
            reader.join()
            program.stdout.close()  # type: ignore[union-attr]

    def wait_for(self, n_more: int) -> None:
        wanted = self.acknowledged + n_more
        pause = threading.Event()
        for _ in range(3000):
            if self.acknowledged >= wanted:
                return
            pause.wait(0.02)
        raise AssertionError("the writers wrote nothing for a minute")

    def _start(self, environment: dict[str, str]) -> "subprocess.Popen[str]":
        words = [sys.executable, str(WRITER)]
        return subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _read(self, program: "subprocess.Popen[str]") -> None:
        assert program.stdout is not None
        for line in program.stdout:
            self.acknowledged = max(self.acknowledged, int(line))


@contextmanager
def writing(folder: Path, **settings: str) -> Iterator[Writers]:
    writers = Writers(environment_of(folder, **settings))
    try:
        writers.wait_for(20)
        yield writers
    finally:
        writers.stop()


def events_of(export: Path) -> int:
    return len(export.read_bytes().splitlines())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the shipped record, a file, a person and keys, and a backup of it with its keys."""
    folder = tmp_path_factory.mktemp("installation")
    data = folder / "data"
    assert homeward(data, "people", "add-organisation", "Bureau of Alpha").returncode == 0
    (data / "media" / "ab").mkdir(parents=True)
    (data / "media" / "ab" / "photograph.jpg").write_bytes(b"not a photograph")
    done = homeward(data, "backup", folder / "backup", "--keys", folder / "keys")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_backup__taken_under_load_holds_all_that_was_acknowledged_and_verifies_on_sqlite(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert homeward(data, "migrate").returncode == 0
    with writing(data) as writers:
        for number in range(3):
            before = writers.acknowledged
            done = homeward(data, "backup", tmp_path / f"backup-{number}")
            assert (done.returncode, done.stderr) == (0, "")
            writers.wait_for(5)
            restored = tmp_path / f"restored-{number}"
            done = homeward(restored, "restore", tmp_path / f"backup-{number}")
            assert (done.returncode, done.stderr) == (0, "")
            assert "the journal holds" in done.stdout
            export = tmp_path / f"{number}.jsonl"
            assert homeward(restored, "journal", "export", export).returncode == 0
            assert homeward(restored, "journal", "verify", export).returncode == 0
            assert events_of(export) > before
    assert homeward(data, "check", "--full").returncode == 0


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="HOMEWARD_DATABASE_URL is no PostgreSQL address")
def test_backup__taken_under_load_holds_all_that_was_acknowledged_and_verifies_on_postgresql(tmp_path: Path) -> None:
    server = os.environ["HOMEWARD_DATABASE_URL"].rsplit("/", 1)[0]
    names = [f"homeward_{uuid4().hex[:12]}" for _ in range(2)]
    admin = connection.copy()
    admin.set_autocommit(True)
    with admin.cursor() as cursor:
        for name in names:
            cursor.execute(f'CREATE DATABASE "{name}"')
    here, there = (f"{server}/{name}" for name in names)
    try:
        assert homeward(tmp_path / "here", "migrate", HOMEWARD_DATABASE_URL=here).returncode == 0
        with writing(tmp_path / "here", HOMEWARD_DATABASE_URL=here) as writers:
            before = writers.acknowledged
            done = homeward(tmp_path / "here", "backup", tmp_path / "backup", HOMEWARD_DATABASE_URL=here)
            assert (done.returncode, done.stderr) == (0, "")
            writers.wait_for(5)
        for options in ([], ["--replace"]):
            done = homeward(tmp_path / "there", "restore", tmp_path / "backup", *options, HOMEWARD_DATABASE_URL=there)
            assert (done.returncode, done.stderr) == (0, "")
            assert "the journal holds" in done.stdout
        done = homeward(tmp_path / "there", "restore", tmp_path / "backup", HOMEWARD_DATABASE_URL=there)
        assert done.returncode == 2
        assert "stands here already" in done.stderr
        export = tmp_path / "journal.jsonl"
        done = homeward(tmp_path / "there", "journal", "export", export, HOMEWARD_DATABASE_URL=there)
        assert done.returncode == 0
        assert events_of(export) > before
        assert homeward(tmp_path / "there", "check", "--full", HOMEWARD_DATABASE_URL=there).returncode == 0
        with admin.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname = ANY(%s)", [names])
            assert cursor.fetchone() == (2,)
    finally:
        with admin.cursor() as cursor:
            for name in names:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.close()


def test_restore__brings_back_people_files_and_record(made: Path, tmp_path: Path) -> None:
    done = homeward(tmp_path, "restore", made / "backup", "--keys", made / "keys")

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "media" / "ab" / "photograph.jpg").read_bytes() == b"not a photograph"
    assert (tmp_path / "secret.key").read_text() == (made / "data" / "secret.key").read_text()
    assert homeward(tmp_path, "brief").stdout == homeward(made / "data", "brief").stdout
    for path in (tmp_path, *tmp_path.rglob("*")):
        if path.suffix != ".lock":
            assert path.stat().st_mode & 0o077 == 0, path


def test_backup__holds_no_key_and_is_readable_by_its_owner_alone(made: Path) -> None:
    assert (made / "backup").stat().st_mode & 0o077 == 0
    assert (made / "keys").stat().st_mode & 0o077 == 0
    key = (made / "data" / "secret.key").read_bytes()
    assert key not in gzip.decompress((made / "backup").read_bytes())
    assert key in (made / "keys").read_bytes()
    assert json.loads((made / "keys").read_text())["format"] == "homeward-keys-1"


def test_restore__without_the_key_names_what_is_locked(made: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert homeward(data, "restore", made / "backup").returncode == 0
    with sqlite3.connect(data / "homeward.sqlite3") as database:
        columns = "(password, code, email, is_active, created, language, keys)"
        person = f"INSERT INTO access_user {columns} VALUES ('x', 'P-22222222', 'alice@example.org', 1, 0, '', 1)"
        number = database.execute(person).lastrowid
        factor = "INSERT INTO mfa_authenticator (type, data, user_id, created_at) VALUES ('totp', '{}', ?, 0)"
        database.execute(factor, [number])
    assert "second factors" in homeward(data, "backup", tmp_path / "backup").stdout

    done = homeward(tmp_path / "other", "restore", tmp_path / "backup")
    assert done.returncode == 0
    assert "Locked: 1 second factors" in done.stdout


def test_restore__refuses_to_replace_unasked_and_keeps_what_stood_here(made: Path, tmp_path: Path) -> None:
    assert homeward(tmp_path, "people", "add-organisation", "Bureau of Beta").returncode == 0
    before = (tmp_path / "homeward.sqlite3").read_bytes()

    done = homeward(tmp_path, "restore", made / "backup")
    assert done.returncode == 2
    assert "--replace" in done.stderr
    assert (tmp_path / "homeward.sqlite3").read_bytes() == before

    done = homeward(tmp_path, "restore", made / "backup", "--replace")
    assert done.returncode == 0
    kept = next(tmp_path.glob("homeward.sqlite3.before-*"))
    with sqlite3.connect(kept) as database:
        assert database.execute("SELECT name FROM access_organisation").fetchall() == [("Bureau of Beta",)]


def test_restore__refuses_while_somebody_has_the_database_open(made: Path, tmp_path: Path) -> None:
    assert homeward(tmp_path, "migrate").returncode == 0
    with sqlite3.connect(tmp_path / "homeward.sqlite3") as database:
        database.execute("SELECT count(*) FROM journal_event").fetchone()
        done = homeward(tmp_path, "restore", made / "backup", "--replace")
    assert done.returncode == 2
    assert "stopped" in done.stderr


def _members(backup: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(backup) as tar:
        return [(member.name, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]


def _packed(members: list[tuple[str, bytes]], out: Path, kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(out, "w:gz") as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size, member.type = len(content), kind if name != "manifest.json" else tarfile.REGTYPE
            member.linkname = "/etc/passwd"
            tar.addfile(member, io.BytesIO(content))
    return out


def _with_manifest(members: list[tuple[str, bytes]], **changes: object) -> list[tuple[str, bytes]]:
    fields = json.loads(members[0][1]) | changes
    return [("manifest.json", json.dumps(fields).encode()), *members[1:]]


def test_restore__refuses_every_backup_that_is_not_as_it_was_made(made: Path, tmp_path: Path) -> None:
    good = _members(made / "backup")
    (database_name, database), (_, media) = good[1:]
    raw = (made / "backup").read_bytes()
    damaged = {
        "cut": raw[: len(raw) // 2],
        "turned": raw[:9000] + bytes([raw[9000] ^ 1]) + raw[9001:],
        "no-backup": b"hello",
        "empty": b"",
    }
    files = {name: tmp_path / name for name in damaged}
    for name, content in damaged.items():
        files[name].write_bytes(content)
    changed = database[:5000] + bytes([database[5000] ^ 1]) + database[5001:]
    parts = json.loads(good[0][1])["parts"]
    escaping = [*parts, {"name": "media/../../escaped", "bytes": len(media), "sha256": parts[1]["sha256"]}]
    for name, members in {
        "changed": [good[0], (database_name, changed), good[2]],
        "left-out": good[:2],
        "too-many": [*good, ("media/more", b"")],
        "twice": [*good, good[2]],
        "no-manifest": good[1:],
        "escaping": [*_with_manifest(good, parts=escaping), ("media/../../escaped", media)],
        "unknown-field": _with_manifest(good, more=1),
        "other-format": _with_manifest(good, format="homeward-backup-9"),
        "newer": _with_manifest(good, migrations=["record.0999_future"]),
        "other-database": _with_manifest(good, database="oracle"),
    }.items():
        files[name] = _packed(members, tmp_path / name)
    files["link"] = _packed(good, tmp_path / "link", kind=tarfile.SYMTYPE)

    for name, path in files.items():
        done = homeward(tmp_path / "data", "restore", path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), (name, done.stderr)
        assert done.stderr.startswith(f"homeward: {path}: found "), (name, done.stderr)
        left = {entry.name for entry in (tmp_path / "data").iterdir()} if (tmp_path / "data").exists() else set()
        assert left <= {"secret.key"}, (name, left)
    assert not (tmp_path / "escaped").exists()


def test_restore__refuses_a_backup_whose_journal_was_changed(made: Path, tmp_path: Path) -> None:
    """The hashes of the parts are those of the forger; the chain is not."""
    data = tmp_path / "data"
    assert homeward(data, "restore", made / "backup").returncode == 0
    with sqlite3.connect(data / "homeward.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')  # as the owner of the machine can
        database.execute("UPDATE journal_event SET subject = 'organisation:other' WHERE sequence = 1")
    assert homeward(data, "backup", tmp_path / "forged").returncode == 0

    done = homeward(tmp_path / "other", "restore", tmp_path / "forged")
    assert done.returncode == 1
    assert "the journal in the backup: event 1" in done.stderr
    assert not (tmp_path / "other" / "homeward.sqlite3").exists()
    assert homeward(data, "check").returncode == 1


def test_backup__never_writes_over_the_installation(made: Path) -> None:
    for name in ("homeward.sqlite3", "secret.key"):
        done = homeward(made / "data", "backup", made / "data" / name)
        assert (done.returncode, "a file that is also read" in done.stderr) == (2, True)
    assert homeward(made / "data", "check").returncode == 0


def test_empty_folder__is_no_backup_of_a_file_copied_beside_its_log(tmp_path: Path) -> None:
    """Why the backup is not a copy of the file: what waits in the write-ahead log is not in it."""
    assert homeward(tmp_path, "migrate").returncode == 0
    with sqlite3.connect(tmp_path / "homeward.sqlite3") as reader:
        reader.execute("SELECT 1 FROM journal_event").fetchall()
        assert homeward(tmp_path, "people", "add-organisation", "Bureau of Alpha").returncode == 0
        (tmp_path / "copy.sqlite3").write_bytes((tmp_path / "homeward.sqlite3").read_bytes())
        assert homeward(tmp_path, "backup", tmp_path / "backup").returncode == 0
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        assert copy.execute("SELECT count(*) FROM access_organisation").fetchone() == (0,)
    assert homeward(tmp_path / "restored", "restore", tmp_path / "backup").returncode == 0
    with sqlite3.connect(tmp_path / "restored" / "homeward.sqlite3") as restored:
        assert restored.execute("SELECT count(*) FROM access_organisation").fetchone() == (1,)
