"""What one English sentence tells: its handovers and its speakers."""

from collections.abc import Sequence
from dataclasses import replace

from homeward.reader.breakdowns import break_down
from homeward.reader.claims import Status
from homeward.reader.clauses import Passage, Reporter, Told
from homeward.reader.groups import Group
from homeward.reader.handovers import Handover, clause_of
from homeward.reader.languages.english.attribution import find_reporters
from homeward.reader.languages.english.groups import find_groups
from homeward.reader.languages.english.moods import with_moods
from homeward.reader.languages.english.nominals import from_events, from_lists, from_totals
from homeward.reader.languages.english.predicates import Predicate, find_predicates, status_name
from homeward.reader.languages.english.subjects import Clauses
from homeward.reader.languages.english.verbless import carried, gapped, it_was, put_at, to_whom
from homeward.reader.languages.english.verbs import from_control, from_predicate
from homeward.reader.lexicon import Lexicon
from homeward.reader.memory import Memory
from homeward.reader.pairs import find_pairs, pair_up, split_each
from homeward.reader.scene import Scene
from homeward.reader.terms import Term

__all__ = ["Grammar"]


class Grammar:
    """The grammar of clauses: verbs in their frames, nouns of exchange, pairs, parts; and who speaks."""

    name = "grammar"

    def __init__(self, scene: Scene, lexicon: Lexicon) -> None:
        self.memory = Memory.of(scene)
        self.lexicon = lexicon

    def read(self, passage: Passage) -> Told:
        """Returns the clauses and the reporters of the sentence."""
        groups = find_groups(passage.terms)
        drafts, reporters = _read_sentence(passage.terms, groups, memory=self.memory, lexicon=self.lexicon)
        voice = self.memory.speaker_party
        clauses = [clause_of(draft, passage, reporters, voice=voice, provider=self.name) for draft in drafts]
        return Told(clauses, reporters)


def _read_sentence(
    terms: Sequence[Term], groups: Sequence[Group], *, memory: Memory, lexicon: Lexicon
) -> tuple[list[Handover], list[Reporter]]:
    """Returns the handovers and the speakers of the sentence; `memory` keeps what the next one needs."""
    predicates = find_predicates(terms, groups, lexicon)
    clauses = Clauses(terms, groups, predicates, memory)
    # Before the clauses: "we" and "our" in them mean whoever speaks.
    reporters = find_reporters(clauses)
    if reporters and reporters[0].party:
        memory.speaker_party = reporters[0].party
    told = [handover for handover in _of_verbs(clauses) if not _partitive(terms, handover)]
    loads = carried(clauses)
    # A convoy's load is told by the convoy alone, which knows whether it arrived and how many carry it.
    loaded = {id(handover.group) for handover in loads}
    told = [handover for handover in told if id(handover.group) not in loaded] + loads
    taken = {id(handover.group) for handover in told}
    told += from_lists(clauses, taken)
    told += from_events(clauses, taken)
    told += it_was(clauses)
    told += _freed(clauses, {id(handover.group) for handover in told})
    # After all verbs: "Russia freed 40 prisoners, Ukraine 39" lends its verb to the figure that has none.
    told += gapped(clauses, told)
    told += to_whom(clauses, told)
    told += from_totals(clauses, {id(handover.group) for handover in told})
    told = [_in_exchange(clauses, handover) for handover in told]
    told = _with_pairs(clauses, told, memory)
    told = [part for handover in told for part in split_each(handover, memory)]
    # Once pairs are apart: a part has the direction of its whole.
    told = break_down(told, terms, groups, sides=_sides(memory))
    told = _denied(clauses, [_agreed(clauses, handover) for handover in told])
    told = with_moods(clauses, [_done_after_all(clauses, draft) for draft in told])
    _remember_subject(clauses)
    if told:
        memory.last_status = told[-1].status
    return told, reporters


def _sides(scene: Scene) -> frozenset[str]:
    return frozenset(code for side in scene.conflict.sides for code in side.codes) if scene.conflict else frozenset()


def _partitive(terms: Sequence[Term], handover: Handover) -> bool:
    """Returns whether a bare figure only says how many of those told before: "of these, 70 were sent abroad"."""
    return handover.group.bare and any(term.is_("partitive", "partitive") for term in terms[: handover.group.first])


def _of_verbs(clauses: Clauses) -> list[Handover]:
    """Returns what the verbs tell; two verbs on one group ("flown from X were received") fill each other's gaps."""
    told: dict[int, Handover] = {}
    for predicate in clauses.predicates:
        found = _of_verb(clauses, predicate)
        for handover in found:
            known = told.get(id(handover.group))
            if known is None:
                told[id(handover.group)] = handover
                continue
            # "303 scheduled to be released had been returned": what happened counts, not what was planned of them.
            done = handover.status is Status.CARRIED_OUT and known.status in (Status.PLANNED, Status.AGREED)
            first, second = (handover, known) if done or known.frame in ("capture", "carry") else (known, handover)
            told[id(handover.group)] = replace(
                first,
                giver=first.giver or second.giver,
                receiver=first.receiver or second.receiver,
                first=min(first.first, second.first),
                last=max(first.last, second.last),
                both=first.both and second.both,
            )
    return [handover for handover in told.values() if handover.frame != "capture" or handover.status is Status.DEMANDED]


