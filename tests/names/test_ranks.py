"""Ranks that are ranks, and those that may be a surname or an initial."""

import pytest

from homeward.names.ranks import RankReading, find_rank


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("сержант Коваль Іван", "Коваль Іван"),
        ("Старшина Коваль Іван Петрович", "Коваль Іван Петрович"),
        ("МАЙОР Коваль Іван Петрович", "Коваль Іван Петрович"),
        ("Коваль Іван, ст. солдат", "Коваль Іван"),
        ("п. Бондар Іван", "Бондар Іван"),
        ("Gen. Ivan Koval", "Ivan Koval"),
        ("Коваль сержант Іван", "Коваль Іван"),
    ],
)
def test_find_rank__takes_what_is_surely_a_rank(text: str, without: str) -> None:
    found = find_rank(text)
    assert found is not None
    assert (found.without, found.reading) == (without, RankReading.RANK)


@pytest.mark.parametrize(
    "text",
    [
        "СТАРШИНА Олег Ігорович",
        "Матрос, Іван",
        "Пан Іван",
        "Бондар П.",
        "П. Бондар",
        "Коваль Іван Гр.",
        "Koval Ivan Gen.",
    ],
)
def test_find_rank__leaves_what_is_a_name(text: str) -> None:
    assert find_rank(text) is None


@pytest.mark.parametrize("text", ["Майор Коваль", "Гр. Коваль", "Капітан Роман Павло"])
def test_find_rank__leaves_open_what_may_be_either(text: str) -> None:
    found = find_rank(text)
    assert found is not None
    assert found.reading is RankReading.EITHER
