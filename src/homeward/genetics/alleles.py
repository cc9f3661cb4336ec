"""Alleles of short tandem repeats: "14" is fourteen repeats, "9.3" nine repeats and three bases.

``read_alleles`` is the one reader of what stands in a cell or a list: tables, families, cases and replicates use it.
"""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from homeward.errors import InputError
from homeward.genetics.marker_types import MarkerType, known_marker

__all__ = [
    "AlleleReading",
    "SetAside",
    "allele_fault",
    "canonical_allele",
    "is_not_read",
    "read_alleles",
    "repeats",
    "sorted_alleles",
]

_NOT_READ = frozenset(
    ["", "-", "--", "–", "—", "−", "na", "n/a", "n.a.", "nan", "nd", "n.d.", "nr", "none", "null", ".", "?", "*", "-9"]
)
_OFF_LADDER = frozenset(["ol", "ol?", "off ladder", "off-ladder"])
_REPEATS = re.compile(r"([0-9]{1,2})(?:[.,]([0-9])0?)?")
_SEVERAL = re.compile(r"[0-9]{1,2}(?:[.,][0-9])?(?:\s*[/|;\\]\s*|,?\s+|,)[0-9]{1,2}(?:[.,][0-9])?")
_NUMBER = re.compile(r"[0-9]+([.,][0-9]*)?")
_ZERO = re.compile(r"0+([.,]0*)?")
_MOST_BASES = 6


@dataclass(frozen=True)
class AlleleReading:
    """What one cell or list holds: one or two alleles, none where nothing was read, or why it cannot be used."""

    alleles: tuple[str, ...] = ()
    reason: str = ""
    half_read: bool = False


@dataclass(frozen=True)
class SetAside:
    """One marker of one sample that is not used, with the place and the reason."""

    place: str
    sample: str
    marker: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.marker} of {self.sample} is set aside: {self.reason}"

    def as_json(self) -> dict[str, str]:
        """Returns it as a JSON object."""
        return {"place": self.place, "sample": self.sample, "marker": self.marker, "reason": self.reason}


def is_not_read(text: str) -> bool:
    """Returns whether a sign says that no allele was read, on one or both sides of a stroke.

    >>> [is_not_read(sign) for sign in ("0", "-/-", "N/A", " ", "OL", "10")]
    [True, True, True, True, False, False]
    """
    sign = text.strip().casefold()
    if sign in _NOT_READ or _ZERO.fullmatch(sign):
        return True
    parts = sign.split("/")
    return len(parts) == 2 and all(part.strip() in _NOT_READ or _ZERO.fullmatch(part.strip()) for part in parts)


def read_alleles(written: Sequence[str], *, marker: str, known: Collection[str] = ()) -> AlleleReading:
    """Returns what was read at a marker: at most two alleles in their one spelling, or the reason to set it aside.

    ``known`` are the alleles that have a frequency: each is an allele, whatever its name. Signs for "not read" are
    no alleles; one sign and one allele are one allele seen.

    >>> read_alleles(["9,3", "6.0"], marker="TH01").alleles
    ('9.3', '6')
    >>> read_alleles(["6,9", ""], marker="TH01").reason
    '"6,9" is no allele of this marker (a repeat of 4 bases has .1 to .3), or two alleles in one cell'
    """
    read = [text.strip() for text in written if not is_not_read(text)]
    alleles: list[str] = []
    for text in read:
        allele = canonical_allele(text)
        if allele not in known and allele.upper() in known:
            allele = allele.upper()
        if allele not in known and text not in known:
            fault = allele_fault(text, marker=marker, known=known)
            if fault:
                return AlleleReading(reason=fault)
            allele = allele.upper() if allele.isalpha() else allele
        alleles.append(allele)
    if len(alleles) > 2:
        return AlleleReading(reason=f"{len(alleles)} alleles ({', '.join(alleles)}), a person has one or two")
    return AlleleReading(tuple(alleles), half_read=len(alleles) == 1 and sum(map(bool, written)) > 1)


def allele_fault(text: str, *, marker: str, known: Collection[str] = ()) -> str:
    """Returns why a text is no allele of a marker, or nothing where it is one."""
    what = known_marker(marker)
    kind = what.type if what else MarkerType.AUTOSOMAL
    if text.casefold() in _OFF_LADDER:
        return f'"{text}" is off the ladder'
    if kind is MarkerType.AMELOGENIN:
        return "" if text.upper() in ("X", "Y") else f'"{text}" is neither X nor Y'
    if kind is MarkerType.SNP:
        bases = text.upper() in ("A", "C", "G", "T") and not known
        return "" if bases else f'"{text}" is no allele of this SNP' + (f" ({', '.join(known)})" if known else "")
    number = _REPEATS.fullmatch(text)
    if number:
        most = (what.bases_of_repeat if what and what.bases_of_repeat else _MOST_BASES) - 1
        if int(number[2] or 0) <= most:
            return ""
        has = f"a repeat of {most + 1} bases has .1 to .{most}"
        return f'"{text}" is no allele of this marker ({has}), or two alleles in one cell'
    if _SEVERAL.fullmatch(text):
        return f'"{text}" is two alleles in one cell'
    return f'"{text}" is no number of repeats such as 14 or 9.3'


def canonical_allele(text: str) -> str:
    """The one spelling of an allele: no blanks, no ".0", no leading zeros, a point; other names stay as they are.

    >>> canonical_allele(" 14.0"), canonical_allele("9,3"), canonical_allele("<10")
    ('14', '9.3', '<10')
    """
    stripped = text.strip()
    if not stripped.isascii() or not _NUMBER.fullmatch(stripped):
        return stripped
    whole, _, fraction = stripped.replace(",", ".").partition(".")
    fraction = fraction.rstrip("0")
    return f"{int(whole)}.{fraction}" if fraction else str(int(whole))


def repeats(allele: str, place: str = "allele") -> tuple[int, str]:
    """Whole repeats and the odd bases of an allele; raises InputError for a name that is no repeat number.

    >>> repeats("9.3")
    (9, '3')
    """
    whole, _, fraction = canonical_allele(allele).partition(".")
    if not (whole.isascii() and whole.isdigit() and (fraction == "" or fraction.isdigit())):
        raise InputError(place=place, found=f'allele "{allele}"', needed='a number of repeats such as "14" or "9.3"')
    return int(whole), fraction


def sorted_alleles(alleles: Iterable[str]) -> tuple[str, ...]:
    """Alleles in ladder order: by length, microvariants between whole repeats, then other names by alphabet.

    >>> sorted_alleles(["10", "9.3", "9", "X"])
    ('9', '9.3', '10', 'X')
    """
    return tuple(sorted(alleles, key=_ladder_key))


def _ladder_key(allele: str) -> tuple[float, str]:
    whole, _, fraction = allele.partition(".")
    numeric = whole.isascii() and whole.isdigit() and (fraction == "" or (fraction.isascii() and fraction.isdigit()))
    return (float(allele), "") if numeric else (math.inf, allele)
