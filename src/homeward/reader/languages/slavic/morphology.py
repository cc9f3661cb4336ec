"""Morphology: what a Ukrainian or Russian word may be, by the dictionaries of pymorphy3.

Nothing here decides between the readings of a word: "тіла" is one body's or several bodies. Agreement within a phrase
decides, in `phrases`. The dictionaries are an extra (`homeward[languages]`) and are loaded when first needed.
"""

import importlib.util
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from homeward.errors import InputError

__all__ = ["CASES", "Reading", "lemmas", "require_dictionary", "word_readings"]

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
# The second genitive and locative of Russian ("в плену") are cases like the others here.
_SECOND_CASES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
_PARTS = {
    "NOUN": "noun", "ADJF": "adjective", "ADJS": "short_adjective", "COMP": "adverb", "VERB": "verb",
    "INFN": "infinitive", "PRTF": "participle", "PRTS": "short_participle", "GRND": "converb", "NUMR": "numeral",
    "ADVB": "adverb",
    "NPRO": "pronoun", "PRED": "predicative", "PREP": "preposition", "CONJ": "conjunction", "PRCL": "particle",
}  # fmt: skip
# A reading that texts hardly ever mean ("тел", an abbreviation) makes more harm than it saves.
_RARE = 0.04
_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a word may be: dictionary form, part of speech, case, and its other grammemes (OpenCorpora)."""

    lemma: str
    part: str
    case: str | None
    grammemes: frozenset[str]

    def has(self, *grammemes: str) -> bool:
        """Returns whether the reading has all of `grammemes`."""
        return self.grammemes.issuperset(grammemes)


def require_dictionary(language: str) -> None:
    """Raises InputError with what to install where the words of `language` cannot be looked up."""
    missing = [name for name in ("pymorphy3", f"pymorphy3_dicts_{language}") if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError(
            place="reader",
            found=f'a text in "{language}" and no dictionary for it ({" and ".join(missing)} not installed)',
            needed='pip install "homeward[languages]"',
            code="reader_dictionary",
            parameters={"language": language},
        )


@cache
def _analyser(language: str) -> Any:
    require_dictionary(language)
    # Only here: a process that reads English alone never loads the dictionaries.
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=language)


@lru_cache(maxsize=_KEPT)
def word_readings(word: str, language: str) -> tuple[Reading, ...]:
    """Returns what `word`, in lower case, may be."""
    parses = _analyser(language).parse(word.replace("’", "'"))
    kept = [parse for parse in parses if parse.score >= _RARE or parse.normal_form == parses[0].normal_form] or parses
    return tuple(dict.fromkeys(_reading(parse, language) for parse in kept if "voct" not in parse.tag.grammemes))


def _reading(parse: Any, language: str) -> Reading:
    found = frozenset(_SECOND_CASES.get(name, name) for name in parse.tag.grammemes)
    part = next((part for tag, part in _PARTS.items() if tag in found), "other")
    # The Ukrainian dictionary has the infinitive as a form of the verb, and a converb as a word of its own.
    if part == "verb" and "infn" in found:
        part = "infinitive"
    lemma = parse.normal_form
    if language == "uk" and part == "converb":
        lemma = _infinitive(lemma)
    return Reading(lemma.replace("ё", "е"), part, next(iter(found & CASES), None), found)


def _infinitive(converb: str) -> str:
    """Returns the infinitive of a Ukrainian converb of the past: "передавши" is of "передати"."""
    for ending, infinitive in (("вшись", "тися"), ("вши", "ти")):
        if converb.endswith(ending):
            return converb.removesuffix(ending) + infinitive
    return converb


def lemmas(word: str, language: str) -> Set[str]:
    """Returns the dictionary forms of `word`, in lower case."""
    return {reading.lemma for reading in word_readings(word, language)}
