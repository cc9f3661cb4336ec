"""Message catalogues: every word that the brief says stands in messages/LANGUAGE.toml, none in code."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from homeward.errors import InputError

__all__ = ["Party", "Wording", "languages", "sentence_case", "wording"]

MESSAGES = Path(__file__).parent / "messages"


def _one_other(number: int) -> str:
    return "one" if number == 1 else "other"


def _one_few_many(number: int) -> str:
    last, last_two = number % 10, number % 100
    if last == 1 and last_two != 11:
        return "one"
    return "few" if 2 <= last <= 4 and not 12 <= last_two <= 14 else "many"


# The plural rules of Unicode CLDR for whole numbers; a catalogue names the one that its language follows.
PLURAL_RULES: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {"one_other": _one_other, "one_few_many": _one_few_many}
)


@dataclass(frozen=True)
class Party:
    """A party's name in every grammatical form that a catalogue knows: "{giver}" or "{giver:voice}" in a message.

    A form that the catalogue does not give is the plain name.

    >>> f"{Party('RUS', {'name': 'Russia', 'voice': 'Moscow'}):voice}"
    'Moscow'
    """

    code: str
    forms: Mapping[str, str]

    def __str__(self) -> str:
        return self.forms.get("name", self.code)

    def __format__(self, form: str) -> str:
        return self.forms.get(form, str(self)) if form else str(self)


@dataclass(frozen=True)
class Wording:
    """The catalogue of one language, ready to speak. `names` are parties' names for codes that it does not know."""

    language: str
    entries: Mapping[str, Any]
    place: str
    names: Mapping[str, str] = field(default_factory=dict)

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
        rule = PLURAL_RULES[self.entry("plural_rule")]
        return str(self.entry(f"{key}.{rule(number)}"))

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
            for form in ("name", "short", "voice", "adjective")
            if (key := f"party.{code}.{form}") in self.entries
        }
        return Party(code, forms or {"name": self.names.get(code, code)})

    def knowing(self, names: Mapping[str, str]) -> "Wording":
        """Returns this wording with the names of a record's parties as well."""
        return Wording(self.language, self.entries, self.place, names)

    def listed(self, parts: list[str]) -> str:
        """Returns "A", "A and B" or "A, B and C"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("list.last", first=self.entry("list.separator").join(parts[:-1]), last=parts[-1])


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


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Returns the tree with dotted keys: {"a": {"b": 1}} as {"a.b": 1}."""
    flat: dict[str, Any] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name}."))
        else:
            flat[f"{prefix}{name}"] = value
    return flat
