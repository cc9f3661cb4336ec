"""How much a relation says: log10 likelihood ratios of one person against unrelated people (Fellegi and Sunter 1969).

The rates are those of spellings of one person; frequencies come from counts, rare names by Good-Turing. Parts are
taken as independent given the hypothesis, which is stated and not quite true: names go with origin and age.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from homeward.names.counts import blended, given_name_counts, patronymic_counts, surname_counts
from homeward.names.forenames import first_letters, forms_in_language, names_beginning
from homeward.names.given_names import FormKind, given_forms, given_names, patronymic_forms
from homeward.names.keys import sound_key
from homeward.names.readings import Patronymic, is_initial
from homeward.names.relations import Part, Relation
from homeward.names.slips import likely_change
from homeward.names.surnames import PartRelation, surname_keys
from homeward.names.words import Word

__all__ = ["DEFAULT_MODEL", "Model", "RegisterCounts", "class_frequencies", "part_log10_lr"]


@dataclass(frozen=True)
class RegisterCounts:
    """Bearers in the register itself, once per person: surnames by key, given names and fathers by row of the table."""

    surnames: Mapping[str, int]
    given_names: Mapping[int, int]
    fathers: Mapping[int, int]
    total: int


@dataclass(frozen=True, eq=False)
class Model:
    """Rates of each relation among spellings of one person, and the frequencies of names.

    With a register its own counts are blended with the shipped ones (Dirichlet, the shipped weigh as 1,000 people).
    """

    rates: Mapping[Part, Mapping[Relation, float]]
    population: float = 40_000_000.0
    """A name cannot point to fewer than one person of so many: the cap of a name's total."""
    register: RegisterCounts | None = None

    def rate(self, part: Part, relation: Relation) -> float:
        """Returns m(r): how often one person's two spellings stand in this relation."""
        return self.rates[part][relation]

    def surname_frequency(self, words: tuple[Word, ...]) -> float:
        """Returns the frequency of a surname; that of a double one is at most that of its rarer half."""
        return min(map(self.one_surname_frequency, words))

    def one_surname_frequency(self, word: Word) -> float:
        """Returns the frequency of a surname of one word, the greatest where it may write several."""
        keys = surname_keys(word)
        base = _surname_base(keys)
        if self.register is None:
            return base
        own = max((self.register.surnames.get(key, 0) for key in keys or (word.normal,)), default=0)
        return blended(own, self.register.total, base)

    def forename_frequency(self, word: Word, part: Part) -> float:
        """Returns the frequency of a given name's class, or of the father's for a patronymic."""
        patronymic = part is Part.PATRONYMIC
        table = class_frequencies(patronymic=patronymic)
        names = {form.name for form in forms_in_language(word, patronymic_forms if patronymic else given_forms)}
        counts = patronymic_counts() if patronymic else given_name_counts()
        base = max((table[i] for i in names), default=counts.frequency(sound_key(word.normal)))
        if self.register is None:
            return base
        mine = self.register.fathers if patronymic else self.register.given_names
        return blended(max((mine.get(i, 0) for i in names), default=0), self.register.total, base)


@lru_cache(maxsize=262144)
def _surname_base(keys: frozenset[str]) -> float:
    counts = surname_counts()
    return max((counts.frequency(key) for key in keys), default=counts.rare_frequency)


def _rates(slip: float, other_form: float, different: float, half: float = 0.0) -> dict[Relation, float]:
    agree = 1.0 - slip - other_form - different - half
    return {
        Relation.EQUAL: agree, Relation.TRANSLITERATED: agree, Relation.SAME_NAME_OTHER_LANGUAGE: agree,
        Relation.OTHER_FORM: other_form, Relation.TYPING_SLIP: slip, Relation.HALF_SURNAME: half,
        Relation.DIFFERENT: different,
    }  # fmt: skip


DEFAULT_MODEL = Model(
    {
        Part.SURNAME: _rates(slip=0.05, other_form=0.01, different=0.01, half=0.01),
        Part.GIVEN_NAME: _rates(slip=0.03, other_form=0.05, different=0.005),
        Part.PATRONYMIC: _rates(slip=0.03, other_form=0.02, different=0.01),
    }
)


