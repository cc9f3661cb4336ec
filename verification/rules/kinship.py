"""Likelihood ratios of families in closed form, with theta, mutation and drop-out.

For each kind of family the ways in which the relatives' genes may be copies of one another are written down as
``Pattern``s: the probability of the way and of the genes that it leaves to chance, and which of these genes the missing
person has under "this is their relative": two of them, one of them and a fresh one, or two fresh ones. The ratio is

    LR = sum over patterns of weight P(reading | relative) / sum over patterns of weight P(reading | unrelated)

A fresh gene is drawn after n genes of which n_x are x with probability (theta n_x + (1 - theta) p_x) /
(1 + (n - 1) theta) (Balding & Nichols 1994). For one relative this is k0 + k1 ... + k2 ... of the textbooks (Evett &
Weir 1998, chapter 4; Fung & Hu 2008): a mutation makes a gene fresh, so with `kept`, the probability of none, a parent
has k1 = kept, and a sibling shares each side's gene with kept^2 / 2. Drop-out is that of one d for each allele: a
reading {x} comes of x/x with 1 - d^2 and of x/other with d (1 - d).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from verification.rules.frequencies import Floats, Integers
from verification.rules.inheritance import NOT_SEEN

__all__ = [
    "Chances",
    "Pattern",
    "both_parents",
    "likelihood_ratio",
    "one_parent",
    "one_sibling",
    "parent_and_sibling",
    "two_siblings",
    "wife_and_child",
]

Weight = Floats | float


@dataclass(frozen=True, eq=False)
class Chances:
    """What fresh genes are drawn with: frequencies, theta, and the probability that a gene is handed on unchanged."""

    frequency: Callable[[Integers], Floats]
    theta: float
    kept: float

    def fresh(self, allele: Integers, genes: Sequence[Integers]) -> Floats:
        """Returns the probability that the next gene is this allele, after these genes."""
        seen = sum((_same(allele, gene) for gene in genes), start=np.zeros(1))
        frequency = self.frequency(allele)
        return np.asarray((self.theta * seen + (1 - self.theta) * frequency) / (1 + (len(genes) - 1) * self.theta))


@dataclass(frozen=True, eq=False)
class Pattern:
    """One way in which the relatives' genes are copies: its weight, the genes, and what the missing person has of them.

    ``copies`` are (probability, gene, gene) and ``singles`` (probability, gene), the other gene being fresh; with what
    remains up to 1 both are fresh.
    """

    weight: Weight
    genes: tuple[Integers, ...]
    singles: tuple[tuple[float, Integers], ...] = ()
    copies: tuple[tuple[float, Integers, Integers], ...] = field(default=())

    @property
    def both_fresh(self) -> float:
        """The probability that the missing person has none of the genes."""
        return 1 - sum(each[0] for each in self.singles) - sum(each[0] for each in self.copies)


def likelihood_ratio(
    patterns: Sequence[Pattern], first: Integers, second: Integers, chances: Chances, *, drop_out: Weight = 0.0
) -> Floats:
    """Returns the ratio of readings against patterns, of whatever shape they broadcast to; 1 where nothing was read.

    ``second`` is ``first`` again where one allele was seen. The factor (1 - d)^2 of two alleles cancels.
    """
    one, two = np.maximum(first, 0), np.maximum(second, 0)
    related: Weight = 0.0
    unrelated: Weight = 0.0
    for pattern in patterns:
        by_chance = _unrelated(pattern, one, two, chances, drop_out)
        related = related + pattern.weight * (
            _by_copies(pattern, one, two, chances, drop_out) + pattern.both_fresh * by_chance
        )
        unrelated = unrelated + pattern.weight * by_chance
    return np.asarray(np.where(first == NOT_SEEN, 1.0, related / unrelated))


def _unrelated(pattern: Pattern, one: Integers, two: Integers, chances: Chances, drop_out: Weight) -> Floats:
    """P(reading | two fresh genes)."""
    alone = chances.fresh(one, pattern.genes)
    pair = alone * chances.fresh(two, (*pattern.genes, one))
    return _read(_same(one, two), different=2 * pair, alike=pair, carried=2 * alone, drop_out=drop_out)


def _by_copies(pattern: Pattern, one: Integers, two: Integers, chances: Chances, drop_out: Weight) -> Floats:
    """P(reading, at least one gene is a copy | relative)."""
    fresh_one = chances.fresh(one, pattern.genes)
    fresh_two = chances.fresh(two, pattern.genes)
    different, alike, carried = np.zeros(1), np.zeros(1), np.zeros(1)
    for probability, gene in pattern.singles:
        is_one, is_two = _same(one, gene), _same(two, gene)
        different = different + probability * (is_one * fresh_two + is_two * fresh_one)
        alike = alike + probability * is_one * fresh_one
        carried = carried + probability * (is_one + fresh_one)
    for probability, gene, other in pattern.copies:
        is_one, other_one = _same(one, gene), _same(one, other)
        different = different + probability * (is_one * _same(two, other) + _same(two, gene) * other_one)
        alike = alike + probability * is_one * other_one
        carried = carried + probability * (is_one + other_one)
    return _read(_same(one, two), different=different, alike=alike, carried=carried, drop_out=drop_out)


def _read(one_seen: Floats, *, different: Floats, alike: Floats, carried: Floats, drop_out: Weight) -> Floats:
    """P(two alleles seen) or P(one seen), over (1 - d)^2; ``carried`` is the expected number of copies of that one.

    (1 - d^2) alike + d (1 - d) (carried - 2 alike), over (1 - d)^2.
    """
    lost = drop_out / (1 - np.asarray(drop_out))
    return np.asarray(np.where(one_seen > 0, alike + lost * carried, different))


def _same(left: Integers, right: Integers) -> Floats:
    return np.asarray(left == right, dtype=np.float64)


def both_parents(genes: Sequence[Integers], chances: Chances) -> tuple[Pattern, ...]:
    """Father and mother: each hands on one of two genes, or a fresh one."""
    a, b, c, d = genes
    kept = chances.kept
    copies = tuple((kept**2 / 4, left, right) for left in (a, b) for right in (c, d))
    singles = tuple((kept * (1 - kept) / 2, gene) for gene in genes)
    return (Pattern(1.0, (a, b, c, d), singles, copies),)


def one_parent(genes: Sequence[Integers], chances: Chances) -> tuple[Pattern, ...]:
    """One parent, or one child whose other parent is not typed: k1 = kept."""
    return _one_relative(genes, k1=chances.kept, k2=0.0)


def one_sibling(genes: Sequence[Integers], chances: Chances) -> tuple[Pattern, ...]:
    """One full sibling: each side's gene is shared with kept^2 / 2."""
    shared = chances.kept**2 / 2
    return _one_relative(genes, k1=2 * shared * (1 - shared), k2=shared**2)


