"""Words written together, torn apart, or in look-alike letters throughout."""

import pytest

from homeward.names.torn_words import mend_words


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("КоваленкоПавло", "Коваленко Павло"),
        ("Коваленко ПавлоІванович", "Коваленко Павло Іванович"),
        ("KovalenkoPavlo", "Kovalenko Pavlo"),
        ("Крав-ченко Павло", "Кравченко Павло"),
        ("Кравченко Пав-ло", "Кравченко Павло"),
        ("BOPOHA Tapac", "ВОРОНА Тарас"),
    ],
)
def test_mend_words__puts_right_what_makes_a_known_name(text: str, mended: str) -> None:
    found, repairs = mend_words(text)
    assert found == mended
    assert len(repairs) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Нечуй-Левицький Іван", "Салтыков-щедрин Михаил", "Мамедов Ильгар Гасан-оглы", "МакКей Джон", "KuprYan Koval",
        "Коваль-мол. Іван", "Tapas Bar", "КОВАЛЕНКО Павло", "",
    ],
)  # fmt: skip
def test_mend_words__leaves_other_words_alone(text: str) -> None:
    assert mend_words(text) == (text, ())
