"""The lexicon: what a linguist writes wrongly is refused with file and entry."""

import shutil
from pathlib import Path

import pytest

from homeward.errors import InputError
from homeward.reader.gazetteer import load_gazetteer
from homeward.reader.languages.english.inflection import inflect
from homeward.reader.lexicon import LEXICON_FOLDER, load_lexicon


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(LEXICON_FOLDER, tmp_path / "lexicon")
    return tmp_path / "lexicon"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_load_lexicon__knows_every_form_of_a_verb() -> None:
    lexicon = load_lexicon("en", inflect)
    for form in ("hand", "hands", "handed", "handing"):
        assert any(words == (form, "over") and entry.name == "give" for words, _, entry in lexicon.phrases[form])


def test_load_lexicon__takes_a_new_verb(folder: Path) -> None:
    change(folder / "en" / "verbs.toml", 'owe = ["owe"]', 'owe = ["owe"]\nteleport = ["teleport"]')
    found = load_lexicon("en", inflect, folder).phrases["teleported"]
    assert [(entry.category, entry.name) for _, _, entry in found] == [("verb", "teleport")]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("en/verbs.toml", 'owe = ["owe"]', "owe = [5]", r"verbs\.toml \[frame\] owe: found 5"),
        ("en/verbs.toml", 'owe = ["owe"]', 'owe = "owe"', r"verbs\.toml \[frame\] owe"),
        ("en/verbs.toml", "[plain]", "[plane]", r"verbs\.toml \[plane\]"),
        ("en/nouns.toml", '["list", "lists", "roll"]', '["list", ""]', r"nouns\.toml \[list\] list"),
        ("en/numbers.toml", "twelve = 12", 'twelve = "12"', r"numbers\.toml \[units\] twelve"),
        ("en/grammar.toml", "[negation]", "[negation", r"grammar\.toml"),
        ("gazetteer/parties.toml", 'adjectives = ["Ukrainian"]', 'adverbs = ["Ukrainian"]', r"\[UKR\.en\] adverbs"),
        ("gazetteer/parties.toml", 'name = "Ukraine"', 'title = "Ukraine"', r"parties\.toml \[UKR\]"),
    ],
)
def test_load_lexicon__refuses_what_is_not_well_formed(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    change(folder / file, old, new)
    with pytest.raises(InputError, match=message):
        load_lexicon("en", inflect, folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("parties.toml", 'kind = "state"', 'kind = "planet"', r"parties\.toml \[UKR\]: found kind 'planet'"),
        ("conflicts.toml", 'party = "RUS"', 'party = "XYZ"', r"conflicts\.toml conflict 1"),
    ],
)
def test_load_gazetteer__refuses_what_is_not_well_formed(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    change(folder / "gazetteer" / file, old, new)
    with pytest.raises(InputError, match=message):
        load_gazetteer(folder / "gazetteer")


def test_inflect__doubles_and_drops_letters() -> None:
    assert set(inflect("swap", {})) == {"swap", "swaps", "swapped", "swapping"}
    assert set(inflect("receive", {})) == {"receive", "receives", "received", "receiving"}
    assert set(inflect("carry", {})) == {"carry", "carries", "carried", "carrying"}
    assert inflect("give back", {"give": ("gave", "given")})["gave back"] == frozenset({"past"})
