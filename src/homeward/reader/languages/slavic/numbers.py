"""Numbers in Ukrainian and Russian: figures and numerals with the words that bound them, folded into one word each.

"понад 1 212", "двісті п'ятнадцять", "1,5 тисячі", "до 10", "сотні" (vague). An ordinal ("70-й"), an age, a sum of money
or a count of other things becomes one word too, with its role (`figure_role`) and no amount.
"""

from collections.abc import Sequence
from dataclasses import replace

from homeward.reader.claims import Modifier
from homeward.reader.languages.slavic.words import Word
from homeward.reader.lexicon import Entry
from homeward.reader.numbers import bounded
from homeward.reader.terms import Amount

__all__ = ["fold_numbers"]

_BEFORE = {
    "at_least": Modifier.AT_LEAST,
    "more_than": Modifier.MORE_THAN,
    "at_most": Modifier.AT_MOST,
    "less_than": Modifier.LESS_THAN,
    "about": Modifier.ABOUT,
    "exact": Modifier.EXACT,
}
_LARGEST = 10**12
_CARDINAL_ENDINGS = frozenset({"ти", "тьох", "ма", "м", "х", "ми", "мя", "тьома", "ох", "рьох", "ьох", "мома"})
_LONGEST = 12
# A person under 18 is handed over too: only what stands for years is no count.
_NOT_COUNTED = ("age", "ordinal", "money", "other")


def fold_numbers(words: Sequence[Word]) -> list[Word]:
    """Returns the words with each number, and what bounds it, as one word."""
    folded: list[Word] = []
    position = 0
    while position < len(words):
        word, end = _number_at(words, position) or (words[position], position + 1)
        folded.append(word)
        position = end
    return folded


def _number_at(words: Sequence[Word], start: int) -> tuple[Word, int] | None:
    """Returns the number that starts at `start`, with its bounds, and where it ends."""
    if not words[start].figure and not words[start].entries:
        return None
    position, modifier, additional = _bounds(words, start)
    if position >= len(words) or words[position].date is not None:
        return None
    alone = position == start
    if special := _without_value(words, position):
        # "Також усі" bounds nothing.
        return (_folded(words, position, special[1], special[0]), special[1]) if alone else None
    if named := _ordinal(words, position) or _clock(words, position):
        return named if alone else None
    found = _range(words, position) or _single(words, position)
    if found is None or found[0] == 0:
        return None
    low, high, end = found
    if (role := _other_role(words, position, end)) is not None:
        return (_with_role(words, position, end, role), end) if alone else None
    if low != high:
        return _folded(words, start, end, Amount(low, high, Modifier.ABOUT, additional=additional)), end
    if end < len(words) and words[end].is_("number_after", "at_least"):
        modifier, end = Modifier.AT_LEAST, end + 1
    return _folded(words, start, end, replace(bounded(low, modifier), additional=additional)), end


def _bounds(words: Sequence[Word], start: int) -> tuple[int, Modifier, bool]:
    """Returns where the words that bound a number end, the bound, and whether it is told as a further one."""
    position, modifier, additional = start, Modifier.EXACT, False
    while position < len(words) and position - start < 3:
        if entry := words[position].get("number_before", *_BEFORE):
            modifier = _BEFORE[entry.name] if modifier is Modifier.EXACT else modifier
        elif words[position].is_("number_before", "further"):
            additional = True
        elif words[position].is_("number_words", "all") and _is_numeral(words, position + 1):
            # "Усіх 20 заручників" are twenty.
            pass
        else:
            break
        position += 1
    return position, modifier, additional


def _is_numeral(words: Sequence[Word], position: int) -> bool:
    return position < len(words) and (words[position].figure or words[position].is_("number_units"))


def _folded(words: Sequence[Word], start: int, end: int, amount: Amount) -> Word:
    run = words[start:end]
    text, lower = " ".join(word.text for word in run), " ".join(word.lower for word in run)
    last = run[-1]
    # The first numeral carries the case ("двом тисячам"); "6 тисяч" tells none, since the figure governs the word.
    numeral = next((word for word in run if word.figure or word.is_("number_units") or word.is_("number_scales")), last)
    readings = () if numeral.figure and len(run) > 1 and "ablt" not in last.cases else numeral.readings
    return replace(
        run[0], end=last.end, text=text, lower=lower, entries=(), figure=False, amount=amount, readings=readings
    )


