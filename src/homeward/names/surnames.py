"""Comparing surnames: endings of women's forms, double surnames, slips that do not join two attested names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from homeward.names.counts import surname_counts
from homeward.names.given_names import Sex
from homeward.names.keys import sound_key
from homeward.names.relations import Relation
from homeward.names.script import Script
from homeward.names.words import Word, are_two_spellings, attested_surnames, slip_between, sound_relation

__all__ = ["Base", "PartRelation", "attested_forms", "bases_of", "compare_surnames", "surname_keys"]


Sexes = tuple[Sex | None, Sex | None]


@dataclass(frozen=True, slots=True)
class PartRelation:
    """A relation and why, in words; the number of edits of a slip."""

    relation: Relation
    why: str
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Base:
    """A surname in its masculine form, and the sex that its ending tells (None where the ending tells nothing)."""

    word: Word
    sex: Sex | None
    certain: bool = True


_FEMININE = (
    # ending, masculine endings, whether the ending alone tells that it is a woman's form
    (re.compile(r"(?<=[сцз]ьк)а$"), ("ий",), True),
    (re.compile(r"(?<=[сц]к)ая$"), ("ий",), True),
    (re.compile(r"(?<=[оеєё]в)а$|(?<=їв)а$"), ("", "ий"), True),
    (re.compile(r"(?<=[иіїы]н)а$"), ("",), False),
    (re.compile(r"ая$|яя$"), ("ый", "ий", "ой"), True),
    (re.compile(r"(?<=[бвгджзклмнпрстхцчшщ])а$"), ("ий",), False),
    (re.compile(r"(?<=[sc]k)a(?:ya|ia|ja)?$"), ("yi",), True),
    (re.compile(r"(?<=[oe]v)a$|(?<=[oe]w)a$"), ("",), True),
    (re.compile(r"(?<=[iy]n)a$"), ("",), False),
    (re.compile(r"a(?:ya|ia|ja)$"), ("yi",), True),
    (re.compile(r"(?<=[bvhgdzklmnprstc])a$"), ("yi",), False),
)
_MASCULINE = re.compile(
    r"(?:[сцз]ький|[сц]кий|[оеєёї]в|[иіїы]н|ый|[^аеоуиі]ий|[sc]k(?:y|yi|i|ii|iy|yj|ij)|[oe][vw]|[iy]n|[^aeiou]yi)$"
)


@lru_cache(maxsize=131072)
def bases_of(word: Word) -> tuple[Base, ...]:
    """Returns the masculine forms that a surname may have: itself, and what a woman's ending may come from.

    An ending that also closes men's surnames (Калина, Сорока) leaves both open.
    """
    own = Base(word, Sex.MALE if _MASCULINE.search(word.normal) else None)
    found = [own]
    for ending, masculine, certain in _FEMININE:
        stem, n = ending.subn("", word.normal)
        if n and len(stem) >= 2:
            if certain and own in found:
                found = []
            found += [Base(replace(word, normal=stem + end), Sex.FEMALE, certain) for end in masculine]
            break
    return tuple(found)


def compare_surnames(a: tuple[Word, ...], b: tuple[Word, ...], sexes: Sexes = (None, None)) -> PartRelation:
    """Returns the relation of two surnames of one or two words; `sexes` are those of given name and patronymic."""
    if len(a) == len(b) == 1:
        return _one_surname(a[0], b[0], sexes)
    if len(a) == len(b):
        pairs = [_one_surname(one, two, sexes) for one, two in zip(a, b, strict=True)]
        worst = max(pairs, key=lambda pair: pair.relation.rank)
        if worst.relation is Relation.DIFFERENT and len(a) == 2:
            turned = [_one_surname(one, two, sexes) for one, two in zip(a, b[::-1], strict=True)]
            if all(pair.relation is not Relation.DIFFERENT for pair in turned):
                return PartRelation(Relation.HALF_SURNAME, "the halves of the double surname stand in another order")
            if any(pair.relation.rank <= 2 for pair in (*pairs, *turned)):
                return PartRelation(Relation.DIFFERENT, "one half of the double surname is another")
        return worst
    best = min((_one_surname(one, two, sexes) for one in a for two in b), key=lambda pair: pair.relation.rank)
    if best.relation is Relation.DIFFERENT:
        return best
    if best.relation is Relation.TYPING_SLIP:
        return best
    return PartRelation(Relation.HALF_SURNAME, "one half of a double surname")


@lru_cache(maxsize=262144)
def _one_surname(a: Word, b: Word, sexes: Sexes) -> PartRelation:
    found = _by_sound(a, b, sexes) or _slip(a, b, sexes) or PartRelation(Relation.DIFFERENT, "another surname")
    if (a.other_layout or b.other_layout) and found.relation.rank < Relation.TYPING_SLIP.rank:
        return PartRelation(Relation.TYPING_SLIP, "typed on another keyboard layout", 1)
    return found


def _by_sound(a: Word, b: Word, sexes: Sexes) -> PartRelation | None:
    direct = sound_relation(a, b)
    if direct is Relation.EQUAL:
        return PartRelation(direct, "spelled alike")
    best: PartRelation | None = None
    for one, two in _pairs_of_bases(a, b, sexes):
        relation = sound_relation(one.word, two.word)
        if relation is None:
            continue
        told = _WHY[relation]
        if one.sex is not two.sex and (one.word != a or two.word != b):
            told, relation = "the ending of a woman's and of a man's form", Relation.TYPING_SLIP
        elif relation is Relation.EQUAL:
            relation = Relation.SAME_NAME_OTHER_LANGUAGE if a.script is b.script else Relation.TRANSLITERATED
            told = _WHY[relation]
        if best is None or relation.rank < best.relation.rank:
            best = PartRelation(relation, told, 1 if relation is Relation.TYPING_SLIP else 0)
    return best


_WHY = {
    Relation.EQUAL: "spelled alike",
    Relation.TRANSLITERATED: "a transliteration that the tables allow",
    Relation.SAME_NAME_OTHER_LANGUAGE: "the same name as the other language writes it",
    Relation.OTHER_FORM: "by meaning, by way of the other language or by a foreign habit; may be another surname",
}


def _usable_bases(word: Word, sexes: Sexes) -> list[Base]:
    """A man is not called by a woman's form: for him Калина is no form of Калин."""
    return [base for base in bases_of(word) if base.certain or Sex.MALE not in sexes or _is_rather_a_womans(word, base)]


