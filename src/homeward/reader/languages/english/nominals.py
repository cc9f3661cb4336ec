"""English nouns that hand over: "the return of 12,000 bodies", "an exchange of 100 prisoners a side", lists."""

from collections.abc import Sequence

from homeward.reader.claims import Modifier, Status
from homeward.reader.groups import EXPLICIT, Group, GroupKind
from homeward.reader.handovers import Handover
from homeward.reader.languages.english.predicates import Predicate
from homeward.reader.languages.english.subjects import Clauses
from homeward.reader.languages.english.verbs import is_each
from homeward.reader.terms import Term

__all__ = ["from_events", "from_lists", "from_totals"]

_REACH = 14
_STATUS = {
    "agreed": Status.AGREED,
    "planned": Status.PLANNED,
    "awaited": Status.PLANNED,
    "terms": Status.AGREED,
    "demanded": Status.DEMANDED,
    "denied": Status.DENIED,
    "carried_out": Status.CARRIED_OUT,
}


def from_events(clauses: Clauses, taken: set[int]) -> list[Handover]:
    """Returns what the exchange nouns of the sentence tell; groups in `taken` (by id) belong to a verb already."""
    found: list[Handover] = []
    for place, term in enumerate(clauses.terms):
        entry = term.get("event", "swap", "give", "stage")
        if entry is None or place in clauses.predicate_of or place in clauses.group_of:
            continue
        groups = [group for group in _groups(clauses, place, entry.name) if id(group) not in taken]
        taken |= {id(group) for group in groups}
        if not groups and entry.name == "swap":
            groups = _absent(clauses, place)
        found += _handovers(clauses, place, entry.name, groups)
    return found


def _absent(clauses: Clauses, place: int) -> list[Group]:
    """Returns what was not exchanged, from "no prisoner swap"."""
    noun = clauses.terms[place - 1].get("noun") if place else None
    denied = any(term.is_("negation") for term in clauses.terms[max(0, place - 5) : place])
    kind = GroupKind(noun.name) if noun else None
    return [Group(place - 1, place + 1, kind=kind)] if denied and kind in EXPLICIT else []


def _groups(clauses: Clauses, place: int, name: str) -> list[Group]:
    """Returns the groups that belong to the noun: those after "of", or the figure that stands before it."""
    after = _after_of(clauses, place)
    quoted = place > 1 and clauses.terms[place - 1].is_("marks", "quote")
    before = clauses.group_of.get(place - 2 if quoted else place - 1)
    if before is None and place >= 2 and clauses.terms[place - 1].is_("noun"):
        before = clauses.group_of.get(place - 2)
    if not after and name == "swap":
        after = _each_side(clauses, place)
    if after:
        if before is not None and before.bare and before.amount and before.amount.modifier is Modifier.ALL:
            for group in after:
                group.amount = group.amount or before.amount
        return after
    if name == "stage":
        return []
    return [before] if before is not None and before.amount is not None else []


def _after_of(clauses: Clauses, place: int) -> list[Group]:
    """Returns the groups after "of", and those joined to them by "and", "as well as" or a comma."""
    for ahead in range(place + 1, min(place + 8, len(clauses.terms))):
        term = clauses.terms[ahead]
        if term.is_("marks", "semicolon", "stop", "colon") or ahead in clauses.predicate_of:
            return []
        if not term.is_("preposition", "of"):
            continue
        if clauses.terms[ahead - 1].is_("list"):
            return []  # "handed over the list of 457 prisoners"
        quoted = ahead + 1 < len(clauses.terms) and clauses.terms[ahead + 1].is_("marks", "quote")
        if group := clauses.group_of.get(ahead + 2 if quoted else ahead + 1):
            return _joined(clauses, group)
    return []


def _each_side(clauses: Clauses, place: int) -> list[Group]:
    """Returns the figure that the sentence adds for each side: "the latest swap was on 25 May, 303 from each side"."""
    later = (group for group in clauses.groups if group.first > place and group.bare)
    return [
        group for group in later if clauses.terms[group.last : group.last + 1] and clauses.terms[group.last].is_("each")
    ]


def _joined(clauses: Clauses, group: Group) -> list[Group]:
    groups = [group]
    while True:
        place = groups[-1].last
        joins = 0
        while place < len(clauses.terms) and _joins(clauses.terms[place]) and joins < 4:
            place += 1
            joins += 1
        following = clauses.group_of.get(place)
        if not joins or following is None or following.first != place or following.bare:
            return groups
        if groups[-1].amount and groups[-1].amount.modifier is Modifier.ALL and following.amount is None:
            following.amount = groups[-1].amount
        groups.append(following)


def _joins(term: Term) -> bool:
    return term.is_("conjunction", "and") or term.is_("marks", "comma") or term.is_("preposition", "of", "for")


def _handovers(clauses: Clauses, place: int, name: str, groups: Sequence[Group]) -> list[Handover]:
    if not groups:
        return []
    compound = clauses.terms[place - 1].get("noun") if place and place - 1 not in clauses.group_of else None
    end = _end(clauses, place, groups[-1].last)
    status, governor = _status(clauses, place, groups[-1].last)
    giver = clauses.role("from", place, end)
    receiver = clauses.role("to", place, end)
    if giver == receiver:
        giver = receiver = None
    window = clauses.terms[place:end]
    both = name == "swap" or any(term.is_("both") for term in window)
    demander = None
    if status is Status.DEMANDED and governor is not None:
        subject = clauses.subject(governor)
        clauses.scene.last_subject = next(
            (code for code in subject.parties if clauses.scene.belligerent(code)), clauses.scene.last_subject
        )
        demander = next((code for code in subject.parties if clauses.scene.belligerent(code)), None)
    for group in groups:
        if compound is not None and group.what is None:
            group.strengthen(GroupKind(compound.name))
    return [
        Handover(
            group,
            "swap" if name == "swap" else "give",
            status,
            min(_start(clauses, place), group.first) if group is groups[0] else group.first,
            group.last,
            giver,
            receiver,
            both,
            nominal=True,
            negated=status is Status.DENIED and governor is None,
            each=is_each(clauses, group),
            under_deal=status is Status.AGREED,
            demanded_by=demander,
        )
        for group in groups
    ]


