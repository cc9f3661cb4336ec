"""EDTF dates and the days that they may mean."""

from datetime import date

import pytest

from homeward.dates import bounds
from homeward.errors import InputError


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026-01-29", date(2026, 1, 29), date(2026, 1, 29)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-05-31~", date(2024, 5, 31), date(2024, 5, 31)),
        ("2025-21", date(2025, 3, 1), date(2025, 5, 31)),
        ("2025-10/..", date(2025, 10, 1), None),
        ("../2025-10", None, date(2025, 10, 31)),
        ("2025-06-09/2025-06-12", date(2025, 6, 9), date(2025, 6, 12)),
        ("", None, None),
    ],
)
def test_bounds__are_the_first_and_last_day(text: str, earliest: date | None, latest: date | None) -> None:
    found = bounds(text)
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text", ["yesterday", "2025-13-01", "2025-02-30", "2025/2024", "29 January 2026", "2025/2026/2027"]
)
def test_bounds__refuse_what_is_no_date(text: str) -> None:
    with pytest.raises(InputError, match=r"claims.csv line 3.*EDTF|ends after it begins"):
        bounds(text, place="claims.csv line 3")
