"""The days that an EDTF date of a person may mean, and whether all of them, some or none lie in a window.

`homeward.dates` gives the bounds of a date in the record, where "about 2025" is filed under 2025. Here a person's
freedom rests on the date, so a date marked `?`, `~` or `%` says nothing for certain: no margin is stated.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import product

from homeward.errors import InputError
from homeward.imports.spelling import quoted

__all__ = ["ANY_DAY", "Days", "Doubt", "any_of", "read_days"]

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
NEEDED = "an EDTF date such as 2001-06-15, 2001-06, 2001-XX-XX, 200X, 2001-06-15~ or 2001/2003"

COMPONENT = r"([?~%%]?)([\dX]{%d})([?~%%]?)"
DATE = re.compile(f"{COMPONENT % 4}(?:-{COMPONENT % 2}(?:-{COMPONENT % 2})?)?", re.ASCII)
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
SEASONS = range(21, 42)

Range = tuple[int, int]


class Doubt(Enum):
    """Why a date is not one day."""

    NONE = "none"
    ABSENT = "absent"
    PARTIAL = "partial"
    UNSTATED_MARGIN = "unstated_margin"


@dataclass(frozen=True, slots=True)
class Days:
    """Every day that a date may mean: `ranges` of ordinals, both ends included, sorted and apart."""

    text: str
    ranges: tuple[Range, ...]
    doubt: Doubt

    @property
    def first(self) -> int:
        """The first of the days."""
        return self.ranges[0][0]

    @property
    def last(self) -> int:
        """The last of the days."""
        return self.ranges[-1][1]

    def all_within(self, first: int, last: int) -> bool:
        """Returns whether every day lies from `first` to `last`."""
        return first <= self.first and self.last <= last

    def any_within(self, first: int, last: int) -> bool:
        """Returns whether at least one day lies from `first` to `last`."""
        # A loop, since `any` costs twice as much for the one range of most dates.
        for start, end in self.ranges:  # noqa: SIM110
            if start <= last and end >= first:
                return True
        return False

    def until(self, last: int) -> tuple[Range, ...]:
        """Returns the ranges cut off after the day `last`."""
        return tuple((start, min(end, last)) for start, end in self.ranges if start <= last)


ANY_DAY = Days("", ((FIRST, LAST),), Doubt.ABSENT)


def any_of(dates: Iterable[Days]) -> Days:
    """Returns the days that any of the dates may mean; an absent date says nothing and is left out.

    >>> any_of([read_days("2001"), ANY_DAY, read_days("1999-05")]).text
    '1999-05 or 2001'
    """
    told = sorted({known.text: known for known in dates if known.doubt is not Doubt.ABSENT}.items())
    if not told:
        return ANY_DAY
    if len(told) == 1:
        return told[0][1]
    ranges = _joined(part for _, known in told for part in known.ranges)
    vague = any(known.doubt is Doubt.UNSTATED_MARGIN for _, known in told)
    return Days(" or ".join(text for text, _ in told), ranges, _doubt(ranges, vague=vague))


def read_days(text: str, *, place: str = "date") -> Days:
    """Returns the days that `text` may mean; "" means any day.

    A date with `?`, `~` or `%` may be any day; as the end of an interval it leaves that end open. A season tells
    its year and the winter after it. Raises InputError, naming `place`, where it is no EDTF date.

    >>> [date.fromordinal(read_days("2001-XX-15").first), date.fromordinal(read_days("2001-XX-15").last)]
    [datetime.date(2001, 1, 15), datetime.date(2001, 12, 15)]
    """
    try:
        return _read(text)
    except ValueError:
        raise InputError(place=place, found=quoted(text), needed=NEEDED + _hint(text)) from None
    except InputError as problem:
        raise InputError(place=place, found=quoted(text), needed=problem.needed) from None


@lru_cache(maxsize=65536)
def _read(text: str) -> Days:
    if not text:
        return ANY_DAY
    if text.startswith("[") and text.endswith("]"):
        members = [_member(part.strip()) for part in text[1:-1].split(",")]
        ranges, vague = _joined(part for ranges, _ in members for part in ranges), any(open_ for _, open_ in members)
    elif "/" in text:
        start, end = text.split("/")
        ranges, vague = _interval(start, end)
    else:
        ranges, vague = _date(text)
    return Days(text, ranges, _doubt(ranges, vague=vague))


def _doubt(ranges: tuple[Range, ...], *, vague: bool) -> Doubt:
    if vague:
        return Doubt.UNSTATED_MARGIN
    return Doubt.NONE if ranges[0][0] == ranges[-1][1] else Doubt.PARTIAL


def _member(text: str) -> tuple[tuple[Range, ...], bool]:
    """Returns the days of one member of a one-of set: a date, `1999..2001`, `..2001` or `1999..`."""
    if ".." not in text:
        return _date(text)
    start, end = text.split("..")
    return _interval(start, end)


def _interval(start: str, end: str) -> tuple[tuple[Range, ...], bool]:
    """Returns the days from the first of `start` to the last of `end`; "" and ".." are open."""
    if not start.strip(".") and not end.strip("."):
        raise ValueError(start, end)
    lower, first_vague = (((FIRST, FIRST),), False) if start in {"", ".."} else _date(start)
    upper, last_vague = (((LAST, LAST),), False) if end in {"", ".."} else _date(end)
    if lower[0][0] > upper[-1][1]:
        raise InputError(place="date", found=f"{start}, {end}", needed="an interval that ends after it begins")
    return ((lower[0][0], upper[-1][1]),), first_vague or last_vague


def _date(text: str) -> tuple[tuple[Range, ...], bool]:
    """Returns the days of a date and whether it is marked as uncertain or approximate."""
    match = DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = match[2], match[5] or "", match[8] or ""
    ranges = _joined(_ranges(year, month, day))
    if not ranges:
        raise ValueError(text)
    if any(match[group] for group in (1, 3, 4, 6, 7, 9)):
        return ((FIRST, LAST),), True
    return ranges, False


def _ranges(year: str, month: str, day: str) -> Iterator[Range]:
    for number in _numbers(year):
        if not 1 <= number <= 9999:
            continue
        if not month:
            yield date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal()
        elif "X" not in month and int(month) in SEASONS:
            # A season's months depend on the hemisphere and on who counts, and one of them runs into the next year.
            if not day:
                yield date(number, 1, 1).toordinal(), min(date(number, 12, 31).toordinal() + 90, LAST)
        else:
            yield from _days_of_months(number, month, day)


def _days_of_months(year: int, months: str, days: str) -> Iterator[Range]:
    for month in _numbers(months):
        if not 1 <= month <= 12:
            continue
        length = calendar.monthrange(year, month)[1]
        start = date(year, month, 1).toordinal() - 1
        if days in {"", "XX"}:
            yield start + 1, start + length
        else:
            yield from ((start + day, start + day) for day in _numbers(days) if 1 <= day <= length)


def _numbers(pattern: str) -> list[int]:
    """Returns the numbers that a pattern of digits and X may be, in order."""
    return [int("".join(digits)) for digits in product(*("0123456789" if sign == "X" else sign for sign in pattern))]


def _joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Returns the ranges sorted, those that overlap or touch made one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _hint(text: str) -> str:
    """Returns what the writer may have meant, or nothing."""
    if "х" in text.casefold():
        return "; X is the Latin letter"
    if match := DOTTED.fullmatch(text):
        return f"; did you mean {match[3]}-{int(match[2]):02}-{int(match[1]):02}?"
    return ""
