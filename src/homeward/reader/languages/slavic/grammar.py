"""The grammar of Ukrainian and Russian: what each clause of a sentence tells of its figures, by case and form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from homeward.reader.clauses import Clause, Frame, Mood, Passage, Patient, Reporter, Sharing, Slot, Told
from homeward.reader.groups import GroupKind
from homeward.reader.languages.slavic.ellipsis import Elided, elided_clauses
from homeward.reader.languages.slavic.lexicon import usual_publisher
from homeward.reader.languages.slavic.moods import Standing, mood_of
from homeward.reader.languages.slavic.nominals import Nominal, Pair, find_nominals, find_pairs, nominal_mood
from homeward.reader.languages.slavic.objects import objects_of
from homeward.reader.languages.slavic.phrases import NounPhrase
from homeward.reader.languages.slavic.predicates import Form, Predicate
from homeward.reader.languages.slavic.reporters import Speakers, nearest_reporter
from homeward.reader.languages.slavic.roles import Roles, roles_in
from homeward.reader.languages.slavic.segments import Segment
from homeward.reader.languages.slavic.sentence import Analysis, analyse
from homeward.reader.languages.slavic.words import Word
from homeward.reader.lexicon import Lexicon
from homeward.reader.scene import Scene
from homeward.reader.terms import Term

__all__ = ["SlavicGrammar"]

_FRAMES = {
    "give": Frame.GIVE, "free": Frame.FREE, "receive": Frame.RECEIVE, "bring": Frame.BRING, "come": Frame.COME,
    "swap": Frame.SWAP,
}  # fmt: skip
_HELD = {"held": Frame.HOLD, "identified": Frame.IDENTIFY, "missing": Frame.MISS, "casualty": Frame.KILL}
_TELLING = frozenset({GroupKind.REMAINS, GroupKind.PRISONERS, GroupKind.CHILDREN, GroupKind.CIVILIANS})
_NONE: frozenset[Slot] = frozenset()
_WAY: frozenset[Slot] = frozenset({Slot.WAY})


@dataclass(slots=True)
class _Reading:
    """One sentence while it is read."""

    sentence: Analysis
    passage: Passage
    reporters: Sequence[Reporter]

    def figure(self, phrase: NounPhrase) -> int | None:
        """Returns the place of the phrase's number among the figures of the passage."""
        figures = enumerate(self.passage.figures)
        return next((place for place, figure in figures if figure.first == phrase.figure_at), None)


