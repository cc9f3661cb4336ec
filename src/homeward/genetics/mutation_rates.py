"""How often alleles change between parent and child: published rates by sex, and a laboratory's own by marker."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from types import MappingProxyType

from homeward.errors import InputError
from homeward.genetics.marker_types import same_marker_key
from homeward.imports.spelling import did_you_mean

__all__ = ["DEFAULT_MUTATION_RATES", "MutationRates", "SexRates", "published_rates"]

DEFAULT_SET = "sao-paulo-2019"
LARGEST_RATE = 0.1


@dataclass(frozen=True)
class SexRates:
    """Probability per meiosis that a repeat changes by whole steps, in fathers and in mothers."""

    male: float
    female: float

    def __post_init__(self) -> None:
        for name, rate in (("male", self.male), ("female", self.female)):
            if not 0 <= rate <= LARGEST_RATE:
                needed = f"a probability from 0 to {LARGEST_RATE:g}"
                raise InputError(place=f"mutation, {name}", found=f"{rate:g}", needed=needed)


@dataclass(frozen=True)
class MutationRates:
    """Rates of all repeats, of single markers where they are known, of steps to microvariants, and of a SNP's base.

    >>> rates = MutationRates(SexRates(2e-3, 5e-4), by_marker={"SE33": SexRates(6e-3, 1e-3)})
    >>> rates.of("ACTBP2").male, rates.of("TH01").male, rates.scaled(2).of("TH01").male
    (0.006, 0.002, 0.004)
    """

    repeats: SexRates
    microvariant: float = 1e-6
    range: float = 0.1
    snp: float = 1.2e-8
    source: str = ""
    by_marker: Mapping[str, SexRates] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for name, rate in (("microvariant", self.microvariant), ("snp", self.snp)):
            if not 0 <= rate <= LARGEST_RATE:
                needed = f"a probability from 0 to {LARGEST_RATE:g}"
                raise InputError(place=f"mutation, {name}", found=f"{rate:g}", needed=needed)
        if not 0 < self.range <= 1:
            raise InputError(place="mutation, range", found=f"{self.range:g}", needed="a number above 0, at most 1")
        by_key = {same_marker_key(name): rates for name, rates in self.by_marker.items()}
        if len(by_key) != len(self.by_marker):
            raise InputError(place="mutation, markers", found="one marker under two names", needed="each marker once")
        object.__setattr__(self, "by_marker", MappingProxyType(by_key))

    def of(self, marker: str) -> SexRates:
        """The rates of one marker, under any of its names: its own, else those of all repeats."""
        return self.by_marker.get(same_marker_key(marker), self.repeats)

    def scaled(self, factor: float) -> "MutationRates":
        """All rates times a factor, none above the largest that is believed."""

        def scale(rate: float) -> float:
            return min(rate * factor, LARGEST_RATE)

        def both(rates: SexRates) -> SexRates:
            return SexRates(scale(rates.male), scale(rates.female))

        return replace(
            self,
            repeats=both(self.repeats),
            microvariant=scale(self.microvariant),
            snp=scale(self.snp),
            by_marker={name: both(rates) for name, rates in self.by_marker.items()},
        )

    def as_json(self) -> dict[str, object]:
        """Returns the rates as a JSON object."""
        return {
            "male": self.repeats.male,
            "female": self.repeats.female,
            "microvariant": self.microvariant,
            "range": self.range,
            "snp": self.snp,
            "source": self.source,
            "markers": {
                name: {"male": rates.male, "female": rates.female} for name, rates in sorted(self.by_marker.items())
            },
        }


@cache
def _published() -> Mapping[str, tuple[SexRates, str]]:
    with resources.files("homeward.genetics").joinpath("data", "mutation_rates.csv").open(encoding="utf-8") as stream:
        return {
            row["name"]: (SexRates(float(row["male"]), float(row["female"])), row["source"])
            for row in csv.DictReader(stream)
        }


def published_rates(name: str, *, place: str = "mutation, published") -> MutationRates:
    """Returns published rates by their name (data/mutation_rates.csv); raises InputError with a suggestion.

    >>> published_rates("southern-poland-2013").repeats
    SexRates(male=0.0019, female=0.0004)
    """
    known = _published()
    if name not in known:
        needed = f"one of {', '.join(known)}{did_you_mean(name, known)}"
        raise InputError(place=place, found=f'"{name}"', needed=needed)
    rates, source = known[name]
    beside = (
        "range 0.1 and 1e-6 to microvariants by convention of Familias; "
        "a base of a SNP changes with 1.2e-8: Kong and others, Nature 488 (2012) 471-475, doi 10.1038/nature11396"
    )
    return MutationRates(rates, source=f"{source}; {beside}")


DEFAULT_MUTATION_RATES = published_rates(DEFAULT_SET)
"""One pair of rates for every marker. A laboratory that has rates per marker gives its own in the settings."""
