"""What words may be, and what is said where the dictionary is missing."""

import importlib.util
from importlib.machinery import ModuleSpec

import pytest

from homeward.errors import InputError
from homeward.reader.languages.slavic.lexicon import load_slavic_lexicon
from homeward.reader.languages.slavic.morphology import lemmas, require_dictionary, word_readings


def test_word_readings__keeps_all_that_a_form_may_be() -> None:
    cases = {reading.case for reading in word_readings("тіла", "uk") if reading.lemma == "тіло"}
    assert cases == {"gent", "nomn", "accs"}


def test_word_readings__takes_the_second_cases_of_russian_for_cases_like_the_others() -> None:
    assert "loct" in {reading.case for reading in word_readings("плену", "ru")}


@pytest.mark.parametrize(
    ("word", "language", "lemma"),
    [("передавши", "uk", "передати"), ("повернувшись", "uk", "повернутися"), ("получив", "ru", "получить")],
)
def test_lemmas__names_the_verb_of_a_converb(word: str, language: str, lemma: str) -> None:
    assert lemma in lemmas(word, language)


def test_lemmas__reads_either_apostrophe() -> None:
    assert lemmas("п’ять", "uk") == lemmas("п'ять", "uk") == {"п'ять"}


@pytest.mark.parametrize("missing", ["pymorphy3", "pymorphy3_dicts_uk"])
def test_load_slavic_lexicon__says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    present = importlib.util.find_spec

    def find_spec(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == missing else present(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find_spec)
    with pytest.raises(InputError, match=r'pip install "homeward\[languages\]"') as raised:
        load_slavic_lexicon.__wrapped__("uk")
    assert "\n" not in str(raised.value)
    if missing == "pymorphy3_dicts_uk":
        require_dictionary("ru")
