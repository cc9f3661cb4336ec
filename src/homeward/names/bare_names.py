"""The name alone: without what stands beside it, in each way in which that can be told from the name."""

import re
from dataclasses import dataclass, replace

from homeward.names.asides import (
    Aside,
    AsideKind,
    is_first,
    is_given_text,
    is_patronymic_text,
    suffix_meaning,
    words_in,
)
from homeward.names.birth_dates import MONTH_NAMES
from homeward.names.brackets import open_brackets
from homeward.names.ranks import FoundRank, RankReading, find_rank

__all__ = ["BareName", "bare_names"]


@dataclass(frozen=True, slots=True)
class BareName:
    """A name alone and what stood beside it; a doubt where this is only one of two ways to read the text."""

    text: str
    asides: tuple[Aside, ...] = ()
    doubt: str = ""

    def without(self, kind: AsideKind, aside: str, text: str) -> "BareName":
        """Returns the name with one more piece set aside."""
        return replace(self, text=text, asides=(*self.asides, Aside(kind, aside)))


_YEAR_WORD = r"(?:\s*(?:р\.?\s*н\.?|г\.?\s*р\.?|р(?:оку|ік)\s+народження|год(?:а|у)?\s+рождения|року|года|рік)(?!\w))"
_DATE = re.compile(
    r"(?:(?:нар(?:\.|одився|одилася|одж\.)|дата народження|д\.?\s?н\.|"
    r"род(?:\.|ился|илась)|дата рождения|д\.?\s?р\.|born(?: on)?|b\.|dob)[:\s]*)?"
    r"(?:\b(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}(?:-\d{2})?|(?:19|20)\d{2}|"
    rf"\d{{1,2}}\.?\s+(?:{MONTH_NAMES})\.?,?\s+\d{{4}}|(?:{MONTH_NAMES})\.?\s+\d{{1,2}},?\s+\d{{4}})\b"
    rf"{_YEAR_WORD}?|\b\d{{2}}{_YEAR_WORD})",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:\b(?:в\s?/\s?ч|військова частина|войсковая часть|unit)\s*[:№]?\s*[А-ЯІЇЄҐA-Z]?[-\s]?\d{3,5}\b)"
    r"|\b\d{1,3}(?:[-‑]?(?:та|а|й|ша|га|тя|ма|я|ої|го|го|th|st|nd|rd))?\s*"
    r"(?:о(?:кр(?:ема|емий|емого)|тд(?:ельная|ельный)?)?\.?\s*)?"
    r"(?:[А-ЯІЇЄҐ]{1,6}(?:бр|Бр|БР|рП|РП|рп)|[А-ЯІЇЄҐ]?[а-яіїєґ]?[А-ЯІЇЄҐ]?МБр|обрмп|бригад[аи]|батальйон[у]?|батальон[а]?|полк[у]?|"
    r"brigade|battalion|regiment)\b"
)
_CALL_SIGN_WORD = r",?\s*\(?\s*(?:\b(?:позивний|позывной|псевдо|call ?sign|call-sign|aka)\b|\bпо[зс]\.)[-–:\s]*"
_QUOTED_CALL_SIGN = re.compile(rf"{_CALL_SIGN_WORD}[«\"“„'‹]([^»\"”“'›]+)[»\"”“'›]\)?", re.IGNORECASE)
_CALL_SIGN = re.compile(rf"{_CALL_SIGN_WORD}([^\s,()«»\"]+)((?:\s+[^\s,()«»\"\d]+)*)\)?", re.IGNORECASE)
_AGE = re.compile(r"\b\d{1,2}\s*(?:років|роки|рік|лет|года|год|years? old|years|y\.?\s?o\.?)(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:№|#|\bNo\.?\s*|\bN\s)?\s*\b[A-Za-zА-ЯҐЄІЇа-яґєії]{0,3}[-–]?\d[\d/\-–]*\b\.?\)?")


_RUN_ON = re.compile(r"(?<=[^\W\d_]{2})\.(?=[^\W\d_]{3})")
"""A full stop without a space behind a shortened word: ст.солдат."""


def bare_names(text: str) -> tuple[BareName, ...]:
    """Returns the name alone, in more than one way where a word may be rank or surname, or a second surname is given.

    >>> bare_names("ст. сержант Коваленко Олександр, 12.03.1990, позивний «Сокіл»")[0].text
    'Коваленко Олександр'
    """
    text = _RUN_ON.sub(". ", text)
    name = _take(_QUOTED_CALL_SIGN, BareName(text), AsideKind.CALL_SIGN)
    name = _take_call_sign(name)
    opened = open_brackets(name.text)
    name = replace(name, text=opened.text, asides=(*name.asides, *opened.asides))
    found = list(_without_rest(name))
    if opened.other is not None:
        other = replace(name, text=opened.other, doubt="the surname in brackets")
        found += _without_rest(other)
    return tuple(dict.fromkeys(found))


