"""Parsing a name into surname, given name and patronymic, in every reading that its words allow."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from homeward.names.asides import SUFFIXES, Aside, AsideKind, is_first, is_given_text, suffix_meaning
from homeward.names.bare_names import BareName, bare_names
from homeward.names.birth_dates import written_birth_date
from homeward.names.counts import surname_counts
from homeward.names.declension import Case, declined_given, declined_patronymics
from homeward.names.foreign_habits import respelled, shows_foreign_habit, shows_habit_surely
from homeward.names.given_names import given_forms, patronymic_forms
from homeward.names.nominatives import nominative_readings
from homeward.names.ranks import rank_words
from homeward.names.readings import TURKIC_ENDINGS, Forenames, Reading, is_given, readings_of, usual_forenames
from homeward.names.script import Script, normal_word, repair, script_of, swap_layout
from homeward.names.torn_words import mend_words
from homeward.names.twofold import may_be_one, two_names
from homeward.names.words import Word, attested_surnames, languages_of

__all__ = ["ParsedName", "parse_name"]

COMMA = ","
_INITIAL = re.compile(r"(?:[^\W\d_]|Дж|Ю|[YI][uae]|Zh|Kh|Ch|Sh|Ts|Shch|Sch)\.|[^\W\d_]")
_JOINED_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?){2,3}|[^\W\d_]\.[^\W\d_]")


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name as written, its readings (the likeliest kind first), what stood beside it and what was repaired."""

    text: str
    readings: tuple[Reading, ...]
    asides: tuple[Aside, ...] = ()
    repairs: tuple[str, ...] = ()

    @property
    def suffix(self) -> str | None:
        """What a suffix says (younger, elder), where there is one."""
        said = [
            suffix_meaning(one.text) or ("first" if is_first(one.text) else None)
            for one in self.asides
            if one.kind is AsideKind.SUFFIX
        ]
        return said[0] if said else None

    @property
    def birth_date(self) -> str:
        """The birth date beside the name in EDTF, or nothing."""
        dates = (written_birth_date(one.text) for one in self.asides if one.kind is AsideKind.BIRTH_DATE)
        return next((date for date in dates if date), "")


@lru_cache(maxsize=65536)
def parse_name(text: str, cases: frozenset[Case] = frozenset()) -> ParsedName:
    """Returns the name's readings; a text without any word has none.

    With `cases`, those in which the list stands that it is taken from, it is read in the nominative where it can be.

    >>> parse_name("КОВАЛЕНКО Олександр Сергійович").readings[0].given.text
    'Олександр'
    """
    if not cases and not shows_foreign_habit(text):
        usual = _usual_reading(text)
        if usual is not None:
            return ParsedName(text, (usual,))
        plain = _plain_words(text)
        if plain is not None:
            return ParsedName(text, readings_of(plain, frozenset()))
        with_initials = _surname_with_initials(text)
        if with_initials is not None:
            return ParsedName(text, readings_of(with_initials, frozenset()))
    halves = two_names(text)
    if halves is None:
        return _of_one_name(text, cases)
    return _of_two_names(text, [parse_name(half, cases) for half in halves])


def _of_one_name(text: str, cases: frozenset[Case]) -> ParsedName:
    repaired = repair(text)
    # Before anything is set aside: on the other layout commas and quotes are letters.
    swapped = _other_layout(repaired.text)
    if swapped:
        words = [_word(one, other_layout=True) for one in swapped.split()]
        return ParsedName(text, readings_of(words, frozenset()), (), (*repaired.repairs, _OTHER_LAYOUT))
    mended, repairs = mend_words(repaired.text)
    names = bare_names(mended)
    readings: dict[Reading, None] = {}
    retyped = False
    for name in names:
        found, other_layout = _readings_of_bare(name, cases)
        readings |= dict.fromkeys(found)
        retyped |= other_layout
    repairs = repaired.repairs + repairs + ((_OTHER_LAYOUT,) if retyped else ())
    return ParsedName(text, tuple(readings), names[0].asides, repairs)


def _of_two_names(text: str, names: list[ParsedName]) -> ParsedName:
    """Returns a cell that gives a name twice, such as Коваль Іван / Koval Ivan, with the readings of both."""
    agree = any(may_be_one(one, two) for one in names[0].readings for two in names[1].readings)
    readings = [
        reading if agree or reading.doubt else replace(reading, doubt="one of two names in the cell")
        for name in names
        for reading in name.readings
    ]
    asides = tuple(dict.fromkeys(aside for name in names for aside in name.asides))
    repairs = tuple(dict.fromkeys(repair for name in names for repair in name.repairs))
    return ParsedName(text, tuple(dict.fromkeys(readings)), asides, repairs)


