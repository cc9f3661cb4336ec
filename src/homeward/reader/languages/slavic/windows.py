"""A second reader of Ukrainian and Russian that knows no clauses: words near a figure, by lemma and case.

It shares nothing with the grammar but the words and their forms, so that both are seldom wrong in the same place: the
noun beside the figure, the nearest word of exchange, the parties around that word by case and preposition, and every
word in the sentence that takes away certainty. Where two things fit as well, it is silent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from homeward.reader.claims import Modifier
from homeward.reader.clauses import Clause, Frame, Passage, Patient, Sharing, Told
from homeward.reader.figures import Figure
from homeward.reader.languages.slavic.counted import PARTY, counted_by
from homeward.reader.languages.slavic.cues import Cue, asks, find_cues, mood_near
from homeward.reader.languages.slavic.lexicon import usual_publishers
from homeward.reader.languages.slavic.words import Word, words_of
from homeward.reader.lexicon import Lexicon
from homeward.reader.scene import Scene, party_forms

__all__ = ["SlavicWindows"]

_FARTHEST, _PER_MARK, _PER_FIGURE = 20, 5, 6
_STATES = {"held": Frame.HOLD, "identified": Frame.IDENTIFY, "missing": Frame.MISS, "casualty": Frame.KILL}
_AROUND = 9
# The longest phrase that a figure counts.
_LONGEST = 8


class SlavicWindows:
    """The shallow matcher: one instance reads one document."""

    name = "windows"

    def __init__(self, scene: Scene, lexicon: Lexicon) -> None:
        self._scene = scene
        self._publishers = (scene.publisher,) if scene.publisher else usual_publishers(lexicon.language)
        self._home = self._publishers[0] if len(self._publishers) == 1 else None
        self._voice = self._home

    def read(self, passage: Passage) -> Told:
        """Returns a clause for each figure of people or bodies that words of an exchange stand near."""
        words = words_of(passage.terms)
        if any(word.is_("speech") for word in words):
            offices = (
                e.name for w in words for e in w.entries if e.category == "party" and e.forms & {"official", "body"}
            )
            self._voice = next((code for code in offices if self._scene.side(code)), self._voice)
        elif self._home is not None and not any(word.is_("pronoun", "we") for word in words):
            self._voice = self._home
        cues = find_cues(words)
        clauses: list[Clause] = []
        for place, figure in enumerate(passage.figures):
            open_figure = figure.role is None and figure.amount is not None
            if open_figure and figure.amount and figure.amount.number:
                clauses += self._of_figure(passage, words, place, figure, cues)
        return Told(tuple(clauses))

    def _of_figure(
        self, passage: Passage, words: Sequence[Word], place: int, figure: Figure, cues: Sequence[Cue]
    ) -> Iterator[Clause]:
        patient = counted_by(words, place, figure)
        if patient is None:
            return
        cue = _nearest(words, passage.figures, patient, cues)
        if cue is None:
            return
        if cue.name in _STATES:
            yield Clause(
                provider=self.name, frame=_STATES[cue.name], patient=patient, first=patient.first, last=patient.last
            )
            return
        mood, polarity = mood_near(words, cue)
        if mood is None:
            return
        clause = Clause(
            provider=self.name,
            frame=cue.frame or Frame.BRING,
            patient=self._resolved(words, patient),
            first=min(cue.at, patient.first),
            last=max(cue.at + 1, patient.last),
            mood=mood,
            polarity=polarity,
            voice=self._voice,
            nominal=cue.noun,
            weak=cue.weak,
        )
        if half := _half(words, passage.figures, place):
            yield from self._halves(clause, (half,))
        elif _each(words, patient):
            yield from self._halves(clause, (1, 2))
        elif half is None and (found := self._with_parties(words, clause, cue, cues)) is not None:
            yield found

    def _resolved(self, words: Sequence[Word], patient: Patient) -> Patient:
        """Returns the patient with "наших" as those of whoever speaks."""
        inside = words[patient.first : patient.last]
        if patient.nation is None and any(word.is_("possessive", "our") for word in inside):
            return replace(patient, nation=self._voice)
        return patient

    def _halves(self, clause: Clause, halves: Sequence[int]) -> Iterator[Clause]:
        """Yields halves of "40 на 40": equal figures read the same whichever side is named first."""
        conflict = self._scene.conflict
        if conflict is None:
            return
        one, other = conflict.sides
        model = replace(clause, frame=Frame.SWAP, sharing=Sharing.PAIRED, patient=replace(clause.patient, nation=None))
        for half in halves:
            giver, taker = (other.holder, one.party) if half == 1 else (one.holder, other.party)
            yield replace(model, agent=giver, recipient=taker, half=half)

    def _with_parties(self, words: Sequence[Word], clause: Clause, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
        agent = recipient = source = None
        if clause.patient.kind is None:
            return self._beside_dash(words, clause)
        low, high = _reach(words, cue, clause.patient, cues)
        both = any(word.is_("both") or word.is_("summed") for word in words[low:high])
        for place in range(low, high):
            word = words[place]
            if not party_forms(word) & PARTY or clause.patient.first <= place < clause.patient.last:
                continue
            code = next(entry.name for entry in word.entries if entry.category == "party")
            role = _role(words, place, cue)
            if role == "agent":
                both = both or (agent is not None and code != agent)
                agent = agent or code
            elif role == "recipient":
                recipient = recipient or code
            elif role == "source":
                source = source or code
        source = source or _captivity(words, low, high)
        homeward = any(word.is_("home") for word in words[low:high])
        if cue.infinitive and clause.frame is Frame.RECEIVE and recipient is not None:
            # "Запропонувала Києву прийняти": whom the dative names receives.
            agent, recipient = recipient, None
        demanded_by = None
        if asks(words, cue):
            agent, demanded_by = None, agent
        foreign = recipient is not None and self._scene.side(recipient) is None
        foreign = foreign and self._scene.gazetteer.kinds.get(recipient or "") == "state"
        found = replace(
            clause,
            elsewhere=foreign,
            demanded_by=demanded_by,
            agent=agent,
            recipient=recipient,
            source=source,
            homeward=homeward,
        )
        if both or clause.frame is Frame.SWAP:
            return replace(found, agent=None, recipient=None, source=None, homeward=False, sharing=Sharing.SUMMED)
        own = any(word.is_("possessive", "own", "our") for word in words[found.patient.first : found.patient.last])
        if found.frame is Frame.FREE and agent is not None and (own or found.patient.nation == agent):
            return replace(found, frame=Frame.RECEIVE)
        return self._returned(found, words) if cue.name == "return" else found

    def _beside_dash(self, words: Sequence[Word], clause: Clause) -> Clause | None:
        """Returns the clause of a figure without a noun, which only a dative beside it explains: "Росії – 38"."""
        first, last = clause.patient.first, clause.patient.last
        for place in (last, last + 1, first - 1, first - 2):
            if not 0 <= place < len(words) or any(word.is_("marks", "comma") for word in words[place + 1 : first]):
                continue
            forms = party_forms(words[place])
            if (
                forms & {"name", "capital", "body"}
                and "datv" in words[place].cases
                and "nomn" not in words[place].cases
            ):
                code = next(entry.name for entry in words[place].entries if entry.category == "party")
                return replace(clause, frame=Frame.GIVE, recipient=code)
        return None

    def _returned(self, clause: Clause, words: Sequence[Word]) -> Clause | None:
        """Returns the clause of "повернути" as giving, where a receiver is named, else as getting back or bringing."""
        agent, patient = clause.agent, clause.patient
        if any(word.is_("opposite") for word in words):
            return None
        if clause.recipient is not None and clause.recipient != agent:
            return replace(clause, frame=Frame.GIVE)
        own = any(word.is_("possessive", "own", "our") for word in words[patient.first : patient.last])
        if agent is None or self._scene.side(agent) is None:
            return replace(clause, frame=Frame.BRING, agent=None)
        if own or clause.source or clause.homeward or patient.nation == agent:
            return replace(clause, frame=Frame.RECEIVE)
        if patient.nation is not None or agent not in self._publishers:
            return replace(clause, frame=Frame.GIVE)
        return replace(clause, frame=Frame.RECEIVE) if len(self._publishers) == 1 else None


def _nearest(words: Sequence[Word], figures: Sequence[Figure], patient: Patient, cues: Sequence[Cue]) -> Cue | None:
    """Returns the word of exchange, holding or killing that the figure belongs to; None where two are as near."""
    # Only those within reach: a hostile sentence is all cues and figures.
    near = (n for n, cue in enumerate(cues) if -_FARTHEST <= cue.at - patient.first <= _FARTHEST + _LONGEST)
    costs = sorted((_cost(words, figures, patient, cues[number]), number) for number in near)
    if not costs or costs[0][0] > _FARTHEST:
        return None
    if len(costs) > 1 and costs[1][0] == costs[0][0] and cues[costs[1][1]].name != cues[costs[0][1]].name:
        return None
    return cues[costs[0][1]]


def _cost(words: Sequence[Word], figures: Sequence[Figure], patient: Patient, cue: Cue) -> int:
    first, last = (cue.at + 1, patient.first) if cue.at < patient.first else (patient.last, cue.at)
    between = words[first:last]
    if any(word.is_("marks", "semicolon", "question") for word in between):
        return _FARTHEST + 1
    marks = sum(word.is_("marks", "comma", "dash", "colon", "open", "close", "quote_close") for word in between)
    others = sum(first <= other.first < last and other.role is None and other.amount is not None for other in figures)
    return len(between) + _PER_MARK * marks + _PER_FIGURE * others + (2 if cue.at > patient.first else 0)


def _reach(words: Sequence[Word], cue: Cue, patient: Patient, cues: Sequence[Cue]) -> tuple[int, int]:
    """Returns the stretch whose parties belong to the cue: around it and the figure, up to another cue."""
    low, high = min(cue.at, patient.first), max(cue.at + 1, patient.last)
    rivals = [other.at for other in cues if other.at != cue.at]
    # "Передала Києву 1000 і повернула 24": what stands before "і" belongs to the verb before it.
    joined = cue.at > 0 and words[cue.at - 1].is_("conjunction", "and") and cue.at <= patient.first
    low = cue.at if joined else low
    while not joined and low > 0 and cue.at - low < _AROUND + 6 and not _stops(words, low - 1, rivals):
        low -= 1
    while high < len(words) and high - cue.at < _AROUND + 6 and not _stops(words, high, rivals):
        high += 1
    return low, high


def _stops(words: Sequence[Word], place: int, rivals: Sequence[int]) -> bool:
    word = words[place]
    marks = word.is_("marks", "comma", "semicolon", "colon", "stop", "open", "close", "dash")
    return marks or place in rivals or word.is_("subordinator") or word.is_("conjunction", "but")


def _role(words: Sequence[Word], place: int, cue: Cue) -> str | None:
    """Returns what a party does around the cue, by its case and the preposition right before it."""
    word = words[place]
    cases = word.cases
    before = words[place - 1] if place else None
    if before is not None and (entry := before.get("preposition")):
        if entry.name == "from" and "gent" in cases:
            return "source"
        if entry.name == "to" and ("accs" in cases or (before.lower == "до" and "gent" in cases)):
            return "recipient"
        return None
    if "place" in party_forms(word) or (before is not None and before.is_("controlled")):
        return None
    governed = before is not None and before.may_be("noun") and not before.is_("verb") and before.amount is None
    if len(cases) >= 5 or not cases:
        # "Баку", "РФ": their form tells no case; right before the verb they are its subject.
        return "agent" if not governed and not cue.passive and 0 < cue.at - place <= 2 else None
    if "nomn" in cases and not governed and not cue.passive:
        return "agent"
    if "datv" in cases and ("gent" not in cases or not governed):
        return "recipient"
    return "agent" if cases == {"ablt"} and cue.passive else None


def _captivity(words: Sequence[Word], low: int, high: int) -> str | None:
    """Returns who keeps them in "з російського полону"."""
    for place in range(low, high - 1):
        adjective = next((e for e in words[place].entries if e.category == "party" and "adjective" in e.forms), None)
        if (
            adjective is not None
            and words[place + 1].is_("place")
            and place
            and words[place - 1].is_("preposition", "from")
        ):
            return adjective.name
    return None


def _each(words: Sequence[Word], patient: Patient) -> bool:
    return any(word.is_("each") and word.lower != "по" for word in words[patient.last : patient.last + 3])


def _half(words: Sequence[Word], figures: Sequence[Figure], place: int) -> int | None:
    """Returns 1 or 2 for the halves of "40 на 40", 0 for unequal ones, of which it is silent; None for one alone."""
    for first, second in ((place, place + 1), (place - 1, place)):
        if first < 0 or second >= len(figures):
            continue
        one, two = figures[first], figures[second]
        between = words[one.last : two.first]
        joined = 0 < len(between) <= 4 and between[-1].lower in ("на", "х", "x")
        if joined and one.amount and two.amount and one.amount.number is not None:
            equal = one.amount == two.amount and one.amount.modifier is Modifier.EXACT
            return (1 if first == place else 2) if equal else 0
    return None
