"""`homeward record`: load, exchanges, balance, gaps."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from homeward.cli.record import commands
from homeward.errors import InputError

pytestmark = pytest.mark.django_db
RUN = CliRunner()


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own database is there already."""
    monkeypatch.setattr("homeward.cli.database.prepare", lambda: None)


def test_load__says_that_nothing_changed_the_second_time() -> None:
    assert "added 165 exchanges" in RUN.invoke(commands, ["load"]).stdout
    assert RUN.invoke(commands, ["load"]).stdout.startswith("Nothing changed: all 2,331 rows")


def test_exchanges__are_told_as_json_and_csv() -> None:
    RUN.invoke(commands, ["load"])
    listed = json.loads(RUN.invoke(commands, ["exchanges", "--json"]).stdout)["exchanges"]
    found = next(entry for entry in listed if entry["slug"] == "2025-12-19-remains")
    assert [part["verdict"] for part in found["transfers"]] == ["contested", "contested"]
    lines = RUN.invoke(commands, ["exchanges", "--csv"]).stdout.splitlines()
    assert len(lines) == 312
    assert lines[0].startswith("exchange,when,earliest,latest,what,from,to,low,high")
    assert RUN.invoke(commands, ["exchanges"]).exit_code == 0


def test_balance__has_a_line_for_each_wording() -> None:
    RUN.invoke(commands, ["load"])
    lines = json.loads(RUN.invoke(commands, ["balance", "--json"]).stdout)["balance"]
    quota = [line for line in lines if line["agreement"] == "istanbul-2025-06-02" and line["what"] == "remains"]
    assert {line["worded_by"] for line in quota} == {"UKR", "RUS", None}
    assert (quota[0]["delivered_low"], quota[0]["delivered_high"], quota[0]["unverified"]) == (14_057, 14_063, 0)
    assert RUN.invoke(commands, ["balance"]).exit_code == 0


def test_load__refuses_a_wrong_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n", encoding="utf-8")
    assert isinstance(RUN.invoke(commands, ["load", str(path)]).exception, InputError)


def test_gaps__tell_what_numbers_and_totals_say_that_is_missing() -> None:
    RUN.invoke(commands, ["load"])
    found = json.loads(RUN.invoke(commands, ["gaps", "--json"]).stdout)
    assert set(found) == {"simulated", "on", "ordinals", "totals", "disagreements", "not_compared", "completeness"}
    after = {gap["after"]: gap for gap in found["ordinals"] if gap["series"].startswith("people to Ukraine")}
    # Kyiv counted 13 exchanges by 28 June 2022 and 24 by 2 October.
    assert (after["2022-06-28"]["first_number"], after["2022-06-28"]["last_number"]) == (14, 24)
    steps = {(step["series"], step["until"]): step for step in found["totals"]}
    closed = steps["people to Ukraine in exchanges, as Kyiv counts them", "2025-05-06"]
    assert (closed["published"], closed["itemised"], closed["difference"]) == (205, 205, 0)
    printed = RUN.invoke(commands, ["gaps"]).stdout
    assert "Exchanges that the record lacks" in printed
    assert f"{found['completeness']['without_speaker']:,} name no speaker" in printed
