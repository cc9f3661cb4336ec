"""How two spellings of one word stand to each other, for surnames and for names that are not in the table."""

import csv
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from homeward.names.counts import surname_counts, surname_spellings, surnames_by_rhythm
from homeward.names.given_names import spelled_alike
from homeward.names.keys import outlines, rhythms, sound_key
from homeward.names.relations import Relation
from homeward.names.script import Script, script_of
from homeward.names.slips import n_edits
from homeward.names.spelling import (
    UNSHOWN_HABITS,
    Lattice,
    cyrillic_lattice,
    habits_of,
    holds,
    latin_form_of,
    latin_lattice,
    latin_pair_lattice,
    letters_that_may_begin,
)

__all__ = ["Word", "attested_surnames", "slip_between", "sound_relation", "without_soft_sign"]

_UKRAINIAN_LETTERS = frozenset("іїєґ'")
_RUSSIAN_LETTERS = frozenset("ыэёъ")
BOTH = frozenset({"uk", "ru"})
_LONG_WORD = 9


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: as written, as compared, and the languages that it may be in."""

    text: str
    normal: str
    languages: frozenset[str] = BOTH
    other_layout: bool = False
    """Typed on the wrong keyboard layout: what it stands for is a guess, so it is a slip at best."""
    script: Script = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "script", script_of(self.normal))  # asked for far more often than words are made

    def __hash__(self) -> int:
        # The text alone: Python keeps the hash of a text, and words are looked up a million times in a list.
        return hash(self.text)


@lru_cache(maxsize=262144)
def languages_of(word: str) -> frozenset[str]:
    """Returns the languages whose alphabet holds this word; both where its letters do not tell, or tell both."""
    ukrainian, russian = not _UKRAINIAN_LETTERS.isdisjoint(word), not _RUSSIAN_LETTERS.isdisjoint(word)
    if ukrainian == russian:
        return BOTH
    return frozenset({"uk"}) if ukrainian else frozenset({"ru"})


def sound_relation(a: Word, b: Word) -> Relation | None:
    """Returns the relation of two words that are one by spelling, sound or transliteration; None where they are not."""
    if a.script is Script.LATIN or b.script is Script.LATIN:
        return _latin_relation(a.normal, b.normal)
    if spelled_alike(a.normal) == spelled_alike(b.normal):
        return Relation.EQUAL
    if _in_table_of_meaning(a.normal, b.normal):
        return Relation.OTHER_FORM  # also where the sound would allow it: Зелений and Зелёный
    if _other_language(a, b, by_meaning=False):
        return Relation.OTHER_FORM if _may_be_two(a, b) else Relation.SAME_NAME_OTHER_LANGUAGE
    if without_soft_sign(a.normal) == without_soft_sign(b.normal):
        return Relation.OTHER_FORM if are_two_spellings(a, b) else Relation.EQUAL
    return Relation.OTHER_FORM if _other_language(a, b, by_meaning=True) else None


def without_soft_sign(word: str) -> str:
    """Returns a word without the soft sign or apostrophe before я, ю, є, е, ї, which clerks leave out: Лукьянчук."""
    return re.sub(r"[ьъ](?=[яюєеї])", "", spelled_alike(word))


def _in_table_of_meaning(a: str, b: str) -> bool:
    pairs = _meanings()
    return (a, _as_russian(b)) in pairs or (b, _as_russian(a)) in pairs


@cache
def _meanings() -> frozenset[tuple[str, str]]:
    text = files("homeward.names").joinpath("data").joinpath("surnames_by_meaning.csv").read_text(encoding="utf-8")
    return frozenset((row["ukrainian"], _as_russian(row["russian"])) for row in csv.DictReader(text.splitlines()))


def _may_be_two(a: Word, b: Word) -> bool:
    """Whether two spellings that may be one name in two languages are also two names of one language.

    Neither name shows that it is Ukrainian, and Russian has both: Шостак and Шестак, Лисов and Лысов.
    """
    return (
        {"uk"} not in (a.languages, b.languages)
        and are_two_spellings(a, b)
        and _without_ukrainian_ending(a.normal) != _without_ukrainian_ending(b.normal)
    )


def _without_ukrainian_ending(word: str) -> str:
    """Returns a surname with the endings that differ between the languages and тя, written one way."""
    return re.sub(r"ий$", "ый", re.sub(r"р$", "рь", re.sub(r"тья", "тя", _as_russian(word))))


def are_two_spellings(a: Word, b: Word) -> bool:
    """Whether two Cyrillic words are two attested Russian spellings: Панков and Паньков are two surnames."""
    spellings = surname_spellings()
    one, two = _as_russian(a.normal), _as_russian(b.normal)
    return one != two and one in spellings and two in spellings


@lru_cache(maxsize=65536)
def _latin_relation(a: str, b: str) -> Relation | None:
    if a == b:
        return Relation.EQUAL
    if script_of(a) is Script.LATIN and script_of(b) is Script.LATIN:
        joined = holds(latin_pair_lattice(a), b) or holds(latin_pair_lattice(b), a) or _share_an_attested_form(a, b)
        return Relation.TRANSLITERATED if joined else None
    latin, cyrillic = (a, b) if script_of(a) is Script.LATIN else (b, a)
    if not latin_form_of(cyrillic, latin, habits_of(latin)):
        return Relation.OTHER_FORM if _by_a_habit_not_shown(latin, cyrillic) else None
    return Relation.OTHER_FORM if _is_rather_another(latin, cyrillic) else Relation.TRANSLITERATED


def _by_a_habit_not_shown(latin: str, cyrillic: str) -> bool:
    """Whether French, German, Polish or Turkic spelling may join two words of which the Latin one shows no mark.

    Only for a Latin word that writes no attested surname as the tables have it: Selenski, Mammadov, and not Savin.
    """
    if attested_surnames(latin):
        return False
    return any(latin_form_of(cyrillic, latin, (habit,)) for habit in UNSHOWN_HABITS)


def _is_rather_another(latin: str, cyrillic: str) -> bool:
    """Whether a Latin form reaches this attested surname only by way of the other language, and another one directly.

    Shostak is Шостак; that it may also be Шестак, if that were Шёстак, is possible and no more.
    """
    habits = habits_of(latin)
    spellings = surname_spellings()
    if _as_russian(cyrillic) not in spellings or latin_form_of(cyrillic, latin, habits, strict=True):
        return False
    return any(
        _outlines_near(name, latin) and latin_form_of(name, latin, habits, strict=True)
        for rhythm in rhythms(latin)
        for name in surnames_by_rhythm().get(rhythm, ())
    )


def _share_an_attested_form(a: str, b: str) -> bool:
    return not _attested_latin(a, strict=True).isdisjoint(_attested_latin(b, strict=True))


def _other_language(a: Word, b: Word, *, by_meaning: bool) -> bool:
    return any(
        (one.languages == {"uk"} if by_meaning else "uk" in one.languages)
        and "ru" in two.languages
        and holds(_russian_lattice(one, by_meaning=by_meaning), _as_russian(two.normal))
        for one, two in ((a, b), (b, a))
    )


def _russian_lattice(word: Word, *, by_meaning: bool) -> Lattice:
    return cyrillic_lattice(word.normal, by_meaning=by_meaning, strict=word.languages != {"uk"})


def _as_russian(word: str) -> str:
    return word.replace("ё", "е").replace("ъ", "ь").replace("'", "")


@lru_cache(maxsize=131072)
def attested_surnames(word: str) -> frozenset[str]:
    """Returns the sound keys of the attested surnames that this word (in lower case) may write.

    A Latin word that writes one directly is not asked what it might write by way of the other language.
    """
    if script_of(word) is Script.LATIN:
        return _attested_latin(word, strict=True) or _attested_latin(word, strict=False)
    key = sound_key(word)
    if key not in surname_counts().bearers:
        return frozenset()
    if _as_russian(word) in surname_spellings():
        return frozenset({key})
    lattice = cyrillic_lattice(word)
    spellings = (name for rhythm in rhythms(word) for name in surnames_by_rhythm().get(rhythm, ()))
    return frozenset(sound_key(name) for name in spellings if sound_key(name) == key and holds(lattice, name))


@lru_cache(maxsize=131072)
def _attested_latin(word: str, *, strict: bool) -> frozenset[str]:
    habits = habits_of(word)
    by_rhythm = surnames_by_rhythm()
    first_letters = letters_that_may_begin(word[:4])
    return frozenset(
        sound_key(name)
        for rhythm in rhythms(word)
        for name in by_rhythm.get(rhythm, ())
        if name[0] in first_letters and _outlines_near(name, word) and latin_form_of(name, word, habits, strict=strict)
    )


def _outlines_near(cyrillic: str, latin: str) -> bool:
    """Whether the outlines are near enough for the lattice to be worth building."""
    (one,) = outlines(cyrillic)
    return any(OSA.distance(one, two, score_cutoff=1) <= 1 for two in outlines(latin))


def slip_between(a: Word, b: Word) -> int | None:
    """Returns the number of likely edits between two words, or None where it takes more than a slip may have.

    One edit, two where the shorter word has nine letters or more.
    """
    if abs(len(a.normal) - len(b.normal)) > 6:
        return None
    most = 2 if min(len(a.normal), len(b.normal)) >= _LONG_WORD else 1
    found = [n for n in (_edits(one, two, most) for one, two in ((a, b), (b, a))) if n is not None]
    return min(found, default=None)


def _edits(a: Word, b: Word, most: int) -> int | None:
    if _too_far(a, b, most):
        return None
    if a.script is b.script is not Script.LATIN:
        plain = _plain_edits(spelled_alike(a.normal), spelled_alike(b.normal), most)
        if plain is not None or not ("uk" in a.languages and "ru" in b.languages):
            return plain
        return _lattice_edits(a.normal, _as_russian(b.normal), most, "russian")
    if a.script is b.script:
        plain = _plain_edits(a.normal, b.normal, most)
        return plain if plain is not None else _lattice_edits(a.normal, b.normal, most, "latin pair")
    return _lattice_edits(a.normal, b.normal, most, "latin") if a.script is not Script.LATIN else None


def _too_far(a: Word, b: Word, most: int) -> bool:
    """A quick lower bound: words of one script by sound, of two by outline."""
    if a.script is b.script is not Script.LATIN:
        one, two = spelled_alike(a.normal), spelled_alike(b.normal)
        if OSA.distance(one, two, score_cutoff=most) <= most:
            return False
        return bool(OSA.distance(sound_key(a.normal), sound_key(b.normal), score_cutoff=most + 1) > most + 1)
    near = most + 1
    return all(OSA.distance(x, y, score_cutoff=near) > near for x in outlines(a.normal) for y in outlines(b.normal))


@lru_cache(maxsize=65536)
def _plain_edits(a: str, b: str, most: int) -> int | None:
    if OSA.distance(a, b, score_cutoff=most) > most:
        return None
    return n_edits(a, tuple(((1, (letter,)),) for letter in a), b, most)


@lru_cache(maxsize=65536)
def _lattice_edits(a: str, b: str, most: int, kind: str) -> int | None:
    lattice: Lattice
    if kind == "russian":
        lattice = cyrillic_lattice(a)
    elif kind == "latin":
        a = a.replace("'", "").replace("-", "")
        lattice = latin_lattice(a, habits_of(b))
    else:
        lattice = latin_pair_lattice(a)
    return n_edits(a, lattice, b, most)
