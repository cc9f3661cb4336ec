"""Tables of replicates: GeneMapper's columns with one row for each marker and replicate of a sample."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from homeward.errors import InputError
from homeward.genetics.alleles import read_alleles
from homeward.genetics.marker_types import MarkerType, known_marker, same_marker_key
from homeward.genetics.names import marker_key
from homeward.genetics.profiles import DropOutClass
from homeward.imports.tables import Row, all_problems, read_table
from homeward.laboratory.consensus import Replicate

__all__ = ["COLUMNS", "ReplicateTable", "read_replicates"]

COLUMNS = ("Sample Name", "Marker", "Replicate", "Allele 1")
_OPTIONAL = ("Allele 2", "Allele 3", "Drop-out class")
_OFF_LADDER = frozenset({"ol", "ol?", "off ladder", "off-ladder"})
_NEEDED = {
    "Sample Name": "the name of the sample",
    "Marker": "the name of the marker",
    "Replicate": "the number of the replicate",
}
_ALLELE_COLUMN = re.compile(r"allele ?[0-9]{1,2}", re.IGNORECASE)


@dataclass
class ReplicateTable:
    """The readings of a table by sample and marker, and its rows accounted for.

    Every row is one of four: all its alleles have names, one is off the ladder, nothing was read, or it stands again.
    """

    samples: dict[str, dict[str, list[Replicate]]] = field(default_factory=dict)
    rows: int = 0
    empty: int = 0
    off_ladder: int = 0
    repeated: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Returns how the rows were used as a JSON object."""
        return {
            "read": self.rows,
            "with_alleles": self.rows - self.off_ladder - self.empty - len(self.repeated),
            "off_ladder": self.off_ladder,
            "nothing_read": self.empty,
            "repeated": list(self.repeated),
        }


def read_replicates(raw: bytes, *, name: str) -> ReplicateTable:
    """Returns the readings of a table with tabs, commas or semicolons between cells; other columns are passed over.

    A row that repeats another in full is used once. Raises InputError, with all problems of all rows, for a cell that
    does not hold what it must, two readings of one replicate that differ, or a table without rows.
    """
    table = read_table(raw, name=name, required=COLUMNS, optional=_OPTIONAL, refuse_others=False)
    if not table.rows:
        raise InputError(place=name, found="headings and no row", needed="a row for each marker and replicate")
    allele_columns = [column for column in table.columns if _ALLELE_COLUMN.fullmatch(column)]
    read, spellings, problems = ReplicateTable(rows=len(table.rows)), dict[str, str](), list[InputError]()
    for row in table.rows:
        try:
            _add(row, read, spellings=spellings, allele_columns=allele_columns)
        except InputError as problem:
            problems.append(problem)
    if problems:
        raise all_problems(problems)
    return read


def _add(row: Row, table: ReplicateTable, *, spellings: dict[str, str], allele_columns: Sequence[str]) -> None:
    sample, marker, replicate = (_named(row, column) for column in ("Sample Name", "Marker", "Replicate"))
    marker = spellings.setdefault(same_marker_key(marker), marker)
    off_ladder = [column for column in allele_columns if _is_off_ladder(row, column)]
    named = [column for column in allele_columns if column not in off_ladder]
    reading = Replicate(replicate, _alleles(row, named), _stated(row), bool(off_ladder))
    readings = table.samples.setdefault(sample, {}).setdefault(marker, [])
    before = next((each for each in readings if each.name.casefold() == replicate.casefold()), None)
    if before is None:
        readings.append(reading)
        table.off_ladder += reading.off_ladder
        table.empty += not reading.alleles and not reading.off_ladder
    elif replace(before, name=replicate) == reading:
        table.repeated.append(f"{row.place}: {sample}, {marker}, replicate {replicate} stands there again")
    else:
        found = f"a second, different reading of {marker} of {sample} in replicate {replicate}"
        raise InputError(place=row.place, found=found, needed="one reading of each marker in a replicate")


def _named(row: Row, column: str) -> str:
    text = " ".join(row.values[column].split())
    if not text or (column == "Marker" and not marker_key(text)):
        raise row.refuse(column, _NEEDED[column])
    return text


def _is_off_ladder(row: Row, column: str) -> bool:
    """Returns whether a cell says that an allele was seen which the ladder has no name for."""
    return row.values[column].casefold() in _OFF_LADDER


def _alleles(row: Row, columns: Sequence[str]) -> frozenset[str]:
    return frozenset(allele for column in columns for allele in _allele(row, column))


def _allele(row: Row, column: str) -> tuple[str, ...]:
    """Returns the allele of one cell, none where nothing was read."""
    text = row.values[column]
    reading = read_alleles([text], marker=row.values["Marker"])
    if reading.reason:
        known = known_marker(row.values["Marker"])
        sex = known is not None and known.type is MarkerType.AMELOGENIN
        repeats = "a number of repeats such as 14 or 9.3, or one of 0 - NA N/A . ? where none was read, or OL"
        raise row.refuse(column, "X or Y" if sex else repeats)
    return reading.alleles


def _stated(row: Row) -> DropOutClass | None:
    text = row.values.get("Drop-out class", "").casefold()
    if not text:
        return None
    if text not in {each.value for each in DropOutClass}:
        raise row.refuse("Drop-out class", "none, low, medium or high, or nothing")
    return DropOutClass(text)
