"""What a check of references finds: `python -m benchmarks references`, by kind of family, on simulated slips.

Families are drawn with one slip each (or none), and asked whether their references agree. "Found" is a verdict that
they contradict, "right" that the member most probably wrong is the one, or one of two who cannot be told apart.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator
from verification.rules.bounds import clopper_pearson

from benchmarks.calibration import MATCHED, simulated
from homeward.genetics.families import Family
from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.simulation import FAMILY_TEMPLATES, FamilyTemplate, SimulationOptions, simulate_search
from homeward.likelihood.references import ReferenceCheck, References, check_references
from homeward.search.markers import search_markers
from homeward.search.requests import SearchInput, SearchOptions, search_all
from homeward.search.runners.local import LocalRunner
from homeward.search.settings import KinshipSettings

__all__ = ["run"]

SIZES = {"small": 300, "full": 3_000}
SEARCHES = {"small": (500, 1_500), "full": (3_000, 9_000)}
TESTED = ("mother-and-sister", "two-siblings", "children-and-wife", "uncle-and-half-brother", "large")
Row = dict[str, object]
Slipped = tuple[list[Family], list[set[str]]]


def run(size: str) -> list[Row]:
    """Returns a row for each kind of family and slip: name, seconds, ratio (share found), against, note."""
    n = SIZES[size]
    panel = search_markers(published_frequencies(PublishedTable.FBI_2015, "Caucasian")).panel
    generator = np.random.default_rng(20260129)
    rows: list[Row] = []
    for template in (each for each in FAMILY_TEMPLATES if each.name in TESTED):
        for name, slip in SLIPS.items():
            families, wrong = slip(template, panel.markers, n, generator)
            start = time.perf_counter()
            checks = check_references(families, panel, threads=2)
            rows.append(_row(f"{template.name}: {name}", checks, wrong, time.perf_counter() - start))
    return rows + [_searched(size, whole_family) for whole_family in (False, True)]


def _searched(size: str, whole_family: bool) -> Row:
    """A search in which two families in a hundred have exchanged tubes: which wrong names reach 0.9999?"""
    n_remains, n_families = SEARCHES[size]
    start = time.perf_counter()
    made = simulated(n_remains, n_families, 1.0)
    families = _exchanged_between(made.families, whole_family, np.random.default_rng(7))
    table = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
    options = SearchOptions(KinshipSettings(theta=0.0, share=MATCHED), is_varied=False)
    result = search_all(SearchInput(made.remains, families, table), options, LocalRunner())
    truth = {sample.name: person for sample, person in zip(made.remains, made.truth, strict=True)}
    named: Counter[tuple[str, bool]] = Counter()
    for row in result.shortlist.select(["remains", "family", "missing", "posterior", "references"]).to_pylist():
        if row["posterior"] >= 0.9999:
            named[row["references"], truth[row["remains"]] == (row["family"], row["missing"])] += 1
    n, n_wrong = named.total(), sum(count for (_, is_right), count in named.items() if not is_right)
    of = ", ".join(f"{count} in families that are {verdict}" for (verdict, ok), count in named.items() if not ok)
    found = result.summary["references"]
    note = f"{n:,} names from 0.9999, wrong {n_wrong} ({of}); {found['counts']['contradict']} families marked"
    what = "all tubes" if whole_family else "one tube"
    name = f"search {n_remains:,} x {n_families:,}, {what} exchanged in 2 %"
    return {"name": name, "seconds": time.perf_counter() - start, "ratio": n_wrong / n, "against": "", "note": note}


def _exchanged_between(families: Sequence[Family], whole_family: bool, generator: Generator) -> list[Family]:
    """Pairs of families, two in a hundred of all, with a tube of each exchanged, or all of two families of one kind."""
    found = list(families)
    waiting = generator.permutation(len(found)).tolist()
    for _ in range(len(found) // 100):
        one = waiting.pop()
        alike = [row for row in waiting if tuple(found[row].genotypes) == tuple(found[one].genotypes)]
        two = alike[0] if whole_family else waiting[0]
        waiting.remove(two)
        here, there = found[one].genotypes, found[two].genotypes
        a, b = (str(generator.choice(list(each))) for each in (here, there))
        found[one] = replace(found[one], genotypes=there if whole_family else {**here, a: there[b]})
        found[two] = replace(found[two], genotypes=here if whole_family else {**there, b: here[a]})
    return found


def _row(name: str, checks: Sequence[ReferenceCheck], wrong: Sequence[set[str]], seconds: float) -> Row:
    found = [check.verdict is References.CONTRADICT for check in checks]
    agree = sum(check.verdict is References.AGREE for check in checks)
    right = sum(
        is_found and bool(_most_suspect(check) & who) for is_found, check, who in zip(found, checks, wrong, strict=True)
    )
    low, high = clopper_pearson(sum(found), len(found))
    note = f"found {sum(found):,} of {len(found):,} ({100 * low:.2f} to {100 * high:.2f} %), agree {agree:,}"
    note += f", right member among those found {right:,}" if any(wrong) else ""
    return {"name": name, "seconds": seconds, "ratio": sum(found) / len(found), "against": "", "note": note}


def _most_suspect(check: ReferenceCheck) -> set[str]:
    """The members most probably wrong; two whom nothing tells apart are both."""
    greatest = max(check.suspects.values(), default=0.0)
    return {member for member, posterior in check.suspects.items() if posterior > 0.9 * greatest}


def _drawn(template: FamilyTemplate, markers: Sequence[Marker], n: int, generator: Generator) -> list[Family]:
    options = SimulationOptions(n, 0)
    return list(simulate_search(markers, options, generator=generator, templates=[template]).families)


def sound(template: FamilyTemplate, markers: Sequence[Marker], n: int, generator: Generator) -> Slipped:
    """Families without a slip."""
    return _drawn(template, markers, n, generator), [set()] * n


def swapped(template: FamilyTemplate, markers: Sequence[Marker], n: int, generator: Generator) -> Slipped:
    """One member's sample is of a member of another family."""
    families, wrong = _drawn(template, markers, n, generator), []
    found = []
    for family, other in zip(families, families[1:] + families[:1], strict=True):
        member, stranger = generator.choice(template.typed), generator.choice(template.typed)
        found.append(replace(family, genotypes={**family.genotypes, str(member): other.genotypes[str(stranger)]}))
        wrong.append({str(member)})
    return found, wrong


