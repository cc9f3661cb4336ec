"""A second implementation of the likelihood: enumerate every founder allele, every transmission and every loss."""

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
    total = 0.0
    for alleles in product(range(marker.n_states), repeat=sum(sizes)):
        genotypes = {
            founder: alleles[start : start + size] for founder, start, size in zip(founders, starts, sizes, strict=True)
        }
        weight = _sampling(alleles, marker, theta)
        for founder in founders:
            weight *= _reads(marker, genotypes[founder], readings.get(founder), lost.get(founder, 0.0))
        if weight > 0:
            total += weight * _children(children, pedigree, readings, marker, genotypes, lost)
    return total


def _sampling(alleles: tuple[int, ...], marker: Marker, theta: float) -> float:
    weight = 1.0
    for i, allele in enumerate(alleles):
        earlier = alleles[:i].count(allele)
        share = theta * earlier + (1 - theta) * marker.state_frequencies[allele]
        weight *= share / (1 + (i - 1) * theta)
    return weight


def _children(names, pedigree, readings, marker, genotypes, lost) -> float:
    if not names:
        return 1.0
    member = pedigree.member(names[0])
    from_both = [(member.father, marker.male_matrix), (member.mother, marker.female_matrix)]
    sources = from_both[1:] if _is_hemizygous(pedigree, marker, member.id) else from_both
    total = 0.0
    for genotype in product(range(marker.n_states), repeat=len(sources)):
        weight = _reads(marker, genotype, readings.get(member.id), lost.get(member.id, 0.0))
        for allele, (parent, matrix) in zip(genotype, sources, strict=True):
            origins = genotypes[parent]
            weight *= sum(matrix[origin, allele] for origin in origins) / len(origins)
        if weight > 0:
            known = {**genotypes, member.id: genotype}
            total += weight * _children(names[1:], pedigree, readings, marker, known, lost)
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
