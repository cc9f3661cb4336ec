"""Words: the terms of a Ukrainian or Russian sentence, each with what its form may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from homeward.reader.languages.slavic.lexicon import BY_LEMMA, plain
from homeward.reader.languages.slavic.morphology import Reading, word_readings
from homeward.reader.lexicon import Entry, Lexicon, Phrase
from homeward.reader.terms import Term
from homeward.reader.tokens import Token

__all__ = ["Word", "find_words", "words_of"]


@dataclass(frozen=True, slots=True)
class Word(Term):
    """A term with the readings of the word that carries its case; a phrase has the cases on which its words agree."""

    readings: tuple[Reading, ...] = ()

    @property
    def cases(self) -> frozenset[str]:
        """Returns the cases that the word may stand in."""
        return frozenset(reading.case for reading in self.readings if reading.case)

    def may_be(self, *parts: str) -> bool:
        """Returns whether one of the readings is of one of these parts of speech."""
        return any(reading.part in parts for reading in self.readings)

    def is_only(self, *parts: str) -> bool:
        """Returns whether every reading is of one of these parts of speech."""
        return bool(self.readings) and all(reading.part in parts for reading in self.readings)


def find_words(tokens: Sequence[Token], lexicon: Lexicon) -> list[Word]:
    """Returns the words of a sentence, left to right; of phrases that overlap, the longest from the left is taken."""
    looked_up = [_look_up(token.lower, lexicon.language, word=token.is_word) for token in tokens]
    words: list[Word] = []
    position = 0
    while position < len(tokens):
        length, entries = _longest(tokens, looked_up, position, lexicon)
        run = tokens[position : position + length]
        words.append(
            Word(
                run[0].start,
                run[-1].end,
                run[0].text if length == 1 else " ".join(token.text for token in run),
                " ".join(one.lower for one in looked_up[position : position + length]),
                entries,
                capital=run[0].text[:1].isupper(),
                glued=run[0].glued,
                figure=length == 1 and run[0].is_figure,
                readings=_agreeing([one.readings for one in looked_up[position : position + length]]),
            )
        )
        position += length
    return words


def words_of(terms: Sequence[Term]) -> list[Word]:
    """Returns the terms of a passage as words; one that no dictionary has seen has no readings."""
    return [term if isinstance(term, Word) else Word(term.start, term.end, term.text, term.lower) for term in terms]


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A token as the lexicon may know it: as it is written, by its dictionary forms, and what it may be."""

    lower: str
    keys: tuple[str, ...]
    key_set: frozenset[str]
    readings: tuple[Reading, ...]


@lru_cache(maxsize=50_000)
def _look_up(lower: str, language: str, *, word: bool) -> _LookedUp:
    readings = word_readings(lower, language) if word else ()
    written = plain(lower)
    keys = (written, *dict.fromkeys(BY_LEMMA + reading.lemma for reading in readings))
    return _LookedUp(written, keys, frozenset(keys), readings)


def _longest(
    tokens: Sequence[Token], looked_up: Sequence[_LookedUp], position: int, lexicon: Lexicon
) -> tuple[int, tuple[Entry, ...]]:
    """Returns the number of tokens of the longest phrase at `position`, and all entries of that length."""
    length, found = 1, list[Entry]()
    for key in looked_up[position].keys:
        for phrase in lexicon.phrases.get(key, ()):
            if len(phrase[0]) < length and found:
                break
            if _matches(tokens, looked_up, position, phrase):
                if len(phrase[0]) > length:
                    found.clear()
                length = len(phrase[0])
                found.append(phrase[2])
    return length, tuple(dict.fromkeys(found))


def _matches(tokens: Sequence[Token], looked_up: Sequence[_LookedUp], position: int, phrase: Phrase) -> bool:
    words, capitals, _ = phrase
    if len(words) == 1:
        # The key that found the phrase is all of it.
        return not capitals[0] or tokens[position].text[0].isupper()
    if position + len(words) > len(tokens) or words[1] not in looked_up[position + 1].key_set:
        return False
    return all(
        word in looked_up[place].key_set and (not capital or tokens[place].text[0].isupper())
        for place, (word, capital) in enumerate(zip(words, capitals, strict=True), position)
    )


def _agreeing(known: Sequence[tuple[Reading, ...]]) -> tuple[Reading, ...]:
    """Returns the readings of the first word, of these the ones whose case the words after it may share.

    An adjective agrees with its noun ("українській стороні"); a noun governs what follows it and keeps its own case.
    """
    first = known[0]
    adjectives = tuple(reading for reading in first if reading.part == "adjective")
    if len(known) < 2 or not adjectives:
        return first
    noun = next((readings for readings in known[1:] if any(reading.part == "noun" for reading in readings)), ())
    shared = {reading.case for reading in noun if reading.part == "noun"}
    numbers = {"plur" in reading.grammemes for reading in noun if reading.part == "noun" and reading.case in shared}
    kept = tuple(r for r in adjectives if r.case in shared and ("plur" in r.grammemes) in numbers)
    return kept or first
