"""Terms files: what is a term, and everything that is none."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.entitlement.people import Health, Sex
from homeward.entitlement.term_files import TermsReading, parse_terms, read_terms, shipped_terms
from homeward.entitlement.terms import AgeCondition, AgeOn
from homeward.entitlement.texts import Text
from homeward.errors import InputError


def parse(body: str) -> TermsReading:
    return parse_terms(Text("terms.toml", body, "UTF-8"))


def term(body: str) -> str:
    return f'[[term]]\nname = "T"\nagreement = "A"\n{body}\n'


def test_a_term__has_its_conditions() -> None:
    (found,) = parse(
        term(
            'under_age = 26\nat_least_age = 18\nage_on = "agreement"\nagreement_on = 2025-06-02\nsex = "female"\n'
            'health = ["seriously_wounded", "seriously_sick"]\nheld_longer_than_months = 24'
        )
    ).terms
    assert found.age == AgeCondition(at_least=18, under=26, on=AgeOn.AGREEMENT)
    assert found.agreement_on == date(2025, 6, 2)
    assert found.health == {Health.SERIOUSLY_WOUNDED, Health.SERIOUSLY_SICK}
    assert (found.sex, found.held_longer_than_months) == (Sex.FEMALE, 24)


@pytest.mark.parametrize("day", ['"2024-02-29"', "2024-02-29"])
def test_a_day__is_a_date_or_a_text(day: str) -> None:
    (found,) = parse(term(f"under_age = 25\nage_on = {day}")).terms
    assert found.age == AgeCondition(under=25, on=date(2024, 2, 29))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", r'terms.toml term 1 \("T"\): found no condition'),
        ("under_aeg = 25", 'the key "under_aeg".*did you mean under_age?'),
        ("rank = 1", 'the key "rank"'),
        ("under_age = 25", "an age without age_on"),
        ('age_on = "exchange"', "no age; needed: under_age or at_least_age"),
        ('health = ["seriously_sick"]\nage_on = "exchange"', "no age"),
        ('under_age = 25\nage_on = "exchang"', 'key age_on: found "exchang".*did you mean exchange?'),
        ('under_age = 25\nage_on = "2025-02-30"', "key age_on"),
        ('under_age = 25\nage_on = "2025"', "key age_on"),
        ("under_age = 25\nage_on = 2025", "key age_on"),
        ("under_age = 25\nage_on = 2025-06-02T10:00:00", "key age_on"),
        ('under_age = 25\nage_on = "agreement"', "agreement_on = YYYY-MM-DD"),
        ('under_age = 0\nage_on = "exchange"', "a whole number from 1 to 150"),
        ('under_age = -1\nage_on = "exchange"', "a whole number"),
        ('under_age = "25"\nage_on = "exchange"', "a whole number"),
        ('under_age = 25.0\nage_on = "exchange"', "a whole number"),
        ('under_age = true\nage_on = "exchange"', "a whole number"),
        ('under_age = 18\nat_least_age = 18\nage_on = "exchange"', "an age that somebody can have"),
        ('under_age = 18\nat_least_age = 25\nage_on = "exchange"', "an age that somebody can have"),
        ("health = []", "a list of seriously_wounded"),
        ('health = "seriously_sick"', "a list of seriously_wounded"),
        ('health = ["seriously_ill"]', 'key health: found "seriously_ill".*did you mean'),
        ('health = ["fit"]', 'key health: found "fit"'),
        ('health = ["unknown"]', 'key health: found "unknown"'),
        ('health = [["seriously_sick"]]', "key health"),
        ('sex = "femal"', "did you mean female?"),
        ('sex = "unknown"', "key sex"),
        ("sex = 1", "key sex"),
        ("held_longer_than_months = 0", "a whole number from 1 to 1200"),
        ('sex = "female"\nagreement_on = "June"', "a day such as 2025-06-02"),
        ('sex = "female"\nsources = "one"', "a list of texts"),
        ('sex = "female"\ncommitment = ""', "a text in quotes"),
    ],
)
def test_what_is_no_term__is_refused(body: str, message: str) -> None:
    (problem,) = parse(term(body)).problems
    with pytest.raises(InputError, match=message):
        raise problem


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "no \\[\\[term\\]\\]"),
        ("term = []", "no \\[\\[term\\]\\]"),
        ('[term]\nname = "T"', "no \\[\\[term\\]\\]"),
        ("term = [1]", "no \\[\\[term\\]\\]"),
        ("[[terms]]", 'a key "terms".*did you mean term?'),
        ("name = = 1", "no TOML.*line 1"),
        (f"name = {'9' * 5000}", "no TOML"),
        ("[[term]]\nname = 1\nname = 2", "no TOML"),
    ],
)
def test_what_is_no_terms_file__is_refused_in_one_line(body: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        parse(body)
    assert "\n" not in str(refusal.value)


def test_every_problem__is_told() -> None:
    found = parse('[[term]]\nnam = "T"\nsex = "x"\n' + term("") + term('sex = "female"') + term('sex = "male"'))
    assert [str(problem).split(": found")[0] for problem in found.problems] == [
        "terms.toml term 1",
        "terms.toml term 1, key sex",
        "terms.toml term 1",
        "terms.toml term 1",
        'terms.toml term 2 ("T")',
        'terms.toml term 4 ("T")',
    ]


def test_shipped_terms__are_read_and_have_sources() -> None:
    assert shipped_terms() == ("istanbul-2025-06-02",)
    found = read_terms(Path("istanbul-2025-06-02"))
    assert found.problems == ()
    assert [term.name for term in found.terms] == [
        "under 25",
        "18 to 25",
        "seriously wounded and seriously sick",
        "wounded and seriously sick",
    ]
    assert all(term.sources and term.wording and term.worded_by and term.commitment for term in found.terms)


def test_no_file__names_what_comes_with_homeward(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="istanbul-2025-06-02"):
        read_terms(tmp_path / "none.toml")


KEYS = ["under_age", "at_least_age", "age_on", "agreement_on", "health", "sex", "held_longer_than_months", "sources"]
values = st.sampled_from(
    [
        *("25", "0", "-1", "0x19", "1e400", "nan", "true", "2025-06-02", "10:00:00"),
        *('"exchange"', '"capture"', '"agreement"', '"female"', '""', '"\\n"'),
        *("[]", "[[]]", "[{}]", "{}", '{a = "b"}', '["fit"]', '["seriously_sick", "wounded"]'),
    ]
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KEYS), values), max_size=5, unique_by=lambda pair: pair[0]))
def test_any_values__are_a_term_or_problems(pairs: list[tuple[str, str]]) -> None:
    found = parse(term("\n".join(f"{key} = {value}" for key, value in pairs)))
    assert bool(found.terms) != bool(found.problems)
    assert not any("\n" in str(problem) for problem in found.problems)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text__is_read_or_refused(body: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse(body)
    assert "\n" not in str(refusal.value)
