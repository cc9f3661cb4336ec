"""Reading lists: every row is used or set aside with its place."""

from pathlib import Path

import pytest

from homeward.errors import InputError
from homeward.names.lists import read_entries, read_pairs


def written(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_read_entries__sets_rows_and_cells_aside_with_their_place(tmp_path: Path) -> None:
    rows = ["id,name,birth_date,note", "1,Бойко Іван,1990-13-01,x", ",Без Коду,,", "3,,,", "1,Двічі Той Самий,,"]
    text = "\n".join([*rows, "5,Мельник Олег,1990,", ""])
    found = read_entries(written(tmp_path, text))
    assert [(entry.id, entry.birth_date) for entry in found.entries] == [("1", ""), ("5", "1990")]
    assert [problem.place for problem in found.set_aside] == [
        "list.csv line 2, column birth_date", "list.csv line 3, column id", "list.csv line 4, column name",
        "list.csv line 5, column id",
    ]  # fmt: skip
    assert found.unread_columns == ("note",)


@pytest.mark.parametrize(
    ("text", "needed"), [("", "also id, name"), ("id\n1\n", "also name"), ("id,name,name\n", "each column once")]
)
def test_read_entries__refuses_a_file_without_its_columns(tmp_path: Path, text: str, needed: str) -> None:
    with pytest.raises(InputError, match=needed):
        read_entries(written(tmp_path, text))


def test_read_pairs__names_the_row_and_column(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 3, column right: found no text"):
        read_pairs(written(tmp_path, "left,right\na,b\nc,\n"))