def _with_role(words: Sequence[Word], start: int, end: int, role: str) -> Word:
    entry = Entry("figure_role", role, words[start].lower)
    return replace(_folded(words, start, end, Amount(None, None, Modifier.EXACT)), amount=None, entries=(entry,))


def _without_value(words: Sequence[Word], position: int) -> tuple[Amount, int] | None:
    """Returns "усі", "десятки", "стільки ж", "жодного": amounts that name no number."""
    word = words[position]
    end = position + 1
    if not word.entries:
        return None
    if word.is_("number_words", "same") and len(word.lower.split()) > 1:
        return Amount(None, None, Modifier.EXACT, same=True), end
    if word.is_("number_words", "all") and any(r.has("plur") for r in word.readings):
        return Amount(None, None, Modifier.ALL), end
    if word.is_("number_words", "none"):
        return Amount(0, 0, Modifier.EXACT), end
    if word.is_("number_words", "vague"):
        if end < len(words) and words[end].is_("number_scales"):
            end += 1
        return (Amount(None, None, Modifier.VAGUE), end) if end < len(words) else None
    if (
        position
        and words[position - 1].is_("noun", "remains")
        and any(r.has("sing") or r.has("femn") for r in word.readings)
    ):
        return None  # "тіла тисячі бійців" are a thousand
    plural = any(reading.has("plur") for reading in word.readings)
    if word.is_("number_scales") and plural and word.text.isalpha() and word.lower not in ("тис", "тыс", "млн", "млрд"):
        return Amount(None, None, Modifier.VAGUE), end
    return None


def _ordinal(words: Sequence[Word], position: int) -> tuple[Word, int] | None:
    """Returns "70-й", "25-річний": a figure with letters joined to it that make no count of it."""
    word = words[position]
    after = words[position + 1] if position + 1 < len(words) else None
    if not word.figure or after is None or not after.glued:
        # "Су-34", "F-16": a figure joined to the word before it is part of a name.
        if word.figure and word.glued and position and words[position - 1].text.isalpha():
            return _with_role(words, position, position + 1, "name"), position + 1
        return None
    if after.lower in _CARDINAL_ENDINGS or after.figure or after.is_("preposition"):
        return None
    role = "age" if after.is_("number_counted_otherwise", "age") else "ordinal" if len(after.lower) <= 3 else "name"
    return _with_role(words, position, position + 2, role), position + 2


def _clock(words: Sequence[Word], position: int) -> tuple[Word, int] | None:
    """Returns "11:00", and what is a score or a formula without words: figures that a colon joins."""
    run = words[position : position + 3]
    if len(run) < 3 or not (run[0].figure and run[1].text == ":" and run[2].figure):
        return None
    joined = run[0].end == run[1].start and run[1].end == run[2].start
    return (_with_role(words, position, position + 3, "other"), position + 3) if joined else None


def _range(words: Sequence[Word], position: int) -> tuple[int, int, int] | None:
    """Returns "від 100 до 200" or "100–200" as both bounds."""
    opened = words[position].lower in ("від", "от", "між", "между")
    first = _value(words, position + opened)
    if first is None or first[1] >= len(words):
        return None
    link = words[first[1]]
    joined = link.lower in ("до", "та", "и", "і") if opened else link.is_("number_words", "range")
    second = _value(words, first[1] + 1) if joined else None
    if second is None or second[0] <= first[0] or (not opened and 1900 <= first[0] <= 2099):
        return None
    return first[0], second[0], second[1]


def _single(words: Sequence[Word], position: int) -> tuple[int, int, int] | None:
    found = _value(words, position)
    return (found[0], found[0], found[1]) if found else None


def _other_role(words: Sequence[Word], position: int, end: int) -> str | None:
    """Returns what a number counts or names when it counts neither people nor bodies."""
    if position and (words[position - 1].is_("marks", "currency") or words[position - 1].lower == "№"):
        return "money" if words[position - 1].is_("marks", "currency") else "name"
    if end < len(words) and words[end].is_("marks", "percent"):
        return "other"
    # "Вулиця Зелена, 24, місто", "полонений, 34, розповів"
    if position and words[position - 1].text == "," and end < len(words) and words[end].text == ",":
        return "name" if position > 1 and words[position - 2].capital else "age"
    for place in range(end, min(end + 3, len(words))):
        entry = words[place].get("number_counted_otherwise", *_NOT_COUNTED)
        people = words[place].is_("noun") or words[place].is_("event", "swap")
        if entry and not (entry.name == "ordinal" and place > end):
            return "other" if entry.name == "ordinal" else entry.name
        if people or not words[place].may_be("adjective", "participle"):
            break
    word = words[position]
    year = end - position == 1 and word.figure and len(word.lower) == 4 and "1900" <= word.lower <= "2099"
    if year and (end >= len(words) or not _counted(words[end])):
        return "date"
    return None


