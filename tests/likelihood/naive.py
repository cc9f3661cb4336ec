"""A second implementation of the likelihood: enumerate every founder allele and every transmission."""

from collections.abc import Mapping
from itertools import product

from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Pedigree


def likelihood(
    pedigree: Pedigree, readings: Mapping[str, tuple[str, ...]], marker: Marker, theta: float = 0.0
) -> float:
    """P(readings), autosomal, summed over all ordered genotypes of all members."""
    n = marker.n_states
    members = sorted(pedigree.members, key=lambda member: _depth(pedigree, member.id))
    founders = [member.id for member in members if member.is_founder]
    total = 0.0
    for alleles in product(range(n), repeat=2 * len(founders)):
        genotypes = {founder: (alleles[2 * i], alleles[2 * i + 1]) for i, founder in enumerate(founders)}
        weight = _sampling(alleles, marker, theta)
        if weight > 0 and all(_reads(marker, genotypes[f], readings.get(f)) for f in founders):
            total += weight * _children(
                [m.id for m in members if not m.is_founder], pedigree, readings, marker, genotypes
            )
    return total


def _sampling(alleles: tuple[int, ...], marker: Marker, theta: float) -> float:
    weight = 1.0
    for i, allele in enumerate(alleles):
        earlier = alleles[:i].count(allele)
        share = theta * earlier + (1 - theta) * marker.state_frequencies[allele]
        weight *= share / (1 + (i - 1) * theta)
    return weight


def _children(names, pedigree, readings, marker, genotypes) -> float:
    if not names:
        return 1.0
    member = pedigree.member(names[0])
    total = 0.0
    for genotype in product(range(marker.n_states), repeat=2):
        if not _reads(marker, genotype, readings.get(member.id)):
            continue
        weight = 1.0
        for allele, parent, matrix in (
            (genotype[0], member.father, marker.male_matrix),
            (genotype[1], member.mother, marker.female_matrix),
        ):
            weight *= sum(matrix[origin, allele] for origin in genotypes[parent]) / 2
        if weight > 0:
            total += weight * _children(names[1:], pedigree, readings, marker, {**genotypes, member.id: genotype})
    return total


def _reads(marker: Marker, genotype: tuple[int, int], reading: tuple[str, ...] | None) -> bool:
    if not reading:
        return True
    seen = {marker.alleles[state] for state in genotype if state < marker.n_alleles}
    return seen == set(reading)


def _depth(pedigree: Pedigree, name: str) -> int:
    member = pedigree.member(name)
    return 0 if member.is_founder else 1 + max(_depth(pedigree, member.father), _depth(pedigree, member.mother))
