"""English figures without a verb of their own: loads of convoys, gaps, "it was 63 Iranians", "put the number at"."""

from collections.abc import Sequence
from dataclasses import replace

from homeward.reader.claims import Status, What
from homeward.reader.groups import Group, GroupKind
from homeward.reader.handovers import Handover
from homeward.reader.languages.english.predicates import Predicate
from homeward.reader.languages.english.subjects import Clauses
from homeward.reader.languages.english.verbs import ACTIVE_GIVE, party_of

__all__ = ["carried", "gapped", "it_was", "put_at", "to_whom"]


def carried(clauses: Clauses) -> list[Handover]:
    """Returns what a convoy carries: "three trains carrying 1,200 bodies each", "there are 1,212 bodies in the column".

    It is still to be handed over, unless the sentence says that it arrived.
    """
    terms = clauses.terms
    if not any(term.is_("carrier") for term in terms):
        return []
    arrived = any(p.frame in ("come", "receive", "give") and p.finite for p in clauses.predicates)
    status = Status.CARRIED_OUT if arrived else Status.PLANNED
    found: list[Handover] = []
    for group in clauses.groups:
        place = group.first - 1
        if place < 1 or group.amount is None or group.amount.number is None:
            continue
        if not arrived and group.what is not What.REMAINS and group.kind is not GroupKind.CONTAINER:
            continue  # people on a plane are not thereby handed over
        predicate = clauses.predicate_of.get(place)
        carrying = predicate is not None and predicate.frame == "carry" and not predicate.future
        loaded = terms[place].is_("preposition", "with") and terms[place - 1].is_("carrier")
        if carrying or loaded or terms[place].is_("existence"):
            start = place - 1 if carrying or loaded else place
            found.append(Handover(_times(clauses, group, place), "carry", status, start, group.last, goes_on=True))
    return found


def it_was(clauses: Clauses) -> list[Handover]:
    """Returns an exchange told without its verb: "in April it was the remains of 63 Iranians and five Iraqis"."""
    found: list[Handover] = []
    for group in clauses.groups:
        place = group.first - 2
        if (
            place < 0
            or not clauses.terms[place + 1].is_("aux", "be")
            or not clauses.terms[place].is_("pronoun", "third")
        ):
            continue
        joined = [group]
        while (following := clauses.group_of.get(joined[-1].last + 1)) and clauses.terms[joined[-1].last].is_(
            "conjunction"
        ):
            joined.append(following)
        if all(one.nation and one.amount for one in joined):
            found += [Handover(one, "it", Status.CARRIED_OUT, place, joined[-1].last) for one in joined]
    return found


def _times(clauses: Clauses, group: Group, place: int) -> Group:
    """Returns the group with the figure of all carriers where each carries it."""
    each = any(term.is_("each") for term in clauses.terms[group.last : group.last + 2])
    before = clauses.terms[place - 2] if each and place >= 2 else None
    spelled = before.get("number_units") if before else None
    counted = before.amount.number if before and before.amount else int(spelled.name) if spelled else None
    if counted is None or group.amount is None or group.amount.number is None:
        return group
    times = counted
    low, high = group.amount.low, group.amount.high
    group.amount = replace(group.amount, low=low and low * times, high=high and high * times)
    return group


def put_at(clauses: Clauses, predicate: Predicate) -> list[Handover]:
    """Returns the figure of "officials put the number they received at 1,003"."""
    if predicate.category != "speech" or not predicate.lemma.startswith(("put ", "give the figure")):
        return []
    for group in clauses.groups:
        before = clauses.terms[group.first - 1]
        if predicate.last <= group.first < predicate.last + 10 and before.is_("preposition", "at") and group.bare:
            inner = [p for p in clauses.predicates if predicate.at < p.at < group.first and p.frame]
            speaker = party_of(clauses.scene, clauses.subject(predicate))
            giver = speaker if inner and inner[0].frame in ACTIVE_GIVE and not inner[0].bare_participle else None
            receiver = speaker if inner and inner[0].frame == "receive" else None
            between = clauses.terms[predicate.last : group.first]
            both = any(term.is_("both") or term.is_("each") for term in between) or not (giver or receiver)
            start = min(clauses.subject(predicate).start, predicate.first)
            return [Handover(group, "put", Status.CARRIED_OUT, start, group.last, giver, receiver, both, present=False)]
    return []