def _counted(word: Word) -> bool:
    return word.is_("noun") or word.may_be("adjective", "participle") or (word.may_be("noun") and "gent" in word.cases)


def _value(words: Sequence[Word], position: int) -> tuple[int, int] | None:
    """Returns the whole number at `position`, in figures or words, and where it ends."""
    if position >= len(words) or words[position].date is not None:
        return None
    return _figure(words, position) if words[position].figure else _numeral(words, position)


def _figure(words: Sequence[Word], position: int) -> tuple[int, int] | None:
    text, end = words[position].lower, position + 1
    while end < len(words) and _is_next_group(words, position, end):
        text, end = text + words[end].lower, end + 1
    # "1,5 тисячі": the tokens are a figure, a comma and a figure.
    decimals = ""
    if (
        end + 2 < len(words)
        and words[end].text == ","
        and words[end + 1].figure
        and words[end + 2].is_("number_scales")
    ):
        decimals, end = words[end + 1].lower, end + 2
    whole, _, fraction = text.partition(".")
    if fraction and len(fraction) == 3 and not decimals:
        whole, fraction = whole + fraction, ""
    decimals = decimals or fraction
    digits = "".join(letter for letter in whole if letter.isdecimal())
    scale = words[end].get("number_scales") if end < len(words) else None
    figures = digits + decimals
    if not digits or len(digits) > 9 or not (figures.isascii() and figures.isdecimal()):
        return None  # "99.99.2026" is neither a day nor a number
    if decimals and scale is None:
        return None
    factor = int(scale.name) if scale else 1
    value = int(digits) * factor
    if decimals:
        value += int(decimals[:6]) * factor // 10 ** len(decimals[:6])
    if scale:
        end += 1
        if end < len(words) and words[end].text == "." and words[end - 1].lower in ("тис", "тыс", "млн", "млрд"):
            end += 1
    if end < len(words) and words[end].glued and words[end].lower in _CARDINAL_ENDINGS:
        end += 1
    return (value, end) if value <= _LARGEST else None


def _is_next_group(words: Sequence[Word], position: int, end: int) -> bool:
    """Returns whether the figure at `end` is the next group of three digits after a plain space: "1 212"."""
    first, word = words[position], words[end]
    return (
        word.figure
        and len(word.lower) == 3
        and word.lower.isdecimal()
        and word.start == words[end - 1].end + 1
        and len(first.lower) <= 3
        and not first.lower.startswith("0")
    )


def _numeral(words: Sequence[Word], position: int) -> tuple[int, int] | None:
    """Returns a number in words: "двісті п'ятнадцять", "півтори тисячі", "тисяча двісті"."""
    end, total, current, seen = position, 0, 0, False
    half = words[end].is_("number_halves", "half")
    if half:
        scale = words[end + 1].get("number_scales") if end + 1 < len(words) else None
        return (int(scale.name) * 3 // 2, end + 2) if scale else None
    while end < len(words) and end - position < _LONGEST:
        word = words[end]
        if word.date is not None:
            break
        if (entry := word.get("number_units")) and word.may_be(
            "numeral", "adjective", "noun", "pronoun", "other", "adverb"
        ):
            value = int(entry.name)
            # "двадцять два" is one number, "два п'ять" are two.
            if seen and current and (current % 10 or value >= current % 100 > 0 or value >= 100):
                break
            current += value
        elif seen and word.is_("conjunction", "and") and _goes_on(words, end):
            end += 1
            continue
        elif entry := word.get("number_scales"):
            scale_value = int(entry.name)
            if scale_value < 1000:
                current = max(current, 1) * scale_value
            else:
                total, current = total + max(current, 1) * scale_value, 0
        else:
            break
        seen, end = True, end + 1
    value = total + current
    return (value, end) if seen and 0 < value <= _LARGEST else None


def _goes_on(words: Sequence[Word], end: int) -> bool:
    """Returns whether "й" stands inside a number: "дві сотні й шестеро", after a scale and before units."""
    return words[end - 1].is_("number_scales") and end + 1 < len(words) and words[end + 1].is_("number_units")
