"""EDTF dates in words: "29 January 2026", "late January 2026", "since October 2025"."""

import re
from datetime import date

from homeward.wording.catalogue import Wording

__all__ = ["adverbial", "day", "spell"]

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<mark>[~?%]?)")
_SEASONS = range(21, 42)
_OPEN = {"", ".."}


def day(wording: Wording, value: date) -> str:
    """Returns the day in full: "29 January 2026"."""
    return spell(wording, value.isoformat())


def spell(wording: Wording, edtf: str) -> str:
    """Returns the date in words; what is no date that these words cover is returned as it stands."""
    if "/" not in edtf:
        return _single(wording, edtf) or edtf
    start, _, end = edtf.partition("/")
    first, last = _single(wording, start), _single(wording, end)
    if end in _OPEN and first:
        return wording.say("date.since", date=first)
    if start in _OPEN and last:
        return wording.say("date.until", date=last)
    return wording.say("date.between", first=first, last=last) if first and last else edtf


def adverbial(wording: Wording, edtf: str, *, of_total: bool = False) -> str:
    """Returns the date as it stands in a sentence: "on 29 January 2026", "in October 2025", "since October 2025".

    A running total on one day is a total by that day.
    """
    words = spell(wording, edtf)
    if "/" in edtf or (words == edtf and not edtf[:4].isdigit()):
        return words
    match = _DATE.fullmatch(edtf)
    if match and match["mark"]:
        return words
    if match and match["day"]:
        return wording.say("date.by_day" if of_total else "date.on_day", date=words)
    return wording.say("date.in_period", date=words)


def _single(wording: Wording, edtf: str) -> str:
    """Returns one date in words, empty where it is not one of year, month, day or season."""
    match = _DATE.fullmatch(edtf)
    if not match:
        return ""
    year, month, day_of_month = match["year"], int(match["month"] or 0), int(match["day"] or 0)
    if month in _SEASONS:
        words = _season(wording, month, year)
    elif month > 12:
        return ""
    elif day_of_month:
        words = wording.say("date.day", day=day_of_month, month=wording.entry("date.months")[month - 1], year=year)
    elif month:
        words = wording.say("date.month", month=wording.entry("date.months_alone")[month - 1], year=year)
    else:
        words = wording.say("date.year", year=year)
    return wording.say("date.about", date=words) if match["mark"] else words


def _season(wording: Wording, number: int, year: str) -> str:
    key = f"date.season.{number}"
    return wording.say(key, year=year) if key in wording.entries else ""
