"""The readings of a name's words as surname, given name and patronymic; several where their order does not tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from homeward.names.counts import surname_counts
from homeward.names.given_names import Form, FormKind, Sex, ends_as_patronymic, given_forms, patronymic_forms
from homeward.names.keys import sound_key
from homeward.names.script import Script
from homeward.names.words import BOTH, Word, attested_surnames

__all__ = [
    "TURKIC_ENDINGS",
    "Forenames",
    "Patronymic",
    "Reading",
    "is_given",
    "is_initial",
    "patronymic_sex",
    "readings_of",
    "usual_forenames",
]

_SON = frozenset("oğlu оглы оглу огли огло улы уулу ули ogly oglu ogli oghlu oglou ohly ohlu ohli uly ulu uulu".split())  # noqa: SIM905
_DAUGHTER = frozenset("qızı кызы гызы кизи кизы кизі гизи kyzy kizi qizi gizi qyzy gyzy kyzi kızı".split())  # noqa: SIM905
TURKIC_ENDINGS = _SON | _DAUGHTER
_SON_TAIL = re.compile(r"(.{2,}?)[-\s]?(?:оглы|оглу|огли|ogly|oglu|ogli|oghlu|oğlu|ohly|ohlu|ohli)$")
_DAUGHTER_TAIL = re.compile(r"(.{2,}?)[-\s]?(?:кызы|гызы|кизи|kyzy|kizi|qizi|qızı|gizi)$")


@dataclass(frozen=True, slots=True)
class Patronymic:
    """A patronymic, or its initial; with оглы and кызы `word` is the father's name."""

    word: Word
    son_of: Sex | None = None
    """Set where the name is written X оглы or X кызы."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name; initials are words of one letter."""

    surname: tuple[Word, ...] = ()
    given: Word | None = None
    patronymic: Patronymic | None = None
    doubt: str = ""
    """Why this is one of two ways to read the name, where it is: then it is never better than possible."""

    @property
    def sex(self) -> Sex | None:
        """The sex that given name and patronymic tell, where they do and agree."""
        told = {sex for sex in (self._given_sex(), self._patronymic_sex()) if sex}
        return told.pop() if len(told) == 1 else None

    def _given_sex(self) -> Sex | None:
        if self.given is None or is_initial(self.given):
            return None
        sexes = {form.sex for form in given_forms(self.given.normal)}
        return sexes.pop() if len(sexes) == 1 else None

    def _patronymic_sex(self) -> Sex | None:
        if self.patronymic is None:
            return None
        return self.patronymic.son_of or patronymic_sex(self.patronymic.word.normal)


def is_initial(word: Word) -> bool:
    """Whether a word is an initial."""
    return len(word.normal) == 1 or word.text.endswith(".")


def patronymic_sex(word: str) -> Sex | None:
    """Returns the sex that a patronymic's ending tells."""
    if re.search(r"вна$|чна$|vna$|wna$|chna$", word):
        return Sex.FEMALE
    return Sex.MALE if re.search(r"ич$|ыч$|іч$|[iy]t?ch$|[iy]č$|icz$|i[tc]z?sch$", word) else None


def readings_of(words: list[Word], fixed: frozenset[int]) -> tuple[Reading, ...]:
    """Returns the readings of words; `fixed` are the places of those that a comma or capitals mark as the surname."""
    found = [_with_languages(reading) for reading in _readings(words, fixed)]
    return tuple(found) if len(found) == 1 else tuple(dict.fromkeys(found))


def _readings(words: list[Word], fixed: frozenset[int]) -> Iterator[Reading]:
    if fixed and len(fixed) < len(words):
        surname = tuple(w for i, w in enumerate(words) if i in fixed)
        rest = [w for i, w in enumerate(words) if i not in fixed]
        yield from _without_surname(rest, _halves(surname))
        return
    if len(words) == 3 and _surname_first(words[1], words[2]) and not is_given(words[0]):
        yield Reading(_halves((words[0],)), words[1], Patronymic(words[2]))
        return
    patronymic, rest_words = _turkic(words)
    if patronymic is not None:
        yield from _around_patronymic(rest_words, patronymic)
        return
    initials = [i for i, w in enumerate(words) if is_initial(w)]
    if initials and len(initials) < len(words):
        yield from _with_initials(words, initials)
        return
    yield from _plain(words)


@dataclass(frozen=True, slots=True)
class Forenames:
    """A known given name with a patronymic of a known father, and the languages that both are in."""

    given: Word
    patronymic: Word
    languages: frozenset[str]

    def with_surname(self, surname: Word) -> Reading:
        """Returns the reading with a surname before them."""
        common = (self.languages & surname.languages if surname.script is Script.CYRILLIC else self.languages) or BOTH
        return Reading(
            (_narrowed(surname, common),),
            _narrowed(self.given, common),
            _patronymic_word(_narrowed(self.patronymic, common)),
        )


