"""Drafting: a phrase with its frame, roles and mood becomes a clause that quotes its words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.reader.clauses import Clause, Frame, Passage, Patient, Polarity, Reporter, Slot
from homeward.reader.languages.slavic.moods import Standing
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.reporters import nearest_reporter
from homeward.reader.languages.slavic.roles import Roles, holder_of
from homeward.reader.languages.slavic.segments import Opening, Segment
from homeward.reader.languages.slavic.sentence import Analysis
from homeward.reader.scene import Scene

__all__ = ["PROVIDER", "WAY", "Draft", "other_side"]

PROVIDER = "grammar"
WAY: frozenset[Slot] = frozenset({Slot.WAY})
_LONGEST_QUOTE = 60
# "Заручники, яких захопили 7 жовтня": the day of another event.
_APART = frozenset({Opening.RELATIVE, Opening.PARTICIPLE, Opening.BRACKET, Opening.IF})


@dataclass(slots=True)
class Draft:
    """One sentence while it is read: what it is made of, who speaks in it, and the clauses told so far."""

    sentence: Analysis
    passage: Passage
    scene: Scene
    language: str
    reporters: Sequence[Reporter]
    told: list[Clause] = field(default_factory=list)

    def clause(
        self, segment: Segment, phrase: NounPhrase, frame: Frame, *, roles: Roles, standing: Standing, at: int
    ) -> Clause:
        """Returns the clause of `phrase`, told by the word `at` of `segment`."""
        sentence = self.sentence
        first, last = self._extent(segment, phrase, at)
        none = phrase.amount is not None and phrase.amount.number == 0
        return Clause(
            provider=PROVIDER,
            frame=frame,
            patient=self._patient(phrase, roles),
            first=first,
            last=last,
            agent=roles.agent,
            recipient=roles.recipient,
            source=roles.source,
            mood=standing[0],
            polarity=Polarity.DENIED if none else standing[1],
            negated=none,
            reporter=nearest_reporter(sentence, self.reporters, segment, first),
            voice=sentence.voice,
            homeward=roles.homeward,
            elsewhere=roles.elsewhere,
            reciprocal=sentence.any_in(segment, "reciprocal"),
            demanded_by=roles.demanded_by,
            cumulative=sentence.once("cumulative", None, lambda: _is_cumulative(sentence)),
            back=sentence.once("back", segment, lambda: _looks_back(sentence, segment)),
            dated=self._dated(segment),
            guessed=WAY if roles.guessed else frozenset(),
        )

    def _patient(self, phrase: NounPhrase, roles: Roles) -> Patient:
        figures = enumerate(self.passage.figures)
        captives = phrase.captives if self.scene.side(phrase.captives) else None
        none = phrase.amount is not None and phrase.amount.number == 0
        return Patient(
            first=phrase.first,
            last=phrase.last,
            figure=next((place for place, figure in figures if figure.first == phrase.figure_at), None),
            amount=None if none else phrase.amount,
            what=phrase.what,
            nation=phrase.nation or self._owner(phrase, roles),
            holder=holder_of(self.sentence, phrase),
            captives_of=captives,
            category=phrase.category,
            kind=phrase.kind,
            freed=phrase.moved_by is not None,
            singular=phrase.amount is None and not phrase.plural,
        )

    def _owner(self, phrase: NounPhrase, roles: Roles) -> str | None:
        """Returns whose people "наші" and "свої" are."""
        if phrase.owner == "our":
            return self.sentence.voice
        return roles.agent or roles.recipient if phrase.owner == "own" else None

    def _dated(self, segment: Segment) -> frozenset[int]:
        """Returns the dates that may be the clause's: its own, and those of no clause that tells of something else."""
        others = [one for one in self.sentence.segments if one is not segment and one.opening in _APART]
        elsewhere = {place for one in others for place in one.places}
        return frozenset(place for place in range(len(self.sentence.words)) if place not in elsewhere)

    def _extent(self, segment: Segment, phrase: NounPhrase, at: int) -> tuple[int, int]:
        """Returns the words to quote: from the first to the last that say who, what and whom."""
        words = self.sentence.words
        inside = [at, phrase.first, phrase.last - 1, *(m.at for m in self.sentence.mentions_in(segment))]
        inside += [place - 1 for place in inside if place and words[place - 1].is_("preposition")]
        inside += [place for place in segment.places if words[place].is_("home")]
        first, last = min(inside), max(inside) + 1
        return (first, last) if last - first <= _LONGEST_QUOTE else (phrase.first, phrase.last)


def other_side(scene: Scene, code: str | None) -> str | None:
    """Returns where what `code` gives goes to; None for nobody's side."""
    return scene.home_of(code) if code is not None and scene.side(code) else None


def _is_cumulative(sentence: Analysis) -> bool:
    if any(word.date is not None and word.date.since for word in sentence.words):
        return True
    return any(word.is_("cumulative") for word in sentence.words)


def _looks_back(sentence: Analysis, segment: Segment) -> bool:
    """Returns whether the text looks back: "попередній обмін", "минулого разу"."""
    for place in segment.places:
        word, after = sentence.words[place], sentence.words[place + 1 : place + 4]
        if word.is_("back") and ("раз" in word.lower or any(following.is_("event") for following in after)):
            return True
    return False
