"""Handovers: a grammar's draft of a clause, which pairs and parts may still change before it is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.attribution import nearest
from homeward.reader.claims import Status
from homeward.reader.clauses import Clause, Frame, Mood, Passage, Patient, Polarity, Reporter, Sharing, Slot
from homeward.reader.groups import Group

__all__ = ["Handover", "clause_of"]

_FRAMES = {
    "give": Frame.GIVE,
    "owe": Frame.GIVE,
    "put": Frame.GIVE,
    "it": Frame.GIVE,
    "capture": Frame.GIVE,
    "free": Frame.FREE,
    "receive": Frame.RECEIVE,
    "bring": Frame.BRING,
    "carry": Frame.BRING,
    "come": Frame.COME,
    "swap": Frame.SWAP,
    "list": Frame.LIST,
    "total": Frame.TOTAL,
}
_MOODS = {
    Status.CARRIED_OUT: Mood.FACT,
    Status.DENIED: Mood.FACT,
    Status.PLANNED: Mood.PLANNED,
    Status.AGREED: Mood.AGREED,
    Status.DEMANDED: Mood.DEMANDED,
}


@dataclass(slots=True)
class Handover:
    """A group that moves, will move or does not move, from `giver` to `receiver` as far as the clause says.

    `both` says that both sides are the subject, so that the figure is of both directions; `nominal` that a noun tells
    it ("the return of"); `first` and `last` are the terms of the clause; `reciprocal` is "in return"; `goes_on` says
    that it has the direction of what was told last; `actor` is the one side that swaps. `mood` is set where the words
    make it nothing that may be told as `status` says.
    """

    group: Group
    frame: str
    status: Status
    first: int
    last: int
    giver: str | None = None
    receiver: str | None = None
    both: bool = False
    nominal: bool = False
    each: bool = False
    reciprocal: bool = False
    demanded_by: str | None = None
    under_deal: bool = False
    present: bool = False
    actor: str | None = None
    negated: bool = False
    goes_on: bool = False
    cumulative: bool = False
    pair: int = 0
    mood: Mood | None = None
    homeward: bool = False
    back: bool = False
    guessed: bool = False
    weak: bool = False
    elsewhere: bool = False
    unresolved: bool = False
    part_of: Group | None = None


def clause_of(
    draft: Handover, passage: Passage, reporters: Sequence[Reporter], *, voice: str | None, provider: str
) -> Clause:
    """Returns the clause that the draft has become; its group is found again among the passage's figures.

    `voice` is the party that spoke last; "our" and "we" mean it where nobody speaks in the clause itself.
    """
    reporter = nearest(reporters, draft.first, draft.last)
    voice = (reporter.party if reporter else None) or voice
    frame = _FRAMES[draft.frame]
    receives = frame is Frame.RECEIVE
    gives = frame in (Frame.GIVE, Frame.FREE, Frame.SWAP)
    # What an exchange goes "to" or "from" is seldom who gives: nationality alone tells its direction.
    summed = frame is Frame.SWAP and not draft.pair
    sharing = Sharing.PAIRED if draft.pair else Sharing.SUMMED if draft.both else Sharing.ONE_WAY
    if draft.each and not draft.pair:
        # "Freed 1,056 people on both sides" is a sum where nobody gives.
        known = draft.giver or draft.receiver
        sharing = Sharing.EACH if draft.both else sharing if known else Sharing.SUMMED
    return Clause(
        provider=provider,
        frame=frame,
        patient=_patient(draft.group, passage, voice),
        first=draft.first,
        last=draft.last,
        agent=None if summed else draft.receiver if receives else draft.giver if gives else None,
        recipient=None if receives or summed else draft.receiver,
        source=None if gives else draft.giver,
        mood=draft.mood or _MOODS[draft.status],
        polarity=Polarity.DENIED if draft.status is Status.DENIED else Polarity.AFFIRMED,
        reporter=reporter,
        voice=voice,
        sharing=sharing,
        homeward=draft.homeward,
        nominal=draft.nominal,
        weak=draft.weak,
        elsewhere=draft.elsewhere or draft.group.foreign,
        unresolved=draft.unresolved or (voice is None and _speaks_of_us(draft, passage)),
        reciprocal=draft.reciprocal,
        demanded_by=draft.demanded_by,
        cumulative=draft.cumulative,
        back=draft.back,
        half=draft.pair,
        goes_on=draft.goes_on,
        negated=draft.negated,
        part_of=_figure(draft.part_of, passage) if draft.part_of else None,
        guessed=frozenset({Slot.WAY}) if draft.guessed else frozenset(),
    )


def _speaks_of_us(draft: Handover, passage: Passage) -> bool:
    words = passage.terms[draft.first : draft.last + 1]
    return any(term.is_("pronoun", "first") or term.is_("possessive", "own") for term in words)


def _patient(group: Group, passage: Passage, voice: str | None) -> Patient:
    return Patient(
        first=group.first,
        last=group.last,
        figure=_figure(group, passage),
        amount=group.amount,
        what=group.what,
        nation=group.nation or (voice if group.owner == "own" else None),
        captives_of=group.captives_of,
        category=group.category,
        kind=group.kind,
        freed=group.freed,
        singular=group.singular,
    )


def _figure(group: Group, passage: Passage) -> int | None:
    """Returns the place of the group's figure: the one with its amount, else the first that counts anything."""
    within = [
        place
        for place, figure in enumerate(passage.figures)
        if group.first <= figure.first < group.last and figure.role is None
    ]
    exact = [place for place in within if passage.figures[place].amount == group.amount]
    return next(iter(exact or within), None)
