"""The lexicon of a language: its words by what they do, read from the TOML files in lexicon/ and checked once.

A linguist extends it there without touching code; docs/how-to/extend-the-lexicon.md tells how.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from homeward.errors import InputError
from homeward.reader.tokens import tokenise

__all__ = ["Entry", "Inflect", "Lexicon", "load_lexicon"]

LEXICON_FOLDER = Path(__file__).parent / "lexicon"

# Returns the forms of a verb with the grammatical tags of each; irregular forms are given.
Inflect = Callable[[str, Mapping[str, tuple[str, ...]]], Mapping[str, frozenset[str]]]

_WORD_FILES = ("grammar.toml", "nouns.toml", "discourse.toml")
_VERB_CATEGORIES = {"frame": "verb", "control": "control", "speech": "speech", "plain": "plain", "weak": "weak"}
_PARTY_FORMS = {
    "names": "name",
    "adjectives": "adjective",
    "people": "people",
    "places": "place",
    "officials": "official",
    "bodies": "body",
}
_NO_FORMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase may be: its category ("verb", "noun", "party"), its name in it ("give", "remains", "UKR")."""

    category: str
    name: str
    lemma: str
    forms: frozenset[str] = _NO_FORMS


# The words of a phrase in lower case, which of them need a capital, and what the phrase may be.
Phrase = tuple[tuple[str, ...], tuple[bool, ...], Entry]


@dataclass(frozen=True)
class Lexicon:
    """All phrases of a language, by first word, and the tables for numbers, dates and split verbs."""

    language: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    numbers: Mapping[str, Any]
    dates: Mapping[str, Any]
    split_verbs: Mapping[tuple[str, str], tuple[tuple[str, ...], ...]]
    abbreviations: frozenset[str]


class _Collector:
    """Gathers phrases and refuses what is not well formed, naming file and entry."""

    def __init__(self) -> None:
        self.phrases: dict[str, dict[Phrase, None]] = defaultdict(dict)

    def add(self, phrase: object, entry: Entry, place: str) -> None:
        if not isinstance(phrase, str) or not phrase.strip():
            raise InputError(place=place, found=repr(phrase), needed="a word or phrase in quotes")
        tokens = tokenise(phrase)
        words = tuple(token.lower for token in tokens)
        # A word written with a capital is matched only where the text has one: "Turkey" is no bird.
        capitals = tuple(token.text[0].isupper() for token in tokens)
        self.phrases[words[0]][words, capitals, entry] = None

    def frozen(self) -> Mapping[str, tuple[Phrase, ...]]:
        # Longest first, so that the search for terms may stop at the first length that fits.
        return {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in self.phrases.items()}


