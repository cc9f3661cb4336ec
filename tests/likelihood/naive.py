"""A second implementation of the likelihood: enumerate every founder allele, every transmission and every loss."""

import math
from collections.abc import Mapping
from itertools import product

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Pedigree, Sex

Reading = tuple[str, ...]


def likelihood(
    pedigree: Pedigree,
    readings: Mapping[str, Reading],
    marker: Marker,
    theta: float = 0.0,
    drop_out: Mapping[str, float] | None = None,
) -> float:
    """P(readings), summed over all ordered genotypes of all members; males have one gamete on X."""
    members = sorted(pedigree.members, key=lambda member: _depth(pedigree, member.id))
    founders = [member.id for member in members if member.is_founder]
    children = [member.id for member in members if not member.is_founder]
    sizes = [1 if _is_hemizygous(pedigree, marker, founder) else 2 for founder in founders]
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    lost = drop_out or {}
    seen = {
        name: {
            genotype: _reads(marker, genotype, readings.get(name), lost.get(name, 0.0))
            for genotype in product(range(marker.n_states), repeat=1 if _is_hemizygous(pedigree, marker, name) else 2)
        }
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


def _reads(marker: Marker, genotype: tuple[int, ...], reading: Reading | None, lost: float) -> float:
    """P(reading | genotype): each copy that is there is seen or lost by itself; nothing read says nothing."""
    if not reading:
        return 1.0
    copies = [marker.alleles[state] for state in genotype if state < marker.n_alleles]
    total = 0.0
    for seen in product((True, False), repeat=len(copies)):
        if {copy for copy, is_seen in zip(copies, seen, strict=True) if is_seen} == set(reading):
            total += lost ** seen.count(False) * (1 - lost) ** seen.count(True)
    return total


def _is_hemizygous(pedigree: Pedigree, marker: Marker, name: str) -> bool:
    return marker.kind is MarkerKind.X and pedigree.member(name).sex is Sex.MALE


def _depth(pedigree: Pedigree, name: str) -> int:
    member = pedigree.member(name)
    return 0 if member.is_founder else 1 + max(_depth(pedigree, member.father), _depth(pedigree, member.mother))
