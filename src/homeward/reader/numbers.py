"""Numbers: figures and number words with the words that bound them, folded into one term each.

"more than 1 212", "two hundred and fifteen", "up to 10", "hundreds" (vague). Ordinals, shares, sums of money and
figures before a word such as "hours" are no counts.
"""

from collections.abc import Sequence
from dataclasses import replace

from homeward.reader.claims import Modifier
from homeward.reader.terms import Amount, Term

__all__ = ["fold_numbers"]

_BEFORE = {
    "at_least": Modifier.AT_LEAST,
    "more_than": Modifier.MORE_THAN,
    "at_most": Modifier.AT_MOST,
    "less_than": Modifier.LESS_THAN,
    "about": Modifier.ABOUT,
    "exact": Modifier.EXACT,
}
_LARGEST = 10**9


def fold_numbers(terms: list[Term]) -> list[Term]:
    """Returns the terms with each count, and the words that bound it, as one term."""
    folded: list[Term] = []
    position = 0
    while position < len(terms):
        found = _amount_at(terms, position)
        if found is None:
            folded.append(terms[position])
            position += 1
            continue
        amount, end = found
        run = terms[position:end]
        folded.append(
            replace(
                run[0],
                end=run[-1].end,
                text=" ".join(term.text for term in run),
                lower=" ".join(term.lower for term in run),
                entries=tuple(entry for entry in run[0].entries if len(run) == 1 and entry.category[:6] != "number"),
                figure=False,
                amount=amount,
            )
        )
        position = end
    return folded


def _amount_at(terms: Sequence[Term], position: int) -> tuple[Amount, int] | None:
    """Returns the amount that starts at `position` with its bounds, and where it ends."""
    start = position
    modifier = Modifier.EXACT
    additional = False
    while position < len(terms) and position - start < 4:
        if entry := terms[position].get("number_before", *_BEFORE):
            bound = _BEFORE[entry.name]
            modifier = bound if modifier is Modifier.EXACT else modifier
        elif terms[position].is_("number_before", "further"):
            additional = True
        else:
            break
        position += 1
    if position >= len(terms):
        return None
    found = _plain_amount(terms, position, modifier)
    if found is None:
        if position == start or modifier is not Modifier.EXACT:
            return _plain_amount(terms, start, Modifier.EXACT) if position != start else None
        return None
    amount, end = found
    return replace(amount, additional=additional), end


def _plain_amount(terms: Sequence[Term], position: int, modifier: Modifier) -> tuple[Amount, int] | None:
    term = terms[position]
    if term.date is not None or (term.glued and not (position and _links(terms[position - 1]))):
        return None
    if entry := term.get("number_words", "vague", "all", "same"):
        if entry.name == "same" and position and terms[position - 1].lower in ("twice", "times", "half"):
            return None
        if entry.name == "same":
            return Amount(None, None, Modifier.EXACT, same=True), position + 1
        kind = Modifier.VAGUE if entry.name == "vague" else Modifier.ALL
        return Amount(None, None, kind), position + 1
    ranged = _range(terms, position)
    if ranged is not None:
        return ranged
    found = _value(terms, position)
    if found is None or not _is_count(terms, position, found[1]):
        return None
    value, end = found
    for name in ("at_least", "about", "at_most"):
        if end < len(terms) and terms[end].is_("number_after", name):
            return bounded(value, _BEFORE[name]), end + 1
    return bounded(value, modifier), end


def bounded(value: int, modifier: Modifier) -> Amount:
    """Returns the amount of `value` bounded as `modifier` says."""
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        return Amount(value, None, modifier)
    if modifier in (Modifier.AT_MOST, Modifier.LESS_THAN):
        return Amount(None, value, modifier)
    return Amount(value, value, modifier)


def _range(terms: Sequence[Term], position: int) -> tuple[Amount, int] | None:
    """Returns "between 10 and 15" or "10 to 15" as an amount with both bounds."""
    opened = terms[position].is_("number_words", "between")
    first = _value(terms, position + opened)
    if first is None or first[1] >= len(terms):
        return None
    link = "between_and" if opened else "range"
    if not terms[first[1]].is_("number_words", link):
        return None
    second = _value(terms, first[1] + 1)
    if second is None or second[0] <= first[0] or not _is_count(terms, position, second[1]):
        return None
    # "2022 to 2025" is a span of years; "between" says that it counts.
    if not opened and 1900 <= first[0] <= 2099 and 1900 <= second[0] <= 2099:
        return None
    return Amount(first[0], second[0], Modifier.ABOUT), second[1]


