"""Numbers in Ukrainian and Russian, in figures and in words, in every case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reader.slavic.steps import words

from homeward.reader.claims import Modifier
from homeward.reader.terms import Amount

UNITS = ["", "один", "два", "три", "чотири", "п'ять", "шість", "сім", "вісім", "дев'ять"]
TEENS = [
    *("десять", "одинадцять", "дванадцять", "тринадцять", "чотирнадцять", "п'ятнадцять", "шістнадцять"),
    *("сімнадцять", "вісімнадцять", "дев'ятнадцять"),
]
TENS = [
    *("", "", "двадцять", "тридцять", "сорок", "п'ятдесят", "шістдесят", "сімдесят", "вісімдесят", "дев'яносто"),
]
HUNDREDS = [
    *("", "сто", "двісті", "триста", "чотириста", "п'ятсот", "шістсот", "сімсот", "вісімсот", "дев'ятсот"),
]


def amounts(text: str, language: str = "uk") -> list[Amount]:
    return [word.amount for word in words(text, language) if word.amount is not None]


def spelled(number: int) -> str:
    """Returns a number below a thousand in Ukrainian words: a naive second way to the same figure."""
    below = number % 100
    small = TEENS[below - 10] if 10 <= below < 20 else f"{TENS[below // 10]} {UNITS[below % 10]}"
    return " ".join(f"{HUNDREDS[number // 100]} {small}".split())


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("uk", "1 000 тіл", 1000),
        ("uk", "1\u00a0212 тіл", 1212),
        ("uk", "1\u202f212 тіл", 1212),
        ("uk", "6 тис. тіл", 6000),
        ("uk", "1,5 тисячі тіл", 1500),
        ("uk", "півтори тисячі тіл", 1500),
        ("uk", "двісті сорок сім тіл", 247),
        ("uk", "двохсот сорока семи тіл", 247),
        ("uk", "дві сотні й шестеро полонених", 206),
        ("uk", "двадцятьох цивільних", 20),
        ("uk", "п’ятьох дітей", 5),
        ("uk", "обох військових", 2),
        ("uk", "тисяча двісті тіл", 1200),
        ("uk", "дев'ятнадцять загиблих", 19),
        ("ru", "1 тыс. тел", 1000),
        ("ru", "полторы тысячи тел", 1500),
        ("ru", "двести сорок семь тел", 247),
        ("ru", "двухстах сорока семи телах", 247),
        ("ru", "четверых военнопленных", 4),
        ("ru", "двадцатью пятью военными", 25),
        ("ru", "4812 тел", 4812),
    ],
)
def test_fold_numbers__reads_the_figure(language: str, text: str, number: int) -> None:
    assert [amount.number for amount in amounts(text, language)] == [number]


@pytest.mark.parametrize(
    ("language", "text", "modifier"),
    [
        ("uk", "понад 500 тіл", Modifier.MORE_THAN),
        ("uk", "щонайменше 500 тіл", Modifier.AT_LEAST),
        ("uk", "не менше 500 тіл", Modifier.AT_LEAST),
        ("uk", "близько 500 тіл", Modifier.ABOUT),
        ("uk", "менш ніж 500 тіл", Modifier.LESS_THAN),
        ("uk", "рівно 500 тіл", Modifier.EXACT),
        ("ru", "свыше 500 тел", Modifier.MORE_THAN),
        ("ru", "не менее 500 тел", Modifier.AT_LEAST),
        ("ru", "около 500 тел", Modifier.ABOUT),
        ("ru", "от 100 до 500 тел", Modifier.ABOUT),
    ],
)
def test_fold_numbers__keeps_what_bounds_it(language: str, text: str, modifier: Modifier) -> None:
    [amount] = amounts(text, language)
    assert amount.modifier is modifier


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("uk", "70-й обмін", "ordinal"),
        ("uk", "25-річний боєць", "age"),
        ("uk", "34 роки", "age"),
        ("uk", "3 мільярди доларів", "money"),
        ("uk", "$500", "money"),
        ("uk", "500 вантажівок", "other"),
        ("uk", "о 11:00", "other"),
        ("uk", "30 студентів", "other"),
        ("uk", "15 %", "other"),
        ("ru", "27-летний солдат", "age"),
        ("ru", "5 миллионов рублей", "money"),
        ("ru", "20 километров", "other"),
        ("ru", "за 2 обмена", "other"),
    ],
)
def test_fold_numbers__leaves_what_counts_neither_people_nor_bodies(language: str, text: str, role: str) -> None:
    found = words(text, language)
    assert [entry.name for word in found if (entry := word.get("figure_role"))] == [role]
    assert [word.amount for word in found if word.amount is not None] == []


@pytest.mark.parametrize(("text", "modifier"), [("усіх полонених", Modifier.ALL), ("сотні тіл", Modifier.VAGUE)])
def test_fold_numbers__knows_words_that_name_no_number(text: str, modifier: Modifier) -> None:
    [amount] = amounts(text)
    assert (amount.number, amount.modifier) == (None, modifier)


@given(st.integers(1, 999))
def test_fold_numbers__reads_every_number_below_a_thousand_in_words(number: int) -> None:
    assert [amount.number for amount in amounts(f"{spelled(number)} тіл")] == [number]


@given(st.integers(1, 999_999_999))
def test_fold_numbers__reads_figures_with_and_without_spaces(number: int) -> None:
    for written in (str(number), f"{number:,}".replace(",", " "), f"{number:,}".replace(",", "\u202f")):
        assert [amount.number for amount in amounts(f"{written} загиблих")] == [number]
