"""The languages that the reader knows, each by what is its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from homeward.reader.attribution import Attribution, Names
from homeward.reader.groups import Group
from homeward.reader.handovers import Handover
from homeward.reader.languages.english.grammar import read_sentence
from homeward.reader.languages.english.groups import find_groups
from homeward.reader.languages.english.inflection import inflect
from homeward.reader.lexicon import Inflect, Lexicon
from homeward.reader.scene import Scene
from homeward.reader.terms import Term

__all__ = ["GRAMMARS", "Grammar"]


class ReadSentence(Protocol):
    """Returns the handovers and the speakers of a sentence."""

    def __call__(
        self, terms: Sequence[Term], groups: Sequence[Group], *, scene: Scene, names: Names, lexicon: Lexicon
    ) -> tuple[list[Handover], list[Attribution]]: ...


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language brings: the forms of its verbs, its noun phrases, its clauses. All its words are data."""

    inflect: Inflect
    find_groups: Callable[[Sequence[Term]], list[Group]]
    read_sentence: ReadSentence


GRAMMARS: Mapping[str, Grammar] = {"en": Grammar(inflect, find_groups, read_sentence)}
