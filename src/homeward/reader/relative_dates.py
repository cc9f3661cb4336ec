"""Dates told from the day of publication, in every language: "yesterday", "last week", "three weeks ago"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from homeward.reader.dates import Calendar
    from homeward.reader.lexicon import Entry

__all__ = ["Found", "ago", "on_weekday", "period", "relative"]


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression of `length` words: as EDTF, where the day of publication is known, and its last day."""

    length: int
    edtf: str | None
    day: date | None = None
    since: bool = False


class Worded(Protocol):
    """A word or phrase that knows its entries of the lexicon."""

    def get(self, category: str, *names: str) -> "Entry | None": ...


def relative(window: Sequence[Worded], calendar: "Calendar") -> Found | None:
    """Returns "yesterday", "the day before", "last week", "the previous month"."""
    if entry := window[0].get("date_day"):
        day = calendar.published and calendar.published + timedelta(days=int(entry.name))
        return Found(1, day.isoformat() if day else None, day)
    if entry := window[0].get("date_day_before"):
        base = calendar.told or calendar.published
        day = base and base + timedelta(days=int(entry.name))
        return Found(1, day.isoformat() if day else None, day)
    entry = window[0].get("date_period")
    if entry is None:
        return None
    unit, _, shift = entry.name.partition("_")
    return Found(1, period(unit, int(shift), calendar.published))


def on_weekday(number: int, calendar: "Calendar", *, length: int, is_next: bool) -> Found:
    """Returns the last day of the week with this number (Monday is 1) up to publication, or the next one after it."""
    if calendar.published is None:
        return Found(length, None)
    back = (calendar.published.isoweekday() - number) % 7
    if is_next:
        # Published on a Friday, "Friday" is that day and "next Friday" a week later.
        back = back - 7 if back else -7
    day = calendar.published - timedelta(days=back)
    return Found(length, day.isoformat(), day)


def ago(unit: str, number: int, calendar: "Calendar") -> Found:
    """Returns "three weeks ago", an expression of three words."""
    if calendar.published is None:
        return Found(3, None)
    if unit in ("day", "week"):
        day = calendar.published - timedelta(days=number * (7 if unit == "week" else 1))
        return Found(3, day.isoformat() if unit == "day" else period("week", -number, calendar.published), day)
    return Found(3, period(unit, -number, calendar.published))


def period(unit: str, shift: int, published: date | None) -> str | None:
    """Returns the week, month or year `shift` away from publication as EDTF."""
    if published is None:
        return None
    if unit == "year":
        return f"{published.year + shift:04}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}"
    monday = published - timedelta(days=published.weekday() - 7 * shift)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
