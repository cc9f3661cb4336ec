"""Alleles of short tandem repeats: "14" is fourteen repeats, "9.3" nine repeats and three bases."""

import math
from collections.abc import Iterable

from homeward.errors import InputError

__all__ = ["canonical_allele", "repeats", "sorted_alleles"]


def canonical_allele(text: str) -> str:
    """The one spelling of an allele: no blanks, no ".0", no leading zeros; other names stay as they are.

    >>> canonical_allele(" 14.0"), canonical_allele("9.3"), canonical_allele("<10")
    ('14', '9.3', '<10')
    """
    stripped = text.strip()
    whole, _, fraction = stripped.partition(".")
    if (
        not whole.isascii()
        or not whole.isdigit()
        or not (fraction == "" or (fraction.isascii() and fraction.isdigit()))
    ):
        return stripped
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
