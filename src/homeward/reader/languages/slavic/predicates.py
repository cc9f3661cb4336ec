"""Predicates in Ukrainian and Russian: verbs with tense and voice, as their forms tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.words import Word

__all__ = ["Form", "Predicate", "find_predicates"]


class Form(Enum):
    """How the verb stands in its clause."""

    FINITE = "finite"
    IMPERSONAL = "impersonal"  # "передано": nobody is named, the object is in the accusative
    PASSIVE = "passive"  # "були передані": the subject is what is given
    INFINITIVE = "infinitive"
    CONVERB = "converb"  # "передавши"
    ATTRIBUTE = "attribute"  # "тіла, передані Росією"


@dataclass(slots=True)
class Predicate:
    """A verb at the word `at`; `category` and `name` as in verbs.toml, or "other" and ""."""

    at: int
    category: str
    name: str
    form: Form
    future: bool = False
    present: bool = False
    plural: bool = False
    gender: str | None = None
    first_person: bool = False
    negated: bool = False
    weak: bool = False

    @property
    def heads_clause(self) -> bool:
        """Returns whether a clause of its own stands around it."""
        return self.form is not Form.INFINITIVE


def find_predicates(words: Sequence[Word], phrases: Sequence[NounPhrase]) -> list[Predicate]:
    """Returns the predicates of a sentence in order; a participle inside a noun phrase is none."""
    inside = {place for phrase in phrases for place in range(phrase.first, phrase.last)}
    found = [
        predicate
        for place, word in enumerate(words)
        if place not in inside and word.date is None and (predicate := _predicate(words, place)) is not None
    ]
    for predicate in found:
        predicate.negated = _negated(words, predicate.at)
        predicate.weak = words[predicate.at].is_("weak")
    return found


def _entry(word: Word) -> tuple[str, str]:
    if not word.entries:
        return "other", ""
    for category in ("verb", "participle", "state", "control", "speech"):
        if entry := word.get(category):
            return ("verb" if category == "participle" else category), entry.name
    return "other", ""


def _predicate(words: Sequence[Word], place: int) -> Predicate | None:
    word = words[place]
    category, name = _entry(word)
    if word.amount is not None or word.is_("marks"):
        return None
    known = category != "other"
    for reading in word.readings:
        if reading.part == "verb" and (known or word.is_only("verb", "other")):
            return _finite(words, place, reading.grammemes, category, name)
        if reading.part == "short_participle" and (known or word.is_only("short_participle")):
            neuter = reading.has("neut")
            form = Form.IMPERSONAL if neuter else Form.PASSIVE
            return Predicate(place, category, name, form, future=_will_be(words, place), plural=reading.has("plur"))
        if reading.part == "infinitive" and (known or word.is_only("infinitive")):
            return Predicate(place, category, name, Form.INFINITIVE)
        if reading.part == "converb":
            return Predicate(place, category, name, Form.CONVERB)
        if reading.part in ("adjective", "participle", "short_adjective", "predicative", "adverb") and known:
            return _adjectival(words, place, category, name)
    return None


def _finite(words: Sequence[Word], place: int, grammemes: frozenset[str], category: str, name: str) -> Predicate:
    if "Impe" in grammemes:
        return Predicate(place, category, name, Form.IMPERSONAL, future=_will_be(words, place))
    gender = next((gender for gender in ("masc", "femn", "neut") if gender in grammemes), None)
    return Predicate(
        place,
        category,
        name,
        Form.FINITE,
        future="futr" in grammemes or "impr" in grammemes,
        present="pres" in grammemes,
        plural="plur" in grammemes,
        gender=gender if "past" in grammemes else None,
        first_person="1per" in grammemes,
    )


def _adjectival(words: Sequence[Word], place: int, category: str, name: str) -> Predicate | None:
    """Returns a participle or an adjective such as "готова" as a predicate."""
    word = words[place]
    before = words[place - 1] if place else None
    if category != "control" and before is not None and before.is_("preposition"):
        # "Серед репатрійованих" names people and tells of no handover.
        return None
    if category == "control":
        return Predicate(
            place, category, name, Form.FINITE, future=False, plural=any(r.has("plur") for r in word.readings)
        )
    if category not in ("verb", "state") or not word.may_be("adjective", "participle"):
        return None
    helped = any(_is_be(words[near]) for near in range(max(0, place - 4), place))
    if helped or ("nomn" in word.cases and not (place and words[place - 1].is_("marks", "comma"))):
        plural = any(r.has("plur") for r in word.readings)
        return Predicate(place, category, name, Form.PASSIVE, future=_will_be(words, place), plural=plural)
    return Predicate(place, category, name, Form.ATTRIBUTE)


def _is_be(word: Word) -> bool:
    return any(reading.lemma in ("бути", "быть") for reading in word.readings)


def _will_be(words: Sequence[Word], place: int) -> bool:
    return any(
        _is_be(word) and any(reading.has("futr") for reading in word.readings)
        for word in words[max(0, place - 4) : place + 3]
    )


def _negated(words: Sequence[Word], at: int) -> bool:
    """Returns whether "не" stands before the verb or its auxiliary: "не було передано"."""
    if at and words[at - 1].lower in ("не", "ні", "ни"):
        return True
    return at > 1 and _is_be(words[at - 1]) and words[at - 2].lower == "не"
