"""Evidence beside the name that adds to its weight: birth date, service number, unit.

Each is a log10 likelihood ratio of one person against unrelated people, independent of the name given the hypothesis.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import log10

from homeward.errors import InputError

__all__ = [
    "BirthDate", "DateRelation", "Evidence", "birth_date_evidence", "read_birth_date", "service_number_evidence",
    "unit_evidence", "written_birth_date",
]  # fmt: skip

_FIRST_YEAR, _LAST_YEAR = 1850, 2100
_FULL = re.compile(r"(\d{4})-(\d{2})-(\d{2})([?~%])?")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-XX)?([?~%])?")
_YEAR = re.compile(r"(\d{4})(?:-XX(?:-XX)?)?([?~%])?")
_DECADE = re.compile(r"(\d{3})X(?:-XX-XX)?([?~%])?")


@dataclass(frozen=True, slots=True)
class BirthDate:
    """The first and the last day that a birth date in EDTF leaves open, as (year, month, day)."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    doubtful: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


@lru_cache(maxsize=262144)
def read_birth_date(text: str, *, place: str = "birth date") -> BirthDate:
    """Returns a birth date written in EDTF; raises InputError for what is none.

    >>> read_birth_date("1990-05").last
    (1990, 5, 31)
    """
    text = text.strip()
    found = _read(text)
    if found is None and "/" in text:
        first, last = (_read(part) for part in text.split("/", 1))
        if first and last and first.first <= last.last:
            found = BirthDate(first.first, last.last, first.doubtful or last.doubtful)
    if found is None or not _FIRST_YEAR <= found.first[0] <= _LAST_YEAR:
        raise InputError(
            place=place,
            found=f'"{text}"',
            needed="a date in EDTF such as 1990-05-12, 1990-05, 1990, 1990? or 1989/1991",
        )
    return found


def _read(text: str) -> BirthDate | None:
    if match := _FULL.fullmatch(text):
        year, month, day = (int(part) for part in match.groups()[:3])
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            return None
        return BirthDate((year, month, day), (year, month, day), bool(match.group(4)))
    if match := _MONTH.fullmatch(text):
        year, month = int(match.group(1)), int(match.group(2))
        if not 1 <= month <= 12:
            return None
        return BirthDate((year, month, 1), (year, month, monthrange(year, month)[1]), bool(match.group(3)))
    if match := _YEAR.fullmatch(text):
        return BirthDate((int(match.group(1)), 1, 1), (int(match.group(1)), 12, 31), bool(match.group(2)))
    if match := _DECADE.fullmatch(text):
        return BirthDate((int(match.group(1)) * 10, 1, 1), (int(match.group(1)) * 10 + 9, 12, 31), bool(match.group(2)))
    return None


_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")
_FIRST_YEAR_OF_CENTURY = 26
"""Two digits of a birth year from here on are of the twentieth century."""


def written_birth_date(text: str) -> str:
    """Returns a birth date as clerks write it in EDTF, or nothing where it is no date.

    >>> written_birth_date("12.03.1990 р.н."), written_birth_date("1990"), written_birth_date("31.02.90")
    ('1990-03-12', '1990', '')
    """
    if match := _DAY_FIRST.search(text):
        day, month, year = (int(part) for part in match.groups())
        if year < 100:
            year += 1900 if year >= _FIRST_YEAR_OF_CENTURY else 2000
        found = f"{year:04}-{month:02}-{day:02}"
    else:
        plain = _YEAR_FIRST.search(text)
        found = plain.group() if plain else ""
    date = _read(found)
    return found if date is not None and _FIRST_YEAR <= date.first[0] <= _LAST_YEAR else ""


class DateRelation(Enum):
    """How two birth dates stand to each other."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    ONE_DIGIT = "one_digit"
    FIRST_OF_JANUARY = "first_of_january"
    SAME_YEAR = "same_year"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence beside the name: its weight and why, in words."""

    log10_lr: float
    why: str


_YEARS = 45
"""Birth years are taken as even over so many years, days as even over the year: stated, and only roughly true."""
_DAYS = 365.25
_RATES: Mapping[DateRelation, float] = {
    DateRelation.EQUAL: 0.90, DateRelation.COMPATIBLE: 0.95, DateRelation.DAY_AND_MONTH_SWAPPED: 0.01,
    DateRelation.ONE_DIGIT: 0.03, DateRelation.FIRST_OF_JANUARY: 0.02, DateRelation.SAME_YEAR: 0.02,
    DateRelation.DIFFERENT: 0.02,
}  # fmt: skip
_DATE_WORDS = {
    DateRelation.EQUAL: "the same birth date", DateRelation.COMPATIBLE: "birth dates that may be one",
    DateRelation.DAY_AND_MONTH_SWAPPED: "birth dates with day and month exchanged",
    DateRelation.ONE_DIGIT: "birth dates one digit apart",
    DateRelation.FIRST_OF_JANUARY: "the same birth year, and 1 January, which clerks write for an unknown day",
    DateRelation.SAME_YEAR: "the same birth year, another day", DateRelation.DIFFERENT: "another birth date",
}  # fmt: skip