def _is_count(terms: Sequence[Term], position: int, end: int) -> bool:
    """Returns whether the number counts people or bodies as far as its neighbours tell."""
    if position and terms[position - 1].is_("marks", "currency"):
        return False
    # "$90 million": the figure is no count, so that its scale is none either.
    if position > 1 and terms[position].is_("number_scales") and terms[position - 2].is_("marks", "currency"):
        return False
    if end - position == 1 and _is_year(terms[position]) and not _counted(terms, position):
        return False
    if end >= len(terms):
        return True
    following = terms[end]
    if following.is_("marks", "percent") or following.is_("number_units_not_counted"):
        return False
    # "28th", "25s": a figure with letters attached is no count
    return not (terms[end - 1].end == following.start and following.lower[:1].isalpha() and terms[end - 1].figure)


def _links(term: Term) -> bool:
    """Returns whether the word before a hyphen joins two figures, as in "6,000-for-6,000", and is no name ("Il-76")."""
    return term.is_("preposition") or term.is_("number_words") or term.is_("conjunction")


def _is_year(term: Term) -> bool:
    return term.figure and term.lower.isdecimal() and len(term.lower) == 4 and "1900" <= term.lower <= "2099"


def _counted(terms: Sequence[Term], position: int) -> bool:
    """Returns whether what might be a year stands before people or bodies and is not one end of a span of years."""
    if position and terms[position - 1].is_("number_words", "range"):
        return False
    following = terms[position + 1] if position + 1 < len(terms) else None
    if following is not None and following.is_("verb") and position and terms[position - 1].is_("preposition"):
        return False  # "the exchange of 2021 freed 500"
    return following is not None and any(
        following.is_(category) for category in ("noun", "adjective", "party", "number_words")
    )


def _value(terms: Sequence[Term], position: int) -> tuple[int, int] | None:
    """Returns the whole number at `position`, in figures or words, and where it ends."""
    if position >= len(terms) or terms[position].date is not None:
        return None
    if terms[position].figure:
        return _figure(terms, position)
    return _words(terms, position)


def _figure(terms: Sequence[Term], position: int) -> tuple[int, int] | None:
    text = terms[position].lower
    end = position + 1
    # "1 212": groups of three digits with plain spaces between
    while (
        end < len(terms)
        and terms[end].figure
        and len(terms[end].lower) == 3
        and terms[end].lower.isdecimal()
        and terms[end].start == terms[end - 1].end + 1
        and 1 <= len(terms[position].lower) <= 3
        and not terms[position].lower.startswith("0")
    ):
        text += terms[end].lower
        end += 1
    scale = int(entry.name) if end < len(terms) and (entry := terms[end].get("number_scales")) else 1
    if scale == 1 and end < len(terms) and terms[end].is_("number_words", "dozen"):
        scale = 12
    whole, dot, decimals = text.partition(".")
    # "1.212 bodies": outlets that write thousands with a full stop.
    if dot and scale == 1 and len(decimals) == 3:
        whole, decimals = whole + decimals, ""
    digits = "".join(letter for letter in whole if letter.isdecimal())
    if not digits or len(digits) > 9 or not digits.isascii() or (decimals and scale == 1):
        return None
    if decimals and not decimals.isdecimal():
        return None  # "99.99.2026" is neither a day nor a number
    value = int(digits) * scale
    if decimals:
        # In whole numbers: floating point makes int(4.35 * 100) 434.
        value += int(decimals[:6]) * scale // 10 ** len(decimals[:6])
    return (value, end + (scale > 1)) if value <= _LARGEST else None


def _words(terms: Sequence[Term], position: int) -> tuple[int, int] | None:
    """Returns a number in words: "two hundred and fifteen", "a thousand", "half a dozen"."""
    end = position
    half = terms[end].is_("number_words", "half")
    end += half
    total = current = 0
    seen = False
    if end + 1 < len(terms) and terms[end].is_("number_words", "one") and _is_scale(terms[end + 1]):
        current, end = 1, end + 1
    while end < len(terms) and end - position < 12:
        term = terms[end]
        if entry := term.get("number_units"):
            # "twenty two" is one number, "two five" are two.
            if seen and current % 10:
                break
            current += int(entry.name)
        elif entry := term.get("number_scales"):
            scale = int(entry.name)
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * scale, 0
        elif term.is_("number_words", "dozen"):
            current = max(current, 1) * 12
        elif seen and term.is_("number_words", "and") and _continues(terms, end, current):
            end += 1
            continue
        else:
            break
        seen = True
        end += 1
    value = total + current
    if not seen or value > _LARGEST:
        return None
    return (value // 2 if half else value), end


def _is_scale(term: Term) -> bool:
    return term.is_("number_scales") or term.is_("number_words", "dozen")


def _continues(terms: Sequence[Term], position: int, current: int) -> bool:
    """Returns whether "and" at `position` goes on with the number: only after hundreds or thousands, before units."""
    return (
        current % 100 == 0
        and position + 1 < len(terms)
        and terms[position + 1].is_("number_units")
        and _is_scale(terms[position - 1])
    )
