"""Repair of the script: what a scanner, a keyboard or a copy and paste did to the letters of a name.

Each repair is told. Homoglyphs are turned to the script of the word they stand in; invisible signs and stress marks go.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

__all__ = [
    "Repaired", "Script", "as_cyrillic", "fold_latin", "normal_word", "repair", "script_of", "swap_layout",
]  # fmt: skip


class Script(Enum):
    """The script of a word."""

    CYRILLIC = "cyrillic"
    LATIN = "latin"
    OTHER = "other"


@dataclass(frozen=True)
class Repaired:
    """A text in NFC with one apostrophe and one dash, and what was done to it, in words."""

    text: str
    repairs: tuple[str, ...]


# Between letters no quotation mark opens or closes anything; before a capital only where an apostrophe may stand.
_MISTYPED_APOSTROPHE = re.compile(
    r"(?<=[А-яҐґЄєІіЇї])[\"*“”„‟](?=[яюєїЯЮЄЇ])|(?<=[^\W\d_])[\"“”„‟](?=[^\W\d_A-ZÀ-ÖØ-ÞА-ЯҐЄІЇ])"
)
_ALL_CYRILLIC = re.compile(r"[\u0400-\u052f'-]+")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´ʹʻ′＇ˈ‛՚"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_STRESS = "\u0301\u0300"
_TO_LATIN = str.maketrans("аеорсухіјѕїАВЕКМНОРСТУХІЈЅЇЗӏԁԛԝ", "aeopcyxijsïABEKMHOPCTYXIJSÏ3ldqw")
_TO_CYRILLIC = str.maketrans("aeopcyxijïABEKMHOPCTYXIJÏ", "аеорсухіјїАВЕКМНОРСТУХІЈЇ")
_LIKE_CYRILLIC = frozenset("aeopcyxijïABEKMHOPCTYXIJÏ")
_LIKE_LATIN = frozenset("аеорсухіјѕїАВЕКМНОРСТУХІЈЅЇ")
_DIGITS = {"0": "о", "3": "з", "6": "б"}
# A digit within a word is a letter that was read or typed wrongly; at its ends only where no number stands so.
_WORD = re.compile(r"(?:(?<!\w)[03](?=[^\W\d_]{3}))?[^\W\d_]+(?:['0369][^\W\d_]+)*(?:(?<=[^\W\d_]{4})0(?!\w))?")
_DIGIT_IN_WORD = re.compile(r"[^\W\d_]\d[^\W\d_]|(?<!\w)0[^\W\d_]{3}|[^\W\d_]{4}0(?!\w)")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_]\s+){3,}[^\W\d_](?!\S)")

_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`\\/"
_UKRAINIAN_KEYS = "йцукенгшщзхїфівапролджєячсмитьбю'ґ."
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё\\."
_SHIFTED = str.maketrans('{}:"<>~|', "[];',.`\\")

_KEPT_LATIN = frozenset("žšŝčżâûêəçşğı")
_SPECIAL_LATIN = str.maketrans({"ł": "l", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae", "ð": "d"})


def is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"


def is_latin(letter: str) -> bool:
    return letter.isalpha() and (letter < "\u02b0" or "\u1e00" <= letter <= "\u1eff")


@lru_cache(maxsize=65536)
def script_of(word: str) -> Script:
    """Returns the script that most letters of a word belong to."""
    if word.isascii():
        return Script.LATIN if any(map(str.isalpha, word)) else Script.OTHER
    if _ALL_CYRILLIC.fullmatch(word):
        return Script.CYRILLIC
    cyrillic = sum(map(is_cyrillic, word))
    latin = sum(map(is_latin, word))
    if not cyrillic and not latin:
        return Script.OTHER
    return Script.CYRILLIC if cyrillic >= latin else Script.LATIN


def repair(text: str) -> Repaired:
    """Returns the text with its script repaired; the same text repaired again stays as it is.

    >>> repair("Oлeкcaндр Ko\u00adвaлeнкo").text
    'Олександр Коваленко'
    """
    repairs: list[str] = []
    text = _MISTYPED_APOSTROPHE.sub("'", text)
    text = _without_spacing(text.replace("_", " "), repairs)
    if text.isascii() and not _DIGIT_IN_WORD.search(text):
        return Repaired(" ".join(text.split()), tuple(repairs))
    clean = _without_marks(unicodedata.normalize("NFC", text), repairs)
    clean = clean.translate(_APOSTROPHES).translate(_DASHES)
    clean = _same_script(clean, repairs)
    return Repaired(" ".join(clean.split()), tuple(repairs))


def _without_spacing(text: str, repairs: list[str]) -> str:
    """Returns the text with words put together whose letters stand apart: К о в а л ь; three or fewer are initials.

    Where some gaps are wider than others they part the words.
    """
    joined = text
    while (closer := _SPACED.sub(_put_together, joined)) != joined:
        joined = closer
    if joined != text:
        repairs.append("letters that stood apart put together")
    return joined


def _put_together(found: re.Match[str]) -> str:
    return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", found.group()))


def _without_marks(text: str, repairs: list[str]) -> str:
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Co", "Cs") and c != "\u034f")
    if visible != text:
        repairs.append("invisible signs left out")
    parts: list[str] = []
    for letter in unicodedata.normalize("NFD", visible):
        if letter in _STRESS and parts and is_cyrillic(parts[-1][0]):
            continue
        parts.append(letter)
    stressless = unicodedata.normalize("NFC", "".join(parts))
    if stressless != visible and stressless != unicodedata.normalize("NFC", visible):
        repairs.append("stress marks left out")
    return stressless


def _same_script(text: str, repairs: list[str]) -> str:
    main = script_of("".join(c for c in text if c not in _LIKE_CYRILLIC and c not in _LIKE_LATIN and c.isalpha()))

    def unify(found: re.Match[str]) -> str:
        word = found.group()
        unified = _unified_word(word, main)
        if unified != word:
            repairs.append(f"letters of another script in {word}")
        return unified

    while (unified := _WORD.sub(unify, text)) != text:  # a digit that became a letter may tell of the next
        text = unified
    return text


def _unified_word(word: str, main: Script) -> str:
    cyrillic_only = sum(is_cyrillic(c) and c not in _LIKE_LATIN for c in word)
    latin_only = sum(is_latin(c) and c not in _LIKE_CYRILLIC for c in word)
    if not cyrillic_only and not latin_only:
        target = main  # every letter looks alike in both: the rest of the name decides
    elif cyrillic_only and latin_only:
        target = Script.CYRILLIC if cyrillic_only > latin_only else Script.LATIN
    else:
        target = Script.CYRILLIC if cyrillic_only else Script.LATIN
    if target is Script.CYRILLIC:
        return _without_digits(word, _DIGITS).translate(_TO_CYRILLIC)
    return _without_digits(word, {"0": "o"}).translate(_TO_LATIN) if target is Script.LATIN else word


def _without_digits(word: str, letters: Mapping[str, str]) -> str:
    if word.isalpha():
        return word
    if word[0] in letters and word[1:2].isupper() and not word[1:].isupper():
        return word  # 3Петренко: the third of a list
    whole = "".join(letters.get(sign, sign) for sign in word)
    if word.isupper():
        return whole.upper()
    return whole[0].upper() + whole[1:] if word[0].isdigit() else whole


def as_cyrillic(text: str) -> str | None:
    """Returns a text whose letters all look alike in both scripts in Cyrillic ones; None for any other text.

    >>> as_cyrillic("BOPOHA Tapac"), as_cyrillic("Tapas")
    ('ВОРОНА Тарас', None)
    """
    letters = {letter for letter in text if letter.isalpha()}
    return text.translate(_TO_CYRILLIC) if letters and letters <= _LIKE_CYRILLIC else None


@lru_cache(maxsize=131072)
def normal_word(word: str) -> str:
    """Returns a word as it is compared: lower case, Latin letters without marks that say nothing, straight apostrophe.

    >>> normal_word("Ґудзь"), normal_word("Sergueï"), normal_word("Žukov")
    ('ґудзь', 'serguei', 'žukov')
    """
    lower = word.replace("İ", "i").lower().translate(_APOSTROPHES).translate(_DASHES)
    return fold_latin(lower) if script_of(lower) is Script.LATIN else lower


def fold_latin(word: str) -> str:
    """Returns a Latin word without apostrophes and marks, but with those that tell two sounds apart (ž, ç, ə)."""
    if word.isascii():
        return word.replace("'", "")
    letters = []
    for letter in unicodedata.normalize("NFC", word.translate(_SPECIAL_LATIN)):
        if letter in _KEPT_LATIN:
            letters.append(letter)
            continue
        letters += [c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)]
    return "".join(c for c in letters if c == "-" or (c.isalpha() and unicodedata.category(c) != "Lm"))


def swap_layout(text: str) -> tuple[str, ...]:
    """Returns what the same keys give on the other keyboard: Ukrainian and Russian, or Latin.

    >>> swap_layout("Rjdfktyrj")[0]
    'коваленко'
    """
    lower = text.lower().translate(_SHIFTED)
    if script_of(text) is Script.LATIN:
        keys = {q: (u, r) for q, u, r in zip(_QWERTY, _UKRAINIAN_KEYS, _RUSSIAN_KEYS, strict=True)}
        return tuple(dict.fromkeys("".join(keys[c][i] if c in keys else c for c in lower) for i in (0, 1)))
    back = {k: q for table in (_RUSSIAN_KEYS, _UKRAINIAN_KEYS) for k, q in zip(table, _QWERTY, strict=True)}
    return ("".join(back.get(c, c) for c in lower),)