_OTHER_LAYOUT = "typed on the other keyboard layout"


_MAY_BE_FOREIGN = "one word may follow German, Polish or French spelling as another does"


def _readings_of_bare(name: BareName, cases: frozenset[Case]) -> tuple[list[Reading], bool]:
    """Returns the readings of a name alone, and whether a word of it was typed on the other layout."""
    tokens = _tokens(name.text)
    retyped = _words_of_other_layout(tokens)
    words = [_word(one, other_layout=i in retyped) for i, one in enumerate(tokens) if one != COMMA]
    put_back = nominative_readings(words, _marked_surname(tokens), cases)
    # In a declined list a row that can be put back is no nominative: Бойка Ярослава is no woman.
    found = list(put_back) if cases and put_back else [*readings_of(words, _marked_surname(tokens)), *put_back]
    for normals in respelled(name.text, [word.normal for word in words]):
        other = [replace(word, normal=normal) for word, normal in zip(words, normals, strict=True)]
        known = any(
            word.normal != normal and _is_rather_known(word.normal, normal)
            for word, normal in zip(words, normals, strict=True)
        )
        doubt = _MAY_BE_FOREIGN if known or not shows_habit_surely(name.text) else ""
        found += [replace(one, doubt=doubt) for one in readings_of(other, _marked_surname(tokens))]
    return [replace(one, doubt=name.doubt) if name.doubt else one for one in found], bool(retyped)


_PLAIN = re.compile(r"(?:[А-ЯҐЄІЇа-яґєії]{3,} ){1,2}[А-ЯҐЄІЇа-яґєії]{3,}|(?:[A-Za-z]{3,} ){1,2}[A-Za-z]{3,}")


def _plain_words(text: str) -> list[Word] | None:
    """Returns the words of a name that needs no repair and has nothing beside it, or None; most rows of a list."""
    if not _PLAIN.fullmatch(text) or text.isupper() != text[:2].isupper():
        return None
    words = [_plain_word(token) for token in text.split()]
    if len({token.text.isupper() for token in words}) > 1 or not any(is_given(word) for word in words):
        return None
    # Ярослава may be a woman, or a man in the genitive: what stands beside tells.
    beside = any(word.normal in _beside_names() or declined_patronymics(word.normal) for word in words)
    return None if beside or any(declined_given(word.normal) for word in words) else words


_WITH_INITIALS = re.compile(r"[А-ЯҐЄІЇ][а-яґєії]{2,} [А-ЯҐЄІЇ]\. [А-ЯҐЄІЇ]\.")


def _surname_with_initials(text: str) -> list[Word] | None:
    """Returns the words of a known surname with two initials, which needs no repair either, or None."""
    if not _WITH_INITIALS.fullmatch(text):
        return None
    words = [_plain_word(token) for token in text.split()]
    surname = words[0].normal
    return words if _is_known(surname) and surname not in _beside_names() else None


def _usual_reading(text: str) -> Reading | None:
    """Returns the reading of surname, given name, patronymic where the last two are known, without looking further."""
    words = text.split(" ")
    if len(words) != 3 or not _PLAIN.fullmatch(text):
        return None
    forenames = _usual_forenames(words[1], words[2])
    if forenames is None:
        return None
    surname = _plain_word(words[0])
    if is_given(surname) or surname.normal in _beside_names() or words[0].isupper():
        return None
    return forenames.with_surname(surname)


@lru_cache(maxsize=262144)
def _usual_forenames(given: str, patronymic: str) -> Forenames | None:
    return usual_forenames(_plain_word(given), _plain_word(patronymic))


@cache
def _beside_names() -> frozenset[str]:
    return rank_words() | frozenset(SUFFIXES) | TURKIC_ENDINGS


def _word(token: str, *, other_layout: bool) -> Word:
    return replace(_plain_word(token), other_layout=True) if other_layout else _plain_word(token)


@lru_cache(maxsize=262144)
def _plain_word(token: str) -> Word:
    normal = normal_word(token.rstrip("."))
    return Word(token, normal, languages_of(normal))


def _words_of_other_layout(tokens: list[str]) -> frozenset[int]:
    """Turns single words that were typed on the other layout, in place; returns where they stand."""
    scripts = [script_of(token) for token in tokens]
    main = max((Script.CYRILLIC, Script.LATIN), key=scripts.count)
    places = set()
    for i, token in enumerate(tokens):
        if len(token) < 4 or scripts[i] in (main, Script.OTHER) or _is_known(normal_word(token)):
            continue
        known = [one for one in swap_layout(token) if _is_known(normal_word(one))]
        if known:
            tokens[i] = known[0]
            places.add(i)
    return frozenset(places)


