"""The sentence as the grammar sees it: its words, phrases, parties, predicates and segments, and who may be meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from homeward.reader.languages.slavic.mentions import Mention, find_mentions
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.phrases import find_phrases
from homeward.reader.languages.slavic.predicates import Predicate, find_predicates
from homeward.reader.languages.slavic.segments import Segment, find_segments
from homeward.reader.languages.slavic.words import Word
from homeward.reader.scene import Scene

__all__ = ["Analysis", "analyse"]


@dataclass(slots=True)
class Analysis:
    """One sentence, taken apart; `voice` is the party for which "we" and "our" speak in it."""

    words: Sequence[Word]
    scene: Scene
    phrases: Sequence[NounPhrase]
    mentions: Sequence[Mention]
    predicates: Sequence[Predicate]
    segments: Sequence[Segment]
    heading: bool = False
    voice: str | None = None
    last_subject: str | None = None
    taken: set[int] = field(default_factory=set)
    known: dict[tuple[int, str, tuple[str, ...]], bool] = field(default_factory=dict)

    def segment_of(self, place: int) -> Segment | None:
        return next((segment for segment in self.segments if segment.holds(place)), None)

    def mentions_in(self, segment: Segment) -> list[Mention]:
        return [mention for mention in self.mentions if segment.holds(mention.at)]

    def phrases_in(self, segment: Segment) -> list[NounPhrase]:
        return [phrase for phrase in self.phrases if segment.holds(phrase.first)]

    def any_in(self, segment: Segment, category: str, *names: str) -> bool:
        """Returns whether a word of the segment is of this category."""
        key = (id(segment), category, names)
        if key not in self.known:
            self.known[key] = any(self.words[place].is_(category, *names) for place in segment.places)
        return self.known[key]

    def once(self, name: str, segment: Segment | None, asked: Callable[[], bool]) -> bool:
        """Returns what `asked` answers of the segment, asked once: a sentence may tell of hundreds of figures."""
        key = (id(segment), name, ())
        if key not in self.known:
            self.known[key] = asked()
        return self.known[key]

    def free(self, phrase: NounPhrase) -> bool:
        return phrase.first not in self.taken


def analyse(words: Sequence[Word], scene: Scene, *, heading: bool) -> Analysis:
    """Returns the sentence taken apart."""
    phrases = find_phrases(words)
    predicates = find_predicates(words, phrases)
    segments = find_segments(words, phrases, predicates)
    return Analysis(words, scene, phrases, find_mentions(words, phrases, scene), predicates, segments, heading)
