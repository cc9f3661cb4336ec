"""What a marker is, by its name: an autosomal repeat, one of X or Y, the sex marker, a kit's quality sensor, a SNP.

Names, repeat lengths and arms are data (data/markers.csv, after NIST's STRBase and the makers' manuals);
the series DXS, DYS, DYF, QS, IQC and rs are known by their form.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources

from homeward.genetics.names import marker_key

__all__ = [
    "KnownMarker",
    "MarkerType",
    "known_marker",
    "linked_groups",
    "looks_like_snp",
    "marker_type",
    "same_marker_key",
]


class MarkerType(Enum):
    """How a marker is inherited, or that it is none; the values are the names used in data/markers.csv."""

    AUTOSOMAL = "autosomal"
    X = "x"
    Y = "y"
    AMELOGENIN = "amelogenin"
    QUALITY = "quality"
    SNP = "snp"


_SERIES = (
    (re.compile(r"DXS[0-9]+"), MarkerType.X),
    (re.compile(r"DY[SF][0-9]+[A-Z0-9]*"), MarkerType.Y),
    (re.compile(r"(QS|IQC)[A-Z0-9]*"), MarkerType.QUALITY),
    (re.compile(r"AMEL[A-Z]*"), MarkerType.AMELOGENIN),
    (re.compile(r"RS[0-9]+"), MarkerType.SNP),
)
_BASES = frozenset("ACGT")
_NUMBERED = (frozenset("12"), frozenset("1234"))


@dataclass(frozen=True)
class KnownMarker:
    """A marker of the field: its usual name, what it is, how many bases one repeat has, and its chromosome arm."""

    name: str
    type: MarkerType
    bases_of_repeat: int | None = None
    arm: str = ""


@cache
def _by_key() -> tuple[dict[str, KnownMarker], dict[str, str]]:
    """The markers of the data by the key of their name, and the keys of other names with the key that they mean."""
    markers, others = dict[str, KnownMarker](), dict[str, str]()
    with resources.files("homeward.genetics").joinpath("data", "markers.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            bases = row["bases_of_repeat"]
            key = marker_key(row["marker"])
            kind, number = MarkerType(row["type"]), int(bases) if bases else None
            markers[key] = KnownMarker(row["marker"], kind, number, row["arm"])
            others |= {marker_key(other): key for other in row["also"].split(";") if other}
    return markers, others


@cache
def same_marker_key(name: str) -> str:
    """Returns one key for all names of a marker: spellings, other names of the field, the old prefix HUM.

    >>> same_marker_key("ACTBP2") == same_marker_key("se33"), same_marker_key("HUMTH01") == same_marker_key("TH01")
    (True, True)
    """
    markers, others = _by_key()
    key = marker_key(name)
    shorter = key.removeprefix("HUM")
    if key not in markers and (shorter in markers or shorter in others):
        key = shorter
    return others.get(key, key)


@cache
def known_marker(name: str) -> KnownMarker | None:
    """Returns what is known of a marker under any of its names, or None.

    >>> known_marker("Penta_E").bases_of_repeat, known_marker("DXS8378").type, known_marker("Alice")
    (5, <MarkerType.X: 'x'>, None)
    """
    key = same_marker_key(name)
    found = _by_key()[0].get(key)
    if found is None:
        kind = next((kind for form, kind in _SERIES if form.fullmatch(key)), None)
        return KnownMarker(name.strip(), kind) if kind else None
    return found


def looks_like_snp(alleles: frozenset[str]) -> bool:
    """Returns whether alleles are bases, or the numbers that stand for them; no repeat has just 1 and 2."""
    return 0 < len(alleles) <= len(_BASES) and (alleles <= _BASES or alleles in _NUMBERED)


def marker_type(name: str, alleles: frozenset[str] = frozenset()) -> MarkerType:
    """Returns what a marker is: by its name, else by its alleles; an autosomal repeat where neither tells."""
    known = known_marker(name)
    if known is not None:
        return known.type
    return MarkerType.SNP if looks_like_snp(alleles) else MarkerType.AUTOSOMAL


def linked_groups(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Returns the markers that lie on one chromosome arm, or on X, with another: they do not pass on independently.

    >>> linked_groups(["vWA", "D12S391", "TH01"])
    [('vWA', 'D12S391')]
    """
    by_arm: dict[str, list[str]] = {}
    for name in names:
        known = known_marker(name)
        arm = "X" if known and known.type is MarkerType.X else known.arm if known else ""
        if arm:
            by_arm.setdefault(arm, []).append(name)
    return [tuple(group) for group in by_arm.values() if len(group) > 1]