def _is_rather_a_womans(word: Word, base: Base) -> bool:
    """Whether the counts have the masculine form far more often than the word itself: Осадча is one, Калина is none."""
    bearers = surname_counts().bearers
    own, masculine = bearers.get(sound_key(word.normal), 0), bearers.get(sound_key(base.word.normal), 0)
    return masculine > 5 * own


def _pairs_of_bases(a: Word, b: Word, sexes: Sexes) -> Iterator[tuple[Base, Base]]:
    yield Base(a, None), Base(b, None)
    for one in _usable_bases(a, sexes):
        for two in _usable_bases(b, sexes):
            if one.word != a or two.word != b:
                yield one, two


def _slip(a: Word, b: Word, sexes: Sexes) -> PartRelation | None:
    """A slip leads from a name to no name, or between spellings of one: never from one attested surname to another."""
    if both_attested(a, b, sexes):
        return PartRelation(Relation.DIFFERENT, "another surname; both are borne by people")
    edits = slip_between(a, b)
    if edits is None:
        edits = _slip_of_bases(a, b, sexes)
    if edits is None:
        return None
    letters = "one letter" if edits < 2 else "two letters"
    return PartRelation(Relation.TYPING_SLIP, f"{letters} apart, a likely slip", max(edits, 1))


def _slip_of_bases(a: Word, b: Word, sexes: Sexes) -> int | None:
    """Slips in a woman's form written in another language, such as Ковальська and Ковапьская."""
    found = [
        n
        for one in _usable_bases(a, sexes)
        for two in _usable_bases(b, sexes)
        if one.sex is two.sex is Sex.FEMALE
        for n in [slip_between(one.word, two.word)]
        if n is not None
    ]
    return min(found, default=None)


def both_attested(a: Word, b: Word, sexes: Sexes) -> bool:
    """Whether the two words write two different surnames that at least five people bear each."""
    if are_two_spellings(a, b):
        return True
    ours, theirs = _attested(a, sexes), _attested(b, sexes)
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _attested(word: Word, sexes: Sexes) -> frozenset[str]:
    found = attested_surnames(word.normal)
    for base in _usable_bases(word, sexes):
        if base.sex is Sex.FEMALE:
            found |= attested_surnames(base.word.normal)
    return found


@lru_cache(maxsize=1_000_000)
def attested_forms(word: Word) -> frozenset[str]:
    """Returns the attested surnames that a word may write, in a man's or a woman's form."""
    return _attested(word, (None, None))


@lru_cache(maxsize=1_000_000)
def surname_keys(word: Word) -> frozenset[str]:
    """Returns the keys under which the bearers of this surname are counted."""
    found = attested_forms(word)
    return found or (frozenset({sound_key(word.normal)}) if word.script is not Script.LATIN else frozenset())
