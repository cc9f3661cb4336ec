"""Dates in Ukrainian and Russian: "26 лютого", "у четвер", "минулого тижня", "в октябре прошлого года", as EDTF.

A date without a year is the latest one that is not after publication (`reader.dates.Calendar`). Nothing is guessed.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from homeward.reader.dates import Calendar
from homeward.reader.languages.slavic.words import Word
from homeward.reader.relative_dates import Found, ago, on_weekday, relative
from homeward.reader.terms import DateMention

__all__ = ["fold_dates"]

_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_WINDOW = 12


def fold_dates(words: Sequence[Word], calendar: Calendar) -> list[Word]:
    """Returns the words with each date expression as one; `calendar` remembers the last day told."""
    folded: list[Word] = []
    position = 0
    while position < len(words):
        found = _date_at(words[position : position + _WINDOW], calendar)
        if found is None:
            folded.append(words[position])
            position += 1
            continue
        run = words[position : position + found.length]
        text, lower = " ".join(word.text for word in run), " ".join(word.lower for word in run)
        mention = DateMention(found.edtf, found.since)
        folded.append(
            replace(
                run[0], end=run[-1].end, text=text, lower=lower, entries=(), figure=False, date=mention, readings=()
            )
        )
        calendar.told = found.day or calendar.told
        position += found.length
    return folded


def _date_at(window: Sequence[Word], calendar: Calendar) -> Found | None:
    if not window[0].figure and not window[0].entries:
        return None
    if (interval := _interval(window, calendar)) is not None:
        return interval
    if window[0].is_("date_link", "since") and len(window) > 1 and window[0].is_("preposition", "from"):
        point = _point(window[1:], calendar)
        # "з 2022 року", "с октября" opens a period; "из Киева" is no date.
        return point and replace(point, length=point.length + 1, edtf=point.edtf and f"{point.edtf}/..", since=True)
    skip = 1 if window[0].is_("date_link", "on") and len(window) > 1 else 0
    point = _point(window[skip:], calendar)
    return point and replace(point, length=point.length + skip)


def _interval(window: Sequence[Word], calendar: Calendar) -> Found | None:
    """Returns "з 23 по 25 травня" as an interval."""
    if len(window) < 5 or not window[0].is_("date_link", "since") or window[2].lower not in ("по", "до"):
        return None
    last = _day_of_month(window[3:], calendar)
    first = int(window[1].lower) if window[1].figure and window[1].lower.isdecimal() else 0
    if last is None or last.day is None or not 1 <= first < last.day.day:
        return None
    return Found(3 + last.length, f"{last.day.replace(day=first).isoformat()}/{last.day.isoformat()}", last.day)


def _point(window: Sequence[Word], calendar: Calendar) -> Found | None:
    for read in (_numeric, relative, _day_of_month, _month, _weekday, _ago, _season, _year_alone):
        if window and (found := read(window, calendar)) is not None:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(window: Sequence[Word], _calendar: Calendar) -> Found | None:
    """Returns 2026-02-26 or 26.02.2026."""
    text = window[0].lower
    if not window[0].figure or len(text) < 8:
        return None
    parts = text.split("-") if "-" in text else text.split(".")[::-1]
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    day = _day(*(int(part) for part in parts))
    return Found(1, day.isoformat(), day) if day else None


def _year(word: Word) -> int | None:
    digits = word.figure and len(word.lower) == 4 and word.lower.isdecimal()
    return int(word.lower) if digits and "1900" <= word.lower <= "2099" else None


def _year_after(window: Sequence[Word], calendar: Calendar) -> tuple[int | None, int]:
    """Returns the year after a day or month, and the words it takes: "2025 року", "2025 р.", "прошлого года"."""
    if window and (year := _year(window[0])):
        length = 1
        if len(window) > 1 and window[1].is_("date_link", "year"):
            length = 3 if len(window) > 2 and window[2].text == "." and window[1].lower in ("р", "г") else 2
        return year, length
    if window and (entry := window[0].get("date_period")) and entry.name.startswith("year_"):
        return calendar.published_year and calendar.published_year + int(entry.name[5:]), 1
    return None, 0


def _month_number(word: Word) -> int | None:
    entry = word.get("date_month")
    # "лютий" is fierce too, and a surname; a month stands in the genitive or locative, as a rule in lower case.
    return int(entry.name) if entry and not word.capital else None


def _day_of_month(window: Sequence[Word], calendar: Calendar) -> Found | None:
    """Returns "26 лютого", "2, 3 і 9 червня 2025 року"."""
    days: list[int] = []
    place = 0
    while place < len(window) and window[place].figure and window[place].lower.isdecimal():
        number = int(window[place].lower)
        if not 1 <= number <= 31:
            return None
        days.append(number)
        place += 1
        # "26-го лютого"
        if place < len(window) and window[place].glued and len(window[place].lower) <= 2:
            place += 1
        if place < len(window) and window[place].is_("date_link", "and") and len(days) < 6:
            place += 1
            continue
        break
    month = _month_number(window[place]) if days and place < len(window) else None
    if month is None:
        return None
    year, used = _year_after(window[place + 1 :], calendar)
    year = year or calendar.year_of(month, days[0])
    length = place + 1 + used
    dates = [day for number in days if year and (day := _day(year, month, number))]
    if not dates:
        return Found(length, None)
    edtf = dates[0].isoformat() if len(dates) == 1 else "{" + ",".join(day.isoformat() for day in dates) + "}"
    return Found(length, edtf, dates[-1])


def _month(window: Sequence[Word], calendar: Calendar) -> Found | None:
    """Returns "жовтень минулого року", "на початку січня", "в октябре"."""
    part = next((name for name in _PARTS if window[0].is_("date_part", name)), None)
    last = window[0].is_("date_link", "last")
    skip = 1 if part or last else 0
    month = _month_number(window[skip]) if skip < len(window) else None
    if month is None:
        return None
    if not window[skip].cases & {"gent", "loct", "nomn", "accs", "datv", "ablt"}:
        return None
    year, used = _year_after(window[skip + 1 :], calendar)
    if year is None:
        year = calendar.year_of(month)
        if last and calendar.published is not None:
            year = calendar.published.year - (month >= calendar.published.month)
    length = skip + 1 + used
    if year is None:
        return Found(length, None)
    if part:
        first, end = _PARTS[part]
        end = min(end, monthrange(year, month)[1])
        return Found(length, f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{end:02}", date(year, month, first))
    return Found(length, f"{year:04}-{month:02}")


def _weekday(window: Sequence[Word], calendar: Calendar) -> Found | None:
    """Returns the latest such weekday not after publication; "у четвер, 26 лютого" is that day."""
    shift = window[0].get("date_link", "last", "next")
    skip = 1 if shift else 0
    entry = window[skip].get("date_weekday") if len(window) > skip else None
    # "Неділя" is a week in Russian spelling and "середа" an environment: a weekday stands in the accusative.
    if entry is None or "accs" not in window[skip].cases:
        return None
    length = skip + 1
    if len(window) > length and window[length].is_("date_link", "time_of_day"):
        length += 1
    if len(window) > length + 1 and window[length].is_("marks", "comma"):
        exact = _day_of_month(window[length + 1 :], calendar)
        if exact is not None:
            return replace(exact, length=exact.length + length + 1)
    return on_weekday(int(entry.name), calendar, length=length, is_next=shift is not None and shift.name == "next")


def _ago(window: Sequence[Word], calendar: Calendar) -> Found | None:
    """Returns "три тижні тому"."""
    if len(window) < 3 or not window[2].is_("date_link", "ago"):
        return None
    unit, spelled = window[1].get("date_unit"), window[0].get("number_units")
    number = int(spelled.name) if spelled else int(window[0].lower) if window[0].lower.isdecimal() else None
    if unit is None or number is None or number > 200:
        return None
    return ago(unit.name, number, calendar)


def _season(window: Sequence[Word], calendar: Calendar) -> Found | None:
    """Returns "влітку 2023 року" with the EDTF code of the season."""
    entry = window[0].get("date_season")
    year, used = _year_after(window[1:], calendar) if entry else (None, 0)
    return Found(1 + used, f"{year:04}-{entry.name}") if entry and year else None


def _year_alone(window: Sequence[Word], calendar: Calendar) -> Found | None:
    """Returns "2025 року"; a number alone is no year."""
    year, used = _year_after(window, calendar)
    return Found(used, str(year)) if year and used > 1 else None
