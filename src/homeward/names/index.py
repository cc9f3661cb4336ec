"""A register indexed by its surnames, so that one name finds every spelling without looking at everybody.

Keys: the skeleton of the surname and its deletion neighbours; given name with birth date for surnames that changed;
given name and patronymic where a surname is missing. A key proposes, the full comparison decides.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from homeward.names.comparison import Comparison, compare_parsed
from homeward.names.evidence import (
    DateRelation,
    Evidence,
    birth_date_evidence,
    date_relation,
    read_birth_date,
    service_number_evidence,
    unit_evidence,
)
from homeward.names.forenames import compare_given_names, compare_patronymics
from homeward.names.given_names import Sex, given_forms, patronymic_forms
from homeward.names.keys import deletion_neighbours, outlines, skeletons, sound_key
from homeward.names.lists import Entry
from homeward.names.parsing import ParsedName, parse_name
from homeward.names.readings import Patronymic, Reading
from homeward.names.relations import Relation, Verdict
from homeward.names.script import Script
from homeward.names.surnames import attested_forms, compare_surnames, surname_keys
from homeward.names.weights import DEFAULT_MODEL, Model, RegisterCounts
from homeward.names.words import Word

__all__ = ["Candidate", "NameIndex", "Person", "person_of", "weigh"]

_LONG_WORD = 9
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Person:
    """An entry with its parsed name."""

    entry: Entry
    name: ParsedName


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of the register who may be the one asked for."""

    place: int
    verdict: Verdict
    log10_lr: float
    explanation: str


def person_of(entry: Entry) -> Person:
    """Returns an entry with its name parsed."""
    return Person(entry, parse_name(entry.name))


def weigh(
    left: Person, right: Person, model: Model, unit_frequency: Callable[[str], float]
) -> tuple[Comparison, float, str]:
    """Returns the comparison of the names, the weight with all other evidence, and the explanation."""
    found = compare_parsed(left.name, right.name, model)
    one, two = left.entry, right.entry
    beside: list[Evidence | None] = [
        birth_date_evidence(one.birth_date, two.birth_date),
        service_number_evidence(one.service_number, two.service_number),
        unit_evidence(one.unit, two.unit, unit_frequency(one.unit or two.unit)),
        _sex_evidence(one.sex, two.sex),
    ]
    told = [piece for piece in beside if piece is not None]
    words = "; ".join([found.explanation, *(f"{piece.why} ({piece.log10_lr:+.1f})" for piece in told)])
    return found, found.log10_lr + sum(piece.log10_lr for piece in told), words


def _sex_evidence(one: str, two: str) -> Evidence | None:
    """A sex that agrees says nothing, for the given name has said it; one that differs weighs against."""
    return Evidence(-2.0, "the other sex") if one and two and one != two else None


@dataclass
class _Postings:
    """The rows (entry and reading) that hold one surname."""

    surname: tuple[Word, ...]
    rows: list[int] = field(default_factory=list)


