"""Codes: made, checked, shown, read back; against another program's check digits and by enumeration."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.custody.codes import LENGTH, is_valid, make, read, show
from homeward.errors import InputError

CODES = st.integers(0, 89_999_999).map(lambda number: make(below=lambda _: number))


# Check digits of python-stdnum 2.2, stdnum.iso7064.mod_97_10.calc_check_digits.
ANOTHER_PROGRAM = {
    "10000000": "64",
    "10000086": "97",
    "10000087": "94",
    "12345678": "89",
    "27182818": "29",
    "31415926": "42",
    "48271093": "59",
    "55555555": "94",
    "87654321": "61",
    "99999999": "52",
}


@pytest.mark.parametrize(("payload", "check"), ANOTHER_PROGRAM.items())
def test_make__gives_the_check_digits_of_another_program(payload: str, check: str) -> None:
    code = make(below=lambda _: int(payload) - 10_000_000)
    assert code == payload + check
    assert is_valid(code)


@given(CODES)
def test_exactly_the_check_digits_that_leave_1__are_valid(code: str) -> None:
    for check in range(100):
        remainder = 0  # digit by digit, as the standard's other method goes
        for digit in code[:8] + f"{check:02d}":
            remainder = (remainder * 10 + int(digit)) % 97
        assert is_valid(code[:8] + f"{check:02d}") == (remainder == 1)


@given(CODES)
def test_read__gives_back_what_show_shows(code: str) -> None:
    assert len(show(code)) == 12
    assert read(show(code)) == code == read(f" {code[:3]} {code[3:]}\n")


@given(CODES)
def test_every_wrong_digit_and_every_swap__is_caught(code: str) -> None:
    for position in range(LENGTH):
        for digit in "0123456789":
            if digit != code[position]:
                assert not is_valid(code[:position] + digit + code[position + 1 :])
        for other in range(position):
            swapped = list(code)
            swapped[position], swapped[other] = swapped[other], swapped[position]
            if swapped != list(code):
                assert not is_valid("".join(swapped))


@pytest.mark.parametrize(
    "hyphen", ["-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\u00ad", " ", "\u00a0", "\u202f", "\t"]
)
def test_read__ignores_blanks_and_hyphens_of_any_kind(hyphen: str) -> None:
    code = make(below=lambda n: n // 3)
    assert read(hyphen.join(["", code[:4], code[4:8], code[8:], ""])) == code


CODE = make(below=lambda n: n // 3)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "found 0 digits; needed: ten digits"),
        ("- -", "found 0 digits"),
        ("7", "found 1 digit;"),
        (CODE[:-1], "found 9 digits"),
        (CODE + "0", "found 11 digits"),
        ("0" + CODE[1:], "found a 0 in front"),
        (CODE[:5] + "O" + CODE[6:], 'found "O", which is no digit'),
        (CODE[:5] + "О" + CODE[6:], "CYRILLIC CAPITAL LETTER O"),
        (CODE[:5] + "٣" + CODE[6:], "ARABIC-INDIC DIGIT THREE"),
        (CODE[:5] + "３" + CODE[6:], "FULLWIDTH DIGIT THREE"),
        (CODE[:5] + "²" + CODE[6:], "SUPERSCRIPT TWO"),
        (CODE[:5] + "\u200b" + CODE[5:], 'found "ZERO WIDTH SPACE"'),
        (CODE[:5] + "." + CODE[5:], 'found "."'),
        (CODE[:-1] + str((int(CODE[-1]) + 1) % 10), "check digits that do not hold"),
    ],
)
def test_read__refuses_what_is_no_code(typed: str, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(typed)
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_make__draws_from_all_codes_and_from_nothing_else() -> None:
    asked: list[int] = []
    chance = random.Random(1)
    made = {make(below=lambda n: asked.append(n) or chance.randrange(n)) for _ in range(500)}  # type: ignore[func-returns-value]
    assert set(asked) == {90_000_000}
    assert len(made) == 500
    assert make(below=lambda n: 0)[:8] == "10000000"
    assert make(below=lambda n: n - 1)[:8] == "99999999"
    assert is_valid(make())
