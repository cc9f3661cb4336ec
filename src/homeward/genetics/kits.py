"""Kits: which autosomal markers a laboratory's kit reads, how long their fragments are, how often they mutate."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType

__all__ = [
    "DEFAULT_MUTATION_RATES",
    "AmpliconSize",
    "Kit",
    "MutationRates",
    "all_kit_markers",
    "amplicon_sizes",
    "kit_markers",
]


class Kit(Enum):
    """The kits whose marker lists come with Homeward, by the name that their makers use."""

    GLOBALFILER = "GlobalFiler"
    POWERPLEX_FUSION = "PowerPlex Fusion"
    NGM = "NGM"
    POWERPLEX_16 = "PowerPlex 16"
    VERIFILER_PLUS = "VeriFiler Plus"
    POWERPLEX_FUSION_6C = "PowerPlex Fusion 6C"
    INVESTIGATOR_24PLEX = "Investigator 24plex QS"
    CORDIS_PLUS = "COrDIS Plus"


@dataclass(frozen=True)
class AmpliconSize:
    """The apparent sizes, in bases, between which the alleles of one marker's ladder lie in one kit."""

    shortest: float
    longest: float

    @property
    def middle(self) -> float:
        """The size halfway: what is degraded loses long fragments before short ones."""
        return (self.shortest + self.longest) / 2


@dataclass(frozen=True)
class MutationRates:
    """How often an allele changes between parent and child, per meiosis: steps of repeats, and the base of a SNP."""

    male: float
    female: float
    microvariant: float
    range: float
    source: str
    snp: float = 1.2e-8


DEFAULT_MUTATION_RATES = MutationRates(
    male=1.8e-3,
    female=0.3e-3,
    microvariant=1e-6,
    range=0.1,
    source=(
        "1.8e-3 paternal and 0.3e-3 maternal over 15 loci and 148,875 transfers: Electrophoresis (2019), "
        "doi 10.1002/elps.201800491; range 0.1 and 1e-6 to microvariants by convention of Familias; "
        "a base of a SNP changes with 1.2e-8: Kong and others, Nature 488 (2012) 471-475, doi 10.1038/nature11396"
    ),
)
"""One pair of rates for every marker. A laboratory that has rates per marker gives its own."""


@cache
def kit_markers(kit: Kit) -> tuple[str, ...]:
    """Returns the autosomal markers of a kit, in its maker's order.

    >>> len(kit_markers(Kit.GLOBALFILER))
    21
    """
    with resources.files("homeward.genetics").joinpath("data", "kits.csv").open(encoding="utf-8") as stream:
        return tuple(row["locus"] for row in csv.DictReader(stream) if row["kit"] == kit.value)


@cache
def all_kit_markers() -> tuple[str, ...]:
    """Returns every autosomal marker that one of the kits reads, by alphabet."""
    return tuple(sorted({marker for kit in Kit for marker in kit_markers(kit)}))


@cache
def amplicon_sizes(kit: Kit) -> Mapping[str, AmpliconSize]:
    """Returns the sizes of a kit's autosomal markers, in its maker's order; empty where none were published.

    >>> sizes = amplicon_sizes(Kit.GLOBALFILER)
    >>> sizes["D2S441"].longest < sizes["SE33"].shortest
    True
    """
    with resources.files("homeward.genetics").joinpath("data", "amplicons.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kit"] == kit.value]
    sizes = {row["locus"]: AmpliconSize(float(row["shortest"]), float(row["longest"])) for row in rows}
    return MappingProxyType(sizes)