def _done_after_all(clauses: Clauses, draft: Handover) -> Handover:
    """Returns "the 303 captives scheduled to be released had been returned" as what had happened to them."""
    follower = clauses.predicate_of.get(draft.group.last)
    if draft.status is not Status.PLANNED or follower is None or not follower.bare_participle:
        return draft
    main = next((p for p in clauses.predicates if p.at > draft.group.last and p.finite and p.frame), None)
    if main is None or main.infinitive or main is follower or clauses.subject(main).groups:
        return draft
    return replace(draft, status=status_name(main), last=max(draft.last, main.last))


def _remember_subject(clauses: Clauses) -> None:
    """Keeps the party that the sentence is about, whom "it" in the next one may mean."""
    for predicate in clauses.predicates:
        subject = clauses.subject(predicate) if predicate.finite else None
        if subject is not None and len(subject.parties) == 1 and clauses.scene.belligerent(subject.parties[0]):
            clauses.scene.last_subject = subject.parties[0]
            return


def _of_verb(clauses: Clauses, predicate: Predicate) -> list[Handover]:
    if predicate.frame:
        return from_predicate(clauses, predicate)
    return from_control(clauses, predicate) or put_at(clauses, predicate)


def _freed(clauses: Clauses, taken: set[int]) -> list[Handover]:
    """Returns groups whose handing over a participle before the noun tells: "the 60 freed soldiers"."""
    return [
        Handover(group, "free", Status.CARRIED_OUT, group.first, group.last)
        for group in clauses.groups
        if group.freed and group.amount is not None and id(group) not in taken
    ]


def _with_pairs(clauses: Clauses, told: list[Handover], memory: Memory) -> list[Handover]:
    for pair in find_pairs(clauses.terms, clauses.groups):
        if any(term.is_("pronoun", "third") for term in clauses.terms[pair[0].first : pair[1].last]):
            continue  # "200 of them for one man" are part of what was told
        before = clauses.terms[: pair[0].first]
        after = clauses.terms[pair[1].last : pair[1].last + 8]
        deal = any(term.is_("deal", "deal") or term.is_("control", "agreed") for term in before)
        deal = deal or any(term.is_("total", "counted") for term in after)  # "1,200 for 1,200 is the figure that ..."
        status = Status.AGREED if deal else told[-1].status if told else memory.last_status
        found = pair_up(pair, told, memory, status=status)
        told = [handover for handover in told if handover.group not in pair]
        told += found
    return told


def _in_exchange(clauses: Clauses, handover: Handover) -> Handover:
    """Returns what stands after "in exchange for" as going the other way: "freed 215, in exchange for X and 55"."""
    terms, group = clauses.terms, handover.group
    opening = next((n for n in range(group.first - 1, handover.first, -1) if n in clauses.predicate_of), handover.first)
    place = next((n for n in range(opening, group.first) if terms[n].is_("preposition", "exchange_for")), None)
    counted = place is not None and any(handover.first <= other.first < place for other in clauses.groups)
    if not counted or handover.frame not in ("give", "free", "receive"):
        return handover
    giving, taking = clauses.scene.opponent(handover.giver), clauses.scene.opponent(handover.receiver)
    return replace(
        handover, giver=giving.holder if giving else None, receiver=taking.party if taking else None, reciprocal=True
    )


def _agreed(clauses: Clauses, handover: Handover) -> Handover:
    """Returns it as agreed where a deal tells it in the present: "under the agreement the parties exchange"."""
    before = clauses.terms[: handover.group.first]
    marks = [place for place, term in enumerate(before) if term.is_("marks", "colon", "semicolon", "dash")]
    # "Gaza ceasefire: Hamas frees six": a topic before a colon lends nothing.
    deal = any(term.is_("deal", "deal") for term in before[marks[-1] if marks else 0 :])
    marked = bool(marks) and before[marks[-1]].is_("marks", "colon")
    # "The figure was agreed in Geneva: each country lets 1,000 go."
    deal = deal or (marked and any(term.is_("control", "agreed") for term in before[: marks[-1]]))
    if handover.present and deal and handover.status is Status.CARRIED_OUT:
        return replace(handover, status=Status.AGREED)
    return handover


def _denied(clauses: Clauses, told: list[Handover]) -> list[Handover]:
    """Returns the handovers with what was planned as denied where the sentence says that it did not take place."""
    refused = any(term.is_("failed") for term in clauses.terms) or any(
        p.category == "control"
        and ((p.negated and p.name == "carried_out") or (p.name == "denied" and p.finite and not p.negated))
        for p in clauses.predicates
    )
    if not refused:
        return told
    return [
        replace(handover, status=Status.DENIED) if handover.status is Status.PLANNED else handover for handover in told
    ]
