"""Familias files: markers, people, pedigrees and the part for disaster victims, as the file states them.

The layout is the one that Familias 3 writes and that its public readers document: one value a line, counts before
lists, indices from zero. Converting the content into a case is the work of familias_cases.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from homeward.genetics.familias_dvi import read_dvi
from homeward.genetics.familias_records import FamFile, FamLocus, FamModel, FamMutation, FamPedigree, FamPerson
from homeward.genetics.familias_text import FamLines, read_fam_lines

__all__ = ["read_fam"]

_THETA = re.compile(r"Theta/Kinship/Fst:\s*([0-9.,eE+-]+)")
_DROP_OUT = re.compile(r"Drop-?out probability\s*=\s*([0-9.,eE+-]*[0-9])", re.IGNORECASE)
_MINIMUM = re.compile(r"Minor allele frequency\s*=\s*([0-9.,eE+-]*[0-9])", re.IGNORECASE)
_MOST = 1_000_000


@dataclass(frozen=True)
class _Draft:
    """A person whose genotypes are still indices: the loci come later in the file."""

    name: str
    sex: str
    genotypes: tuple[tuple[int, int, int, int], ...]
    line: int
    considers_drop_out: bool


def read_fam(path: Path) -> FamFile:
    """Returns the content of a Familias file; raises InputError with the line where it is malformed."""
    lines = read_fam_lines(path)
    version = _preamble(lines)
    drafts = [_person(lines) for _ in range(lines.integer("the number of people", high=_MOST))]
    pedigrees = _pedigrees(lines, drafts)
    theta = _theta(lines)
    loci = _database(lines)
    persons = tuple(_with_alleles(lines, draft, loci) for draft in drafts)
    unidentified, families, notes = read_dvi(lines, loci)
    return FamFile(version, persons, pedigrees, loci, theta, unidentified, families, notes)


def _preamble(lines: FamLines) -> str:
    if "familias" not in lines.text('the first line of a Familias file, "Output from Familias, ..."').lower():
        raise lines.refuse('the first line of a Familias file, "Output from Familias, ..."')
    lines.text("the second line of a Familias file")
    version = lines.text("the version of Familias")
    if lines.peek().strip() in ('""', ""):
        lines.text("the number of people")
    return version


def _person(lines: FamLines) -> _Draft:
    name = lines.text("the name of a person")
    line = lines.position
    lines.flag(f"whether {name} is a child")
    considers_drop_out = "dropout" in lines.text(f"the year of birth of {name}").lower().replace("-", "")
    lines.flag(f"a truth value about {name}")
    male = lines.flag(f"whether {name} is male")
    genotypes = []
    for _ in range(lines.integer(f"the number of markers read for {name}", high=_MOST)):
        first = lines.integer(f"an allele of {name} as its place in the list of alleles")
        second = lines.integer(f"an allele of {name} as its place in the list of alleles")
        genotypes.append((lines.integer(f"a marker of {name} as its place in the list"), first, second, lines.position))
    return _Draft(name, "male" if male else "female", tuple(genotypes), line, considers_drop_out)


def _extras(lines: FamLines, label: str) -> tuple[FamPerson, ...]:
    people = []
    for sex in ("female", "male"):
        for number in range(lines.integer(f"the number of additional {sex}s", high=_MOST)):
            people.append(FamPerson(f"extra {sex} {number + 1}{label}", sex, {}, lines.position))
    return tuple(people)


def _relations(lines: FamLines, names: list[str]) -> tuple[tuple[str, str], ...]:
    def somebody() -> str:
        needed = f"a person as a place in the list, 0 to {len(names) - 1}"
        if "direct" in lines.peek().lower():
            lines.text(needed)
            raise lines.refuse("a parent and a child; identical twins cannot be expressed in a case")
        return names[lines.integer(needed, high=len(names) - 1)]

    return tuple((somebody(), somebody()) for _ in range(lines.integer("the number of relations", high=_MOST)))


def _pedigrees(lines: FamLines, drafts: list[_Draft]) -> tuple[FamPedigree, ...]:
    if lines.text('"Known relations"').lower() != "known relations":
        raise lines.refuse('"Known relations"')
    fixed_extras = _extras(lines, "")
    everybody = [draft.name for draft in drafts] + [extra.name for extra in fixed_extras]
    fixed = _relations(lines, everybody)
    count = lines.integer("the number of pedigrees", high=_MOST)
    found: dict[int, FamPedigree] = {}
    for _ in range(count):
        index = lines.integer(f"the place of the pedigree, 0 to {count - 1}", high=count - 1)
        name = lines.text("the name of the pedigree")
        line = lines.position
        extras = _extras(lines, f" of {name}")
        relations = _relations(lines, everybody + [extra.name for extra in extras])
        found[index] = FamPedigree(name, fixed_extras + extras, fixed + relations, line)
    if not found and drafts:
        found[0] = FamPedigree("Known relations", fixed_extras, fixed, lines.position)
    return tuple(found[index] for index in sorted(found))


def _theta(lines: FamLines) -> float:
    precomputed = lines.flag("whether the file holds computed probabilities")
    found = _THETA.search(lines.lines[lines.position - 1])
    if precomputed:
        _skip_to_database(lines)
    return lines.as_number(found[1], "theta between 0 and 1", high=1.0) if found else 0.0


def _skip_to_database(lines: FamLines) -> None:
    """Passes over results that the file holds: the database begins with a count, a flag and a quoted name."""
    start = lines.position
    while lines.position < len(lines.lines):
        count, flag, name = lines.peek().strip(), lines.peek(1).strip(), lines.peek(2).strip()
        if count.isdigit() and flag.upper() in ("#TRUE#", "#FALSE#") and name.startswith('"'):
            return
        lines.position += 1
    raise lines.refuse("the database after the computed probabilities", line=start)


def _database(lines: FamLines) -> tuple[FamLocus, ...]:
    count = lines.integer("the number of markers", high=_MOST)
    if lines.flag("whether the database has a name"):
        lines.text("the name of the database")
    loci = tuple(_locus(lines) for _ in range(count))
    seen: set[str] = set()
    for locus in loci:
        if locus.name in seen:
            raise lines.refuse("each marker once", line=locus.line)
        seen.add(locus.name)
    return loci


def _locus(lines: FamLines) -> FamLocus:
    name = lines.text("the name of a marker")
    line = lines.position
    of = f"of marker {name}"
    rates = [lines.number(f"the {sex} mutation rate {of}, 0 to 1", high=1.0) for sex in ("female", "male")]
    models = [FamModel(lines.integer(f"the {sex} mutation model {of}, 0 to 4", high=4)) for sex in ("female", "male")]
    lines.integer(f"the number of alleles {of}")
    ranges = [lines.number(f"the {sex} mutation range {of}") for sex in ("female", "male")]
    rates2 = [lines.number(f"the second {sex} mutation rate {of}, 0 to 1", high=1.0) for sex in ("female", "male")]
    female, male = (FamMutation(models[i], rates[i], ranges[i], rates2[i]) for i in (0, 1))
    silent = lines.flag(f"whether marker {name} has a silent allele")
    silent_frequency = lines.number(f"the frequency of the silent allele {of}, 0 to 1", high=1.0)
    frequencies: dict[str, float] = {}
    n_alleles = lines.integer(f"the number of alleles {of}", low=1, high=_MOST)
    drop_out, minimum = (_stated(lines, form, f"a probability {of} below 1") for form in (_DROP_OUT, _MINIMUM))
    for _ in range(n_alleles):
        allele = lines.text(f"an allele {of}")
        if allele in frequencies:
            raise lines.refuse(f"each allele {of} once")
        frequencies[allele] = lines.number(f"the frequency of allele {allele} {of}, 0 to 1", high=1.0)
    return FamLocus(name, frequencies, female, male, silent_frequency if silent else 0.0, line, drop_out, minimum)


def _stated(lines: FamLines, form: re.Pattern[str], needed: str) -> float:
    """Returns a figure in the brackets of the line that was read last, 0 where there is none."""
    found = form.search(lines.lines[lines.position - 1])
    return lines.as_number(found[1], needed, high=0.999) if found else 0.0


def _with_alleles(lines: FamLines, draft: _Draft, loci: tuple[FamLocus, ...]) -> FamPerson:
    genotypes: dict[str, tuple[str, ...]] = {}
    for marker, first, second, line in draft.genotypes:
        if marker >= len(loci):
            raise lines.refuse(f"a marker as a place in the list, 0 to {len(loci) - 1}", line=line)
        alleles = list(loci[marker].frequencies)
        for index, at in ((first, line - 2), (second, line - 1)):
            if index >= len(alleles):
                raise lines.refuse(f"an allele as a place in the list, 0 to {len(alleles) - 1}", line=at)
        genotypes[loci[marker].name] = (alleles[first], alleles[second])
    return FamPerson(draft.name, draft.sex, genotypes, draft.line, draft.considers_drop_out)
