"""How much a relation says: log10 likelihood ratios of one person against unrelated people (Fellegi and Sunter 1969).

The rates are those of spellings of one person; frequencies come from counts, rare names by Good-Turing. Parts are
taken as independent given the hypothesis, which is stated and not quite true: names go with origin and age.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log10

from homeward.names.counts import given_name_counts, patronymic_counts, surname_counts
from homeward.names.forenames import first_letters, forms_in_language
from homeward.names.given_names import FormKind, given_forms, given_names, patronymic_forms
from homeward.names.keys import sound_key
from homeward.names.parsing import Patronymic, is_initial
from homeward.names.relations import Part, Relation
from homeward.names.spelling import likely_change
from homeward.names.surnames import PartRelation, surname_keys
from homeward.names.words import Word

__all__ = ["DEFAULT_RATES", "Rates", "part_log10_lr"]


@dataclass(frozen=True)
class Rates:
    """Rate of each relation among spellings of one person, for each part; missing parts and initials are no evidence."""

    by_part: Mapping[Part, Mapping[Relation, float]]
    population: float = field(default=40_000_000.0)
    """A name cannot point to fewer than one person of so many: the cap of a name's total."""

    def __hash__(self) -> int:
        return id(self)

    def rate(self, part: Part, relation: Relation) -> float:
        """Returns m(r): how often one person's two spellings stand in this relation."""
        return self.by_part[part][relation]


def _rates(slip: float, other_form: float, different: float, half: float = 0.0) -> dict[Relation, float]:
    agree = 1.0 - slip - other_form - different - half
    return {
        Relation.EQUAL: agree, Relation.TRANSLITERATED: agree, Relation.SAME_NAME_OTHER_LANGUAGE: agree,
        Relation.OTHER_FORM: other_form, Relation.TYPING_SLIP: slip, Relation.HALF_SURNAME: half,
        Relation.DIFFERENT: different,
    }  # fmt: skip


DEFAULT_RATES = Rates(
    {
        Part.SURNAME: _rates(slip=0.05, other_form=0.01, different=0.01, half=0.01),
        Part.GIVEN_NAME: _rates(slip=0.03, other_form=0.05, different=0.005),
        Part.PATRONYMIC: _rates(slip=0.03, other_form=0.02, different=0.01),
    }
)


def part_log10_lr(
    part: Part, found: PartRelation, left: "Words", right: "Words", rates: Rates = DEFAULT_RATES
) -> float:
    """Returns the log10 likelihood ratio of one part: one person against two unrelated people."""
    relation = found.relation
    if relation is Relation.MISSING or part is Part.SUFFIX:
        return 0.0
    if part is Part.SURNAME:
        return _surname(found, left, right, rates)
    forms = patronymic_forms if part is Part.PATRONYMIC else given_forms
    one, two = _single(left), _single(right)
    if part is Part.INITIALS or relation is Relation.INITIAL or is_initial(one) or is_initial(two):
        share = _share_beginning(first_letters(one, forms) & first_letters(two, forms), part is Part.PATRONYMIC)
        if relation is Relation.DIFFERENT:
            return log10(rates.rate(Part.GIVEN_NAME, Relation.DIFFERENT) / 0.9)
        return -log10(max(share, 1e-3))
    m = rates.rate(part, relation)
    if relation is Relation.DIFFERENT:
        return log10(m / (1.0 - _same_by_chance(part)))
    ours, theirs = _frequency(one, part), _frequency(two, part)
    if relation is Relation.TYPING_SLIP:
        return _slip_log10_lr(m, (one.normal, ours), (two.normal, theirs))
    if relation is Relation.OTHER_FORM:
        return log10(m / (_other_form_share(part) * (ours * theirs) ** 0.5))
    return log10(m / max(ours, theirs))


Words = tuple[Word, ...] | Patronymic


def _single(words: Words) -> Word:
    return words.word if isinstance(words, Patronymic) else words[0]


