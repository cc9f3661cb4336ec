"""Declined names: forenames of the table in their cases, and the nominatives that a declined surname may come from.

Orders and press releases write whole lists in one case: Коваленка Сергія Івановича, Ткаченко Оленою Петрівною. The
forms of forenames are made from the table by the rules of the two languages; nothing is taken for a declined forename
that is no form of a name of the table. Surnames are turned back by their endings, to each nominative that there may be.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from homeward.names.given_names import Sex, given_names, spelled_alike

__all__ = [
    "Case",
    "Declined",
    "declensions",
    "declined_given",
    "declined_patronymics",
    "never_declines",
    "surname_nominatives",
]


class Case(Enum):
    """The cases in which a list may stand; the locative, of which nobody makes lists, is left out."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"


@dataclass(frozen=True, slots=True)
class Declined:
    """A forename in a case, and its nominative."""

    nominative: str
    case: Case
    sex: Sex
    language: str


_GEN, _DAT, _ACC, _INS = Case
Endings = tuple[tuple[Case, tuple[str, ...]], ...]


def _cases(genitive: str, dative: str, accusative: str, instrumental: str) -> Endings:
    forms = (genitive, dative, accusative, instrumental)
    return tuple((case, tuple(form.split())) for case, form in zip(Case, forms, strict=True))


# Ending of the nominative; the cases that replace it. The first that fits is taken.
_UKRAINIAN_MEN = (
    ("федір", _cases("федора", "федору федорові", "федора", "федором")),
    ("сидір", _cases("сидора", "сидору сидорові", "сидора", "сидором")),
    ("прокіп", _cases("прокопа", "прокопу прокопові", "прокопа", "прокопом")),
    ("яків", _cases("якова", "якову якові", "якова", "яковом")),
    ("лев", _cases("лева льва", "леву левові льву львові", "лева льва", "левом львом")),
    ("ія", _cases("ії", "ії", "ію", "ією")),
    ("я", _cases("і", "і", "ю", "ею єю")),
    ("а", _cases("и і", "і", "у", "ою ею")),
    ("о", _cases("а", "у ові", "а", "ом")),
    ("й", _cases("я", "ю єві", "я", "єм")),
    ("ь", _cases("я", "ю еві", "я", "ем")),
    ("р", _cases("ра ря", "ру рові рю реві", "ра ря", "ром рем")),
    ("", _cases("а", "у ові еві", "а", "ом ем")),
)
_UKRAINIAN_WOMEN = (
    ("ія", _cases("ії", "ії", "ію", "ією")),
    ("'я", _cases("'ї", "'ї", "'ю", "'єю")),
    ("я", _cases("і ї", "і ї", "ю", "ею єю")),
    ("а", _cases("и і", "і", "у", "ою ею")),
    ("любов", _cases("любові", "любові", "любов", "любов'ю")),
    ("ь", _cases("і", "і", "ь", "ю лю")),
)
_RUSSIAN_MEN = (
    ("павел", _cases("павла", "павлу", "павла", "павлом")),
    ("лев", _cases("льва", "льву", "льва", "львом")),
    ("ия", _cases("ии", "ии", "ию", "ией")),
    ("я", _cases("и", "е", "ю", "ей ею ёй")),
    ("а", _cases("ы и", "е", "у", "ой ою ей")),
    ("й", _cases("я", "ю", "я", "ем")),
    ("ь", _cases("я", "ю", "я", "ем")),
    ("о", _cases("а", "у", "а", "ом")),
    ("", _cases("а", "у", "а", "ом ем")),
)
_RUSSIAN_WOMEN = (
    ("ия", _cases("ии", "ии", "ию", "ией иею")),
    ("я", _cases("и", "е", "ю", "ей ею")),
    ("а", _cases("ы и", "е", "у", "ой ою ей")),
    ("ь", _cases("и", "и", "ь", "ью")),
)
_TABLES = {
    ("uk", Sex.MALE): _UKRAINIAN_MEN, ("uk", Sex.FEMALE): _UKRAINIAN_WOMEN,
    ("ru", Sex.MALE): _RUSSIAN_MEN, ("ru", Sex.FEMALE): _RUSSIAN_WOMEN,
}  # fmt: skip
_NEVER_DECLINED = re.compile(r"[еєёиіїуюэы]$")
_SOFTENED = (("к", "ц"), ("г", "з"), ("х", "с"))


def never_declines(word: str) -> bool:
    """Whether a forename in lower case is alike in every case: Гіві, Алі."""
    return bool(_NEVER_DECLINED.search(word))


def declensions(word: str, sex: Sex, language: str) -> Iterator[tuple[str, Case]]:
    """Returns the declined forms of a forename in lower case, with their cases.

    >>> ("сергія", Case.GENITIVE) in set(declensions("сергій", Sex.MALE, "uk"))
    True
    """
    if never_declines(word):
        return
    for ending, cases in _TABLES[language, sex]:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            for case, forms in cases:
                for form in forms:
                    yield stem + form, case
                    if language == "uk" and ending == "а" and form == "і" and case is _DAT:
                        yield from ((stem.removesuffix(a) + b + form, case) for a, b in _SOFTENED if stem.endswith(a))
            return


