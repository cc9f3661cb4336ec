"""What was set aside on both sides never makes two names the same."""

import pytest

from homeward.names import Verdict, compare


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("Коваль Іван 02.01.1990", "Коваль Іван 12.07.1985", "another birth date"),
        ("Коваль Іван «Грек»", "Коваль Іван «Сокіл»", "other call signs"),
        ("Петренко (Іваненко) Ольга", "Петренко (Мороз) Ольга", "other remarks"),
        ("Коваль Іван (Петро)", "Коваль Іван", "another name in brackets"),
    ],
)
def test_compare__is_possible_at_best_where_what_stands_beside_contradicts(left: str, right: str, why: str) -> None:
    there, back = compare(left, right), compare(right, left)
    assert there.verdict is back.verdict is Verdict.POSSIBLE
    assert there.log10_lr == pytest.approx(back.log10_lr)
    assert why in there.explanation
    assert there.explanation == back.explanation


def test_compare__lowers_the_weight_by_what_the_birth_dates_say() -> None:
    plain = compare("Коваль Іван", "Коваль Іван").log10_lr
    other_year = compare("Коваль Іван 02.01.1990", "Коваль Іван 12.07.1985").log10_lr
    one_digit = compare("Коваль Іван 02.01.1990", "Коваль Іван 03.01.1990").log10_lr
    assert other_year == pytest.approx(plain - 1.990, abs=0.001)
    assert one_digit == pytest.approx(plain)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Коваль Іван 02.01.1990", "Коваль Іван, 1990-01-02"),
        ("Коваль Іван (1990)", "Коваль Іван 02.01.1990"),
        ("Коваль Іван «Сокіл»", "Коваль Іван, позивний Сокіл"),
        ("Коваль Іван «Сокіл»", "Koval Ivan \"Sokil\""),
        ("сержант Коваль Іван", "майор Коваль Іван"),
        ("№ 17 Коваль Іван", "18. Коваль Іван"),
    ],
)  # fmt: skip
def test_compare__is_not_kept_from_the_same_by_what_agrees_or_changes(left: str, right: str) -> None:
    assert compare(left, right).verdict is Verdict.SAME
