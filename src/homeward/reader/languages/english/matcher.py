"""A second reader of English that knows no grammar: words that stand near a figure, and what they tell together.

It shares nothing with the grammar but the terms and the lexicon, so that both are seldom wrong in the same place. For
each figure: the noun beside it, the nearest word of an exchange, the parties after "to", "from" and "by" or in front of
the verb, whose people they are, and the nearest word that takes away certainty. Where two things fit as well, it is
silent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from homeward.reader.claims import Modifier
from homeward.reader.clauses import Clause, Frame, Passage, Patient, Polarity, Sharing, Told
from homeward.reader.figures import Figure
from homeward.reader.groups import EXPLICIT, GroupKind
from homeward.reader.languages.english.cues import Cue, find_cues, follows_state, mood_near, none_of_them, other_state
from homeward.reader.languages.english.nearby import ways_near
from homeward.reader.languages.english.phrases import find_phrase, is_given_something
from homeward.reader.languages.english.voices import Voices
from homeward.reader.lexicon import Lexicon
from homeward.reader.scene import Scene
from homeward.reader.terms import Term

__all__ = ["Matcher"]

_FARTHEST = 22
# The longest noun phrase after a figure that a parenthesis may follow.
_PHRASE = 5
_PER_MARK, _PER_FIGURE, _AFTER = 6, 7, 2


@dataclass(frozen=True, slots=True)
class _Match:
    cue: Cue
    cost: int


class Matcher:
    """The shallow matcher: one instance reads one document."""

    name = "matcher"

    def __init__(self, scene: Scene, lexicon: Lexicon) -> None:
        self.scene = scene
        self.lexicon = lexicon
        self.voices = Voices(scene)

    def read(self, passage: Passage) -> Told:
        """Returns a clause for each figure of people or bodies that words of an exchange stand near."""
        terms = passage.terms
        voice = self.voices.of(terms)
        cues = find_cues(terms, self.lexicon)
        clauses: list[Clause] = []
        for place, figure in enumerate(passage.figures):
            if figure.role is None and figure.amount is not None:
                clauses += self._of_figure(passage, place, cues, voice)
        return Told([*clauses, *self._absences(terms, cues)])

    def _absences(self, terms: Sequence[Term], cues: Sequence[Cue]) -> Iterator[Clause]:
        """Yields "no exchange of prisoners since October": a noun of exchange denied, and a date since when."""
        if not any(term.date is not None and term.date.since for term in terms):
            return
        for cue in cues:
            denied = any(term.is_("negation") for term in terms[max(0, cue.first - 5) : cue.first])
            place = _what_is_exchanged(terms, cue)
            if not (cue.nominal and cue.frame is Frame.SWAP and denied) or place is None:
                continue
            noun = terms[place].get("noun")
            kind = GroupKind(noun.name) if noun else None
            patient = Patient(first=place, last=place + 1, what=EXPLICIT.get(kind) if kind else None, kind=kind)
            yield Clause(
                provider=self.name,
                frame=Frame.SWAP,
                patient=patient,
                first=min(place, cue.first),
                last=max(place + 1, cue.last),
                polarity=Polarity.DENIED,
                sharing=Sharing.SUMMED,
                nominal=True,
                negated=True,
            )

    def _of_figure(self, passage: Passage, place: int, cues: Sequence[Cue], voice: str | None) -> Iterator[Clause]:
        terms, figure = passage.terms, passage.figures[place]
        phrase = find_phrase(terms, figure, voice)
        if phrase is None or (figure.first and terms[figure.first - 1].is_("including")):
            return
        if any(term.is_("list") for term in terms[max(0, figure.first - 3) : figure.first]):
            return
        if none_of_them(terms, figure.first):
            return
        patient = phrase.patient(place, figure)
        pair = _pair(passage, place)
        match = _nearest(terms, passage.figures, figure, _beyond_a_plan(terms, patient.last, cues))
        if match is None or follows_state(terms, patient.last):
            if state := other_state(terms, patient.first, patient.last):
                yield Clause(provider=self.name, frame=state, patient=patient, first=patient.first, last=patient.last)
            return
        cue = match.cue
        if cue.at < figure.first and cue.takes_two and is_given_something(terms, patient.last):
            return
        mood, polarity = mood_near(terms, cue, figure.first)
        if mood is None:
            return
        model = Clause(
            provider=self.name,
            frame=cue.frame_for(terms, figure.first),
            patient=patient,
            first=min(cue.first, patient.first),
            last=max(cue.last, patient.last),
            mood=mood,
            polarity=polarity,
            voice=voice,
            nominal=cue.nominal,
            weak=cue.weak,
            elsewhere=phrase.foreign,
        )
        if pair:
            yield from self._halves(model, pair)
            return
        clause = ways_near(terms, cue, model, scene=self.scene, voice=voice)
        if any(term.is_("preposition", "exchange_for") for term in terms[cue.last : figure.first]):
            # Who frees one does not free what it gets for them: only whose people they are is left to tell.
            clause = replace(clause, agent=None, recipient=None, source=None, sharing=Sharing.ONE_WAY, reciprocal=True)
        yield clause

    def _halves(self, model: Clause, pair: int) -> Iterator[Clause]:
        """Yields the half of "40 for 40": equal figures read the same whichever side is named first."""
        if self.scene.conflict is None or pair == 0:
            return
        one, other = self.scene.conflict.sides
        giver, taker = (one.holder, other.party) if pair == 1 else (other.holder, one.party)
        yield Clause(
            provider=self.name,
            frame=Frame.SWAP,
            patient=model.patient,
            first=model.first,
            last=model.last,
            agent=giver,
            recipient=taker,
            mood=model.mood,
            polarity=model.polarity,
            sharing=Sharing.PAIRED,
            half=pair,
        )


def _beyond_a_plan(terms: Sequence[Term], last: int, cues: Sequence[Cue]) -> Sequence[Cue]:
    """Returns the cues without that of "scheduled to be released" after the noun, where another verb follows."""
    following = terms[last] if last < len(terms) else None
    if following is None or not following.is_("control", "planned", "agreed", "awaited"):
        return cues
    later = [cue for cue in cues if cue.first > last]
    return [cue for cue in cues if cue is not later[0]] if len(later) > 1 else cues


def _what_is_exchanged(terms: Sequence[Term], cue: Cue) -> int | None:
    """Returns the noun of "exchange of prisoners" or "prisoner swap"."""
    if cue.last + 1 < len(terms) and terms[cue.last].is_("preposition", "of") and terms[cue.last + 1].is_("noun"):
        return cue.last + 1
    return cue.first - 1 if cue.first and terms[cue.first - 1].is_("noun") else None


def _nearest(terms: Sequence[Term], figures: Sequence[Figure], figure: Figure, cues: Sequence[Cue]) -> _Match | None:
    """Returns the word of an exchange that the figure belongs to; None where none is near, or two are as near."""
    costs = sorted(
        (_Match(cue, cost) for cue in cues if (cost := _cost(terms, figures, figure, cue)) <= _FARTHEST),
        key=lambda match: match.cost,
    )
    if not costs or (
        len(costs) > 1 and costs[1].cost == costs[0].cost and costs[1].cue.frame is not costs[0].cue.frame
    ):
        return None
    return costs[0]


def _cost(terms: Sequence[Term], figures: Sequence[Figure], figure: Figure, cue: Cue) -> int:
    """Returns how far the cue is from the figure: terms between, marks and other figures weigh more."""
    first, last = (cue.last, figure.first) if cue.at < figure.first else (figure.last, cue.first)
    between = _without_parenthesis(terms[first:last]) if cue.at > figure.first else terms[first:last]
    if any(term.is_("marks", "semicolon", "stop") for term in between):
        return _FARTHEST + 1
    marks = sum(term.is_("marks", "comma", "colon", "dash", "open", "close") for term in between)
    marks += sum(term.is_("subordinator", "when") for term in between)
    others = sum(first <= other.first < last and other.role is None for other in figures)
    after = _AFTER if cue.at > figure.first else 0
    return len(between) + _PER_MARK * marks + _PER_FIGURE * others + after


def _without_parenthesis(between: Sequence[Term]) -> Sequence[Term]:
    """Returns the terms without "which, according to Moscow, are Ukrainian," between the figure and its verb."""
    commas = [place for place, term in enumerate(between) if term.is_("marks", "comma")]
    if len(commas) < 2 or commas[0] > _PHRASE:
        return between
    opened = between[commas[0] + 1]
    aside = opened.is_("subordinator", "relative") or opened.is_("attribution") or opened.is_("preposition")
    return [*between[: commas[0]], *between[commas[-1] + 1 :]] if aside else between


def _pair(passage: Passage, place: int) -> int | None:
    """Returns 1 or 2 for the halves of "40 for 40", 0 for those of unequal figures, None for a figure alone."""
    for first, second in ((place, place + 1), (place - 1, place)):
        if first < 0 or second >= len(passage.figures):
            continue
        one, two = passage.figures[first], passage.figures[second]
        between = passage.terms[one.last : two.first]
        joined = 0 < len(between) <= 3 and any(term.is_("preposition", "for", "exchange_for") for term in between)
        if joined and one.amount and two.amount and one.amount.number is not None:
            exact = one.amount == two.amount and one.amount.modifier is Modifier.EXACT
            return (1 if first == place else 2) if exact else 0
    return None
