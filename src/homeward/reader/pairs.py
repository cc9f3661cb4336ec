"""Pairs: "N for N", and "N each": one span that tells both directions."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from homeward.reader.claims import Modifier, Status
from homeward.reader.groups import Group
from homeward.reader.handovers import Handover
from homeward.reader.memory import Memory
from homeward.reader.scene import Scene
from homeward.reader.terms import Term

__all__ = ["find_pairs", "pair_up", "split_each"]

_REACH = 9


def find_pairs(terms: Sequence[Term], groups: Sequence[Group]) -> list[tuple[Group, Group]]:
    """Returns the groups that "for" or "in exchange for" joins, both with a figure."""
    found = []
    for first, second in pairwise(groups):
        between = terms[first.last : second.first]
        links = [term for term in between if term.is_("preposition", "for", "exchange_for")]
        outright = bool(between) and between[-1].is_("preposition", "exchange_for") and len(between) <= _REACH
        others = [term for term in between if not _may_stand_between(term)]
        marked = any(term.is_("marks", "semicolon", "stop", "colon") for term in between)
        if links and (not others or (outright and not marked)) and _plain(first) and _plain(second):
            found.append((first, second))
    return found


def _may_stand_between(term: Term) -> bool:
    """Returns whether a word may stand in "33 hostages were exchanged by Hamas and Israel for 1,900 prisoners"."""
    return (
        term.is_("preposition", "for", "exchange_for", "by")
        or term.is_("party")
        or term.is_("conjunction", "and")
        or term.is_("marks", "quote")
        or term.is_("aux")
        or term.is_("verb", "swap")
        or term.is_("adverb")
    )


def _plain(group: Group) -> bool:
    return group.amount is not None and group.amount.number is not None and not group.amount.article


def pair_up(pair: tuple[Group, Group], told: Sequence[Handover], scene: Memory, *, status: Status) -> list[Handover]:
    """Returns both directions of a pair; `told` is what the clause says of its first group, if anything.

    Equal figures need no direction: one goes each way. Unequal ones need one: a giver, or whose people they are.
    """
    first, second = pair
    for giver, taker in ((first, second), (second, first)):
        giver.kind = giver.kind or taker.kind
        giver.dead = giver.dead or taker.dead
    base = next((handover for handover in told if handover.group in (first, second)), None)
    if base is not None and not (base.nominal and base.status is Status.CARRIED_OUT):
        status = base.status
    start, last = min(base.first if base else first.first, first.first), max(base.last if base else 0, second.last)
    source = _giver_of_first(first, second, base, scene)
    # Equal figures read the same whichever side is named the giver of the first; unequal ones are left open.
    if source is None and first.amount == second.amount and scene.conflict is not None:
        source = scene.conflict.sides[0].holder
    giver_side, taker_side = scene.side(source), scene.opponent(source)
    model = Handover(first, "swap", status, start, last, nominal=base.nominal if base else True)
    if giver_side is None or taker_side is None:
        return [
            replace(model, both=True, pair=1),
            replace(model, group=second, both=True, pair=2),
        ]
    return [
        replace(model, giver=giver_side.holder, receiver=taker_side.party, pair=1),
        replace(model, group=second, giver=taker_side.holder, receiver=giver_side.party, pair=2),
    ]


def _giver_of_first(first: Group, second: Group, base: Handover | None, scene: Memory) -> str | None:
    """Returns who gives the first group of the pair."""
    for group, mine in ((first, True), (second, False)):
        home = group.nation or (scene.speaker_party if group.owner == "own" else group.captives_of)
        if scene.side(home) is not None and home is not None:
            return scene.holder_against(home) if mine else home
    if base is not None and base.actor is not None:
        return base.actor
    if base is None or base.both:
        return None
    if base.giver:
        return base.giver
    return scene.holder_against(base.receiver) if base.receiver else None


def split_each(handover: Handover, scene: Scene) -> list[Handover]:
    """Returns both directions of "100 prisoners each"; the handover itself where the sides are not known."""
    amount = handover.group.amount
    if (
        not handover.each
        or not handover.both
        or amount is None
        or amount.modifier is Modifier.VAGUE
        or not scene.conflict
    ):
        return [handover]
    one, other = scene.conflict.sides
    return [
        replace(handover, giver=other.holder, receiver=one.party, both=False, pair=1),
        replace(handover, giver=one.holder, receiver=other.party, both=False, pair=2),
    ]
