"""The part of a Familias file for disaster victims: unidentified persons and reference families.

Headings nest by the number of their brackets; under them stand lines "Key= value".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from homeward.genetics.alleles import is_not_read
from homeward.genetics.familias_records import FamFamily, FamLocus, FamPedigree, FamPerson
from homeward.genetics.familias_text import FamLines, unquoted

__all__ = ["read_dvi"]

_HEADING = re.compile(r"(\[+)\s*(.*?)\s*\]+\s*$")
_ASKS = re.compile(r"drop-?out|drop-?in|mutation|kinship|theta|fst|\bmaf\b|forcemaf", re.IGNORECASE)
_NOTHING = frozenset(["", "0", "0.0", "false", "#false#", "disabled", "no"])
_PERSON = re.compile(r"person \d+ *$", re.IGNORECASE)
_OF_PERSON = re.compile(r"(?:consider *)?drop-?outs?|drop-?in", re.IGNORECASE)
_ENTRY = re.compile(r"([^=]+?)\s*=\s*(.*)$")


@dataclass
class _Section:
    """A heading with its entries and the sections below it."""

    title: str
    line: int
    entries: list[tuple[str, str, int]] = field(default_factory=list)
    sections: list["_Section"] = field(default_factory=list)

    def value(self, key: str, default: str = "") -> str:
        return next((value for name, value, _ in self.entries if name.lower() == key.lower()), default)

    def below(self, title: str) -> list["_Section"]:
        return [section for section in self.sections if section.title.lower().startswith(title.lower())]

    def one(self, title: str) -> "_Section | None":
        return next(iter(self.below(title)), None)


def read_dvi(
    lines: FamLines, loci: tuple[FamLocus, ...]
) -> tuple[tuple[FamPerson, ...], tuple[FamFamily, ...], tuple[str, ...]]:
    """Returns the unidentified persons, the reference families, and notes on statements that nothing here stands for.

    All are empty where the file has no such part.
    """
    root = _sections(lines)
    notes = tuple(_unused(root))
    part = root.one("DVI")
    if part is None:
        return (), (), notes
    names = {locus.name.lower(): locus for locus in loci}
    unidentified = _persons(lines, part.one("Unidentified persons"), names)
    reference = part.one("Reference Families")
    families = reference.below("Family") if reference else []
    if reference:
        _check_count(lines, reference, "nFamilies", len(families))
    return unidentified, tuple(_family(lines, family, names) for family in families), notes


def _unused(section: _Section) -> Iterator[str]:
    """Yields a note for each statement that would change a figure and is not carried over."""
    for key, value, line in section.entries:
        if _PERSON.match(section.title) and _OF_PERSON.fullmatch(key):
            continue
        asks = _ASKS.search(key) or _ASKS.search(section.title)
        if asks and value.strip().lower() not in _NOTHING:
            yield f'line {line}: "{key}= {value}" is not carried over'
    for below in section.sections:
        yield from _unused(below)


def _sections(lines: FamLines) -> _Section:
    root = _Section("", lines.position)
    open_sections = [root]
    while lines.position < len(lines.lines):
        text = lines.text("a line of the part for disaster victims")
        if not text:
            continue
        heading = _HEADING.match(text)
        if heading:
            depth = len(heading[1])
            if depth > len(open_sections):
                raise lines.refuse("a heading at most one level below the one above it")
            section = _Section(heading[2], lines.position)
            open_sections[depth - 1].sections.append(section)
            open_sections[depth:] = [section]
            continue
        entry = _ENTRY.match(text)
        if entry and len(open_sections) > 1:
            open_sections[-1].entries.append((entry[1].strip(), unquoted(entry[2]), lines.position))
        elif len(open_sections) > 1:
            raise lines.refuse('a heading in brackets or an entry "Key= value"')
    return root


def _check_count(lines: FamLines, section: _Section, key: str, found: int) -> None:
    for name, value, line in section.entries:
        if name.lower() == key.lower() and value != str(found):
            raise lines.refuse(f"{key}= {found}, the number that follows", line=line)


def _persons(lines: FamLines, section: _Section | None, loci: dict[str, FamLocus]) -> tuple[FamPerson, ...]:
    if section is None:
        return ()
    people = section.below("Person")
    _check_count(lines, section, "nPersons", len(people))
    found = tuple(_person(lines, person, loci) for person in people)
    names: set[str] = set()
    for person in found:
        if person.name in names:
            raise lines.refuse(f'each name once; "{person.name}" stands here a second time', line=person.line + 1)
        names.add(person.name)
    return found


def _person(lines: FamLines, section: _Section, loci: dict[str, FamLocus]) -> FamPerson:
    name = section.value("Name")
    if not name:
        raise lines.refuse("a line Name= with the name of the person", line=section.line)
    sex = {"male": "male", "female": "female"}.get(section.value("Gender").lower())
    dna = section.one("DNA data")
    considers, drop_in = False, 0.0
    for key, value, line in section.entries:
        if not _OF_PERSON.fullmatch(key) or value.strip().lower() in _NOTHING:
            continue
        if key.lower().replace("-", "") == "dropin":
            drop_in = lines.as_number(value, f"the probability of drop-in of {name}, up to 0.5", high=0.5, line=line)
        else:
            considers = True
    return FamPerson(name, sex, _genotypes(lines, dna, loci) if dna else {}, section.line, considers, drop_in)


def _genotypes(lines: FamLines, dna: _Section, loci: dict[str, FamLocus]) -> dict[str, tuple[str, ...]]:
    genotypes: dict[str, tuple[str, ...]] = {}
    locus: FamLocus | None = None
    for key, value, line in dna.entries:
        if key.lower() == "systemname":
            locus = loci.get(value.lower())
            if locus is None:
                raise lines.refuse("a marker of the database above", line=line)
            genotypes[locus.name] = ()
        elif key.lower().startswith("allele"):
            if locus is None or len(genotypes[locus.name]) == 2:
                raise lines.refuse("SystemName= and then at most two alleles", line=line)
            value = "" if is_not_read(value) else value
            if value and value not in locus.frequencies:
                raise lines.refuse(f"an allele of marker {locus.name} in the database above", line=line)
            genotypes[locus.name] += (value,) if value else ()
    _check_count(lines, dna, "nSystems", len(genotypes))
    return {name: alleles for name, alleles in genotypes.items() if alleles}


def _family(lines: FamLines, section: _Section, loci: dict[str, FamLocus]) -> FamFamily:
    persons = _persons(lines, section.one("Persons"), loci)
    listed = section.one("Pedigrees")
    pedigrees = listed.below("Pedigree") if listed else []
    if listed:
        _check_count(lines, listed, "nPedigrees", len(pedigrees))
    name = section.value("Name") or section.title
    return FamFamily(name, persons, tuple(_pedigree(lines, pedigree) for pedigree in pedigrees), section.line)


def _pedigree(lines: FamLines, section: _Section) -> FamPedigree:
    relations: list[tuple[str, str]] = []
    parent: str | None = None
    for key, value, line in section.entries:
        if key.lower() == "parent":
            parent = value
        elif key.lower() == "child":
            if parent is None:
                raise lines.refuse("Parent= before Child=", line=line)
            relations.append((parent, value))
            parent = None
    _check_count(lines, section, "nRelations", len(relations))
    return FamPedigree(section.value("Name") or section.title, (), tuple(relations), section.line)
