"""Declined names read in the nominative: of whole lists without a doubt, of single names with one, nobody else's."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.names import Verdict, compare, parse_name
from homeward.names.comparison import compare_parsed
from homeward.names.declension import Case, declensions
from homeward.names.given_names import Sex, given_names, ukrainian_patronymics
from homeward.names.lists import Entry
from homeward.names.matching import match_lists
from homeward.names.nominatives import cases_of_list

SURNAMES = {
    # nominative, then genitive, dative, accusative, instrumental, written by hand
    Sex.MALE: [
        "Коваленко Коваленка Коваленку Коваленка Коваленком", "Коваленок Коваленка Коваленку Коваленка Коваленком",
        "Коваль Коваля Ковалю Коваля Ковалем", "Ковальов Ковальова Ковальову Ковальова Ковальовим",
        "Ковальчук Ковальчука Ковальчуку Ковальчука Ковальчуком", "Мороз Мороза Морозу Мороза Морозом",
        "Морозов Морозова Морозову Морозова Морозовим", "Сорока Сороки Сороці Сороку Сорокою",
        "Бойко Бойка Бойку Бойка Бойком", "Бойчук Бойчука Бойчуку Бойчука Бойчуком",
        "Кравець Кравця Кравцю Кравця Кравцем", "Кравчук Кравчука Кравчуку Кравчука Кравчуком",
        "Білий Білого Білому Білого Білим", "Білик Білика Білику Білика Біликом",
        "Левицький Левицького Левицькому Левицького Левицьким", "Гончар Гончара Гончару Гончара Гончаром",
    ],
    Sex.FEMALE: [
        "Коваленко Коваленко Коваленко Коваленко Коваленко", "Коваль Коваль Коваль Коваль Коваль",
        "Ковальова Ковальової Ковальовій Ковальову Ковальовою", "Морозова Морозової Морозовій Морозову Морозовою",
        "Сорока Сороки Сороці Сороку Сорокою", "Біла Білої Білій Білу Білою", "Білик Білик Білик Білик Білик",
        "Левицька Левицької Левицькій Левицьку Левицькою",
    ],
}  # fmt: skip
GIVEN = {sex: [name.ukrainian[0] for name in given_names() if name.sex is sex] for sex in Sex}
FATHERS = ["іван", "петро", "сергій", "микола", "олександр", "роман", "василь", "ілля"]


@dataclass(frozen=True)
class Person:
    """A person with the forms of the surname."""

    sex: Sex
    surname: str
    given: str
    father: str

    def nominative(self) -> str:
        return f"{self.surname.split()[0]} {self.given.title()} {self._patronymic().title()}"

    def declined(self, case: Case) -> str:
        surname = self.surname.split()[1 + list(Case).index(case)]
        return f"{surname} {_form(self.given, self.sex, case)} {_form(self._patronymic(), self.sex, case)}"

    def _patronymic(self) -> str:
        return ukrainian_patronymics(self.father)[0][0 if self.sex is Sex.MALE else 1]


def _form(word: str, sex: Sex, case: Case) -> str:
    return next((form for form, theirs in declensions(word, sex, "uk") if theirs is case), word).title()


@st.composite
def people(draw: st.DrawFn) -> Person:
    sex = draw(st.sampled_from(list(Sex)))
    return Person(
        sex, draw(st.sampled_from(SURNAMES[sex])), draw(st.sampled_from(GIVEN[sex])), draw(st.sampled_from(FATHERS))
    )


@settings(deadline=None)
@given(people(), st.sampled_from(list(Case)))
def test_compare__finds_a_person_whose_name_is_declined(person: Person, case: Case) -> None:
    assert compare(person.declined(case), person.nominative()).verdict is not Verdict.DIFFERENT
    in_list = compare_parsed(parse_name(person.declined(case), frozenset({case})), parse_name(person.nominative()))
    assert in_list.verdict is not Verdict.DIFFERENT


@settings(deadline=None)
@given(people(), people(), st.sampled_from(list(Case)), st.booleans())
def test_compare__turns_nobody_into_somebody_else(one: Person, two: Person, case: Case, whole_list: bool) -> None:
    """Two people who differ in a part are never the same, whatever case one of them stands in, or both."""
    if one.nominative() == two.nominative():
        return
    cases = frozenset({case}) if whole_list else frozenset()
    left = parse_name(one.declined(case), cases)
    for right in (parse_name(two.nominative()), parse_name(two.declined(case), cases)):
        if left.text != right.text:
            assert compare_parsed(left, right).verdict is not Verdict.SAME


@settings(deadline=None)
@given(people(), st.sampled_from(["", "{0} {1}", "{1} {0}"]))
def test_parse_name__leaves_a_nominative_alone(person: Person, order: str) -> None:
    surname, given_name, _ = person.nominative().split()
    text = order.format(surname, given_name) or person.nominative()
    assert not any("nominative" in reading.doubt for reading in parse_name(text).readings)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("Коваленка Сергія Івановича", "Коваленко Сергій Іванович", "possible"),
        ("старшого солдата Мороза Павла Юрійовича", "Мороз Павел Юрьевич", "possible"),
        ("Бойко Сергея Ивановича", "Бойко Сергей Иванович", "possible"),
        ("Левицької Марії Іванівни", "Левицкая Мария Ивановна", "possible"),
        ("Ярослава Петровича Бойка", "Бойко Ярослав Петрович", "possible"),
        ("Чорного Павла", "Чорний Павло", "possible"),
        ("Коваленка Сергія Івановича", "Коваленко Сергій Ілліч", "different"),
        ("Коваленка Сергія Івановича", "Коваленко Сергіан Іванович", "different"),
        ("Олександра Ковальова", "Олександр Ковальов", "different"),
        ("Волошина Романа", "Волошина Романа", "same"),
    ],
)
def test_compare__reads_a_declined_name_with_a_doubt(left: str, right: str, verdict: str) -> None:
    assert compare(left, right).verdict is Verdict(verdict)
    assert compare(right, left).verdict is Verdict(verdict)


def test_cases_of_list__are_told_by_the_rows_that_cannot_be_nominative() -> None:
    declined = ["Коваленка Сергія Івановича", "Бойка Ярослава", "Шевчук Олени Петрівни", "Мороза Павла Юрійовича"]
    assert cases_of_list(declined) == {Case.GENITIVE}
    assert cases_of_list([*declined, *["Мороз Павло Юрійович"] * 2]) == frozenset()
    assert cases_of_list(["Сорокою Іваном", "Бойком Петром", "Шевчук Оленою"]) == {Case.INSTRUMENTAL}
    assert cases_of_list(["Мороз Павло", "Бойко Ярослава", "Koval Ivan", ""]) == frozenset()


def test_match_lists__reads_a_declined_list_in_the_nominative() -> None:
    wanted = [
        Entry("1", "Шевчук Олени Петрівни"), Entry("2", "Бойка Ярослава"), Entry("3", "Мороза Павла Юрійовича"),
        Entry("4", "Левицького І. П."), Entry("5", "Гончарука Максима"),
    ]  # fmt: skip
    register = [
        Entry("a", "Шевчук Олена Петрівна"), Entry("b", "Бойко Ярослав"), Entry("b2", "Бойко Ярослава"),
        Entry("c", "Мороз Павел Юрьевич"), Entry("d", "Левицький Іван Петрович"), Entry("e", "Гончарук Максима"),
        Entry("f", "Гончарук Максим"),
    ]  # fmt: skip
    proposed = {row.list_id: row.register_id for row in match_lists(wanted, register) if row.proposed}
    assert proposed == {"1": "a", "2": "b", "3": "c", "4": "d", "5": "f"}
