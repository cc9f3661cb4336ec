"""Who is entitled: a table worked out by hand, a second implementation day by day, and what holds for every date."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.entitlement import naive

from homeward.entitlement.answers import Answer, Question, from_sources
from homeward.entitlement.days import read_days
from homeward.entitlement.findings import Entitled
from homeward.entitlement.people import Commission, Health, Person, Sex, Status, Wish
from homeward.entitlement.term_files import parse_terms
from homeward.entitlement.terms import AgeCondition, AgeOn, Term
from homeward.entitlement.texts import Text

HERE = Path(__file__).parent
TERMS = {
    term.name: term
    for term in parse_terms(Text("cases.toml", (HERE / "cases.toml").read_text(encoding="utf-8"), "UTF-8")).terms
}
with (HERE / "cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def person_of(row: Mapping[str, str]) -> Person:
    return Person(
        code="P",
        birth=read_days(row["birth_date"]),
        captured=read_days(row["captured_on"]),
        sex=Sex(row["sex"] or "unknown"),
        health=Health(row["health"] or "unknown"),
        commission=Commission(row["commission"]),
        wish=Wish(row["wish"] or "unknown"),
        status=Status(row["status"] or "unknown"),
    )


def naive_term(term: Term) -> naive.Term:
    age = term.age
    on: str | date = ""
    if age:
        on = age.on.value if isinstance(age.on, AgeOn) else age.on
        on = term.agreement_on or "" if on == "agreement" else on
    return naive.Term(
        at_least=age.at_least if age else None,
        under=age.under if age else None,
        age_on=on,
        health=frozenset(word.value for word in term.health),
        sex=term.sex.value if term.sex else "",
        months=term.held_longer_than_months,
    )


def ask(term: Term, on: date, row: Mapping[str, str]) -> Answer:
    return Question.of(term, on).ask(person_of(row))


def test_the_table_has_enough_cases() -> None:
    assert len(CASES) >= 80
    assert {case["term"] for case in CASES} == set(TERMS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['term']}: {case['because']}")
def test_answer__is_the_one_worked_out_by_hand(case: dict[str, str]) -> None:
    answer = ask(TERMS[case["term"]], date.fromisoformat(case["on"]), case)
    until = answer.until.isoformat() if answer.until else ""
    assert (answer.entitled.value, until) == (case["entitled"], case["until"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['term']}: {case['because']}")
def test_answer__is_the_one_found_day_by_day(case: dict[str, str]) -> None:
    term, on = naive_term(TERMS[case["term"]]), date.fromisoformat(case["on"])
    until = naive.last_day_of_yes(term, on, case)
    assert (naive.answer(term, on, case), until.isoformat() if until else "") == (case["entitled"], case["until"])


# Days close to each other, and the ends of February in common and leap years, so that edges are met often.
EDGES = [
    date(2000, 2, 28),
    date(2000, 2, 29),
    date(2000, 3, 1),
    date(2001, 2, 28),
    date(2001, 3, 1),
    date(2003, 12, 31),
]
birth_days = st.sampled_from(EDGES) | st.dates(date(1999, 6, 1), date(2008, 6, 1))
capture_days = st.sampled_from([date(2024, 2, 29), date(2024, 1, 31)]) | st.dates(date(2023, 11, 1), date(2025, 11, 30))
asked_days = st.sampled_from([date(2025, 2, 28), date(2026, 2, 28), date(2026, 3, 1)]) | st.dates(
    date(2024, 1, 1), date(2027, 12, 31)
)


@st.composite
def written(draw: st.DrawFn, days: st.SearchStrategy[date]) -> str:
    """Returns a date as somebody may know it."""
    day = draw(days)
    full, later = day.isoformat(), (day + timedelta(days=draw(st.integers(0, 400)))).isoformat()
    forms = [full, full[:7], full[:4], full[:8] + "XX", full[:5] + "XX", full[:3] + "X", full[:5] + "XX" + full[7:]]
    forms += [full + "~", full[:4] + "?", f"{full}/{later}", f"[{full},{later}]", f"{full}/..", f"../{full}", ""]
    return draw(st.sampled_from(forms))


rows = st.fixed_dictionaries(
    {
        "birth_date": written(birth_days),
        "captured_on": written(capture_days),
        "sex": st.sampled_from(["female", "male", ""]),
        "health": st.sampled_from([word.value for word in Health]),
        "commission": st.sampled_from([word.value for word in Commission]),
        "wish": st.sampled_from(["yes", "yes", "yes", "no", ""]),
        "status": st.sampled_from(["held", "held", "held", "returned", ""]),
    }
)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Returns a term with one condition or several."""
    at_least = draw(st.none() | st.integers(17, 24))
    under = draw(st.none() | st.integers(25, 26))
    on = draw(st.sampled_from([AgeOn.EXCHANGE, AgeOn.EXCHANGE, AgeOn.CAPTURE, AgeOn.AGREEMENT, date(2024, 2, 29)]))
    age = AgeCondition(at_least=at_least, under=under, on=on) if at_least or under else None
    health = draw(st.sampled_from([frozenset[Health](), frozenset({Health.SERIOUSLY_SICK})]))
    sex = draw(st.sampled_from([None, None, Sex.FEMALE]))
    months = draw(st.none() | st.integers(1, 30))
    assume(age or health or sex or months)
    return Term(
        name="T",
        agreement="A",
        agreement_on=date(2025, 6, 2),
        age=age,
        health=health,
        sex=sex,
        held_longer_than_months=months,
    )


