"""What amelogenin and Y markers of a sample say of its sex, and how often they are wrong.

Amelogenin shows X and Y of a man, X of a woman. A Y marker shows an allele of a man, nothing of a woman. Both err, at
the rates of a ``SexModel``; see docs/concepts/sex-markers.md for the formula and the sources.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from homeward.errors import InputError
from homeward.genetics.marker_types import MarkerType, known_marker
from homeward.genetics.pedigrees import Sex

__all__ = ["AMELOGENIN", "CONTRADICTED", "DEFAULT_SEX_MODEL", "SexModel", "SexReading", "sex_marker_name"]

AMELOGENIN = "AMEL"
# What stands for two readings of one marker that differ: a sign for "not read", so that it says nothing of the sex.
CONTRADICTED = ("?",)
_SEX_TYPES = (MarkerType.AMELOGENIN, MarkerType.Y)


def sex_marker_name(text: str) -> str | None:
    """Returns the usual name of amelogenin or a Y marker, or None for any other marker.

    >>> sex_marker_name("Amelogenin"), sex_marker_name("DYS391"), sex_marker_name("TH01")
    ('AMEL', 'DYS391', None)
    """
    known = known_marker(text)
    return known.name if known is not None and known.type in _SEX_TYPES else None


@dataclass(frozen=True)
class SexReading:
    """What a sample shows: the letters at amelogenin (none where it was not read), Y markers read and not read."""

    amelogenin: frozenset[str] = frozenset()
    n_y_read: int = 0
    n_y_unread: int = 0

    @classmethod
    def of(cls, sex_markers: Mapping[str, tuple[str, ...]]) -> "SexReading":
        """Returns the reading of a sample's sex markers by name; an empty reading is a marker that showed nothing.

        >>> SexReading.of({"AMEL": ("X",), "DYS391": ()})
        SexReading(amelogenin=frozenset({'X'}), n_y_read=0, n_y_unread=1)
        """
        known = {name: alleles for name, alleles in sex_markers.items() if alleles != CONTRADICTED}
        y = [bool(alleles) for name, alleles in known.items() if name != AMELOGENIN]
        return cls(frozenset(known.get(AMELOGENIN, ())), sum(y), len(y) - sum(y))

    @property
    def says_anything(self) -> bool:
        """Whether anything was read; Y markers without an allele say something beside an X alone."""
        return bool(self.amelogenin) or self.n_y_read > 0


@dataclass(frozen=True)
class SexModel:
    """How often sex markers err; round numbers beside the published counts, to be replaced by a laboratory's own.

    ``without_y`` is the share of men whose amelogenin shows no Y by nature, ``without_x`` no X; ``foreign_y`` the share
    of women's samples that show a man's Y; ``failed_marker`` the probability that a Y marker of a good sample shows
    nothing; ``wrong_sex`` that the sex itself, in the register or on the label, is wrong; ``male_share`` the share of
    men among people unrelated to a family.
    """

    without_y: float = 0.001
    without_x: float = 0.0005
    foreign_y: float = 0.005
    failed_marker: float = 0.005
    wrong_sex: float = 0.001
    male_share: float = 0.5

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not 0 < value < 1:
                place = f"sex markers, {field.name}"
                raise InputError(place=place, found=f"{value:g}", needed="a share above 0 and below 1")

    def likelihoods(self, reading: SexReading, drop_out: float = 0.0) -> tuple[float, float]:
        """Returns the probability of a reading of a man and of a woman; ``drop_out`` is that of one allele."""
        man, woman = self._of_man(reading, drop_out), self._of_woman(reading, drop_out)
        wrong = self.wrong_sex
        return (1 - wrong) * man + wrong * woman, (1 - wrong) * woman + wrong * man

    def log10_ratio(self, reading: SexReading, sex: Sex, drop_out: float = 0.0) -> float | None:
        """Returns how much more probable the reading is for somebody of this sex than for anybody; None if unknown."""
        if sex is Sex.UNKNOWN or not reading.says_anything:
            return None
        man, woman = self.likelihoods(reading, drop_out)
        anybody = self.male_share * man + (1 - self.male_share) * woman
        return math.log10((man if sex is Sex.MALE else woman) / anybody)

    def contradicts(self, reading: SexReading, sex: Sex, drop_out: float = 0.0) -> bool:
        """Returns whether the reading is more probable for the other sex."""
        man, woman = self.likelihoods(reading, drop_out)
        return man < woman if sex is Sex.MALE else sex is Sex.FEMALE and woman < man

    def _of_man(self, reading: SexReading, drop_out: float) -> float:
        """Each chromosome shows at amelogenin unless it lacks it or dropped out; Y markers fail one by one."""
        likelihood = 1.0
        if reading.amelogenin:
            for letter, lacking in (("X", self.without_x), ("Y", self.without_y)):
                shown = (1 - lacking) * (1 - drop_out)
                likelihood *= shown if letter in reading.amelogenin else 1 - shown
        failed = 1 - (1 - self.failed_marker) * (1 - drop_out)
        return float(likelihood * (1 - failed) ** reading.n_y_read * failed**reading.n_y_unread)

    def _of_woman(self, reading: SexReading, drop_out: float) -> float:
        """No Y anywhere, or a man's, of which each marker shows something or nothing with equal probability."""
        x = (1 - drop_out**2 if "X" in reading.amelogenin else drop_out**2) if reading.amelogenin else 1.0
        n_items = bool(reading.amelogenin) + reading.n_y_read + reading.n_y_unread
        has_y = "Y" in reading.amelogenin or reading.n_y_read > 0
        foreign = self.foreign_y * 0.5**n_items
        return float(x * (foreign if has_y else 1 - self.foreign_y + foreign))


DEFAULT_SEX_MODEL = SexModel()
