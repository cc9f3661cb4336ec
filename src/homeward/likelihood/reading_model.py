"""The reading model: how a laboratory's reading of a marker comes from the genotype behind it.

    P(reading | genotype) = (1 - e) D(reading, genotype) I(reading, genotype) + e P(reading)

D says which alleles of the genotype were seen and which dropped out (d for a heterozygote's allele, d squared for both
copies of a homozygote), I which alleles dropped in, and e that the reading is somebody else's. The kernel
``kernels.reading_probability`` computes it; likelihoods, family tables, joint identification and the comparison of
samples all take it from there. See docs/concepts/drop-out.md.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood.dropout import DEFAULT_DROP_OUT, DropOutRates

__all__ = ["CLEAN", "DEFAULT_READING_MODEL", "LARGEST_DROP_IN", "LARGEST_DROP_OUT", "Conditions", "ReadingModel"]

LARGEST_DROP_OUT = 0.999
LARGEST_DROP_IN = 0.5
# Smallest and largest derived drop-out. Between them the ladder is even in log(d / (1 + d)): see ReadingModel.ladder.
LADDER_ENDS = (0.02, 0.9)
LADDER_STEPS = 15
LADDER_STEPS_OF_TWO = 8


@dataclass(frozen=True, order=True)
class Conditions:
    """Under what conditions one reading was made: the probabilities of drop-out, drop-in and error.

    ``drop_out`` is that of one allele, ``drop_in`` the c of the formulas, ``error`` the probability that the reading is
    replaced by that of a random person.
    """

    drop_out: float = 0.0
    drop_in: float = 0.0
    error: float = 0.0

    def __post_init__(self) -> None:
        limits = (("drop-out", LARGEST_DROP_OUT), ("drop-in", LARGEST_DROP_IN), ("error", LARGEST_DROP_IN))
        for (name, most), value in zip(limits, self.as_row, strict=True):
            if not 0 <= value <= most:
                raise InputError(place=name, found=f"{value:g}", needed=f"a probability from 0 to {most:g}")

    @property
    def as_row(self) -> tuple[float, float, float]:
        """Drop-out, drop-in and error, as the kernels take them."""
        return self.drop_out, self.drop_in, self.error


CLEAN = Conditions()


@dataclass(frozen=True)
class ReadingModel:
    """All that a search assumes about readings; every result states it.

    A class that the file states gives drop-out by ``rates`` and drop-in ``drop_in_stated``: a class rests on
    replicates, and what only one of them saw is in no consensus. Where nothing is stated and ``derive`` is on, drop-out
    is derived from the profile (search/degradation.py), and degraded remains also have drop-in ``drop_in_derived``.
    ``error`` is that of all remains, ``relatives`` the conditions of reference samples.
    """

    rates: DropOutRates = DEFAULT_DROP_OUT
    drop_in_stated: float = 0.0
    drop_in_derived: float = 0.02
    error: float = 0.0
    derive: bool = True
    relatives: Conditions = field(default_factory=Conditions)

    def __post_init__(self) -> None:
        Conditions(0.0, self.drop_in_stated, self.error)
        Conditions(0.0, self.drop_in_derived, self.error)

    def of_class(self, drop_out_class: DropOutClass) -> Conditions:
        """The conditions of a reading with a stated class; ``none`` has neither drop-out nor drop-in."""
        if drop_out_class is DropOutClass.NONE:
            return Conditions(error=self.error)
        return Conditions(self.rates.of(drop_out_class), self.drop_in_stated, self.error)

    def of_derived(self, drop_out: float, n_alleles: int = 1) -> Conditions:
        """The conditions of a reading whose drop-out was derived, on the nearest step of the ladder; 0 is clean.

        Of a reading of two alleles only what dropped in depends on d, so that a coarser ladder is enough.
        """
        if drop_out <= 0:
            return Conditions(error=self.error)
        ladder, scale = (self.ladder_of_two, _odds) if n_alleles > 1 else (self.ladder, _odds_of_loss)
        step = int(np.argmin(np.abs(np.log(scale(ladder)) - np.log(scale(np.array(drop_out))))))
        return Conditions(float(ladder[step]), self.drop_in_derived, self.error)

    @cached_property
    def ladder(self) -> NDArray[np.float64]:
        """The values that a derived drop-out is rounded to, so that samples share columns.

        A reading {a} depends on d through w = d / (1 + d) alone, as (A + B w) / (A' + B' w) with numbers that are not
        negative, so it changes by a factor of rho at most where w does. Neighbours of this ladder differ by a factor of
        1.25 in w: rounding to the nearest changes log10 of one marker by less than 0.05.
        """
        low, high = np.log(_odds_of_loss(np.array(LADDER_ENDS)))
        w = np.exp(np.linspace(low, high, LADDER_STEPS))
        return np.asarray(np.round(w / (1 - w), 4), dtype=np.float64)

    @cached_property
    def ladder_of_two(self) -> NDArray[np.float64]:
        """The values for readings of two alleles, even in log(d / (1 - d)).

        What dropped in goes with (1 + d) / (1 - d) and d / (1 - d): rounding changes log10 of a marker that drop-in
        alone explains by less than 0.2, and of others by next to nothing.
        """
        low, high = np.log(_odds(np.array(LADDER_ENDS)))
        odds = np.exp(np.linspace(low, high, LADDER_STEPS_OF_TWO))
        return np.asarray(np.round(odds / (1 + odds), 4), dtype=np.float64)

    def as_json(self) -> dict[str, float | bool]:
        """Returns what a result states."""
        of_class = {f"drop_out_{each.value}": self.rates.of(each) for each in DropOutClass}
        return of_class | {
            "drop_in_stated": self.drop_in_stated,
            "drop_in_derived": self.drop_in_derived,
            "error": self.error,
            "drop_out_is_derived": self.derive,
            "relatives_drop_out": self.relatives.drop_out,
            "relatives_drop_in": self.relatives.drop_in,
            "relatives_error": self.relatives.error,
        }


def _odds(drop_out: NDArray[np.float64]) -> NDArray[np.float64]:
    return drop_out / (1 - drop_out)


def _odds_of_loss(drop_out: NDArray[np.float64]) -> NDArray[np.float64]:
    return drop_out / (1 + drop_out)


DEFAULT_READING_MODEL = ReadingModel()
