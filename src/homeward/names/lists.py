"""Reading lists of names and files of pairs: every row is used or set aside with its place and reason."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from homeward.errors import InputError
from homeward.names.evidence import read_birth_date

__all__ = ["Entry", "EntryList", "PairRow", "read_entries", "read_pairs"]

_KNOWN = ("id", "name", "birth_date", "service_number", "unit", "sex")
_SEXES = {
    "male": "male",
    "female": "female",
    "m": "male",
    "f": "female",
    "ч": "male",
    "ж": "female",
    "м": "male",
    "unknown": "",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list or register."""

    id: str
    name: str
    birth_date: str = ""
    service_number: str = ""
    unit: str = ""
    sex: str = ""


@dataclass(frozen=True)
class EntryList:
    """The rows that can be compared, those that were set aside, and the columns that were not read."""

    entries: tuple[Entry, ...]
    set_aside: tuple[InputError, ...]
    unread_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row of a file of pairs."""

    left: str
    right: str
    extra: dict[str, str]


def read_text(path: Path, *, needed: str) -> str:
    """Returns a file's text; raises InputError where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed=needed) from error
    except UnicodeDecodeError as error:
        raise InputError(place=path.name, found="bytes that are not UTF-8 text", needed=f"{needed} in UTF-8") from error


def _table(path: Path, columns: tuple[str, ...], needed: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    text = read_text(path, needed=needed)
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    names = [name.strip().casefold() for name in next(reader, [])]
    missing = [column for column in columns if column not in names]
    if missing:
        found = ", ".join(name for name in names if name) or "none"
        raise InputError(place=f"{path.name} line 1", found=f"columns {found}", needed=f"also {', '.join(missing)}")
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise InputError(place=f"{path.name} line 1", found=f"column {twice} twice", needed="each column once")
    return names, _rows(reader, path.name)


def _rows(reader: "Iterator[list[str]]", place: str) -> Iterator[tuple[int, list[str]]]:
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells  # type: ignore[attr-defined]
    except csv.Error as error:
        raise InputError(place=place, found=f"a row that is no CSV ({error})", needed="a CSV file") from error


def read_pairs(path: Path) -> tuple[PairRow, ...]:
    """Returns the pairs of a file with the columns left and right; other columns are carried along.

    Raises InputError for the first row that has no text on a side.
    """
    names, rows = _table(path, ("left", "right"), "a CSV file with the columns left, right")
    found = []
    for line, cells in rows:
        if len(cells) > len(names):
            raise InputError(
                place=f"{path.name} line {line}",
                found=f"{len(cells)} cells",
                needed=f"{len(names)}: is a comma unquoted?",
            )
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        for side in ("left", "right"):
            if not row.get(side):
                raise InputError(place=f"{path.name} line {line}, column {side}", found="no text", needed="a name")
        extra = {name: value for name, value in row.items() if name not in ("left", "right")}
        found.append(PairRow(row["left"], row["right"], extra))
    return tuple(found)


def read_entries(path: Path) -> EntryList:
    """Returns the entries of a list or register; what cannot be is set aside with its place.

    A row without an id of its own or a name goes; a birth date or sex that cannot be goes alone.
    """
    names, rows = _table(path, ("id", "name"), "a CSV file with the columns id, name")
    entries: list[Entry] = []
    aside: list[InputError] = []
    seen: dict[str, int] = {}
    for line, cells in rows:
        place = f"{path.name} line {line}"
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        try:
            if len(cells) > len(names):
                raise InputError(place=place, found=f"{len(cells)} cells", needed=f"{len(names)}: is a comma unquoted?")
            entry, cells_aside = _entry(row, place)
            aside += cells_aside
            if entry.id in seen:
                raise InputError(
                    place=f"{place}, column id",
                    found=f"{entry.id} again (first in line {seen[entry.id]})",
                    needed="an id of its own",
                )
            if not any(c.isalpha() for c in entry.name):
                raise InputError(
                    place=f"{place}, column name", found=f'"{entry.name}"', needed="a name with at least one word"
                )
        except InputError as problem:
            aside.append(problem)
            continue
        seen[entry.id] = line
        entries.append(entry)
    return EntryList(tuple(entries), tuple(aside), tuple(name for name in names if name and name not in _KNOWN))


def _entry(row: dict[str, str], place: str) -> tuple[Entry, list[InputError]]:
    """Returns the entry, and the cells of it that were set aside."""
    for column in ("id", "name"):
        if not row.get(column):
            raise InputError(place=f"{place}, column {column}", found="no text", needed=f"the {column} of the person")
    aside: list[InputError] = []
    sex = row.get("sex", "").casefold()
    if sex not in _SEXES:
        aside.append(
            InputError(place=f"{place}, column sex", found=f'"{sex}"', needed="male, female, unknown or nothing")
        )
    birth_date = row.get("birth_date", "")
    if birth_date:
        try:
            read_birth_date(birth_date, place=f"{place}, column birth_date")
        except InputError as problem:
            aside.append(problem)
            birth_date = ""
    number, unit = row.get("service_number", ""), row.get("unit", "")
    return Entry(row["id"], row["name"], birth_date, number, unit, _SEXES.get(sex, "")), aside