@lru_cache(maxsize=65536)
def _patronymic_word(word: Word) -> Patronymic:
    return Patronymic(word)


def usual_forenames(given: Word, patronymic: Word) -> Forenames | None:
    """Returns two words as a known given name and a patronymic of a known father, or None."""
    if not _surname_first(given, patronymic):
        return None
    told = _languages(given, given_forms(given.normal)) & _languages(patronymic, patronymic_forms(patronymic.normal))
    return Forenames(given, patronymic, told or BOTH)


@lru_cache(maxsize=262144)
def _surname_first(given: Word, patronymic: Word) -> bool:
    """Whether two words are a known given name and a patronymic of a known father, as in most lists."""
    return is_given(given) and _is_patronymic(patronymic) and bool(patronymic_forms(patronymic.normal))


def _halves(surname: tuple[Word, ...]) -> tuple[Word, ...]:
    """Returns the words of a surname; a hyphen makes two."""
    if not any("-" in word.normal for word in surname):
        return surname
    halves: list[Word] = []
    for word in surname:
        parts = [p for p in word.normal.split("-") if p]
        if len(parts) < 2:
            halves.append(word)
            continue
        texts = [p for p in word.text.split("-") if p]
        halves += [replace(word, text=t, normal=p) for t, p in zip(texts, parts, strict=False)]
    return tuple(halves)


def _turkic(words: list[Word]) -> tuple[Patronymic | None, list[Word]]:
    """Returns the patronymic of X оглы or X кызы, in one word or two, and the other words."""
    for i, word in enumerate(words):
        sex = Sex.MALE if word.normal in _SON else Sex.FEMALE if word.normal in _DAUGHTER else None
        if sex and i >= 2:
            father = words[i - 1]
            return Patronymic(father, sex), words[: i - 1] + words[i + 1 :]
        for tail, told in ((_SON_TAIL, Sex.MALE), (_DAUGHTER_TAIL, Sex.FEMALE)):
            found = tail.fullmatch(word.normal)
            if found and len(words) > 1 and i > 0:
                father = replace(word, normal=found.group(1))
                return Patronymic(father, told), words[:i] + words[i + 1 :]
    return None, words


def _around_patronymic(words: list[Word], patronymic: Patronymic) -> Iterator[Reading]:
    if len(words) == 1:
        yield Reading((), words[0], patronymic)
        if not is_given(words[0]):
            yield Reading(_halves((words[0],)), None, patronymic)
    else:
        for reading in _two_or_more(words):
            yield replace(reading, patronymic=patronymic)


def _without_surname(words: list[Word], surname: tuple[Word, ...]) -> Iterator[Reading]:
    """Readings of what stands beside a surname that is marked."""
    patronymic, rest = _turkic([surname[0], *words])
    words = rest[1:] if patronymic else words
    if patronymic is not None:
        yield Reading(surname, words[0] if words else None, patronymic)
    elif len(words) == 1:
        only = words[0]
        if not is_initial(only) and _is_patronymic(only) and not is_given(only):
            yield Reading(surname, None, Patronymic(only))
        else:
            yield Reading(surname, only)
    elif words:
        first, second = words[0], words[1]
        if _is_patronymic(first) and not _is_patronymic(second) and is_given(second):
            first, second = second, first
        yield Reading(surname, first, Patronymic(second))


def _with_initials(words: list[Word], initials: list[int]) -> Iterator[Reading]:
    full = [w for i, w in enumerate(words) if i not in initials]
    letters = [words[i] for i in initials]
    if len(full) == 1:
        patronymic = Patronymic(letters[1]) if len(letters) > 1 else None
        yield Reading(_halves((full[0],)), letters[0], patronymic)
        return
    if len(letters) == 1 and len(full) == 2:
        place = initials[0]
        if place == 0 and _is_patronymic(full[0]) and not is_given(full[0]):
            yield Reading(_halves((full[1],)), letters[0], Patronymic(full[0]))
            return
        known = [is_given(w) for w in full]
        if not any(known):
            yield Reading(_halves((full[0], full[1])), letters[0])
            if place == 0:
                return
        for reading in _two_or_more(full):
            yield replace(reading, patronymic=Patronymic(letters[0]))
        return
    yield Reading(_halves(tuple(full[:2])), letters[0], Patronymic(letters[1]) if len(letters) > 1 else None)


def _plain(words: list[Word]) -> Iterator[Reading]:
    if not words:
        return
    if len(words) == 1:
        only = words[0]
        if is_given(only):
            yield Reading((), only)
        if not is_given(only) or _may_be_surname(only):
            yield Reading(_halves((only,)))
        return
    if len(words) == 2:
        yield from _two_or_more(words)
        return
    yield from _three_or_more(words)


