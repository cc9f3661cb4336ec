"""Brackets and quotes: a part of the name that is missing outside is taken in, everything else is set aside."""

import pytest

from homeward.names.brackets import open_brackets


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Коваль (Іван)", "Коваль Іван"),
        ("(Коваль) Іван Петрович", "Коваль Іван Петрович"),
        ("«Коваль» Іван Петрович", "Коваль Іван Петрович"),
        ("Коваль Іван [Петрович]", "Коваль Іван Петрович"),
        ("«Коваль Іван Петрович»", "Коваль Іван Петрович"),
        ("сержант «Коваль Іван Петрович»", "сержант Коваль Іван Петрович"),
        ("Коваль Іван (1990)", "Коваль Іван 1990"),
    ],
)
def test_open_brackets__takes_in_what_the_name_lacks(text: str, name: str) -> None:
    assert open_brackets(text).text == name
    assert open_brackets(text).asides == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Коваль Іван «Сокіл»", "call_sign"),
        ("Коваль Іван (син)", "suffix"),
        ("Коваль Іван (сержант)", "rank"),
        ("Коваль Іван (загинув)", "remark"),
        ("Коваль Іван (25 років)", "remark"),
    ],
)
def test_open_brackets__sets_the_rest_aside(text: str, kind: str) -> None:
    opened = open_brackets(text)
    assert opened.text == "Коваль Іван"
    assert [one.kind.value for one in opened.asides] == [kind]


def test_open_brackets__gives_the_name_with_the_other_surname() -> None:
    assert open_brackets("Петренко (Іваненко) Ольга").other == "Іваненко Ольга"
    assert open_brackets("Петренко Ольга (Сокіл)").other is None


def test_open_brackets__takes_no_call_sign_for_a_surname_where_the_name_is_whole() -> None:
    opened = open_brackets("Сич Андрій Ігорович «Кіт»")
    assert (opened.text, [one.kind.value for one in opened.asides]) == ("Сич Андрій Ігорович", ["call_sign"])
