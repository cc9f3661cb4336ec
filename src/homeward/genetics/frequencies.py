"""Allele frequencies: how common each allele is in a population, and what is assumed of one that nobody counted."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele, is_not_read
from homeward.genetics.marker_types import known_marker, same_marker_key
from homeward.imports.spelling import did_you_mean
from homeward.imports.tables import Table, read_file, read_table

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
LARGEST_FREQUENCY_GAP = 0.02
MINIMUM_WITHOUT_SAMPLE = 0.001
LEAST_SAMPLE = 11
CLASSES_OF_ALLELES = ("1", "99")
_ROUNDING = 1e-6


class PublishedTable(Enum):
    """The tables of published figures that come with Homeward; their sources stand in data/README.md."""

    FBI_2015 = "fbi2015.csv"
    NIST_1036 = "nist1036.csv"
    UK_DNA_17 = "ukdna17.csv"
    STRIDER_2015 = "strider2015.csv"


@dataclass(frozen=True)
class LocusFrequencies:
    """The published relative frequencies of one locus in one population, and the alleles that were counted for them."""

    locus: str
    frequencies: Mapping[str, float]
    n_alleles_sampled: int | None

    def minimum_frequency(self, floor: float = 0.0) -> float:
        """Returns the frequency below which no allele is believed: the larger of the floor and 5/(2N).

        2N is the number of alleles sampled (N people, two alleles each), so the rule says that an allele
        counts as seen five times at least. Source: National Research Council (1996), The Evaluation of
        Forensic DNA Evidence. Where the sample is not stated, it is 0.001.

        >>> LocusFrequencies("TH01", {"6": 0.3, "7": 0.7}, 1000).minimum_frequency()
        0.005
        """
        stated = MINIMUM_WITHOUT_SAMPLE if self.n_alleles_sampled is None else 5.0 / self.n_alleles_sampled
        return max(floor, stated)

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
    notes: tuple[str, ...] = ()
    _by_key: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", MappingProxyType({same_marker_key(name): name for name in self.loci}))

    def locus_name(self, name: str) -> str | None:
        """Returns the table's own spelling of a marker, or None where the table has no such marker.

        >>> FrequencyTable("P", {"Penta E": LocusFrequencies("Penta E", {"5": 1.0}, 10)}).locus_name("PENTA_E")
        'Penta E'
        """
        return self._by_key.get(same_marker_key(name))

    def locus(self, name: str, *, place: str) -> LocusFrequencies:
        """Returns a locus, or raises InputError with a suggestion."""
        found = self.locus_name(name)
        if found is None:
            raise InputError(
                place=place,
                found=f'marker "{name}"',
                needed=f"a marker of the frequency table{did_you_mean(name, self.loci)}",
            )
        return self.loci[found]


def published_frequencies(table: PublishedTable, population: str | None = None) -> FrequencyTable:
    """Returns one population of a table that comes with Homeward."""
    raw = resources.files("homeward.genetics").joinpath("data", table.value).read_bytes()
    return _table_of(raw, place=table.value, population=population)


def load_frequencies(path: Path, population: str | None = None) -> FrequencyTable:
    """Returns one population of a frequency file; the population may be left out where the file has only one.

    The file is long (a row for each allele of a locus) or wide (a row for each allele, a column for each locus), in
    UTF-8, UTF-16 or a Windows code page. Loci that miss a sum of one by up to 0.02 are scaled, and ``notes`` say so.
    Raises InputError with file and line for a missing column, a frequency that is no number between 0 and 1, an
    allele or locus given twice with different figures, too few sampled alleles, or a sum that is further off.
    """
    return _table_of(read_file(path, needed="a CSV file of frequencies"), place=path.name, population=population)


def populations_of(path: Path) -> list[str]:
    """Returns the names of the populations of a frequency file, in the order of the file."""
    raw = read_file(path, needed="a CSV file of frequencies")
    return list(dict.fromkeys(figure.population for figure in _figures(raw, path.name)))


@dataclass(frozen=True)
class _Figure:
    """One allele of one locus as a file gives it."""

    place: str
    population: str
    locus: str
    allele: str
    frequency: str
    n_alleles_sampled: str


def _figures(raw: bytes, place: str) -> list[_Figure]:
    table = read_table(raw, name=place, required=(), optional=FREQUENCY_COLUMNS, refuse_others=False)
    if table.columns and table.columns[0].casefold() == "allele" and "locus" not in table.columns:
        return list(_wide_figures(table, place))
    missing = [column for column in FREQUENCY_COLUMNS if column not in table.columns]
    if missing:
        raise InputError(
            place=f"{place} line 1", found=f"columns {', '.join(table.columns) or 'none'}", needed=", ".join(missing)
        )
    return [_Figure(row.place, *(row.values[column] for column in FREQUENCY_COLUMNS)) for row in table.rows]


def _wide_figures(table: Table, place: str) -> Iterator[_Figure]:
    """Yields the figures of a table with a row for each allele and a column for each locus.

    A row "N" gives how many people were sampled, two alleles each. An empty cell or 0 is no allele of that locus.
    """
    alleles, *loci = table.columns
    people = next((row for row in table.rows if row.values[alleles].casefold() == "n"), None)
    for row in table.rows:
        for locus in loci if row is not people else ():
            if row.values[locus] and row.values[locus] not in ("0", "-"):
                count = people.values[locus] if people else ""
                sampled = str(2 * _count(count, people.place)) if people else ""
                yield _Figure(row.place, place, locus, row.values[alleles], row.values[locus], sampled)


def _table_of(raw: bytes, *, place: str, population: str | None) -> FrequencyTable:
    figures = _figures(raw, place)
    wanted = _chosen_population([figure.population for figure in figures], place=place, population=population)
    loci: dict[str, _Locus] = {}
    for figure in figures:
        if figure.population == wanted:
            key = same_marker_key(figure.locus)
            loci.setdefault(key, _Locus(figure.locus)).add(figure)
    notes: list[str] = []
    read = {locus.name: locus.finished(place, notes) for locus in loci.values()}
    unstated = [name for name, locus in read.items() if locus.n_alleles_sampled is None]
    if unstated:
        notes.append(f"{', '.join(unstated)}: sample size not stated, minimum frequency {MINIMUM_WITHOUT_SAMPLE:g}")
    return FrequencyTable(wanted, MappingProxyType(read), source=place, notes=tuple(notes))


@dataclass
class _Locus:
    """A locus as its rows come; the same figure again, under whatever spelling, agrees with itself."""

    name: str
    frequencies: dict[str, tuple[float, _Figure]] = field(default_factory=dict)
    sampled: tuple[int | None, str] = (None, "")
    spellings: set[str] = field(default_factory=set)

    def add(self, figure: _Figure) -> None:
        """Adds one allele; raises InputError where it contradicts what was read before."""
        self.spellings.add(figure.locus)
        allele = canonical_allele(figure.allele)
        frequency = _frequency(figure.frequency, figure.place)
        sampled = _count(figure.n_alleles_sampled, figure.place) if figure.n_alleles_sampled else None
        if is_not_read(allele):
            if frequency:
                raise InputError(place=figure.place, found=f'allele "{allele}"', needed="an allele: this is no reading")
            return
        before = self.frequencies.get(allele)
        again = f"allele {figure.allele} of {figure.locus} a second time"
        if before is not None and before[1].locus == figure.locus and before[1].allele == figure.allele:
            raise InputError(place=figure.place, found=again, needed="each allele once")
        if before is not None and before[0] != frequency:
            found = f"{again}, {frequency:g}, after {before[0]:g} at {before[1].place}"
            raise InputError(place=figure.place, found=found, needed="one frequency")
        if self.frequencies and self.sampled[0] != sampled:
            found = f"{sampled} alleles sampled at {figure.locus}, after {self.sampled[0]} at {self.sampled[1]}"
            raise InputError(place=figure.place, found=found, needed="one number for a locus")
        self.frequencies.setdefault(allele, (frequency, figure))
        self.sampled = (sampled, figure.place)

    def finished(self, place: str, notes: list[str]) -> "LocusFrequencies":
        """Returns the locus with frequencies that sum to one, and adds notes on what was done for that."""
        values = {allele: frequency for allele, (frequency, _) in self.frequencies.items()}
        values = self._without_classes(values, place, notes)
        total = math.fsum(values.values())
        if abs(total - 1.0) > LARGEST_FREQUENCY_GAP:
            raise InputError(
                place=f"{place} locus {self.name}",
                found=f"frequencies that sum to {total:.4f}",
                needed=f"a sum of 1, within {LARGEST_FREQUENCY_GAP:g}",
            )
        if abs(total - 1.0) > _ROUNDING:
            notes.append(f"{self.name}: frequencies sum to {total:.6g} and are scaled to 1")
            values = {allele: frequency / total for allele, frequency in values.items()}
        if len(self.spellings) > 1:
            notes.append(f"{self.name}: given under {' and '.join(sorted(self.spellings))}, which agree")
        return LocusFrequencies(self.name, MappingProxyType(values), self.sampled[0])

    def _without_classes(self, values: dict[str, float], place: str, notes: list[str]) -> dict[str, float]:
        """Leaves out STRidER's two classes of rare alleles; what is left is scaled, which makes it more common."""
        known = known_marker(self.name)
        classes = [allele for allele in CLASSES_OF_ALLELES if allele in values]
        # A SNP may be written with the numbers 1 and 2, a made-up marker with any; a repeat of the field has no such.
        if not classes or known is None or known.bases_of_repeat is None:
            return values
        share = sum(values[allele] for allele in classes)
        names = " and ".join(f'"{name}"' for name in classes)
        if share > LARGEST_FREQUENCY_GAP:
            found = f"{names}, a class of rare alleles, with a share of {share:.4g}"
            needed = f"alleles, and no class above {LARGEST_FREQUENCY_GAP:g}"
            raise InputError(place=f"{place} locus {self.name}", found=found, needed=needed)
        notes.append(f"{self.name}: {names} is a class of rare alleles, left out; its share, {share:.4g}, is scaled in")
        kept = {allele: frequency for allele, frequency in values.items() if allele not in classes}
        return {allele: frequency / (1.0 - share) for allele, frequency in kept.items()}


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
            needed=f"one of {', '.join(known)}{did_you_mean(population, known)}",
        )
    return population


def _frequency(text: str, place: str) -> float:
    try:
        value = float(text.replace(",", "."))
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
    if value < LEAST_SAMPLE:
        needed = f"a whole number from {LEAST_SAMPLE}: fewer alleles are no sample of a population"
        raise InputError(place=place, found=f'n_alleles_sampled "{text}"', needed=needed)
    return value