def test_naive_years__agree_with_known_birthdays() -> None:
    leap_child = date(2000, 2, 29)
    assert [naive.completed_years(leap_child, date(2025, month, day)) for month, day in ((2, 28), (3, 1))] == [24, 25]
    assert naive.completed_years(date(2000, 6, 2), date(2025, 6, 2)) == 25


@settings(deadline=None, max_examples=80)
@given(terms(), asked_days, rows)
def test_answer__agrees_with_every_possible_day(term: Term, on: date, row: dict[str, str]) -> None:
    vague = any(not text or text[-1] in "~?" or ".." in text for text in (row["birth_date"], row["captured_on"]))
    joint = term.age and term.age.on is AgeOn.CAPTURE
    n_pairs = len(naive.days(row["birth_date"])) * len(naive.days(row["captured_on"]))
    if joint and (vague or n_pairs > 10_000):
        return  # too many pairs to go through; the table has a few of these
    assert ask(term, on, row).entitled.value == naive.answer(naive_term(term), on, row)


young = st.builds(
    AgeCondition, at_least=st.none() | st.integers(17, 24), under=st.integers(25, 26), on=st.just(AgeOn.EXCHANGE)
)


@settings(deadline=None)
@given(young, asked_days, written(birth_days))
def test_until__is_the_last_day_of_yes(age: AgeCondition, on: date, birth: str) -> None:
    only_age = Term(name="T", agreement="A", age=age)
    row = CASES[0] | {"birth_date": birth}
    answer = ask(only_age, on, row)
    assert answer.until == naive.last_day_of_yes(naive_term(only_age), on, row)
    if answer.until:
        assert ask(only_age, answer.until, row).entitled is Entitled.YES
        assert ask(only_age, answer.until + timedelta(days=1), row).entitled is not Entitled.YES


def narrowings(text: str) -> list[str]:
    """Returns dates that say more than `text` and nothing against it, each by taking one day or one part of it."""
    if not text or text[-1] in "~?":
        return [text.rstrip("~?"), "2001", "2001-02-28", "1950-01-01"] if text else ["2001", "2001-02-28", "1950"]
    known = read_days(text)
    inside = {known.first, known.last, *(day for part in known.ranges[:3] for day in part)}
    return [date.fromordinal(day).isoformat() for day in inside if 700_000 < day < 760_000]


@settings(deadline=None)
@given(terms(), asked_days, rows)
def test_narrowing_a_date__never_turns_yes_into_no_or_back(term: Term, on: date, row: dict[str, str]) -> None:
    wide = ask(term, on, row).entitled
    for field in ("birth_date", "captured_on"):
        for text in narrowings(row[field]):
            narrow = ask(term, on, row | {field: text}).entitled
            assert narrow is wide or wide is Entitled.UNKNOWN