def _tokens(text: str) -> list[str]:
    """Returns words, initials and commas."""
    text = re.sub(r"\s*-\s*", "-", text)
    tokens: list[str] = []
    for piece in text.replace(",", " , ").split():
        if _JOINED_INITIALS.fullmatch(piece):
            tokens += [one for one in re.split(r"(?<=\.)-?|(?<=\.)", piece) if one]
        elif "." in piece.rstrip(".") and not piece.startswith("."):
            tokens += [one for one in re.split(r"(?<=\.)", piece) if one]
        else:
            tokens.append(piece)
    cleaned = [t.strip("«»\"“”„;:!?*_/\\|()[]'") or "" for t in tokens]
    kept = [
        t if t == COMMA or _INITIAL.fullmatch(t) or _is_abbreviation(t, cleaned) else t.rstrip(".") for t in cleaned
    ]
    return _split_block_initials([t for t in kept if t == COMMA or any(c.isalpha() for c in t)])


def _is_abbreviation(token: str, tokens: list[str]) -> bool:
    """Whether a full stop shortens a word (Коваль Іван Петр., Гр. Коваль) rather than ends the text (Мельник Олег.)."""
    if not _SHORTENED.fullmatch(token):
        return False
    return (
        len(token) <= 3
        or not _is_known(normal_word(token[:-1]))
        or any(one != token and (is_given_text(one) or _is_shortened(one)) for one in tokens)
    )


def _is_shortened(token: str) -> bool:
    """Whether a full stop surely shortens a word: Олекс. beside Іван. tells that the latter is shortened as well."""
    return bool(_SHORTENED.fullmatch(token)) and not _is_known(normal_word(token[:-1]))


_SHORTENED = re.compile(r"[^\W\d_]{2,5}\.")


def _split_block_initials(tokens: list[str]) -> list[str]:
    """Коваленко ОС is Коваленко О. С.: two capitals beside a word that is not all in capitals."""
    words = [t for t in tokens if len(t) > 3]
    if not words or all(w.isupper() for w in words):
        return tokens
    split: list[str] = []
    for token in tokens:
        split += list(token) if len(token) == 2 and token.isupper() and token.isalpha() else [token]
    return split


def _other_layout(text: str) -> str | None:
    """Returns the text as the other layout gives it, where that makes names of what is none."""
    pieces = [piece for piece in text.split() if len(piece) >= 3]
    if (
        not pieces
        or any(given_forms(normal_word(piece)) for piece in pieces)
        or any(_is_known(normal_word(piece)) for piece in pieces)
    ):
        return None
    best, most = None, 0
    for swapped in swap_layout(text):
        known = sum(_is_known(normal_word(piece)) for piece in swapped.split() if len(piece) >= 3)
        if known > most:
            best, most = swapped, known
    return best if most * 2 >= len(pieces) else None


def _is_known(word: str) -> bool:
    if given_forms(word) or patronymic_forms(word):
        return True
    return bool(attested_surnames(word))


_RARER = 20
"""A name as it stands that is so much rarer than what the habit makes of it is no doubt: Selenskyj is Зеленський."""


def _is_rather_known(word: str, respelled: str) -> bool:
    """Whether a word is a known name as it stands, and not by far rarer than the one that the habit makes of it."""
    if given_forms(word) or patronymic_forms(word):
        return True
    own, other = (
        max((surname_counts().bearers.get(key, 0) for key in attested_surnames(one)), default=0)
        for one in (word, respelled)
    )
    return own * _RARER > other and own > 0


def _marked_surname(tokens: list[str]) -> frozenset[int]:
    """Returns the places of the words that a comma or capitals mark as the surname."""
    if COMMA in tokens:
        before = tokens.index(COMMA)
        rest = [t for t in tokens[before:] if t != COMMA]
        if 1 <= before <= 2 and rest:
            return frozenset(range(before))
    words = [t for t in tokens if t != COMMA]
    capital = [i for i, t in enumerate(words) if len(t) > 1 and t.isupper() and not t.endswith(".")]
    others = [t for t in words if not t.isupper() and len(t) > 1]
    if capital and others and len(capital) <= 2 and all(b - a == 1 for a, b in pairwise(capital)):
        return frozenset(capital)
    return frozenset()
