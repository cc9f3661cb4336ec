"""Many people under several terms: the order, the counts, wordings that differ, and what ends soon."""

from datetime import date

import pytest

from homeward.entitlement.answers import Question
from homeward.entitlement.days import read_days
from homeward.entitlement.findings import Entitled
from homeward.entitlement.inquiries import Inquiry, Tally, ends_within
from homeward.entitlement.people import Health, Person, Status, Wish
from homeward.entitlement.terms import AgeCondition, AgeOn, Term
from homeward.entitlement.wordings import wordings_of

ON = date(2026, 1, 29)


def term(name: str, *, agreement: str = "A", commitment: str = "", under: int = 0, sick: bool = False) -> Term:
    return Term(
        name=name,
        agreement=agreement,
        commitment=commitment,
        age=AgeCondition(under=under, on=AgeOn.EXCHANGE) if under else None,
        health=frozenset({Health.SERIOUSLY_SICK}) if sick else frozenset(),
    )


def person(code: str, birth: str, wish: Wish = Wish.YES) -> Person:
    return Person(code=code, birth=read_days(birth), status=Status.HELD, wish=wish)


def test_wordings__are_terms_of_one_agreement_about_one_thing() -> None:
    terms = [term("a", under=25), term("b", sick=True), term("c", under=26), term("d", agreement="B", under=25)]
    assert wordings_of(terms) == ((0, 2),)


def test_wordings__are_those_that_name_one_commitment() -> None:
    terms = [
        term("young", under=25, commitment="young"),
        term("old", under=90, commitment="old"),
        term("young and sick", under=26, sick=True, commitment="young"),
        term("unnamed", under=25),
    ]
    assert wordings_of(terms) == ((0, 2),)


@pytest.mark.parametrize(
    ("birth", "within_7", "within_30"),
    [
        ("2001-01-30", True, True),  # lost on 30 January, one day after the day asked about
        ("2001-02-05", True, True),  # lost on 5 February, 7 days after
        ("2001-02-06", False, True),
        ("2001-02-28", False, True),  # lost on 28 February, 30 days after
        ("2001-03-01", False, False),
        ("1990-01-01", False, False),
    ],
)
def test_ends_within__counts_to_the_first_day_without_it(birth: str, within_7: bool, within_30: bool) -> None:
    answer = Question.of(term("a", under=25), ON).ask(person("P", birth))
    assert (ends_within(answer, ON, 7), ends_within(answer, ON, 30)) == (within_7, within_30)


def test_tally__counts_every_answer_once() -> None:
    inquiry = Inquiry.of([term("under 25", under=25), term("under 26", under=26), term("sick", sick=True)], ON)
    people = [person("P-1", "2000-06-01"), person("P-2", "2001-02-05", Wish.UNKNOWN), person("P-3", "2001")]
    tally = Tally(inquiry)
    order = [[answer.term.name for answer in answers] for _, answers in tally.counting(people)]

    assert order == [["under 25", "under 26", "sick"]] * 3
    assert (tally.n_people, tally.n_wish_unasked) == (3, 1)
    assert tally.answers == {
        (0, Entitled.NO): 1,
        (0, Entitled.YES): 1,
        (0, Entitled.UNKNOWN): 1,
        (1, Entitled.YES): 3,
        (2, Entitled.UNKNOWN): 3,
    }
    assert tally.differing == {(0, 1): ["P-1", "P-3"]}
    assert {days for position, days in tally.ending if position == 0} == {7, 30, 90}
    assert [answer.person.code for answer in tally.ending_answers] == ["P-2"]


def test_others__are_the_answers_under_other_wordings() -> None:
    inquiry = Inquiry.of([term("a", under=25), term("s", sick=True), term("b", under=26)], ON)
    answers = inquiry.ask(person("P", "2000-06-01"))
    assert inquiry.others(answers, 0) == (answers[2],)
    assert inquiry.others(answers, 1) == ()
