"""Reading lists of names and files of pairs: every row is used or set aside with its place and reason."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from homeward.errors import InputError
from homeward.names.birth_dates import read_birth_date

__all__ = ["Entry", "EntryList", "PairRow", "RowAside", "read_entries", "read_pairs"]

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


@dataclass(frozen=True, slots=True)
class RowAside:
    """A row that cannot be compared: its id, where it has one, and why."""

    id: str
    problem: InputError


@dataclass(frozen=True)
class EntryList:
    """The rows that can be compared, those that were set aside, and the columns that were not read."""

    entries: tuple[Entry, ...]
    set_aside: tuple[InputError, ...]
    unread_columns: tuple[str, ...] = ()
    rows: tuple["Entry | RowAside", ...] = ()
    """Every row in the order of the file: an entry, or what was set aside in its place."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row of a file of pairs."""

    left: str
    right: str
    extra: dict[str, str]


_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


def read_text(path: Path, *, needed: str) -> str:
    """Returns a file's text; raises InputError where there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed=needed) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            place=f"{path.name} line {line}", found="bytes that are not UTF-8 text", needed=f"{needed} in UTF-8"
        ) from error


def _table(path: Path, columns: tuple[str, ...], needed: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    text = read_text(path, needed=needed)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    # Strict, so that a quotation mark left open is refused where it would swallow the rows that follow.
    written = io.StringIO(_with_quoted_words(text, delimiter), newline="")
    lines = _rows(csv.reader(written, delimiter=delimiter, strict=True), path.name)
    names = [name.strip().casefold() for name in next(lines, (1, []))[1]]
    missing = [column for column in columns if column not in names]
    if missing:
        found = ", ".join(name for name in names if name) or "none"
        raise InputError(place=f"{path.name} line 1", found=f"columns {found}", needed=f"also {', '.join(missing)}")
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise InputError(place=f"{path.name} line 1", found=f"column {twice} twice", needed="each column once")
    return names, lines


def _with_quoted_words(text: str, delimiter: str) -> str:
    """Returns the text with cells that begin with a word in quotes, such as "Falcon" Koval, quoted as a whole."""
    if '"' not in text:
        return text
    cell = re.compile(rf'"(?:[^"]|"")*"(?=[{delimiter}\r\n]|$)|(?P<words>"[^"\r\n]*"[^{delimiter}\r\n]+)')
    found, place = [], 0
    while place < len(text):
        match = cell.match(text, place)
        end = match.end() if match is not None else place
        if match is not None and match["words"]:
            found.append('"' + match.group().replace('"', '""') + '"')
            place = end
        ends = [at for at in (text.find(delimiter, end), text.find("\n", end)) if at >= 0]
        following = min(ends, default=len(text)) + 1
        found.append(text[place:following])
        place = following
    return "".join(found)


def _rows(reader: "Iterator[list[str]]", place: str) -> Iterator[tuple[int, list[str]]]:
    """Returns each row with the line in which it begins."""
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1  # type: ignore[attr-defined]
    except csv.Error as error:
        raise InputError(
            place=f"{place} line {begins}",
            found=f"a row that is no CSV ({error})",
            needed="a CSV file in which every quotation mark is closed, and doubled within a cell",
        ) from error


def _check_signs(row: dict[str, str], place: str, columns: tuple[str, ...]) -> None:
    """Raises InputError for a control character; a line break is refused outright, for it has swallowed a row."""
    for column in columns:
        control = _CONTROL.search(row.get(column, ""))
        if control is not None:
            found = control[0]
            raise InputError(
                place=f"{place}, column {column}",
                found=f"the control character U+{ord(found):04X}",
                needed="text alone: is a quotation mark left open?" if found in "\r\n" else "text alone",
            )


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
        _check_signs(row, f"{path.name} line {line}", ("left", "right"))
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
    rows_read: list[Entry | RowAside] = []
    aside: list[InputError] = []
    seen: dict[str, int] = {}
    for line, cells in rows:
        place = f"{path.name} line {line}"
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        # One look at the whole row: nearly all are clean.
        is_clean = _CONTROL.search("".join(cells)) is None
        if not is_clean and any(sign in row.get(column, "") for column in _KNOWN for sign in "\r\n"):
            _check_signs(row, place, _KNOWN)
        try:
            if len(cells) > len(names):
                raise InputError(place=place, found=f"{len(cells)} cells", needed=f"{len(names)}: is a comma unquoted?")
            entry, cells_aside = _entry(row, place, is_clean=is_clean)
            _check_own_id(entry.id, place, seen)
            aside += cells_aside
        except InputError as problem:
            aside.append(problem)
            rows_read.append(RowAside(_printable(row.get("id", "")), problem))
            continue
        seen[entry.id] = line
        rows_read.append(entry)
    entries = tuple(row for row in rows_read if isinstance(row, Entry))
    unread = tuple(name for name in names if name and name not in _KNOWN)
    return EntryList(entries, tuple(aside), unread, tuple(rows_read))


def _check_own_id(own: str, place: str, seen: dict[str, int]) -> None:
    if own in seen:
        raise InputError(
            place=f"{place}, column id", found=f"{own} again (first in line {seen[own]})", needed="an id of its own"
        )


def _printable(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cc")


def _entry(row: dict[str, str], place: str, *, is_clean: bool) -> tuple[Entry, list[InputError]]:
    """Returns the entry, and the cells of it that were set aside."""
    for column in ("id", "name"):
        if not row.get(column):
            raise InputError(place=f"{place}, column {column}", found="no text", needed=f"the {column} of the person")
    if not is_clean:
        _check_signs(row, place, ("id", "name"))
    if not any(map(str.isalpha, row["name"])):
        raise InputError(
            place=f"{place}, column name", found=f'"{row["name"]}"', needed="a name with at least one word"
        )
    aside: list[InputError] = []
    row = dict(row)
    for column in () if is_clean else ("birth_date", "service_number", "unit", "sex"):
        try:
            _check_signs(row, place, (column,))
        except InputError as problem:
            aside.append(problem)
            row[column] = ""
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
