"""Birth dates as evidence: how two stand to each other, what that weighs, and which differ beyond any usual slip."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from math import log10

from homeward.dates import bounds
from homeward.errors import InputError

__all__ = [
    "MONTH_NAMES", "BirthDate", "DateRelation", "DateWeight", "birth_date_weight", "date_relation", "days_alike",
    "digits_of", "read_birth_date", "written_birth_date",
]  # fmt: skip

_FIRST_DAY, _LAST_DAY = date(1850, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class BirthDate:
    """The first and the last day that a birth date leaves open, and whether its source doubts it."""

    first: date
    last: date
    doubtful: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def n_days(self) -> int:
        """How many days it leaves open."""
        return (self.last - self.first).days + 1


@lru_cache(maxsize=262144)
def read_birth_date(text: str, *, place: str = "birth date") -> BirthDate:
    """Returns a birth date written in EDTF; raises InputError for what is none.

    >>> read_birth_date("1990-05").last
    datetime.date(1990, 5, 31)
    """
    text = text.strip()
    needed = "a date in EDTF such as 1990-05-12, 1990-05, 1990, 1990? or 1989/1991"
    try:
        found = bounds(text, place=place)
    except InputError as error:
        raise InputError(place=place, found=f'"{text}"', needed=needed) from error
    first, last = found.closed(earliest=_FIRST_DAY, latest=_LAST_DAY)
    if not text or not _FIRST_DAY <= first <= last <= _LAST_DAY:
        raise InputError(place=place, found=f'"{text}"', needed=needed)
    return BirthDate(first, last, doubtful=bool(re.search(r"[?~%]", text)))


_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "січня січень января январь january jan", "лютого лютий февраля февраль february feb",
            "березня березень марта март march mar", "квітня квітень апреля апрель april apr",
            "травня травень мая май may", "червня червень июня июнь june jun",
            "липня липень июля июль july jul", "серпня серпень августа август august aug",
            "вересня вересень сентября сентябрь september sept sep", "жовтня жовтень октября октябрь october oct",
            "листопада листопад ноября ноябрь november nov", "грудня грудень декабря декабрь december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
"""The names of the months in three languages, for a pattern; the longest first."""

_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_MONTH_IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})\.?\s+({MONTH_NAMES})\.?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({MONTH_NAMES})\.?\s+(\d{{1,2}}),?\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<!\d)\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})(?=\s*(?:р|г)\.?\s*(?:н|р)?\b)", re.IGNORECASE)
_FIRST_YEAR_OF_CENTURY = 26
"""Two digits of a birth year from here on are of the twentieth century."""


def written_birth_date(text: str) -> str:
    """Returns a birth date as clerks write it in EDTF, or nothing where it is no date.

    >>> written_birth_date("12.03.1990 р.н."), written_birth_date("5 червня 1991"), written_birth_date("31.02.90")
    ('1990-03-12', '1991-06-05', '')
    """
    found = _as_edtf(text)
    try:
        read_birth_date(found)
    except InputError:
        return ""
    return found


def _as_edtf(text: str) -> str:
    if match := _DAY_FIRST.search(text):
        day, month, year = match.groups()
        return f"{_full_year(year):04}-{int(month):02}-{int(day):02}"
    if match := _MONTH_IN_WORDS.search(text):
        return f"{match[3]}-{_MONTHS[match[2].lower()]:02}-{int(match[1]):02}"
    if match := _MONTH_FIRST.search(text):
        return f"{match[3]}-{_MONTHS[match[1].lower()]:02}-{int(match[2]):02}"
    if match := _YEAR_FIRST.search(text):
        return match.group()
    short = _SHORT_YEAR.search(text)
    return str(_full_year(short.group(1))) if short else ""


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= _FIRST_YEAR_OF_CENTURY else 2000)


class DateRelation(Enum):
    """How two birth dates stand to each other; all but the last two are one person's, or may be by a usual slip."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    ONE_DIGIT = "one_digit"
    YEAR_BY_ONE_OR_TEN = "year_by_one_or_ten"
    TWO_DIGITS_SWAPPED = "two_digits_swapped"
    FIRST_OF_JANUARY = "first_of_january"
    SAME_YEAR = "same_year"
    DIFFERENT = "different"


