"""Numbers in words: in English AP style (below ten spelled out in a sentence), figures where a catalogue has no words.

How figures are grouped is Babel's, from the number on that the catalogue says.
"""

from babel.numbers import format_decimal

from homeward.reader.claims import Modifier, Quantity, What
from homeward.wording.catalogue import Inflected, Wording

__all__ = ["alone", "amount", "counted", "figure", "noun", "number", "span", "spanned"]


def figure(wording: Wording, value: int) -> str:
    """Returns the number in figures, thousands apart: "1,000"; as 1000 and 20 000 in a language that writes so."""
    grouped = abs(value) >= wording.entry("numbers.grouped_from")
    return format_decimal(value, locale=wording.locale, group_separator=grouped)


def noun(wording: Wording, what: What | None, *, category: str = "") -> Inflected:
    """Returns what is handed over, in the plural and in every form that the catalogue has: "bodies"."""
    found = wording.forms(f"what.{what.value if what else 'unsaid'}")
    if not category:
        return found
    forms = {form: _in_category(wording, words, category) for form, words in found.forms.items()}
    return Inflected(_in_category(wording, found, category), forms)


def number(wording: Wording, value: int) -> str:
    """Returns the number as it stands in a sentence: "nine", "10", "1,000"."""
    words = wording.entry("numbers.words")
    return str(words[value]) if 0 <= value < len(words) else figure(wording, value)


def span(wording: Wording, low: int | None, high: int | None) -> str:
    """Returns "1,000", or "1,000 to 1,003" where the bounds differ, or the word for "no figure"."""
    if low is None or high is None:
        return str(wording.entry("numbers.no_figure"))
    if low == high:
        return figure(wording, low)
    return wording.say("numbers.range", low=figure(wording, low), high=figure(wording, high))


def amount(wording: Wording, quantity: Quantity | None, *, numerals: bool = False) -> str:
    """Returns the figure as it was given: "more than 6,000", "about 40", "hundreds of"; "some" where there is none."""
    if quantity is None:
        return str(wording.entry("amount.none"))
    if quantity.modifier is Modifier.ALL:
        return str(wording.entry("amount.all"))
    if quantity.modifier is Modifier.VAGUE:
        return str(wording.entry(f"amount.vague.{_magnitude(quantity)}"))
    return wording.say(f"amount.{quantity.modifier.value}", number=_bounds(wording, quantity, numerals=numerals))


def alone(wording: Wording, quantity: Quantity | None) -> str:
    """Returns the figure as it stands without a noun: "more than 6,000", "hundreds", "an unstated number"."""
    if quantity is None:
        return str(wording.entry("amount.alone.none"))
    if quantity.modifier is Modifier.VAGUE:
        return str(wording.entry(f"amount.alone.{_magnitude(quantity)}"))
    return amount(wording, quantity, numerals=True)


def counted(
    wording: Wording, quantity: Quantity | None, what: What | None, *, category: str = "", numerals: bool = False
) -> str:
    """Returns the figure with the noun that it counts: "1,000 bodies", "all prisoners under 25", "one body".

    In a headline (`numerals`) a count that was not given is left out: "bodies".
    """
    key = f"what.{what.value if what else 'unsaid'}"
    if quantity is None and numerals:
        return f"{noun(wording, what, category=category):accusative}"
    if quantity and quantity.modifier is Modifier.ALL and f"{key}.all" in wording.entries:
        return _in_category(wording, str(wording.entry(f"{key}.all")), category)
    things = _in_category(wording, wording.plural(key, _deciding_number(quantity)), category)
    return wording.say("amount.counted", amount=amount(wording, quantity, numerals=numerals), noun=things)


def spanned(wording: Wording, low: int | None, high: int | None, what: What | None) -> str:
    """Returns "1,000 to 1,003 bodies", or "an unstated number of bodies" where there is no figure."""
    if low is None or high is None:
        return counted(wording, None, what)
    return counted(wording, Quantity(low, high, Modifier.EXACT), what, numerals=True)


def _in_category(wording: Wording, words: str, category: str) -> str:
    """Returns the noun narrowed to a category of an agreement; one without a message is named as it stands."""
    if not category:
        return words
    key = f"category.{category}"
    return wording.say(key, noun=words) if key in wording.entries else f"{words} ({category})"


def _bounds(wording: Wording, quantity: Quantity, *, numerals: bool) -> str:
    """Returns the number that the modifier goes with; a range where both bounds are given and differ."""
    low, high = quantity.low, quantity.high
    if quantity.modifier in {Modifier.AT_MOST, Modifier.LESS_THAN} and high is not None:
        low = high
    elif quantity.modifier in {Modifier.AT_LEAST, Modifier.MORE_THAN} and low is not None:
        high = low
    known = [bound for bound in (low, high) if bound is not None]
    if not known:
        return str(wording.entry("amount.none"))
    if known[0] != known[-1]:
        return span(wording, known[0], known[-1])
    return figure(wording, known[0]) if numerals else number(wording, known[0])


def _magnitude(quantity: Quantity) -> str:
    """Returns the order of magnitude of a figure that was given as one only."""
    least = quantity.low or 0
    sizes = ((1000, "thousands"), (100, "hundreds"), (20, "dozens"))
    return next((name for size, name in sizes if least >= size), "several")


def _deciding_number(quantity: Quantity | None) -> int:
    """Returns the number that decides the plural form."""
    if quantity is None or quantity.modifier in {Modifier.ALL, Modifier.VAGUE}:
        return 100
    for bound in (quantity.high, quantity.low):
        if bound is not None:
            return bound
    return 100
