"""Workbooks: every cell where the spreadsheet shows it, and no error or uncomputed formula read as an empty cell."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.imports.workbook_files import cell, workbook

from homeward.errors import InputError
from homeward.imports.tables import read_table
from homeward.imports.workbooks import read_workbook

HEADINGS = cell("A1", "Sample Name") + cell("B1", "Allele 1")
PLAIN = workbook({"Profiles": {1: HEADINGS, 2: cell("A2", "R-1") + cell("B2", 9.3)}})


def rows_of(cells: str) -> list[list[str]]:
    return [row for _, row in read_workbook(workbook({"One": {1: cells}}), place="a.xlsx")]


def refused(raw: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_workbook(raw, place="a.xlsx")
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (14.0, "14"),
        (9.3, "9.3"),
        (0.1 + 0.2, "0.3"),
        (123456789012345.0, "123456789012345"),
        (-2.5, "-2.5"),
        ("  Коваль ", "  Коваль "),
        ("007", "007"),
    ],
)
def test_read__writes_a_cell_as_it_would_be_typed(value: str | float, text: str) -> None:
    assert rows_of(cell("A1", value)) == [[text]]


def test_read__shows_that_a_long_number_has_lost_its_last_digits() -> None:
    assert rows_of(cell("A1", 1234567890123456789.0)) == [["1.23456789012346e+18"]]


def test_read__writes_days_as_the_house_does() -> None:
    assert rows_of(cell("A1", 46051.0, day=True)) == [["2026-01-29"]]


def test_read__keeps_every_row_under_its_number() -> None:
    raw = workbook({"One": {2: cell("B2", "x"), 5: cell("A5", "y")}})
    assert [(line, row) for line, row in read_workbook(raw, place="a.xlsx") if any(row)] == [
        (2, ["", "x"]),
        (5, ["y", ""]),
    ]


def test_read__tells_errors_and_formulas_that_were_never_computed() -> None:
    cells = '<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1/0</f></c><c r="C1"><f>6+1</f><v>7</v></c>'
    assert rows_of(cells) == [["#N/A", "#NOT COMPUTED", "7"]]


def test_read__tells_an_error_beyond_the_last_value() -> None:
    raw = workbook({"One": {1: cell("A1", "x"), 3: '<c r="C3"><f>NA()</f></c>'}})
    assert read_workbook(raw, place="a.xlsx")[2] == (3, ["", "", "#NOT COMPUTED"])


def test_read__passes_over_sheets_without_a_cell() -> None:
    raw = workbook({"Sheet 1": {}, "Profiles": {1: cell("A1", "x")}})
    assert read_workbook(raw, place="a.xlsx") == [(1, ["x"])]


def test_read__refuses_two_filled_sheets_rather_than_choose() -> None:
    raw = workbook({"Families": {1: cell("A1", "x")}, "Old": {1: cell("A1", "y")}})
    assert 'filled sheets: "Families", "Old"' in refused(raw)
    assert "filled sheets: none" in refused(workbook({"One": {}}))


def test_read__refuses_a_sheet_that_would_not_fit_before_it_is_made() -> None:
    far = workbook({"One": {1: cell("A1", "x"), 1048576: cell("XFD1048576", "y")}})
    assert "a sheet of 1,048,576 rows and 16,384 columns" in refused(far)


@pytest.mark.parametrize("raw", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600])
def test_read__refuses_what_is_no_workbook(raw: bytes) -> None:
    assert "needed: a workbook (XLSX)" in refused(raw)


def test_read__refuses_another_packed_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<document/>")
    assert "no workbook" in refused(out.getvalue())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@example([(0, 0x50)])
def test_read__of_damaged_bytes_is_an_answer_or_one_clear_error(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(PLAIN)
    for place, value in changes:
        raw[place] = value
    with suppress(InputError):
        rows = read_workbook(bytes(raw), place="a.xlsx")
        assert all(isinstance(value, str) for _, row in rows for value in row)


def test_read__refuses_entities() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' if part.endswith("sheet1.xml") else b""
            after.writestr(part, bomb + text)
    assert "no workbook" in refused(out.getvalue())


def test_table__is_read_from_a_workbook_as_from_text() -> None:
    table = read_table(PLAIN, name="a.xlsx", required=["Sample Name", "Allele 1"])
    assert table.encoding == "XLSX"
    assert [(row.line, dict(row.values)) for row in table.rows] == [(2, {"Sample Name": "R-1", "Allele 1": "9.3"})]
    assert table.rows[0].refuse("Allele 1", "x").place == "a.xlsx line 2, field Allele 1"


@pytest.mark.parametrize("raw", [b"", b" \n", b";;;\n", b"\t\t\n", workbook({"One": {1: cell("A1", " ")}})])
def test_table__without_anything_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match="an empty file"):
        read_table(raw, name="a", required=["id"])
