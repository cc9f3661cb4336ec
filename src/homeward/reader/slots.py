"""Slots: what, how many, which way and in what status, each filled from the clauses of all providers.

A claim needs all four, and no contradiction; a figure that lacks one stays unread and says which.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from homeward.reader.claims import Quantity, Status, What
from homeward.reader.clauses import Clause, Frame, Mood, Passage, Polarity, Sharing, Slot
from homeward.reader.groups import GroupKind
from homeward.reader.terms import Amount
from homeward.reader.topics import Topics, mentions
from homeward.reader.ways import NOBODY, Direction, Ways

__all__ = ["Finding", "Memory", "Unread", "settle"]

_STATUS = {
    Mood.FACT: Status.CARRIED_OUT,
    Mood.PLANNED: Status.PLANNED,
    Mood.AGREED: Status.AGREED,
    Mood.DEMANDED: Status.DEMANDED,
}


class Unread(Enum):
    """Why a figure was not read, in words for the reader of the output."""

    NO_CLAUSE = "no words near it say that it is handed over"
    NO_CUE = "the verb moves anything, and nothing beside it speaks of an exchange"
    NO_WAY = "the words do not say who gives and who receives"
    WAYS_DIFFER = "the words point both ways"
    UNREAL = "told under a condition, as a question or as a possibility"
    DISPUTED = "told as a rumour or disputed"
    READINGS_DIFFER = "two readings of the sentence differ"
    WEAK = "too little in the sentence supports it"
    WHOLE = "the whole of which a part is told"
    REPEATED = "told before, as handed over or to be handed over"
    NO_EXCHANGE = "the text tells of no handing over"


@dataclass(slots=True)
class Finding:
    """What the clauses say of one figure, or of one half of a pair, put together."""

    passage: Passage
    clause: Clause
    others: Sequence[Clause] = ()
    what: What | None = None
    quantity: Quantity | None = None
    direction: Direction = NOBODY
    status: Status = Status.CARRIED_OUT
    n_votes: int = 0
    guessed: set[Slot] = field(default_factory=set)
    agreed: set[Slot] = field(default_factory=set)
    differing: set[Slot] = field(default_factory=set)
    unread: Unread | None = None


@dataclass(slots=True)
class Memory:
    """What the text has told so far, to complete what a sentence leaves open."""

    topics: Topics
    ways: Ways
    amount: Amount | None = None


def settle(passage: Passage, told: Sequence[Sequence[Clause]], memory: Memory) -> Iterator[Finding]:
    """Yields a finding for each patient that the providers tell of, in the order of the sentence.

    `told` are the clauses of each provider, the grammar's first: where it tells nothing, the next one leads.
    """
    led = told[0] if told else ()
    clusters: dict[tuple[object, int], list[Clause]] = {}
    for clauses in told:
        for clause in clauses:
            clusters.setdefault((_patient(clause), clause.half), []).append(clause)
    clusters = dict(sorted(clusters.items(), key=lambda item: (_place(item[1][0], passage), item[1][0].half)))
    for (patient, half), clauses in clusters.items():
        if half == 0 and any(other == patient and other_half for other, other_half in clusters):
            continue  # a provider that sees no pair adds to both halves, below
        whole = clusters.get((patient, 0), ()) if half else ()
        found = _finding(passage, clauses[0], [*clauses[1:], *whole], memory)
        if clauses[0] not in led and found.clause.frame.moves and found.unread is None:
            found.unread = _alone(found, passage, led)
        yield found


def _alone(found: Finding, passage: Passage, led: Sequence[Clause]) -> Unread | None:
    """Returns why a figure that the grammar does not tell of stays unread; single words must leave no doubt."""
    number = found.clause.patient.figure
    if number is not None:
        place = passage.figures[number].first
        if any(clause.part_of == number for clause in led):
            return Unread.WHOLE
        if any(clause.patient.first <= place < clause.patient.last for clause in led):
            return Unread.WHOLE
    return Unread.WEAK if found.n_votes < 2 or found.guessed else None


def _place(clause: Clause, passage: Passage) -> int:
    """Returns where the patient's figure stands, or its noun phrase where it has none."""
    figure = clause.patient.figure
    return passage.figures[figure].first if figure is not None else clause.patient.first


def _patient(clause: Clause) -> object:
    """Returns what two clauses have in common when they speak of the same people or bodies."""
    figure = clause.patient.figure
    return figure if figure is not None else ("phrase", clause.patient.first)


def _finding(passage: Passage, lead: Clause, others: Sequence[Clause], memory: Memory) -> Finding:
    found = Finding(passage, lead, [other for other in others if other.provider != lead.provider])
    if not lead.frame.moves:
        return found
    found.quantity = _quantity(lead, memory.amount)
    found.what, certain = memory.topics.resolve(lead, passage)
    if not certain:
        found.guessed.add(Slot.WHAT)
    found.guessed |= lead.guessed
    way = memory.ways.of(lead, found.what)
    found.direction, found.n_votes = way.direction, way.n_votes
    if way.guessed:
        found.guessed.add(Slot.WAY)
    found.status = Status.DENIED if lead.polarity is Polarity.DENIED else _STATUS.get(lead.mood, Status.CARRIED_OUT)
    _hold_against(found, memory)
    found.unread = _reason(found, memory, contradicted=way.contradicted)
    return found