class NameIndex:
    """A register in memory; built once, asked often."""

    def __init__(self, entries: Sequence[Entry], *, on_entry: Callable[[], None] = lambda: None) -> None:
        self.people: list[Person] = []
        self.model: Model = DEFAULT_MODEL
        self._rows: list[tuple[int, Reading]] = []
        self._surnames: dict[tuple[Word, ...], _Postings] = {}
        self._without_surname: list[int] = []
        self._by_word: dict[Word, list[_Postings]] = {}
        self._by_birth: dict[tuple[int, Day], list[int]] = {}
        self._by_forenames: dict[tuple[int, int], list[int]] | None = None
        self._units: dict[str, int] = {}
        collecting = gc.isenabled()
        gc.disable()  # nothing of an index is garbage while it is built
        try:
            for place, entry in enumerate(entries):
                self._add(place, person_of(entry))
                on_entry()
            self._words = _WordKeys(self._by_word)
        finally:
            if collecting:
                gc.enable()

    def _add(self, place: int, person: Person) -> None:
        self.people.append(person)
        for reading in person.name.readings:
            row = len(self._rows)
            self._rows.append((place, reading))
            if reading.surname:
                self._post(reading.surname, row)
            else:
                self._without_surname.append(row)
            if person.entry.birth_date:
                date = read_birth_date(person.entry.birth_date)
                for name in _names_of(reading.given) if date.is_day else ():
                    self._by_birth.setdefault((name, date.first), []).append(row)
        if person.entry.unit:
            key = person.entry.unit.casefold()
            self._units[key] = self._units.get(key, 0) + 1

    def _post(self, surname: tuple[Word, ...], row: int) -> None:
        postings = self._surnames.get(surname)
        if postings is None:
            postings = self._surnames[surname] = _Postings(surname)
            for word in surname:
                self._by_word.setdefault(word, []).append(postings)
        postings.rows.append(row)

    def counts(self) -> RegisterCounts:
        """Returns how many people of this register bear each name, each person once."""
        surnames: dict[str, int] = {}
        given: dict[int, int] = {}
        fathers: dict[int, int] = {}
        for surname, postings in self._surnames.items():
            for key in {key for word in surname for key in surname_keys(word) or (word.normal,)}:
                surnames[key] = surnames.get(key, 0) + len({self._rows[row][0] for row in postings.rows})
        for person in self.people:
            readings = person.name.readings
            for name in {name for reading in readings for name in _names_of(reading.given)}:
                given[name] = given.get(name, 0) + 1
            for name in {name for reading in readings for name in _fathers_of(reading.patronymic)}:
                fathers[name] = fathers.get(name, 0) + 1
        return RegisterCounts(surnames, given, fathers, len(self.people))

    def use_counts(self, counts: RegisterCounts) -> None:
        """Weighs agreement by how often names are borne in this register, blended with the shipped counts."""
        self.model = Model(DEFAULT_MODEL.rates, DEFAULT_MODEL.population, counts)

    def unit_frequency(self, unit: str) -> float:
        """Returns the share of the register that stands in this unit, one person in a hundred being added on top."""
        n = max(1, len(self.people))
        return (self._units.get(unit.casefold(), 0) + 1) / (n + 100)

    def search(self, person: Person) -> list[Candidate]:
        """Returns everybody of the register who may be this person, the likeliest first."""
        found = []
        for place in sorted(self._places(person)):
            comparison, weight, words = weigh(person, self.people[place], self.model, self.unit_frequency)
            if comparison.verdict is not Verdict.DIFFERENT or (weight > 0 and self._born_alike(person, place)):
                found.append(Candidate(place, comparison.verdict, weight, words))
        return sorted(found, key=lambda one: (-one.log10_lr, self.people[one.place].entry.id))

    def _born_alike(self, person: Person, place: int) -> bool:
        one, two = person.entry.birth_date, self.people[place].entry.birth_date
        return bool(one and two) and date_relation(read_birth_date(one), read_birth_date(two)) in _ALIKE

    def _places(self, person: Person) -> set[int]:
        rows: set[int] = set()
        for reading in person.name.readings:
            if reading.surname:
                rows |= self._by_surname(reading)
            else:
                rows |= self._by_given_and_father(reading)
            rows |= self._by_birth_date(reading, person.entry.birth_date)
        return {self._rows[row][0] for row in rows}

    def _by_surname(self, reading: Reading) -> set[int]:
        rows: set[int] = set()
        given: dict[Word | None, bool] = {}
        fathers: dict[Patronymic | None, bool] = {}
        for postings in self._near_surnames(reading):
            rows.update(row for row in postings.rows if self._forenames_agree(reading, row, given, fathers))
        rows.update(row for row in self._without_surname if self._forenames_agree(reading, row, given, fathers))
        return rows

    def _near_surnames(self, reading: Reading) -> Iterator[_Postings]:
        sexes: tuple[Sex | None, Sex | None] = (reading.sex, reading.sex)
        seen: set[int] = set()
        for word in reading.surname:
            for near in self._words.near(word):
                for postings in self._by_word[near]:
                    if id(postings) in seen:
                        continue
                    seen.add(id(postings))
                    if compare_surnames(reading.surname, postings.surname, sexes).relation is not Relation.DIFFERENT:
                        yield postings

    def _forenames_agree(
        self, reading: Reading, row: int, given: dict[Word | None, bool], fathers: dict[Patronymic | None, bool]
    ) -> bool:
        """Whether given name and patronymic are not `different`; answers are kept, for names come again."""
        other = self._rows[row][1]
        if reading.given is not None and other.given is not None:
            agree = given.get(other.given)
            if agree is None:
                agree = compare_given_names(reading.given, other.given).relation is not Relation.DIFFERENT
                given[other.given] = agree
            if not agree:
                return False
        if reading.patronymic is not None and other.patronymic is not None:
            agree = fathers.get(other.patronymic)
            if agree is None:
                agree = compare_patronymics(reading.patronymic, other.patronymic).relation is not Relation.DIFFERENT
                fathers[other.patronymic] = agree
            return agree
        return True

    def _by_given_and_father(self, reading: Reading) -> set[int]:
        """Rows with the same given name and father, for a name without a surname."""
        if self._by_forenames is None:
            self._by_forenames = {}
            for row, (_, other) in enumerate(self._rows):
                for key in _forename_keys(other):
                    self._by_forenames.setdefault(key, []).append(row)
        return {row for key in _forename_keys(reading) for row in self._by_forenames.get(key, ())}

    def _by_birth_date(self, reading: Reading, birth_date: str) -> set[int]:
        """Rows with the same given name and nearly the same birth date: for surnames that changed or were garbled."""
        date = read_birth_date(birth_date) if birth_date else None
        if date is None or not date.is_day:
            return set()
        days = _days_alike(date.first)
        names = _names_of(reading.given)
        return {row for name in names for day in days for row in self._by_birth.get((name, day), ())}


