"""The conditions of a term, each asked of a person on one day.

A date is weighed as every day that it may mean: yes where all of them fulfil the condition, no where none does, unknown
where some do. What a condition needs of the day is worked out once, so that a hundred thousand people are quick.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Protocol

from homeward.entitlement.anniversaries import (
    AFTER_ALL_DAYS,
    BEFORE_ALL_DAYS,
    anniversary,
    last_birth_day_of_age,
    last_day_before_months,
)
from homeward.entitlement.days import Days, Doubt, Range
from homeward.entitlement.findings import Entitled, Finding
from homeward.entitlement.people import Commission, Health, Person, Sex
from homeward.entitlement.terms import AgeCondition, AgeOn, Term

__all__ = [
    "AgeAtCapture",
    "AgeOnDay",
    "Condition",
    "HealthState",
    "HeldLonger",
    "OfSex",
    "conditions_of",
    "last_day_of_age",
]

DOUBT = MappingProxyType({Doubt.ABSENT: "absent", Doubt.PARTIAL: "partial", Doubt.UNSTATED_MARGIN: "margin"})


class Condition(Protocol):
    """Something that a term asks of a person. `fields` are the facts of the person that it rests on."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The paths of the facts, from the person."""

    def ask(self, person: Person) -> Finding:
        """Returns whether the person fulfils it."""


@dataclass(frozen=True, slots=True)
class AgeOnDay:
    """An age on a known day. A category of the agreement (GC III Art. 6), not of treaty law."""

    age: AgeCondition
    on: date
    first: int
    last: int
    values: tuple[tuple[str, str], ...]
    fields: ClassVar[tuple[str, ...]] = ("birth.text",)
    known: dict[str, Finding] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, age: AgeCondition, on: date) -> "AgeOnDay":
        """Returns the condition with the first and the last birth day that fulfil it."""
        first, last = _birth_days(age, on.toordinal())
        return cls(age, on, first, last, (*_ages(age), ("day", on.isoformat())))

    def ask(self, person: Person) -> Finding:
        """Returns yes where every birth day that is possible fulfils it, no where none does."""
        text = person.birth.text
        found = self.known.get(text)
        return found or self.known.setdefault(text, self._find(person.birth))

    def _find(self, birth: Days) -> Finding:
        evidence = (f"birth_date: {birth.text or 'unknown'}",)
        values = (*self.values, ("birth", birth.text))
        if birth.all_within(self.first, self.last):
            return Finding(Entitled.YES, "age.yes", values, evidence)
        if not birth.any_within(self.first, self.last):
            return Finding(Entitled.NO, "age.no", values, evidence)
        window = _window(self.first, self.last)
        return Finding(Entitled.UNKNOWN, f"age.{DOUBT[birth.doubt]}", values + window, evidence, _settling(window))


@dataclass(frozen=True, slots=True)
class AgeAtCapture:
    """An age on the day of capture, which may be as uncertain as the birth. `captured_by` is the last day of capture
    that another condition of the term allows: both rest on the same unknown day.
    """

    age: AgeCondition
    captured_by: int
    fields: ClassVar[tuple[str, ...]] = ("birth.text", "captured.text")
    known: dict[tuple[str, str], Finding] = field(default_factory=dict, compare=False)

    def ask(self, person: Person) -> Finding:
        """Returns yes where every birth day agrees with every day of capture, no where no pair does."""
        texts = person.birth.text, person.captured.text
        found = self.known.get(texts)
        return found or self.known.setdefault(texts, self._find(person.birth, person.captured))

    def _find(self, birth: Days, captured: Days) -> Finding:
        evidence = (f"birth_date: {birth.text or 'unknown'}", f"captured_on: {captured.text or 'unknown'}")
        values = (*_ages(self.age), ("birth", birth.text), ("captured", captured.text))
        windows = _windows(self.age, captured.ranges)
        # The window of birth days only moves forward with the day of capture.
        if birth.all_within(windows[-1][1][0], windows[0][0][1]):
            return Finding(Entitled.YES, "age_at_capture.yes", values, evidence)
        if not _any_pair(birth, windows):
            return Finding(Entitled.NO, "age_at_capture.no", values, evidence)
        long_enough = captured.until(self.captured_by)
        if long_enough and not _any_pair(birth, _windows(self.age, long_enough)):
            return Finding(Entitled.NO, "age_at_capture.never_both", values, evidence)
        return Finding(Entitled.UNKNOWN, *_open_dates(birth, captured, values, evidence))