def to_whom(clauses: Clauses, told: Sequence[Handover]) -> list[Handover]:
    """Returns figures whose verb and noun are left out: "and 26 to Russia", "1,000 bodies to Ukraine, 26 to Russia"."""
    taken = {id(handover.group) for handover in told}
    event = next((place for place, term in enumerate(clauses.terms) if term.is_("event", "swap", "give")), None)
    verbless = event is not None and not any(predicate.finite for predicate in clauses.predicates)
    found: list[Handover] = []
    ways = {id(group): way for group in clauses.groups if (way := _route(clauses, group)) and id(group) not in taken}
    both_ways = len({clauses.scene.side(receiver) for _, receiver in ways.values()}) > 1
    for group in clauses.groups:
        giver, receiver = ways.get(id(group), (None, None))
        before = [handover for handover in told if handover.group.last <= group.first]
        after_event = verbless and event is not None and event < group.first
        # "1,000 to Ukraine, 26 to Russia" and "69 from Sanaa to Aden" need no verb: they name both sides.
        alone = group.bare and (both_ways or giver is not None)
        if receiver is None or not (before or after_event or alone):
            continue
        status = before[-1].status if before else Status.CARRIED_OUT
        last = group.last + (4 if giver else 2)
        found.append(Handover(group, "give", status, group.first, last, giver, receiver))
    return found


def _route(clauses: Clauses, group: Group) -> tuple[str | None, str] | None:
    """Returns from whom, where it is said, and to whom, for a figure that "to" or "from ... to" follows at once."""
    following = clauses.terms[group.last : group.last + 1]
    if group.amount is None or group.amount.number is None or not following or not following[0].is_("preposition"):
        return None
    giver = clauses.role("from", group.last, group.last + 3) if following[0].is_("preposition", "from") else None
    reach = 6 if giver else 3
    receiver = clauses.role("to", group.last, group.last + reach)
    if receiver is None or clauses.scene.side(giver) == clauses.scene.side(receiver):
        return None
    return giver, receiver


def _agent_of_gap(clauses: Clauses, group: Group, told: Sequence[Handover]) -> Handover | None:
    """Returns "and 97 by the SDF" after a passive clause with "by" of its own."""
    after = clauses.terms[group.last : group.last + 1]
    before = [handover for handover in told if handover.group.last <= group.first and handover.frame in ACTIVE_GIVE]
    if not before or not after or not after[0].is_("preposition", "by"):
        return None
    agent = clauses.role("by", group.last, group.last + 5)
    if agent is None:
        return None
    return replace(before[-1], group=group, first=group.first, last=group.last + 2, giver=agent, receiver=None)


def gapped(clauses: Clauses, told: Sequence[Handover]) -> list[Handover]:
    """Returns clauses without a verb of their own: "..., the Houthis more than 180", "and as many to Ukraine"."""
    taken = {id(handover.group) for handover in told}
    found: list[Handover] = []
    for group in clauses.groups:
        if group.amount is not None and group.amount.same and id(group) not in taken and told:
            model = told[-1]
            found.append(Handover(group, model.frame, model.status, group.first, group.last, reciprocal=True))
            continue
        if id(group) in taken or group.amount is None or group.first < 2:
            continue
        if by_agent := _agent_of_gap(clauses, group, told):
            found.append(by_agent)
            continue
        party = clauses.scene.belligerent(clauses.scene.party(clauses.terms[group.first - 1]))
        place = group.first - 2
        while place > 0 and clauses.terms[place].is_("determiner"):
            place -= 1
        joined = clauses.terms[place].is_("marks", "comma", "semicolon", "colon") or clauses.terms[place].is_(
            "conjunction"
        )
        before = next((told[n] for n in range(len(told) - 1, -1, -1) if told[n].group.last <= group.first), None)
        if party is None or not joined or before is None or before.frame not in ("give", "free", "receive"):
            continue
        giver = None if before.frame == "receive" else party
        receiver = party if before.frame == "receive" else None
        found.append(Handover(group, before.frame, before.status, place + 1, group.last, giver, receiver))
    return found
