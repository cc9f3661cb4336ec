"""Birth dates: reading, relation, weight, and the rule for two that no usual slip joins."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.names.birth_dates import (
    DateRelation,
    birth_date_weight,
    date_relation,
    days_alike,
    digits_of,
    read_birth_date,
    written_birth_date,
)

DAYS = st.dates(date(1940, 1, 1), date(2015, 12, 31))


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("1990-05-12", "1990-05-12", DateRelation.EQUAL),
        ("1990-05-12", "1990-12-05", DateRelation.DAY_AND_MONTH_SWAPPED),
        ("1990-05-12", "1990-05-13", DateRelation.ONE_DIGIT),
        ("1990-05-12", "1991-05-12", DateRelation.ONE_DIGIT),
        ("1999-05-12", "2000-05-12", DateRelation.YEAR_BY_ONE_OR_TEN),
        ("1995-05-12", "2005-05-12", DateRelation.YEAR_BY_ONE_OR_TEN),
        ("1967-05-12", "1976-05-12", DateRelation.TWO_DIGITS_SWAPPED),
        ("1967-05-12", "1967-05-21", DateRelation.TWO_DIGITS_SWAPPED),
        ("1990-12-05", "1991-02-05", DateRelation.DIFFERENT),
        ("1990-05-12", "1990-01-01", DateRelation.FIRST_OF_JANUARY),
        ("1990-05-12", "1990-07-30", DateRelation.SAME_YEAR),
        ("1990-05-12", "1988-07-30", DateRelation.DIFFERENT),
        ("1990", "1990-07-30", DateRelation.COMPATIBLE),
        ("1990-05", "1990-07-30", DateRelation.SAME_YEAR),
        ("199X", "1994", DateRelation.COMPATIBLE),
        ("1989/1991", "1990-05-12", DateRelation.COMPATIBLE),
    ],
)
def test_date_relation(one: str, two: str, expected: DateRelation) -> None:
    assert date_relation(read_birth_date(one), read_birth_date(two)) is expected
    assert date_relation(read_birth_date(two), read_birth_date(one)) is expected


@pytest.mark.parametrize("text", ["1990-13-01", "1990-02-30", "12.05.1990", "unknown", "3000"])
def test_read_birth_date__refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(InputError, match="EDTF"):
        read_birth_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05.06.1991", "1991-06-05"),
        ("5 червня 1991", "1991-06-05"),
        ("5 июня 1991 г.р.", "1991-06-05"),
        ("June 5, 1991", "1991-06-05"),
        ("5 Jun 1991", "1991-06-05"),
        ("91 р.н.", "1991"),
        ("05.06.04", "2004-06-05"),
        ("31.02.1990", ""),
        ("1791", ""),
    ],
)
def test_written_birth_date__reads_what_clerks_write(text: str, expected: str) -> None:
    assert written_birth_date(text) == expected


@pytest.mark.parametrize(
    ("one", "two", "contradict"),
    [
        ("1990-05-12", "1974-02-28", True),
        ("1990-05-12", "1990-07-30", True),
        ("1990-05-12", "1990-12-05", False),
        ("1990-05-12", "1991-05-12", False),
        ("1990-05-12", "1980-05-12", False),
        ("1990-05-12", "1990-01-01", False),
        ("1990-05-12", "1974-02-28?", False),
        ("1990-05-12", "1974-02", False),
        ("1990", "1974", False),
    ],
)
def test_birth_date_weight__contradicts_for_two_sure_days_that_no_slip_joins(
    one: str, two: str, contradict: bool
) -> None:
    found = birth_date_weight(one, two)
    assert found is not None
    assert found.contradict is contradict


@given(DAYS, DAYS)
def test_birth_date_weight__is_symmetric(one: date, two: date) -> None:
    assert birth_date_weight(str(one), str(two)) == birth_date_weight(str(two), str(one))


@given(DAYS, DAYS)
def test_days_alike__hold_every_date_that_a_slip_makes_of_the_day(one: date, two: date) -> None:
    alike = {
        DateRelation.EQUAL, DateRelation.DAY_AND_MONTH_SWAPPED, DateRelation.ONE_DIGIT,
        DateRelation.YEAR_BY_ONE_OR_TEN, DateRelation.TWO_DIGITS_SWAPPED,
    }  # fmt: skip
    joined = date_relation(read_birth_date(str(one)), read_birth_date(str(two))) in alike
    assert (digits_of(two) in days_alike(one)) == joined