def exchanged(template: FamilyTemplate, markers: Sequence[Marker], n: int, generator: Generator) -> Slipped:
    """Two members' samples are exchanged."""
    found, wrong = [], []
    for family in _drawn(template, markers, n, generator):
        one, two = (str(each) for each in generator.choice(template.typed, size=2, replace=False))
        readings = family.genotypes
        found.append(replace(family, genotypes={**readings, one: readings[two], two: readings[one]}))
        wrong.append({one, two})
    return found, wrong


def not_the_father(template: FamilyTemplate, markers: Sequence[Marker], n: int, generator: Generator) -> Slipped:
    """A typed child has another father than the one stated."""
    children = [m for m in template.pedigree.members if m.father and m.id in template.typed]
    found, wrong = [], []
    for child in children:
        other = Member(child.id, "somebody", child.mother, child.sex)
        members = [other if m.id == child.id else m for m in template.pedigree.members]
        true = Pedigree.of([*members, Member("somebody", sex=Sex.MALE)])
        drawn = _drawn(replace(template, pedigree=true), markers, max(1, n // len(children)), generator)
        found += [replace(family, pedigree=template.pedigree) for family in drawn]
        wrong += [{child.id}] * len(drawn)
    return found, wrong


SLIPS: dict[str, Callable[[FamilyTemplate, Sequence[Marker], int, Generator], Slipped]] = {
    "no slip": sound,
    "another family's sample": swapped,
    "two exchanged": exchanged,
    "another father": not_the_father,
}
