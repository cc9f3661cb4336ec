"""Numbers in all their forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.steps import terms_of

from homeward.reader.claims import Modifier


def amounts(text: str) -> list[tuple[int | None, int | None, str]]:
    return [(t.amount.low, t.amount.high, t.amount.modifier.value) for t in terms_of(text) if t.amount]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,212 bodies", 1212),
        ("1 212 bodies", 1212),
        ("1\u202f212 bodies", 1212),
        ("1.212 bodies", 1212),
        ("1.5 thousand bodies", 1500),
        ("15 thousand bodies", 15000),
        ("two hundred and fifteen bodies", 215),
        ("one hundred and ninety bodies", 190),
        ("forty-one bodies", 41),
        ("a thousand bodies", 1000),
        ("a dozen bodies", 12),
        ("half a dozen bodies", 6),
        ("three dozen bodies", 36),
        ("two thousand three hundred bodies", 2300),
    ],
)
def test_fold_numbers__reads_a_figure_in_any_form(text: str, number: int) -> None:
    assert amounts(text) == [(number, number, "exact")]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("at least 5 bodies", (5, None, "at_least")),
        ("more than 6,000 bodies", (6000, None, "more_than")),
        ("over 6,000 bodies", (6000, None, "more_than")),
        ("up to 10 children", (None, 10, "at_most")),
        ("fewer than 14 bodies", (None, 14, "less_than")),
        ("around 7,000 bodies", (7000, 7000, "about")),
        ("between 15 and 20 officers", (15, 20, "about")),
        ("60 to 70 prisoners", (60, 70, "about")),
        ("10-15 bodies", (10, 15, "about")),
        ("100 or more prisoners", (100, None, "at_least")),
        ("dozens of fighters", (None, None, "vague")),
        ("hundreds of prisoners", (None, None, "vague")),
        ("all prisoners", (None, None, "all")),
    ],
)
def test_fold_numbers__keeps_the_bounds_of_a_figure(text: str, bounds: tuple[int | None, int | None, str]) -> None:
    assert amounts(text) == [bounds]


@pytest.mark.parametrize(
    "text",
    [
        "15% of them",
        "40 percent",
        "for 24 hours",
        "the 28th exchange",
        "$500",
        "an Il-76",
        "the 1980-1988 war",
        "3 trains",
    ],
)
def test_fold_numbers__leaves_out_what_counts_something_else(text: str) -> None:
    assert [amount for amount in amounts(text) if amount[2] != "vague"] == []


@given(st.integers(1, 999_999))
def test_fold_numbers__reads_every_number_with_commas(number: int) -> None:
    assert amounts(f"{number:,} bodies") == [(number, number, Modifier.EXACT.value)]


@given(st.text(alphabet="0123456789,. -andtwohudrefixi", max_size=60))
def test_fold_numbers__never_puts_low_above_high(text: str) -> None:
    assert all(low is None or high is None or low <= high for low, high, _ in amounts(text))


def test_fold_numbers__makes_no_number_of_a_day_that_cannot_be() -> None:
    assert [term.amount for term in terms_of("99.99.2026 thousand") if term.figure] == [None]
