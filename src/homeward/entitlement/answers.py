"""One person under one term on one day: conditions, captivity and wish together, as one answer.

No beats unknown beats yes. Whoever returned or died is not entitled; a captivity that nothing confirms is never yes; a
wish against repatriation is respected (GC III Art. 109(3)), a wish that nobody asked for leaves the answer as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import product
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from homeward.entitlement.conditions import Condition, conditions_of, last_day_of_age
from homeward.entitlement.days import any_of
from homeward.entitlement.findings import Entitled, Finding, weakest
from homeward.entitlement.people import Commission, Health, Person, Sex, Status, Wish
from homeward.entitlement.terms import AgeOn, Term

__all__ = ["Answer", "Outcome", "Question", "from_sources"]

Word = TypeVar("Word", bound=StrEnum)

RETURNED = Finding(Entitled.NO, "captivity.returned", (), ("status: returned",))
DIED = Finding(Entitled.NO, "captivity.died", (), ("status: died",))
HELD = Finding(Entitled.YES, "captivity.held", (), ("status: held",))
UNCONFIRMED = Finding(Entitled.UNKNOWN, "captivity.unknown", (), ("status: unknown",), "settle.captivity")
CAPTIVITY = {Status.RETURNED: RETURNED, Status.DIED: DIED, Status.HELD: HELD, Status.UNKNOWN: UNCONFIRMED}
WISHES = MappingProxyType({wish: f"wish: {wish}" for wish in Wish})
AGAINST = Finding(Entitled.NO, "wish.no", (), ("wish: no",))


class Outcome(NamedTuple):
    """What an answer says, the same for all people of whom the same facts are told."""

    entitled: Entitled
    findings: tuple[Finding, ...]
    until: date | None
    ask_wish: bool
    facts: tuple[str, ...]


class Answer(NamedTuple):
    """Whether a person is entitled under a term: the findings that decide it, and the last day of a yes."""

    person: Person
    term: Term
    entitled: Entitled
    findings: tuple[Finding, ...]
    until: date | None
    ask_wish: bool
    facts: tuple[str, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The facts that decide, each as `field: value`, the wish beside them, and where they were read."""
        return (*self.facts, self.person.place) if self.person.place else self.facts


@dataclass(frozen=True, slots=True)
class Question:
    """A term on a day, made ready to be asked of many people."""

    term: Term
    on: date
    conditions: tuple[Condition, ...]
    facts_of: Callable[[Person], object]
    known: dict[object, Outcome] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, term: Term, on: date) -> "Question":
        """Returns the term on the day `on`, the day of the exchange."""
        conditions = conditions_of(term, on)
        fields = [name for condition in conditions for name in condition.fields]
        return cls(term, on, conditions, attrgetter("status", "wish", *fields))

    def ask(self, person: Person) -> Answer:
        """Returns the answer for one person; what the same facts came to before is remembered."""
        facts = self.facts_of(person)
        outcome = self.known.get(facts)
        if outcome is None:
            outcome = self.known[facts] = self._weigh(person)
        return Answer(person, self.term, *outcome)

    def _weigh(self, person: Person) -> Outcome:
        captivity = CAPTIVITY[person.status]
        if captivity.entitled is Entitled.NO:
            return Outcome(Entitled.NO, (captivity,), None, ask_wish=False, facts=_facts((captivity,), person.wish))
        findings = [condition.ask(person) for condition in self.conditions]
        findings.append(captivity)
        if person.wish is Wish.NO:
            findings.insert(0, AGAINST)
        entitled = weakest([finding.entitled for finding in findings])
        deciding = tuple([finding for finding in findings if finding.entitled is entitled])
        until = self._until(person) if entitled is Entitled.YES else None
        return Outcome(entitled, deciding, until, person.wish is Wish.UNKNOWN, _facts(deciding, person.wish))

    def _until(self, person: Person) -> date | None:
        age = self.term.age
        return last_day_of_age(age, person.birth) if age and age.on is AgeOn.EXCHANGE else None


def _facts(findings: Sequence[Finding], wish: Wish) -> tuple[str, ...]:
    facts = [fact for finding in findings for fact in finding.evidence]
    return tuple(dict.fromkeys([*facts, WISHES[wish]]))


def from_sources(question: Question, sources: Sequence[Person]) -> Answer:
    """Returns the answer for one person of whom several sources tell, in whatever order.

    What a source leaves out it does not deny. Where sources differ, every combination of what they say is asked; the
    answer is unknown where these answers differ.
    """
    first = min(sources, key=lambda person: (person.place, person.code))
    birth, captured = any_of(p.birth for p in sources), any_of(p.captured for p in sources)
    versions = [
        first._replace(
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
    facts = tuple(dict.fromkeys(fact for finding in differing for fact in finding.evidence))
    dispute = Finding(Entitled.UNKNOWN, "sources.differ", (), facts, "settle.sources")
    return answers[0]._replace(entitled=Entitled.UNKNOWN, findings=(dispute,), until=None, facts=facts)


def _told(words: list[Word], silent: Word) -> list[Word]:
    """Returns what the sources say, each once and sorted; `silent` alone where none says anything."""
    return sorted({word for word in words if word is not silent}, key=str) or [silent]
