"""Numbers in words, AP style: below ten spelled out in a sentence, figures in a headline and everywhere else."""

from homeward.reader.claims import Modifier, Quantity, What
from homeward.wording.catalogue import Wording

__all__ = ["alone", "amount", "counted", "figure", "number", "span"]


def figure(wording: Wording, value: int) -> str:
    """Returns the number in figures, thousands apart: "1,000"."""
    return f"{value:,}".replace(",", wording.entry("numbers.thousands_separator"))


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
    noun = wording.plural(f"what.{what.value if what else 'unsaid'}", _deciding_number(quantity))
    if category:
        noun = wording.say(f"category.{category}", noun=noun) if _known(wording, category) else f"{noun} ({category})"
    if quantity is None and numerals:
        return wording.say("amount.uncounted", noun=noun)
    return wording.say("amount.counted", amount=amount(wording, quantity, numerals=numerals), noun=noun)


def _known(wording: Wording, category: str) -> bool:
    return f"category.{category}" in wording.entries


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
