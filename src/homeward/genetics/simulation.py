"""Simulation by gene dropping: founders from the frequencies, children by Mendel's rules with mutation.

The generator is given from outside, so a seed decides everything. The truth is kept beside what a laboratory would see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from homeward.genetics.families import Family
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import DropOutClass, Profile, Sample

__all__ = [
    "FAMILY_TEMPLATES",
    "FamilyTemplate",
    "SimulatedSearch",
    "SimulationOptions",
    "drop_alleles",
    "drop_genes",
    "simulate_search",
]

SILENT = "silent"


@dataclass(frozen=True)
class FamilyTemplate:
    """A shape of family: its pedigree, who is missing, who gave a sample, and how often it occurs."""

    name: str
    pedigree: Pedigree
    missing: tuple[str, ...]
    typed: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class SimulationOptions:
    """What a simulated search holds; the shares and drop-out probabilities are part of the truth."""

    n_families: int
    n_remains: int
    matched_share: float = 0.7
    class_shares: Mapping[DropOutClass, float] | None = None
    drop_out_probabilities: Mapping[DropOutClass, float] | None = None

    def shares(self) -> Mapping[DropOutClass, float]:
        """How the remains are spread over the drop-out classes."""
        return self.class_shares or {
            DropOutClass.NONE: 0.70,
            DropOutClass.LOW: 0.15,
            DropOutClass.MEDIUM: 0.10,
            DropOutClass.HIGH: 0.05,
        }

    def probabilities(self) -> Mapping[DropOutClass, float]:
        """The probability that one allele is not seen, for each class."""
        return self.drop_out_probabilities or {
            DropOutClass.NONE: 0.0,
            DropOutClass.LOW: 0.05,
            DropOutClass.MEDIUM: 0.2,
            DropOutClass.HIGH: 0.5,
        }


@dataclass(frozen=True)
class SimulatedSearch:
    """Remains, families, and for each of the remains the family and member that they are, or None."""

    remains: tuple[Sample, ...]
    families: tuple[Family, ...]
    truth: tuple[tuple[str, str] | None, ...]


def _template(name: str, text: str, *, missing: str, typed: str, weight: float) -> FamilyTemplate:
    """Members written as "child:father+mother", founders by their name alone; women are named in _WOMEN."""
    members = []
    for word in text.split():
        person, _, parents = word.partition(":")
        father, _, mother = parents.partition("+")
        sex = Sex.FEMALE if person in _WOMEN else Sex.MALE
        members.append(Member(person, father or None, mother or None, sex))
    return FamilyTemplate(name, Pedigree.of(members), tuple(missing.split()), tuple(typed.split()), weight)


_WOMEN = frozenset({"mother", "sister", "wife", "daughter", "grandmother", "second-wife"})

FAMILY_TEMPLATES: tuple[FamilyTemplate, ...] = (
    _template("mother", "father mother MP:father+mother", missing="MP", typed="mother", weight=0.14),
    _template("parents", "father mother MP:father+mother", missing="MP", typed="father mother", weight=0.26),
    _template(
        "mother-and-sister",
        "father mother MP:father+mother sister:father+mother",
        missing="MP",
        typed="mother sister",
        weight=0.12,
    ),
    _template(
        "two-siblings",
        "father mother MP:father+mother brother:father+mother sister:father+mother",
        missing="MP",
        typed="brother sister",
        weight=0.10,
    ),
    _template(
        "children-and-wife",
        "MP wife son:MP+wife daughter:MP+wife",
        missing="MP",
        typed="wife son daughter",
        weight=0.14,
    ),
    _template("son", "MP wife son:MP+wife", missing="MP", typed="son", weight=0.06),
    _template(
        "uncle-and-half-brother",
        "grandfather grandmother father:grandfather+grandmother uncle:grandfather+grandmother "
        "mother second-wife MP:father+mother half-brother:father+second-wife",
        missing="MP",
        typed="uncle half-brother",
        weight=0.06,
    ),
    _template(
        "grandparents-and-mother",
        "grandfather grandmother father:grandfather+grandmother mother MP:father+mother",
        missing="MP",
        typed="grandfather grandmother mother",
        weight=0.05,
    ),
    _template(
        "large",
        "father mother MP:father+mother brother:father+mother wife son:MP+wife daughter:MP+wife",
        missing="MP",
        typed="mother brother wife son daughter",
        weight=0.04,
    ),
    _template(
        "two-brothers-missing",
        "father mother MP1:father+mother MP2:father+mother",
        missing="MP1 MP2",
        typed="father mother",
        weight=0.03,
    ),
)


def drop_genes(
    pedigree: Pedigree, markers: Sequence[Marker], n_families: int, *, generator: Generator
) -> NDArray[np.int16]:
    """Returns the allele states of every member, int16 of shape (n_families, n_members, n_markers, 2).

    Axis 3 is the allele from the mother and the allele from the father; men carry -1 as the paternal allele of an X
    marker. A state equal to the number of visible alleles is the silent one.
    """
    states = np.empty((n_families, len(pedigree.members), len(markers), 2), dtype=np.int16)
    for position in _parents_first(pedigree):
        member = pedigree.members[position]
        for m, marker in enumerate(markers):
            if member.father is None or member.mother is None:
                states[:, position, m] = _founder(marker, n_families, generator)
            else:
                mother = states[:, pedigree.position(member.mother), m]
                father = states[:, pedigree.position(member.father), m]
                states[:, position, m, 0] = _gamete(mother, marker.female_matrix, generator)
                states[:, position, m, 1] = _gamete(father, marker.male_matrix, generator)
            if marker.kind is MarkerKind.X and member.sex is Sex.MALE:
                states[:, position, m, 1] = -1
    return states


def drop_alleles(
    states: NDArray[np.int16], probability: NDArray[np.float64], *, generator: Generator
) -> NDArray[np.bool_]:
    """Returns which alleles are seen, of the shape of the states; each is missed with the probability of its person."""
    return np.asarray(generator.random(states.shape) >= probability.reshape(-1, 1, 1), dtype=np.bool_)


def simulate_search(
    markers: Sequence[Marker],
    options: SimulationOptions,
    *,
    generator: Generator,
    templates: Sequence[FamilyTemplate] = FAMILY_TEMPLATES,
) -> SimulatedSearch:
    """Returns families of the given templates and remains, of which a share are their missing members.

    Assumes unrelated founders in Hardy-Weinberg proportions and unlinked markers. Each missing member is found once at
    most; the other remains belong to nobody's family.
    """
    weights = np.array([template.weight for template in templates])
    kinds = generator.choice(len(templates), size=options.n_families, p=weights / weights.sum())
    families: list[Family | None] = [None] * options.n_families
    lost: list[tuple[int, str, NDArray[np.int16]]] = []
    for kind, template in enumerate(templates):
        rows = np.flatnonzero(kinds == kind)
        states = drop_genes(template.pedigree, markers, len(rows), generator=generator)
        for row, everybody in zip(rows.tolist(), states, strict=True):
            families[row] = _family(row, template, everybody, markers)
            position = template.pedigree.position
            lost += [(row, name, everybody[position(name)]) for name in template.missing]
    lost.sort(key=lambda entry: entry[0])
    complete = tuple(family for family in families if family is not None)
    remains, truth = _remains(markers, options, complete, lost, generator=generator)
    return SimulatedSearch(remains, complete, truth)


def _parents_first(pedigree: Pedigree) -> list[int]:
    order: list[int] = []
    placed: set[str | None] = {None}
    while len(order) < len(pedigree.members):
        for position, member in enumerate(pedigree.members):
            if member.id not in placed and member.father in placed and member.mother in placed:
                order.append(position)
                placed.add(member.id)
    return order


def _founder(marker: Marker, n: int, generator: Generator) -> NDArray[np.int16]:
    frequencies = marker.state_frequencies
    drawn = generator.choice(len(frequencies), size=(n, 2), p=frequencies / frequencies.sum())
    return drawn.astype(np.int16)


def _gamete(parent: NDArray[np.int16], matrix: NDArray[np.float64], generator: Generator) -> NDArray[np.int16]:
    """One allele of each parent, mutated; a parent with one allele (an X marker of a man) hands on that one."""
    which = generator.integers(0, 2, size=len(parent))
    which[parent[:, 1] < 0] = 0
    allele = parent[np.arange(len(parent)), which]
    uniform = generator.random(len(parent))
    for row in np.flatnonzero(uniform > np.diag(matrix)[allele]).tolist():
        others = matrix[allele[row]].copy()
        others[allele[row]] = 0.0
        allele[row] = generator.choice(len(others), p=others / others.sum())
    return allele


def _profile(
    states: NDArray[np.int16], markers: Sequence[Marker], seen: NDArray[np.bool_] | None = None
) -> dict[str, tuple[str, ...]]:
    """What the laboratory reads: visible alleles that were not dropped, a homozygote as two."""
    profile: dict[str, tuple[str, ...]] = {}
    for m, marker in enumerate(markers):
        pair = [
            marker.alleles[state]
            for which, state in enumerate(states[m].tolist())
            if 0 <= state < marker.n_alleles and (seen is None or seen[m, which])
        ]
        if pair:
            profile[marker.name] = tuple(sorted(pair, key=marker.alleles.index))
    return profile


def _family(row: int, template: FamilyTemplate, states: NDArray[np.int16], markers: Sequence[Marker]) -> Family:
    position = template.pedigree.position
    return Family(
        name=f"F-{row + 1:06d}",
        missing=template.missing,
        pedigree=template.pedigree,
        genotypes={name: _profile(states[position(name)], markers) for name in template.typed},
    )


def _remains(
    markers: Sequence[Marker],
    options: SimulationOptions,
    families: Sequence[Family],
    lost: Sequence[tuple[int, str, NDArray[np.int16]]],
    *,
    generator: Generator,
) -> tuple[tuple[Sample, ...], tuple[tuple[str, str] | None, ...]]:
    n = options.n_remains
    n_matched = min(len(lost), round(n * options.matched_share))
    found = generator.permutation(len(lost))[:n_matched].tolist()
    slots = generator.permutation(n)
    strangers = drop_genes(Pedigree.of([Member("stranger", sex=Sex.MALE)]), markers, n, generator=generator)[:, 0]
    states = strangers
    truth: list[tuple[str, str] | None] = [None] * n
    for slot, index in zip(slots[:n_matched].tolist(), found, strict=True):
        row, name, own = lost[index]
        states[slot] = own
        truth[slot] = (families[row].name, name)
    classes = list(options.shares())
    shares = np.array(list(options.shares().values()))
    drawn = generator.choice(len(classes), size=n, p=shares / shares.sum())
    probability = np.array([options.probabilities()[c] for c in classes])[drawn]
    seen = drop_alleles(states, probability, generator=generator)
    remains = tuple(
        _sample(f"R-{slot + 1:06d}", _profile(states[slot], markers, seen[slot]), classes[drawn[slot]])
        for slot in range(n)
    )
    return remains, tuple(truth)


def _sample(name: str, profile: Profile, drop_out: DropOutClass) -> Sample:
    return Sample(name, profile, dict.fromkeys(profile, drop_out))
