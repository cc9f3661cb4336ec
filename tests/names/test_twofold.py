"""Cells that give a name twice."""

import pytest

from homeward.names import parse_name
from homeward.names.twofold import may_be_one, two_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Коваль Іван / Koval Ivan", ("Коваль Іван", "Koval Ivan")),
        ("Коваль Іван Koval Ivan", ("Коваль Іван", "Koval Ivan")),
        ("Коваль Іван; Ткач Петро", ("Коваль Іван", "Ткач Петро")),
        ("Коваль Іван, він же Мельник", ("Коваль Іван", "Мельник Іван")),
        ("Коваль Іван (он же Мельник Иван)", ("Коваль Іван", "Мельник Иван")),
        ("Коваль Іван", None),
        ("Коваль/Мельник Іван", None),
        ("Kovalenko Олег", None),
        ("Коваль Іван Петрович Koval", None),
    ],
)
def test_two_names__are_told_by_a_stroke_the_script_or_an_alias(text: str, names: tuple[str, str] | None) -> None:
    assert two_names(text) == names


def test_may_be_one__asks_every_part_that_both_have() -> None:
    (one,), (same,), (other,) = (
        parse_name(text).readings for text in ("Коваль Іван Петрович", "Koval Ivan", "Koval Stepan")
    )
    assert may_be_one(one, same)
    assert not may_be_one(one, other)


def test_parse_name__doubts_a_cell_with_two_people() -> None:
    assert all(reading.doubt for reading in parse_name("Коваль Іван / Ткач Петро").readings)
    assert not any(reading.doubt for reading in parse_name("Коваль Іван / Koval Ivan").readings)