_Index = dict[str, tuple[Declined, ...]]


def _indexed(names: Iterable[tuple[str, Sex, str]]) -> _Index:
    found: dict[str, dict[Declined, None]] = {}
    for word, sex, language in dict.fromkeys(names):
        for form, case in declensions(word, sex, language):
            # A form that is the nominative itself, as the accusative Любов, tells no case.
            if form != word:
                found.setdefault(spelled_alike(form), {})[Declined(word, case, sex, language)] = None
    return {form: tuple(some) for form, some in found.items()}


@cache
def _given() -> _Index:
    return _indexed(
        (word, name.sex, language)
        for name in given_names()
        for language, words in (
            ("ru", (*name.russian, *name.russian_second)), ("uk", (*name.ukrainian, *name.ukrainian_second)),
        )
        for word in words
    )  # fmt: skip


def declined_given(word: str) -> tuple[Declined, ...]:
    """Returns the given names of the table of which a word in lower case is a declined form.

    >>> sorted({one.nominative for one in declined_given("сергія")})
    ['сергій']
    """
    return _given().get(spelled_alike(word), ())


_PATRONYMIC_ENDS = (
    # ending, nominative, case, sex, language
    *(("ича", "ич", case, Sex.MALE, lang) for case in (_GEN, _ACC) for lang in ("uk", "ru")),
    *((end, "ич", _DAT, Sex.MALE, lang) for end, lang in (("ичу", "uk"), ("ичу", "ru"), ("ичеві", "uk"))),
    *((end, "ич", _INS, Sex.MALE, lang) for end in ("ичем", "ичом") for lang in ("uk", "ru")),
    *((end, "івна", case, Sex.FEMALE, "uk") for end, case in (
        ("івни", _GEN), ("івні", _DAT), ("івну", _ACC), ("івною", _INS))),
    *((end, "ївна", case, Sex.FEMALE, "uk") for end, case in (
        ("ївни", _GEN), ("ївні", _DAT), ("ївну", _ACC), ("ївною", _INS))),
    *((f"{v}{end}", f"{v}вна", case, Sex.FEMALE, "ru") for v in "ое" for end, case in (
        ("вны", _GEN), ("вне", _DAT), ("вну", _ACC), ("вной", _INS), ("вною", _INS))),
    *((end, "ична", case, Sex.FEMALE, "ru") for end, case in (
        ("ичны", _GEN), ("ичне", _DAT), ("ичну", _ACC), ("ичной", _INS), ("ичною", _INS))),
)  # fmt: skip


_LAST_LETTERS = frozenset(end[-1] for end, *_ in _PATRONYMIC_ENDS)


@lru_cache(maxsize=65536)
def declined_patronymics(word: str) -> tuple[Declined, ...]:
    """Returns the patronymics of which a word in lower case is a declined form, by its ending alone.

    >>> {one.nominative for one in declined_patronymics("іванівною")}
    {'іванівна'}
    """
    if word[-1:] not in _LAST_LETTERS:
        return ()
    return tuple(
        Declined(word.removesuffix(end) + nominative, case, sex, language)
        for end, nominative, case, sex, language in _PATRONYMIC_ENDS
        if len(word) > len(end) + 2 and word.endswith(end)
    )


# Ending of the declined surname, and what it is put back to; for fleeting vowels the consonant before stays.
Rules = tuple[tuple[str, tuple[str, ...]], ...]
_GENITIVE_OF_MEN: Rules = (
    ("ського", ("ський",)), ("цького", ("цький",)), ("зького", ("зький",)), ("ского", ("ский", "ской")),
    ("цкого", ("цкий", "цкой")), ("ого", ("ий", "ый", "ой")), ("ього", ("ій",)), ("его", ("ий",)),
    ("йця", ("єць", "йць")), ("йца", ("ец", "йц", "яц")), ("ця", ("ець", "ць")), ("ца", ("ец", "ц")),
    ("ка", ("ко", "к", "ок", "ек")), ("ла", ("ло", "л", "ел", "ол")), ("ля", ("ль", "ель", "ля", "лій")),
    ("ня", ("нь", "ень")), ("ря", ("р", "рь")), ("ра", ("р", "ер", "ро")), ("'я", ("'й", "'ь")), ("ья", ("ей", "ой")),
    ("ія", ("ій",)), ("ия", ("ий",)), ("я", ("ь", "й")), ("а", ("", "о")),
)  # fmt: skip
_OF_MEN_IN_A: Rules = (("ії", ("ія",)), ("и", ("а", "я")), ("ы", ("а",)), ("і", ("я", "а")), ("ї", ("я",)))


