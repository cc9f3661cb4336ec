"""Inventories as files: what is read, and what is refused with place, found and needed."""

import pytest

from homeward.custody.individuals import InventoryRow, Side, Stage
from homeward.custody.inventories import read_inventory
from homeward.errors import InputError

HEAD = "remains,element,side,zone,stage,individual,count\n"


def read(text: str, encoding: str = "utf-8") -> tuple[InventoryRow, ...]:
    return read_inventory(text.encode(encoding), name="inventory.csv")


def test_rows__are_read_in_any_order_of_columns_and_any_case() -> None:
    text = "Count;STAGE;zone;Side;element ;remains\n;Adult; 02 ;LEFT;Os  femoris;R-1\n"
    text += "3;unknown;ALL;mid;sternum;R-2\n;;;;;\n"
    assert read(text) == (
        InventoryRow("R-1", "Os femoris", Side.LEFT, "2", Stage.ADULT),
        InventoryRow("R-2", "sternum", Side.MID, "all", Stage.UNKNOWN, count=3),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8_u"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_files__are_read_as_they_come(encoding: str, newline: str) -> None:
    text = f"{HEAD}Останки № 12 з поля,femur,left,1,adult,Особа,2\n".replace("\n", newline)
    if encoding == "koi8_u":
        text = text.replace("№", "N")
    [row] = read(text, encoding)
    assert (row.remains.startswith("Останки"), row.individual, row.count) == (True, "особа", 2)


def test_names_of_joined_remains__are_one_in_any_case_and_spacing() -> None:
    rows = read(f"{HEAD}R-1,femur,left,1,adult,Person  A,\nR-2,femur,left,2,adult,person a,\n")
    assert {row.individual for row in rows} == {"person a"}


def test_a_code_of_remains__has_one_spelling() -> None:
    rows = read(
        f"{HEAD}4827 1093 59,femur,left,1,adult,,\n4827109359,femur,left,2,adult,,\n12-3,femur,left,2,adult,,\n"
    )
    assert [row.remains for row in rows] == ["4827-1093-59", "4827-1093-59", "12-3"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",femur,left,1,adult,,", "field remains: found nothing; needed: the remains"),
        ("R,,left,1,adult,,", "field element: found nothing"),
        ("R,femur,middle,1,adult,,", 'field side: found "middle"; needed: left, right, mid or unknown'),
        ("R,femur,,1,adult,,", "field side: found nothing; needed: left"),
        ("R,femur,left,,adult,,", "field zone: found nothing; needed: the number of the zone, all or unknown"),
        ("R,femur,left,-1,adult,,", 'field zone: found "-1"'),
        ("R,femur,left,1.5,adult,,", 'field zone: found "1.5"'),
        ("R,femur,left,١,adult,,", "field zone: found"),
        ("R,femur,left,1,child,,", 'field stage: found "child"; needed: adult, subadult or unknown'),
        ("R,femur,left,1,adult,,0", 'field count: found "0"; needed: a whole number from 1'),
        ("R,femur,left,1,adult,,-2", 'field count: found "-2"'),
        ("R,femur,left,1,adult,,2.0", 'field count: found "2.0"'),
        ("R,femur,left,1,adult,,٢", "field count: found"),
        ("R,femur,left,1,adult,,²", "field count: found"),
        ("R,femur,left,1,adult,,1000001", 'field count: found "1000001"'),
        ("R,femur,left,1,adult,," + "9" * 5000, "field count: found"),
        ("R,femur,left,1,adult,,1,extra", "found 8 cells under 7 headings"),
        ('R,"femur,left,1,adult,,', "quotation marks in pairs"),
    ],
)
def test_a_cell_that_cannot_be__is_refused(row: str, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(f"{HEAD}R,femur,left,1,adult,,\n{row}\n")
    assert told in str(refusal.value)
    assert refusal.value.place.startswith("inventory.csv line 3")
    assert "\n" not in str(refusal.value)


def test_all_problems_of_all_rows__are_told() -> None:
    with pytest.raises(InputError) as refusal:
        read(f"{HEAD},femur,x,1,adult,,\nR,femur,left,1,adult,,\nR,femur,left,1,adult,,0\n")
    told = str(refusal.value)
    assert [part in told for part in ("line 2, field remains", "line 2, field side", "line 4, field count")] == [
        True
    ] * 3
    with pytest.raises(InputError, match="; and 11 more problems"):
        read(HEAD + "R,femur,x,1,adult,,\n" * 31)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "found an empty file"),
        ("\ufeff \n", "found an empty file"),
        (HEAD, "found headings and no row"),
        (f"{HEAD},,,,,,\n", "found headings and no row"),
        ("remains,element,side,zone\n", "needed: also stage"),
        ("remains,element,side,zone,stage,colour\n", 'found unknown headings "colour"'),
        ("remains,element,side,zone,stage,\nR,femur,left,1,adult,\n", ""),
        ("remains,element,side,zone,stage,,count\n", 'found unknown headings ""'),
        ("remains,element,side,zone,stage,Remains\n", 'found the heading "remains" twice'),
        ("R-1,femur,left,1,adult\n", "needed: also remains"),
    ],
)
def test_a_file_that_is_no_inventory__is_refused(text: str, told: str) -> None:
    if not told:
        assert len(read(text)) == 1  # an empty last column, as spreadsheets leave it
        return
    with pytest.raises(InputError) as refusal:
        read(text)
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04 a workbook", b"\xff\xfe\x00", b"\x00\x01\x02\x03", b"remains\x00,element", bytes(range(128, 256))],
)
def test_bytes_that_are_no_text__are_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        read_inventory(raw, name="inventory.csv")
