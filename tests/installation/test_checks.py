"""`homeward check` says in words what is wrong, and changes nothing."""

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest
from tests.installation.commands import PROGRAM, environment_of, homeward


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    assert homeward(tmp_path, "record", "load").returncode == 0
    return tmp_path


def test_check__of_a_sound_installation_exits_with_0(installation: Path) -> None:
    before = (installation / "homeward.sqlite3").read_bytes()
    done = homeward(installation, "check", "--full")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"data folder: {installation}" in done.stdout
    assert done.stdout.endswith("Nothing is wrong.\n")
    assert (installation / "homeward.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"HOMEWARD_ALLOWED_HOSTS": "*"}, "answers to every name"),
        ({"HOMEWARD_ALLOWED_HOSTS": "homeward.example.org"}, "without HTTPS"),
        ({"HOMEWARD_ALLOWED_HOSTS": "homeward.example.org", "HOMEWARD_HTTPS": "yes"}, "HOMEWARD_PROXIES is 0"),
        ({"HOMEWARD_ALLOWED_HOSTS": "homeward.example.org", "HOMEWARD_DEBUG": "yes"}, "HOMEWARD_DEBUG is on"),
        ({"HOMEWARD_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}, "there is none yet"),
    ],
)
def test_check__names_what_is_wrong(installation: Path, given: dict[str, str], told: str) -> None:
    done = homeward(installation, "check", **given)
    assert done.returncode == 1
    assert told in done.stdout


def test_check__of_nothing_makes_no_database(tmp_path: Path) -> None:
    done = homeward(tmp_path / "data", "check", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["wrong"] == 1
    assert not (tmp_path / "data" / "homeward.sqlite3").exists()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE journal_event SET action = 'record.other' WHERE sequence = 2", "event 2"),
        ("DELETE FROM journal_event WHERE sequence = (SELECT max(sequence) FROM journal_event)", "its end was cut off"),
        ("UPDATE journal_chainhead SET sequence = sequence - 1", "end was cut off"),
        ("DROP TABLE journal_event", "cannot be read"),
        ("DELETE FROM django_migrations WHERE app = 'installation'", "1 migrations were not applied"),
    ],
)
def test_check__finds_what_was_done_to_the_database(installation: Path, damage: str, told: str) -> None:
    with sqlite3.connect(installation / "homeward.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute(damage)
    done = homeward(installation, "check")
    assert done.returncode == 1, done.stdout
    assert told in done.stdout
    assert done.stderr == ""


def test_data_folder_and_database__are_closed_to_others_where_they_stood_open(installation: Path) -> None:
    installation.chmod(0o755)
    for name in ("homeward.sqlite3", "secret.key"):
        (installation / name).chmod(0o644)
    done = homeward(installation, "check")
    assert installation.stat().st_mode & 0o777 == 0o700
    assert (installation / "homeward.sqlite3").stat().st_mode & 0o777 == 0o600
    assert (installation / "secret.key").stat().st_mode & 0o777 == 0o600
    assert done.returncode == 0


def test_data_folder__is_the_same_from_every_folder_and_named_by_every_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    settings = {"HOME": str(home), "XDG_DATA_HOME": ""}
    environment = {**environment_of(tmp_path), **settings}
    del environment["HOMEWARD_DATA_DIR"]
    for folder in (tmp_path, home):
        done = subprocess.run(
            [*PROGRAM, "check"], env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=60
        )
        assert f"data folder: {home / '.local' / 'share' / 'homeward'}" in done.stdout
