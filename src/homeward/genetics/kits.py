"""Kits: which autosomal markers a laboratory's kit reads, how long their fragments are, how often they mutate."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources

__all__ = [
    "DEFAULT_MUTATION_RATES",
    "Kit",
    "MutationRates",
    "all_kit_markers",
    "amplicon_lengths",
    "kit_markers",
    "kits_with",
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


def kits_with(markers: Collection[str]) -> tuple[Kit, ...]:
    """Returns the kits that read all of these markers, the smallest first.

    >>> kits_with({"SE33", "TPOX"})[0].value
    'GlobalFiler'
    """
    found = [kit for kit in Kit if set(markers) <= set(kit_markers(kit))]
    return tuple(sorted(found, key=lambda kit: len(kit_markers(kit))))


@cache
def amplicon_lengths(kit: str) -> Mapping[str, float]:
    """Returns the typical length in bases of each marker's fragments, at the population's mean allele.

    A kit whose lengths are not known has those of GlobalFiler, where that has the marker.
    """
    with resources.files("homeward.genetics").joinpath("data", "amplicons.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    known = {row["kit"] for row in rows}
    wanted = kit if kit in known else Kit.GLOBALFILER.value
    return {row["locus"]: float(row["length"]) for row in rows if row["kit"] == wanted}
