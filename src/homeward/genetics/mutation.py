"""Mutation models of the literature: how probable it is that a parent's allele arrives as another one.

Definitions follow Familias (Kling, Tillmar & Egeland 2014) and pedmut (Vigeland & Egeland 2021); see
docs/concepts/mutation-models.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.alleles import repeats

__all__ = ["NO_MUTATION", "MutationKind", "MutationModel"]

Matrix = NDArray[np.float64]


class MutationKind(Enum):
    """The models; their values are the names used in case files."""

    NONE = "none"
    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    STEPWISE = "stepwise"
    CUSTOM = "custom"


@dataclass(frozen=True)
class MutationModel:
    """One model with its parameters, for one sex of the transmitting parent.

    ``rate`` is the probability of a mutation per meiosis (the mean one, in the proportional model; whole steps, in the
    stepwise model), ``rate2`` that of a step between integer alleles and microvariants, ``step_range`` the ratio
    between one step more and one less. ``custom`` is a square matrix [from][to] in the order of ``custom_alleles``.
    """

    kind: MutationKind = MutationKind.NONE
    rate: float = 0.0
    rate2: float = 0.0
    step_range: float = 0.1
    custom: tuple[tuple[float, ...], ...] = ()
    custom_alleles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise InputError(place="mutation rate", found=str(self.rate), needed="a probability")
        if not 0 <= self.rate2 <= 1 or self.rate + self.rate2 > 1:
            raise InputError(place="mutation rate2", found=str(self.rate2), needed="a probability, with rate at most 1")
        if not 0 < self.step_range <= 1:
            raise InputError(place="mutation range", found=str(self.step_range), needed="a number above 0 and up to 1")
        if self.kind is MutationKind.CUSTOM:
            self._check_custom()

    @property
    def is_lumpable(self) -> bool:
        """True if alleles that nobody shows may be treated as one without changing any likelihood."""
        return self.kind in (MutationKind.NONE, MutationKind.EQUAL, MutationKind.PROPORTIONAL)

    def matrix(self, alleles: Sequence[str], frequencies: Matrix, *, silent_frequency: float = 0.0) -> Matrix:
        """Transition probabilities [from, to], shape (n, n) for n alleles, each row adding up to 1.

        With a positive silent frequency the shape is (n + 1, n + 1); the silent allele stands last and never mutates.
        Raises InputError where the model cannot hold on this ladder.
        """
        visible = self._visible_matrix(alleles, frequencies, silent_frequency)
        if (visible < 0).any():
            raise InputError(
                place=f"{self.kind.value} mutation model",
                found=f"rate {self.rate}",
                needed="a lower rate for these alleles",
            )
        if silent_frequency <= 0:
            return visible
        n = len(alleles)
        result = np.zeros((n + 1, n + 1))
        result[:n, :n] = visible
        result[n, n] = 1.0
        return result

    def _visible_matrix(self, alleles: Sequence[str], frequencies: Matrix, silent_frequency: float) -> Matrix:
        n = len(alleles)
        if self.kind is MutationKind.CUSTOM:
            return self._custom_matrix(alleles)
        if self.kind is MutationKind.NONE or n == 1:
            return np.eye(n)
        if self.kind is MutationKind.EQUAL:
            off_diagonal = np.full((n, n), self.rate / (n - 1))
        elif self.kind is MutationKind.PROPORTIONAL:
            visible = np.asarray(frequencies, dtype=np.float64) / (1.0 - silent_frequency)
            off_diagonal = np.tile(visible * (self.rate / float(visible @ (1.0 - visible))), (n, 1))
        else:
            off_diagonal = self._stepwise(alleles)
        np.fill_diagonal(off_diagonal, 0.0)
        return off_diagonal + np.diag(1.0 - off_diagonal.sum(axis=1))

    def _stepwise(self, alleles: Sequence[str]) -> Matrix:
        """Off-diagonal part: whole steps within alleles of one fraction share rate, all other alleles share rate2."""
        parts = [repeats(allele, "stepwise mutation model") for allele in alleles]
        whole = np.array([part[0] for part in parts], dtype=np.float64)
        same_fraction = np.array([[one[1] == other[1] for other in parts] for one in parts])
        weights = np.where(same_fraction, self.step_range ** np.abs(whole[:, None] - whole[None, :]), 0.0)
        np.fill_diagonal(weights, 0.0)
        sums = weights.sum(axis=1, keepdims=True)
        within = self.rate * np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
        n_others = (~same_fraction).sum(axis=1, keepdims=True)
        between = np.divide(self.rate2, n_others, out=np.zeros((len(parts), 1)), where=n_others > 0)
        return np.asarray(np.where(same_fraction, within, between), dtype=np.float64)

    def _custom_matrix(self, alleles: Sequence[str]) -> Matrix:
        unknown = sorted(set(alleles) - set(self.custom_alleles))
        if unknown:
            raise InputError(
                place="custom mutation matrix", found=f'allele "{unknown[0]}"', needed="a row for each allele"
            )
        order = [self.custom_alleles.index(allele) for allele in alleles]
        return np.asarray(self.custom, dtype=np.float64)[np.ix_(order, order)]

    def _check_custom(self) -> None:
        n = len(self.custom_alleles)
        if len(self.custom) != n or any(len(row) != n for row in self.custom):
            raise InputError(
                place="custom mutation matrix", found=f"{len(self.custom)} rows", needed=f"{n} rows of {n} numbers"
            )
        for allele, row in zip(self.custom_alleles, self.custom, strict=True):
            if min(row) < 0 or abs(sum(row) - 1.0) > 1e-6:
                raise InputError(
                    place=f'custom mutation matrix, row "{allele}"',
                    found=f"sum {sum(row):.6g}",
                    needed="probabilities adding to 1",
                )


NO_MUTATION = MutationModel()
