"""The words of an answer, in every language."""

import re
import tomllib
from datetime import date

import pytest

from homeward.entitlement.answers import Question
from homeward.entitlement.conditions import last_day_of_age
from homeward.entitlement.days import read_days
from homeward.entitlement.people import Commission, Health, Person, Sex, Status, Wish
from homeward.entitlement.reasons import MESSAGES, languages, reasons_in
from homeward.entitlement.terms import AgeCondition, AgeOn, Term
from homeward.errors import InputError

ON = date(2026, 1, 29)
YOUNG = Term(name="under 25", agreement="A", age=AgeCondition(under=25, on=AgeOn.EXCHANGE))
SICK = Term(name="sick", agreement="A", health=frozenset({Health.SERIOUSLY_SICK}))
HELD = {"status": Status.HELD, "wish": Wish.YES}


def reason(term: Term, person: Person, language: str = "en") -> str:
    return reasons_in(language).tell(Question.of(term, ON).ask(person))


def entries(language: str) -> dict[str, str]:
    tables = tomllib.loads((MESSAGES / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, words in tables.items() for key, text in words.items()}


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_catalogues__have_the_same_entries_and_slots(language: str) -> None:
    english, other = entries("en"), entries(language)
    assert list(other) == list(english)
    for key in english:
        assert set(re.findall(r"{(\w+)}", other[key])) == set(re.findall(r"{(\w+)}", english[key])), key


def test_every_language__has_a_catalogue_and_another_is_refused() -> None:
    assert languages() == ("en", "ru", "uk")
    with pytest.raises(InputError, match=r"--language.*en, ru, uk"):
        reasons_in("de")


def test_yes__names_the_fact_the_rule_and_the_last_day() -> None:
    told = reason(YOUNG, Person(code="P", birth=read_days("2003-05-05"), **HELD))
    assert told == (
        "Yes: born 2003-05-05, so under 25 on 2026-01-29 (a category of the agreement, Art. 6); held. "
        "Last day: 2028-05-04."
    )


def test_no__names_what_stands_against_it_alone() -> None:
    told = reason(YOUNG, Person(code="P", birth=read_days("1990"), **HELD))
    assert told == "No: born 1990, so not under 25 on 2026-01-29 (a category of the agreement, Art. 6)."


def test_unknown__says_what_would_settle_it() -> None:
    told = reason(YOUNG, Person(code="P", birth=read_days("2001"), **HELD))
    assert "leaves open whether the person was under 25" in told
    assert "from 2001-01-30 on meets it, any earlier one does not" in told


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person(code="P", status=Status.RETURNED), "returned"),
        (Person(code="P", status=Status.DIED), "died"),
        (Person(code="P", wish=Wish.NO), "does not wish to be repatriated"),
        (Person(code="P"), "captivity is not confirmed"),
        (Person(code="P"), "ask the person in an interview"),
        (Person(code="P", health=Health.SERIOUSLY_SICK, commission=Commission.PENDING), "captivity is not confirmed"),
    ],
)
def test_reason__says_so(person: Person, words: str) -> None:
    assert words in reason(SICK, person)


def test_an_interview__is_asked_for_where_the_wish_is_not_known() -> None:
    asked = Person(code="P", birth=read_days("2003"), status=Status.HELD)
    assert "interview" in reason(YOUNG, asked)
    for told in ({"wish": Wish.YES}, {"wish": Wish.NO}, {"status": Status.DIED}):
        person = Person(**({"code": "P", "birth": read_days("2003"), "status": Status.HELD} | told))
        assert "interview" not in reason(YOUNG, person)


def test_another_wording__is_named_where_its_answer_differs() -> None:
    wider = Term(name="18 to 25", agreement="A", age=AgeCondition(at_least=18, under=26, on=AgeOn.EXCHANGE))
    person = Person(code="P", birth=read_days("2000-06-01"), **HELD)
    narrow, wide = (Question.of(term, ON).ask(person) for term in (YOUNG, wider))
    assert reasons_in("en").tell(narrow, [wide]).endswith('In the wording "18 to 25" the answer is yes.')
    assert "wording" not in reasons_in("en").tell(narrow, [narrow])


DATES = ["", "2001", "2001~", "2003-05-05", "1999-06-15", "1990", "[1990,2012]"]
EVERY_TERM = [
    SICK,
    Term(name="T", agreement="A", sex=Sex.FEMALE),
    Term(name="T", agreement="A", held_longer_than_months=24),
    *(
        Term(name="T", agreement="A", age=AgeCondition(at_least=low, under=high, on=on), held_longer_than_months=months)
        for low, high in ((18, None), (None, 25), (18, 26), (25, None))
        for on in (AgeOn.EXCHANGE, AgeOn.CAPTURE)
        for months in (None, 24)
    ),
]


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_reason__can_be_told(language: str) -> None:
    said = set()
    for term in EVERY_TERM:
        for birth in DATES:
            for captured in ["", "2024", "2024-01", "2024~", "2024-03-10", "2022"]:
                for health in Health:
                    person = Person(
                        code="P",
                        birth=read_days(birth),
                        captured=read_days(captured),
                        health=health,
                        commission=list(Commission)[len(said) % 5],
                        status=Status.HELD,
                    )
                    answer = Question.of(term, ON).ask(person)
                    said |= {finding.message for finding in answer.findings}
                    told = reasons_in(language).tell(answer)
                    assert not re.search(r"[{}]|None|: ,|  ", told), told
    keys = [key for key in entries("en") if key.split(".")[0] in {"age", "age_at_capture", "held", "sex"}]
    assert set(keys) - said <= {"age_at_capture.never_both", "sex.told"}


def test_last_day__has_no_end_without_an_upper_age() -> None:
    assert last_day_of_age(AgeCondition(at_least=18, on=AgeOn.EXCHANGE), read_days("2001")) is None
