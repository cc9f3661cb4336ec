"""The kinds of families: who gave a sample, how such a family is drawn, and which closed form it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from verification.rules import kinship
from verification.rules.frequencies import Integers
from verification.rules.inheritance import Genes

__all__ = ["FAMILY_KINDS", "Degradation", "FamilyKind", "kind_named"]


class Degradation(Enum):
    """How often an allele of the bone is missed; the rates are those of the drop-out classes none to high."""

    NONE = 0.0
    LIGHT = 0.05
    MODERATE = 0.2
    HEAVY = 0.5


@dataclass(frozen=True, eq=False)
class FamilyKind:
    """A kind of family. ``draw`` gives donors, shape (n, n_loci, 2 n_donors), and the missing, (n, n_loci, 2).

    ``better`` names kinds that the same family becomes with another relative's sample.
    """

    name: str
    n_donors: int
    draw: Callable[[Genes, int], tuple[Integers, Integers]]
    patterns: Callable[[Sequence[Integers], kinship.Chances], tuple[kinship.Pattern, ...]]
    better: tuple[str, ...] = ()

    def patterns_of(self, donors: Integers, chances: kinship.Chances) -> tuple[kinship.Pattern, ...]:
        """Returns the patterns of donors whose last axis holds their genes."""
        return self.patterns([donors[..., gene] for gene in range(donors.shape[-1])], chances)


def _both_parents(genes: Genes, n: int) -> tuple[Integers, Integers]:
    father, mother = genes.founders(n), genes.founders(n)
    return _together(father, mother), genes.child(father, mother)


def _one_parent(genes: Genes, n: int) -> tuple[Integers, Integers]:
    father, mother = genes.founders(n), genes.founders(n)
    return mother, genes.child(father, mother)


def _one_sibling(genes: Genes, n: int) -> tuple[Integers, Integers]:
    father, mother = genes.founders(n), genes.founders(n)
    return genes.child(father, mother), genes.child(father, mother)


def _two_siblings(genes: Genes, n: int) -> tuple[Integers, Integers]:
    father, mother = genes.founders(n), genes.founders(n)
    siblings = _together(genes.child(father, mother), genes.child(father, mother))
    return siblings, genes.child(father, mother)


def _parent_and_sibling(genes: Genes, n: int) -> tuple[Integers, Integers]:
    father, mother = genes.founders(n), genes.founders(n)
    return _together(mother, genes.child(father, mother)), genes.child(father, mother)


def _wife_and_child(genes: Genes, n: int) -> tuple[Integers, Integers]:
    missing, wife = genes.founders(n), genes.founders(n)
    return _together(wife, genes.child(missing, wife)), missing


def _together(*people: Integers) -> Integers:
    return np.concatenate(people, axis=-1)


FAMILY_KINDS = (
    FamilyKind("both parents", 2, _both_parents, kinship.both_parents),
    FamilyKind("wife and child", 2, _wife_and_child, kinship.wife_and_child),
    FamilyKind("parent and sibling", 2, _parent_and_sibling, kinship.parent_and_sibling, ("both parents",)),
    FamilyKind("two siblings", 2, _two_siblings, kinship.two_siblings, ("parent and sibling",)),
    FamilyKind("one parent", 1, _one_parent, kinship.one_parent, ("both parents", "parent and sibling")),
    FamilyKind("one sibling", 1, _one_sibling, kinship.one_sibling, ("parent and sibling", "two siblings")),
)


def kind_named(name: str) -> FamilyKind:
    """Returns a kind by its name."""
    return next(kind for kind in FAMILY_KINDS if kind.name == name)
