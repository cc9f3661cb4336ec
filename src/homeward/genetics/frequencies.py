"""Allele frequencies: how common each allele is in a population, and what is assumed of one that nobody counted."""

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from homeward.errors import InputError
from homeward.genetics.names import marker_key, misspelt

__all__ = [
    "FREQUENCY_COLUMNS",
    "FrequencyTable",
    "LocusFrequencies",
    "PublishedTable",
    "load_frequencies",
    "populations_of",
    "published_frequencies",
]

FREQUENCY_COLUMNS = ("population", "locus", "allele", "frequency", "n_alleles_sampled")
_SUM_TOLERANCE = 1e-3


class PublishedTable(Enum):
    """The tables of published figures that come with Homeward; their sources stand in data/README.md."""

    FBI_2015 = "fbi2015.csv"
    NIST_1036 = "nist1036.csv"
    UK_DNA_17 = "ukdna17.csv"


@dataclass(frozen=True)
class LocusFrequencies:
    """The published relative frequencies of one locus in one population, and the alleles that were counted for them."""

    locus: str
    frequencies: Mapping[str, float]
    n_alleles_sampled: int

    def minimum_frequency(self, floor: float = 0.0) -> float:
        """Returns the frequency below which no allele is believed: the larger of the floor and 5/(2N).

        2N is the number of alleles sampled (N people, two alleles each), so the rule says that an allele
        counts as seen five times at least. Source: National Research Council (1996), The Evaluation of
        Forensic DNA Evidence.

        >>> LocusFrequencies("TH01", {"6": 0.3, "7": 0.7}, 1000).minimum_frequency()
        0.005
        """
        return max(floor, 5.0 / self.n_alleles_sampled)

    def with_minimum(self, minimum_frequency: float, *, unseen: tuple[str, ...] = ()) -> Mapping[str, float]:
        """Returns frequencies that sum to one, none below the minimum, with the unseen alleles given the minimum.

        Alleles above the minimum are scaled down together to make room; those at the minimum are not touched
        by it. A locus whose alleles would all fall to the minimum is shared out equally.
        """
        raw = dict(self.frequencies) | {allele: 0.0 for allele in unseen if allele not in self.frequencies}
        floor = min(minimum_frequency, 1.0 / len(raw))
        raised = {allele for allele, frequency in raw.items() if frequency <= floor}
        while True:
            rest = sum(frequency for allele, frequency in raw.items() if allele not in raised)
            scale = (1.0 - floor * len(raised)) / rest if rest else 0.0
            fallen = {a for a, f in raw.items() if a not in raised and f * scale < floor}
            if not fallen:
                break
            raised |= fallen
        if len(raised) == len(raw):
            return MappingProxyType(dict.fromkeys(raw, 1.0 / len(raw)))
        return MappingProxyType({a: floor if a in raised else f * scale for a, f in raw.items()})


@dataclass(frozen=True)
class FrequencyTable:
    """The loci of one population; marker names are found whatever their capitals, spaces and underscores."""

    population: str
    loci: Mapping[str, LocusFrequencies]
    source: str = ""
    _by_key: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", MappingProxyType({marker_key(name): name for name in self.loci}))

    def locus_name(self, name: str) -> str | None:
        """Returns the table's own spelling of a marker, or None where the table has no such marker.

        >>> FrequencyTable("P", {"Penta E": LocusFrequencies("Penta E", {"5": 1.0}, 10)}).locus_name("PENTA_E")
        'Penta E'
        """
        return self._by_key.get(marker_key(name))

    def locus(self, name: str, *, place: str) -> LocusFrequencies:
        """Returns a locus, or raises InputError with a suggestion."""
        found = self.locus_name(name)
        if found is None:
            raise InputError(
                place=place,
                found=f'marker "{name}"',
                needed=f"a marker of the frequency table{misspelt(name, self.loci)}",
            )
        return self.loci[found]


def published_frequencies(table: PublishedTable, population: str | None = None) -> FrequencyTable:
    """Returns one population of a table that comes with Homeward."""
    with resources.files("homeward.genetics").joinpath("data", table.value).open(encoding="utf-8") as stream:
        return _table_of(stream, place=table.value, population=population)


def load_frequencies(path: Path, population: str | None = None) -> FrequencyTable:
    """Returns one population of a frequency file; the population may be left out where the file has only one.

    Raises InputError with file and line for a missing column, a frequency that is no number between 0 and 1,
    an allele given twice, or a locus that does not sum to one within 0.001.
    """
    with _opened(path) as stream:
        return _table_of(stream, place=path.name, population=population)


def populations_of(path: Path) -> list[str]:
    """Returns the names of the populations of a frequency file, in the order of the file."""
    with _opened(path) as stream:
        return list(dict.fromkeys(row["population"] for _, row in _rows(stream, path.name)))


def _opened(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise InputError(
            place=str(path), found="no file that can be read", needed="a CSV file of frequencies"
        ) from error


def _rows(stream: Iterable[str], place: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(stream)
    try:
        columns = [column.strip() for column in reader.fieldnames or ()]
        missing = [column for column in FREQUENCY_COLUMNS if column not in columns]
        if missing:
            raise InputError(
                place=f"{place} line 1", found=f"columns {', '.join(columns) or 'none'}", needed=", ".join(missing)
            )
        reader.fieldnames = columns
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(place=place, found="bytes that are not UTF-8 text", needed="a CSV file in UTF-8") from error


def _table_of(stream: Iterable[str], *, place: str, population: str | None) -> FrequencyTable:
    rows = list(_rows(stream, place))
    wanted = _chosen_population([row["population"] for _, row in rows], place=place, population=population)
    frequencies: dict[str, dict[str, float]] = {}
    sampled: dict[str, int] = {}
    for line, row in rows:
        if row["population"] != wanted:
            continue
        locus = frequencies.setdefault(row["locus"], {})
        where = f"{place} line {line}"
        if row["allele"] in locus:
            raise InputError(
                place=where, found=f"allele {row['allele']} of {row['locus']} a second time", needed="each allele once"
            )
        locus[row["allele"]] = _frequency(row["frequency"], where)
        sampled[row["locus"]] = _count(row["n_alleles_sampled"], where)
    for name, locus in frequencies.items():
        total = math.fsum(locus.values())
        if abs(total - 1.0) > _SUM_TOLERANCE:
            raise InputError(
                place=f"{place} locus {name}", found=f"frequencies that sum to {total:.4f}", needed="a sum of 1"
            )
    loci = {n: LocusFrequencies(n, MappingProxyType(f), sampled[n]) for n, f in frequencies.items()}
    return FrequencyTable(wanted, MappingProxyType(loci), source=place)


def _chosen_population(names: list[str], *, place: str, population: str | None) -> str:
    known = list(dict.fromkeys(names))
    if not known:
        raise InputError(place=place, found="no rows", needed="at least one allele")
    if population is None:
        if len(known) > 1:
            raise InputError(
                place=place, found=f"{len(known)} populations", needed=f"one of them named: {', '.join(known)}"
            )
        return known[0]
    if population not in known:
        raise InputError(
            place=place,
            found=f'population "{population}"',
            needed=f"one of {', '.join(known)}{misspelt(population, known)}",
        )
    return population


def _frequency(text: str, place: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= 1.0:
        raise InputError(place=place, found=f'frequency "{text}"', needed="a number from 0 to 1")
    return value


def _count(text: str, place: str) -> int:
    try:
        value = int(float(text))
    except (ValueError, OverflowError):
        value = 0
    if value < 1:
        raise InputError(place=place, found=f'n_alleles_sampled "{text}"', needed="a whole number above 0")
    return value
