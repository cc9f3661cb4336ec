"""Repair of scripts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.names.script import normal_word, repair, swap_layout


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Oлeкcaндр Koвaлeнкo", "Олександр Коваленко"),
        ("Кoвaленко O. C.", "Коваленко О. С."),
        ("Коно\u00adва\u200bленко", "Коноваленко"),
        ("Ковале́нко", "Коваленко"),
        ("Лук’яненко", "Лук'яненко"),
        ("Нечуй–Левицький", "Нечуй-Левицький"),
        ("Кovalenko", "Kovalenko"),
        ("Литвин 0лег", "Литвин Олег"),
        ("Кравченк0 3ахар", "Кравченко Захар"),
        ("К0ВАЛЕНКО", "КОВАЛЕНКО"),
        ("K0valenko Oleh", "Kovalenko Oleh"),
        ("3Петренко 12. АА0", "3Петренко 12. АА0"),
        ("К о в а л ь Іван", "Коваль Іван"),
        ("К о в а л ь   І в а н", "Коваль Іван"),
        ("Коваль О П", "Коваль О П"),
        ("Коваль_Іван", "Коваль Іван"),
    ],
)
def test_repair__puts_each_word_into_its_own_script(text: str, repaired: str) -> None:
    assert repair(text).text == repaired


def test_repair__keeps_the_letters_that_only_look_like_stress() -> None:
    assert repair("Їжак Йосип Ёлкин").text == "Їжак Йосип Ёлкин"


def test_repair__tells_what_it_did() -> None:
    assert repair("Ковале́нко").repairs == ("stress marks left out",)
    assert repair("Коваленко").repairs == ()


@given(st.text(max_size=30))
def test_repair__a_second_time_changes_nothing(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once
    assert unicodedata.is_normalized("NFC", once)


def test_swap_layout__finds_the_keys_of_both_languages() -> None:
    assert "коваленко" in swap_layout("Rjdfktyrj")
    assert "быков" in swap_layout(",srjd")
    assert "їжак" in swap_layout("]; fr".replace(" ", ""))
    assert swap_layout("Лщмфдутлщ") == ("kovalenko",)


def test_normal_word__keeps_marks_that_tell_sounds_apart() -> None:
    assert normal_word("Žižek") == "žižek"
    assert normal_word("Mikołaj") == "mikolaj"
