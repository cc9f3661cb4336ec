"""`homeward names` as a user types it."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from homeward.cli.app import app
from homeward.errors import InputError

run = CliRunner()


def invoke(*words: str) -> str:
    result = run.invoke(app, ["names", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_compare__answers_as_documented() -> None:
    answer = json.loads(invoke("compare", "Сергій Щербак", "Serhii Shcherbak", "--json"))
    assert {"left", "right", "verdict", "log10_lr", "parts"} <= set(answer)
    assert answer["verdict"] == "same"
    assert [(part["part"], part["relation"]) for part in answer["parts"]] == [
        ("surname", "transliterated"), ("given_name", "transliterated"),
    ]  # fmt: skip


def test_compare__tells_in_words() -> None:
    told = invoke("compare", "ст. солдат Коваленко Олег", "Коваленко О.")
    assert "possible" in told
    assert "set aside on the left: rank ст. солдат" in told


def test_compare__takes_a_file_of_pairs(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("left,right\nІван Бойко,Иван Бойко\nІван Бойко,Степан Бойко\n", encoding="utf-8")
    lines = [json.loads(line) for line in invoke("compare", "--pairs", str(pairs), "--jsonl").splitlines()]
    assert [line["verdict"] for line in lines] == ["same", "different"]
    assert len(json.loads(invoke("compare", "--pairs", str(pairs), "--json"))) == 2


@pytest.mark.parametrize(
    "words", [("one",), (), ("a", "b", "--pairs", "x.csv"), ("a", "b", "--json", "--jsonl"), ("1", "2")]
)
def test_compare__refuses_what_it_cannot_compare(words: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        run.invoke(app, ["names", "compare", *words], catch_exceptions=False)


def test_match__writes_a_table_and_tells_what_it_read(tmp_path: Path) -> None:
    wanted, register, out = (tmp_path / name for name in ("list.csv", "register.csv", "out.csv"))
    wanted.write_text("id,name\nA1,Щербак Сергей\nA2,Нікого Немає\nA3,\n", encoding="utf-8")
    register.write_text("id,name\nR1,Serhii Shcherbak\n", encoding="utf-8")
    result = run.invoke(app, ["names", "match", str(wanted), str(register), "--out", str(out)], catch_exceptions=False)
    assert result.exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(row["list_id"], row["register_id"]) for row in rows] == [("A1", "R1"), ("A2", ""), ("A3", "")]
    assert (rows[2]["verdict"], rows[2]["posterior"], rows[2]["proposed"]) == ("", "", "no")
    assert "line 4, column name: found no text" in rows[2]["explanation"]
    assert "list.csv: 2 rows compared, 1 rows or cells set aside." in result.stderr
    assert "line 4, column name" in result.stderr
    as_json = json.loads(invoke("match", str(wanted), str(register), "--json", "--at-most", "1"))
    assert [row["list_id"] for row in as_json] == ["A1", "A2", "A3"]


def test_match__writes_nothing_where_it_refuses(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(InputError, match="no file that can be read"):
        run.invoke(app, ["names", "match", "nowhere.csv", "nowhere.csv", "--out", str(out)], catch_exceptions=False)
    assert not out.exists()
