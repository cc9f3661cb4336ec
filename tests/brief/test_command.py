"""The command `homeward brief`."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from homeward.cli import database
from homeward.cli.app import app
from homeward.errors import InputError


@pytest.fixture(autouse=True)
def _tests_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "prepare", lambda: None)


def test_brief__prints_text() -> None:
    result = CliRunner().invoke(app, ["brief", "--on", "2026-02-01"])
    assert result.output.startswith("The record holds no exchange yet\nThe record as it stood on 1 February 2026\n")


def test_brief__prints_json_of_the_day_asked_for() -> None:
    result = CliRunner().invoke(app, ["brief", "--on", "2026-02-01", "--format", "json"])
    assert json.loads(result.output)["on"] == date(2026, 2, 1).isoformat()


def test_brief__writes_a_file(tmp_path: Path) -> None:
    target = tmp_path / "brief.pdf"
    CliRunner().invoke(app, ["brief", "--format", "pdf", "--out", str(target)])
    assert target.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.pdf"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--language", "xx"], 'language: found "xx"'),
        (["--on", "yesterday"], '--on: found "yesterday"'),
        (["--format", "html", "--out", "/nowhere/at/all.html"], "/nowhere/at/all.html: found"),
        (["--out", "/"], "/: found a folder"),
        (["--out", "."], ".: found a folder"),
        (["--out", "a" * 300], "a" * 300 + ": found File name too long"),
    ],
)
def test_brief__refuses_in_one_line(options: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["brief", *options])
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith(message)
