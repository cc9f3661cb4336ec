"""Message catalogues: every word that the account says stands in messages/LANGUAGE.toml, none in code.

Plural rules, month names, numbers and lists are those of Unicode CLDR, by Babel; a catalogue names its `locale`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.lists import format_list

from homeward.errors import InputError

__all__ = ["Inflected", "Party", "Wording", "languages", "sentence_case", "wording"]

MESSAGES = Path(__file__).parent / "messages"
PARTY_NAMES = ("name", "short", "voice", "adjective")
PARTY_CASES = ("genitive", "dative", "past")


class Inflected(str):
    """Words in the forms that a catalogue knows: "{date}" or "{date:genitive}" in a message.

    As a string it is the plain form; a form that the catalogue does not give is the plain one too.

    >>> f"{Inflected('червень', {'genitive': 'червня'}):genitive}"
    'червня'
    """

    def __new__(cls, text: str, forms: Mapping[str, str] | None = None) -> "Inflected":
        """Returns the words with their forms."""
        made = super().__new__(cls, text)
        made.forms = forms or {}
        return made

    forms: Mapping[str, str]

    def __format__(self, form: str) -> str:
        return self.forms.get(form, str(self)) if form else str(self)


@dataclass(frozen=True)
class Party:
    """A party's name in every grammatical form that a catalogue knows: "{giver}" or "{giver:voice}" in a message.

    A form that the catalogue does not give is the plain name. `past` is no name but the ending that a verb takes.

    >>> f"{Party('RUS', {'name': 'Russia', 'voice': 'Moscow'}):voice}"
    'Moscow'
    """

    code: str
    forms: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """What the party is called: the name, and the short name and the voice where they differ."""
        return tuple(dict.fromkeys(self.forms[form] for form in PARTY_NAMES if form in self.forms)) or (self.code,)

    def __str__(self) -> str:
        return self.forms.get("name", self.code)

    def __format__(self, form: str) -> str:
        return self.forms.get(form, str(self)) if form else str(self)


@dataclass(frozen=True)
class Wording:
    """The catalogue of one language, ready to speak. `parties` are the record's names for codes that it does not know.

    What a language does to a name that it does not know, such as "the side “Alphaland”" in a case of its own, stands
    under `unknown_party`.
    """

    language: str
    entries: Mapping[str, Any]
    place: str
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def locale(self) -> Locale:
        """The language and region whose numbers, months and plurals are used."""
        return _locale(self.entry("locale"))

    def say(self, key: str, /, **values: object) -> str:
        """Returns the message `key` with its slots filled."""
        try:
            return str(self.entry(key)).format(**values)
        except (KeyError, IndexError) as error:
            raise InputError(
                place=f"{self.place}, entry {key}",
                found=f"the slot {{{error.args[0]}}}",
                needed=f"slots among {', '.join(sorted(values)) or 'none'}",
            ) from error

    def plural(self, key: str, number: int) -> str:
        """Returns the form of `key` that goes with `number`."""
        return str(self.entry(f"{key}.{self.locale.plural_form(number)}"))

    def forms(self, key: str) -> Inflected:
        """Returns what stands under `key` by the names of its forms, `name` being the plain one."""
        return Inflected(str(self.entry(f"{key}.name")), _forms(self.language, key))

    def entry(self, key: str) -> Any:
        """Returns what stands under `key`, refusing one that the catalogue does not have."""
        try:
            return self.entries[key]
        except KeyError:
            raise InputError(place=self.place, found=f"no entry {key}", needed="every entry of en.toml") from None

    def party(self, code: str) -> Party:
        """Returns the party's names: the catalogue's, else the record's, else its code."""
        forms = {
            form: str(self.entries[key])
            for form in (*PARTY_NAMES, *PARTY_CASES)
            if (key := f"party.{code}.{form}") in self.entries
        }
        if forms or not code:
            return Party(code, forms or {"name": "", "past": ""})
        name = self.names.get(code, code)
        cases = {
            form: str(self.entries[key]).format(name=name)
            for form in PARTY_CASES
            if (key := f"unknown_party.{form}") in self.entries
        }
        return Party(code, {"name": name, **cases})

    def names_party(self, code: str, text: str) -> bool:
        """Returns whether a speaker's name already says whose it is, in whichever language it is written."""
        folded = text.casefold()
        known = self.names.get(code, code).casefold()
        return known in folded or any(name in folded for name in _names_everywhere(code))

    def verbs(self, what: str, *, giver: Party) -> dict[str, str]:
        """Returns the verbs that tell how something is handed over, as they go with who gives it."""
        return {form: self.say(f"verb.{what}.{form}", giver=giver) for form in ("past", "present", "base")}

    def knowing(self, names: Mapping[str, str]) -> "Wording":
        """Returns this wording with the names of a record's parties as well."""
        return Wording(self.language, self.entries, self.place, names)

    def listed(self, parts: Sequence[str]) -> str:
        """Returns "A", "A and B" or "A, B and C"."""
        return format_list([str(part) for part in parts], style="standard", locale=self.locale)


def sentence_case(text: str) -> str:
    """Returns the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def languages() -> tuple[str, ...]:
    """Returns the languages that have a catalogue."""
    return tuple(sorted(path.stem for path in MESSAGES.glob("*.toml")))


@lru_cache
def wording(language: str) -> Wording:
    """Returns the catalogue of `language`, refusing a language that has none."""
    if language not in languages():
        raise InputError(
            place="language", found=f'"{language}"', needed=f"one with a message catalogue: {', '.join(languages())}"
        )
    path = MESSAGES / f"{language}.toml"
    entries = _flat(tomllib.loads(path.read_text(encoding="utf-8")))
    return Wording(language, MappingProxyType(entries), f"messages/{path.name}")


@lru_cache
def _locale(identifier: str) -> Locale:
    return Locale.parse(identifier)


@lru_cache
def _forms(language: str, key: str) -> Mapping[str, str]:
    """Returns what stands directly under `key`, by the last part of each name."""
    parts = ((name.rpartition("."), text) for name, text in wording(language).entries.items())
    return {form: str(text) for (stem, _, form), text in parts if stem == key}


@lru_cache(maxsize=512)
def _names_everywhere(code: str) -> frozenset[str]:
    """Returns the names of a party in every language, without regard to case."""
    return frozenset(name.casefold() for one in languages() for name in wording(one).party(code).names)


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Returns the tree with dotted keys: {"a": {"b": 1}} as {"a.b": 1}."""
    flat: dict[str, Any] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name}."))
        else:
            flat[f"{prefix}{name}"] = value
    return flat
