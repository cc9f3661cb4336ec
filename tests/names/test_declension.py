"""Declined forenames and surnames, against the dictionaries of pymorphy3 and a table written by hand."""

import gzip
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from homeward.names.declension import Case, declined_given, declined_patronymics, surname_nominatives
from homeward.names.given_names import Sex, given_names, spelled_alike

CASES = {"gent": Case.GENITIVE, "datv": Case.DATIVE, "accs": Case.ACCUSATIVE, "ablt": Case.INSTRUMENTAL}
UKRAINIAN = [
    "коваленко", "шевченко", "швець", "кравець", "заєць", "орел", "чайка", "сірко", "левицький", "мельник", "бондар",
    "гончар", "коваль", "журавель", "бойко", "гордій", "чорний", "гречка", "сокіл", "хміль", "кріт", "вітер",
]  # fmt: skip


def some_surnames() -> list[str]:
    data = files("homeward.names").joinpath("data").joinpath("surnames.txt.gz").read_bytes()
    return [line.split("\t")[0] for line in gzip.decompress(data).decode("utf-8").splitlines()[1::40]]


def tags(form: Any) -> set[str]:
    return set(str(form.tag).replace(" ", ",").split(","))


def declined(parse: Any, gender: str) -> Iterator[tuple[str, Case]]:
    """The singular forms of one gender that the dictionary has, which differ from the nominative."""
    nominative = {one.word for one in parse.lexeme if {"nomn", gender} <= tags(one) and "plur" not in tags(one)}
    for one in parse.lexeme:
        told = tags(one)
        if "plur" not in told and gender in told and one.word not in nominative:
            yield from ((one.word, CASES[case]) for case in CASES if case in told)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_declined_given__knows_every_form_of_the_dictionary(language: str) -> None:
    morph = pytest.importorskip("pymorphy3").MorphAnalyzer(lang=language)
    n_forms, missed = 0, []
    for name in given_names():
        gender = "masc" if name.sex is Sex.MALE else "femn"
        for word in name.russian if language == "ru" else name.ukrainian:
            known = [
                p for p in morph.parse(word) if p.is_known and p.normal_form == word and {"Name", gender} <= tags(p)
            ]
            for form, case in declined(known[0], gender) if known else ():
                found = declined_given(form)
                n_forms += 1
                if not any(spelled_alike(one.nominative) == spelled_alike(word) and one.case is case for one in found):
                    missed.append((word, form, case))
    assert missed == []
    assert n_forms > 2000


@pytest.mark.parametrize(("language", "words"), [("ru", some_surnames()), ("uk", UKRAINIAN)])
def test_surname_nominatives__hold_the_surname_of_every_form_of_the_dictionary(language: str, words: list[str]) -> None:
    morph = pytest.importorskip("pymorphy3").MorphAnalyzer(lang=language)
    n_forms, missed = 0, []
    for word in words:
        known = [
            p for p in morph.parse(word) if p.is_known and p.normal_form == word and {"Surn", "nomn", "masc"} <= tags(p)
        ]
        for form, case in declined(known[0], "masc") if known else ():
            n_forms += 1
            if word not in surname_nominatives(form, case, Sex.MALE):
                missed.append((word, form, case))
    assert missed == []
    assert n_forms > 40


@pytest.mark.parametrize(
    ("nominative", "sex", "forms"),
    [
        ("коваленко", Sex.MALE, "коваленка коваленку коваленка коваленком"),
        ("швець", Sex.MALE, "шевця шевцеві шевця шевцем"),
        ("левицька", Sex.FEMALE, "левицької левицькій левицьку левицькою"),
        ("левицкая", Sex.FEMALE, "левицкой левицкой левицкую левицкой"),
        ("ковальова", Sex.FEMALE, "ковальової ковальовій ковальову ковальовою"),
        ("сорока", Sex.FEMALE, "сороки сороці сороку сорокою"),
        ("шевчук", Sex.FEMALE, "шевчук шевчук шевчук шевчук"),
        ("бойко", Sex.MALE, "бойко бойко бойко бойко"),
        ("черных", Sex.MALE, "черных черных черных черных"),
        ("білий", Sex.MALE, "білого білому білого білим"),
        ("сокіл", Sex.MALE, "сокола соколу сокола соколом"),
        ("орёл", Sex.MALE, "орла орлу орла орлом"),
    ],
)
def test_surname_nominatives__put_every_case_back(nominative: str, sex: Sex, forms: str) -> None:
    for form, case in zip(forms.split(), Case, strict=True):
        found = {spelled_alike(one) for one in surname_nominatives(form, case, sex)}
        assert spelled_alike(nominative) in found


@pytest.mark.parametrize(
    ("word", "nominative"),
    [
        ("сергійовича", "сергійович"), ("сергіївною", "сергіївна"), ("ильиничной", "ильинична"),
        ("кузьмичу", "кузьмич"), ("чудаковичеві", "чудакович"), ("чудаківни", "чудаківна"),
    ],
)  # fmt: skip
def test_declined_patronymics__put_the_word_back_by_the_table_or_the_ending(word: str, nominative: str) -> None:
    assert nominative in {one.nominative for one in declined_patronymics(word)}


def test_declined_given__takes_no_nominative_for_a_case_of_itself() -> None:
    for name in given_names():
        for word in (*name.russian, *name.ukrainian):
            assert word not in {one.nominative for one in declined_given(word)}
