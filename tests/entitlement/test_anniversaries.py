"""Years and months, against day-by-day counting."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.entitlement import naive

from homeward.entitlement.anniversaries import (
    AFTER_ALL_DAYS,
    BEFORE_ALL_DAYS,
    anniversary,
    last_birth_day_of_age,
    last_day_before_months,
    months_later,
)

days = st.dates(date(1940, 1, 1), date(2040, 12, 31)) | st.sampled_from(
    [date(year, month, day) for year in (1999, 2000, 2024, 2025) for month, day in ((2, 28), (3, 1), (12, 31), (1, 31))]
    + [date(2000, 2, 29), date(2024, 2, 29), date(1904, 2, 29)]
)


@pytest.mark.parametrize(
    ("born", "years", "day"),
    [
        (date(2000, 2, 29), 25, date(2025, 3, 1)),
        (date(2000, 2, 29), 24, date(2024, 2, 29)),
        (date(2000, 2, 28), 25, date(2025, 2, 28)),
        (date(1896, 2, 29), 4, date(1900, 3, 1)),
        (date(2001, 6, 2), 25, date(2026, 6, 2)),
    ],
)
def test_anniversary__is_the_birthday_and_1_march_for_the_29th(born: date, years: int, day: date) -> None:
    assert anniversary(born.toordinal(), years) == day.toordinal()


@settings(deadline=None)
@given(days, st.integers(1, 80))
def test_anniversary__is_the_first_day_with_so_many_years(born: date, years: int) -> None:
    day = date.fromordinal(anniversary(born.toordinal(), years))
    assert naive.completed_years(born, day) == years
    assert naive.completed_years(born, day - timedelta(days=1)) == years - 1


@settings(deadline=None)
@given(days, st.integers(1, 80))
def test_last_birth_day__is_the_last_that_has_the_years(on: date, years: int) -> None:
    last = date.fromordinal(last_birth_day_of_age(on.toordinal(), years))
    assert naive.completed_years(last, on) >= years
    assert naive.completed_years(last + timedelta(days=1), on) < years


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 2, 28), 1, date(2025, 3, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
    ],
)
def test_months_later__falls_to_the_end_of_a_shorter_month(start: date, months: int, day: date) -> None:
    assert months_later(start.toordinal(), months) == day.toordinal()


@settings(deadline=None)
@given(days, st.integers(1, 60))
def test_months__agree_with_counting_month_by_month(day: date, months: int) -> None:
    assert date.fromordinal(months_later(day.toordinal(), months)) == naive.full_after(day, months)
    last = date.fromordinal(last_day_before_months(day.toordinal(), months))
    assert naive.full_after(last, months) < day
    assert naive.full_after(last + timedelta(days=1), months) >= day


def test_beyond_the_calendar__is_before_or_after_all_days() -> None:
    first, last = date.min.toordinal(), date.max.toordinal()
    assert anniversary(last, 1) == months_later(last, 1) == AFTER_ALL_DAYS
    assert last_birth_day_of_age(first, 1) == last_day_before_months(first, 1) == BEFORE_ALL_DAYS
    assert last_day_before_months(first + 5, 1) == BEFORE_ALL_DAYS
