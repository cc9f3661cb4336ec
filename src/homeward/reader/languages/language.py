"""What a language brings to the reader: its lexicon, how its words are found, and its providers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from homeward.reader.clauses import Provider
from homeward.reader.dates import Calendar
from homeward.reader.lexicon import Lexicon
from homeward.reader.scene import Scene
from homeward.reader.terms import Term
from homeward.reader.tokens import Token

__all__ = ["Language", "MakeProvider"]


class MakeProvider(Protocol):
    """Returns the provider for one document: a class with this constructor will do."""

    def __call__(self, scene: Scene, lexicon: Lexicon) -> Provider: ...


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `find_terms` looks up its words, by form or by lemma, with dates and numbers folded.

    The first provider is the grammar, which also tells who speaks. The others only add evidence, in any order.
    """

    lexicon: Lexicon
    find_terms: Callable[[tuple[Token, ...], Lexicon, Calendar], list[Term]]
    providers: Sequence[MakeProvider]