def _windows(age: AgeCondition, captured: tuple[Range, ...]) -> list[tuple[Range, Range]]:
    """Returns the birth days that have the age on the first and on the last day of each range of days of capture."""
    found = []
    for start, end in captured:
        early = _birth_days(age, start)
        found.append((early, early if start == end else _birth_days(age, end)))
    return found


def _any_pair(birth: Days, windows: list[tuple[Range, Range]]) -> bool:
    # Between two neighbouring days of capture the windows of birth days overlap, so together they are one window.
    return any(birth.any_within(early[0], late[1]) for early, late in windows)


def _open_dates(
    birth: Days, captured: Days, values: tuple[tuple[str, str], ...], evidence: tuple[str, ...]
) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...], str]:
    """Returns message, values, evidence and what would settle it, by which of the two dates is open."""
    if birth.doubt is Doubt.NONE:
        return f"age_at_capture.captured_{DOUBT[captured.doubt]}", values, evidence, "settle.captured"
    if captured.doubt is Doubt.NONE:
        return f"age_at_capture.birth_{DOUBT[birth.doubt]}", values, evidence, "settle.birth"
    return "age_at_capture.both", values, evidence, "settle.both"


@dataclass(frozen=True, slots=True)
class HeldLonger:
    """Captivity of more than so many months on the day of the exchange. GC III Art. 109(2): by agreement alone."""

    months: int
    on: date
    captured_by: int
    fields: ClassVar[tuple[str, ...]] = ("captured.text",)
    known: dict[str, Finding] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, months: int, on: date) -> "HeldLonger":
        """Returns the condition with the last day of capture that fulfils it."""
        return cls(months, on, last_day_before_months(on.toordinal(), months))

    def ask(self, person: Person) -> Finding:
        """Returns yes where the day of capture plus the months lies before the day, whichever day it was."""
        text = person.captured.text
        found = self.known.get(text)
        return found or self.known.setdefault(text, self._find(person.captured))

    def _find(self, captured: Days) -> Finding:
        evidence = (f"captured_on: {captured.text or 'unknown'}",)
        values: tuple[tuple[str, str], ...] = (
            ("months", str(self.months)),
            ("day", self.on.isoformat()),
            ("captured", captured.text),
        )
        if captured.last <= self.captured_by:
            return Finding(Entitled.YES, "held.yes", values, evidence)
        if captured.first > self.captured_by:
            return Finding(Entitled.NO, "held.no", values, evidence)
        values += (("last", _day(self.captured_by)),)
        return Finding(Entitled.UNKNOWN, f"held.{DOUBT[captured.doubt]}", values, evidence, "settle.held")


@dataclass(frozen=True, slots=True)
class HealthState:
    """Serious wounds or sickness: GC III Art. 109(1), 110(1); the commission decides (Art. 112), where it has."""

    accepted: frozenset[Health]
    fields: ClassVar[tuple[str, ...]] = ("commission", "health")
    known: dict[tuple[Commission, Health], Finding] = field(default_factory=dict, compare=False)

    def ask(self, person: Person) -> Finding:
        """Returns the commission's decision, else what the reported health says; manifest cases need none (112)."""
        told = person.commission, person.health
        found = self.known.get(told)
        return found or self.known.setdefault(told, self._find(*told))

    def _find(self, commission: Commission, health: Health) -> Finding:
        evidence = (f"commission: {commission.value or 'none'}", f"health: {health.value}")
        if commission is Commission.REPATRIATE:
            return Finding(Entitled.YES, "health.commission_repatriate", (), evidence[:1])
        if commission is Commission.NOT:
            return Finding(Entitled.NO, "health.commission_not", (), evidence[:1])
        values = (
            ("commission", f"commission.{commission.value or 'none'}"),
            ("health", f"state.{health.value}"),
        )
        if health is Health.UNKNOWN:
            return Finding(Entitled.UNKNOWN, "health.unknown", values, evidence, "settle.health")
        if health in self.accepted:
            return Finding(Entitled.YES, "health.yes", values, evidence)
        return Finding(Entitled.NO, "health.no", values, evidence)


