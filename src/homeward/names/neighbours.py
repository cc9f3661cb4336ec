"""Which words of a register are near a word: by skeleton, by its deletion neighbours, by Latin consonants."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from homeward.names.keys import deletion_neighbours, outlines, skeletons, sound_key
from homeward.names.script import Script
from homeward.names.surnames import attested_forms
from homeward.names.words import Word

__all__ = ["Neighbours"]

_LONG_WORD = 9
_FEW = 40
Places = npt.NDArray[np.int64]


class Neighbours:
    """The words of a register, asked which of them may stand for a word."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = list(words)
        self._attested = np.array([bool(attested_forms(word)) for word in self._words], dtype=bool)
        self._latin = np.array([word.script is Script.LATIN for word in self._words], dtype=bool)
        self._normals = _Texts([word.normal for word in self._words])
        self._sounds = _Texts([_sound(word) for word in self._words])
        self._outlines = _Texts([outlines(word.normal)[0] for word in self._words])
        by_skeleton: dict[str, list[int]] = {}
        self._by_letters: dict[str, list[int]] = {}
        for i, word in enumerate(self._words):
            for skeleton in skeletons(word.normal):
                by_skeleton.setdefault(skeleton, []).append(i)
            if self._latin[i]:
                for letters in deletion_neighbours(_latin_letters(word.normal), 1):
                    self._by_letters.setdefault(letters, []).append(i)
        self._by_skeleton = {skeleton: np.array(some, dtype=np.int64) for skeleton, some in by_skeleton.items()}
        self._neighbours: dict[str, list[str]] = {}
        self._unattested_neighbours: dict[str, list[str]] = {}
        for skeleton, some in by_skeleton.items():
            most = 2 if max(len(self._words[i].normal) for i in some) >= _LONG_WORD else 1
            for neighbour in deletion_neighbours(skeleton, most):
                self._neighbours.setdefault(neighbour, []).append(skeleton)
                if not all(self._attested[i] for i in some):
                    self._unattested_neighbours.setdefault(neighbour, []).append(skeleton)

    def near(self, word: Word) -> Iterator[Word]:
        """Returns the words that may stand for this one, by sound or by a slip; a few too many, and none too few."""
        most = 2 if len(word.normal) >= _LONG_WORD else 1
        own = set(skeletons(word.normal))
        # A slip never joins two attested names, so that an attested one looks among the others alone.
        neighbours = self._unattested_neighbours if attested_forms(word) else self._neighbours
        reached = {s for one in own for n in deletion_neighbours(one, most) for s in neighbours.get(n, ())}
        beside = [self._by_skeleton[s] for s in reached if s not in own]
        if word.script is Script.LATIN:
            beside += [
                np.array(self._by_letters[letters], dtype=np.int64)
                for letters in deletion_neighbours(_latin_letters(word.normal), 1)
                if letters in self._by_letters
            ]
        alike = [self._by_skeleton[s] for s in own if s in self._by_skeleton]
        chosen = [*self._by_slip(word, beside, most), *self._by_sound(word, alike, most)]
        return (self._words[i] for i in dict.fromkeys(chosen))

    def _by_slip(self, word: Word, groups: list[Places], most: int) -> Iterator[int]:
        """Words of another skeleton: a slip at best, which never joins two attested names."""
        if not groups:
            return
        places = np.concatenate(groups)
        if attested_forms(word):
            places = places[~self._attested[places]]
        yield from self._within(word, places, most, slack=0)

    def _within(self, word: Word, places: Places, most: int, slack: int = 1) -> Iterator[int]:
        """Words within a few edits of the sound where the script is one, of the outline where it is not."""
        latin = word.script is Script.LATIN
        same = places[self._latin[places] == latin]
        other = places[self._latin[places] != latin]
        if not latin:
            yield from _close(_sound(word), self._sounds, same, most + slack, OSA.distance)
            yield from _close(word.normal, self._normals, same, most, OSA.distance)
        else:
            other = places
        for outline in outlines(word.normal):
            yield from _close(outline, self._outlines, other, most + 1, OSA.distance)

    def _by_sound(self, word: Word, groups: list[Places], most: int) -> Iterator[int]:
        """Words of one skeleton: those that share an attested name, may be a slip, or may be joined by meaning."""
        if not groups:
            return
        places = np.concatenate(groups)
        ours = attested_forms(word)
        if not ours:
            yield from self._within(word, places, most)
            return
        yield from self._within(word, places[~self._attested[places]], most)
        for i in places[self._attested[places]].tolist():
            other = self._words[i]
            if not ours.isdisjoint(attested_forms(other)) or _may_correspond(word, other):
                yield i


class _Texts:
    """Texts that are asked by place, with their lengths: what differs too much in length is not looked at."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.as_list = list(texts)
        self.texts = np.array(texts, dtype=object)
        self.lengths = np.array([len(text) for text in texts], dtype=np.int64)


def _close(asked: str, texts: _Texts, places: Places, most: int, distance: Callable[..., int]) -> list[int]:
    if len(places) < _FEW:  # numpy and cdist take longer to start than so few comparisons take
        n, all_texts = len(asked), texts.as_list
        return [
            i
            for i in places.tolist()
            if abs(len(all_texts[i]) - n) <= most and distance(asked, all_texts[i], score_cutoff=most) <= most
        ]
    some = places[np.abs(texts.lengths[places] - len(asked)) <= most]
    if not len(some):
        return []
    choices = texts.texts[some].tolist()
    found = cdist([asked], choices, scorer=distance, score_cutoff=most, dtype=np.uint8)[0]
    near: list[int] = some[found <= most].tolist()
    return near


@lru_cache(maxsize=1_000_000)
def _sound(word: Word) -> str:
    return word.normal if word.script is Script.LATIN else sound_key(word.normal)


def _may_correspond(a: Word, b: Word) -> bool:
    """Whether two attested Cyrillic surnames with one skeleton may be one by meaning, such as Білий and Белый."""
    if Script.LATIN in (a.script, b.script):
        return False
    near = OSA.distance(_sound(a), _sound(b), score_cutoff=3) <= 3
    return near and (_turns_into(a, b) or _turns_into(b, a))


def _turns_into(ukrainian: Word, russian: Word) -> bool:
    word = ukrainian.normal
    turning = "і" in word or word[0] in "ої" or word.endswith("ий")
    return turning and ukrainian.languages == {"uk"} and "ru" in russian.languages


def _latin_letters(word: str) -> str:
    return "".join(c for c in word if c not in "aeiouyhj")