def _one_relative(genes: Sequence[Integers], *, k1: float, k2: float) -> tuple[Pattern, ...]:
    a, b = genes
    copies = ((k2, a, b),) if k2 else ()
    return (Pattern(1.0, (a, b), ((k1 / 2, a), (k1 / 2, b)), copies),)


def two_siblings(genes: Sequence[Integers], chances: Chances) -> tuple[Pattern, ...]:
    """Two full siblings, parents not typed: on each side they have one gene in common, or two different ones.

    The first sibling's phase is fixed, for both sides follow one law. With one gene in common the missing person has it
    with kept / 2. With two, either is inherited with kept^2 / 2 (kept / 2 + 1 - kept), over 1 - kept^2 / 2.
    """
    a, b, *others = genes
    in_common = chances.kept**2 / 2
    of_one = chances.kept / 2
    of_two = in_common * (1 - of_one) / (1 - in_common)
    patterns = []
    for c, d in (tuple(others), tuple(reversed(others))):
        for father_common in (True, False):
            for mother_common in (True, False):
                weight: Weight = in_common if father_common else 1 - in_common
                weight = weight * (in_common if mother_common else 1 - in_common)
                own: tuple[Integers, ...] = (a, b)
                sides = []
                for theirs, his, common in ((a, c, father_common), (b, d, mother_common)):
                    weight = weight * (_same(theirs, his) if common else chances.fresh(his, own))
                    own = own if common else (*own, his)
                    sides.append(((of_one, theirs),) if common else ((of_two, theirs), (of_two, his)))
                patterns.append(_of_two_sides(weight, own, sides[0], sides[1]))
    return tuple(patterns)


def parent_and_sibling(genes: Sequence[Integers], chances: Chances) -> tuple[Pattern, ...]:
    """One parent and a full sibling: the sibling's other gene is known as far as the parent's is told from it."""
    a, b, *others = genes
    in_common = chances.kept**2 / 2
    patterns = []
    for of_parent, of_other in (tuple(others), tuple(reversed(others))):
        handed = (_same(of_parent, a) + _same(of_parent, b)) / 2
        mutated = chances.fresh(of_parent, (a, b))
        ways: tuple[tuple[Weight, tuple[Integers, ...]], ...] = (
            (chances.kept * handed, (a, b)),
            ((1 - chances.kept) * mutated, (a, b, of_parent)),
        )
        for weight, own in ways:
            sides = ((chances.kept / 2, a), (chances.kept / 2, b)), ((in_common, of_other),)
            patterns.append(_of_two_sides(weight * chances.fresh(of_other, own), (*own, of_other), sides[0], sides[1]))
    return tuple(patterns)


def wife_and_child(genes: Sequence[Integers], chances: Chances) -> tuple[Pattern, ...]:
    """The other parent of a child, and the child: what the child does not have of her is the missing person's."""
    c, d, *others = genes
    patterns = []
    for of_wife, of_missing in (tuple(others), tuple(reversed(others))):
        handed = (_same(of_wife, c) + _same(of_wife, d)) / 2
        mutated = chances.fresh(of_wife, (c, d))
        ways: tuple[tuple[Weight, tuple[Integers, ...]], ...] = (
            (chances.kept * handed, (c, d)),
            ((1 - chances.kept) * mutated, (c, d, of_wife)),
        )
        for weight, own in ways:
            patterns.append(
                Pattern(
                    weight * chances.fresh(of_missing, own), (*own, of_missing), singles=((chances.kept, of_missing),)
                )
            )
    return tuple(patterns)


Side = tuple[tuple[float, Integers], ...]


def _of_two_sides(weight: Weight, genes: tuple[Integers, ...], father: Side, mother: Side) -> Pattern:
    """The pattern of a person whose two genes are inherited apart, each a copy of one of its side's or fresh."""
    fresh_father, fresh_mother = (1 - sum(each[0] for each in side) for side in (father, mother))
    singles = [(chance * fresh_mother, gene) for chance, gene in father]
    singles += [(chance * fresh_father, gene) for chance, gene in mother]
    copies = [(chance * other, gene, its) for chance, gene in father for other, its in mother]
    return Pattern(weight, genes, tuple(singles), tuple(copies))
