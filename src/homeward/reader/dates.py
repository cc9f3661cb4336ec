"""Dates: what "on Thursday" or "November of the previous year" means, as EDTF, from the day of publication.

A date without a year is the latest one that is not after publication. Nothing is guessed: without a day of publication
a weekday stays untold (None) while its words are kept.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from homeward.reader.relative_dates import Found, ago, on_weekday, relative
from homeward.reader.terms import DateMention, Term

__all__ = ["Calendar", "fold_dates"]

_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


@dataclass
class Calendar:
    """The day of publication, as far as it is known, and the last day that the text told."""

    published: date | None = None
    published_year: int | None = None
    told: date | None = None

    @classmethod
    def of(cls, published: str | None) -> "Calendar":
        """Returns the calendar of a document published on `published` (YYYY, YYYY-MM or YYYY-MM-DD, or unknown).

        A month alone is taken at its end, so that its own days are not read as a year before.
        """
        if published is None:
            return cls()
        year, month, day = (*(int(part) for part in published.split("-")), 0, 0)[:3]
        try:
            known = date(year, month or 12, day or monthrange(year, month or 12)[1])
        except ValueError:
            return cls()
        return cls(known, year, None)

    def year_of(self, month: int, day: int = 1) -> int | None:
        """Returns the year of the latest such day that is not after publication (a fortnight ahead is allowed)."""
        if self.published is None:
            return None
        year = self.published.year
        day = min(day, monthrange(year, month)[1])
        return year if date(year, month, day) <= self.published + timedelta(days=14) else year - 1


def fold_dates(terms: list[Term], calendar: Calendar) -> list[Term]:
    """Returns the terms with each date expression as one term; `calendar` remembers the last day told."""
    folded: list[Term] = []
    position = 0
    while position < len(terms):
        found = _date_at(terms, position, calendar)
        if found is None:
            folded.append(terms[position])
            position += 1
            continue
        run = terms[position : position + found.length]
        folded.append(
            replace(
                run[0],
                end=run[-1].end,
                text=" ".join(term.text for term in run),
                lower=" ".join(term.lower for term in run),
                entries=(),
                figure=False,
                date=DateMention(found.edtf, found.since),
            )
        )
        calendar.told = found.day or calendar.told
        position += found.length
    return folded


def _date_at(terms: Sequence[Term], position: int, calendar: Calendar) -> Found | None:
    window = terms[position : position + 14]
    if window[0].is_("date_link", "since") and len(window) > 1:
        skip = 2 if window[1].is_("determiner") and len(window) > 2 else 1
        point = _point(window[skip:], calendar, linked=True)
        return point and replace(point, length=point.length + skip, edtf=point.edtf and f"{point.edtf}/..", since=True)
    if window[0].is_("date_link", "between") and len(window) > 3:
        return _interval(window, calendar)
    skip = 1 if window[0].is_("date_link", "on") and len(window) > 1 else 0
    point = _point(window[skip:], calendar, linked=bool(skip))
    return point and replace(point, length=point.length + skip)


def _interval(window: Sequence[Term], calendar: Calendar) -> Found | None:
    """Returns "between May 23 and May 25" as an interval."""
    first = _point(window[1:], calendar, linked=True)
    if first is None or 1 + first.length >= len(window) or not window[1 + first.length].is_("date_link", "and"):
        return None
    second = _point(window[2 + first.length :], calendar, linked=True)
    if second is None:
        return None
    edtf = f"{first.edtf}/{second.edtf}" if first.edtf and second.edtf and "/" not in first.edtf + second.edtf else None
    return Found(2 + first.length + second.length, edtf, second.day)


def _point(window: Sequence[Term], calendar: Calendar, *, linked: bool = False) -> Found | None:
    """Returns the date at the start of `window`; a year alone counts only when `linked` by a preposition."""
    if not window:
        return None
    if window[0].is_("determiner") and len(window) > 1:
        point = _point(window[1:], calendar) if not window[1].is_("determiner") else None
        return point and replace(point, length=point.length + 1)
    for reader in (_numeric, relative, _month_first, _day_first, _weekday, _ago, _season):
        found = reader(window, calendar)
        if found is not None:
            return found
    year = _year(window[0])
    if (
        year
        and len(window) > 2
        and window[1].is_("number_words", "range")
        and (last := _year(window[2]))
        and last > year
    ):
        return Found(3, f"{year}/{last}")
    return Found(1, str(year)) if linked and year else None


def _numeric(window: Sequence[Term], _calendar: Calendar) -> Found | None:
    """Returns 2025-06-02 or 02.06.2025."""
    text = window[0].lower
    if not window[0].figure or len(text) < 8:
        return None
    parts = text.split("-") if "-" in text else text.split(".")[::-1]
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    day = _day(*(int(part) for part in parts))
    return Found(1, day.isoformat(), day) if day else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(term: Term) -> int | None:
    four = term.figure and len(term.lower) == 4 and term.lower.isdecimal()
    return int(term.lower) if four and "1900" <= term.lower <= "2099" else None


def _day_number(term: Term) -> int | None:
    return int(term.lower) if term.figure and term.lower.isdecimal() and 1 <= int(term.lower) <= 31 else None


def _month_number(term: Term) -> int | None:
    entry = term.get("date_month")
    return int(entry.name) if entry else None


def _year_after(window: Sequence[Term], calendar: Calendar) -> tuple[int | None, int]:
    """Returns the year after a month or day, and the terms it takes: "2025", ", 2025", "of last year"."""
    rest = [*window[:3]]
    if rest and (year := _year(rest[0])):
        return year, 1
    if len(rest) > 1 and rest[0].is_("marks", "comma") and (year := _year(rest[1])):
        return year, 2
    skip = 1 if rest and rest[0].is_("date_link", "of") else 0
    if len(rest) > skip and (entry := rest[skip].get("date_period")) and entry.name.startswith("year_"):
        return calendar.published_year and calendar.published_year + int(entry.name[5:]), skip + 1
    if skip and len(rest) > 1 and (year := _year(rest[1])):
        return year, 2
    return None, 0


def _month_first(window: Sequence[Term], calendar: Calendar) -> Found | None:
    """Returns "June 9, 10 and 12", "June 2, 2025", "late January", "last October", "November of the previous year"."""
    part = next((name for name in _PARTS if window[0].is_("date_part", name)), None)
    last = window[0].is_("date_link", "last")
    skip = 1 if part or last else 0
    if part and len(window) > 1 and window[1].is_("date_link", "of"):
        skip = 2
    month = _month_number(window[skip]) if len(window) > skip else None
    if month is None:
        return None
    length = skip + 1
    # "Oct. 2": the full stop is one of the abbreviation, and stays one where no day follows.
    if len(window) > length + 1 and _abbreviated(window[skip], window[length]) and _days(window[length + 1 :])[0]:
        length += 1
    days: list[int] = []
    if not part and not last:
        days, used = _days(window[length:])
        length += used
    year, used = _year_after(window[length:], calendar)
    length += used
    if last and year is None and calendar.published is not None:
        year = calendar.published.year - (month >= calendar.published.month)
    return _of_month(month, days, part, year, length, calendar)


def _abbreviated(month: Term, stop: Term) -> bool:
    return stop.text == "." and stop.start == month.end and len(month.text) <= 4


def _of_month(
    month: int, days: list[int], part: str | None, year: int | None, length: int, calendar: Calendar
) -> Found:
    year = year or calendar.year_of(month, days[0] if days else 1)
    if year is None:
        return Found(length, None)
    if part:
        first, last = _PARTS[part]
        last = min(last, monthrange(year, month)[1])
        return Found(
            length, f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{last:02}", date(year, month, first)
        )
    if not days:
        return Found(length, f"{year:04}-{month:02}")
    dates = [day for number in days if (day := _day(year, month, number))]
    if not dates:
        return Found(length, f"{year:04}-{month:02}")
    if len(dates) == 1:
        return Found(length, dates[0].isoformat(), dates[0])
    return Found(length, "{" + ",".join(day.isoformat() for day in dates) + "}", dates[-1])


def _days(window: Sequence[Term]) -> tuple[list[int], int]:
    """Returns the days at the start of `window`, "9, 10 and 12", and the number of terms they take."""
    if not window or (first := _day_number(window[0])) is None:
        return [], 0
    if len(window) > 1 and _joined(window[0], window[1]):
        if not window[1].is_("date_link", "ordinal"):
            return [], 0
        return [first], 2
    days, length = [first], 1
    while length + 1 < len(window) and window[length].is_("date_link", "and"):
        following = _day_number(window[length + 1])
        after = window[length + 2] if length + 2 < len(window) else None
        # "On June 9 and 12 bodies" has one day, "June 9 and 12" has two.
        if following is None or following <= days[-1] or (after and _counts(after)):
            break
        days.append(following)
        length += 2
    return days, length


def _counts(term: Term) -> bool:
    """Returns whether the figure before `term` counts something and is no day."""
    return term.is_("noun") or term.is_("adjective") or term.is_("party") or term.is_("number_scales") or term.figure


def _joined(first: Term, second: Term) -> bool:
    return first.end == second.start and second.lower[:1].isalpha()


def _day_first(window: Sequence[Term], calendar: Calendar) -> Found | None:
    """Returns "2 June", "2 June 2025", "23-25 May"."""
    days, length = _days(window)
    if not days or length >= len(window):
        return None
    if window[length].is_("date_link", "of"):
        length += 1
    month = _month_number(window[length]) if length < len(window) else None
    if month is None:
        return None
    length += 1
    if len(window) > length + 1 and _abbreviated(window[length - 1], window[length]) and _year(window[length + 1]):
        length += 1
    year, used = _year_after(window[length:], calendar)
    return _of_month(month, days, None, year, length + used, calendar)


def _weekday(window: Sequence[Term], calendar: Calendar) -> Found | None:
    """Returns the latest such weekday not after publication; "next Friday" is the one to come."""
    shift = window[0].get("date_link", "last", "next")
    skip = 1 if shift else 0
    entry = window[skip].get("date_weekday") if len(window) > skip else None
    if entry is None:
        return None
    length = skip + 1
    if len(window) > length and window[length].is_("date_link", "time_of_day"):
        length += 1
    if len(window) > length + 1 and window[length].is_("marks", "comma"):
        exact = _month_first(window[length + 1 :], calendar) or _day_first(window[length + 1 :], calendar)
        if exact and exact.day:
            return replace(exact, length=exact.length + length + 1)
    return on_weekday(int(entry.name), calendar, length=length, is_next=shift is not None and shift.name == "next")


def _ago(window: Sequence[Term], calendar: Calendar) -> Found | None:
    """Returns "three weeks ago"."""
    if len(window) < 3 or not window[2].is_("date_link", "ago"):
        return None
    unit = window[1].get("date_unit")
    spelled = window[0].get("number_units")
    number = int(spelled.name) if spelled else _day_number(window[0])
    if unit is None or number is None:
        return None
    return ago(unit.name, number, calendar)


def _season(window: Sequence[Term], calendar: Calendar) -> Found | None:
    """Returns "summer of 2023" with the EDTF code of the season."""
    entry = window[0].get("date_season")
    if entry is None or len(window) < 2:
        return None
    year, used = _year_after(window[1:], calendar)
    return Found(1 + used, f"{year:04}-{entry.name}") if year and used else None
