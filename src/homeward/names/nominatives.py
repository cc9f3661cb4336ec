"""Names that stand in another case than the nominative: their words put back, and the case of a whole list."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from homeward.names.declension import (
    Case,
    Declined,
    declined_given,
    declined_patronymics,
    never_declines,
    surname_nominatives,
)
from homeward.names.given_names import Sex, given_forms
from homeward.names.keys import sound_key
from homeward.names.readings import Reading, is_given, is_initial, readings_of
from homeward.names.script import Script, normal_word
from homeward.names.surnames import attested_forms
from homeward.names.words import Word, attested_surnames

__all__ = ["cases_of_list", "nominative_readings", "tells_declension"]

_MOST_READINGS = 12
_MOST_UNKNOWN = 4
"""Of nominatives that nobody is known to bear, the likeliest few."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The forenames among words, as declined forms of one case, sex and language; None stands for a surname."""

    case: Case
    sex: Sex
    forenames: tuple[Declined | None, ...]


def nominative_readings(
    words: Sequence[Word], fixed: frozenset[int], cases: frozenset[Case] = frozenset()
) -> tuple[Reading, ...]:
    """Returns the readings of words that stand in another case, put back into the nominative.

    Without `cases` only where a forename can be nothing else than declined, or the surname tells it, and then with a
    doubt: a single name may have been declined by nobody. With the cases of a whole list there is no such doubt.
    """
    if any(word.script is not Script.CYRILLIC for word in words if not is_initial(word)):
        return ()
    if not cases and not any(declined_given(word.normal) or declined_patronymics(word.normal) for word in words):
        return ()
    readings: dict[Reading, None] = {}
    for found in _hypotheses(words, cases):
        for put_back, doubt in _put_back(words, found):
            reason = doubt or ("" if cases else f"read in the nominative, for the {found.case.value}")
            for reading in readings_of(put_back, fixed):
                readings[replace(reading, doubt=reading.doubt or reason)] = None
                if len(readings) == _MOST_READINGS:
                    return tuple(readings)
    return tuple(readings)


def _hypotheses(words: Sequence[Word], cases: frozenset[Case]) -> Iterator[_Found]:
    sure = [i for i, word in enumerate(words) if tells_declension(word)]
    told = bool(sure or cases)
    seen = set()
    for case, sex, language in product(Case, Sex, ("uk", "ru")):
        if cases and case not in cases:
            continue
        in_case = [_form_in(word, case, sex, language) for word in words]
        if any(in_case[i] is None for i in sure):
            continue
        for forms in _assignments(words, in_case):
            if not any(forms) and not (cases and any(map(is_initial, words))):
                continue
            found = _Found(case, sex, tuple(forms))
            if not told and not (any(forms) and _surname_tells(words, found)):
                continue
            key = (sex, tuple(form.nominative if form else None for form in forms), case)
            if key not in seen:
                seen.add(key)
                yield found


def _assignments(words: Sequence[Word], forms: list[Declined | None]) -> Iterator[list[Declined | None]]:
    """Returns the forms with one word left for the surname, which may end as a patronymic does: Бабича Івана."""
    if any(form is None for form in forms):
        yield forms
        return
    for i, word in enumerate(words):
        if declined_patronymics(word.normal):
            yield [*forms[:i], None, *forms[i + 1 :]]


def _surname_tells(words: Sequence[Word], found: _Found) -> bool:
    """Whether the surname is none as it stands and a known one when put back: Бойка Ярослава is no woman's name."""
    pairs = [(word, form) for word, form in zip(words, found.forenames, strict=True) if not is_initial(word)]
    surnames = [word for word, form in pairs if form is None]
    return all(
        not is_given(word)
        and not attested_forms(word)
        and any(map(attested_surnames, _surname_choices(word.normal, found.case, found.sex)))
        for word in surnames
    )


def _form_in(word: Word, case: Case, sex: Sex, language: str) -> Declined | None:
    if is_initial(word) or language not in word.languages:
        return None
    forms = declined_patronymics(word.normal) or declined_given(word.normal)
    found = next((one for one in forms if (one.case, one.sex, one.language) == (case, sex, language)), None)
    if found is None and never_declines(word.normal) and _is_given_of(word, sex):
        return Declined(word.normal, case, sex, language)  # Гіві is Гіві in every case
    return found


def _is_given_of(word: Word, sex: Sex) -> bool:
    return any(form.sex is sex for form in given_forms(word.normal))


def tells_declension(word: Word) -> bool:
    """Whether a word can be nothing else than a declined forename: Івановича, Сергія; Ярослава may be a woman."""
    if is_initial(word) or word.script is not Script.CYRILLIC or is_given(word):
        return False
    return bool(declined_patronymics(word.normal) or declined_given(word.normal))


def _put_back(words: Sequence[Word], found: _Found) -> Iterator[tuple[list[Word], str]]:
    """Returns the words in the nominative, once for each nominative of the surname, with what is in doubt."""
    choices: list[tuple[str, ...]] = []
    for word, form in zip(words, found.forenames, strict=True):
        if form is not None:
            choices.append((form.nominative,))
        elif is_initial(word):
            choices.append((word.normal,))
        else:
            choices.append(_surname_choices(word.normal, found.case, found.sex))
    doubt = "; ".join(f"the nominative may be {' or '.join(one)}" for one in choices if len(one) > 1)
    for normals in product(*choices):
        yield [replace(word, normal=normal) for word, normal in zip(words, normals, strict=True)], doubt


@lru_cache(maxsize=65536)
def _surname_choices(word: str, case: Case, sex: Sex) -> tuple[str, ...]:
    """Returns the nominatives of a surname, of double ones by halves: the attested ones where there are any."""
    halves = []
    for half in word.split("-"):
        nominatives = surname_nominatives(half, case, sex) if len(half) > 2 else (half,)
        attested = tuple(one for one in nominatives if attested_surnames(one))
        by_sound = {sound_key(one): one for one in reversed(attested or nominatives[:_MOST_UNKNOWN])}
        halves.append(tuple(by_sound.values())[::-1])
    return tuple("-".join(some) for some in product(*halves))


_FEWEST_ROWS = 3
_SHARE = 0.9


_CYRILLIC_WORD = re.compile(r"[А-яҐґЄєІіЇїЁё]{3,}(?:['’ʼ-][А-яҐґЄєІіЇїЁё]+)*")


def cases_of_list(names: Iterable[str]) -> frozenset[Case]:
    """Returns the cases in which the names of a list stand; none where that is the nominative, or rows do not agree.

    >>> cases_of_list(["Коваль Івана", "Бойка Сергія Львовича", "Ткача Петра"]) == {Case.GENITIVE, Case.ACCUSATIVE}
    True
    """
    n_declined, n_plain = Counter[Case](), 0
    for name in names:
        row = [Word(word, normal_word(word)) for word in _CYRILLIC_WORD.findall(name)]
        told = _cases_told(row)
        n_declined.update(told)
        n_plain += not told and any(_tells_nominative(word) for word in row)
    most = max(n_declined.values(), default=0)
    if most < _FEWEST_ROWS or most < _SHARE * (most + n_plain):
        return frozenset()
    return frozenset(case for case, n in n_declined.items() if n >= _SHARE * most)


def _cases_told(words: Sequence[Word]) -> frozenset[Case]:
    sure = [word for word in words if tells_declension(word)]
    if not sure:
        return frozenset()
    told = frozenset(Case)
    for word in sure:
        told &= {one.case for one in declined_patronymics(word.normal) or declined_given(word.normal)}
    return told


def _tells_nominative(word: Word) -> bool:
    return is_given(word) and not declined_given(word.normal)
