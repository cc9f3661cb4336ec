"""Inventories of remains as files: one row for each element, or zone of it, that was found."""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

from homeward.custody import codes
from homeward.custody.individuals import ALL_ZONES, UNKNOWN_ZONE, InventoryRow, Side, Stage
from homeward.errors import InputError
from homeward.imports.tables import Row, all_problems, read_table

__all__ = ["COLUMNS", "OPTIONAL_COLUMNS", "read_inventory"]

COLUMNS = ("remains", "element", "side", "zone", "stage")
OPTIONAL_COLUMNS = ("individual", "count")
LARGEST_COUNT = 1_000_000
_NUMBER = re.compile(r"[0-9]{1,9}")

Word = TypeVar("Word", bound=Enum)
Reader = Callable[[Row, str], object]


def read_inventory(raw: bytes, *, name: str) -> tuple[InventoryRow, ...]:
    """Returns every row of an inventory, in any order of columns, with commas, semicolons or tabs between cells.

    Raises InputError, with all problems of all rows, where a cell does not hold what it must, or where no row stands.
    """
    table = read_table(raw, name=name, required=COLUMNS, optional=OPTIONAL_COLUMNS)
    if not table.rows:
        raise InputError(place=name, found="headings and no row", needed="a row for each element that was found")
    rows, problems = [], []
    for row in table.rows:
        try:
            rows.append(_inventory_row(row))
        except InputError as problem:
            problems.append(problem)
    if problems:
        raise all_problems(problems)
    return tuple(rows)


def _inventory_row(row: Row) -> InventoryRow:
    problems: list[InputError] = []
    values: dict[str, object] = {}
    for column, read in _READERS.items():
        try:
            values[column] = read(row, column)
        except InputError as problem:
            problems.append(problem)
    if problems:
        raise all_problems(problems)
    return InventoryRow(**values)  # type: ignore[arg-type]  # each reader gives what its field holds


def _name(row: Row, column: str) -> str:
    text = _optional_name(row, column)
    if not text:
        raise row.refuse(column, f"the {column}")
    return text


def _remains(row: Row, column: str) -> str:
    """Returns the code of remains in its one spelling, or whatever else they are called as it is written."""
    name = _name(row, column)
    try:
        return codes.show(codes.read(name))
    except InputError:
        return name


def _optional_name(row: Row, column: str) -> str:
    return " ".join(row.values.get(column, "").split())


def _folded_name(row: Row, column: str) -> str:
    return _optional_name(row, column).casefold()


def _word(words: type[Word]) -> Reader:
    def read(row: Row, column: str) -> Word:
        allowed = [str(word.value) for word in words]
        text = row.values[column].casefold()
        if text not in allowed:
            # An empty cell is asked for: taken as unknown, a whole bone would silently count for less than it says.
            raise row.refuse(column, f"{', '.join(allowed[:-1])} or {allowed[-1]}")
        return words(text)

    return read


def _zone(row: Row, column: str) -> str:
    text = row.values[column].casefold()
    if text in {ALL_ZONES, UNKNOWN_ZONE}:
        return text
    if not _NUMBER.fullmatch(text):
        raise row.refuse(column, "the number of the zone, all or unknown")
    return str(int(text))


def _count(row: Row, column: str) -> int:
    text = row.values.get(column, "") or "1"
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= LARGEST_COUNT:
        raise row.refuse(column, f"a whole number from 1 to {LARGEST_COUNT:,}, or nothing for 1")
    return int(text)


_READERS: Mapping[str, Reader] = {
    "remains": _remains,
    "element": _name,
    "side": _word(Side),
    "zone": _zone,
    "stage": _word(Stage),
    "individual": _folded_name,
    "count": _count,
}
