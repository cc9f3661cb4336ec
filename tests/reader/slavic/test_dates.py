"""Dates in Ukrainian and Russian, told from Saturday, 28 February 2026."""

import pytest
from tests.reader.slavic.steps import words


def dates(text: str, language: str, published: str | None = "2026-02-28") -> list[tuple[str | None, bool]]:
    return [(w.date.edtf, w.date.since) for w in words(text, language, published) if w.date is not None]


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("uk", "26 лютого 2026 року", "2026-02-26"),
        ("uk", "26 лютого", "2026-02-26"),
        ("uk", "26.02.2026", "2026-02-26"),
        ("uk", "19 грудня", "2025-12-19"),
        ("uk", "у четвер", "2026-02-26"),
        ("uk", "у четвер, 26 лютого", "2026-02-26"),
        ("uk", "вчора", "2026-02-27"),
        ("uk", "сьогодні", "2026-02-28"),
        ("uk", "минулого тижня", "2026-02-16/2026-02-22"),
        ("uk", "торік", "2025"),
        ("uk", "у жовтні минулого року", "2025-10"),
        ("uk", "у жовтні", "2025-10"),
        ("uk", "на початку січня", "2026-01-01/2026-01-10"),
        ("uk", "три тижні тому", "2026-02-02/2026-02-08"),
        ("uk", "2, 3 і 9 червня 2025 року", "{2025-06-02,2025-06-03,2025-06-09}"),
        ("uk", "у 2025 році", "2025"),
        ("ru", "в октябре прошлого года", "2025-10"),
        ("ru", "29 января", "2026-01-29"),
        ("ru", "5 февраля 2026 г.", "2026-02-05"),
        ("ru", "в четверг", "2026-02-26"),
        ("ru", "на прошлой неделе", "2026-02-16/2026-02-22"),
        ("ru", "в прошлом месяце", "2026-01"),
    ],
)
def test_fold_dates__tells_the_day(language: str, text: str, edtf: str) -> None:
    assert dates(text, language) == [(edtf, False)]


@pytest.mark.parametrize(("language", "text"), [("uk", "з 1 жовтня"), ("ru", "с 1 октября")])
def test_fold_dates__opens_a_period(language: str, text: str) -> None:
    assert dates(text, language) == [("2025-10-01/..", True)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "лютий ворог"),
        ("uk", "Лютий підписав наказ"),
        ("uk", "1000 тіл"),
        ("ru", "из Киева"),
        ("ru", "70 мая тел"),
    ],
)
def test_fold_dates__makes_no_date_of_other_words(language: str, text: str) -> None:
    assert [edtf for edtf, _ in dates(text, language) if edtf is None or len(edtf) == 10] == []


def test_fold_dates__guesses_nothing_without_a_day_of_publication() -> None:
    assert dates("у четвер 26 лютого", "uk", published=None) == [(None, False), (None, False)]