Day = tuple[int, int, int]


def _days_alike(day: Day) -> tuple[Day, ...]:
    """Returns the day itself, with day and month exchanged, and with one digit changed (some are no days)."""
    year, month, number = day
    written = f"{year:04}{month:02}{number:02}"
    found = [day, (year, number, month)]
    for i, old in enumerate(written):
        for new in "0123456789":
            if new != old:
                changed = written[:i] + new + written[i + 1 :]
                found.append((int(changed[:4]), int(changed[4:6]), int(changed[6:])))
    return tuple(found)


_ALIKE = frozenset({DateRelation.EQUAL, DateRelation.DAY_AND_MONTH_SWAPPED, DateRelation.ONE_DIGIT})


def _names_of(given: Word | None) -> frozenset[int]:
    return frozenset() if given is None else frozenset(form.name for form in given_forms(given.normal))


def _fathers_of(patronymic: Patronymic | None) -> frozenset[int]:
    if patronymic is None:
        return frozenset()
    forms = given_forms if patronymic.son_of else patronymic_forms
    return frozenset(form.name for form in forms(patronymic.word.normal))


def _forename_keys(reading: Reading) -> set[tuple[int, int]]:
    return {(name, father) for name in _names_of(reading.given) for father in _fathers_of(reading.patronymic)}


