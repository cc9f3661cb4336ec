"""Many people under several terms on one day, in the order people, then terms, and what it comes to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from homeward.entitlement.answers import Answer, Question
from homeward.entitlement.findings import Entitled
from homeward.entitlement.people import Person
from homeward.entitlement.terms import Term
from homeward.entitlement.wordings import wordings_of

__all__ = ["WARNING_DAYS", "Inquiry", "Tally", "ends_within"]

WARNING_DAYS = (7, 30, 90)


def ends_within(answer: Answer, on: date, days: int) -> bool:
    """Returns whether the entitlement is lost within so many days after `on`, counted to the first day without it."""
    return answer.until is not None and (answer.until - on).days < days


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Terms on a day, made ready; terms that are wordings of one commitment know of each other."""

    on: date
    questions: tuple[Question, ...]
    wordings: tuple[tuple[int, ...], ...]
    other_wordings: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, terms: Sequence[Term], on: date) -> "Inquiry":
        """Returns the inquiry into the terms on the day `on`."""
        wordings = wordings_of(terms)
        others = {
            position: tuple(other for other in group if other != position) for group in wordings for position in group
        }
        questions = tuple(Question.of(term, on) for term in terms)
        return cls(on, questions, wordings, tuple(others.get(position, ()) for position in range(len(terms))))

    def ask(self, person: Person) -> tuple[Answer, ...]:
        """Returns the person's answers, one a term."""
        return tuple(question.ask(person) for question in self.questions)

    def others(self, answers: Sequence[Answer], position: int) -> tuple[Answer, ...]:
        """Returns the answers under other wordings of the commitment of the term at `position`."""
        return tuple([answers[other] for other in self.other_wordings[position]])


@dataclass
class Tally:
    """Counts over the answers of an inquiry: nobody is left out, every answer is counted once."""

    inquiry: Inquiry
    n_people: int = 0
    n_wish_unasked: int = 0
    answers: Counter[tuple[int, Entitled]] = field(default_factory=Counter)
    ending: Counter[tuple[int, int]] = field(default_factory=Counter)
    ending_answers: list[Answer] = field(default_factory=list)
    differing: dict[tuple[int, ...], list[str]] = field(default_factory=dict)

    def count(self, answers: Sequence[Answer]) -> None:
        """Counts the answers of one person."""
        self.n_people += 1
        self.n_wish_unasked += any(answer.ask_wish for answer in answers)
        for position, answer in enumerate(answers):
            self.answers[position, answer.entitled] += 1
            if ends_within(answer, self.inquiry.on, WARNING_DAYS[-1]):
                self.ending_answers.append(answer)
                soon = [days for days in WARNING_DAYS if ends_within(answer, self.inquiry.on, days)]
                self.ending.update((position, days) for days in soon)
        for group in self.inquiry.wordings:
            if len({answers[position].entitled for position in group}) > 1:
                self.differing.setdefault(group, []).append(answers[0].person.code)

    def counting(self, people: Iterable[Person]) -> Iterator[tuple[Person, tuple[Answer, ...]]]:
        """Gives each person with the answers, counted on the way."""
        for person in people:
            answers = self.inquiry.ask(person)
            self.count(answers)
            yield person, answers
