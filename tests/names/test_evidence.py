"""Birth dates, service numbers and units as evidence."""

import pytest

from homeward.errors import InputError
from homeward.names.evidence import (
    DateRelation,
    birth_date_evidence,
    date_relation,
    read_birth_date,
    service_number_evidence,
    unit_evidence,
)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("1990-05-12", "1990-05-12", DateRelation.EQUAL),
        ("1990-05-12", "1990-12-05", DateRelation.DAY_AND_MONTH_SWAPPED),
        ("1990-05-12", "1990-05-13", DateRelation.ONE_DIGIT),
        ("1990-05-12", "1991-05-12", DateRelation.ONE_DIGIT),
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


def weight(one: str, two: str) -> float:
    evidence = birth_date_evidence(one, two)
    assert evidence is not None
    return evidence.log10_lr


def test_birth_date_evidence__falls_with_the_slip_and_turns_against() -> None:
    equal, swapped = weight("1990-05-12", "1990-05-12"), weight("1990-05-12", "1990-12-05")
    digit, different = weight("1990-05-12", "1990-05-13"), weight("1990-05-12", "1988-07-30")
    assert equal > swapped > digit > 0 > different
    assert 0 < weight("1990", "1990-05-12") < equal
    assert birth_date_evidence("", "1990") is None


def test_birth_date_evidence__counts_a_doubted_date_half() -> None:
    assert weight("1990-05-12?", "1990-05-12") == pytest.approx(weight("1990-05-12", "1990-05-12") / 2)


def test_service_number_evidence__forgives_script_and_signs() -> None:
    same = service_number_evidence("АА № 123456", "AA-123456")
    other = service_number_evidence("АА123456", "АА999999")
    assert same is not None
    assert other is not None
    assert same.log10_lr > 4
    assert other.log10_lr < -1


def test_unit_evidence__says_little_against() -> None:
    same, other = unit_evidence("79 ОДШБр", "79-та бригада"), unit_evidence("79 ОДШБр", "36 ОБрМП")
    assert same is not None
    assert other is not None
    assert same.log10_lr > 1
    assert -1 < other.log10_lr < 0
