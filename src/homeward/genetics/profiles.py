"""Profiles: what a laboratory read from a sample, in and out of the tables that GeneMapper writes."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from homeward.errors import InputError
from homeward.genetics.kits import SEX_MARKERS
from homeward.genetics.names import marker_key, misspelt

__all__ = [
    "DropOutClass",
    "Profile",
    "ProfileReading",
    "Sample",
    "load_profiles",
    "parse_profiles",
    "read_allele",
    "write_profiles",
]

Profile = Mapping[str, tuple[str, ...]]
"""Marker name to one or two allele names; one name means that one allele was seen."""

_COLUMNS = ("Sample Name", "Marker", "Allele 1", "Allele 2")
_DROP_OUT_COLUMN = "Drop-out class"
_ALLELE = re.compile(r"\d{1,2}(\.\d)?")
_IGNORED = frozenset(marker_key(name) for name in SEX_MARKERS)


class DropOutClass(Enum):
    """How likely it is that an allele of degraded bone was not seen; likelihood.dropout gives the probabilities."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Sample:
    """A named sample with its profile; a marker without a drop-out class is taken as read in full."""

    name: str
    profile: Profile
    drop_out: Mapping[str, DropOutClass] = field(default_factory=dict)


@dataclass(frozen=True)
class ProfileReading:
    """The samples of a table in order of appearance, and what is wrong with its rows."""

    samples: tuple[Sample, ...]
    problems: tuple[InputError, ...]


def read_allele(text: str, *, place: str) -> str:
    """Returns an allele as repeats and, after a point, the bases of a microvariant.

    >>> read_allele("9,3", place="row 1"), read_allele("14.0", place="row 1")
    ('9.3', '14')
    """
    allele = text.strip().replace(",", ".")
    if not _ALLELE.fullmatch(allele):
        raise InputError(place=place, found=f'allele "{text.strip()}"', needed="a number of repeats such as 14 or 9.3")
    return allele.removesuffix(".0").lstrip("0") or "0"


def load_profiles(path: Path, known_markers: Collection[str] | None = None) -> tuple[Sample, ...]:
    """Returns the samples of a GeneMapper-style table, tab-separated or CSV.

    Raises InputError for the first bad row, naming how many more there are.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed="a table of profiles") from error
    except UnicodeDecodeError as error:
        raise InputError(place=path.name, found="bytes that are not UTF-8 text", needed="a table in UTF-8") from error
    reading = parse_profiles(text, place=path.name, known_markers=known_markers)
    if reading.problems:
        first, more = reading.problems[0], len(reading.problems) - 1
        needed = first.needed + (f" (and {more} more rows with problems)" if more else "")
        raise InputError(place=first.place, found=first.found, needed=needed)
    return reading.samples


def parse_profiles(
    text: str, *, place: str, known_markers: Collection[str] | None = None, first_line: int = 1
) -> ProfileReading:
    """Returns the samples of a table and every problem of its rows; a bad row is left out, the others are kept.

    Sex markers (amelogenin, Y) are passed over. With known markers, others are refused with a suggestion and
    the table's spelling is replaced by the known one.
    """
    canonical = {marker_key(name): name for name in known_markers} if known_markers is not None else None
    profiles: dict[str, dict[str, tuple[str, ...]]] = {}
    classes: dict[str, dict[str, DropOutClass]] = {}
    problems: list[InputError] = []
    for line, row in _rows(text, place, first_line):
        where = f"{place} line {line}"
        try:
            name, marker = _name_and_marker(row, canonical, where)
            if marker is None:
                continue
            alleles = _alleles(row, where)
            drop_out = _drop_out(row.get(_DROP_OUT_COLUMN, ""), where)
            profile = profiles.setdefault(name, {})
            if not alleles:
                continue
            if sorted(profile.get(marker, alleles)) != sorted(alleles):
                raise InputError(
                    place=where, found=f"a second, different reading of {marker} for {name}", needed="one reading"
                )
        except InputError as problem:
            problems.append(problem)
            continue
        profile[marker] = alleles
        if drop_out is not DropOutClass.NONE:
            classes.setdefault(name, {})[marker] = drop_out
    samples = tuple(Sample(name, profile, classes.get(name, {})) for name, profile in profiles.items())
    return ProfileReading(samples, tuple(problems))


def write_profiles(samples: Iterable[Sample]) -> str:
    """Returns a tab-separated table of the samples, one row a marker; reading it back gives the same samples."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([*_COLUMNS, _DROP_OUT_COLUMN])
    for sample in samples:
        for marker, alleles in sample.profile.items():
            first, second = (*alleles, "")[:2]
            drop_out = sample.drop_out.get(marker, DropOutClass.NONE)
            writer.writerow([sample.name, marker, first, second, drop_out.value])
    return out.getvalue()


def _rows(text: str, place: str, first_line: int) -> Iterator[tuple[int, dict[str, str]]]:
    header = text.split("\n", 1)[0]
    delimiter = max("\t,;", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = [column.strip() for column in next(reader, [])]
    by_key = {column.casefold(): column for column in columns}
    missing = [column for column in _COLUMNS if column.casefold() not in by_key]
    if missing:
        raise InputError(
            place=f"{place} line {first_line}",
            found=f"columns {', '.join(column for column in columns if column) or 'none'}",
            needed=f"also {', '.join(missing)}",
        )
    names = [_heading(column) for column in columns]
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield first_line - 1 + reader.line_num, dict(zip(names, (c.strip() for c in cells), strict=False))


def _heading(column: str) -> str:
    wanted = {name.casefold(): name for name in (*_COLUMNS, _DROP_OUT_COLUMN)}
    return wanted.get(column.casefold(), column.title() if column.casefold().startswith("allele") else column)


def _name_and_marker(row: Mapping[str, str], canonical: Mapping[str, str] | None, place: str) -> tuple[str, str | None]:
    name, marker = row.get("Sample Name", ""), row.get("Marker", "")
    if not name:
        raise InputError(place=place, found="no sample name", needed="the name of the sample")
    if not marker:
        raise InputError(place=place, found=f"no marker for sample {name}", needed="the name of the marker")
    key = marker_key(marker)
    if key in _IGNORED:
        return name, None
    if canonical is None:
        return name, marker
    if key not in canonical:
        hint = misspelt(marker, canonical.values())
        raise InputError(place=place, found=f'marker "{marker}"', needed=f"a marker of the frequency table{hint}")
    return name, canonical[key]


def _alleles(row: Mapping[str, str], place: str) -> tuple[str, ...]:
    written = [value for column, value in row.items() if column.startswith("Allele ") and value]
    alleles = tuple(read_allele(value, place=place) for value in written)
    if len(alleles) > 2:
        raise InputError(
            place=place,
            found=f"{len(alleles)} alleles ({', '.join(alleles)}) at {row['Marker']}",
            needed="one or two: a profile of one person",
        )
    return alleles


def _drop_out(text: str, place: str) -> DropOutClass:
    try:
        return DropOutClass(text.casefold() or "none")
    except ValueError as error:
        raise InputError(place=place, found=f'drop-out class "{text}"', needed="none, low, medium or high") from error