class SlavicGrammar:
    """Reads the sentences of one document; remembers who spoke and who acted last."""

    name = "grammar"

    def __init__(self, scene: Scene, lexicon: Lexicon) -> None:
        self._scene = scene
        self._language = lexicon.language
        self._speakers = Speakers()
        self._voice = scene.publisher or usual_publisher(lexicon.language)
        self._last_subject: str | None = None

    def read(self, passage: Passage) -> Told:
        """Returns the clauses of the passage and who speaks in it."""
        words = [term if isinstance(term, Word) else _as_word(term) for term in passage.terms]
        sentence = analyse(words, self._scene, heading=passage.heading or _is_heading(passage))
        reporters = self._speakers.find(sentence)
        spoken = next((r.party for r in reporters if r.party and self._scene.side(r.party)), None)
        self._voice = sentence.voice = spoken or self._voice
        sentence.last_subject = self._last_subject
        reading = _Reading(sentence, passage, reporters)
        clauses = [*self._clauses(reading)]
        for clause in clauses:
            if clause.agent is not None and self._scene.side(clause.agent):
                self._last_subject = clause.agent
        return Told(tuple(clauses), tuple(reporters))

    def _clauses(self, reading: _Reading) -> Iterator[Clause]:
        sentence = reading.sentence
        told: list[Clause] = []
        # Pairs first: a verb of their sentence tells how they are meant, never that the first alone moves.
        for pair in find_pairs(sentence):
            told += self._of_pair(reading, pair)
            sentence.taken |= {pair.first.first, pair.second.first}
        for segment in sentence.segments:
            for predicate in segment.predicates:
                if predicate.category == "verb":
                    told += self._of_verb(reading, segment, predicate)
        for nominal in find_nominals(sentence):
            told += self._of_noun(reading, nominal)
        for segment in sentence.segments:
            for predicate in segment.predicates:
                if predicate.category == "held" and predicate.name in _HELD:
                    told += self._of_held(reading, segment, predicate)
        for elided in elided_clauses(sentence, told):
            told += self._of_elided(reading, elided)
        for clause in told:
            yield from self._each_way(clause)

    def _of_verb(self, reading: _Reading, segment: Segment, predicate: Predicate) -> list[Clause]:
        sentence = reading.sentence
        phrases = [phrase for phrase in objects_of(sentence, segment, predicate) if sentence.free(phrase)]
        roles = roles_in(sentence, segment, predicate, gives=predicate.name not in ("receive", "come"))
        standing = mood_of(sentence, segment, predicate)
        clauses = []
        whole: int | None = None
        for phrase in phrases:
            if phrase.amount is None and not _tells_without_number(phrase, predicate):
                continue
            frame, own, guessed = self._frame(predicate.name, roles, phrase)
            part = _is_part(sentence, phrase)
            clause = self._clause(reading, segment, phrase, frame, own, standing, at=predicate.at)
            clause = replace(
                clause,
                guessed=clause.guessed | guessed,
                sharing=self._sharing(sentence, segment, phrase, frame, own),
                part_of=whole if part else None,
            )
            if not part:
                whole = clause.patient.figure
            clauses.append(clause)
            sentence.taken.add(phrase.first)
        return clauses

    def _frame(self, name: str, roles: Roles, phrase: NounPhrase) -> tuple[Frame, Roles, frozenset[Slot]]:
        """Returns the frame that the verb has here.

        "Повернути" gives where a receiver is named ("повернула Росії"), and gets back where none is ("повернула 205
        захисників", "повернула своїх"); only whose people they are, or who publishes, can tell the two apart.
        """
        guessed = _WAY if roles.guessed else _NONE
        if name != "return":
            return _FRAMES[name], roles, guessed
        agent = roles.agent
        if roles.recipient is not None and roles.recipient != agent:
            return Frame.GIVE, roles, guessed
        if agent is None or self._scene.side(agent) is None:
            # Nobody's side, or nobody named: they are brought to wherever they belong.
            return Frame.BRING, replace_agent(roles), guessed
        if phrase.owner in ("own", "our") or phrase.nation == agent or roles.homeward or roles.source:
            return Frame.RECEIVE, roles, guessed
        if phrase.nation is not None or phrase.owner == "other":
            return Frame.GIVE, roles, guessed
        publisher = self._scene.publisher or usual_publisher(self._language)
        if publisher is None or self._scene.side(publisher) is None:
            return Frame.BRING, replace_agent(roles), _WAY
        return (Frame.RECEIVE if agent == publisher else Frame.GIVE), roles, _WAY

    def _sharing(self, sentence: Analysis, segment: Segment, phrase: NounPhrase, frame: Frame, roles: Roles) -> Sharing:
        both = roles.both or frame is Frame.SWAP
        if not both:
            return Sharing.ONE_WAY
        near = sentence.words[max(0, phrase.first - 2) : phrase.last + 5]
        if any(word.is_("each") for word in near):
            return Sharing.EACH
        return Sharing.SUMMED

    def _each_way(self, clause: Clause) -> Iterator[Clause]:
        """Yields both halves of "по 103 з кожної сторони" where the sides are known; else the clause itself."""
        if clause.sharing is not Sharing.EACH or self._scene.conflict is None:
            yield clause
            return
        one, other = self._scene.conflict.sides
        half = replace(clause, frame=Frame.SWAP, sharing=Sharing.PAIRED, source=None)
        yield replace(half, agent=other.holder, recipient=one.party, half=1)
        yield replace(half, agent=one.holder, recipient=other.party, half=2)

    def _of_noun(self, reading: _Reading, nominal: Nominal) -> list[Clause]:
        sentence, segment, phrase = reading.sentence, nominal.segment, nominal.phrase
        if phrase.amount is None and not (phrase.plural and phrase.kind in _TELLING):
            return []
        roles = roles_in(sentence, segment, None, gives=True)
        roles.agent = next(
            (m.code for m in sentence.mentions_in(segment) if m.cases == {"ablt"} and not m.preposition), None
        )
        standing, told = nominal_mood(sentence, segment, nominal.at)
        if phrase.amount is None and standing[0] is Mood.FACT:
            return []
        frame, own, guessed = self._frame(nominal.name, roles, phrase)
        clause = self._clause(reading, segment, phrase, frame, own, standing, at=nominal.at)
        demanded = self._asker(sentence, segment) if standing[0] is Mood.DEMANDED else None
        sentence.taken.add(phrase.first)
        sharing = self._sharing(sentence, segment, phrase, frame, own)
        guessed |= clause.guessed | (_NONE if told else frozenset({Slot.STATUS}))
        return [replace(clause, nominal=True, demanded_by=demanded, guessed=guessed, sharing=sharing)]

    def _asker(self, sentence: Analysis, segment: Segment) -> str | None:
        return next(
            (m.code for m in sentence.mentions_in(segment) if "nomn" in m.cases and m.preposition is None), None
        )

    def _of_pair(self, reading: _Reading, pair: Pair) -> list[Clause]:
        sentence, segment = reading.sentence, pair.segment
        standing, told, agent, at = self._of_swap(sentence, segment, pair)
        first, second = pair.first, pair.second
        for one, other in ((first, second), (second, first)):
            one.kind, one.dead = one.kind or other.kind, one.dead or other.dead
        if first.kind is None:
            _named_before(sentence, pair)
        ways = self._ways(pair, agent)
        clauses = []
        for half, (phrase, way) in enumerate(zip((first, second), ways, strict=True), 1):
            roles = Roles(agent=way[0], recipient=way[1])
            clause = self._clause(reading, segment, phrase, Frame.SWAP, roles, standing, at=at)
            guessed = clause.guessed if told else clause.guessed | {Slot.STATUS}
            ends = replace(clause, first=min(at, first.first), last=max(second.last, clause.last))
            clauses.append(replace(ends, sharing=Sharing.PAIRED, half=half, nominal=True, guessed=guessed))
        return clauses

    def _of_swap(self, sentence: Analysis, segment: Segment, pair: Pair) -> tuple[Standing, bool, str | None, int]:
        """Returns how the exchange of a pair is put, whether a word says so, and the one side that exchanges."""
        verb = next((p for p in segment.predicates if p.category == "verb"), None)
        if verb is not None:
            roles = roles_in(sentence, segment, verb, gives=False)
            return mood_of(sentence, segment, verb), True, roles.agent if verb.name == "swap" else None, verb.at
        before = [p for p in segment.places if sentence.words[p].is_("event", "swap") and p < pair.first.first]
        at = before[-1] if before else pair.first.first
        standing, told = nominal_mood(sentence, segment, at)
        return standing, told, None, at

    def _ways(self, pair: Pair, agent: str | None) -> list[tuple[str | None, str | None]]:
        """Returns giver and receiver of both halves: by whose people they are, by who exchanges, else by equality."""
        scene = self._scene
        home = next(
            (n for n, turned in ((pair.first.nation, 0), (_other(scene, pair.second.nation), 1)) if scene.side(n)), None
        )
        if home is None and scene.side(agent) is not None and agent is not None:
            home = scene.home_of(agent)
        if home is None and pair.first.amount == pair.second.amount and scene.conflict is not None:
            home = scene.conflict.sides[0].party
        if home is None:
            return [(None, None), (None, None)]
        giver = scene.holder_against(home)
        return [(giver, home), (scene.side(home).holder if scene.side(home) else home, scene.home_of(home))]  # type: ignore[union-attr]

    def _of_held(self, reading: _Reading, segment: Segment, predicate: Predicate) -> list[Clause]:
        """Returns figures of people who are held, identified, sought or killed: they do not move."""
        sentence = reading.sentence
        clauses = []
        for phrase in sentence.phrases_in(segment):
            if phrase.amount is None or not sentence.free(phrase):
                continue
            standing = mood_of(sentence, segment, predicate)
            roles = roles_in(sentence, segment, predicate, gives=False)
            clause = self._clause(reading, segment, phrase, _HELD[predicate.name], roles, standing, at=predicate.at)
            clauses.append(clause)
        return clauses

    def _of_elided(self, reading: _Reading, elided: Elided) -> list[Clause]:
        roles = Roles(agent=elided.agent, recipient=elided.recipient)
        standing = (elided.mood, elided.polarity)
        clause = self._clause(
            reading, elided.segment, elided.phrase, elided.frame, roles, standing, at=elided.phrase.first
        )
        reading.sentence.taken.add(elided.phrase.first)
        guessed = clause.guessed | elided.guessed
        sharing = Sharing.EACH if elided.frame is Frame.SWAP else Sharing.ONE_WAY
        return [replace(clause, nominal=elided.nominal, guessed=guessed, reciprocal=elided.reciprocal, sharing=sharing)]

    def _clause(
        self,
        reading: _Reading,
        segment: Segment,
        phrase: NounPhrase,
        frame: Frame,
        roles: Roles,
        standing: Standing,
        *,
        at: int,
    ) -> Clause:
        sentence = reading.sentence
        mood, polarity = standing
        nation = phrase.nation or self._owner(sentence, phrase, roles)
        patient = Patient(
            first=phrase.first,
            last=phrase.last,
            figure=reading.figure(phrase),
            amount=phrase.amount,
            what=phrase.what,
            nation=nation,
            category=phrase.category,
            kind=phrase.kind,
            freed=phrase.moved_by is not None,
            singular=phrase.amount is None and not phrase.plural,
        )
        first, last = _extent(sentence, segment, phrase, at)
        return Clause(
            provider=self.name,
            frame=frame,
            patient=patient,
            first=first,
            last=last,
            agent=roles.agent,
            recipient=roles.recipient,
            source=roles.source,
            mood=mood,
            polarity=polarity,
            reporter=nearest_reporter(sentence, reading.reporters, segment, first),
            voice=sentence.voice,
            homeward=roles.homeward,
            reciprocal=sentence.any_in(segment, "reciprocal"),
            cumulative=_is_cumulative(sentence),
            back=_looks_back(sentence, segment),
            guessed=_WAY if roles.guessed else _NONE,
        )

    def _owner(self, sentence: Analysis, phrase: NounPhrase, roles: Roles) -> str | None:
        if phrase.owner == "our":
            return sentence.voice
        if phrase.owner == "own":
            return roles.agent or roles.recipient
        return None