def _from_genitive(endings: dict[str, tuple[str, ...]]) -> Rules:
    """Returns the rules of another case, which puts other endings where the genitive has а, я and ого."""
    found = []
    for ending, nominative in _GENITIVE_OF_MEN:
        for theirs, ours in endings.items():
            if ending.endswith(theirs):
                found += [(ending.removesuffix(theirs) + one, nominative) for one in ours]
                break
    return tuple(found)


_NOUNS_IN_A = {
    _GEN: _OF_MEN_IN_A,
    _DAT: (("ці", ("ка", "ця", "ца")), ("зі", ("га", "за")), ("сі", ("ха", "са")), ("ії", ("ія",)), ("ии", ("ия",)),
           ("і", ("а", "я")), ("ї", ("я",)), ("е", ("а", "я"))),
    _ACC: (("ію", ("ія",)), ("у", ("а",)), ("ю", ("я",))),
    _INS: (("ою", ("а",)), ("ею", ("я", "а")), ("єю", ("я",)), ("ой", ("а",)), ("ей", ("я", "а"))),
}  # fmt: skip
_MEN: dict[Case, Rules] = {
    _GEN: _GENITIVE_OF_MEN,
    _ACC: _GENITIVE_OF_MEN,
    _DAT: _from_genitive({"ого": ("ому",), "ього": ("ьому",), "его": ("ему",), "я": ("ю", "еві", "єві"),
                          "а": ("у", "ові", "еві")}),
    _INS: (("ським", ("ський",)), ("цьким", ("цький",)), ("ским", ("ский", "ской")), ("цким", ("цкий", "цкой")),
           ("овим", ("ов", "овий", "овой")), ("евим", ("ев", "евий")), ("євим", ("єв",)), ("ьовим", ("ьов",)),
           ("іним", ("ін", "іний")), ("їним", ("їн",)), ("иним", ("ин", "иний")),
           ("овым", ("ов", "овый", "овой")), ("евым", ("ев", "евый")), ("ёвым", ("ёв",)), ("иным", ("ин", "иный")),
           ("ыным", ("ын",)), ("им", ("ий", "ій", "ой")), ("ым", ("ый", "ой")),
           *_from_genitive({"ого": (), "ього": (), "его": (), "я": ("ем", "єм"), "а": ("ом", "ем")})),
}  # fmt: skip
_WOMEN: dict[Case, Rules] = {
    _GEN: (("ької", ("ька",)), ("ої", ("а",)), ("ьої", ("я",)), ("ской", ("ская",)), ("цкой", ("цкая",)),
           ("ой", ("а", "ая")), ("ей", ("яя",)), *_OF_MEN_IN_A),
    _DAT: (("ькій", ("ька",)), ("ій", ("а",)), ("ской", ("ская",)), ("цкой", ("цкая",)), ("ой", ("а", "ая")),
           ("ей", ("яя",)), *_NOUNS_IN_A[_DAT]),
    _ACC: (("скую", ("ская",)), ("цкую", ("цкая",)), ("ую", ("ая",)), ("юю", ("яя",)), *_NOUNS_IN_A[_ACC]),
    _INS: (("ькою", ("ька",)), ("ской", ("ская",)), ("цкой", ("цкая",)), ("ою", ("а",)), ("ой", ("а", "ая")),
           *_NOUNS_IN_A[_INS]),
}  # fmt: skip


@lru_cache(maxsize=65536)
def surname_nominatives(word: str, case: Case, sex: Sex) -> tuple[str, ...]:
    """Returns the nominatives that a declined surname in lower case may come from, by its ending.

    A surname that no rule reaches does not decline, or was left as it is: Коваленко Олени, Шевчук Олени, Бойко Сергея.

    >>> surname_nominatives("орла", Case.GENITIVE, Sex.MALE)[:2], surname_nominatives("коваль", Case.DATIVE, Sex.FEMALE)
    (('орло', 'орл'), ('коваль',))
    """
    rules = (*_MEN[case], *_NOUNS_IN_A[case]) if sex is Sex.MALE else _WOMEN[case]
    found: dict[str, None] = {}
    for ending, nominatives in rules:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        if word == "шевц" + ending[1:] and ending.startswith("ц"):
            found["швець"] = None
        found |= dict.fromkeys(stem + nominative for nominative in nominatives)
        if sex is Sex.FEMALE and len(ending) > 1:
            break  # an adjective's ending leaves no noun: Левицької is not Левицькоя
    if sex is Sex.MALE:
        found |= dict.fromkeys(_CLOSED.sub(r"і\1", one) for one in found if _CLOSED.search(one))
    found.pop(word, None)
    return tuple(found) or (word,)


_CLOSED = re.compile(r"[ое]([бгґджзклмнпрстфхцчшщ]ь?)$")
"""The vowel that turns into і where the syllable closes: Сокола is the genitive of Сокіл."""
