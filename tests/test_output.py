"""What leaves Homeward as text."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.output import csv_cell, csv_text, refuse_overwriting, terminal_text, write_whole


@given(st.text())
def test_terminal_text__leaves_nothing_that_acts_on_a_terminal(text: str) -> None:
    shown = terminal_text(text)
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in shown)
    assert not any(0x7F <= ord(letter) < 0xA0 for letter in shown)
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text(st.characters(codec="utf-8")))
def test_terminal_text__keeps_the_meaning_of_json(text: str) -> None:
    assert json.loads(terminal_text(json.dumps([text], ensure_ascii=False))) == [text]


def test_terminal_text__turns_no_line_round() -> None:
    assert terminal_text("from \u202eRUS to UKR\u202c") == "from \\u202eRUS to UKR\\u202c"


@pytest.mark.parametrize(
    "text", ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "-", "+380 44 123", "-1-1"]
)
def test_csv_cell__makes_text_of_a_formula(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", ["-4", "+4", "-4.5", "1e-7", "-1.5E+3", ".5", -4, 4.5, None, "1,000", "corroborated", ""]
)
def test_csv_cell__leaves_numbers_and_plain_text(value: object) -> None:
    assert csv_cell(value) == value


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00")), min_size=1, max_size=4))
def test_csv_text__holds_no_formula_and_reads_back(cells: list[str]) -> None:
    columns = [f"c{i}" for i in range(len(cells))]
    row = list(csv.reader(io.StringIO(csv_text(columns, [dict(zip(columns, cells, strict=True))]))))[-1:]
    for cell, found in zip(cells, row[0] if row and row[0] else [""], strict=True):
        assert found in {cell, f"'{cell}"}
        if found == cell and cell[:1] in {"=", "+", "-", "@", "\t"}:
            float(cell)


def test_refuse_overwriting__knows_a_file_by_each_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "remains.tsv").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "remains.tsv")
    (tmp_path / "hard").hardlink_to(tmp_path / "remains.tsv")
    for name in ("remains.tsv", "link", "hard", "sub/../remains.tsv"):
        (tmp_path / "sub").mkdir(exist_ok=True)
        with pytest.raises(InputError, match="a file that is also read"):
            refuse_overwriting(tmp_path / name, None, tmp_path / "remains.tsv")
    refuse_overwriting(tmp_path / "shortlist.csv", tmp_path / "remains.tsv")


def test_write_whole__leaves_the_old_file_when_writing_fails(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old", encoding="utf-8")

    def fail(waiting: Path) -> None:
        waiting.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(out, fail)
    assert out.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("name", ["", "absent/out.txt"])
def test_write_whole__refuses_where_no_file_can_stand(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"found .*; needed: "):
        write_whole(tmp_path / name, lambda waiting: waiting.write_text("x", encoding="utf-8"))
