"""Years and months added to a day and taken from it, as ordinals of `datetime.date`.

Ordinals, because a hundred thousand people are compared with a handful of such days. What lies beyond the calendar
(year 1 to 9999) is one day before it or after it.
"""

import calendar
from datetime import date

__all__ = [
    "AFTER_ALL_DAYS",
    "BEFORE_ALL_DAYS",
    "anniversary",
    "last_birth_day_of_age",
    "last_day_before_months",
    "months_later",
]

BEFORE_ALL_DAYS = date.min.toordinal() - 1
AFTER_ALL_DAYS = date.max.toordinal() + 1


def anniversary(born: int, years: int) -> int:
    """Returns the day on which somebody born on `born` completes `years` years.

    Born on 29 February: 1 March in common years, since a year of life is complete when its last day is over.

    >>> date.fromordinal(anniversary(date(2004, 2, 29).toordinal(), 25))
    datetime.date(2029, 3, 1)
    """
    day = date.fromordinal(born)
    year = day.year + years
    if year > date.max.year:
        return AFTER_ALL_DAYS
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1).toordinal()
    return day.replace(year=year).toordinal()


def last_birth_day_of_age(on: int, years: int) -> int:
    """Returns the last birth day of those who have completed `years` years by the day `on`.

    >>> date.fromordinal(last_birth_day_of_age(date(2029, 2, 28).toordinal(), 25))
    datetime.date(2004, 2, 28)
    """
    day = date.fromordinal(on)
    year = day.year - years
    if year < date.min.year:
        return BEFORE_ALL_DAYS
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28).toordinal()
    return day.replace(year=year).toordinal()


def months_later(day: int, months: int) -> int:
    """Returns the same day of the month `months` later; the 29th to the 31st fall to the end of a shorter month.

    >>> date.fromordinal(months_later(date(2024, 1, 31).toordinal(), 1))
    datetime.date(2024, 2, 29)
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return AFTER_ALL_DAYS
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def last_day_before_months(on: int, months: int) -> int:
    """Returns the last day that lies more than `months` months before `on`: `months_later` of it is before `on`.

    >>> date.fromordinal(last_day_before_months(date(2025, 3, 1).toordinal(), 12))
    datetime.date(2024, 2, 29)
    """
    if on <= date.min.toordinal():
        return BEFORE_ALL_DAYS
    eve = date.fromordinal(on - 1)
    year, month = divmod(eve.year * 12 + eve.month - 1 - months, 12)
    if year < date.min.year:
        return BEFORE_ALL_DAYS
    length = calendar.monthrange(year, month + 1)[1]
    # At the end of a month the longer days of an earlier month have fallen to it as well.
    ends_month = eve.day == calendar.monthrange(eve.year, eve.month)[1]
    return date(year, month + 1, length if ends_month else min(eve.day, length)).toordinal()
