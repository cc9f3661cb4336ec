"""A second implementation of the likelihood: enumerate founder alleles, transmissions, losses and drop-ins."""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations, product

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Pedigree, Sex
from homeward.likelihood.reading_model import CLEAN, Conditions

Reading = tuple[str, ...]


def likelihood(
    pedigree: Pedigree,
    readings: Mapping[str, Reading],
    marker: Marker,
    theta: float = 0.0,
    conditions: Mapping[str, Conditions] | None = None,
    replicates: Mapping[str, Sequence[Reading]] | None = None,
) -> float:
    """P(readings), summed over all ordered genotypes of all members; males have one gamete on X."""
    members = sorted(pedigree.members, key=lambda member: _depth(pedigree, member.id))
    founders = [member.id for member in members if member.is_founder]
    children = [member.id for member in members if not member.is_founder]
    sizes = [1 if _is_hemizygous(pedigree, marker, founder) else 2 for founder in founders]
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    seen = {
        name: reads(
            marker,
            readings.get(name),
            (conditions or {}).get(name, CLEAN),
            n_gametes=1 if _is_hemizygous(pedigree, marker, name) else 2,
            further=(replicates or {}).get(name, ()),
        )
        for name in pedigree.ids
    }
    matrices = marker.male_matrix.tolist(), marker.female_matrix.tolist()
    total = 0.0
    for alleles in product(range(marker.n_states), repeat=sum(sizes)):
        genotypes = {
            founder: alleles[start : start + size] for founder, start, size in zip(founders, starts, sizes, strict=True)
        }
        weight = math.prod(seen[founder][genotypes[founder]] for founder in founders)
        if weight > 0:
            weight *= _sampling(alleles, marker, theta)
            total += weight * _children(children, pedigree, matrices, genotypes, seen)
    return total


def _sampling(alleles: tuple[int, ...], marker: Marker, theta: float) -> float:
    weight = 1.0
    for i, allele in enumerate(alleles):
        earlier = alleles[:i].count(allele)
        share = theta * earlier + (1 - theta) * marker.state_frequencies[allele]
        weight *= share / (1 + (i - 1) * theta)
    return weight


def _children(names, pedigree, matrices, genotypes, seen) -> float:
    if not names:
        return 1.0
    member = pedigree.member(names[0])
    total = 0.0
    for genotype, weight in seen[member.id].items():
        if weight == 0:
            continue
        # The last gamete is the mother's; males have no other on X.
        sources = ((member.father, matrices[0]), (member.mother, matrices[1]))[-len(genotype) :]
        for allele, (parent, matrix) in zip(genotype, sources, strict=True):
            origins = genotypes[parent]
            weight *= sum(matrix[origin][allele] for origin in origins) / len(origins)
        if weight > 0:
            total += weight * _children(names[1:], pedigree, matrices, {**genotypes, member.id: genotype}, seen)
    return total


def reads(
    marker: Marker,
    reading: Reading | None,
    conditions: Conditions,
    *,
    n_gametes: int = 2,
    further: Sequence[Reading] = (),
) -> dict[tuple[int, ...], float]:
    """P(reading | genotype) for each ordered genotype, times that of further replicates; nothing read says nothing."""
    if further:
        every = [reads(marker, each, conditions, n_gametes=n_gametes) for each in (reading, *further)]
        return {genotype: math.prod(each[genotype] for each in every) for genotype in every[0]}
    genotypes = list(product(range(marker.n_states), repeat=n_gametes))
    if not reading:
        return dict.fromkeys(genotypes, 1.0)
    by_genotype = {genotype: _reads(marker, genotype, reading, conditions) for genotype in genotypes}
    chances = {genotype: math.prod(marker.state_frequencies[state] for state in genotype) for genotype in genotypes}
    anybody = sum(by_genotype[genotype] * chances[genotype] for genotype in genotypes)
    wrong = conditions.error
    return {genotype: (1 - wrong) * value + wrong * anybody for genotype, value in by_genotype.items()}


def _reads(marker: Marker, genotype: tuple[int, ...], reading: Reading, conditions: Conditions) -> float:
    """Each copy that is there is seen or lost by itself; alleles of others, which the genotype lacks, may drop in."""
    lost = conditions.drop_out
    copies = [marker.alleles[state] for state in genotype if state < marker.n_alleles]
    foreign = [allele for allele in marker.alleles if allele not in copies]
    total = 0.0
    for seen in product((True, False), repeat=len(copies)):
        own = {copy for copy, is_seen in zip(copies, seen, strict=True) if is_seen}
        weight = lost ** seen.count(False) * (1 - lost) ** seen.count(True)
        for n in range(3):
            for dropped_in in combinations(foreign, n):
                if own | set(dropped_in) == set(reading):
                    chance = math.prod(
                        conditions.drop_in * marker.frequencies[marker.alleles.index(a)] for a in dropped_in
                    )
                    total += weight * (chance if dropped_in else 1 - conditions.drop_in)
    return total


def _is_hemizygous(pedigree: Pedigree, marker: Marker, name: str) -> bool:
    return marker.kind is MarkerKind.X and pedigree.member(name).sex is Sex.MALE


def _depth(pedigree: Pedigree, name: str) -> int:
    member = pedigree.member(name)
    return 0 if member.is_founder else 1 + max(_depth(pedigree, member.father), _depth(pedigree, member.mother))
