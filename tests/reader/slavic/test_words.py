"""Words: phrases found in every case, and the cases on which their words agree."""

import pytest
from tests.reader.slavic.steps import words

from homeward.reader.scene import party_forms


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("uk", "Координаційному штабу", "UKR"),
        ("uk", "українській стороні", "UKR"),
        ("uk", "Дмитра Лубінця", "UKR"),
        ("uk", "Москальковою", "RUS"),
        ("uk", "Міноборони РФ", "RUS"),
        ("uk", "Об'єднаних Арабських Еміратів", "ARE"),
        ("uk", "росіянам", "RUS"),
        ("uk", "сектору Гази", "PSE"),
        ("ru", "Министерства обороны России", "RUS"),
        ("ru", "Координационного штаба по вопросам обращения с военнопленными", "UKR"),
        ("ru", "Мединского", "RUS"),
        ("ru", "Международному комитету Красного Креста", "ICRC"),
        ("ru", "украинцами", "UKR"),
    ],
)
def test_find_words__finds_a_party_in_every_case(language: str, text: str, code: str) -> None:
    [word] = words(text, language)
    assert code in {entry.name for entry in word.entries if entry.category == "party"}


def test_find_words__takes_a_name_only_with_a_capital() -> None:
    assert not party_forms(words("чоловік був умєров")[-1])
    assert not party_forms(words("голод і росіянка")[0])


def test_find_words__keeps_the_cases_on_which_a_phrase_agrees() -> None:
    assert words("українській стороні")[0].cases == {"datv", "loct"}
    assert words("українська сторона")[0].cases == {"nomn"}


def test_find_words__sees_the_accusative_of_a_goal_and_the_locative_of_a_place() -> None:
    assert words("в Україну")[1].cases == {"accs"}
    assert words("в Україні")[1].cases == {"datv", "loct"}
