"""The project's table of given names, and the patronymics that come from it.

A row is one name: its Russian and Ukrainian forms, second forms, familiar forms, Latin forms that no table gives.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from homeward.names.keys import cyrillic_rhythm, rhythms
from homeward.names.script import Script, script_of
from homeward.names.spelling import cyrillic_lattice, habits_of, holds, latin_form_of

__all__ = ["Form", "FormKind", "GivenName", "Sex", "given_forms", "given_names", "patronymic_forms", "spelled_alike"]


class Sex(Enum):
    """The sex that a name or a patronymic tells."""

    MALE = "male"
    FEMALE = "female"


class FormKind(Enum):
    """Whether a form is the name in one language, a second form of it, or a familiar one."""

    MAIN = "main"
    SECOND = "second"
    FAMILIAR = "familiar"


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a name, or of the patronymic of a father of that name."""

    name: int
    sex: Sex
    language: str
    kind: FormKind
    base: str
    """The father's form for a patronymic: two endings from one form are equal."""
    text: str


@dataclass(frozen=True)
class GivenName:
    """One row of the table."""

    sex: Sex
    russian: tuple[str, ...]
    ukrainian: tuple[str, ...]
    russian_second: tuple[str, ...]
    ukrainian_second: tuple[str, ...]
    familiar: tuple[str, ...]
    latin: tuple[str, ...]
    russian_patronymics: tuple[tuple[str, str], ...]
    ukrainian_patronymics: tuple[tuple[str, str], ...]


_LANGUAGES = ("russian", "ukrainian")
_SHORT = {"russian": "ru", "ukrainian": "uk"}


def spelled_alike(word: str) -> str:
    """Returns a Cyrillic word in lower case without what is spelling only: ё, ґ, the apostrophe."""
    return word.replace("ё", "е").replace("ґ", "г").replace("'", "")


@cache
def given_names() -> tuple[GivenName, ...]:
    """The table as it is shipped."""
    text = files("homeward.names").joinpath("data").joinpath("given_names.csv").read_text(encoding="utf-8")
    return tuple(map(_row, csv.DictReader(text.splitlines())))


def _row(row: dict[str, str]) -> GivenName:
    def some(column: str) -> tuple[str, ...]:
        return tuple(form.strip().lower() for form in row[column].split(";") if form.strip())

    def pairs(column: str) -> tuple[tuple[str, str], ...]:
        return tuple((one.split("/")[0], one.split("/")[1]) for one in some(column))

    return GivenName(
        Sex.MALE if row["sex"] == "m" else Sex.FEMALE,
        some("russian"), some("ukrainian"), some("russian_second"), some("ukrainian_second"), some("familiar"),
        some("latin"), pairs("russian_patronymics"), pairs("ukrainian_patronymics"),
    )  # fmt: skip


