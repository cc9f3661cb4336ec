"""Profiles: what a laboratory read from a sample, in and out of the tables that GeneMapper writes."""

import csv
import io
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
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
_REPLICATE_COLUMN = "Replicate"
_HEIGHT_COLUMNS = ("Height 1", "Height 2")
_OPTIONAL = (_DROP_OUT_COLUMN, _REPLICATE_COLUMN, *_HEIGHT_COLUMNS)
_ALLELE_COLUMN = re.compile(r"allele ?[0-9]{1,2}", re.IGNORECASE)
_FILE_COLUMNS = ("sample file", "sample file name", "run name")


class DropOutClass(Enum):
    """How likely it is that an allele of degraded bone was not seen; likelihood.dropout gives the probabilities."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


_CLASSES = {each.value: each for each in DropOutClass}
_CAUTION = tuple(DropOutClass)


@dataclass(frozen=True)
class Sample:
    """A named sample with its profile.

    ``drop_out`` are the classes that the table states, ``unread`` the markers that it lists without an allele,
    ``sex_markers`` its readings of amelogenin and Y markers, empty where such a marker showed nothing. A sample that
    was read several times has its first reading in ``profile`` and the others in ``replicates``. ``heights`` are the
    peak heights of the alleles in ``profile``, in their order, where the table has them.
    """

    name: str
    profile: Profile
    drop_out: Mapping[str, DropOutClass] = field(default_factory=dict)
    sex_markers: Profile = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    replicates: tuple[Profile, ...] = ()
    heights: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile that was read of it."""
        return (self.profile, *self.replicates)


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
    return ProfileReading(tuple(reader.samples()), tuple(reader.problems), names.account)


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
        self._replicates: dict[str, list[str]] = {}
        self.heights: dict[str, dict[str, tuple[float, ...]]] = {}

    def add(self, row: Row) -> None:
        """Adds one row; raises InputError where it cannot be used at all."""
        name, text = row.values["Sample Name"], row.values["Marker"]
        if not name:
            raise InputError(place=row.place, found="no sample name", needed="the name of the sample")
        if not text:
            raise InputError(place=row.place, found=f"no marker for sample {name}", needed="the name of the marker")
        if self._first_allele < row.width < self._least_width:
            raise InputError(place=row.place, found=f"{row.width} cells", needed="a cell for each of the alleles")
        name = self._read_as(name, row)
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
            heights = _heights(row, len(reading.alleles))
            if heights:
                self.heights.setdefault(name, {})[marker] = heights
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

    def _read_as(self, name: str, row: Row) -> str:
        """What a sample's row is kept under: its name, or that of one of its replicates."""
        replicate = row.values.get(_REPLICATE_COLUMN, "")
        own = f"{name} replicate {replicate}" if replicate else name
        known = self._replicates.setdefault(name, [])
        if own not in known:
            known.append(own)
        return own

    def samples(self) -> Iterator[Sample]:
        """Yields the samples in order of appearance, the replicates of one together.

        A class holds for all of a sample's replicates, of several the most cautious one.
        """
        for name, read_as in self._replicates.items():
            found = [own for own in read_as if own in self.profiles]
            profiles = [self.profiles[own] for own in found]
            classes: dict[str, DropOutClass] = {}
            for stated in (self.classes.get(own, {}) for own in found):
                classes |= {m: max(c, classes.get(m, c), key=_CAUTION.index) for m, c in stated.items()}
            sex_markers: dict[str, tuple[str, ...]] = {}
            for own in found:
                for marker, alleles in self.sex_markers.get(own, {}).items():
                    sex_markers[marker] = tuple(dict.fromkeys((*sex_markers.get(marker, ()), *alleles)))
            unread = {marker for own in found for marker in self.unread.get(own, ())}
            unread = unread.difference(*profiles)
            if profiles:
                further = tuple(profiles[1:])
                heights = self.heights.get(found[0], {})
                yield Sample(name, profiles[0], classes, sex_markers, frozenset(unread), further, heights)

    def _marker(self, text: str, place: str) -> str | None:
        """The one name of a marker in this table, or None where it is passed over."""
        known = self._names.name(text, place)
        self._spellings[text] = known and self._by_key.setdefault(same_marker_key(known), known)
        return self._spellings[text]

    def chimeras(self) -> list[InputError]:
        """Returns the samples of one name that nothing shows to be one sample."""
        return self._runs.problems()


def _heights(row: Row, n_alleles: int) -> tuple[float, ...]:
    """The peak heights of a row's alleles; empty where the table has none or they are no numbers above 0."""
    found = []
    for column in _HEIGHT_COLUMNS[:n_alleles]:
        try:
            found.append(float(row.values.get(column, "").replace(",", ".")))
        except ValueError:
            return ()
    return tuple(found) if all(0 < height < math.inf for height in found) else ()


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
    listed = list(samples)
    with_replicates = any(sample.replicates for sample in listed)
    with_heights = any(sample.heights for sample in listed)
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    extra = [*([_REPLICATE_COLUMN] if with_replicates else []), *(_HEIGHT_COLUMNS if with_heights else [])]
    writer.writerow([*_COLUMNS, _DROP_OUT_COLUMN, *extra])
    for sample in listed:
        for number, profile in enumerate(sample.profiles, 1):
            of_run = [str(number)] if sample.replicates else [""] * with_replicates
            for marker, alleles in profile.items():
                first, second = (*alleles, "")[:2]
                drop_out = sample.drop_out.get(marker)
                heights = sample.heights.get(marker, ()) if number == 1 else ()
                peaks = [f"{height:g}" for height in heights] if with_heights else []
                writer.writerow(
                    [sample.name, marker, first, second, drop_out.value if drop_out else "", *of_run, *peaks]
                )
            if number > 1:
                continue
            for marker in sorted(sample.unread):
                writer.writerow([sample.name, marker, "", "", "", *of_run])
            for marker, alleles in sample.sex_markers.items():
                writer.writerow([sample.name, marker, *(*alleles, "", "")[:2], "", *of_run])
    return out.getvalue()


def _drop_out(text: str, place: str) -> DropOutClass:
    try:
        return DropOutClass(text.casefold())
    except ValueError as error:
        raise InputError(place=place, found=f'drop-out class "{text}"', needed="none, low, medium or high") from error
