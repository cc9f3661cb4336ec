"""The tutorial of two lists does what it says: its commands are run and its answers compared."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from homeward.cli.app import app
from homeward.names.lists import read_entries
from homeward.names.matching import match_lists

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "two-lists.md"


def blocks() -> list[str]:
    """The indented blocks of the page, without their indent."""
    found = re.findall(r"(?:^    .*\n(?:^\n(?=    ))?)+", TUTORIAL.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in found]


def test_two_lists__prints_what_the_page_shows() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    command = re.search(r'^    homeward names compare "(.*)" "(.*)"$', text, re.MULTILINE)
    assert command
    result = CliRunner().invoke(app, ["names", "compare", *command.groups()])
    shown = next(block for block in blocks() if "log10 LR" in block)
    assert result.output.strip() == shown.strip().split("\n\n")[-1].strip()


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    tables = [block for block in blocks() if block.startswith("id,name")]
    paths = tmp_path / "list.csv", tmp_path / "register.csv"
    for path, table in zip(paths, tables, strict=True):
        path.write_text(table, encoding="utf-8")
    return paths


def test_two_lists__gives_the_rows_that_the_page_tells(lists: tuple[Path, Path]) -> None:
    wanted, register = (read_entries(path) for path in lists)
    rows = [
        (row.list_id, row.register_id, row.verdict, row.proposed)
        for row in match_lists(wanted.entries, register.entries)
    ]
    assert rows == [
        ("A1", "R1", "same", True),
        ("A2", "R2", "possible", True),
        ("A3", "R3", "different", False),
        ("A4", "", "", True),
    ]
    assert [problem.place for problem in wanted.set_aside] == ["list.csv line 6, column name"]


def test_two_lists__runs_the_lines_of_python(capsys: pytest.CaptureFixture[str]) -> None:
    code = next(block for block in blocks() if block.startswith("from homeward.names"))
    exec(code, {})
    assert capsys.readouterr().out.startswith("same ")