class _Forms:
    """Forms by their written word, and by rhythm for words in Latin letters."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.by_word: dict[str, tuple[Form, ...]] = {}
        self.by_rhythm: dict[str, tuple[str, ...]] = {}
        self.latin: dict[str, tuple[Form, ...]] = {}
        for form in forms:
            word = spelled_alike(form.text)
            if script_of(word) is Script.LATIN:
                self.latin[word] = (*self.latin.get(word, ()), form)
                continue
            if word not in self.by_word:
                rhythm = cyrillic_rhythm(word)
                self.by_rhythm[rhythm] = (*self.by_rhythm.get(rhythm, ()), word)
            if form not in self.by_word.get(word, ()):
                self.by_word[word] = (*self.by_word.get(word, ()), form)

    def of(self, word: str) -> tuple[Form, ...]:
        if script_of(word) is not Script.LATIN:
            return self.by_word.get(spelled_alike(word), ()) or self._rendered(word)
        habits = habits_of(word)
        found: dict[Form, None] = dict.fromkeys(self.latin.get(word, ()))
        for rhythm in rhythms(word):
            for cyrillic in self.by_rhythm.get(rhythm, ()):
                if latin_form_of(cyrillic, word, habits):
                    found |= dict.fromkeys(self.by_word[cyrillic])
        return tuple(found)

    def _rendered(self, word: str) -> tuple[Form, ...]:
        """Returns the forms that this word renders by sound in the other language: Нікіта for Никита, a second form."""
        found: dict[Form, None] = {}
        alike = word.replace("ё", "е").replace("ъ", "ь")
        for other in self.by_rhythm.get(rhythms(word)[0], ()):
            for form in self.by_word[other]:
                here = "uk" if form.language == "ru" else "ru"
                renders = (
                    holds(cyrillic_lattice(word), other) if here == "uk" else holds(cyrillic_lattice(other), alike)
                )
                if renders and form.kind is not FormKind.SECOND:
                    kind = FormKind.SECOND if form.kind is FormKind.MAIN else FormKind.FAMILIAR
                    found[Form(form.name, form.sex, here, kind, form.base, word)] = None
        return tuple(found)


@cache
def _given() -> _Forms:
    return _Forms(form for i, name in enumerate(given_names()) for form in _forms_of(i, name))


def _forms_of(i: int, name: GivenName) -> Iterable[Form]:
    for language in _LANGUAGES:
        short = _SHORT[language]
        for text in getattr(name, language):
            yield Form(i, name.sex, short, FormKind.MAIN, text, text)
        for text in getattr(name, f"{language}_second"):
            yield Form(i, name.sex, short, FormKind.SECOND, text, text)
        for text in name.familiar:
            yield Form(i, name.sex, short, FormKind.FAMILIAR, text, text)
    for text in name.latin:
        for main in (*name.russian[:1], *name.ukrainian[:1]):
            yield Form(i, name.sex, "ru" if main in name.russian else "uk", FormKind.MAIN, main, text)


@cache
def _patronymics() -> _Forms:
    fathers = ((i, name) for i, name in enumerate(given_names()) if name.sex is Sex.MALE)
    return _Forms(form for i, name in fathers for form in _patronymics_of(i, name))


def _patronymics_of(i: int, name: GivenName) -> Iterable[Form]:
    """Returns the patronymics: those by rule from each form, and the irregular ones of the table with the main form."""
    for language, derive in (("russian", russian_patronymics), ("ukrainian", ukrainian_patronymics)):
        short = _SHORT[language]
        irregular = getattr(name, f"{language}_patronymics")
        mains, seconds = getattr(name, language), getattr(name, f"{language}_second")
        for male, female in irregular:
            yield Form(i, Sex.MALE, short, FormKind.MAIN, mains[0], male)
            yield Form(i, Sex.FEMALE, short, FormKind.MAIN, mains[0], female)
        for kind, fathers in ((FormKind.MAIN, mains[1:] if irregular else mains), (FormKind.SECOND, seconds)):
            for father in fathers:
                for male, female in derive(father):
                    yield Form(i, Sex.MALE, short, kind, father, male)
                    yield Form(i, Sex.FEMALE, short, kind, father, female)
    for father in name.russian:
        for text in _spoken_patronymics(father):
            yield Form(i, Sex.MALE, "ru", FormKind.FAMILIAR, text, text)


_SPOKEN = {"михаил": "михалыч", "павел": "палыч", "александр": "саныч"}


def _spoken_patronymics(father: str) -> tuple[str, ...]:
    """Returns a patronymic as it is spoken: Иваныч, Николаич, Палыч; another form, and for sons alone."""
    if father in _SPOKEN:
        return (_SPOKEN[father],)
    if father.endswith("ий"):
        return (father[:-2] + "ич",)
    if father.endswith("й"):
        return (father[:-1] + "ич",)
    return (father + "ыч",) if father[-1] not in "аяоеиуыюэьжшчщц" else ()


_HUSHING = "жшчщц"


def russian_patronymics(father: str) -> tuple[tuple[str, str], ...]:
    """Returns the masculine and feminine patronymics that Russian makes of a father's name.

    >>> russian_patronymics("василий")[0], russian_patronymics("сергей")[0], russian_patronymics("никита")[0]
    (('васильевич', 'васильевна'), ('сергеевич', 'сергеевна'), ('никитич', 'никитична'))
    """
    if father.endswith("ий"):
        soft, full = father[:-2] + "ь", father[:-1]
        return ((soft + "евич", soft + "евна"), (full + "евич", full + "евна"))
    if father.endswith(("й", "ь")):
        return ((father[:-1] + "евич", father[:-1] + "евна"),)
    if father.endswith(("а", "я")):
        return (
            (father[:-1] + "ич", father[:-1] + "ична"), (father[:-1] + "ович", father[:-1] + "овна"),
            (father + "евич", father + "евна"),
        )  # fmt: skip
    if father.endswith(("о", "е")):
        return ((father[:-1] + "ович", father[:-1] + "овна"),)
    if father.endswith(("и", "у", "ы", "ю", "э")):
        return ((father + "евич", father + "евна"),)
    vowel = "е" if father[-1] in _HUSHING else "о"
    return ((father + vowel + "вич", father + vowel + "вна"),)


def ukrainian_patronymics(father: str) -> tuple[tuple[str, str], ...]:
    """Returns the masculine and feminine patronymics that Ukrainian makes of a father's name.

    >>> ukrainian_patronymics("сергій")[0], ukrainian_patronymics("іван")[0], ukrainian_patronymics("дмитро")[0]
    (('сергійович', 'сергіївна'), ('іванович', 'іванівна'), ('дмитрович', 'дмитрівна'))
    """
    if father.endswith("й"):
        return ((father + "ович", father[:-1] + "ївна"),)
    if father.endswith("ь"):
        return ((father + "ович", father[:-1] + "івна"),)
    if father.endswith(("а", "я")):
        return (
            (father[:-1] + "ич", father[:-1] + "івна"), (father[:-1] + "ович", father[:-1] + "івна"),
            (father + "йович", father + "ївна"),
        )  # fmt: skip
    if father.endswith(("о", "е")):
        return ((father[:-1] + "ович", father[:-1] + "івна"),)
    if father.endswith(("і", "и", "у", "ю")):
        return ((father + "йович", father + "ївна"), (father + "євич", father + "євна"))
    return ((father + "ович", father + "івна"),)


@lru_cache(maxsize=262144)
def given_forms(word: str) -> tuple[Form, ...]:
    """Returns the forms of the table that this given name (in lower case) may be."""
    return _given().of(word)


@lru_cache(maxsize=262144)
def patronymic_forms(word: str) -> tuple[Form, ...]:
    """Returns the patronymics of the table's names that this word (in lower case) may be."""
    return _patronymics().of(word)


_PATRONYMIC_END = re.compile(
    r"(?:[оеєё]вич|йович|ьович|[иіь]ч|[іїое]вна|[иі]чна|ична)$"
    r"|(?:[oe]v[iy](?:ch|č|tch|c)|[oe]wi(?:cz|tsch)|[iy]o?vych|ich|ych|[oiey]vna|ivna|[yi]ivna|[oe]wna|ichna|ychna)$"
)


def ends_as_patronymic(word: str) -> bool:
    """Whether a word in lower case has the ending of a patronymic (many surnames have it too)."""
    return bool(_PATRONYMIC_END.search(word))


@cache
def all_patronymic_forms() -> tuple[Form, ...]:
    """Every patronymic of the table's names."""
    return tuple(dict.fromkeys(form for forms in _patronymics().by_word.values() for form in forms))