@settings(deadline=None, max_examples=300)
@given(terms(), asked_days, rows)
@example(TERMS["18 to 25"], date(2026, 1, 29), CASES[0] | {"birth_date": "[1990,2012]"})
def test_unknown__only_where_both_answers_are_open(term: Term, on: date, row: dict[str, str]) -> None:
    if ask(term, on, row).entitled is not Entitled.UNKNOWN:
        return
    row = row | {"wish": row["wish"] or "yes"}
    months = term.held_longer_than_months
    turns = [on.toordinal() - round(30.44 * months)] if months else []
    captured = _some_days(row["captured_on"], turns=[*turns, *_turns_of_capture(term, row["birth_date"])])
    choices = {
        "status": ["held", "died"] if row["status"] in {"", "unknown"} else [row["status"]],
        "health": ["fit", "seriously_sick"] if row["health"] in {"", "unknown"} else [row["health"]],
        "sex": ["female", "male"] if row["sex"] in {"", "unknown"} else [row["sex"]],
        "birth_date": _some_days(row["birth_date"], turns=_turns_of_birth(term, on, captured)),
        "captured_on": captured,
    }
    found = set()
    for told in product(*choices.values()):
        found.add(ask(term, on, row | dict(zip(choices, told, strict=True))).entitled)
        if len(found - {Entitled.UNKNOWN}) == 2:
            break
    assert found == {Entitled.YES, Entitled.NO}


def _some_days(text: str, *, turns: Iterable[int]) -> list[str]:
    """Returns days that the date may mean: the ends of its ranges, and those near which an answer can turn."""
    known = read_days(text)
    ends = {day for part in known.ranges for day in part}
    near = {day + shift for day in turns for shift in (-3, -1, 0, 1, 3) if known.any_within(day + shift, day + shift)}
    return [date.fromordinal(day).isoformat() for day in sorted(ends | near)]


def _turns_of_capture(term: Term, birth: str) -> list[int]:
    age, born = term.age, read_days(birth)
    if age is None or age.on is not AgeOn.CAPTURE:
        return []
    return [
        day + round(365.2425 * years) for day in (born.first, born.last) for years in (age.at_least, age.under) if years
    ]


def _turns_of_birth(term: Term, on: date, captured: list[str]) -> list[int]:
    age = term.age
    if age is None:
        return []
    asked = {
        AgeOn.EXCHANGE: [on],
        AgeOn.AGREEMENT: [date(2025, 6, 2)],
        AgeOn.CAPTURE: map(date.fromisoformat, captured),
    }
    days = [age.on] if isinstance(age.on, date) else asked[age.on]
    return [day.toordinal() - round(365.2425 * years) for day in days for years in (age.at_least, age.under) if years]


sources = st.lists(rows, min_size=1, max_size=3)


@settings(deadline=None)
@given(terms(), asked_days, sources)
def test_order_of_sources__is_irrelevant(term: Term, on: date, told: list[dict[str, str]]) -> None:
    question = Question.of(term, on)
    people = [person_of(row) for row in told]
    answers = {
        (from_sources(question, order).entitled, from_sources(question, order).until) for order in permutations(people)
    }
    assert len(answers) == 1


def test_sources_that_differ__leave_unknown_only_what_their_answers_differ_on() -> None:
    question = Question.of(TERMS["under 25"], date(2026, 1, 29))
    notice = Person(code="P", birth=read_days("2003-05-05"), status=Status.HELD, wish=Wish.YES)
    letter = Person(code="P", birth=read_days("2002-05-05"), status=Status.HELD, wish=Wish.YES)
    rumour = Person(code="P", birth=read_days("1999"), status=Status.HELD, wish=Wish.YES)
    silent = Person(code="P")

    agreed = from_sources(question, [notice, letter, silent])
    assert (agreed.entitled, agreed.until) == (Entitled.YES, date(2027, 5, 4))
    assert from_sources(question, [notice, rumour]).entitled is Entitled.UNKNOWN


def test_sources_that_differ_about_the_captivity__leave_it_unknown() -> None:
    question = Question.of(TERMS["under 25"], date(2026, 1, 29))
    held = Person(code="P", birth=read_days("2003-05-05"), status=Status.HELD, wish=Wish.YES, place="notice")
    died = Person(code="P", status=Status.DIED, place="rumour")
    answer = from_sources(question, [held, died])
    assert answer.entitled is Entitled.UNKNOWN
    assert {"status: held", "status: died"} <= set(answer.evidence)
    assert answer.until is None


def test_an_answer__carries_the_facts_it_rests_on() -> None:
    row = {
        "birth_date": "2001",
        "captured_on": "",
        "sex": "",
        "health": "fit",
        "commission": "",
        "wish": "",
        "status": "held",
    }
    answer = ask(TERMS["under 25"], date(2026, 1, 29), row)
    assert answer.evidence == ("birth_date: 2001", "wish: unknown")
    assert answer.ask_wish
