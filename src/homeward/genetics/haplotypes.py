"""Haplotypes of the Y chromosome and of mitochondria, as tables hold them; every row is used or set aside.

Y markers stand in the same tables as all others, and are read by the same reader. Mitochondrial haplotypes stand in a
table with the columns Sample Name, Range and Haplotype (and Count), or in a file of EMPOP ("emp").
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from homeward.errors import InputError
from homeward.genetics.alleles import SetAside
from homeward.genetics.lineages import LineageKind
from homeward.genetics.marker_names import MarkerNames
from homeward.genetics.marker_types import MarkerType, known_marker, same_marker_key
from homeward.genetics.mitochondrial import MtHaplotype, mt_haplotype
from homeward.genetics.profiles import Profile, load_profiles
from homeward.genetics.sex_markers import AMELOGENIN, CONTRADICTED
from homeward.imports.encodings import decode
from homeward.imports.tables import read_file, read_table

__all__ = [
    "TWO_COPY_MARKERS",
    "Haplotype",
    "HaplotypeReading",
    "HaplotypeSample",
    "read_haplotypes",
    "y_haplotype",
]

Haplotype = Profile | MtHaplotype
"""A Y haplotype as a profile of Y markers, or a mitochondrial one."""

TWO_COPY_MARKERS = frozenset(["DYS385", "DYF387S1", "DYS459", "DYF404S1", "DYS526", "DYS527", "YCAII"])
"""Markers that a Y chromosome carries twice, so that one man may show two alleles."""

_COPY = re.compile(rf"({'|'.join(sorted(TWO_COPY_MARKERS))})(AB|A|B|I|II)?")
_MT_COLUMNS = ("Sample Name", "Range", "Haplotype")
_COUNT = "Count"


@dataclass(frozen=True)
class HaplotypeSample:
    """One sample, or ``count`` people of a database, with what was read of the lineage marker."""

    name: str
    haplotype: Haplotype
    place: str
    count: int = 1


@dataclass(frozen=True)
class HaplotypeReading:
    """The samples of a file that have a haplotype, and what was set aside, each with its reason.

    ``counts`` tell of every row what became of it, and add up to the rows of the file.
    """

    file: str
    samples: tuple[HaplotypeSample, ...]
    set_aside: tuple[SetAside, ...]
    counts: Mapping[str, int]

    def as_json(self) -> dict[str, object]:
        """Returns the account as a JSON object."""
        return {
            "file": self.file,
            "samples": len(self.samples),
            "people": sum(sample.count for sample in self.samples),
            "rows": dict(self.counts),
            "set_aside": [each.as_json() for each in self.set_aside],
        }


def read_haplotypes(path: Path, kind: LineageKind) -> HaplotypeReading:
    """Returns the haplotypes of a file; raises InputError for a file or a row that cannot be used at all."""
    return _read_y(path) if kind is LineageKind.Y else _read_mt(path)


def y_haplotype(read: Profile, *, sample: str, place: str) -> tuple[Profile, tuple[SetAside, ...]]:
    """Returns the Y markers of a sample under their usual names, and those that cannot be used.

    DYS385 a/b, or DYS385a and DYS385b apart, are one marker with two alleles. Two alleles at a marker that is there
    once are a duplication, a mixture or two readings that differ: which of them cannot be told, so it is set aside.
    """
    found: dict[str, tuple[str, ...]] = {}
    aside: dict[str, SetAside] = {}
    whole: set[str] = set()
    for text, alleles in read.items():
        if not alleles or alleles == CONTRADICTED or text == AMELOGENIN or not _is_repeat(alleles):
            continue
        name, is_one_copy = _usual_name(text)
        before = found.get(name)
        if before is not None and is_one_copy and name not in whole and len(before) == len(alleles) == 1:
            found[name] = tuple(sorted((*before, *alleles), key=float))
        elif before is not None and set(before) != set(alleles):
            reason = f"{'/'.join(before)} and {'/'.join(alleles)} under two spellings"
            aside[name] = SetAside(place, sample, name, reason)
        elif len(set(alleles)) > 1 and name not in TWO_COPY_MARKERS:
            reason = f"two alleles ({', '.join(alleles)}) of a marker that is there once"
            aside[name] = SetAside(place, sample, name, reason)
        else:
            found[name] = tuple(sorted(alleles, key=float))
            whole |= set() if is_one_copy else {name}
    return MappingProxyType({n: a for n, a in found.items() if n not in aside}), tuple(aside.values())


def _usual_name(text: str) -> tuple[str, bool]:
    """The name of a Y marker, and whether it names one copy alone of those that are there twice."""
    key = same_marker_key(text)
    copy = _COPY.fullmatch(key)
    return (copy[1], copy[2] in ("A", "B", "I", "II")) if copy else (key, False)


def _is_repeat(alleles: tuple[str, ...]) -> bool:
    return all(allele.replace(".", "", 1).isdigit() for allele in alleles)


def _is_y(text: str) -> bool:
    known = known_marker(text)
    return known is not None and known.type is MarkerType.Y


def _read_y(path: Path) -> HaplotypeReading:
    names = MarkerNames()
    aside: list[SetAside] = []
    samples: list[HaplotypeSample] = []
    n_used = n_unusable = n_unread = 0
    for sample in load_profiles(path, names):
        haplotype, unusable = y_haplotype(sample.sex_markers, sample=sample.name, place=path.name)
        aside += unusable
        read = {name: alleles for name, alleles in sample.sex_markers.items() if name != AMELOGENIN}
        n_unread += sum(not alleles for alleles in read.values())
        usable = [
            _usual_name(name)[0] in haplotype for name, alleles in read.items() if alleles not in ((), CONTRADICTED)
        ]
        n_used += sum(usable)
        n_unusable += len(usable) - sum(usable)
        if haplotype:
            samples.append(HaplotypeSample(sample.name, haplotype, path.name))
        else:
            aside.append(SetAside(path.name, sample.name, "Y haplotype", "no Y marker with a usable allele"))
    before = [each for each in names.account.set_aside if _is_y(each.marker)]
    counts = {"used": n_used, "not read": n_unread, "set aside": n_unusable + len(before)}
    counts["of other markers or given twice"] = names.account.total - sum(counts.values())
    return HaplotypeReading(path.name, tuple(samples), (*before, *aside), counts)


def _read_mt(path: Path) -> HaplotypeReading:
    raw = read_file(path, needed="a table of mitochondrial haplotypes")
    rows = (
        _emp_rows(raw, path.name) if raw.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"#") else _table_rows(raw, path.name)
    )
    aside: list[SetAside] = []
    samples: dict[str, HaplotypeSample] = {}
    counts: Counter[str] = Counter()
    for place, name, read, differences, count in rows:
        try:
            if not name:
                raise InputError(place=place, found="no sample name", needed="the name of the sample")
            if not (count or "1").isdigit() or int(count or 1) < 1:
                raise InputError(place=place, found=f'the count "{count}"', needed="a whole number of people")
            haplotype = mt_haplotype(differences, read=read, place=place)
        except InputError as problem:
            aside.append(SetAside(place, name, "mtDNA", f"found {problem.found}; needed: {problem.needed}"))
            continue
        sample = HaplotypeSample(name, haplotype, place, int(count or 1))
        before = samples.get(name)
        counts["used" if before is None else "joined"] += 1
        samples[name] = sample if before is None else _joined(before, sample)
    counts["set aside"] = len(aside)
    return HaplotypeReading(path.name, tuple(samples.values()), tuple(aside), counts)


def _table_rows(raw: bytes, name: str) -> Iterator[tuple[str, str, str, str, str]]:
    for row in read_table(raw, name=name, required=_MT_COLUMNS, optional=(_COUNT,), refuse_others=False).rows:
        cells = row.values
        yield row.place, cells["Sample Name"], cells["Range"], cells["Haplotype"], cells.get(_COUNT, "")


def _emp_rows(raw: bytes, name: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yields the rows of an emp file: name, haplogroup, count, differences; its ranges stand in a line with "#!"."""
    read = ""
    for line, text in enumerate(decode(raw, place=name)[0].splitlines(), 1):
        if text.startswith("#!"):
            read = text[2:].strip()
        elif text.strip() and not text.startswith("#"):
            cells = text.split()
            if len(cells) < 3 or not read:
                found = "no range (a line with #!) before it" if not read else f"{len(cells)} cells"
                raise InputError(
                    place=f"{name} line {line}", found=found, needed="name, haplogroup, count, differences"
                )
            yield f"{name} line {line}", cells[0], read, " ".join(cells[3:]) or "rCRS", cells[2]


def _joined(before: HaplotypeSample, after: HaplotypeSample) -> HaplotypeSample:
    """One sample of two rows, which may cover different ranges; raises InputError where they differ in both."""
    one, other = before.haplotype, after.haplotype
    assert isinstance(one, MtHaplotype)
    assert isinstance(other, MtHaplotype)
    both = one.positions & other.positions
    differing = [s for s in {*one.bases, *other.bases} if s[0] in both and one.at(s) != other.at(s)]
    if differing or before.count != after.count:
        found = f'sample "{after.name}" again, with other content than in {before.place}'
        raise InputError(place=after.place, found=found, needed="each sample once, or readings that agree")
    ranges = " ".join(f"{first}-{last}" for first, last in (*one.stretches, *other.stretches))
    joined = mt_haplotype("rCRS", read=ranges, place=after.place)
    bases = MappingProxyType({**one.bases, **other.bases})
    return replace(before, haplotype=MtHaplotype(joined.stretches, bases))
