"""Workbooks (XLSX): the cells of the one filled sheet as text, each where a spreadsheet program shows it.

python-calamine reads the values. It gives an error such as #N/A, and a formula that was never computed, as an empty
cell; so the sheet itself is looked through first, and what stands there is put in their place.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, Literal
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from homeward.errors import InputError

__all__ = ["is_workbook", "read_workbook"]

NEEDED = "a workbook (XLSX) as a spreadsheet program saves it, or a table saved as text (CSV)"
# A sheet is held as a full rectangle: two cells at opposite corners would otherwise take 17 thousand million places.
MOST_CELLS = 20_000_000
MOST_BYTES = 1_000_000_000
# RuntimeError is a locked part or an unknown way of packing: `zipfile` has no class of its own for them.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    CalamineError,
    ElementTree.ParseError,
    LookupError,
    ValueError,
    EOFError,
    RuntimeError,
)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def is_workbook(raw: bytes) -> bool:
    """Returns whether the bytes are a packed or an older workbook rather than text."""
    return raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_workbook(raw: bytes, *, place: str) -> list[tuple[int, list[str]]]:
    """Returns the number and the cells of every row of the sheet, up to its last filled one.

    Whole numbers have no ".0", dates are written YYYY-MM-DD. Raises InputError for what is no XLSX workbook, is locked,
    or has not exactly one filled sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _check_size(packed, place)
            name, marks = _only_filled(packed, place)
        return _cells(CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_name(name), marks)
    except BROKEN as error:
        found = "a packed file that is no workbook, a locked or a broken one"
        raise InputError(place=place, found=found, needed=NEEDED) from error


def _check_size(packed: zipfile.ZipFile, place: str) -> None:
    size = sum(part.file_size for part in packed.infolist())
    if size > MOST_BYTES:
        found = f"a workbook of {size:,} bytes when unpacked"
        raise InputError(place=place, found=found, needed=f"at most {MOST_BYTES:,}")


def _only_filled(packed: zipfile.ZipFile, place: str) -> tuple[str, Mapping[tuple[int, int], str]]:
    """Returns the name of the one sheet with anything in it, and what its errors and uncomputed formulas say."""
    filled = {}
    for name, part in _sheets(packed):
        looked = _Looked.through(packed, part)
        if looked.n_filled:
            filled[name] = looked
    if len(filled) != 1:
        sheets = ", ".join(f'"{name}"' for name in filled) or "none"
        raise InputError(place=place, found=f"filled sheets: {sheets}", needed="a workbook with one filled sheet")
    ((name, only),) = filled.items()
    if only.n_rows * only.n_columns > MOST_CELLS:
        found = f"a sheet of {only.n_rows:,} rows and {only.n_columns:,} columns"
        raise InputError(place=place, found=found, needed=f"at most {MOST_CELLS:,} cells")
    return name, only.marks


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Gives the name and the part of every worksheet, in the order of the workbook."""
    links = {link.get("Id"): link for _, link in _elements(packed, "xl/_rels/workbook.xml.rels")}
    for _, sheet in _elements(packed, "xl/workbook.xml"):
        if not sheet.tag.endswith("}sheet"):
            continue
        link = links[next(value for key, value in sheet.items() if key.endswith("}id"))]
        target = link.get("Target", "")
        if link.get("Type", "").endswith("/worksheet"):
            yield sheet.get("name", ""), target[1:] if target.startswith("/") else f"xl/{target}"


def _elements(
    packed: zipfile.ZipFile, part: str, *events: Literal["start", "end"]
) -> Iterator[tuple[str, ElementTree.Element]]:
    """Gives the elements of a part; ends with ValueError where it defines entities, which no workbook does."""
    text = packed.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError(part)
    # Entities are what makes foreign XML dangerous to this parser, and there are none.
    yield from ElementTree.iterparse(io.BytesIO(text), events or ("end",))  # noqa: S314


class _Looked:
    """What a look through a sheet's cells found: how many are filled, how far they reach, errors and bare formulas."""

    def __init__(self) -> None:
        self.n_filled = self.n_rows = self.n_columns = 0
        self.marks: dict[tuple[int, int], str] = {}

    @classmethod
    def through(cls, packed: zipfile.ZipFile, part: str) -> "_Looked":
        found = cls()
        row = column = 0
        for event, element in _elements(packed, part, "start", "end"):
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag == "row":
                row, column = int(element.get("r") or row + 1), 0
            elif event == "end" and tag == "c":
                row, column = _position(element.get("r")) or (row, column + 1)
                found.add(element, row, column)
            elif event == "end" and tag == "row":
                element.clear()
        return found

    def add(self, cell: ElementTree.Element, row: int, column: int) -> None:
        value = cell.find("{*}v")
        if value is None and cell.find("{*}is") is None and cell.find("{*}f") is None:
            return
        self.n_filled += 1
        self.n_rows, self.n_columns = max(self.n_rows, row), max(self.n_columns, column)
        if cell.get("t") == "e":
            self.marks[row, column] = (value.text if value is not None else None) or "#ERROR"
        elif value is None and cell.find("{*}f") is not None:
            self.marks[row, column] = "#NOT COMPUTED"


def _position(text: str | None) -> tuple[int, int] | None:
    """Returns row and column, from 1, of a cell's name: "C7" is (7, 3)."""
    found = _PLACE.fullmatch(text or "")
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _cells(sheet: CalamineSheet, marks: Mapping[tuple[int, int], str]) -> list[tuple[int, list[str]]]:
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), mark in marks.items():
        rows += [[] for _ in range(len(rows), row)]
        rows[row - 1] += [""] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = mark
    return list(enumerate(rows, 1))


def _text(value: Any) -> str:
    """Returns a cell as it would be typed."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # A spreadsheet keeps and shows 15 digits: 9.3 is stored as 9.3000000000000007.
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
