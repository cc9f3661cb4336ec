"""Dates, told from 30 January 2026, a Friday."""

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.steps import terms_of


def dates(text: str, published: str | None = "2026-01-30") -> list[str | None]:
    return [term.date.edtf for term in terms_of(text, published) if term.date]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Thursday", "2026-01-29"),
        ("on Friday", "2026-01-30"),
        ("on Thursday morning", "2026-01-29"),
        ("yesterday", "2026-01-29"),
        ("in November of the previous year", "2025-11"),
        ("since October 2025", "2025-10/.."),
        ("since October", "2025-10/.."),
        ("late January", "2026-01-21/2026-01-31"),
        ("in mid-September", "2025-09-11/2025-09-20"),
        ("on June 9, 10 and 12", "{2025-06-09,2025-06-10,2025-06-12}"),
        ("on 2 June", "2025-06-02"),
        ("on June 2, 2024", "2024-06-02"),
        ("on 2 June 2024", "2024-06-02"),
        ("between May 23 and May 25", "2025-05-23/2025-05-25"),
        ("last October", "2025-10"),
        ("last week", "2026-01-19/2026-01-25"),
        ("three days ago", "2026-01-27"),
        ("last month", "2025-12"),
        ("in 2018", "2018"),
        ("in the summer of 2023", "2023-22"),
        ("on 02.06.2025", "2025-06-02"),
        ("2025-06-02", "2025-06-02"),
        ("on December 19", "2025-12-19"),
    ],
)
def test_fold_dates__tells_the_date_from_the_day_of_publication(text: str, edtf: str) -> None:
    assert dates(f"It happened {text}.") == [edtf]
    assert parse_edtf(edtf)


def test_fold_dates__the_day_before_is_that_of_the_date_told_last() -> None:
    assert dates("On October 29 they came, and others the day before.") == ["2025-10-29", "2025-10-28"]


def test_fold_dates__guesses_nothing_without_a_day_of_publication() -> None:
    assert dates("on Thursday, in June", None) == [None, None]
    assert dates("on 2 June 2024", None) == ["2024-06-02"]


def test_fold_dates__a_month_of_publication_holds_its_own_days() -> None:
    assert dates("on November 3", "2025-11") == ["2025-11-03"]


@pytest.mark.parametrize("text", ["It may march on.", "31 June 2025 bodies", "soldiers of 25", "It had 40 rooms."])
def test_fold_dates__makes_no_date_of_other_words(text: str) -> None:
    assert [found for found in dates(text) if found is not None and len(found) == 10] == []


@given(st.dates())
def test_fold_dates__reads_every_day_written_out(day: object) -> None:
    text = f"{day:%d %B} {day.year:04}"  # type: ignore[attr-defined]
    if 1900 <= day.year <= 2099:  # type: ignore[attr-defined]
        assert dates(f"on {text}") == [day.isoformat()]  # type: ignore[attr-defined]


def test_fold_dates__takes_no_decimal_for_a_year() -> None:
    assert [term.date for term in terms_of("In 2.00 bodies") if term.date is not None] == []
