"""Profiles: what a laboratory read from a sample, in and out of the tables that GeneMapper writes."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from homeward.errors import InputError
from homeward.genetics.alleles import SetAside
from homeward.genetics.marker_names import MarkerNames, ReadingAccount
from homeward.genetics.marker_types import same_marker_key
from homeward.genetics.wide_profiles import is_wide, long_table
from homeward.imports.tables import Row, Table, read_cells, read_file, read_table

__all__ = [
    "DropOutClass",
    "Profile",
    "ProfileReading",
    "Sample",
    "load_profiles",
    "parse_profiles",
    "write_profiles",
]

Profile = Mapping[str, tuple[str, ...]]
"""Marker name to one or two allele names; one name means that one allele was seen."""

_COLUMNS = ("Sample Name", "Marker", "Allele 1", "Allele 2")
_DROP_OUT_COLUMN = "Drop-out class"
_OPTIONAL = (_DROP_OUT_COLUMN,)
_ALLELE_COLUMN = re.compile(r"allele ?[0-9]{1,2}", re.IGNORECASE)
_FILE_COLUMNS = ("sample file", "sample file name", "run name")


class DropOutClass(Enum):
    """How likely it is that an allele of degraded bone was not seen; likelihood.dropout gives the probabilities."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


_CLASSES = {each.value: each for each in DropOutClass}


@dataclass(frozen=True)
class Sample:
    """A named sample with its profile.

    ``drop_out`` are the classes that the table states, ``unread`` the markers that it lists without an allele,
    ``sex_markers`` its readings of amelogenin and Y markers, empty where such a marker showed nothing.
    """

    name: str
    profile: Profile
    drop_out: Mapping[str, DropOutClass] = field(default_factory=dict)
    sex_markers: Profile = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ProfileReading:
    """The samples of a table in order of appearance, what is wrong with its rows, and how its readings were used."""

    samples: tuple[Sample, ...]
    problems: tuple[InputError, ...]
    account: ReadingAccount


def load_profiles(path: Path, known_markers: Collection[str] | MarkerNames | None = None) -> tuple[Sample, ...]:
    """Returns the samples of a GeneMapper-style table, tab-separated or CSV, in UTF-8, UTF-16 or a Windows code page.

    Raises InputError for the first bad row, naming how many more there are. What a row cannot be used for is in the
    account of the ``MarkerNames``, where they are given.
    """
    raw = read_file(path, needed="a table of profiles")
    reading = parse_profiles(raw, place=path.name, known_markers=known_markers)
    if reading.problems:
        first, more = reading.problems[0], len(reading.problems) - 1
        needed = first.needed + (f" (and {more} more rows with problems)" if more else "")
        raise InputError(place=first.place, found=first.found, needed=needed)
    return reading.samples


def parse_profiles(
    table: str | bytes, *, place: str, known_markers: Collection[str] | MarkerNames | None = None
) -> ProfileReading:
    """Returns the samples of a table, every problem of its rows, and the account of its readings.

    Sex markers and Y markers are kept apart; quality sensors are passed over and counted. A marker with a third allele,
    an allele off the ladder or something that is no allele is set aside for its sample. A row that names no sample, no
    marker or a marker that nobody knows, that misses a cell, or that contradicts another row is a problem, and is left
    out.
    """
    raw = table.encode() if isinstance(table, str) else table
    found = _table(raw, place)
    names = known_markers if isinstance(known_markers, MarkerNames) else MarkerNames(known_markers)
    reader = _ProfileReader(found, names)
    for row in found.rows:
        try:
            reader.add(row)
        except InputError as problem:
            reader.problems.append(problem)
    reader.problems += reader.chimeras()
    samples = tuple(
        Sample(
            name,
            profile,
            reader.classes.get(name, {}),
            reader.sex_markers.get(name, {}),
            frozenset(reader.unread.get(name, ())) - profile.keys(),
        )
        for name, profile in reader.profiles.items()
    )
    return ProfileReading(samples, tuple(reader.problems), names.account)


def _table(raw: bytes, place: str) -> Table:
    try:
        return read_table(raw, name=place, required=_COLUMNS, optional=_OPTIONAL, refuse_others=False)
    except InputError as problem:
        # Asked only where it is no long table: a wide one has headings that are missing here, or stand twice.
        if "heading" in problem.found and is_wide(read_cells(raw, name=place)[1][0][1]):
            return long_table(raw, name=place)
        raise


