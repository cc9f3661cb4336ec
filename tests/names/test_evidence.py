"""Birth dates, sex, service numbers and units as evidence."""

import pytest

from homeward.names.evidence import birth_date_evidence, service_number_evidence, sex_evidence, unit_evidence


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


@pytest.mark.parametrize(
    ("one", "two", "contradicts"),
    [
        ("АА123456", "АА987605", True),
        ("АА123456", "АА123465", False),
        ("АА123456", "АА123457", False),
        ("АА123456", "1234567890", False),
        ("12345", "98760", False),
    ],
)
def test_service_number_evidence__contradicts_for_full_numbers_of_one_form(
    one: str, two: str, contradicts: bool
) -> None:
    evidence = service_number_evidence(one, two)
    assert evidence is not None
    assert evidence.contradicts is contradicts


def test_sex_evidence__contradicts_where_both_tell() -> None:
    other = sex_evidence("male", "female")
    assert other is not None
    assert other.contradicts
    assert sex_evidence("male", "male") is None
    assert sex_evidence("male", "") is None
