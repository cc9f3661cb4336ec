"""Allele drop-out: degraded bone may show one allele of two. Classes and the probability that each stands for."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeward.errors import InputError
from homeward.genetics.profiles import DropOutClass

__all__ = ["DEFAULT_DROP_OUT", "DropOutRates"]


@dataclass(frozen=True)
class DropOutRates:
    """Probability that one allele that is present was not seen, for each class.

    A homozygote loses its reading only if both copies drop out, independently. The defaults are round numbers, to be
    replaced by a laboratory's own validation; every result states those used.

    >>> DEFAULT_DROP_OUT.of(DropOutClass.MEDIUM)
    0.2
    """

    low: float = 0.05
    medium: float = 0.2
    high: float = 0.5

    def __post_init__(self) -> None:
        if not 0 < self.low < self.medium < self.high < 1:
            found = f"{self.low}, {self.medium}, {self.high}"
            raise InputError(place="drop-out rates", found=found, needed="three rising probabilities between 0 and 1")

    def of(self, drop_out_class: DropOutClass) -> float:
        """The probability of a class; 0 for none."""
        return self.by_class[drop_out_class]

    @property
    def by_class(self) -> Mapping[DropOutClass, float]:
        """The probability of every class."""
        return {
            DropOutClass.NONE: 0.0,
            DropOutClass.LOW: self.low,
            DropOutClass.MEDIUM: self.medium,
            DropOutClass.HIGH: self.high,
        }


DEFAULT_DROP_OUT = DropOutRates()
