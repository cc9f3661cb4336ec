"""The name alone, in every way in which it can be told from what stands beside it."""

import pytest

from homeward.names.bare_names import bare_names


def texts(text: str) -> list[str]:
    return [one.text for one in bare_names(text)]


def test_bare_names__reads_a_doubtful_rank_both_ways_and_says_so() -> None:
    assert texts("Майор Коваль") == ["Коваль", "Майор, Коваль"]
    assert all("Майор may be" in one.doubt for one in bare_names("Майор Коваль"))


def test_bare_names__has_no_doubt_in_a_plain_name() -> None:
    assert [(one.text, one.doubt) for one in bare_names("ст. сержант Коваль Іван мол.")] == [("Коваль Іван", "")]


def test_bare_names__takes_all_words_of_a_call_sign_behind_the_name_and_one_before_it() -> None:
    assert texts("Коваль Іван, позивний Сірий Вовк") == ["Коваль Іван"]
    assert texts("позивний Грек Коваль Іван") == ["Коваль Іван"]
    assert texts("Коваль Іван позивний Грек Петрович") == ["Коваль Іван Петрович"]


def test_bare_names__keeps_a_shortened_patronymic_that_looks_like_a_suffix() -> None:
    assert texts("Коваль Іван Ст.") == ["Коваль Іван Ст."]
    assert texts("Коваль Іван Петрович Ст.") == ["Коваль Іван Петрович"]


@pytest.mark.parametrize(
    ("text", "kind", "aside"),
    [
        ("Коваль Іван 5 червня 1991", "birth_date", "5 червня 1991"),
        ("Коваль Иван, 91 г.р.", "birth_date", "91 г.р."),
        ("Коваль Іван в/ч А1234", "unit", "в/ч А1234"),
        ("Коваль Іван 79 ОДШБр", "unit", "79 ОДШБр"),
        ("Коваль Іван, 25 років", "remark", "25 років"),
        ("ст.солдат Коваль Іван", "rank", "ст. солдат"),
        ("старшого солдата Коваль Іван", "rank", "старшого солдата"),
        ("Коваль Іван, поз. Грім", "call_sign", "Грім"),
    ],
)
def test_bare_names__sets_aside_what_stands_beside(text: str, kind: str, aside: str) -> None:
    (found,) = bare_names(text)
    assert found.text == "Коваль Іван".replace("Іван", "Иван" if "Иван" in text else "Іван")
    assert [(one.kind.value, one.text) for one in found.asides] == [(kind, aside)]


def test_bare_names__takes_a_numeral_behind_a_patronymic_for_a_suffix() -> None:
    assert texts("Коваль Іван Петрович І") == ["Коваль Іван Петрович"]
    assert texts("Коваль Іван І") == ["Коваль Іван І"]