def _is_heading(passage: Passage) -> bool:
    return passage.sentence.text.rstrip()[-1:].isalnum()


def replace_agent(roles: Roles) -> Roles:
    """Returns the roles without an agent: who acts neither gives nor receives."""
    return replace(roles, agent=None)


def _named_before(sentence: Analysis, pair: Pair) -> None:
    """Gives the figures of "обмін тілами 1000 на 1000" the noun that stands before them."""
    named = [p for p in sentence.phrases if p.last <= pair.first.first and p.kind is not None and p.amount is None]
    for phrase in named[-1:]:
        for half in (pair.first, pair.second):
            half.kind, half.dead = phrase.kind, phrase.dead


def _other(scene: Scene, nation: str | None) -> str | None:
    return scene.home_of(nation) if nation is not None and scene.side(nation) else None


def _as_word(term: Term) -> Word:
    return Word(term.start, term.end, term.text, term.lower, term.entries, term.amount, term.date, term.capital)


def _tells_without_number(phrase: NounPhrase, predicate: Predicate) -> bool:
    """Returns whether "передала тіла полеглих" tells a handover though no figure is named."""
    told = predicate.name != "swap" and predicate.form is not Form.ATTRIBUTE
    return phrase.plural and phrase.kind in _TELLING and told


def _is_part(sentence: Analysis, phrase: NounPhrase) -> bool:
    """Returns whether "з них", "серед них", "зокрема" stands before or after the phrase."""
    near = sentence.words[max(0, phrase.first - 4) : phrase.first] + list(sentence.words[phrase.last : phrase.last + 2])
    return any(word.is_("pronoun", "of_them") for word in near)


def _extent(sentence: Analysis, segment: Segment, phrase: NounPhrase, at: int) -> tuple[int, int]:
    """Returns the words to quote: from the first to the last that say who, what and whom."""
    inside = [at, phrase.first, phrase.last - 1]
    inside += [mention.at for mention in sentence.mentions_in(segment)]
    inside += [place for place in segment.places if sentence.words[place].is_("home")]
    first, last = min(inside), max(inside) + 1
    return (first, last) if last - first <= 60 else (phrase.first, phrase.last)


def _is_cumulative(sentence: Analysis) -> bool:
    if any(word.date is not None and word.date.since for word in sentence.words):
        return True
    return any(word.is_("cumulative") for word in sentence.words)


def _looks_back(sentence: Analysis, segment: Segment) -> bool:
    """Returns whether the text looks back: "попередній обмін", "минулого разу"."""
    for place in segment.places:
        if not sentence.words[place].is_("back"):
            continue
        if "раз" in sentence.words[place].lower or any(
            word.is_("event") for word in sentence.words[place + 1 : place + 4]
        ):
            return True
    return False
