"""The ratio of one locus by enumeration of every inheritance: a second implementation of the closed forms."""

from collections.abc import Mapping, Sequence
from itertools import product

from tests.verification.families import PEDIGREES

from homeward.genetics.pedigrees import Member

Pair = tuple[int, int]


def naive_ratio(
    kind: str, donors: Sequence[int], reading: Pair, frequencies: Sequence[float], *, theta: float, kept: float
) -> float:
    """Returns P(all readings | relative) / P(all readings | unrelated)."""
    with_person, with_stranger, typed = PEDIGREES[kind]
    genotypes = {name: (donors[2 * place], donors[2 * place + 1]) for place, name in enumerate(typed)}
    genotypes["X"] = reading
    above, below = (
        _joint(members, genotypes, frequencies, theta=theta, kept=kept) for members in (with_person, with_stranger)
    )
    return above / below


def _joint(
    members: Sequence[Member], genotypes: Mapping[str, Pair], frequencies: Sequence[float], *, theta: float, kept: float
) -> float:
    """Sums over the gene that each parent hands on and whether it mutates, that is, is drawn afresh."""
    meioses = [(member.id, parent) for member in members for parent in (member.father, member.mother) if parent]
    total = 0.0
    for ways in product(product((0, 1), (True, False)), repeat=len(meioses)):
        way_of = dict(zip(meioses, ways, strict=True))
        weight, genes = 1.0, {}
        for member in members:
            own = []
            for side, parent in enumerate((member.father, member.mother)):
                if parent is None:
                    own.append((member.id, side))
                    continue
                which, unchanged = way_of[member.id, parent]
                weight *= (kept if unchanged else 1 - kept) / 2
                own.append(genes[parent][which] if unchanged else (member.id, side))
            genes[member.id] = tuple(own)
        total += weight * _readings(genes, genotypes, frequencies, theta)
    return total


def _readings(
    genes: Mapping[str, tuple], genotypes: Mapping[str, Pair], frequencies: Sequence[float], theta: float
) -> float:
    total = 0.0
    for phases in product(*[sorted({pair, pair[::-1]}) for pair in genotypes.values()]):
        allele_of: dict[object, int] = {}
        consistent = all(
            allele_of.setdefault(gene, allele) == allele
            for person, pair in zip(genotypes, phases, strict=True)
            for gene, allele in zip(genes[person], pair, strict=True)
        )
        total += _sampled(list(allele_of.values()), frequencies, theta) if consistent else 0.0
    return total


def _sampled(alleles: Sequence[int], frequencies: Sequence[float], theta: float) -> float:
    """Balding & Nichols, one allele after the other."""
    probability = 1.0
    for n, allele in enumerate(alleles):
        seen = alleles[:n].count(allele)
        probability *= (theta * seen + (1 - theta) * frequencies[allele]) / (1 + (n - 1) * theta)
    return probability
