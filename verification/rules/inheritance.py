"""Drawing people: founders from a subpopulation, children by Mendel's rules with mutation, bones that lose alleles.

A subpopulation's frequencies are a Dirichlet variable around the published ones with parameters p (1 - theta) / theta,
which is what makes the sampling formula of Balding & Nichols (1994, Forensic Science International 64, 125-140) true.
A mutation replaces the allele handed on by one drawn from the subpopulation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from verification.rules.frequencies import Floats, Integers

__all__ = ["NOT_SEEN", "Genes", "read_bone", "subpopulations"]

NOT_SEEN = -1


@dataclass(frozen=True, eq=False)
class Genes:
    """A source of alleles: cumulative frequencies, shape (n, n_loci, most alleles); n is 1 where all share them."""

    cumulative: Floats
    mutation_rate: float
    generator: Generator

    def founders(self, n: int) -> Integers:
        """Returns the two alleles of n unrelated people, shape (n, n_loci, 2)."""
        n_loci = self.cumulative.shape[1]
        return np.stack([self._drawn(n, n_loci) for _ in range(2)], axis=-1)

    def child(self, father: Integers, mother: Integers) -> Integers:
        """Returns a child of each pair, the father's allele first."""
        return np.stack([self._handed_on(father), self._handed_on(mother)], axis=-1)

    def _handed_on(self, parent: Integers) -> Integers:
        n, n_loci, _ = parent.shape
        which = self.generator.integers(0, 2, size=(n, n_loci, 1))
        alleles = np.take_along_axis(parent, which, axis=-1)[..., 0]
        mutates = self.generator.random((n, n_loci)) < self.mutation_rate
        return np.where(mutates, self._drawn(n, n_loci), alleles)

    def _drawn(self, n: int, n_loci: int) -> Integers:
        uniform = self.generator.random((n, n_loci))
        drawn = np.empty((n, n_loci), dtype=np.int64)
        for locus in range(n_loci):
            steps = self.cumulative[:, locus, :-1]
            if len(steps) == 1:
                drawn[:, locus] = np.searchsorted(steps[0], uniform[:, locus], side="right")
            else:
                drawn[:, locus] = (uniform[:, locus, None] >= steps).sum(axis=1)
        return drawn


def subpopulations(frequencies: Floats, theta: float, n: int, *, mutation_rate: float, generator: Generator) -> Genes:
    """Returns n subpopulations around the frequencies, shape (n_loci, most alleles); with theta 0 all are the same."""
    if theta == 0:
        own = frequencies[None]
    else:
        own = generator.standard_gamma(np.broadcast_to(frequencies * (1 - theta) / theta, (n, *frequencies.shape)))
    cumulative = np.cumsum(own / own.sum(axis=-1, keepdims=True), axis=-1)
    # Rounding may leave the last step below 1, and beyond a locus's last allele there is nothing to draw.
    beyond = np.cumsum((frequencies > 0)[:, ::-1], axis=-1)[:, ::-1] <= 1
    return Genes(np.where(beyond[None], 1.0, cumulative), mutation_rate, generator)


def read_bone(genotypes: Integers, drop_out: Floats, generator: Generator) -> Integers:
    """Returns what a laboratory reads: two alleles in order, one twice where one was seen, NOT_SEEN twice where none.

    Each allele is missed with the bone's probability ``drop_out``, shape (n,), independently of the other.
    """
    missed = generator.random(genotypes.shape) < drop_out[:, None, None]
    first, second = genotypes[..., 0], genotypes[..., 1]
    seen_first = np.where(missed[..., 0], second, first)
    seen_second = np.where(missed[..., 1], first, second)
    read = np.sort(np.stack([seen_first, seen_second], axis=-1), axis=-1)
    read[missed.all(axis=-1)] = NOT_SEEN
    return np.asarray(read)