class _ProfileReader:
    """The samples of a table as its rows come."""

    def __init__(self, table: Table, names: MarkerNames) -> None:
        self._names = names
        self._allele_columns = [column for column in table.columns if _ALLELE_COLUMN.fullmatch(column)]
        self._least_width = 1 + max(table.columns.index(column) for column in _COLUMNS)
        self._first_allele = table.columns.index("Allele 1")
        self._file_column = next((c for c in table.columns if c.casefold() in _FILE_COLUMNS), None)
        self._lines: dict[tuple[str, str], int] = {}
        self._spellings: dict[str, str | None] = {}
        self._by_key: dict[str, str] = {}
        self._runs = _SampleRuns()
        self.profiles: dict[str, dict[str, tuple[str, ...]]] = {}
        self.classes: dict[str, dict[str, DropOutClass]] = {}
        self.unread: dict[str, set[str]] = {}
        self.sex_markers: dict[str, dict[str, tuple[str, ...]]] = {}
        self.problems: list[InputError] = []

    def add(self, row: Row) -> None:
        """Adds one row; raises InputError where it cannot be used at all."""
        name, text = row.values["Sample Name"], row.values["Marker"]
        if not name:
            raise InputError(place=row.place, found="no sample name", needed="the name of the sample")
        if not text:
            raise InputError(place=row.place, found=f"no marker for sample {name}", needed="the name of the marker")
        if self._first_allele < row.width < self._least_width:
            raise InputError(place=row.place, found=f"{row.width} cells", needed="a cell for each of the alleles")
        marker = self._spellings[text] if text in self._spellings else self._marker(text, row.place)
        profile = self.profiles.setdefault(name, {})
        account = self._names.account
        if marker is None:
            written = [row.values[column] for column in self._allele_columns]
            into = self.sex_markers.setdefault(name, {})
            if not self._names.add_sex_marker(text, written, into, sample=name, place=row.place):
                account.beside[text] += 1
            return
        reading = self._names.read(marker, tuple([row.values[column] for column in self._allele_columns]))
        stated = row.values.get(_DROP_OUT_COLUMN, "")
        drop_out = (_CLASSES.get(stated) or _drop_out(stated, row.place)) if stated else None
        self._runs.add(name, marker, row, row.values[self._file_column] if self._file_column else "")
        if reading.reason:
            account.set_aside.append(SetAside(row.place, name, text, reading.reason))
        elif not reading.alleles:
            account.not_read += 1
            self.unread.setdefault(name, set()).add(marker)
        elif marker not in profile:
            profile[marker], self._lines[name, marker] = reading.alleles, row.line
            account.used += 1
            account.half_read += reading.half_read
            if drop_out is not None:
                self.classes.setdefault(name, {})[marker] = drop_out
        elif set(profile[marker]) == set(reading.alleles):
            self._runs.agree(name)
            account.repeated += 1
        else:
            self._runs.agree(name)  # not a chimera in silence: the rows that contradict each other are told
            found = f"a second, different reading of {marker} for {name} (line {self._lines[name, marker]} has another)"
            raise InputError(place=row.place, found=found, needed="one reading")

    def _marker(self, text: str, place: str) -> str | None:
        """The one name of a marker in this table, or None where it is passed over."""
        known = self._names.name(text, place)
        self._spellings[text] = known and self._by_key.setdefault(same_marker_key(known), known)
        return self._spellings[text]

    def chimeras(self) -> list[InputError]:
        """Returns the samples of one name that nothing shows to be one sample."""
        return self._runs.problems()


class _SampleRuns:
    """Where rows of one sample name stand apart: in another sample file, or after the rows of other samples.

    Two samples of one name that share a reading are one sample typed twice; two that share none would be a chimera. A
    table that is ordered by marker has the rows of every sample apart, and that means nothing.
    """

    def __init__(self) -> None:
        self._last = ""
        self._last_marker = ""
        self._markers: set[str] = set()
        self._by_marker = True
        self._rows = self._marker_runs = 0
        self._starts: dict[str, list[tuple[str, Row]]] = {}
        self._agreeing: set[str] = set()

    def add(self, name: str, marker: str, row: Row, file: str) -> None:
        self._rows += 1
        if marker != self._last_marker:
            self._marker_runs += 1
            self._by_marker = self._by_marker and marker not in self._markers
            self._markers.add(marker)
            self._last_marker = marker
        starts = self._starts.setdefault(name, [])
        if not starts or starts[-1][0] != file or name != self._last:
            starts.append((file, row))
        self._last = name

    def agree(self, name: str) -> None:
        self._agreeing.add(name)

    def problems(self) -> list[InputError]:
        found = []
        by_marker = self._by_marker and self._marker_runs < self._rows
        for name, starts in self._starts.items():
            first = starts[0][0]
            other = next((row for file, row in starts[1:] if not by_marker or file != first), None)
            if other is not None and name not in self._agreeing:
                found.append(
                    InputError(
                        place=other.place,
                        found=f'sample "{name}" again, begun in line {starts[0][1].line}, without one marker in common',
                        needed="another name for another sample, or the rows of one sample together",
                    )
                )
        return found


def write_profiles(samples: Iterable[Sample]) -> str:
    """Returns a tab-separated table of the samples, one row a marker; reading it back gives the same samples."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([*_COLUMNS, _DROP_OUT_COLUMN])
    for sample in samples:
        for marker, alleles in sample.profile.items():
            first, second = (*alleles, "")[:2]
            drop_out = sample.drop_out.get(marker)
            writer.writerow([sample.name, marker, first, second, drop_out.value if drop_out else ""])
        for marker in sorted(sample.unread):
            writer.writerow([sample.name, marker, "", "", ""])
        for marker, alleles in sample.sex_markers.items():
            writer.writerow([sample.name, marker, *(*alleles, "", "")[:2], ""])
    return out.getvalue()


def _drop_out(text: str, place: str) -> DropOutClass:
    try:
        return DropOutClass(text.casefold())
    except ValueError as error:
        raise InputError(place=place, found=f'drop-out class "{text}"', needed="none, low, medium or high") from error
