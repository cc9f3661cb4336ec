"""People files: one row a person, every cell checked, every problem of every row told at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from homeward.entitlement.days import Days, read_days
from homeward.entitlement.people import Commission, Health, Person, Sex, Status, Wish
from homeward.errors import InputError
from homeward.imports.spelling import did_you_mean, quoted
from homeward.imports.tables import read_cells, read_file

__all__ = ["COLUMNS", "PeopleReading", "parse_people", "read_people"]

COLUMNS = ("person", "birth_date", "captured_on", "sex", "rank", "health", "commission", "wish", "status")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class PeopleReading:
    """The people of a file in its order, every problem of its rows, and what became of each row."""

    name: str
    encoding: str
    people: tuple[Person, ...]
    problems: tuple[InputError, ...]
    n_rows: int
    repeated: tuple[str, ...]


class _Row(NamedTuple):
    """A row of the file: its cells by column, and the line on which it begins."""

    file: str
    line: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        return f"{self.file} line {self.line}"

    def column(self, name: str) -> str:
        return f"{self.place}, column {name}"


def read_people(path: Path, *, on: date) -> PeopleReading:
    """Returns the people of a table as they can be on the day `on`.

    Raises InputError where the file is no table with these columns; what is wrong with rows is in `problems`.
    """
    needed = f"a table (CSV or XLSX) with the columns {', '.join(COLUMNS)}"
    return parse_people(read_file(path, needed=needed), name=path.name, on=on)


def parse_people(raw: bytes, *, name: str, on: date) -> PeopleReading:
    """Returns the people that the table of the file `name` tells of; see `read_people`."""
    people: dict[str, Person] = {}
    problems: list[InputError] = []
    repeated: list[str] = []
    encoding, ((line, header), *rows) = read_cells(raw, name=name)
    columns = _columns(header, f"{name} line {line}")
    for line, cells in rows:
        if len(cells) != len(columns):
            problems.append(_wrong_width(cells, columns, f"{name} line {line}"))
            continue
        row = _Row(name, line, dict(zip(columns, cells, strict=True)))
        person = _person(row, on, problems)
        if person is None:
            continue
        before = people.setdefault(person.code, person)
        if before is person:
            continue
        if before._replace(place="") == person._replace(place=""):
            repeated.append(person.place)
            continue
        problems.append(_contradiction(before, person, row))
    return PeopleReading(name, encoding, tuple(people.values()), tuple(problems), len(rows), tuple(repeated))


def _columns(found: Sequence[str], place: str) -> Sequence[str]:
    """Returns the columns in the order of the file, refusing any that is unknown, missing or there twice."""
    for column in found:
        if column not in COLUMNS:
            needed = f"the columns {', '.join(COLUMNS)}{did_you_mean(column, COLUMNS)}"
            raise InputError(place=place, found=f"a column {quoted(column)}", needed=needed)
        if found.count(column) > 1:
            raise InputError(place=place, found=f"the column {column} twice", needed="each column once")
    missing = [column for column in COLUMNS if column not in found]
    if missing:
        raise InputError(place=place, found=f"no column {', '.join(missing)}", needed=f"all of {', '.join(COLUMNS)}")
    return found


def _wrong_width(cells: Sequence[str], columns: Sequence[str], place: str) -> InputError:
    return InputError(place=place, found=f"{len(cells)} cells", needed=f"{len(columns)}, one for each column")


def _contradiction(before: Person, person: Person, row: _Row) -> InputError:
    differing = [name for name in ("birth", "captured", *COLUMNS[3:]) if getattr(before, name) != getattr(person, name)]
    names = ", ".join({"birth": "birth_date", "captured": "captured_on"}.get(name, name) for name in differing)
    return InputError(
        place=row.column("person"),
        found=f'"{person.code}" a second time with another {names} than in line {before.place.rsplit(" ", 1)[1]}',
        needed="one row for each person, or equal rows",
    )


def _person(row: _Row, on: date, problems: list[InputError]) -> Person | None:
    """Returns the person of a row; every cell that is wrong becomes a problem, and the person None."""
    fields: dict[str, Any] = {}
    before = len(problems)
    for field, column, read in READERS:
        try:
            fields[field] = read(row, column)
        except InputError as problem:
            problems.append(problem)
    try:
        _check_order(row, fields, on)
    except InputError as problem:
        problems.append(problem)
    return None if len(problems) > before else Person(**fields, place=row.place)


def _text(row: _Row, column: str) -> str:
    value = row.cells[column]
    if len(value) > LONGEST or len(value.splitlines()) > 1:
        needed = f"at most {LONGEST} characters on one line"
        raise InputError(place=row.column(column), found=quoted(value), needed=needed)
    return value


def _code(row: _Row, column: str) -> str:
    if not row.cells[column]:
        raise InputError(place=row.column(column), found="nothing", needed="the person's code")
    return _text(row, column)


def _days(row: _Row, column: str) -> Days:
    return read_days(row.cells[column], place=row.column(column))


def _word_of(vocabulary: type[Enum], silent: Enum) -> Callable[[_Row, str], Enum]:
    """Returns a reader of cells that hold a word of the vocabulary, or nothing, which means `silent`."""
    known = {word.value: word for word in vocabulary} | {"": silent}

    def read(row: _Row, column: str) -> Enum:
        found = row.cells[column]
        if found not in known:
            words = [word.value for word in vocabulary if word.value]
            needed = f"{', '.join(words[:-1])} or {words[-1]}, or an empty cell{did_you_mean(found, words)}"
            raise InputError(place=row.column(column), found=quoted(found), needed=needed)
        return known[found]

    return read


READERS: tuple[tuple[str, str, Callable[[_Row, str], object]], ...] = (
    ("code", "person", _code),
    ("birth", "birth_date", _days),
    ("captured", "captured_on", _days),
    ("sex", "sex", _word_of(Sex, Sex.UNKNOWN)),
    ("rank", "rank", _text),
    ("health", "health", _word_of(Health, Health.UNKNOWN)),
    ("commission", "commission", _word_of(Commission, Commission.NONE)),
    ("wish", "wish", _word_of(Wish, Wish.UNKNOWN)),
    ("status", "status", _word_of(Status, Status.UNKNOWN)),
)


def _check_order(row: _Row, fields: Mapping[str, Any], on: date) -> None:
    """Raises InputError where no possible birth day lies before the capture, or before the day asked about."""
    birth, captured = fields.get("birth"), fields.get("captured")
    latest = on.toordinal()
    if birth and birth.first > latest:
        needed = f"a birth date that can lie before {on.isoformat()}, the day asked about"
        raise InputError(place=row.column("birth_date"), found=quoted(birth.text), needed=needed)
    if birth and captured and captured.last < birth.first:
        needed = f"a day that can lie after the birth date {birth.text}"
        raise InputError(place=row.column("captured_on"), found=quoted(captured.text), needed=needed)
