"""EDTF dates in words: "29 January 2026", "late January 2026", "since October 2025". Month names are Babel's."""

import re
from datetime import date

from babel.dates import get_month_names

from homeward.wording.catalogue import Inflected, Wording

__all__ = ["adverbial", "day", "spell"]

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<mark>[~?%]?)")
_SEASONS = range(21, 42)
_OPEN = {"", ".."}
FORMS = ("name", "genitive", "in")  # "October 2025", "since October 2025", "in October 2025"


def day(wording: Wording, value: date) -> Inflected:
    """Returns the day in full: "29 January 2026"."""
    return spell(wording, value.isoformat())


def spell(wording: Wording, edtf: str) -> Inflected:
    """Returns the date in words; what is no date that these words cover is returned as it stands."""
    if "/" not in edtf:
        return _single(wording, edtf) or Inflected(edtf)
    start, _, end = edtf.partition("/")
    first, last = _single(wording, start), _single(wording, end)
    if end in _OPEN and first:
        return Inflected(wording.say("date.since", date=first))
    if start in _OPEN and last:
        return Inflected(wording.say("date.until", date=last))
    return Inflected(wording.say("date.between", first=first, last=last) if first and last else edtf)


def adverbial(wording: Wording, edtf: str, *, of_total: bool = False) -> str:
    """Returns the date as it stands in a sentence: "on 29 January 2026", "in October 2025", "since October 2025".

    A running total on one day is a total by that day.
    """
    words = spell(wording, edtf)
    if "/" in edtf or (words == edtf and not edtf[:4].isdigit()):
        return str(words)
    match = _DATE.fullmatch(edtf)
    if match and match["mark"]:
        return str(words)
    if match and match["day"]:
        return wording.say("date.by_day" if of_total else "date.on_day", date=words)
    return f"{words:in}"


def _single(wording: Wording, edtf: str) -> Inflected | None:
    """Returns one date in words; None where it is not one of year, month, day or season."""
    match = _DATE.fullmatch(edtf)
    if not match:
        return None
    year, month, day_of_month = match["year"], int(match["month"] or 0), int(match["day"] or 0)
    if month in _SEASONS:
        words = _forms(wording, f"date.season.{month}", year=year)
    elif month > 12:
        words = None
    elif day_of_month:
        words = Inflected(wording.say("date.day", day=day_of_month, month=_month(wording, month), year=year))
    elif month:
        words = _forms(wording, "date.month", month=_month(wording, month), year=year)
    else:
        words = _forms(wording, "date.year", year=year)
    return Inflected(wording.say("date.about", date=words)) if words and match["mark"] else words


def _forms(wording: Wording, key: str, **values: object) -> Inflected | None:
    """Returns a date in each form of the catalogue; None for a season that has no name."""
    if f"{key}.name" not in wording.entries:
        return None
    forms = {form: wording.say(f"{key}.{form}", **values) for form in FORMS}
    return Inflected(forms["name"], forms)


def _month(wording: Wording, number: int) -> Inflected:
    """Returns a month's name: alone, as it follows a day, and as it follows "in" where that is another form."""
    alone = get_month_names("wide", context="stand-alone", locale=wording.locale)[number]
    with_day = get_month_names("wide", context="format", locale=wording.locale)[number]
    months_in = wording.entries.get("date.months_in")
    within = months_in[number - 1] if months_in else alone
    return Inflected(alone, {"genitive": with_day, "in": within})
