"""What stands beside a name and is no part of it: rank, call sign, number, unit, birth date, suffix, remark."""

import re
from dataclasses import dataclass
from enum import Enum

from homeward.names.given_names import ends_as_patronymic, given_forms, patronymic_forms
from homeward.names.script import normal_word

__all__ = [
    "SUFFIXES", "Aside", "AsideKind", "is_first", "is_given_text", "is_patronymic_text", "suffix_meaning", "words_in",
]  # fmt: skip


class AsideKind(Enum):
    """What was set aside."""

    RANK = "rank"
    CALL_SIGN = "call_sign"
    NUMBER = "number"
    UNIT = "unit"
    BIRTH_DATE = "birth_date"
    SUFFIX = "suffix"
    REMARK = "remark"


@dataclass(frozen=True)
class Aside:
    """A piece of the text that is no part of the name."""

    kind: AsideKind
    text: str


SUFFIXES = {
    "молодший": "younger", "младший": "younger", "мол.": "younger", "мл.": "younger", "junior": "younger",
    "jr": "younger", "jr.": "younger", "старший": "elder", "ст.": "elder", "senior": "elder", "sr": "elder",
    "sr.": "elder", "ml.": "younger", "st.": "elder", "мол": "younger", "мл": "younger", "ст": "elder",
    "син": "younger", "сын": "younger", "son": "younger", "батько": "elder", "отец": "elder", "father": "elder",
    "ii": "second", "iii": "third", "iv": "fourth", "іі": "second", "ііі": "third",
}  # fmt: skip
"""Suffixes that tell father and son apart, and what they mean."""

_NAMESAKE_NUMBER = re.compile(r"([1-9])(?:-?(?:й|я|ий|ша|га|ый|ой))?")


def suffix_meaning(text: str) -> str | None:
    """Returns what a suffix says, or None where it is none: a small number behind a name tells namesakes apart.

    >>> suffix_meaning("мл."), suffix_meaning("2-й"), suffix_meaning("Коваль")
    ('younger', 'number 2', None)
    """
    number = _NAMESAKE_NUMBER.fullmatch(text.lower())
    return f"number {number.group(1)}" if number else SUFFIXES.get(text.lower())


def is_first(text: str) -> bool:
    """Whether a letter is the numeral of the first of a name, where it is no initial."""
    return text in ("I", "І")


def words_in(text: str) -> list[str]:
    """Returns the words of a text with their full stops, which tell initials."""
    return re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?", text)


def is_given_text(word: str) -> bool:
    """Whether a word as written is a given name of the table."""
    return bool(given_forms(normal_word(word.rstrip("."))))


def is_patronymic_text(word: str) -> bool:
    """Whether a word as written is or ends as a patronymic."""
    normal = normal_word(word.rstrip("."))
    return bool(patronymic_forms(normal)) or ends_as_patronymic(normal)
