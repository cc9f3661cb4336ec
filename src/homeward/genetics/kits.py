"""Kits: which autosomal markers a laboratory's kit reads, and how long their fragments are."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType

__all__ = [
    "AmpliconSize",
    "Kit",
    "all_kit_markers",
    "amplicon_lengths",
    "amplicon_sizes",
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

    >>> kits_with({"SE33", "D2S1338"})[0].value
    'GlobalFiler'
    """
    found = [kit for kit in Kit if set(markers) <= set(kit_markers(kit))]
    return tuple(sorted(found, key=lambda kit: len(kit_markers(kit))))


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


@cache
def amplicon_lengths(kit: Kit | None) -> Mapping[str, float]:
    """Returns the middle of the sizes of each marker's fragments, in bases.

    A kit whose sizes are not known, or None, has those of GlobalFiler, where that has the marker.
    """
    sizes = (amplicon_sizes(kit) if kit else {}) or amplicon_sizes(Kit.GLOBALFILER)
    return {marker: size.middle for marker, size in sizes.items()}
