"""Ways: who gives and who receives; every word that tells it has a vote, and all votes must agree.

Syntax votes (who gives, who receives, "to", "from"), whose people are counted votes, who holds them, and who says
"home". Where no word of the sentence tells it, what was told before may; such a way is a guess and marked as one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from homeward.reader.claims import What
from homeward.reader.clauses import Clause, Frame, Mood, Polarity, Sharing
from homeward.reader.scene import Scene

__all__ = ["Direction", "Way", "Ways"]

Direction = tuple[str | None, str | None]

NOBODY: Direction = (None, None)
_HOMEWARD = frozenset({Frame.COME, Frame.BRING})
_GIVES = frozenset({Frame.GIVE, Frame.FREE, Frame.SWAP})


@dataclass(frozen=True, slots=True)
class Way:
    """A direction, NOBODY where the words sum both or do not say; `n_votes` words of the sentence tell it.

    `contradicted` where two of them tell different ways; `guessed` where only what was told before tells it.
    """

    direction: Direction
    n_votes: int = 0
    guessed: bool = False
    contradicted: bool = False


@dataclass(slots=True)
class Ways:
    """Completes directions, and remembers those told so far: the last one, and the first for each kind."""

    scene: Scene
    last: Direction = NOBODY
    first: dict[What, Direction] = field(default_factory=dict)
    told: set[Direction] = field(default_factory=set)

    def remember(self, what: What | None, direction: Direction) -> None:
        """Keeps a direction that a claim told."""
        if None in direction:
            return
        self.last = direction
        self.told.add(direction)
        if what is not None:
            self.first.setdefault(what, direction)

    def of(self, clause: Clause, what: What) -> Way:
        """Returns the way of the clause."""
        presumed = self.scene.conflict is not None and self.scene.conflict.presumed
        if clause.half and clause.agent and clause.recipient:
            # As many each way: the words themselves tell both.
            return Way((clause.agent, clause.recipient), 2, guessed=presumed)
        votes = list(self._votes(clause))
        if votes:
            agreeing = all(vote == votes[0] for vote in votes)
            brings = self._may_bring_home(clause)
            own = brings and self.scene.side(clause.voice) == self.scene.side(clause.agent)
            return Way(votes[0], len(votes), guessed=presumed or brings, contradicted=own or not agreeing)
        if clause.goes_on:
            direction = self.first.get(what, self.last) if clause.frame is Frame.BRING else self.last
            return Way(direction, guessed=True)
        # "Exchanged 80 prisoners" sums both directions; it must not take that of the sentence before.
        if clause.sharing is not Sharing.ONE_WAY or clause.elsewhere or clause.unresolved:
            return Way(NOBODY)
        if presumed:
            return Way(NOBODY)  # a guess on a guess: who faces whom is presumed too
        before = self._from_before(clause, what)
        return Way(before, guessed=before != NOBODY)

    def _may_bring_home(self, clause: Clause) -> bool:
        """Returns whether who "returned 140 bodies" may have got them: no word says to whom, from whom, or whose."""
        patient = clause.patient
        told = clause.recipient or clause.source or patient.nation or patient.holder
        return clause.frame is Frame.GIVE and clause.homeward and clause.agent is not None and not told

    def _votes(self, clause: Clause) -> Iterator[Direction]:
        """Yields the way that each word tells, those that need no second thought first."""
        scene, patient = self.scene, clause.patient
        gives = clause.frame in _GIVES
        giver = scene.belligerent(clause.agent if gives else None) or scene.belligerent(clause.source)
        receiver = scene.belligerent(clause.agent if clause.frame is Frame.RECEIVE else clause.recipient)
        if clause.frame is Frame.GIVE and clause.homeward and not receiver:
            source = scene.belligerent(clause.source)
            if source and giver and scene.side(source) != scene.side(giver):
                giver, receiver = source, giver  # "managed to return 230 home from Russia"
        nation = patient.nation
        home = nation if scene.side(nation) else None
        foreign = nation is not None and home is None and scene.gazetteer.kinds.get(nation) == "state"
        own = giver is not None and home is not None and scene.side(giver) == scene.side(home)
        if giver and foreign:
            yield giver, nation
            return
        if giver and clause.elsewhere and not (receiver or home):
            return
        if giver and not (own and not receiver and (clause.homeward or clause.frame in _HOMEWARD)):
            yield self._one_known(giver, None)
        if receiver:
            yield self._one_known(None, receiver)
        if home:
            yield self._one_known(None, home)
        if patient.holder and scene.side(patient.holder):
            yield self._one_known(patient.holder, None)
        if not (giver or receiver or home):
            if patient.captives_of and scene.side(patient.captives_of) and clause.sharing is Sharing.ONE_WAY:
                yield self._one_known(None, patient.captives_of)
            elif scene.side(clause.demanded_by):
                yield self._one_known(None, clause.demanded_by)

    def _from_before(self, clause: Clause, what: What) -> Direction:
        """Returns the direction that what was told before implies for words that give none."""
        amount = clause.patient.amount
        if (clause.reciprocal or (amount is not None and amount.same)) and not clause.nominal:
            return self._turned(self.last)
        speaking = self.scene.side(clause.voice)
        if clause.frame is Frame.RECEIVE:
            # a receiver that nobody names is whoever speaks of it, else the giver of what was told before
            return self._one_known(None, speaking.party) if speaking else self._turned(self.last)
        if clause.frame is Frame.COME and speaking:
            return self._one_known(None, speaking.party)
        # "Another 528" go where the others went, where those all went one way.
        if amount is not None and amount.additional and not clause.nominal and len(self.told) < 2:
            return self.last
        affirmed = clause.polarity is Polarity.AFFIRMED
        if clause.nominal and clause.frame is Frame.GIVE and clause.mood is Mood.FACT and affirmed:
            return self.first.get(what, NOBODY)
        homeward = clause.frame in _HOMEWARD or (clause.mood is Mood.DEMANDED and not clause.nominal)
        if homeward and speaking:
            return self._one_known(None, speaking.party)
        # Silence means the direction told before only where the text has told a single one.
        if clause.nominal or len(self.told) != 1:
            return self.first.get(what, NOBODY) if clause.patient.freed else NOBODY
        return self.last

    def _one_known(self, giver: str | None, receiver: str | None) -> Direction:
        if giver is not None:
            return self._sided(giver, self.scene.home_of(giver))
        return self._sided(self.scene.holder_against(receiver) if receiver else None, receiver)

    def _sided(self, giver: str | None, receiver: str | None) -> Direction:
        """Returns the party that holds as giver and the party that people return to as receiver."""
        giving, taking = self.scene.side(giver), self.scene.side(receiver)
        return giving.holder if giving else giver, taking.party if taking else receiver

    def _turned(self, direction: Direction) -> Direction:
        giver, receiver = direction
        return self._sided(receiver, giver)