def _quantity(clause: Clause, previous: Amount | None) -> Quantity | None:
    amount = clause.patient.amount
    if amount is not None and amount.same:
        amount = previous
    return Quantity(amount.low, amount.high, amount.modifier) if amount else None


def _hold_against(found: Finding, memory: Memory) -> None:
    """Marks the slots in which the other providers agree or differ."""
    for other in found.others:
        if not other.frame.moves or other.mood in (Mood.UNREAL, Mood.DISPUTED):
            found.differing.add(Slot.STATUS)
            continue
        status = Status.DENIED if other.polarity is Polarity.DENIED else _STATUS[other.mood]
        (found.agreed if status is found.status else found.differing).add(Slot.STATUS)
        found.agreed.add(Slot.NUMBER)
        what, certain = memory.topics.resolve(other, found.passage)
        if what is found.what:
            found.agreed.add(Slot.WHAT)
        elif certain:
            found.differing.add(Slot.WHAT)
        if other.elsewhere and not (found.clause.recipient or found.clause.patient.nation):
            found.differing.add(Slot.WAY)
        if found.clause.half and other.sharing is Sharing.EACH:
            found.agreed.add(Slot.WAY)
            continue
        way = memory.ways.of(other, what)
        if way.contradicted or (way.n_votes and way.direction != found.direction):
            found.differing.add(Slot.WAY)
        elif way.direction == found.direction and not way.guessed:
            found.agreed.add(Slot.WAY)


def _reason(found: Finding, memory: Memory, *, contradicted: bool) -> Unread | None:
    """Returns why the finding makes no claim; None where it makes one."""
    lead = found.clause
    if lead.mood is Mood.UNREAL:
        return Unread.UNREAL
    if lead.mood is Mood.DISPUTED:
        return Unread.DISPUTED
    if any(other.mood in (Mood.UNREAL, Mood.DISPUTED) for other in found.others):
        return Unread.READINGS_DIFFER
    if contradicted:
        return Unread.WAYS_DIFFER
    if Slot.WAY in found.differing:
        return Unread.READINGS_DIFFER
    if not _speaks_of_exchange(found, memory.topics):
        return Unread.NO_CUE
    conflict = memory.ways.scene.conflict
    strong = lead.patient.what in (What.REMAINS, What.PRISONERS) and not lead.elsewhere
    # Shares and students are exchanged "15 for 15" too: a pair must stand beside a word of exchange.
    swapped = lead.half == 0 or any(
        term.is_("event", "swap") or term.is_("verb", "swap") for term in found.passage.terms
    )
    strong = strong or (memory.topics.is_exchange and lead.patient.kind is not None and swapped)
    if conflict is not None and conflict.presumed and not strong:
        return Unread.NO_WAY
    if found.direction == NOBODY and not _may_be_undirected(found):
        return Unread.NO_WAY
    return None


def _speaks_of_exchange(found: Finding, topics: Topics) -> bool:
    """Returns whether the words are about an exchange at all, where the noun and the verb could be about anything."""
    clause, terms = found.clause, found.passage.terms
    kind = clause.patient.kind
    if kind is GroupKind.CONTAINER:
        return topics.explicit[What.REMAINS] > 0
    if clause.frame is Frame.LIST and not topics.is_exchange:
        return False
    strong_noun = clause.patient.what is not None and kind is not GroupKind.WEAK_CIVILIANS
    if strong_noun and clause.patient.what in (What.REMAINS, What.PRISONERS):
        return True
    if (not clause.weak and kind is not None) or (clause.homeward and (strong_noun or found.n_votes > 1)):
        return True
    own = clause.patient.nation is not None and clause.patient.nation == found.direction[1] and not clause.elsewhere
    # Soldiers come home from leave too; who gives them, or a text on exchanges, must say more.
    if own and (clause.frame is not Frame.COME or found.n_votes > 1 or topics.is_exchange):
        return True
    loose = kind in (GroupKind.SOLDIERS, GroupKind.PEOPLE, GroupKind.WEAK_CIVILIANS)
    if topics.is_exchange and (not loose or clause.homeward or not clause.weak):
        return True
    near = any(term.is_("event", "swap", "give") or term.is_("state", "held") for term in terms)
    return near or clause.reciprocal or any(what in (What.REMAINS, What.PRISONERS) for _, what in mentions(terms))


def _may_be_undirected(found: Finding) -> bool:
    """Returns whether the words may leave the way open: a sum of both directions, or a term of a deal."""
    lead = found.clause
    if lead.unresolved and lead.sharing is Sharing.ONE_WAY:
        return False
    summed = lead.sharing is Sharing.SUMMED or (lead.frame is Frame.SWAP and lead.sharing is Sharing.ONE_WAY)
    return summed or lead.half > 0 or lead.mood is not Mood.FACT or lead.polarity is Polarity.DENIED
