"""A register of missing persons with typed relatives, the bodies of a deal, and what can happen to their tubes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from verification.rules.families import FAMILY_KINDS, Degradation
from verification.rules.frequencies import Floats, Integers
from verification.rules.inheritance import NOT_SEEN, Genes, read_bone

__all__ = [
    "DEGRADED",
    "NOBODY",
    "REGISTERED",
    "Bodies",
    "Register",
    "draw_bodies",
    "draw_register",
    "exchange_bone_tubes",
    "exchange_envelopes",
    "exchange_tubes",
    "mother_and_child_agree",
]

REGISTERED = {"both parents": 0.35, "one parent": 0.35, "one sibling": 0.15, "wife and child": 0.15}
DEGRADED = {Degradation.NONE: 0.7, Degradation.LIGHT: 0.15, Degradation.MODERATE: 0.1, Degradation.HEAVY: 0.05}
Shorts = NDArray[np.int16]  # a register of 70,000 is kept whole

MOST_DONORS = 2
NOBODY = -1
MOST_MUTATIONS = 2  # loci at which a mother and her child may share no allele before their kinship is doubted


@dataclass(frozen=True, eq=False)
class Register:
    """Persons: the kind of family (a place in FAMILY_KINDS), donors' genes padded with NOT_SEEN, and their own."""

    kinds: Integers
    donors: Shorts
    missing: Shorts

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def n_donors(self) -> Integers:
        """How many relatives of each person gave a sample."""
        return np.array([kind.n_donors for kind in FAMILY_KINDS])[self.kinds]

    def donors_of(self, kind: int, persons: Integers) -> Integers:
        """Returns the donors' genes of persons of one kind, without padding."""
        return self.donors[persons][..., : 2 * FAMILY_KINDS[kind].n_donors].astype(np.int64)


@dataclass(frozen=True, eq=False)
class Bodies:
    """Bodies: whose they are (a place in the register, or NOBODY), and what two samples of each bone read.

    ``tube_of`` says whose bone the first sample is: their own, unless tubes were exchanged.
    """

    truth: Integers
    drop_out: Floats
    readings: Integers
    second_readings: Integers
    tube_of: Integers

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def samples_agree(self) -> np.ndarray:
        """Whether the two samples may be one person's: nowhere more than two alleles together."""
        both = np.sort(np.concatenate([self.readings[self.tube_of], self.second_readings], axis=-1), axis=-1)
        n_alleles = (both[..., 0] != NOT_SEEN) + (np.diff(both, axis=-1) > 0).sum(axis=-1)
        return np.asarray((n_alleles <= 2).all(axis=-1))


def draw_register(genes: Genes, n: int) -> Register:
    """Returns a register of n persons whose families are REGISTERED."""
    names = [kind.name for kind in FAMILY_KINDS]
    chosen = [names.index(name) for name in REGISTERED]
    kinds = genes.generator.choice(chosen, size=n, p=list(REGISTERED.values()))
    n_loci = genes.cumulative.shape[1]
    donors = np.full((n, n_loci, 2 * MOST_DONORS), NOT_SEEN, dtype=np.int16)
    missing = np.empty((n, n_loci, 2), dtype=np.int16)
    for kind in chosen:
        persons = np.flatnonzero(kinds == kind)
        theirs, own = FAMILY_KINDS[kind].draw(genes, len(persons))
        donors[persons, :, : theirs.shape[-1]] = theirs
        missing[persons] = own
    return Register(kinds, donors, missing)


def draw_bodies(
    genes: Genes,
    register: Register,
    n: int,
    *,
    share: float,
    n_listed: int,
    degraded: Mapping[Degradation, float] = DEGRADED,
) -> Bodies:
    """Returns n bodies; the share is of persons among the first ``n_listed`` of the register, each found once."""
    generator = genes.generator
    truth = np.full(n, NOBODY)
    n_on_list = round(share * n)
    truth[generator.permutation(n)[:n_on_list]] = generator.permutation(n_listed)[:n_on_list]
    genotypes = genes.founders(n)
    genotypes[truth >= 0] = register.missing[truth[truth >= 0]]
    classes = generator.choice(len(degraded), size=n, p=list(degraded.values()))
    drop_out = np.array([each.value for each in degraded])[classes]
    first, second = (read_bone(genotypes, drop_out, generator) for _ in range(2))
    return Bodies(truth, drop_out, first, second, np.arange(n))


def exchange_bone_tubes(bodies: Bodies, *, of_pairs: int, generator: Generator) -> Bodies:
    """Returns the bodies with the first samples of one in ``of_pairs`` pairs of bodies exchanged."""
    pairs = generator.permutation(len(bodies))[: 2 * (len(bodies) // 2)].reshape(-1, 2)
    exchanged = pairs[: round(len(pairs) / of_pairs)]
    tube_of = bodies.tube_of.copy()
    tube_of[exchanged] = exchanged[:, ::-1]
    return replace(bodies, tube_of=tube_of)


def exchange_tubes(register: Register, families: Integers, generator: Generator) -> Register:
    """Returns the register with one donor's tube of each family exchanged with one of the next in a row of pairs."""
    donors = register.donors.copy()
    for left, right in families[: 2 * (len(families) // 2)].reshape(-1, 2).tolist():
        of_left, of_right = (2 * int(generator.integers(register.n_donors[each])) for each in (left, right))
        donors[left, :, of_left : of_left + 2] = register.donors[right, :, of_right : of_right + 2]
        donors[right, :, of_right : of_right + 2] = register.donors[left, :, of_left : of_left + 2]
    return replace(register, donors=donors)


def exchange_envelopes(register: Register, families: Integers) -> Register:
    """Returns the register with all tubes of a family exchanged with those of another one of its kind."""
    donors = register.donors.copy()
    for kind in np.unique(register.kinds[families]):
        alike = families[register.kinds[families] == kind]
        pairs = alike[: 2 * (len(alike) // 2)].reshape(-1, 2)
        donors[pairs] = register.donors[pairs[:, ::-1]]
    return replace(register, donors=donors)


def mother_and_child_agree(register: Register) -> np.ndarray:
    """Whether the wife and the child of a family share an allele nearly everywhere; true for all other families.

    Two parents have no allele to share, so nothing about their own profiles can be checked.
    """
    wife, child = register.donors[..., :2], register.donors[..., 2:]
    shared = (wife[..., :, None] == child[..., None, :]).any(axis=(-1, -2))
    is_kind = register.kinds == [kind.name for kind in FAMILY_KINDS].index("wife and child")
    return np.asarray(~is_kind | ((~shared).sum(axis=-1) <= MOST_MUTATIONS))
