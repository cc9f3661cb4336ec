"""Two spellings: the settled cases, symmetry, and every transliteration table."""

import csv
from pathlib import Path

import pytest
import translitua
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.names import Relation, Verdict, compare
from homeward.names.given_names import given_names
from homeward.names.relations import Part

CASES = [
    (row["left"], row["right"], row["verdict"])
    for row in csv.DictReader((Path(__file__).parent / "cases.csv").read_text(encoding="utf-8").splitlines())
]
TABLES = [name for name in dir(translitua) if name.startswith(("Ukrainian", "Russian"))]
# What these write cannot be told from other names: s for з, ch for ш, zh for зг.
AMBIGUOUS_TABLES = {"UkrainianGerman", "UkrainianFrench", "UkrainianPassport2004Alt"}
GIVEN = [text for name in given_names() for text in (*name.russian, *name.ukrainian)]
SURNAMES = [
    "Коваленко",
    "Щербак",
    "Їжакевич",
    "Ковальов",
    "Цибулько",
    "Яценюк",
    "Єрмоленко",
    "Лук'яненко",
    "Заяць",
    "Мельник",
]
RUSSIAN_SURNAMES = [
    "Иванов",
    "Щербаков",
    "Соловьёв",
    "Цыганков",
    "Ежов",
    "Юдин",
    "Жуков",
    "Чернышёв",
    "Быков",
    "Достоевский",
]


def relation(left: str, right: str, part: Part) -> Relation:
    return next(one.relation for one in compare(left, right).parts if one.part is part)


@pytest.mark.parametrize(("left", "right", "verdict"), CASES)
def test_compare__gives_the_settled_verdict_both_ways(left: str, right: str, verdict: str) -> None:
    there, back = compare(left, right), compare(right, left)
    assert there.verdict is Verdict(verdict)
    assert back.verdict is there.verdict
    assert back.log10_lr == pytest.approx(there.log10_lr)
    assert [part.relation for part in back.parts] == [part.relation for part in there.parts]


@pytest.mark.parametrize(
    ("left", "right", "part", "expected"),
    [
        ("Антон Бойко", "Антін Бойко", Part.GIVEN_NAME, Relation.OTHER_FORM),
        ("Пилип Орлик", "Філіпп Орлик", Part.GIVEN_NAME, Relation.OTHER_FORM),
        ("Ринат Алиев", "Ренат Алиев", Part.GIVEN_NAME, Relation.OTHER_FORM),
        ("Іван Кузьмич Бойко", "Іван Кузьмович Бойко", Part.PATRONYMIC, Relation.EQUAL),
        ("Алиев Рашид Мамед оглы", "Алиев Рашид Мамедович", Part.PATRONYMIC, Relation.SAME_NAME_OTHER_LANGUAGE),
        ("Іван Білий", "Иван Белый", Part.SURNAME, Relation.OTHER_FORM),
        ("Бойко Олександр", "<jqrj Jktrcfylh", Part.SURNAME, Relation.TYPING_SLIP),
        ("Олена Іванова", "Олена Іванов", Part.SURNAME, Relation.TYPING_SLIP),
        ("Дмитро Ґудзь", "Дмитро Гудзь", Part.SURNAME, Relation.EQUAL),
        ("Фёдор Орёл", "Федор Орел", Part.SURNAME, Relation.EQUAL),
        ("Іван Лук'яненко", "Іван Лукяненко", Part.SURNAME, Relation.EQUAL),
        ("Нечуй-Левицький Іван", "Левицький Іван", Part.SURNAME, Relation.HALF_SURNAME),
        ("Бойко О. С.", "Бойко А. С.", Part.INITIALS, Relation.INITIAL),
        ("Єгор Бойко", "Ігор Бойко", Part.GIVEN_NAME, Relation.DIFFERENT),
        ("Валентин Бойко", "Валентина Бойко", Part.GIVEN_NAME, Relation.DIFFERENT),
        ("Іван Петрович Бойко", "Іван Бойко", Part.PATRONYMIC, Relation.MISSING),
    ],
)
def test_compare__tells_the_relation_of_the_part(left: str, right: str, part: Part, expected: Relation) -> None:
    assert relation(left, right, part) is expected


def spellings(table: str) -> list[tuple[str, str]]:
    """Every given name of the table's language with one of its surnames, in Cyrillic and as the table writes it."""
    ukrainian = table.startswith("Ukrainian")
    surnames = SURNAMES if ukrainian else RUSSIAN_SURNAMES
    forms = [one for name in given_names() for one in (name.ukrainian if ukrainian else name.russian)]
    cyrillic = [f"{surnames[i % len(surnames)]} {one.title()}" for i, one in enumerate(forms) if "зг" not in one]
    return [(one, translitua.translit(one, getattr(translitua, table))) for one in cyrillic]


@pytest.mark.parametrize("table", sorted(set(TABLES) - AMBIGUOUS_TABLES))
def test_compare__knows_every_table(table: str) -> None:
    apart = [pair for pair in spellings(table) if compare(*pair).verdict is not Verdict.SAME]
    assert apart == []