def date_relation(a: BirthDate, b: BirthDate) -> DateRelation:
    """Returns the relation of two birth dates.

    >>> date_relation(read_birth_date("1990-05-12"), read_birth_date("1990-12-05"))
    <DateRelation.DAY_AND_MONTH_SWAPPED: 'day_and_month_swapped'>
    """
    if a.is_day and b.is_day:
        return _of_days(a.first, b.first)
    overlap = a.first <= b.last and b.first <= a.last
    if overlap:
        return DateRelation.COMPATIBLE
    return DateRelation.SAME_YEAR if a.first[0] == b.first[0] == a.last[0] == b.last[0] else DateRelation.DIFFERENT


def _of_days(a: tuple[int, int, int], b: tuple[int, int, int]) -> DateRelation:
    if a == b:
        return DateRelation.EQUAL
    same_year = a[0] == b[0]
    if same_year and a[1:] == (b[2], b[1]):
        return DateRelation.DAY_AND_MONTH_SWAPPED
    written = [f"{y:04}{m:02}{d:02}" for y, m, d in (a, b)]
    if sum(x != y for x, y in zip(*written, strict=True)) == 1:
        return DateRelation.ONE_DIGIT
    if same_year and (1, 1) in (a[1:], b[1:]):
        return DateRelation.FIRST_OF_JANUARY
    return DateRelation.SAME_YEAR if same_year else DateRelation.DIFFERENT


@lru_cache(maxsize=262144)
def birth_date_evidence(a: str, b: str) -> Evidence | None:
    """Returns what two birth dates say; None where one is not given."""
    if not a or not b:
        return None
    one, two = read_birth_date(a), read_birth_date(b)
    relation = date_relation(one, two)
    chance = _chance(relation, one, two)
    weight = log10(_RATES[relation] / chance)
    if one.doubtful or two.doubtful:
        weight /= 2  # a date that its source doubts: half the weight, either way
    return Evidence(weight, _DATE_WORDS[relation])


def _chance(relation: DateRelation, a: BirthDate, b: BirthDate) -> float:
    """Returns how often the birth dates of two unrelated people stand in this relation."""
    day = 1 / (_YEARS * _DAYS)
    if relation in (DateRelation.EQUAL, DateRelation.DAY_AND_MONTH_SWAPPED):
        return day
    if relation is DateRelation.COMPATIBLE:
        return min(1.0, max(_n_days(a), _n_days(b)) * day)
    if relation is DateRelation.ONE_DIGIT:
        return 22 * day  # about so many other dates are one digit away
    if relation is DateRelation.FIRST_OF_JANUARY:
        return 2 / _YEARS * 0.01  # 1 January stands for about one date in a hundred in such lists
    return 1 / _YEARS if relation is DateRelation.SAME_YEAR else 1.0 - 1 / _YEARS


def _n_days(date: BirthDate) -> float:
    (y1, m1, d1), (y2, m2, d2) = date.first, date.last
    return max(1.0, (y2 - y1) * _DAYS + (m2 - m1) * 30.4 + (d2 - d1) + 1)


def service_number_evidence(a: str, b: str) -> Evidence | None:
    """Returns what two service numbers say; None where one is not given.

    >>> service_number_evidence("АА-123456", "aa 123456").why
    'the same service number'
    """
    one, two = _plain_number(a), _plain_number(b)
    if not one or not two:
        return None
    chance = 10.0 ** -min(sum(c.isdigit() for c in max(one, two, key=len)), 6)
    if one == two:
        return Evidence(log10(0.92 / chance), "the same service number")
    if len(one) == len(two) and sum(x != y for x, y in zip(one, two, strict=True)) == 1:
        return Evidence(log10(0.04 / (9 * len(one) * chance)), "service numbers one sign apart")
    return Evidence(log10(0.04), "another service number")


_LATIN_LIKE = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")


def _plain_number(text: str) -> str:
    return re.sub(r"[\W_]", "", text.upper().translate(_LATIN_LIKE))


def unit_evidence(a: str, b: str, frequency: float = 0.01) -> Evidence | None:
    """Returns what two units or places say; None where one is not given. A difference says little."""
    one, two = _plain_unit(a), _plain_unit(b)
    if not one or not two:
        return None
    if one == two or (one[0] and one[0] == two[0]):
        return Evidence(log10(0.6 / max(frequency, 1e-4)), "the same unit")
    return Evidence(log10(0.4 / 0.99), "another unit, or written otherwise")


def _plain_unit(text: str) -> tuple[str, str] | None:
    """Returns the digits and the letters of a unit: 79 ОДШБр and 79-та бригада share the digits."""
    if not text.strip():
        return None
    return "".join(re.findall(r"\d+", text)[:1]), "".join(c for c in text.casefold() if c.isalpha())