class _WordKeys:
    """Which words of the register are near a word: by skeleton, by its deletion neighbours, by Latin consonants."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = list(words)
        self._attested = np.array([bool(attested_forms(word)) for word in self._words], dtype=bool)
        self._latin = np.array([word.script is Script.LATIN for word in self._words], dtype=bool)
        self._normals = [word.normal for word in self._words]
        self._sounds = [_sound(word) for word in self._words]
        self._outlines = [outlines(word.normal)[0] for word in self._words]
        by_skeleton: dict[str, list[int]] = {}
        self._by_letters: dict[str, list[int]] = {}
        for i, word in enumerate(self._words):
            for skeleton in skeletons(word.normal):
                by_skeleton.setdefault(skeleton, []).append(i)
            if self._latin[i]:
                for letters in deletion_neighbours(_latin_letters(word.normal), 1):
                    self._by_letters.setdefault(letters, []).append(i)
        self._by_skeleton = {skeleton: np.array(some, dtype=np.int64) for skeleton, some in by_skeleton.items()}
        self._neighbours: dict[str, list[str]] = {}
        self._unattested_neighbours: dict[str, list[str]] = {}
        for skeleton, some in by_skeleton.items():
            most = 2 if max(len(self._words[i].normal) for i in some) >= _LONG_WORD else 1
            for neighbour in deletion_neighbours(skeleton, most):
                self._neighbours.setdefault(neighbour, []).append(skeleton)
                if not all(self._attested[i] for i in some):
                    self._unattested_neighbours.setdefault(neighbour, []).append(skeleton)

    def near(self, word: Word) -> Iterator[Word]:
        """Returns the words that may stand for this one, by sound or by a slip; a few too many, and none too few."""
        most = 2 if len(word.normal) >= _LONG_WORD else 1
        own = set(skeletons(word.normal))
        # A slip never joins two attested names, so that an attested one looks among the others alone.
        neighbours = self._unattested_neighbours if attested_forms(word) else self._neighbours
        reached = {s for one in own for n in deletion_neighbours(one, most) for s in neighbours.get(n, ())}
        beside = [self._by_skeleton[s] for s in reached if s not in own]
        if word.script is Script.LATIN:
            beside += [
                np.array(self._by_letters[letters], dtype=np.int64)
                for letters in deletion_neighbours(_latin_letters(word.normal), 1)
                if letters in self._by_letters
            ]
        alike = [self._by_skeleton[s] for s in own if s in self._by_skeleton]
        chosen = [*self._by_slip(word, beside, most), *self._by_sound(word, alike, most)]
        return (self._words[i] for i in dict.fromkeys(chosen))

    def _by_slip(self, word: Word, groups: list[Places], most: int) -> Iterator[int]:
        """Words of another skeleton: a slip at best, which never joins two attested names."""
        if not groups:
            return
        places = np.concatenate(groups)
        if attested_forms(word):
            places = places[~self._attested[places]]
        yield from self._within(word, places, most, slack=0)

    def _within(self, word: Word, places: Places, most: int, slack: int = 1) -> Iterator[int]:
        """Words within a few edits of the sound where the script is one, of the outline where it is not."""
        latin = word.script is Script.LATIN
        same = places[self._latin[places] == latin]
        other = places[self._latin[places] != latin]
        if not latin:
            yield from _close(_sound(word), self._sounds, same, most + slack, OSA.distance)
            yield from _close(word.normal, self._normals, same, most, OSA.distance)
        else:
            other = places
        for outline in outlines(word.normal):
            yield from _close(outline, self._outlines, other, most + 1, OSA.distance)

    def _by_sound(self, word: Word, groups: list[Places], most: int) -> Iterator[int]:
        """Words of one skeleton: those that share an attested name, may be a slip, or may be joined by meaning."""
        if not groups:
            return
        places = np.concatenate(groups)
        ours = attested_forms(word)
        if not ours:
            yield from self._within(word, places, most)
            return
        yield from self._within(word, places[~self._attested[places]], most)
        for i in places[self._attested[places]].tolist():
            other = self._words[i]
            if not ours.isdisjoint(attested_forms(other)) or _may_correspond(word, other):
                yield i


def _close(asked: str, texts: Sequence[str], places: Places, most: int, distance: Callable[..., int]) -> Iterator[int]:
    some = places.tolist()
    if some:
        found = cdist([asked], [texts[i] for i in some], scorer=distance, score_cutoff=most, dtype=np.uint8)[0]
        yield from (some[i] for i in np.flatnonzero(found <= most).tolist())


@lru_cache(maxsize=1_000_000)
def _sound(word: Word) -> str:
    return word.normal if word.script is Script.LATIN else sound_key(word.normal)


def _may_correspond(a: Word, b: Word) -> bool:
    """Whether two attested Cyrillic surnames with one skeleton may be one by meaning, such as Білий and Белый."""
    if Script.LATIN in (a.script, b.script):
        return False
    near = OSA.distance(_sound(a), _sound(b), score_cutoff=3) <= 3
    return near and (_turns_into(a, b) or _turns_into(b, a))


def _turns_into(ukrainian: Word, russian: Word) -> bool:
    word = ukrainian.normal
    turning = "і" in word or word[0] in "ої" or word.endswith("ий")
    return turning and ukrainian.languages == {"uk"} and "ru" in russian.languages


def _latin_letters(word: str) -> str:
    return "".join(c for c in word if c not in "aeiouyhj")
