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
    known = [word_readings(token.lower, lexicon.language) if token.is_word else () for token in tokens]
    words: list[Word] = []
    position = 0
    while position < len(tokens):
        length, entries = _longest(tokens, known, position, lexicon)
        run = tokens[position : position + length]
        words.append(
            Word(
                run[0].start,
                run[-1].end,
                " ".join(token.text for token in run),
                " ".join(plain(token.lower) for token in run),
                entries,
                capital=run[0].text[:1].isupper(),
                glued=run[0].glued,
                figure=length == 1 and run[0].is_figure,
                readings=_agreeing(known[position : position + length]),
            )
        )
        position += length
    return words


def words_of(terms: Sequence[Term]) -> list[Word]:
    """Returns the terms of a passage as words; one that no dictionary has seen has no readings."""
    return [term if isinstance(term, Word) else Word(term.start, term.end, term.text, term.lower) for term in terms]


def _longest(
    tokens: Sequence[Token], known: Sequence[tuple[Reading, ...]], position: int, lexicon: Lexicon
) -> tuple[int, tuple[Entry, ...]]:
    """Returns the number of tokens of the longest phrase at `position`, and all entries of that length."""
    keys = _keys(tokens[position].lower, known[position])
    length, found = 1, list[Entry]()
    for key in keys:
        for phrase in lexicon.phrases.get(key, ()):
            if len(phrase[0]) < length and found:
                break
            if len(phrase[0]) == 1 and not phrase[1][0]:
                # The key itself is the whole phrase: nothing more to match.
                found.append(phrase[2])
            elif _matches(tokens, known, position, phrase):
                if len(phrase[0]) > length:
                    found.clear()
                length = len(phrase[0])
                found.append(phrase[2])
    return length, tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def _keys(lower: str, readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """Returns the words by which the lexicon may know a token: as it is written, and its dictionary forms."""
    return plain(lower), *dict.fromkeys(BY_LEMMA + reading.lemma for reading in readings)


def _matches(tokens: Sequence[Token], known: Sequence[tuple[Reading, ...]], position: int, phrase: Phrase) -> bool:
    words, capitals, _ = phrase
    if position + len(words) > len(tokens):
        return False
    for place, (word, capital) in enumerate(zip(words, capitals, strict=True), position):
        token = tokens[place]
        if capital and not token.text[0].isupper():
            return False
        if word[0] == BY_LEMMA and len(word) > 1:
            if all(reading.lemma != word[1:] for reading in known[place]):
                return False
        elif plain(token.lower) != word:
            return False
    return True


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