def _two_or_more(words: list[Word]) -> Iterator[Reading]:
    """Readings of surname and given name in unknown order; the given name stands at an end."""
    first, last = words[0], words[-1]
    first_given, last_given = is_given(first), is_given(last)
    if len(words) == 2 and _is_patronymic(last) and (first_given or not last_given) and _father_known(last):
        yield Reading((), first, Patronymic(last))
        if patronymic_sex(last.normal) is Sex.FEMALE:
            return
    if first_given or not last_given:
        yield Reading(_halves(tuple(words[1:])), first)
    if last_given or not first_given:
        yield Reading(_halves(tuple(words[:-1])), last)


def _three_or_more(words: list[Word]) -> Iterator[Reading]:
    places = [i for i, w in enumerate(words) if i and _is_patronymic(w)]
    sure = [i for i in places if is_given(words[i - 1])] or [i for i in places if _father_known(words[i])] or places
    found = False
    for i in sure[-1:] if len(sure) > 1 and sure[-1] == len(words) - 1 and is_given(words[sure[-1] - 1]) else sure[:1]:
        rest = words[: i - 1] + words[i + 1 :]
        found = True
        if len(words) == 3 and i == 2 and is_given(words[0]):
            swapped = Reading(_halves((words[1],)), words[0], Patronymic(words[2]))
            if not is_given(words[1]):
                yield swapped  # Іван Орлик Петрович: the only one of the two orders that has a given name
                continue
            yield replace(swapped, doubt="given name and surname may stand in another order")
        yield Reading(_halves(tuple(rest)), words[i - 1], Patronymic(words[i]))
    if not found and _is_patronymic(words[0]) and len(words) == 3 and is_given(words[1]):
        found = True
        yield Reading(_halves((words[2],)), words[1], Patronymic(words[0]))
    if not found:
        yield from _two_surnames(words)


def _two_surnames(words: list[Word]) -> Iterator[Reading]:
    """Three words without a patronymic: two surnames and a given name, or a father's name without an ending."""
    yield from _two_or_more(words)
    if len(words) == 3 and is_given(words[1]):
        yield Reading(_halves((words[0],)), words[1], Patronymic(words[2]))
        yield Reading(_halves((words[2],)), words[1], Patronymic(words[0]))
    elif len(words) == 3 and is_given(words[0]):
        yield Reading(_halves((words[2],)), words[0], Patronymic(words[1]))


def is_given(word: Word) -> bool:
    """Whether a word is a given name of the table."""
    return not is_initial(word) and bool(given_forms(word.normal))


def _is_patronymic(word: Word) -> bool:
    return not is_initial(word) and (ends_as_patronymic(word.normal) or bool(patronymic_forms(word.normal)))


def _father_known(word: Word) -> bool:
    return bool(patronymic_forms(word.normal)) or patronymic_sex(word.normal) is Sex.FEMALE


def _may_be_surname(word: Word) -> bool:
    if word.script is Script.LATIN:
        return bool(attested_surnames(word.normal))
    return sound_key(word.normal) in surname_counts().bearers


def _with_languages(reading: Reading) -> Reading:
    """Returns the reading with the languages of each word narrowed by what the other words tell."""
    told = [_languages(w, given_forms(w.normal)) for w in (reading.given,) if w is not None]
    if reading.patronymic is not None and reading.patronymic.son_of is None:
        word = reading.patronymic.word
        told.append(_languages(word, patronymic_forms(word.normal)))
    told += [word.languages for word in reading.surname if word.script is Script.CYRILLIC]
    common = BOTH
    for languages in told:
        common = common & languages
    if not common:
        common = BOTH
    patronymic = reading.patronymic
    narrow = tuple(_narrowed(word, common) for word in reading.surname)
    given = _narrowed(reading.given, common) if reading.given else None
    if patronymic is not None:
        patronymic = Patronymic(_narrowed(patronymic.word, common), patronymic.son_of)
    return Reading(narrow, given, patronymic, reading.doubt)


@lru_cache(maxsize=262144)
def _narrowed(word: Word, common: frozenset[str]) -> Word:
    languages = (word.languages & common) or word.languages
    return word if languages == word.languages else replace(word, languages=languages)


def _languages(word: Word, forms: tuple[Form, ...]) -> frozenset[str]:
    if word.script is not Script.CYRILLIC or is_initial(word):
        return BOTH
    mains = frozenset(form.language for form in forms if form.kind is FormKind.MAIN) or frozenset(
        form.language for form in forms
    )
    return (word.languages & mains) or word.languages
