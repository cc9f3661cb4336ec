"""One person under one term on one day: conditions, captivity and wish together, as one answer.

No beats unknown beats yes. Whoever returned or died is not entitled; a captivity that nothing confirms is never yes; a
wish against repatriation is respected (GC III Art. 109(3)), a wish that nobody asked for leaves the answer as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from homeward.entitlement.conditions import Condition, conditions_of, last_day_of_age
from homeward.entitlement.days import any_of
from homeward.entitlement.findings import Entitled, Finding, weakest
from homeward.entitlement.people import Commission, Health, Person, Sex, Status, Wish
from homeward.entitlement.terms import AgeOn, Term

__all__ = ["Answer", "Question", "from_sources"]

Word = TypeVar("Word", bound=StrEnum)

RETURNED = Finding(Entitled.NO, "captivity.returned", (), ("status: returned",))
DIED = Finding(Entitled.NO, "captivity.died", (), ("status: died",))
HELD = Finding(Entitled.YES, "captivity.held", (), ("status: held",))
UNCONFIRMED = Finding(Entitled.UNKNOWN, "captivity.unknown", (), ("status: unknown",), "settle.captivity")
CAPTIVITY = {Status.RETURNED: RETURNED, Status.DIED: DIED, Status.HELD: HELD, Status.UNKNOWN: UNCONFIRMED}
WISHES = MappingProxyType({wish: f"wish: {wish}" for wish in Wish})
AGAINST = Finding(Entitled.NO, "wish.no", (), ("wish: no",))


class Answer(NamedTuple):
    """Whether a person is entitled under a term: the findings that decide it, and the last day of a yes."""

    person: Person
    term: Term
    entitled: Entitled
    findings: tuple[Finding, ...]
    until: date | None
    ask_wish: bool

    @property
    def evidence(self) -> tuple[str, ...]:
        """The facts that decide, each as `field: value`, the wish beside them, and where they were read."""
        facts: list[str] = []
        for finding in self.findings:
            facts += finding.evidence
        facts += (WISHES[self.person.wish], self.person.place)
        return tuple(dict.fromkeys(filter(None, facts)))


@dataclass(frozen=True, slots=True)
class Question:
    """A term on a day, made ready to be asked of many people."""

    term: Term
    on: date
    conditions: tuple[Condition, ...]

    @classmethod
    def of(cls, term: Term, on: date) -> "Question":
        """Returns the term on the day `on`, the day of the exchange."""
        return cls(term, on, conditions_of(term, on))

    def ask(self, person: Person) -> Answer:
        """Returns the answer for one person."""
        captivity = CAPTIVITY[person.status]
        if captivity.entitled is Entitled.NO:
            return Answer(person, self.term, Entitled.NO, (captivity,), None, ask_wish=False)
        findings = [condition.ask(person) for condition in self.conditions]
        findings.append(captivity)
        if person.wish is Wish.NO:
            findings.insert(0, AGAINST)
        entitled = weakest([finding.entitled for finding in findings])
        deciding = tuple([finding for finding in findings if finding.entitled is entitled])
        until = self._until(person) if entitled is Entitled.YES else None
        return Answer(person, self.term, entitled, deciding, until, ask_wish=person.wish is Wish.UNKNOWN)

    def _until(self, person: Person) -> date | None:
        age = self.term.age
        return last_day_of_age(age, person.birth) if age and age.on is AgeOn.EXCHANGE else None


def from_sources(question: Question, sources: Sequence[Person]) -> Answer:
    """Returns the answer for one person of whom several sources tell, in whatever order.

    What a source leaves out it does not deny. Where sources differ, every combination of what they say is asked; the
    answer is unknown where these answers differ.
    """
    first = min(sources, key=lambda person: (person.place, person.code))
    birth, captured = any_of(p.birth for p in sources), any_of(p.captured for p in sources)
    versions = [
        replace(
            first,
            birth=birth,
            captured=captured,
            sex=sex,
            health=health,
            commission=commission,
            wish=wish,
            status=status,
            place="; ".join(sorted({p.place for p in sources if p.place})),
        )
        for sex, health, commission, wish, status in product(
            _told([p.sex for p in sources], Sex.UNKNOWN),
            _told([p.health for p in sources], Health.UNKNOWN),
            _told([p.commission for p in sources], Commission.NONE),
            _told([p.wish for p in sources], Wish.UNKNOWN),
            _told([p.status for p in sources], Status.UNKNOWN),
        )
    ]
    answers = [question.ask(version) for version in versions]
    if len({answer.entitled for answer in answers}) == 1:
        return answers[0]
    differing = tuple(dict.fromkeys(finding for answer in answers for finding in answer.findings))
    evidence = tuple(dict.fromkeys(fact for finding in differing for fact in finding.evidence))
    dispute = Finding(Entitled.UNKNOWN, "sources.differ", (), evidence, "settle.sources")
    return answers[0]._replace(entitled=Entitled.UNKNOWN, findings=(dispute,), until=None)


def _told(words: list[Word], silent: Word) -> list[Word]:
    """Returns what the sources say, each once and sorted; `silent` alone where none says anything."""
    return sorted({word for word in words if word is not silent}, key=str) or [silent]
