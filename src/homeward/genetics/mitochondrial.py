"""Mitochondrial haplotypes: differences from the revised Cambridge Reference Sequence within the range that was read.

The notation is that of EMPOP: "16519C" another base, "315.1C" a base inserted after 315, "523-" (or "523del") a base
lost, "16093Y" two bases at once (a heteroplasmy) by the codes of the IUPAC; a range is "16024-576", around the circle.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from homeward.errors import InputError

__all__ = ["LENGTH_VARIANT_SITES", "N_BASES", "MtHaplotype", "MtSite", "mt_haplotype", "mt_range", "reference_base"]

N_BASES = 16_569
LENGTH_VARIANT_SITES = frozenset([16193, 309, *range(311, 316), 455, 463, 573, 3107])
"""Where bases too many or too few are not counted: runs of one base, whose length varies, and the gap at 3107."""

MtSite = tuple[int, int]
"""A position of the reference, and 0, or the number of a base that is inserted after it."""

GAP = "-"
_CODES = {
    **{base: base for base in "ACGT"},
    "R": "AG",
    "Y": "CT",
    "S": "CG",
    "W": "AT",
    "K": "GT",
    "M": "AC",
    "B": "CGT",
    "D": "AGT",
    "H": "ACT",
    "V": "ACG",
}
_DIFFERENCE = re.compile(r"[ACGT]?([0-9]{1,5})(?:\.([0-9]{1,2}))?([A-Z]|-|del)", re.IGNORECASE)
_STRETCH = re.compile(r"([0-9]{1,5})(?:\s*[-–]\s*([0-9]{1,5}))?")


@dataclass(frozen=True)
class MtHaplotype:
    """What was read of a mitochondrial genome: its stretches, and the bases at each site that differs.

    ``bases`` gives for each such site what stands there: bases, or "-" for none; two of them are a heteroplasmy.
    """

    stretches: tuple[tuple[int, int], ...]
    bases: Mapping[MtSite, frozenset[str]]

    @property
    def positions(self) -> frozenset[int]:
        """Every position of the reference that was read."""
        return _positions(self.stretches)

    def at(self, site: MtSite) -> frozenset[str]:
        """Returns what stands at a site within the range: what differs, else the base of the reference."""
        found = self.bases.get(site)
        if found is None:
            return frozenset([GAP if site[1] else reference_base(site[0])])
        return found

    def within(self, stretches: Iterable[tuple[int, int]]) -> "MtHaplotype":
        """Returns what of it lies within other stretches as well."""
        other = tuple(stretches)
        both = sorted((max(a, c), min(b, d)) for a, b in self.stretches for c, d in other if max(a, c) <= min(b, d))
        inside = _positions(tuple(both))
        bases = {site: found for site, found in self.bases.items() if site[0] in inside}
        return MtHaplotype(tuple(both), MappingProxyType(bases))

    def __hash__(self) -> int:
        return hash((self.stretches, frozenset(self.bases.items())))

    def __str__(self) -> str:
        return " ".join(_written(site, bases) for site, bases in sorted(self.bases.items())) or "rCRS"


@lru_cache(maxsize=1_000)
def _positions(stretches: tuple[tuple[int, int], ...]) -> frozenset[int]:
    """Kept by range, not by haplotype: tens of thousands of people share a range."""
    return frozenset(at for first, last in stretches for at in range(first, last + 1))


@cache
def _reference() -> str:
    text = resources.files("homeward.genetics").joinpath("data", "rcrs.txt").read_text(encoding="ascii")
    return "".join(text.split())


def reference_base(position: int) -> str:
    """Returns the base of the revised Cambridge Reference Sequence (NC_012920) at a position; 3107 is N, a gap.

    >>> reference_base(263), reference_base(16519)
    ('A', 'T')
    """
    return _reference()[position - 1]


def mt_range(text: str, *, place: str) -> tuple[tuple[int, int], ...]:
    """Returns the stretches of a range, none past the end of the circle, in order, those that touch as one.

    >>> mt_range("16024-576", place="a range")
    ((1, 576), (16024, 16569))
    """
    found: list[tuple[int, int]] = []
    for part in re.split(r"[;,]\s*|\s+(?=[0-9])", text.strip()):
        stretch = _STRETCH.fullmatch(part.strip())
        first, last = (int(stretch[1]), int(stretch[2] or stretch[1])) if stretch else (0, 0)
        if not (1 <= first <= N_BASES and 1 <= last <= N_BASES):
            needed = f'stretches within 1 to {N_BASES}, such as "16024-16365 73-340" or "16024-576"'
            raise InputError(place=place, found=f'the range "{text[:60]}"', needed=needed)
        found += [(first, last)] if first <= last else [(first, N_BASES), (1, last)]
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def mt_haplotype(differences: str | Iterable[str], *, read: str, place: str) -> MtHaplotype:
    """Returns the haplotype of differences in EMPOP notation, parted by blanks, commas or semicolons.

    The word rCRS says that nothing differs. Raises InputError for nothing at all, for what is no difference, a site
    given twice, one outside the range ``read``, a base that the reference has itself, and an inserted base without the
    one before it.

    >>> str(mt_haplotype("263G 315.1C 16093Y", read="16024-576", place="Alice"))
    '263G 315.1C 16093Y'
    """
    words = re.split(r"[\s,;]+", differences.strip()) if isinstance(differences, str) else list(differences)
    words = [word for word in words if word]
    if not words:
        raise InputError(place=place, found="no differences", needed='differences such as 263G, or "rCRS" for none')
    stretches = mt_range(read, place=place)
    bases: dict[MtSite, frozenset[str]] = {}
    if [word.casefold() for word in words] != ["rcrs"]:
        for word in words:
            site, found = _difference(word, place)
            if bases.setdefault(site, found) != found:
                raise InputError(place=place, found=f'site {_named(site)} twice, again as "{word}"', needed="each once")
    haplotype = MtHaplotype(stretches, MappingProxyType(bases))
    for site in bases:
        if site[0] not in haplotype.positions:
            raise InputError(
                place=place,
                found=f"{_written(site, bases[site])}",
                needed=f"differences within the range {read.strip()}",
            )
        if site[1] > 1 and (site[0], site[1] - 1) not in bases:
            raise InputError(
                place=place, found=f"{_named(site)} without {site[0]}.{site[1] - 1}", needed="inserted bases in order"
            )
    return haplotype


def _difference(word: str, place: str) -> tuple[MtSite, frozenset[str]]:
    """The site of one difference and what stands there; a small letter is a mixture with what the reference has."""
    form = _DIFFERENCE.fullmatch(word)
    sign = form[3] if form else ""
    code = GAP if sign.casefold() in (GAP, "del") else sign.upper()
    if form is None or not 1 <= int(form[1]) <= N_BASES or (code != GAP and code not in _CODES) or form[2] == "0":
        needed = 'a difference such as 16519C, 315.1C, 523- or 16093Y, or "rCRS" for none'
        raise InputError(place=place, found=f'"{word[:40]}"', needed=needed)
    site = (int(form[1]), int(form[2] or 0))
    found = frozenset(GAP if code == GAP else _CODES[code])
    of_reference = GAP if site[1] else reference_base(site[0])
    if sign.islower() and sign != "del":
        found |= {of_reference}
    if found == {of_reference}:
        has = "no base is inserted" if site[1] else f"the reference has {of_reference} itself"
        raise InputError(place=place, found=f'"{word}", where {has}', needed="only what differs from the reference")
    return site, found


def _named(site: MtSite) -> str:
    return f"{site[0]}.{site[1]}" if site[1] else str(site[0])


def _written(site: MtSite, bases: frozenset[str]) -> str:
    """A difference as it stands in a file; a mixture with a gap has the small letter of the base."""
    letters = "".join(sorted(bases - {GAP}))
    code = next((code for code, mixed in _CODES.items() if mixed == letters), letters or GAP)
    return _named(site) + (code.lower() if GAP in bases and letters else code)
