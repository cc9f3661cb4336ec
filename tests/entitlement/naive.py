"""The law of entitlement a second time, day by day: every possible birth day with every possible day of capture.

Slow, without thresholds, windows or ordinals. Years are counted birthday by birthday, months end by end.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

DAY = timedelta(days=1)
# Dates without a margin, and empty ones, may be any day: long ago, lately, and days between.
LONG_AGO, LATELY = date(1975, 1, 1), date(2031, 12, 31)


@dataclass(frozen=True)
class Term:
    """The conditions of a term as the file gives them."""

    at_least: int | None = None
    under: int | None = None
    age_on: str | date = ""
    health: frozenset[str] = frozenset()
    sex: str = ""
    months: int | None = None


def days(text: str) -> list[date]:
    """Returns every day that a date may mean, looked for one by one."""
    if not text or re.search("[?~%]", text):
        return [LONG_AGO, *_each(date(1999, 1, 1), date(2013, 12, 31), step=16), LATELY]
    if text.startswith("["):
        return [day for part in text[1:-1].split(",") for day in days(part)]
    if "/" in text:
        start, end = text.split("/")
        first = LONG_AGO if start == ".." else min(days(start))
        last = LATELY if end == ".." else max(days(end))
        return list(_each(first, last))
    pattern = re.compile((text + "-XX-XX"[3 * text.count("-") :]).replace("X", r"\d"))
    first, last = (int(text[:4].replace("X", digit)) for digit in "09")
    return [day for day in _each(date(first, 1, 1), date(last, 12, 31)) if pattern.fullmatch(day.isoformat())]


def _each(first: date, last: date, step: int = 1) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += step * DAY


def completed_years(born: date, on: date) -> int:
    """Returns how many birthdays somebody had by the day `on`; the first day of life is none."""
    years = on.year - born.year
    leap_child = (born.month, born.day) == (2, 29) and not calendar.isleap(on.year)
    birthday = (3, 1) if leap_child else (born.month, born.day)
    return years if (on.month, on.day) >= birthday else years - 1


def full_after(start: date, months: int) -> date:
    """Returns the day on which so many months are full, month by month, the day cut off at the end of the last."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def answer(term: Term, on: date, person: dict[str, str]) -> str:
    """Returns yes, no or unknown: what is common to every world that is possible."""
    if person["status"] in {"returned", "died"} or person["wish"] == "no":
        return "no"
    worlds = {
        age and held and health and sex
        for (age, held), health, sex in product(_dates(term, on, person), _health(term, person), _sex(term, person))
    }
    if worlds == {False}:
        return "no"
    return "yes" if worlds == {True} and person["status"] == "held" else "unknown"


def _dates(term: Term, on: date, person: dict[str, str]) -> set[tuple[bool, bool]]:
    births = days(person["birth_date"]) if term.age_on else [date(1990, 1, 1)]
    captures = days(person["captured_on"]) if term.months or term.age_on == "capture" else [date(2022, 1, 1)]
    if term.age_on == "capture":
        return {(_of_age(term, on, born, caught), _long(term, on, caught)) for born in births for caught in captures}
    ages = {_of_age(term, on, born, captures[0]) for born in births}
    return set(product(ages, {_long(term, on, caught) for caught in captures}))


def _of_age(term: Term, on: date, born: date, caught: date) -> bool:
    if not term.age_on:
        return True
    day = {"exchange": on, "capture": caught}.get(str(term.age_on), term.age_on)
    assert isinstance(day, date)
    years = completed_years(born, day)
    return (term.at_least is None or years >= term.at_least) and (term.under is None or years < term.under)


def _long(term: Term, on: date, caught: date) -> bool:
    return term.months is None or full_after(caught, term.months) < on


def _health(term: Term, person: dict[str, str]) -> set[bool]:
    if not term.health or person["commission"] == "repatriate":
        return {True}
    if person["commission"] == "not":
        return {False}
    if person["health"] in {"", "unknown"}:
        return {True, False}
    return {person["health"] in term.health}


def _sex(term: Term, person: dict[str, str]) -> set[bool]:
    if not term.sex:
        return {True}
    return {True, False} if person["sex"] in {"", "unknown"} else {person["sex"] == term.sex}


def last_day_of_yes(term: Term, on: date, person: dict[str, str]) -> date | None:
    """Returns the last day before the first on which some possible birth day no longer agrees; None without end."""
    if answer(term, on, person) != "yes" or term.under is None or term.age_on != "exchange":
        return None
    oldest = min(days(person["birth_date"]))
    day = on
    while completed_years(oldest, day + DAY) < term.under:
        day += DAY
    return day