def read_toml(path: Path) -> dict[str, Any]:
    """Returns the tables of a TOML file; raises InputError with its name when it is not well formed."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(place=path.name, found=str(error), needed="a TOML file in UTF-8") from None


def _lists(path: Path, tables: Mapping[str, Any]) -> Iterable[tuple[str, str, list[Any]]]:
    """Yields table, key and list of phrases; refuses anything that is not a table of lists."""
    for table, rows in tables.items():
        if not isinstance(rows, dict):
            raise InputError(place=f"{path.name} {table}", found=repr(rows), needed="a table of lists")
        for key, phrases in rows.items():
            if not isinstance(phrases, list):
                raise InputError(place=f"{path.name} [{table}] {key}", found=repr(phrases), needed="a list of phrases")
            yield table, key, phrases


def _add_words(collector: _Collector, folder: Path) -> None:
    for name in _WORD_FILES:
        path = folder / name
        for table, key, phrases in _lists(path, read_toml(path)):
            for phrase in phrases:
                collector.add(phrase, Entry(table, key, str(phrase)), f"{name} [{table}] {key}")


def _add_verbs(
    collector: _Collector, path: Path, tables: Mapping[str, Any], inflect: Inflect
) -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
    """Adds every form of every verb; returns the split verbs: (form of the first word, frame) to the words after."""
    irregular = {key: tuple(forms) for table, key, forms in _lists(path, tables) if table == "irregular"}
    split: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for table, key, verbs in _lists(path, tables):
        place = f"{path.name} [{table}] {key}"
        for verb in verbs if table != "irregular" else ():
            if not isinstance(verb, str) or not verb.strip():
                raise InputError(place=place, found=repr(verb), needed="a verb in quotes")
            for form, tags in inflect(verb, irregular).items():
                if table == "split":
                    first, *rest = (token.lower for token in tokenise(form))
                    split[first, key].add(tuple(rest))
                    collector.add(first, Entry("split", key, verb, tags), place)
                elif table in _VERB_CATEGORIES:
                    collector.add(form, Entry(_VERB_CATEGORIES[table], key, verb, tags), place)
                else:
                    needed = f"one of {', '.join((*_VERB_CATEGORIES, 'split', 'irregular'))}"
                    raise InputError(place=f"{path.name} [{table}]", found=table, needed=needed)
    return {key: tuple(sorted(rests)) for key, rests in split.items()}


def _add_numbers(collector: _Collector, path: Path, tables: Mapping[str, Any]) -> None:
    for table in ("units", "scales"):
        for word, value in tables.get(table, {}).items():
            if not isinstance(value, int):
                raise InputError(place=f"{path.name} [{table}] {word}", found=repr(value), needed="a whole number")
            collector.add(word, Entry(f"number_{table}", str(value), word), f"{path.name} [{table}]")
    lists = {table: rows for table, rows in tables.items() if table not in ("units", "scales")}
    for table, key, phrases in _lists(path, lists):
        for phrase in phrases:
            collector.add(phrase, Entry(f"number_{table}", key, str(phrase)), f"{path.name} [{table}] {key}")


def _add_dates(collector: _Collector, path: Path, tables: Mapping[str, Any]) -> None:
    for table, key, phrases in _lists(path, tables):
        for phrase in phrases:
            collector.add(phrase, Entry(f"date_{table}", key, str(phrase)), f"{path.name} [{table}] {key}")


def _add_gazetteer(collector: _Collector, folder: Path, language: str) -> None:
    path = folder / "parties.toml"
    for code, party in read_toml(path).items():
        if not isinstance(party, dict) or "name" not in party or "kind" not in party:
            raise InputError(place=f"{path.name} [{code}]", found=repr(party), needed="name and kind")
        for key, phrases in party.get(language, {}).items():
            place = f"{path.name} [{code}.{language}] {key}"
            form = _PARTY_FORMS.get(key)
            if form is None:
                raise InputError(place=place, found=key, needed=f"one of {', '.join(_PARTY_FORMS)}")
            if isinstance(phrases, dict):
                for shown, others in phrases.items():
                    for phrase in (shown, *others):
                        collector.add(phrase, Entry("party", code, shown, frozenset({form})), place)
            elif isinstance(phrases, list):
                for phrase in phrases:
                    collector.add(phrase, Entry("party", code, party["name"], frozenset({form})), place)
            else:
                raise InputError(place=place, found=repr(phrases), needed="a list, or a table of lists")


def _add_generic(collector: _Collector, folder: Path, language: str) -> None:
    path = folder / "conflicts.toml"
    for number, conflict in enumerate(read_toml(path).get("conflict", ()), start=1):
        for side in conflict.get("side", ()):
            for word_class, phrases in side.get(language, {}).items():
                for phrase in phrases:
                    entry = Entry(word_class, side["party"], phrase)
                    collector.add(phrase, entry, f"{path.name} conflict {number} {side['party']}")


@cache
def load_lexicon(language: str, inflect: Inflect, folder: Path = LEXICON_FOLDER) -> Lexicon:
    """Returns the checked lexicon of `language` in `folder`; raises InputError naming file and entry."""
    words = folder / language
    collector = _Collector()
    _add_gazetteer(collector, folder / "gazetteer", language)
    _add_generic(collector, folder / "gazetteer", language)
    _add_words(collector, words)
    verbs, numbers, dates, grammar = (
        read_toml(words / f"{name}.toml") for name in ("verbs", "numbers", "dates", "grammar")
    )
    split = _add_verbs(collector, words / "verbs.toml", verbs, inflect)
    _add_numbers(collector, words / "numbers.toml", numbers)
    _add_dates(collector, words / "dates.toml", dates)
    abbreviations = frozenset(grammar.get("sentences", {}).get("abbreviations", ()))
    return Lexicon(language, collector.frozen(), numbers, dates, split, abbreviations)