def _without_rest(name: BareName) -> tuple[BareName, ...]:
    name = _take(_DATE, _take(_UNIT, name, AsideKind.UNIT), AsideKind.BIRTH_DATE)
    name = _take_suffix(_take(_AGE, name, AsideKind.REMARK))
    found = []
    for one in _without_ranks(name):
        plain = _take_suffix(_take(_NUMBER, one, AsideKind.NUMBER))
        found += [replace(last, text=_tidy(_take_suffix(last).text)) for last in _without_ranks(plain)]
    return tuple(found)


def _take(pattern: re.Pattern[str], name: BareName, kind: AsideKind) -> BareName:
    asides: list[Aside] = []

    def keep(found: re.Match[str]) -> str:
        inner = next((group for group in found.groups() if group), found.group()).strip(" ,;")
        if inner:
            asides.append(Aside(kind, inner))
        return " , " if found.group().lstrip().startswith(",") else " "

    return replace(name, text=pattern.sub(keep, name.text), asides=(*name.asides, *asides))


def _take_call_sign(name: BareName) -> BareName:
    """A call sign behind a whole name has all the words that follow; one before it has one word."""
    found = _CALL_SIGN.search(name.text)
    if found is None:
        return name
    before, sign, more = name.text[: found.start()], found.group(1), found.group(2)
    follows = more.split() if len(words_in(before)) >= 2 else []
    n_taken = next((i for i, word in enumerate(follows) if is_patronymic_text(word)), len(follows))
    kept = " ".join(follows[n_taken:]) if follows else more
    sign = " ".join([sign, *follows[:n_taken]])
    return name.without(AsideKind.CALL_SIGN, sign, f"{before} {kept} , {name.text[found.end() :]}".rstrip(" ,"))


def _without_ranks(name: BareName) -> tuple[BareName, ...]:
    found = find_rank(name.text)
    if found is None:
        return (name,)
    if found.reading is RankReading.RANK:
        return _without_ranks(name.without(AsideKind.RANK, found.text, found.without))
    doubt = name.doubt or f"{found.text} may be a rank or a name"
    taken = replace(name, doubt=doubt).without(AsideKind.RANK, found.text, found.without)
    return (*_without_ranks(taken), _as_surname(name, found, doubt))


def _as_surname(name: BareName, found: FoundRank, doubt: str) -> BareName:
    shortened = found.text.endswith(".")  # Гр. Коваль: a given name, if it is one, and not marked as the surname
    text = name.text if shortened else f"{found.text}, {found.without.replace(',', ' ')}"
    return replace(name, text=text, doubt=doubt)


_HYPHENED_SUFFIX = re.compile(
    r"(?<=\w\w)-(молодший|младший|старший|мол\.?|мл\.?|ст\.?|junior|senior|jr\.?|sr\.?)$", re.I
)


def _take_suffix(name: BareName) -> BareName:
    text = name.text.strip(" ,")
    hyphened = _HYPHENED_SUFFIX.search(text)
    if hyphened:
        return name.without(AsideKind.SUFFIX, hyphened.group(1), text[: hyphened.start()])
    words = text.replace(",", " , ").split()
    while len(words) > 2 and words[-1] == ",":
        words.pop()
    n_names = sum(word != "," for word in words)
    if n_names > 2 and (suffix_meaning(words[-1]) or _is_numeral(words)) and not _may_be_name(words):
        suffix = words.pop()
        return name.without(AsideKind.SUFFIX, suffix, " ".join(words))
    return replace(name, text=" ".join(words))


def _is_numeral(words: list[str]) -> bool:
    """Whether I behind a whole name is the first of that name, and no initial, for the patronymic is there."""
    return is_first(words[-1]) and any(is_patronymic_text(word) for word in words[1:-1])


def _may_be_name(words: list[str]) -> bool:
    """Whether Ст. behind surname and given name may be Степанович: with a capital, and no patronymic before it."""
    last = words[-1]
    if last not in ("Ст.", "St.") or words[-2] == ",":
        return False
    return not any(is_patronymic_text(word) and not is_given_text(word) for word in words[:-1])


def _tidy(text: str) -> str:
    text = re.sub(r"\s*,\s*", ", ", text)
    return re.sub(r"(?:,\s*)+", ", ", " ".join(text.split())).strip(" ,;:")
