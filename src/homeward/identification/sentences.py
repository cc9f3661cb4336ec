"""What a refused person reads: one sentence a rule, and what would lift it, in English, Ukrainian or Russian."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType

__all__ = ["Language", "Sentence", "sentence", "sentences"]


class Language(Enum):
    """The languages in which the rules are told."""

    ENGLISH = "en"
    UKRAINIAN = "uk"
    RUSSIAN = "ru"


@dataclass(frozen=True)
class Sentence:
    """Why something is refused, and what would lift it."""

    refused: str
    lifted_by: str


@cache
def sentences(language: Language) -> Mapping[str, Sentence]:
    """Returns the sentences of a language by the code of the rule."""
    file = resources.files("homeward.identification").joinpath("messages", f"{language.value}.toml")
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({code: Sentence(**entry) for code, entry in entries.items()})


def sentence(code: str, language: Language) -> Sentence:
    """Returns the sentence of one rule.

    >>> sentence("two_signatures", Language.ENGLISH).lifted_by
    'The missing signatures.'
    """
    return sentences(language)[code]
