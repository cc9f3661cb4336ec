"""A register indexed by its surnames, so that one name finds every spelling without looking at everybody.

Keys: the skeleton of the surname and its deletion neighbours; given name with birth date for surnames that changed;
given name and patronymic where a surname is missing. A key proposes, the full comparison decides.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from homeward.names.birth_dates import DateRelation, date_relation, days_alike, digits_of, read_birth_date
from homeward.names.comparison import Comparison, compare_parsed
from homeward.names.declension import Case
from homeward.names.evidence import (
    Evidence,
    birth_date_evidence,
    service_number_evidence,
    sex_evidence,
    unit_evidence,
)
from homeward.names.forenames import compare_given_names, compare_patronymics
from homeward.names.given_names import Sex, given_forms, patronymic_forms
from homeward.names.lists import Entry
from homeward.names.neighbours import Neighbours
from homeward.names.parsing import ParsedName, parse_name
from homeward.names.readings import Patronymic, Reading
from homeward.names.relations import Relation, Verdict, verdict_of
from homeward.names.surnames import compare_surnames, surname_keys
from homeward.names.weights import DEFAULT_MODEL, Model, RegisterCounts
from homeward.names.words import Word

__all__ = ["Candidate", "NameIndex", "Person", "load_tables", "person_of", "weigh"]


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


def person_of(entry: Entry, cases: frozenset[Case] = frozenset()) -> Person:
    """Returns an entry with its name parsed, put back into the nominative where its list stands in other cases."""
    name = parse_name(entry.name, cases)
    if not entry.birth_date and name.birth_date:
        entry = replace(entry, birth_date=name.birth_date)
    return Person(entry, name)


def load_tables() -> None:
    """Reads the tables of names and counts, which are otherwise read when the first name asks for them."""
    weigh(person_of(_EXAMPLES[0]), person_of(_EXAMPLES[1]), DEFAULT_MODEL, lambda _: 0.01)


_EXAMPLES = (Entry("1", "Щербак Сергій Іванович"), Entry("2", "Scherbak Sergey Ivanovich"))


def weigh(
    left: Person, right: Person, model: Model, unit_frequency: Callable[[str], float]
) -> tuple[Comparison, float, str]:
    """Returns the comparison of the names, the weight with all other evidence, and the explanation."""
    found = compare_parsed(left.name, right.name, model, dates=False)
    one, two = left.entry, right.entry
    beside: list[Evidence | None] = [
        birth_date_evidence(one.birth_date, two.birth_date),
        service_number_evidence(one.service_number, two.service_number),
        unit_evidence(one.unit, two.unit, unit_frequency(one.unit or two.unit)),
        None if _is_doubtful(left) or _is_doubtful(right) else sex_evidence(one.sex, two.sex),
    ]
    told = [piece for piece in beside if piece is not None]
    words = "; ".join([found.explanation, *(f"{piece.why} ({piece.log10_lr:+.1f})" for piece in told)])
    if any(piece.contradicts for piece in told):
        found = replace(found, verdict=Verdict.DIFFERENT)
    return found, found.log10_lr + sum(piece.log10_lr for piece in told), words


def _is_doubtful(person: Person) -> bool:
    """Whether the column of sex contradicts the person's own name, so that one of the two is wrong."""
    if not person.entry.sex:
        return False
    told = {reading.sex.value for reading in person.name.readings if reading.sex is not None}
    return bool(told) and person.entry.sex not in told


@dataclass
class _Postings:
    """The rows (entry and reading) that hold one surname."""

    surname: tuple[Word, ...]
    rows: list[int] = field(default_factory=list)


class NameIndex:
    """A register in memory; built once, asked often."""

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        cases: frozenset[Case] = frozenset(),
        on_entry: Callable[[], None] = lambda: None,
    ) -> None:
        self.people: list[Person] = []
        self.model: Model = DEFAULT_MODEL
        self._rows: list[tuple[int, Reading]] = []
        self._surnames: dict[tuple[Word, ...], _Postings] = {}
        self._without_surname: list[int] = []
        self._by_word: dict[Word, list[_Postings]] = {}
        self._by_birth: dict[tuple[int, str], list[int]] = {}
        self._by_forenames: dict[tuple[int, int], list[int]] | None = None
        self._units: dict[str, int] = {}
        collecting = gc.isenabled()
        gc.disable()  # nothing of an index is garbage while it is built
        try:
            for place, entry in enumerate(entries):
                self._add(place, person_of(entry, cases))
                on_entry()
            self._words = Neighbours(self._by_word)
        finally:
            if collecting:
                gc.freeze()  # later collections pass over what stays as long as the index
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
                born = read_birth_date(person.entry.birth_date)
                for name in _names_of(reading.given) if born.is_day else ():
                    self._by_birth.setdefault((name, digits_of(born.first)), []).append(row)
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
        self.model = replace(self.model, register=counts)

    def unit_frequency(self, unit: str) -> float:
        """Returns the share of the register that stands in this unit, one person in a hundred being added on top."""
        n = max(1, len(self.people))
        return (self._units.get(unit.casefold(), 0) + 1) / (n + 100)

    def search(self, person: Person) -> list[Candidate]:
        """Returns everybody of the register who may be this person, the likeliest first."""
        found = []
        for place in sorted(self._places(person)):
            comparison, weight, words = weigh(person, self.people[place], self.model, self.unit_frequency)
            if comparison.verdict is not Verdict.DIFFERENT or (
                weight > 0 and self._is_worth_a_look(person, place, comparison)
            ):
                found.append(Candidate(place, comparison.verdict, weight, words))
        return sorted(found, key=lambda one: (-one.log10_lr, self.people[one.place].entry.id))

    def _is_worth_a_look(self, person: Person, place: int, comparison: Comparison) -> bool:
        """Whether people should see a pair that is never proposed: the names agree, or the birth dates nearly do."""
        if verdict_of(part.relation for part in comparison.parts) is not Verdict.DIFFERENT:
            return True
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
        born = read_birth_date(birth_date) if birth_date else None
        if born is None or not born.is_day:
            return set()
        days = days_alike(born.first)
        names = _names_of(reading.given)
        return {row for name in names for day in days for row in self._by_birth.get((name, day), ())}


_ALIKE = frozenset(
    {
        DateRelation.EQUAL, DateRelation.DAY_AND_MONTH_SWAPPED, DateRelation.ONE_DIGIT,
        DateRelation.YEAR_BY_ONE_OR_TEN, DateRelation.TWO_DIGITS_SWAPPED,
    }
)  # fmt: skip


def _names_of(given: Word | None) -> frozenset[int]:
    return frozenset() if given is None else frozenset(form.name for form in given_forms(given.normal))


def _fathers_of(patronymic: Patronymic | None) -> frozenset[int]:
    if patronymic is None:
        return frozenset()
    forms = given_forms if patronymic.son_of else patronymic_forms
    return frozenset(form.name for form in forms(patronymic.word.normal))


def _forename_keys(reading: Reading) -> set[tuple[int, int]]:
    return {(name, father) for name in _names_of(reading.given) for father in _fathers_of(reading.patronymic)}
