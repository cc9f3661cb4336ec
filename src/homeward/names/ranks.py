"""Ranks and titles beside a name; and the words among them that may be a surname (Старшина, Пан) or an initial (П.)."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import product

from homeward.names.asides import is_given_text, is_patronymic_text, words_in
from homeward.names.declension import Case, declensions
from homeward.names.given_names import Sex
from homeward.names.script import normal_word
from homeward.names.words import attested_surnames

__all__ = ["FoundRank", "RankReading", "find_rank", "is_rank", "rank_words", "sex_of_title"]


class RankReading(Enum):
    """What a word of the table of ranks is in this place."""

    RANK = "rank"
    NAME = "name"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class FoundRank:
    """A word of the table at an end or in the middle of a name, the text without it, and what it is there."""

    text: str
    without: str
    reading: RankReading


@cache
def _ranks() -> tuple[str, ...]:
    return tuple(sorted(_table() | _declined(), key=len, reverse=True))


@cache
def _table() -> frozenset[str]:
    text = files("homeward.names").joinpath("data").joinpath("ranks.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _declined() -> frozenset[str]:
    """The ranks in the other cases, as orders write them: старшого солдата, лейтенантом."""
    found: set[str] = set()
    for rank in _table():
        words = rank.split()
        if not re.fullmatch(r"[а-яіїєґё-]{5,}(?: [а-яіїєґё-]{5,})?", rank):
            continue
        for language, case in product(("uk", "ru"), Case):
            forms = [_in_case(word, case, language) for word in words]
            found |= {" ".join(some) for some in product(*forms)}
    return frozenset(found - _table())


_ADJECTIVE = re.compile(r"[иоы]й$")
_ADJECTIVE_ENDS = {
    "uk": {Case.GENITIVE: "ого", Case.ACCUSATIVE: "ого", Case.DATIVE: "ому", Case.INSTRUMENTAL: "им"},
    "ru": {Case.GENITIVE: "ого", Case.ACCUSATIVE: "ого", Case.DATIVE: "ому", Case.INSTRUMENTAL: "ым"},
}
_SOFT_ADJECTIVE_ENDS = {Case.GENITIVE: "его", Case.ACCUSATIVE: "его", Case.DATIVE: "ему", Case.INSTRUMENTAL: "им"}


def _in_case(word: str, case: Case, language: str) -> list[str]:
    stem, n = _ADJECTIVE.subn("", word)
    if n:
        soft = language == "ru" and stem.endswith("ш")
        return [stem + (_SOFT_ADJECTIVE_ENDS[case] if soft else _ADJECTIVE_ENDS[language][case])]
    return [form for form, theirs in declensions(word, Sex.MALE, language) if theirs is case]


@cache
def rank_words() -> frozenset[str]:
    """The single words that ranks are made of."""
    return frozenset(word for rank in _ranks() for word in rank.split())


def is_rank(text: str) -> bool:
    """Whether the whole text is a rank."""
    return text.lower() in _ranks()


@cache
def _rank_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(rank) for rank in _ranks())
    return re.compile(
        rf"^(?P<first>{words})(?P<after>[\s,]+)|(?P<before>[\s,]+)(?P<last>{words})$"
        rf"|(?<=\s)(?P<middle>{words})(?=\s)",
        re.IGNORECASE,
    )


# These begin no name, so that a capital does not make them one.
_TITLES = frozenset({"mr", "mrs", "ms", "sgt", "cpl", "pvt", "capt", "lt", "ряд", "гв"})


_SEX_OF_TITLE = {
    "mr": Sex.MALE, "пан": Sex.MALE, "громадянин": Sex.MALE, "гражданин": Sex.MALE, "гр-н": Sex.MALE,
    "mrs": Sex.FEMALE, "ms": Sex.FEMALE, "пані": Sex.FEMALE, "громадянка": Sex.FEMALE, "гражданка": Sex.FEMALE,
    "гр-ка": Sex.FEMALE,
}  # fmt: skip


def sex_of_title(title: str) -> Sex | None:
    """Returns the sex that a title tells: Mr, Mrs, пан, пані."""
    return _SEX_OF_TITLE.get(title.lower().rstrip("."))


def find_rank(text: str) -> FoundRank | None:
    """Returns the first rank that is one or may be one; a word that is surely a name is passed over.

    >>> find_rank("сержант Коваль Іван").without, find_rank("СТАРШИНА Олег Ігорович")
    ('Коваль Іван', None)
    """
    text = text.strip()
    if rank_words().isdisjoint(re.split(r"[\s,]+", text.lower())):
        return None  # the pattern has hundreds of words, and most names have none of them
    for found in _rank_pattern().finditer(text):
        without = " ".join((text[: found.start()] + " " + text[found.end() :]).split()).strip(" ,")
        if not words_in(without):
            continue
        reading = _reading(found, text, without)
        if reading is not RankReading.NAME:
            rank = found.group("first") or found.group("last") or found.group("middle")
            return FoundRank(rank, without, reading)
    return None


def _reading(found: re.Match[str], text: str, without: str) -> RankReading:
    rank = found.group("first") or found.group("last") or found.group("middle")
    comma = "," in (found.group("after") or found.group("before") or "")
    small = rank.islower() and not text.islower()
    if not small and rank.lower() in _declined():
        return RankReading.RANK if " " in rank else RankReading.NAME
    if rank.endswith(".") and " " not in rank:
        return _abbreviation(rank, without, leading=bool(found.group("first")), small=small, comma=comma)
    if re.search(r"[\s-]", rank) or rank.lower() in _TITLES:
        return RankReading.RANK
    if found.group("middle") and text[: found.start()].rstrip().endswith(","):
        return RankReading.RANK  # Коваль, Майор Іван
    if found.group("last") and not small and not comma and attested_surnames(normal_word(rank)):
        return RankReading.EITHER if _has_surname(without) is not RankReading.NAME else RankReading.NAME
    if small or _has_surname(without) is RankReading.RANK:
        return RankReading.RANK if small or not found.group("middle") else RankReading.NAME
    marked = (comma and bool(found.group("first"))) or (rank.isupper() and not text.isupper())
    if _has_surname(without) is RankReading.EITHER and not marked:
        return RankReading.EITHER
    if marked or attested_surnames(normal_word(rank)):
        return RankReading.NAME
    return RankReading.EITHER


def _abbreviation(rank: str, without: str, *, leading: bool, small: bool, comma: bool) -> RankReading:
    """П. and Гр. are initials rather than titles where a name may be abbreviated so."""
    if len(rank) <= 2:
        return RankReading.RANK if small and leading else RankReading.NAME
    if small or comma or rank.lower().rstrip(".") in _TITLES:
        return RankReading.RANK
    if not leading:
        return RankReading.NAME
    return RankReading.RANK if len(words_in(without)) > 1 else RankReading.EITHER


def _has_surname(text: str) -> RankReading:
    """Returns RANK where these words have a surname without the word in question, EITHER where they may have one."""
    words = words_in(text)
    full = [word for word in words if len(word.rstrip(".")) > 1 and not word.endswith(".")]
    surnames = [word for word in full if not is_given_text(word) and not is_patronymic_text(word)]
    if surnames:
        return RankReading.RANK if len(words) > 1 else RankReading.EITHER
    given = [word for word in full if is_given_text(word)]
    return RankReading.EITHER if len(given) > 1 else RankReading.NAME
