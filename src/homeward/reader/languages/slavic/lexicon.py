"""The lexicon of Ukrainian or Russian: small words as they are written, all others by their dictionary forms.

A phrase is found in every case: each word of it stands in the lexicon as "~" and a dictionary form, and agrees with any
form of that word. docs/how-to/extend-the-lexicon.md tells how to add to it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from homeward.errors import InputError
from homeward.reader.languages.slavic.morphology import lemmas, require_dictionary
from homeward.reader.lexicon import LEXICON_FOLDER, Entry, Lexicon, Phrase, read_toml
from homeward.reader.tokens import Token, tokenise

__all__ = ["BY_LEMMA", "load_slavic_lexicon", "plain", "usual_publishers"]

BY_LEMMA = "~"
# Tables of these files hold the words of the language; those of the first are matched as they are written.
_AS_WRITTEN = ("grammar.toml",)
_IN_ALL_FORMS = ("nouns.toml", "verbs.toml", "numbers.toml", "dates.toml")
_PREFIXES = {"numbers.toml": "number_", "dates.toml": "date_", "verbs.toml": ""}
# In numbers and dates, phrases of several words are set ("не менше", "минулого тижня"): never other forms of them.
_SET_PHRASES = frozenset(
    {
        *("number_before", "number_after", "number_words", "after", "channel"),
        *("date_period", "date_day", "date_day_before", "date_part", "date_link"),
    }
)
_VERB_CATEGORIES = {"frame": "verb", "says": "speech"}
_PARTY_FORMS = {
    "names": "name", "capitals": "capital", "adjectives": "adjective", "people": "people", "places": "place",
    "occupied": "occupied", "officials": "official", "bodies": "body",
}  # fmt: skip
# Words that mean a side only in a text on its conflict: "the rebels", "the hostages".
_OF_A_CONFLICT = ("captives", "generic")
# No phrase has more ways to be looked up; a name of four ambiguous words has 16.
_MOST_WAYS = 64


class _Collector:
    """Gathers phrases by their first word and refuses what is not well formed, naming file and entry."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.phrases: dict[str, dict[Phrase, None]] = defaultdict(dict)

    def add(self, phrase: object, entry: Entry, place: str, *, written: bool = False) -> None:
        if not isinstance(phrase, str) or not phrase.strip():
            raise InputError(place=place, found=repr(phrase), needed="a word or phrase in quotes")
        tokens = tokenise(phrase)
        capitals = tuple(token.text[0].isupper() for token in tokens)
        ways = [[plain(token.lower)] if written else self._ways(token) for token in tokens]
        for number, words in enumerate(product(*ways)):
            if number == _MOST_WAYS:
                break
            self.phrases[words[0]][words, capitals, entry] = None

    def _ways(self, token: Token) -> list[str]:
        """Returns the dictionary forms of a word of the lexicon: its own where it is one, else all that it may have."""
        if not token.is_word:
            return [plain(token.lower)]
        known = lemmas(token.lower, self.language)
        word = plain(token.lower)
        own = word in known and not token.text[0].isupper()
        return [BY_LEMMA + lemma for lemma in ([word] if own else sorted(known))]

    def frozen(self) -> Mapping[str, tuple[Phrase, ...]]:
        return {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in self.phrases.items()}


def plain(word: str) -> str:
    """Returns the word as the lexicon writes it: one apostrophe, е for ё."""
    return word.replace("’", "'").replace("ё", "е")


def _rows(path: Path) -> Iterator[tuple[str, str, Any]]:
    for table, rows in read_toml(path).items():
        if not isinstance(rows, dict):
            raise InputError(place=f"{path.name} {table}", found=repr(rows), needed="a table of lists")
        for key, row in rows.items():
            yield table, key, row


def _add_words(collector: _Collector, folder: Path) -> None:
    for name in (*_AS_WRITTEN, *_IN_ALL_FORMS):
        for table, key, row in _rows(folder / name):
            place = f"{name} [{table}] {key}"
            category = _PREFIXES.get(name, "") + table
            category = _VERB_CATEGORIES.get(category, category)
            if isinstance(row, int):
                collector.add(key, Entry(category, str(row), key), place)
                continue
            if not isinstance(row, list):
                raise InputError(place=place, found=repr(row), needed="a list of phrases")
            for phrase in row:
                written = name in _AS_WRITTEN or (category in _SET_PHRASES and " " in str(phrase))
                collector.add(phrase, Entry(category, key, str(phrase)), place, written=written)


def _add_parties(collector: _Collector, path: Path) -> None:
    known = read_toml(LEXICON_FOLDER / "gazetteer" / "parties.toml")
    for code, key, row in _rows(path):
        place = f"{path.name} [{code}] {key}"
        if key in _OF_A_CONFLICT:
            for phrase in row:
                collector.add(phrase, Entry(key, code, str(phrase)), place)
            continue
        form = _PARTY_FORMS.get(key)
        if form is None or code not in known:
            needed = f"one of {', '.join((*_PARTY_FORMS, *_OF_A_CONFLICT))}, of a party in gazetteer/parties.toml"
            raise InputError(place=place, found=key, needed=needed)
        shown = {name: [name, *others] for name, others in row.items()} if isinstance(row, dict) else {None: row}
        for name, phrases in shown.items():
            for phrase in phrases:
                collector.add(phrase, Entry("party", code, name or str(phrase), frozenset({form})), place)


@cache
def usual_publishers(language: str, folder: Path = LEXICON_FOLDER) -> tuple[str, ...]:
    """Returns the parties whose press writes in this language; data, never code."""
    return tuple(read_toml(folder / language / "grammar.toml").get("publisher", {}).get("party", ()))


@cache
def load_slavic_lexicon(language: str, folder: Path = LEXICON_FOLDER) -> Lexicon:
    """Returns the checked lexicon of `language`; raises InputError naming file and entry, or what to install."""
    require_dictionary(language)
    words = folder / language
    collector = _Collector(language)
    _add_words(collector, words)
    for name in ("parties.toml", "states.toml"):
        _add_parties(collector, words / name)
    abbreviations = frozenset(read_toml(words / "grammar.toml")["sentences"]["abbreviations"])
    numbers, dates = read_toml(words / "numbers.toml"), read_toml(words / "dates.toml")
    return Lexicon(language, collector.frozen(), numbers, dates, {}, abbreviations)
