"""Reading lists: every row is used or set aside with its place."""

from pathlib import Path

import pytest

from homeward.errors import InputError
from homeward.names.lists import RowAside, read_entries, read_pairs


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


def test_read_entries__keeps_the_order_of_the_file_with_what_was_set_aside(tmp_path: Path) -> None:
    found = read_entries(written(tmp_path, "id,name\n1,Бойко Іван\n2\n3,Мороз,Олег\n4,12345\n5,Ткач Олег\n"))
    assert [row.id for row in found.rows] == ["1", "2", "3", "4", "5"]
    assert [row.id for row in found.rows if isinstance(row, RowAside)] == ["2", "3", "4"]


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b"])
def test_read_entries__sets_control_characters_aside_with_line_and_column(tmp_path: Path, sign: str) -> None:
    found = read_entries(written(tmp_path, f"id,name,unit\n1,Бой{sign}ко Іван,\n2,Ткач Олег,7{sign}9\n"))
    assert [entry.id for entry in found.entries] == ["2"]
    assert [problem.place for problem in found.set_aside] == [
        "list.csv line 2, column name", "list.csv line 3, column unit",
    ]  # fmt: skip
    assert found.entries[0].unit == ""


@pytest.mark.parametrize(
    "row", ['1,"Бойко Іван\n2,Ткач Олег\n', '1,"Бойко Іван\n2,Ткач Олег"\n', '1,"Бойко\n" Іван\n2,Ткач Олег\n']
)
def test_read_entries__refuses_a_quotation_mark_that_swallows_a_row(tmp_path: Path, row: str) -> None:
    with pytest.raises(InputError, match=r"list\.csv line 2"):
        read_entries(written(tmp_path, "id,name\n" + row))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('"Сокіл" Бойко Іван', '"Сокіл" Бойко Іван'),
        ('"Бойко" Іван', '"Бойко" Іван'),
        ('Бойко "Сокіл" Іван', 'Бойко "Сокіл" Іван'),
        ('"Бойко ""Сокіл"" Іван"', 'Бойко "Сокіл" Іван'),
        ('"Бойко, Іван"', "Бойко, Іван"),
        ('"Бойко, ""Сокіл"" Іван"', 'Бойко, "Сокіл" Іван'),
        ('"Бойко Іван"', "Бойко Іван"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_read_entries__reads_quoted_words_as_they_are_written(tmp_path: Path, cell: str, name: str, end: str) -> None:
    rows = [f"id,name{end}", f"1,{cell}{end}", f"2,Ткач Олег{end}"]
    assert [entry.name for entry in read_entries(written(tmp_path, "".join(rows))).entries] == [name, "Ткач Олег"]


def test_read_entries__tells_the_line_of_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("id,name\n1,Бойко Іван\n".encode() + b"2,\xff\xfe\n")
    with pytest.raises(InputError, match=r"list\.csv line 3: found bytes that are not UTF-8"):
        read_entries(path)
