"""Simulated searches by another principle: peak heights from a mass of DNA, fragments that break, a threshold.

The engine thinks of alleles that are lost with a probability. Here nothing is lost with a probability: each copy of an
allele gives a peak of random height, whose mean falls with the length of its fragment; the two copies of a homozygote
add up; a peak below the laboratory's threshold is not read. Alleles of others drop in by themselves. Mutation differs
by marker and sex and moves by repeats; the engine has one rate for all. Nothing of `homeward.likelihood`,
`homeward.search` or `homeward.genetics.simulation` is used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from homeward.genetics.families import Family
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import Sample

__all__ = ["BENCHES", "LENGTHS", "PATTERNS", "Bench", "Level", "Made", "made_search"]

Allele = str
Genotype = tuple[Allele, Allele]
Floats = NDArray[np.float64]

# Fragment lengths of this simulator's kit: bases beside the repeats. It is a kit of its own, drawn by hand; the
# engine's lengths are those of GlobalFiler, ordered alike and otherwise different.
LENGTHS: Mapping[str, int] = {
    "D2S441": 60, "D10S1248": 66, "D22S1045": 78, "D3S1358": 76, "D8S1179": 84, "D19S433": 78, "D5S818": 118,
    "vWA": 112, "D1S1656": 132, "TH01": 150, "D21S11": 104, "D13S317": 172, "D12S391": 148, "D16S539": 198,
    "FGA": 182, "D7S820": 244, "CSF1PO": 252, "D18S51": 240, "D2S1338": 250, "TPOX": 322, "SE33": 300,
}  # fmt: skip


class Level(Enum):
    """How degraded a bone is; the values name the levels in tables."""

    CLEAN = "clean"
    LIGHT = "light"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True)
class Bench:
    """What happens to one bone in the laboratory.

    ``height`` is the mean height in RFU of one copy at no length, ``half_length`` the number of bases by which it
    halves, ``spread`` the standard deviation of log height of a single peak, ``threshold`` the smallest height that is
    read, ``drop_in`` the mean number of foreign peaks a marker, ``variety`` how much bones of one level differ.
    """

    height: float
    half_length: float
    spread: float = 0.45
    threshold: float = 100.0
    drop_in: float = 0.01
    variety: float = 0.1


# Chosen so that, at 800 remains and 3,000 families, two simple ways to read lists about as many true families as were
# reported for them with yet another simulator: as read 1.00, 0.16, 0.04, 0.05; every single allele as of class medium
# 1.00, 0.95, 0.81, 0.43 (python -m benchmarks recall prints what they give here).
BENCHES: Mapping[Level, Bench] = {
    Level.CLEAN: Bench(3000.0, 1e6, 0.3, drop_in=0.0),
    Level.LIGHT: Bench(212.0, 600.0, 0.5, drop_in=0.03, variety=0.05),
    Level.MODERATE: Bench(250.0, 210.0, 0.5, drop_in=0.04),
    Level.HIGH: Bench(255.0, 135.0, 0.5, drop_in=0.04),
}


@dataclass(frozen=True)
class Pattern:
    """A family by hand: who is whose child, as (father, mother) by name; who is missing and who gave a sample."""

    parents: Mapping[str, tuple[str, str] | None]
    typed: tuple[str, ...]
    share: float


def _pattern(typed: str, share: float, **children: str) -> Pattern:
    parents: dict[str, tuple[str, str] | None] = {}
    for child, both in children.items():
        father, mother = both.split("+")
        parents.setdefault(father, None)
        parents.setdefault(mother, None)
        parents[child] = (father, mother)
    return Pattern(parents, tuple(typed.split()), share)


_WOMEN = frozenset({"mother", "sister", "wife", "daughter"})
PATTERNS: Sequence[Pattern] = (
    _pattern("mother", 0.10, MP="father+mother"),
    _pattern("father mother", 0.25, MP="father+mother"),
    _pattern("father mother sister", 0.20, MP="father+mother", sister="father+mother"),
    _pattern("mother sister", 0.10, MP="father+mother", sister="father+mother"),
    _pattern("mother brother sister", 0.15, MP="father+mother", brother="father+mother", sister="father+mother"),
    _pattern("wife son daughter", 0.20, son="MP+wife", daughter="MP+wife"),
)


@dataclass(frozen=True)
class Made:
    """Remains with their true family (None for a stranger), by level, and the families. Everybody missing is "MP"."""

    remains: Mapping[Level, tuple[Sample, ...]]
    truth: tuple[str | None, ...]
    families: tuple[Family, ...]


def made_search(
    frequencies: Mapping[str, Mapping[Allele, float]],
    *,
    n_families: int,
    n_remains: int,
    generator: Generator,
    matched: float = 0.7,
    levels: Sequence[Level] = tuple(Level),
) -> Made:
    """Families, and the same remains as they would be read at each level.

    The remains of a level differ from those of another one by what the laboratory sees, not by who they are. Unread
    markers are listed as such.
    """
    markers = {name: frequencies[name] for name in LENGTHS if name in frequencies}
    rates = {name: float(10 ** generator.normal(-2.85, 0.3)) for name in markers}
    chosen = generator.choice(len(PATTERNS), size=n_families, p=[each.share for each in PATTERNS])
    families, missing = [], []
    for number, which in enumerate(chosen.tolist()):
        people = _people(PATTERNS[which], markers, rates, generator)
        families.append(_family(f"F-{number + 1:05d}", PATTERNS[which], people))
        missing.append(people["MP"])
    found = generator.permutation(n_families)[: round(n_remains * matched)].tolist()
    truth: list[str | None] = [families[row].name for row in found]
    bodies = [missing[row] for row in found]
    while len(bodies) < n_remains:
        bodies.append({name: _founder(markers[name], generator) for name in markers})
        truth.append(None)
    remains = {
        level: tuple(
            _read(f"R-{number + 1:05d}", body, BENCHES[level], markers, generator) for number, body in enumerate(bodies)
        )
        for level in levels
    }
    return Made(remains, tuple(truth), tuple(families))


def _people(
    pattern: Pattern, markers: Mapping[str, Mapping[Allele, float]], rates: Mapping[str, float], generator: Generator
) -> dict[str, dict[str, Genotype]]:
    people: dict[str, dict[str, Genotype]] = {}
    waiting = list(pattern.parents)
    while waiting:
        name = waiting.pop(0)
        both = pattern.parents[name]
        if both is None:
            people[name] = {marker: _founder(markers[marker], generator) for marker in markers}
        elif both[0] in people and both[1] in people:
            people[name] = {
                marker: (
                    _handed_on(people[both[0]][marker], 1.5 * rates[marker], generator),
                    _handed_on(people[both[1]][marker], 0.5 * rates[marker], generator),
                )
                for marker in markers
            }
        else:
            waiting.append(name)
    return people


def _founder(frequencies: Mapping[Allele, float], generator: Generator) -> Genotype:
    alleles = list(frequencies)
    weights = np.cumsum(list(frequencies.values()))
    first, second = np.searchsorted(weights, generator.random(2) * weights[-1]).tolist()
    return alleles[first], alleles[second]


def _handed_on(genotype: Genotype, rate: float, generator: Generator) -> Allele:
    """One of two alleles; a mutation adds or takes one repeat, rarely two, and leaves a microvariant's fraction."""
    allele = genotype[int(generator.integers(2))]
    if generator.random() >= rate:
        return allele
    whole, dot, rest = allele.partition(".")
    step = int(generator.choice([-2, -1, 1, 2], p=[0.04, 0.46, 0.46, 0.04]))
    return f"{max(1, int(whole) + step)}{dot}{rest}"


