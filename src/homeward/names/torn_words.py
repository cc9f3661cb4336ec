"""Words that were written together or torn apart at the end of a line, put right where a known name comes of it."""

import re

from homeward.names.asides import SUFFIXES, is_given_text, is_patronymic_text
from homeward.names.given_names import patronymic_forms
from homeward.names.readings import TURKIC_ENDINGS
from homeward.names.script import as_cyrillic, normal_word
from homeward.names.words import attested_surnames

__all__ = ["mend_words"]

_TOGETHER = re.compile(r"(?<=[а-яіїєґ]{2})(?=[А-ЯІЇЄҐ][а-яіїєґ']{2})|(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_TORN = re.compile(
    r"(?<![\w'-])([А-ЯІЇЄҐ][а-яіїєґ']+)-([а-яіїєґ]{2,})(?![\w'-])|(?<![\w'-])([A-Z][a-z']+)-([a-z]{2,})(?![\w'-])"
)


def mend_words(text: str) -> tuple[str, tuple[str, ...]]:
    """Returns the text with words parted and joined, and what was done.

    >>> mend_words("КоваленкоПавло Іва-нович")[0]
    'Коваленко Павло Іванович'
    """
    repairs = []
    cyrillic = as_cyrillic(text)
    if cyrillic is not None and _has_forename(cyrillic) and not _has_forename(text):
        text = cyrillic
        repairs.append("letters of another script in every word")
    joined = _TORN.sub(_joined, text)
    if joined != text:
        repairs.append("a word put together that was torn at the end of a line")
    parted = " ".join(_parted(word) for word in joined.split(" "))
    if parted != joined:
        repairs.append("words parted that were written together")
    return parted, tuple(repairs)


def _has_forename(text: str) -> bool:
    return any(is_given_text(word) for word in re.findall(r"[^\W\d_]{3,}", text))


def _joined(found: re.Match[str]) -> str:
    """A double surname has two capitals; halves of which the second is small are one word, where it is a known one."""
    first, second = (half for half in found.groups() if half)
    whole = first + second
    if second in SUFFIXES or second in TURKIC_ENDINGS:
        return found.group()
    return whole if _is_forename(whole) or (_is_surname(whole) and not _is_name(second)) else found.group()


def _parted(word: str) -> str:
    """КоваленкоПавло is two words where one of them is a known forename; МакКей is one."""
    pieces = _TOGETHER.split(word)
    if len(pieces) < 2 or _is_forename(word):  # KuprYan stood for Купр'ян
        return word
    if not any(is_given_text(one) or is_patronymic_text(one) for one in pieces):
        return word
    return " ".join(pieces)


def _is_forename(word: str) -> bool:
    return is_given_text(word) or bool(patronymic_forms(normal_word(word)))


def _is_name(word: str) -> bool:
    return is_given_text(word) or is_patronymic_text(word) or _is_surname(word)


def _is_surname(word: str) -> bool:
    return bool(attested_surnames(normal_word(word)))
