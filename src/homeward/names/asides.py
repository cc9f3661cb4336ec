"""What stands beside a name in a list and is no part of it: rank, call sign, number, birth date, suffix, remark."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

__all__ = ["SUFFIXES", "Aside", "AsideKind", "rank_words", "set_aside"]


class AsideKind(Enum):
    """What was set aside."""

    RANK = "rank"
    CALL_SIGN = "call_sign"
    NUMBER = "number"
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
    "sr.": "elder", "ii": "second", "iii": "third", "iv": "fourth", "ml.": "younger", "st.": "elder",
}  # fmt: skip
"""Suffixes that tell father and son apart, and what they mean."""

_YEAR_WORD = r"(?:\s*(?:р\.?\s*н\.?|г\.?\s*р\.?|року народження|года рождения|рік народження))?"
_DATE = re.compile(
    r"(?:(?:нар(?:\.|одився|одилася|одж\.)|дата народження|д\.?\s?н\.|"
    r"род(?:\.|ился|илась)|дата рождения|д\.?\s?р\.|born|b\.|dob)[:\s]*)?"
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}(?:-\d{2})?|(?:19|20)\d{2})\b" + _YEAR_WORD,
    re.IGNORECASE,
)
_CALL_SIGN = re.compile(
    r"(?:,?\s*\(?\s*\b(?:позивний|позывной|псевдо|call ?sign|call-sign|aka)\b[:\s]*)"
    r"(?:[«\"“„'‹]([^»\"”“'›]+)[»\"”“'›]|([^\s,()«»\"]+))\)?"
    r"|[«\"“„‹]([^»\"”“›]+)[»\"”“›]",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_NUMBER = re.compile(r"(?:№|#|\bNo\.?\s*|\bN\s)?\s*\b[A-Za-zА-ЯҐЄІЇа-яґєії]{0,3}[-–]?\d[\d/\-–]*\b\.?\)?")


_CAPITAL_INITIAL = re.compile(r"[А-ЯҐЄІЇA-Z]\.")


@cache
def _ranks() -> tuple[str, ...]:
    text = files("homeward.names").joinpath("data").joinpath("ranks.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True))


@cache
def rank_words() -> frozenset[str]:
    """The single words that ranks are made of."""
    return frozenset(word for rank in _ranks() for word in rank.split())


@cache
def _rank_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(rank) for rank in _ranks())
    return re.compile(rf"^(?:{words})(?=[\s,])[\s,]*|[\s,]+(?:{words})$", re.IGNORECASE)


def set_aside(text: str) -> tuple[str, tuple[Aside, ...]]:
    """Returns the name alone and what stood beside it.

    >>> set_aside("ст. сержант Коваленко Олександр, 12.03.1990, позивний «Сокіл»")[0]
    'Коваленко Олександр'
    """
    asides: list[Aside] = []
    text = _take(_CALL_SIGN, text, asides, AsideKind.CALL_SIGN)
    text = _take(_BRACKETS, text, asides, AsideKind.REMARK)
    text = _take(_DATE, text, asides, AsideKind.BIRTH_DATE)
    rank = _rank_pattern()
    while (without := _take_first(rank, text, asides, AsideKind.RANK)) != text:
        text = without
    text = _take(_NUMBER, text, asides, AsideKind.NUMBER)
    while (without := _take_first(rank, text, asides, AsideKind.RANK)) != text:
        text = without
    return _tidy(_suffix(text, asides)), tuple(asides)


def _take(pattern: re.Pattern[str], text: str, asides: list[Aside], kind: AsideKind) -> str:
    def keep(found: re.Match[str]) -> str:
        inner = next((group for group in found.groups() if group), found.group())
        inner = inner.strip(" ,;")
        if inner:
            suffix = kind is AsideKind.REMARK and inner.lower() in SUFFIXES
            asides.append(Aside(AsideKind.SUFFIX if suffix else kind, inner))
        return " , " if found.group().lstrip().startswith(",") else " "

    return pattern.sub(keep, text)


def _take_first(pattern: re.Pattern[str], text: str, asides: list[Aside], kind: AsideKind) -> str:
    found = pattern.search(text.strip())
    if found is None or found.group().strip(" ,") == text.strip(" ,"):
        return text
    if _CAPITAL_INITIAL.fullmatch(found.group().strip(" ,")):
        return text  # П. is Петро or Павло far oftener than a title, which is written п.
    stripped = text.strip()
    asides.append(Aside(kind, found.group().strip(" ,")))
    return (stripped[: found.start()] + " " + stripped[found.end() :]).strip()


def _suffix(text: str, asides: list[Aside]) -> str:
    words = text.replace(",", " , ").split()
    while len(words) > 2 and words[-1] == ",":
        words.pop()
    if len(words) > 2 and words[-1].lower() in SUFFIXES:
        asides.append(Aside(AsideKind.SUFFIX, words.pop()))
    return " ".join(words)


def _tidy(text: str) -> str:
    text = re.sub(r"\s*,\s*", ", ", text)
    return re.sub(r"(?:,\s*)+", ", ", " ".join(text.split())).strip(" ,;:")
