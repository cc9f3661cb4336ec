"""The table of given names."""

import gzip
from importlib.resources import files

import pytest

from homeward.names.given_names import Sex, given_forms, given_names, patronymic_forms


def counted() -> dict[str, int]:
    data = files("homeward.names").joinpath("data").joinpath("given_names.txt.gz").read_bytes()
    lines = gzip.decompress(data).decode("utf-8").splitlines()[1:]
    return {name: int(n) for name, n in (line.split("\t")[:2] for line in lines)}


def test_given_names__cover_the_bearers_of_the_counts() -> None:
    forms = {
        text.replace("ё", "е")
        for name in given_names()
        for text in (*name.russian, *name.russian_second, *name.familiar)
    }
    counts = counted()
    total = 2_604_768  # all bearers of the counts, those of rarer names than five included
    assert len(given_names()) >= 400
    assert sum(n for name, n in counts.items() if name in forms) / total >= 0.95


def test_given_names__keep_to_the_alphabet_of_each_language() -> None:
    for name in given_names():
        assert not set("".join((*name.russian, *name.russian_second))) & set("іїєґ")
        assert not set("".join((*name.ukrainian, *name.ukrainian_second))) & set("ыэёъ")


@pytest.mark.parametrize("word", ["сергій", "сергей", "serhii", "sergei", "serguei", "sergii", "sergey"])
def test_given_forms__find_one_name_in_every_spelling(word: str) -> None:
    names = {given_names()[form.name].ukrainian[0] for form in given_forms(word)}
    assert "сергій" in names


@pytest.mark.parametrize(
    ("word", "father", "sex"),
    [
        ("сергійович", "сергій", Sex.MALE), ("сергіївна", "сергій", Sex.FEMALE), ("сергеевич", "сергій", Sex.MALE),
        ("миколайович", "микола", Sex.MALE), ("миколаївна", "микола", Sex.FEMALE), ("николаевна", "микола", Sex.FEMALE),
        ("григорович", "григорій", Sex.MALE), ("ілліч", "ілля", Sex.MALE), ("ильинична", "ілля", Sex.FEMALE),
        ("hryhorovych", "григорій", Sex.MALE), ("grigorevich", "григорій", Sex.MALE), ("кузьмич", "кузьма", Sex.MALE),
    ],
)  # fmt: skip
def test_patronymic_forms__know_the_father_and_the_sex(word: str, father: str, sex: Sex) -> None:
    assert (father, sex) in {(given_names()[form.name].ukrainian[0], form.sex) for form in patronymic_forms(word)}
