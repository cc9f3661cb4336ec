"""A database of an older Homeward is brought up to date, and nothing in it is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.installation.commands import homeward

OLDER = Path(__file__).with_name("older_database.sql").read_text(encoding="utf-8")
KEPT = {
    "organisations": "SELECT name, slug FROM access_organisation",
    "people": "SELECT code, email, password FROM access_user",
    "events": "SELECT sequence, action, subject, hash, previous FROM journal_event WHERE sequence <= 5",
    "transfers": "SELECT count(*) FROM record_transfer",
    "claims": "SELECT key, low, high, quote FROM record_claim ORDER BY key",
    "articles": "SELECT text_sha256 FROM record_article",
}


def _rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as database:
        return {name: database.execute(query).fetchall() for name, query in KEPT.items()}


def test_migrate__keeps_the_content_of_an_older_database(tmp_path: Path) -> None:
    file = tmp_path / "homeward.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.executescript(OLDER)
    before = _rows(file)
    assert [len(rows) for rows in before.values()] == [1, 1, 5, 1, 2, 1]

    done = homeward(tmp_path, "migrate")

    assert (done.returncode, done.stderr) == (0, "")
    assert _rows(file) == before
    assert "1,000" in homeward(tmp_path, "brief", "--on", "2026-03-01").stdout
    checked = homeward(tmp_path, "check", "--full")
    assert checked.returncode == 0, checked.stdout
    assert "good   installation: real" in checked.stdout
    export = tmp_path / "journal.jsonl"
    assert homeward(tmp_path, "journal", "export", export).returncode == 0
    assert homeward(tmp_path, "journal", "verify", export).returncode == 0
