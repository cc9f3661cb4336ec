"""Parsing names."""

import pytest

from homeward.names.asides import AsideKind
from homeward.names.parsing import parse_name


def parts(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            "-".join(word.normal for word in reading.surname),
            reading.given.normal if reading.given else None,
            reading.patronymic.word.normal if reading.patronymic else None,
        )
        for reading in parse_name(text).readings
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Олександр Сергійович Коваленко", ("коваленко", "олександр", "сергійович")),
        ("Коваленко Олександр Сергійович", ("коваленко", "олександр", "сергійович")),
        ("КОВАЛЕНКО Олександр", ("коваленко", "олександр", None)),
        ("Kovalenko, Oleksandr Serhiiovych", ("kovalenko", "oleksandr", "serhiiovych")),
        ("Коваленко О.С.", ("коваленко", "о", "с")),
        ("О. С. Коваленко", ("коваленко", "о", "с")),
        ("Коваленко ОС", ("коваленко", "о", "с")),
        ("Коваленко Олександр С.", ("коваленко", "олександр", "с")),
        ("Петрович Іван Сергійович", ("петрович", "іван", "сергійович")),
        ("Іван Сергійович Петрович", ("петрович", "іван", "сергійович")),
        ("Ілля Їжакевич", ("їжакевич", "ілля", None)),
        ("Нечуй-Левицький Іван Семенович", ("нечуй-левицький", "іван", "семенович")),
        ("Нечуй Левицький Іван Семенович", ("нечуй-левицький", "іван", "семенович")),
        ("Алієв Рашид Мамед огли", ("алієв", "рашид", "мамед")),
        ("Алиева Лейла Мамед-кызы", ("алиева", "лейла", "мамед")),
        ("Rjdfktyrj Jktrcfylh", ("коваленко", "олександр", None)),
    ],
)
def test_parse_name__has_one_reading(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert parts(text) == [expected]


def test_parse_name__keeps_both_readings_where_the_order_does_not_tell() -> None:
    assert set(parts("Роман Назар")) == {("роман", "назар", None), ("назар", "роман", None)}
    assert set(parts("Іван Петрович")) == {("", "іван", "петрович"), ("петрович", "іван", None)}


@pytest.mark.parametrize(
    ("text", "kind", "aside"),
    [
        ("ст. сержант Коваленко Олег", AsideKind.RANK, "ст. сержант"),
        ("Коваленко Олег, мол. лейтенант", AsideKind.RANK, "мол. лейтенант"),
        ("Major Oleh Kovalenko", AsideKind.RANK, "Major"),
        ("Коваленко Олег «Сокіл»", AsideKind.CALL_SIGN, "Сокіл"),
        ("Коваленко Олег (позивний Сокіл)", AsideKind.CALL_SIGN, "Сокіл"),
        ("15. Коваленко Олег", AsideKind.NUMBER, "15."),
        ("Коваленко Олег 12.03.1990 р.н.", AsideKind.BIRTH_DATE, "12.03.1990 р.н."),
        ("Коваленко Олег Іванович молодший", AsideKind.SUFFIX, "молодший"),
    ],
)
def test_parse_name__sets_aside_and_reports(text: str, kind: AsideKind, aside: str) -> None:
    name = parse_name(text)
    assert [(one.kind, one.text) for one in name.asides] == [(kind, aside)]
    assert name.readings[0].surname[0].normal in ("коваленко", "kovalenko")
    assert name.readings[0].given is not None


def test_parse_name__keeps_a_name_that_holds_a_rank_or_a_mark() -> None:
    assert parts("Майор Олег") == [("майор", "олег", None)] or parts("Майор Олег") == [("", "олег", None)]
    assert parts("Abakarov Abakar")[0][0] == "abakarov"


def test_parse_name__of_no_words_has_no_reading() -> None:
    assert parse_name("123 ---").readings == ()


@pytest.mark.parametrize("text", ["Щербак А. П.", "ЩЕРБАК А. П.", "А. П. Щербак", "Щербак А.П.", "Щербак Андрій П."])
def test_parse_name__keeps_a_capital_initial_that_is_also_a_title(text: str) -> None:
    name = parse_name(text)
    assert not name.asides
    assert [reading.patronymic.word.normal for reading in name.readings if reading.patronymic] == ["п"]


def test_parse_name__sets_a_title_in_small_letters_aside() -> None:
    assert [one.text for one in parse_name("п. Щербак").asides] == ["п."]


def test_parse_name__reads_a_surname_with_initials_alike_on_the_short_way_and_the_long() -> None:
    for initials in ("А. Б.", "П. Р.", "Г. П.", "Л. С."):
        short, long = parse_name(f"Щербак {initials}"), parse_name(f"Щербак {initials} ")
        assert short.readings == long.readings
        assert short.asides == long.asides
