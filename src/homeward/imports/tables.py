"""Tables: text with commas, semicolons or tabs, or a workbook; any order of columns, every row with its place."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from homeward.errors import InputError
from homeward.imports.encodings import decode
from homeward.imports.workbooks import is_workbook, read_workbook

__all__ = ["Row", "Table", "all_problems", "read_cells", "read_file", "read_table"]

MOST_TOLD = 20
_LINE_END = re.compile(r"\r\n|\r|\n")


class Row(NamedTuple):
    """One row of a table: where it stands, and its cells without outer blanks by the name of their column.

    ``width`` says how many cells the row has; those beyond it are empty in ``values``.
    """

    table: str
    line: int
    values: Mapping[str, str]
    width: int

    @property
    def place(self) -> str:
        """The table and the line."""
        return f"{self.table} line {self.line}"

    def refuse(self, column: str, needed: str) -> InputError:
        """Returns the error that tells what is wrong with a cell."""
        found = self.values.get(column, "")
        told = f'"{found[:80]}"' if found else "nothing"
        return InputError(place=f"{self.place}, field {column}", found=told, needed=needed)


@dataclass(frozen=True)
class Table:
    """The rows of a file in their order; rows without anything in any cell are not among them."""

    name: str
    encoding: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_file(path: Path, *, needed: str) -> bytes:
    """Returns the bytes of a file; raises InputError, with what was `needed`, where there is none."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = f"{error.strerror or type(error).__name__}: no file that can be read"
        raise InputError(place=str(path), found=reason, needed=needed) from error


def read_table(
    raw: bytes, *, name: str, required: Sequence[str], optional: Sequence[str] = (), refuse_others: bool = True
) -> Table:
    """Returns the table that `raw` holds; headings match in any case, and are told as `required` spells them.

    Raises InputError for bytes that are no text and no workbook, a heading that is missing or twice, an unknown one
    where those are refused, a row with more cells than headings, a quotation mark that is never closed.
    """
    headings = f"the headings {', '.join(required)}" if required else "headings"
    encoding, cells = _encoding_and_cells(raw, name=name, needed=f"{headings} and rows")
    known = {heading.casefold(): heading for heading in (*required, *optional)}
    line, head = next(cells)
    columns = tuple(known.get(heading.casefold(), heading) for heading in (" ".join(cell.split()) for cell in head))
    while columns and not columns[-1]:
        columns = columns[:-1]
    _check_headings(columns, place=f"{name} line {line}", required=required, known=known if refuse_others else None)
    rows = tuple(_row(row, columns, name=name, line=line) for line, row in cells)
    return Table(name, encoding, columns, rows)


def read_cells(raw: bytes, *, name: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """Returns the encoding and the cells of every row that holds anything, with its line, headings not told apart.

    Raises InputError for bytes that are no text and no workbook, an empty file, a quotation mark that is never closed.
    """
    encoding, cells = _encoding_and_cells(raw, name=name, needed="headings and rows")
    return encoding, list(cells)


def all_problems(problems: Sequence[InputError]) -> InputError:
    """Returns one error that tells all problems on one line, the first in full and 19 more at most."""
    first, others = problems[0], problems[1:]
    told = [f"; also {problem}" for problem in others[: MOST_TOLD - 1]]
    if len(others) >= MOST_TOLD:
        told.append(f"; and {len(others) - MOST_TOLD + 1} more problems")
    return InputError(place=first.place, found=first.found, needed=first.needed + "".join(told))


def _encoding_and_cells(raw: bytes, *, name: str, needed: str) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """Returns the encoding, XLSX for a workbook, and the line and cells of every row that holds anything."""
    if is_workbook(raw):
        encoding, rows = "XLSX", _filled(read_workbook(raw, place=name))
    else:
        text, encoding = decode(raw, place=name)
        head = next((line for line in text.splitlines() if line.strip()), "")
        delimiter = max("\t;,", key=head.count)
        rows = _filled(_tabbed(text) if delimiter == "\t" else _quoted(text, delimiter, name=name))
    first = next(rows, None)
    if first is None:
        raise InputError(place=name, found="an empty file", needed=needed)
    return encoding, chain([first], rows)


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for line, row in rows:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield line, cells


def _tabbed(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows of a table with tabs: a quotation mark is a letter, unless it stands at both ends of a cell.

    Instruments write tabs without quoting, where one stray mark in a remark would swallow every row after it.
    """
    for line, row in enumerate(_LINE_END.split(text), 1):
        cells = row.split("\t")
        yield line, [_unquoted(cell) for cell in cells] if '"' in row else cells


def _unquoted(cell: str) -> str:
    text = cell.strip()
    return text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text


def _quoted(text: str, delimiter: str, *, name: str) -> Iterator[tuple[int, list[str]]]:
    # Strict, since a lost quotation mark would otherwise swallow every row after it without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            place=f"{name} line {line}",
            found=f"a row that cannot be split ({error})",
            needed="quotation marks in pairs",
        ) from error


def _check_headings(
    columns: Sequence[str], *, place: str, required: Sequence[str], known: Mapping[str, str] | None
) -> None:
    missing = [heading for heading in required if heading not in columns]
    found = ", ".join(column or "(empty)" for column in columns)[:200]
    if missing:
        raise InputError(place=place, found=f"the headings {found}", needed=f"also {', '.join(missing)}")
    named = [column.casefold() for column in columns if column]
    twice = next((column for column in columns if named.count(column.casefold()) > 1), None)
    if twice is not None:
        raise InputError(place=place, found=f'the heading "{twice}" twice', needed="each heading once")
    strange = [column for column in columns if known is not None and column.casefold() not in known]
    if strange and known is not None:
        quoted = ", ".join(f'"{column[:80]}"' for column in strange)
        raise InputError(place=place, found=f"unknown headings {quoted}", needed=f"only {', '.join(known.values())}")


def _row(cells: Sequence[str], columns: Sequence[str], *, name: str, line: int) -> Row:
    if len(cells) == len(columns):
        return Row(name, line, dict(zip(columns, cells, strict=True)), len(cells))
    if any(cells[len(columns) :]):
        found = f"{len(cells)} cells under {len(columns)} headings"
        needed = "a heading for every cell; a cell with a comma in quotes"
        raise InputError(place=f"{name} line {line}", found=found, needed=needed)
    values = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
    return Row(name, line, values, len(cells))