def _end(clauses: Clauses, place: int, last: int) -> int:
    """Returns how far "to" and "from" may belong to the noun: to the next mark or verb after its groups."""
    end = last
    while end < min(len(clauses.terms), max(place + _REACH, last + 8)):
        if clauses.terms[end].is_("marks", "comma", "semicolon", "colon", "stop") or end in clauses.predicate_of:
            break
        end += 1
    return end


def _start(clauses: Clauses, place: int) -> int:
    """Returns where the noun phrase of the event starts, with its determiner and adjectives."""
    while place > 0 and place - 1 not in clauses.predicate_of:
        term = clauses.terms[place - 1]
        if not (term.is_("determiner") or term.is_("adjective") or term.is_("noun") or term.amount):
            break
        place -= 1
    return place


def _status(clauses: Clauses, place: int, end: int) -> tuple[Status, Predicate | None]:
    """Returns the status of the event from what governs it: the verb after it, the deal or verb before it."""
    following = [p for p in clauses.predicates if end <= p.at < end + _REACH and p.finite and not p.bare_participle]
    after = next((p for p in following if _same_clause(clauses, end, p.first)), None)
    if after is not None and after.category in ("control", "plain") and after.finite:
        return _after_status(after), after
    before = [p for p in clauses.predicates if p.at < place and place - p.at < _REACH]
    for predicate in reversed(before):
        if predicate.category == "control" and predicate.name != "carried_out":
            governor = predicate.governor
            failed = governor is not None and governor.category == "control" and governor.name == "denied"
            if failed or (predicate.name == "agreed" and predicate.negated):
                return Status.DENIED, predicate
            return _STATUS[predicate.name], predicate
        if predicate.category == "control" and (predicate.future or predicate.infinitive):
            return Status.PLANNED, predicate
        if predicate.finite and predicate.category != "speech":
            break
    if any(term.is_("negation") for term in clauses.terms[max(0, place - 5) : place]):
        return Status.DENIED, None
    if any(term.is_("coming") for term in clauses.terms[max(0, place - 4) : end + 8]):
        return Status.PLANNED, None
    deal = any(term.is_("deal", "deal") for term in clauses.terms[max(0, place - 6) : place])
    return (Status.AGREED if deal else Status.CARRIED_OUT), None


def _after_status(predicate: Predicate) -> Status:
    if predicate.negated:
        return Status.DENIED
    if predicate.future:
        return Status.PLANNED
    return _STATUS.get(predicate.name, Status.CARRIED_OUT) if predicate.category == "control" else Status.CARRIED_OUT


def _same_clause(clauses: Clauses, start: int, end: int) -> bool:
    return not any(
        term.is_("marks", "semicolon", "stop") or (term.is_("subordinator") and not term.is_("determiner"))
        for term in clauses.terms[start:end]
    )


def from_lists(clauses: Clauses, taken: set[int]) -> list[Handover]:
    """Returns what lists ask for: "a list of 640 prisoners was passed to Kiev", "Kyiv's list names almost 400"."""
    found: list[Handover] = []
    for place, term in enumerate(clauses.terms):
        if not term.is_("list") or place in clauses.group_of:
            continue
        group = next((g for g in clauses.groups if 0 < g.first - place <= 3 and g.amount and id(g) not in taken), None)
        if group is None:
            continue
        taken.add(id(group))
        owner = (
            clauses.scene.party(clauses.terms[place - 2])
            if place >= 2 and clauses.terms[place - 1].is_("marks")
            else None
        )
        receiver = owner or clauses.role("to", place, len(clauses.terms))
        asked = any(p.category == "control" and p.name in ("planned", "demanded") for p in clauses.predicates)
        if receiver is None or (owner is not None and not asked):
            continue
        status = Status.DEMANDED if owner else Status.PLANNED
        found.append(Handover(group, "list", status, place, group.last, None, receiver, nominal=True))
    return found


def from_totals(clauses: Clauses, taken: set[int]) -> list[Handover]:
    """Returns running totals: "which makes 315 so far", "brings the number to 90", "the total stands at 15"."""
    found: list[Handover] = []
    for place, term in enumerate(clauses.terms):
        group = _total_after(clauses, place) if term.is_("total", "total", "number", "stands") else None
        if group is not None and id(group) not in taken:
            taken.add(id(group))
            frame = "carry" if term.is_("total", "stands") else "total"
            found.append(Handover(group, frame, Status.CARRIED_OUT, place, group.last, goes_on=True, cumulative=True))
    return found


def _total_after(clauses: Clauses, place: int) -> Group | None:
    """Returns the figure that the words at `place` call a total."""
    term, terms = clauses.terms[place], clauses.terms
    reach = 10 if term.is_("total", "number") else 3
    group = next((group for group in clauses.groups if 0 < group.first - place <= reach and group.amount), None)
    if group is None:
        return None
    if term.is_("total", "number") and not terms[group.first - 1].is_("aux", "infinitive"):
        return None
    counted = any(before.is_("total", "counted") for before in terms[max(0, place - 12) : place])
    return group if counted or not term.is_("total", "stands") else None