@dataclass(frozen=True, slots=True)
class OfSex:
    """A sex. A category of the agreement; see GC III Art. 14(2)."""

    sex: Sex
    fields: ClassVar[tuple[str, ...]] = ("sex",)
    known: dict[Sex, Finding] = field(default_factory=dict, compare=False)

    def ask(self, person: Person) -> Finding:
        """Returns whether the recorded sex is the one asked for."""
        return self.known.get(person.sex) or self.known.setdefault(person.sex, self._find(person.sex))

    def _find(self, sex: Sex) -> Finding:
        evidence = (f"sex: {sex.value}",)
        values = (("asked", f"sex_word.{self.sex.value}"), ("sex", f"sex_word.{sex.value}"))
        if sex is Sex.UNKNOWN:
            return Finding(Entitled.UNKNOWN, "sex.unknown", values, evidence, "settle.sex")
        return Finding(Entitled.YES if sex is self.sex else Entitled.NO, "sex.told", values, evidence)


def conditions_of(term: Term, on: date) -> tuple[Condition, ...]:
    """Returns the conditions of a term as they stand on the day `on`."""
    found: list[Condition] = []
    held = HeldLonger.of(term.held_longer_than_months, on) if term.held_longer_than_months else None
    if term.age:
        day = _day_of_age(term, on)
        captured_by = held.captured_by if held else AFTER_ALL_DAYS
        found.append(AgeOnDay.of(term.age, day) if day else AgeAtCapture(term.age, captured_by))
    if held:
        found.append(held)
    if term.health:
        found.append(HealthState(term.health))
    if term.sex:
        found.append(OfSex(term.sex))
    return tuple(found)


def last_day_of_age(age: AgeCondition, birth: Days) -> date | None:
    """Returns the last day on which every possible birth date is still under the age; None where age has no end."""
    if age.under is None:
        return None
    end = anniversary(birth.first, age.under) - 1
    return date.fromordinal(end)


def _day_of_age(term: Term, on: date) -> date | None:
    """Returns the day on which the age is asked; None for the day of capture, which differs from person to person."""
    asked = term.age.on if term.age else None
    if isinstance(asked, date):
        return asked
    return {AgeOn.EXCHANGE: on, AgeOn.AGREEMENT: term.agreement_on}.get(asked) if asked else None


def _birth_days(age: AgeCondition, on: int) -> tuple[int, int]:
    """Returns the first and the last birth day of those who have the age on the day `on`."""
    first = BEFORE_ALL_DAYS if age.under is None else last_birth_day_of_age(on, age.under) + 1
    last = AFTER_ALL_DAYS if age.at_least is None else last_birth_day_of_age(on, age.at_least)
    return first, last


def _ages(age: AgeCondition) -> tuple[tuple[str, str], ...]:
    """Returns the word for the age, and the numbers that go into it."""
    if age.at_least is None:
        return ("age", "age_word.under"), ("under", str(age.under))
    if age.under is None:
        return ("age", "age_word.at_least"), ("at_least", str(age.at_least))
    return ("age", "age_word.between"), ("at_least", str(age.at_least)), ("oldest", str(age.under - 1))


def _window(first: int, last: int) -> tuple[tuple[str, str], ...]:
    return ("first", _day(first)), ("last", _day(last))


def _settling(window: tuple[tuple[str, str], ...]) -> str:
    """Returns the message of which birth days would mean yes."""
    known: Mapping[str, str] = dict(window)
    if known["first"] and known["last"]:
        return "settle.born_between"
    return "settle.born_from" if known["first"] else "settle.born_until"


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat() if BEFORE_ALL_DAYS < ordinal < AFTER_ALL_DAYS else ""