def _family(code: str, pattern: Pattern, people: Mapping[str, Mapping[str, Genotype]]) -> Family:
    members = [
        Member(person, *(both or (None, None)), Sex.FEMALE if person in _WOMEN else Sex.MALE)
        for person, both in pattern.parents.items()
    ]
    genotypes = {name: {marker: _written(pair) for marker, pair in people[name].items()} for name in pattern.typed}
    return Family(code, ("MP",), Pedigree.of(members), genotypes)


def _written(pair: Genotype) -> tuple[str, ...]:
    return tuple(sorted(pair, key=float))


def _read(
    name: str,
    body: Mapping[str, Genotype],
    bench: Bench,
    markers: Mapping[str, Mapping[Allele, float]],
    generator: Generator,
) -> Sample:
    """What is read of one bone: peaks at or above the threshold, a homozygote's as one allele."""
    # Bones of one level differ too: some gave more DNA, some broke into smaller pieces.
    height = bench.height * float(np.exp(generator.normal(0.0, bench.variety)))
    half = bench.half_length * float(np.exp(generator.normal(0.0, bench.variety / 2)))
    profile, unread, heights = {}, set(), {}
    for marker, pair in body.items():
        peaks: dict[Allele, float] = {}
        for allele in pair:
            repeats = float(allele.partition(".")[0])
            length = LENGTHS[marker] + (3 if marker == "D22S1045" else 4) * repeats
            mean = height * 0.5 ** (length / half)
            peak = mean * float(np.exp(generator.normal(-(bench.spread**2) / 2, bench.spread)))
            peaks[allele] = peaks.get(allele, 0.0) + peak
        for _ in range(int(generator.poisson(bench.drop_in))):
            foreign = _founder(markers[marker], generator)[0]
            peaks[foreign] = peaks.get(foreign, 0.0) + bench.threshold * float(1 + generator.gamma(1.0, 0.5))
        seen = sorted((allele for allele, peak in peaks.items() if peak >= bench.threshold), key=float)
        if 1 <= len(seen) <= 2:
            profile[marker] = tuple(seen) if len(seen) == 2 else (seen[0], seen[0])
            heights[marker] = tuple(round(peaks[allele]) for allele in profile[marker])
        elif not seen:
            unread.add(marker)
    return Sample(name, profile, unread=frozenset(unread), heights=heights)