def part_log10_lr(
    part: Part, found: PartRelation, left: "Words", right: "Words", model: Model = DEFAULT_MODEL
) -> float:
    """Returns the log10 likelihood ratio of one part: one person against two unrelated people."""
    relation = found.relation
    if relation is Relation.MISSING or part is Part.SUFFIX:
        return 0.0
    if part is Part.SURNAME:
        return _surname(found, left, right, model)
    forms = patronymic_forms if part is Part.PATRONYMIC else given_forms
    one, two = _single(left), _single(right)
    if is_initial(one) or is_initial(two):
        # A full name is asked as its initials are: what the other side shows is the initial alone.
        letters = [first_letters(word, forms) for word in (one, two)]
        shown = [some for some, word in zip(letters, (one, two), strict=True) if is_initial(word)]
        share = _share_beginning(shown[0], shown[-1], part is Part.PATRONYMIC)
        if relation is Relation.DIFFERENT:
            return log10(model.rate(Part.GIVEN_NAME, Relation.DIFFERENT) / (1.0 - share))
        # М. and Н. fit Микола, Николай alone: among those who show М. few do, so that it may weigh against.
        each = [max(_share_beginning(some, some, part is Part.PATRONYMIC), 1e-3) for some in (shown[0], shown[-1])]
        return log10(max(share, 1e-6) / (each[0] * each[1])) if shown[0] != shown[-1] else -log10(each[0])
    m = model.rate(part, relation)
    if relation is Relation.DIFFERENT:
        return log10(m / (1.0 - _same_by_chance(part)))
    ours, theirs = model.forename_frequency(one, part), model.forename_frequency(two, part)
    if relation is Relation.TYPING_SLIP:
        return min(_slip_log10_lr(m, (one.normal, ours), (two.normal, theirs)), _agreed(model, part, ours, theirs))
    if relation is Relation.OTHER_FORM:
        return min(log10(m / (ours * theirs) ** 0.5), _agreed(model, part, ours, theirs))
    return log10(m / max(ours, theirs))


Words = tuple[Word, ...] | Patronymic


def _single(words: Words) -> Word:
    return words.word if isinstance(words, Patronymic) else words[0]


def _surname(found: PartRelation, left: Words, right: Words, model: Model) -> float:
    relation, m = found.relation, model.rate(Part.SURNAME, found.relation)
    if relation is Relation.DIFFERENT:
        return log10(m / (1.0 - _same_by_chance(Part.SURNAME)))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    ours, theirs = model.surname_frequency(left), model.surname_frequency(right)
    if relation is Relation.TYPING_SLIP:
        return min(
            _slip_log10_lr(m, (left[0].normal, ours), (right[0].normal, theirs)),
            _agreed(model, Part.SURNAME, ours, theirs),
        )
    if relation is Relation.HALF_SURNAME:
        shared = max(model.one_surname_frequency(word) for word in (*left, *right))
        return log10(m / shared)
    if relation is Relation.OTHER_FORM:
        return min(log10(m / (ours * theirs) ** 0.5), _agreed(model, Part.SURNAME, ours, theirs))
    return log10(m / max(ours, theirs))


@lru_cache(maxsize=2)
def class_frequencies(*, patronymic: bool) -> tuple[float, ...]:
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
            keys[i] = {
                sound_key(t) for t in (*name.russian, *name.ukrainian, *name.russian_second, *name.ukrainian_second)
            }
    floor = counts.rare_frequency
    return tuple(max(sum(counts.bearers.get(key, 0) for key in some) / counts.total, floor) for some in keys)


@lru_cache(maxsize=4096)
def _share_beginning(ours: frozenset[str], theirs: frozenset[str], patronymic: bool) -> float:  # noqa: FBT001
    """Returns the share of people whose name fits an initial: f summed over the names that begin so."""
    table = class_frequencies(patronymic=patronymic)
    return min(0.999, sum(table[i] for i in names_beginning(ours, theirs)))


@lru_cache(maxsize=8)
def _same_by_chance(part: Part) -> float:
    if part is Part.SURNAME:
        return surname_counts().same_by_chance
    return sum(f * f for f in class_frequencies(patronymic=part is Part.PATRONYMIC))


@lru_cache(maxsize=65536)
def _n_likely_slips(word: str) -> int:
    """Returns about how many likely one-edit slips lead away from a word: changes, omissions, doublings, swaps."""
    alphabet = "abcdefghijklmnopqrstuvwxyz" if word[:1] <= "z" else "абвгдежзиіїєйклмнопрстуфхцчшщьюя"
    changes = sum(likely_change(letter, other) for letter in word for other in alphabet) - len(word)
    return changes + 3 * len(word)


def _agreed(model: Model, part: Part, ours: float, theirs: float) -> float:
    """Returns what the commoner of two names weighs when it agrees: a slip in it, rare as it is, weighs no more."""
    return log10(model.rate(part, Relation.EQUAL) / max(ours, theirs))


def _slip_log10_lr(m: float, a: tuple[str, float], b: tuple[str, float]) -> float:
    """Returns log10 of ½ [P(b|a)/f(b) + P(a|b)/f(a)], the slip being one of the likely ones that lead away."""
    (one, f_one), (two, f_two) = a, b
    forward = m / _n_likely_slips(one) / f_two
    back = m / _n_likely_slips(two) / f_one
    return log10((forward + back) / 2.0)
