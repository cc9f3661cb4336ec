"""Directions: who gives and who receives, completed from whose people they are, who faces whom, what was told."""

from dataclasses import dataclass, field

from homeward.reader.claims import Status, What
from homeward.reader.handovers import Handover
from homeward.reader.scene import Scene

__all__ = ["Direction", "Directions"]

Direction = tuple[str | None, str | None]

_NOBODY: Direction = (None, None)
_HOMEWARD = frozenset({"come", "bring"})


@dataclass(slots=True)
class Directions:
    """Completes directions, and remembers those told so far: the last one, and the first for each kind."""

    scene: Scene
    last: Direction = _NOBODY
    first: dict[What, Direction] = field(default_factory=dict)
    told: set[Direction] = field(default_factory=set)

    def remember(self, what: What | None, direction: Direction) -> None:
        """Keeps a direction that a claim told."""
        if direction == _NOBODY or None in direction:
            return
        self.last = direction
        self.told.add(direction)
        if what is not None:
            self.first.setdefault(what, direction)

    def complete(self, handover: Handover, what: What) -> Direction:
        """Returns giver and receiver; None for both where the words sum both directions or do not say."""
        scene = self.scene
        giver, receiver = scene.belligerent(handover.giver), scene.belligerent(handover.receiver)
        if giver and receiver and scene.side(giver) != scene.side(receiver):
            return self._sided(giver, receiver)
        if giver and not receiver and self._is_of(handover.group.nation, giver):
            return self._one_known(None, handover.group.nation)  # nobody hands over their own: they come home
        if giver and self._is_foreign(handover.group.nation):
            return giver, handover.group.nation
        if giver or receiver:
            return self._one_known(giver, receiver)
        home = self._home(handover)
        if home is not None and scene.side(home) is not None:
            return self._one_known(None, home)
        if handover.goes_on:
            return self.first.get(what, self.last) if handover.frame == "carry" else self.last
        # "Exchanged 80 prisoners" sums both directions; it must not take that of the sentence before.
        if handover.both:
            return _NOBODY
        return self._from_before(handover, what)

    def _is_foreign(self, nation: str | None) -> bool:
        """Returns whether the people are of a state outside the conflict, to which they go home."""
        gazetteer = self.scene.gazetteer
        return nation is not None and self.scene.side(nation) is None and gazetteer.kinds.get(nation) == "state"

    def _is_of(self, nation: str | None, giver: str) -> bool:
        """Returns whether the people are the giver's own."""
        return nation is not None and self.scene.side(nation) is not None and nation == giver

    def _from_before(self, handover: Handover, what: What) -> Direction:
        """Returns the direction that what was told before implies for words that give none."""
        amount = handover.group.amount
        turned = handover.reciprocal or (amount is not None and amount.same)
        if turned and not handover.nominal:
            return self._turned(self.last)
        if handover.frame == "receive":
            # a receiver that nobody names is whoever speaks of it, else the giver of what was told before
            speaking = self.scene.side(self.scene.speaker_party)
            return self._one_known(None, speaking.party) if speaking else self._turned(self.last)
        if handover.frame == "come" and self.scene.side(self.scene.speaker_party) is not None:
            return self._one_known(None, self.scene.speaker_party)
        if amount is not None and amount.additional and not handover.nominal:
            return self.last
        if handover.nominal and handover.frame == "give" and handover.status is Status.CARRIED_OUT:
            return self.first.get(what, _NOBODY)
        speaker = self.scene.speaker_party
        homeward = handover.frame in _HOMEWARD or (handover.status is Status.DEMANDED and not handover.nominal)
        if homeward and self.scene.side(speaker) is not None:
            return self._one_known(None, speaker)
        # Silence means the direction told before only where the text has told a single one.
        if handover.nominal or len(self.told) != 1:
            return self.first.get(what, _NOBODY) if handover.group.freed else _NOBODY
        return self.last

    def _home(self, handover: Handover) -> str | None:
        """Returns where the group belongs: its nation, "our" side, whose captives they are, who asks for them."""
        group, scene = handover.group, self.scene
        if group.nation is not None and scene.side(group.nation) is not None:
            return group.nation
        if group.owner == "own":
            return scene.speaker_party
        if group.captives_of is not None and scene.side(group.captives_of) is not None and not handover.both:
            return group.captives_of
        return handover.demanded_by

    def _one_known(self, giver: str | None, receiver: str | None) -> Direction:
        if giver is not None:
            return self._sided(giver, self.scene.home_of(giver))
        assert receiver is not None
        return self._sided(self.scene.holder_against(receiver), receiver)

    def _sided(self, giver: str | None, receiver: str | None) -> Direction:
        """Returns the party that holds as giver and the party that people return to as receiver."""
        giving, taking = self.scene.side(giver), self.scene.side(receiver)
        return giving.holder if giving else giver, taking.party if taking else receiver

    def _turned(self, direction: Direction) -> Direction:
        giver, receiver = direction
        return self._sided(receiver, giver)