@pytest.mark.parametrize("table", sorted(AMBIGUOUS_TABLES))
def test_compare__never_parts_most_names_of_an_ambiguous_table(table: str) -> None:
    verdicts = [compare(*pair).verdict for pair in spellings(table)]
    assert verdicts.count(Verdict.SAME) > 0.6 * len(verdicts)


def test_compare__takes_a_word_that_mixes_tables() -> None:
    assert compare("Григорій Згурський", "Hrygorij Zgurskyi").verdict is Verdict.SAME


def test_compare__gives_a_wrong_patronymic_weight_against_and_a_missing_one_none() -> None:
    whole = compare("Олександр Сергійович Коваленко", "Олександр Сергійович Коваленко").log10_lr
    without = compare("Олександр Сергійович Коваленко", "Олександр Коваленко").log10_lr
    against = compare("Олександр Сергійович Коваленко", "Олександр Іванович Коваленко").log10_lr
    assert against < without - 1.5
    assert without < whole


def test_compare__says_less_against_a_brother() -> None:
    found = compare("Олександр Сергійович Коваленко", "Олександр Сергійович Коваленко")
    given_name = next(part for part in found.parts if part.part is Part.GIVEN_NAME)
    assert found.brother_log10_lr == pytest.approx(given_name.log10_lr)
    assert found.brother_log10_lr < found.log10_lr


def test_compare__weighs_a_rare_name_more_than_a_common_one() -> None:
    assert compare("Іван Їжакевич", "Іван Їжакевич").log10_lr > compare("Іван Іванов", "Іван Іванов").log10_lr + 1


def test_compare__is_capped_by_the_population() -> None:
    rare = compare("Фидан Порфирьевич Їжакевич", "Фидан Порфирьевич Їжакевич")
    assert rare.log10_lr == pytest.approx(7.602, abs=0.001)


def test_compare__reports_what_it_set_aside() -> None:
    found = compare("ст. солдат Коваленко Олег", "Коваленко Олег, позивний «Сокіл», 12.03.1990")
    assert found.verdict is Verdict.SAME
    assert [one.text for one in found.left.asides] == ["ст. солдат"]
    assert {one.text for one in found.right.asides} == {"Сокіл", "12.03.1990"}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_compare__is_symmetric_for_any_text(left: str, right: str) -> None:
    there, back = compare(left, right), compare(right, left)
    assert there.verdict is back.verdict
    assert there.log10_lr == pytest.approx(back.log10_lr)


WORDS = st.sampled_from(
    [*(one.title() for one in GIVEN[::7]), *SURNAMES, "Kovalenko", "Serhii", "Іванович", "Ivanovna", "О.", "S."]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=3))
def test_compare__is_symmetric_for_names(left: list[str], right: list[str]) -> None:
    there, back = compare(" ".join(left), " ".join(right)), compare(" ".join(right), " ".join(left))
    assert there.verdict is back.verdict
    assert there.log10_lr == pytest.approx(back.log10_lr)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3))
def test_compare__calls_a_name_the_same_as_itself_unless_abbreviated_or_of_one_word(words: list[str]) -> None:
    name = " ".join(words)
    abbreviated = any(word.endswith(".") for word in words)
    expected = Verdict.POSSIBLE if abbreviated or len(words) == 1 else Verdict.SAME
    assert compare(name, name).verdict is expected


MALE = [name for name in given_names() if name.sex.value == "male"]


def test_compare__never_calls_two_given_names_the_same() -> None:
    """Every pair of names of the table, in the main forms: one name, or not the same."""
    forms = [(i, one) for i, name in enumerate(given_names()) for one in (*name.russian[:1], *name.ukrainian[:1])]
    wrong = []
    for i, one in forms[::5]:
        for j, other in forms[::3]:
            if i != j and one.replace("ё", "е") != other.replace("ё", "е"):
                found = relation(f"Коваленко, {one}", f"Коваленко, {other}", Part.GIVEN_NAME)
                shared = {one, other} <= {*given_names()[i].russian, *given_names()[i].ukrainian} or {one, other} <= {
                    *given_names()[j].russian, *given_names()[j].ukrainian,
                }  # fmt: skip
                if found.verdict is Verdict.SAME and not shared:
                    wrong.append((one, other, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("exact", "slipped"),
    [("Иванов Иван", "Иваноф Иван"), ("Иванов Иван", "Иванов Иваан"), ("Іваненко Олександр", "Іваненко Олексанр")],
)
def test_compare__never_gives_a_slip_more_weight_than_the_name_itself(exact: str, slipped: str) -> None:
    """A rare misspelling agrees with few people; that must not put a namesake before who is written alike."""
    assert compare(exact, slipped).verdict is Verdict.POSSIBLE
    assert compare(exact, slipped).log10_lr <= compare(exact, exact).log10_lr


def test_compare__initials_of_one_rare_name_in_two_languages_weigh_against() -> None:
    # П. and А. fit Панас, Афанасий alone; М. and Н. fit Микола, Николай, whom many bear.
    assert compare("Ситников П.", "Ситников А.").log10_lr < compare("Ситников", "Ситников").log10_lr
    assert compare("Ситников М.", "Ситников Н.").log10_lr > compare("Ситников П.", "Ситников А.").log10_lr
    assert compare("Ситников П.", "Ситников А.").log10_lr == compare("Ситников А.", "Ситников П.").log10_lr