_YEARS = 45
"""Birth years are taken as even over so many years, days as even over the year: stated, and only roughly true."""
_DAYS = 365.25
_RATES: Mapping[DateRelation, float] = {
    DateRelation.EQUAL: 0.91, DateRelation.COMPATIBLE: 0.95, DateRelation.DAY_AND_MONTH_SWAPPED: 0.01,
    DateRelation.ONE_DIGIT: 0.03, DateRelation.YEAR_BY_ONE_OR_TEN: 0.005, DateRelation.TWO_DIGITS_SWAPPED: 0.005,
    DateRelation.FIRST_OF_JANUARY: 0.02, DateRelation.SAME_YEAR: 0.01, DateRelation.DIFFERENT: 0.01,
}  # fmt: skip
_WORDS = {
    DateRelation.EQUAL: "the same birth date", DateRelation.COMPATIBLE: "birth dates that may be one",
    DateRelation.DAY_AND_MONTH_SWAPPED: "birth dates with day and month exchanged",
    DateRelation.ONE_DIGIT: "birth dates one digit apart",
    DateRelation.YEAR_BY_ONE_OR_TEN: "birth dates one year or ten apart",
    DateRelation.TWO_DIGITS_SWAPPED: "birth dates with two neighbouring digits exchanged",
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
    if a.first <= b.last and b.first <= a.last:
        return DateRelation.COMPATIBLE
    one_year = a.first.year == b.first.year == a.last.year == b.last.year
    return DateRelation.SAME_YEAR if one_year else DateRelation.DIFFERENT


def _of_days(a: date, b: date) -> DateRelation:
    if a == b:
        return DateRelation.EQUAL
    same_year, same_day = a.year == b.year, (a.month, a.day) == (b.month, b.day)
    if same_year and (a.month, a.day) == (b.day, b.month):
        return DateRelation.DAY_AND_MONTH_SWAPPED
    apart = [i for i, (x, y) in enumerate(zip(digits_of(a), digits_of(b), strict=True)) if x != y]
    if len(apart) == 1:
        return DateRelation.ONE_DIGIT
    if same_day and abs(a.year - b.year) in (1, 10):
        return DateRelation.YEAR_BY_ONE_OR_TEN
    if _are_swapped(digits_of(a), digits_of(b), apart):
        return DateRelation.TWO_DIGITS_SWAPPED
    if same_year and (1, 1) in ((a.month, a.day), (b.month, b.day)):
        return DateRelation.FIRST_OF_JANUARY
    return DateRelation.SAME_YEAR if same_year else DateRelation.DIFFERENT


def digits_of(day: date) -> str:
    """Returns the eight digits of a day, the key under which a register finds it."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _are_swapped(one: str, two: str, apart: list[int]) -> bool:
    """Whether two neighbouring digits of year, of month or of day are exchanged: 1967 and 1976, 12 and 21."""
    if len(apart) != 2:
        return False
    i, j = apart
    return j == i + 1 and i not in (3, 5) and one[i] == two[j] and one[j] == two[i]


@dataclass(frozen=True, slots=True)
class DateWeight:
    """What two birth dates say: the weight, why, and whether they speak of two people whatever the names say."""

    log10_lr: float
    why: str
    relation: DateRelation
    contradict: bool


@lru_cache(maxsize=262144)
def birth_date_weight(a: str, b: str) -> DateWeight | None:
    """Returns what two birth dates say; None where one is not given."""
    if not a or not b:
        return None
    one, two = read_birth_date(a), read_birth_date(b)
    relation = date_relation(one, two)
    weight = log10(_RATES[relation] / _chance(relation, one, two))
    sure = not one.doubtful and not two.doubtful
    # Two days that both sources state without doubt, and that no usual slip leads from one to the other.
    contradict = sure and one.is_day and two.is_day and relation in (DateRelation.SAME_YEAR, DateRelation.DIFFERENT)
    # A date that its source doubts has half the weight, either way.
    return DateWeight(weight if sure else weight / 2, _WORDS[relation], relation, contradict)


def _chance(relation: DateRelation, a: BirthDate, b: BirthDate) -> float:
    """Returns how often the birth dates of two unrelated people stand in this relation."""
    day = 1 / (_YEARS * _DAYS)
    if relation is DateRelation.COMPATIBLE:
        return min(1.0, max(a.n_days, b.n_days) * day)
    if relation is DateRelation.FIRST_OF_JANUARY:
        return 2 / _YEARS * 0.01  # 1 January stands for about one date in a hundred in such lists
    if relation is DateRelation.SAME_YEAR:
        return 1 / _YEARS
    if relation is DateRelation.DIFFERENT:
        return 1.0 - 1 / _YEARS
    return _N_OTHER_DATES[relation] * day


_N_OTHER_DATES = {
    DateRelation.EQUAL: 1.0, DateRelation.DAY_AND_MONTH_SWAPPED: 1.0,
    DateRelation.ONE_DIGIT: 22.0,
    DateRelation.YEAR_BY_ONE_OR_TEN: 0.6,  # the others of these four are one digit away
    DateRelation.TWO_DIGITS_SWAPPED: 2.0,
}  # fmt: skip
"""How many other dates of living people stand in this relation to a date, about."""


def days_alike(day: date) -> tuple[str, ...]:
    """Returns the digits of the day itself and of those that a slip may make of it; some are no days.

    >>> "19910512" in days_alike(date(1990, 5, 12)), "19740228" in days_alike(date(1990, 5, 12))
    (True, False)
    """
    written = digits_of(day)
    changed = [written[:i] + digit + written[i + 1 :] for i in range(8) for digit in "0123456789"]
    changed += [written[:i] + written[i + 1] + written[i] + written[i + 2 :] for i in (0, 1, 2, 4, 6)]
    changed += [written[:4] + written[6:] + written[4:6]]
    changed += [f"{day.year + years:04}{written[4:]}" for years in (-10, -1, 1, 10)]
    return tuple(dict.fromkeys(changed))
