"""Who says so, in Ukrainian and Russian: "повідомили в Координаційному штабі", "за словами Лубінця", "Юсов: «...»".

A speaker is a person, an office, a body or a party; a town in the locative ("повідомляють у Києві") is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.reader.clauses import Reporter
from homeward.reader.languages.slavic.predicates import Form, Predicate
from homeward.reader.languages.slavic.segments import Segment
from homeward.reader.languages.slavic.sentence import Analysis
from homeward.reader.languages.slavic.words import Word
from homeward.reader.scene import party_forms

__all__ = ["Speakers", "nearest_reporter"]

_OFFICES = frozenset({"official", "body"})
_REACH = 12


@dataclass(slots=True)
class Speakers:
    """Who has spoken so far in the document; "він" and "вона" mean the last one."""

    last: tuple[str | None, str | None] | None = None
    parties: dict[str, str | None] = field(default_factory=dict)

    def find(self, sentence: Analysis) -> list[Reporter]:
        """Returns who speaks in the sentence, each at the place of the word that says so."""
        channel = next((entry.name for word in sentence.words if (entry := word.get("channel"))), None)
        found: list[Reporter] = []
        for segment in sentence.segments:
            for predicate in segment.predicates:
                if predicate.category == "speech" and predicate.form is not Form.INFINITIVE:
                    found += self._of_verb(sentence, segment, predicate, channel)
        for place, word in enumerate(sentence.words):
            if word.is_("preposition", "according"):
                found += self._reporter(place, self._named(sentence, range(place + 1, place + _REACH)), channel)
        if not found:
            found += self._before_colon(sentence, channel)
        return sorted(found, key=lambda reporter: reporter.at)

    def _of_verb(
        self, sentence: Analysis, segment: Segment, predicate: Predicate, channel: str | None
    ) -> list[Reporter]:
        at = predicate.at
        # Back to the comma that opens the clause, on to the one that closes it.
        places = [place for place in segment.places if at - _REACH <= place <= at + _REACH and place != at]
        after = [place for place in places if place > at]
        before = [place for place in places if place < at]
        for side in (before, after):
            named = self._named(sentence, side, verb=predicate)
            if named is not None:
                return self._reporter(at, named, channel)
        words = [sentence.words[place] for place in places]
        if any(word.is_("title") and "nomn" in word.cases for word in words):
            return []  # "Глава відомства уточнив": an office whose side nobody names here, and not who spoke last
        subject = any(word.is_only("noun") and "nomn" in word.cases for word in words)
        if any(word.is_("pronoun", "he", "they") for word in words) or (predicate.gender is not None and not subject):
            return self._reporter(at, self.last, channel)
        return []

    def _reporter(self, at: int, named: tuple[str | None, str | None] | None, channel: str | None) -> list[Reporter]:
        if named is None:
            return []
        self.last = named
        return [Reporter(at, named[0], named[1], channel)]

    def _named(
        self, sentence: Analysis, places: Sequence[int], verb: Predicate | None = None
    ) -> tuple[str | None, str | None] | None:
        """Returns the speaker among the words: the office or body that is named, else a person, else a party."""
        words = [(place, sentence.words[place]) for place in places if 0 <= place < len(sentence.words)]
        party = None
        for place, word in words:
            if verb is None and word.is_("marks", "comma", "stop", "dash"):
                break
            for entry in word.entries:
                if entry.category == "party" and entry.forms & _OFFICES and _may_speak(sentence, place, word, verb):
                    return entry.lemma, entry.name
            if (
                party is None
                and party_forms(word) & {"name", "capital"}
                and _speaks_itself(sentence, place, word, verb)
            ):
                entry = next(entry for entry in word.entries if entry.category == "party")
                party = (word.text if verb is None else entry.lemma, entry.name)
        return self._person(sentence, [place for place, _ in words]) or party

    def _person(self, sentence: Analysis, places: Sequence[int]) -> tuple[str, str | None] | None:
        """Returns two capitalised words that the lexicon does not know, or one that was named in full before."""
        run: list[str] = []
        for place in places:
            word = sentence.words[place]
            unknown = word.capital and not word.entries and (place > 0 or len(places) > 1) and word.text.isalpha()
            if unknown and word.text[1:].islower():
                run.append(word.text)
                if len(run) == 2:
                    break
            elif run:
                break
        titled = any(sentence.words[place].is_("title") for place in places)
        if len(run) < 2 and not (run and (titled or run[0][:5] in self.parties)):
            return None
        adjectives = (sentence.words[place] for place in places)
        party = next((e.name for w in adjectives for e in w.entries if e.category == "party"), None)
        party = party or self.parties.get(run[-1][:5])
        self.parties[run[-1][:5]] = party
        return " ".join(run), party

    def _before_colon(self, sentence: Analysis, channel: str | None) -> list[Reporter]:
        """Returns the speaker of 'Лубінець: «...»'."""
        for place, word in enumerate(sentence.words[:10]):
            if word.is_("marks", "colon"):
                offices = [
                    entry
                    for w in sentence.words[:place]
                    for entry in w.entries
                    if entry.category == "party" and entry.forms & _OFFICES
                ]
                return self._reporter(place, (offices[0].lemma, offices[0].name), channel) if offices else []
        return []


def _may_speak(sentence: Analysis, place: int, word: Word, verb: Predicate | None) -> bool:
    """Returns whether the office is the subject, the place where it was said, or what "за словами" governs."""
    if verb is None:
        return not word.cases or bool(word.cases & {"gent", "ablt", "accs"}) or word.cases == set()
    before = sentence.words[place - 1] if place else None
    if before is not None and before.is_("preposition"):
        return before.lower in ("в", "у", "во", "на")
    return not word.cases or "nomn" in word.cases or bool(before and before.is_("title"))


def _speaks_itself(sentence: Analysis, place: int, word: Word, verb: Predicate | None) -> bool:
    """Returns whether a party is the subject of the verb: "заявила Москва", never "у Москві"."""
    before = sentence.words[place - 1] if place else None
    if verb is None:
        return "gent" in word.cases and "capital" not in party_forms(word)
    return "nomn" in word.cases and not (before is not None and before.is_("preposition"))


def nearest_reporter(
    sentence: Analysis, reporters: Sequence[Reporter], segment: Segment, first: int
) -> Reporter | None:
    """Returns who says what stands in `segment`: whose words stand there, or in what it hangs on, else the last one.

    "За даними російської сторони" inside a relative clause speaks for that clause alone.
    """
    around = [segment, *segment.above()]
    for one in around:
        inside = [reporter for reporter in reporters if one.holds(reporter.at)]
        if inside:
            return inside[0]
    others = [reporter for reporter in reporters if not _in_relative(sentence, reporter)]
    before = [reporter for reporter in others if reporter.at < first]
    return next(iter(before[-1:] or others), None)


def _in_relative(sentence: Analysis, reporter: Reporter) -> bool:
    segment = sentence.segment_of(reporter.at)
    return segment is not None and segment.opening.value in ("relative", "participle")
