"""Directions: who gives and who receives, completed from whose people they are and who faces whom."""

from homeward.reader.handovers import Handover
from homeward.reader.scene import Scene

__all__ = ["Direction", "complete"]

Direction = tuple[str | None, str | None]

_HOMEWARD = frozenset({"come", "bring", "receive", "give", "free"})


def complete(handover: Handover, scene: Scene, previous: Direction) -> Direction:
    """Returns giver and receiver; None for both where the words sum both directions or do not say.

    `previous` is the direction told last, which "in return" turns round and a further figure goes on with.
    """
    giver, receiver = scene.belligerent(handover.giver), scene.belligerent(handover.receiver)
    if giver and receiver and scene.side(giver) != scene.side(receiver):
        return _sided(scene, giver, receiver)
    if giver or receiver:
        return _one_known(scene, giver, receiver)
    home = _home(handover, scene)
    if home is not None and scene.side(home) is not None:
        return _one_known(scene, None, home)
    if handover.goes_on:
        return previous
    if handover.both or (handover.nominal and handover.frame != "list"):
        return None, None
    if handover.reciprocal and previous != (None, None):
        return _turned(scene, previous)
    amount = handover.group.amount
    if amount is not None and amount.same and previous != (None, None):
        return _turned(scene, previous)
    if amount is not None and amount.additional and previous != (None, None):
        return previous
    if handover.frame == "come" and scene.side(scene.speaker_party) is not None:
        return _one_known(scene, None, scene.speaker_party)
    return None, None


def _home(handover: Handover, scene: Scene) -> str | None:
    """Returns where the group belongs: its nation, "our" or "their" side, whose captives they are called, who asks for them."""
    group = handover.group
    if group.nation is not None and scene.side(group.nation) is not None:
        return group.nation
    if group.owner == "own":
        return scene.speaker_party
    if group.captives_of is not None and scene.side(group.captives_of) is not None and not handover.both:
        return group.captives_of
    return handover.demanded_by


def _one_known(scene: Scene, giver: str | None, receiver: str | None) -> Direction:
    if giver is not None:
        return _sided(scene, giver, scene.home_of(giver))
    assert receiver is not None
    return _sided(scene, scene.holder_against(receiver), receiver)


def _sided(scene: Scene, giver: str | None, receiver: str | None) -> Direction:
    """Returns the direction with the party that holds as giver and the party that people return to as receiver."""
    giving, taking = scene.side(giver), scene.side(receiver)
    return giving.holder if giving else giver, taking.party if taking else receiver


def _turned(scene: Scene, direction: Direction) -> Direction:
    giver, receiver = direction
    return _sided(scene, receiver, giver)