def _surname(found: PartRelation, left: Words, right: Words, rates: Rates) -> float:
    relation, m = found.relation, rates.rate(Part.SURNAME, found.relation)
    if relation is Relation.DIFFERENT:
        return log10(m / (1.0 - _same_by_chance(Part.SURNAME)))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    ours, theirs = _surname_frequency(left), _surname_frequency(right)
    if relation is Relation.TYPING_SLIP:
        return _slip_log10_lr(m, (left[0].normal, ours), (right[0].normal, theirs))
    if relation is Relation.HALF_SURNAME:
        shared = max(_frequency_of_surname(word) for word in (*left, *right))
        return log10(m / shared)
    if relation is Relation.OTHER_FORM:
        return log10(m / (ours * theirs) ** 0.5)
    return log10(m / max(ours, theirs))


def _surname_frequency(words: tuple[Word, ...]) -> float:
    """Returns the frequency of a surname; a double one is as frequent as its rarer half, which is an upper bound."""
    return min(_frequency_of_surname(word) for word in words)


@lru_cache(maxsize=262144)
def _frequency_of_surname(word: Word) -> float:
    counts = surname_counts()
    found = [counts.frequency(key) for key in surname_keys(word)]
    return max(found, default=counts.rare_frequency)


@lru_cache(maxsize=262144)
def _frequency(word: Word, part: Part) -> float:
    patronymic = part is Part.PATRONYMIC
    table = _class_frequencies(patronymic)
    found = [table[form.name] for form in forms_in_language(word, patronymic_forms if patronymic else given_forms)]
    counts = patronymic_counts() if patronymic else given_name_counts()
    return max(found, default=counts.frequency(sound_key(word.normal)))


@lru_cache(maxsize=2)
def _class_frequencies(patronymic: bool) -> tuple[float, ...]:  # noqa: FBT001
    """Returns the share of people who bear each name of the table, or whose father bears it, all its forms together."""
    counts = patronymic_counts() if patronymic else given_name_counts()
    keys: list[set[str]] = [set() for _ in given_names()]
    if patronymic:
        from homeward.names.given_names import all_patronymic_forms

        for form in all_patronymic_forms():
            if form.kind is not FormKind.FAMILIAR:
                keys[form.name].add(sound_key(form.text))
    else:
        for i, name in enumerate(given_names()):
            keys[i] = {sound_key(t) for t in (*name.russian, *name.ukrainian, *name.russian_second, *name.ukrainian_second)}
    floor = counts.rare_frequency
    return tuple(max(sum(counts.bearers.get(key, 0) for key in some) / counts.total, floor) for some in keys)


@lru_cache(maxsize=4096)
def _share_beginning(letters: frozenset[str], patronymic: bool) -> float:  # noqa: FBT001
    """Returns the share of people whose name fits an initial: f summed over the names that begin so in either language."""
    table = _class_frequencies(patronymic)
    return sum(
        f for f, name in zip(table, given_names(), strict=True)
        if any(text[0] in letters for text in (*name.russian, *name.ukrainian))
    )  # fmt: skip


@lru_cache(maxsize=8)
def _same_by_chance(part: Part) -> float:
    if part is Part.SURNAME:
        return surname_counts().same_by_chance
    return sum(f * f for f in _class_frequencies(part is Part.PATRONYMIC))


def _other_form_share(part: Part) -> float:
    """The chance that unrelated people bear forms of one name is that of the name itself: nothing is divided again."""
    del part
    return 1.0


@lru_cache(maxsize=65536)
def _n_likely_slips(word: str) -> int:
    """Returns about how many likely one-edit slips lead away from a word: changes, omissions, doublings, swaps."""
    alphabet = "abcdefghijklmnopqrstuvwxyz" if word[:1] <= "z" else "абвгдежзиіїєйклмнопрстуфхцчшщьюя"
    changes = sum(likely_change(letter, other) for letter in word for other in alphabet) - len(word)
    return changes + 3 * len(word)


def _slip_log10_lr(m: float, a: tuple[str, float], b: tuple[str, float]) -> float:
    """Returns log10 of ½ [P(b|a)/f(b) + P(a|b)/f(a)], the slip being one of the likely ones that lead away."""
    (one, f_one), (two, f_two) = a, b
    forward = m / _n_likely_slips(one) / f_two
    back = m / _n_likely_slips(two) / f_one
    return log10((forward + back) / 2.0)
