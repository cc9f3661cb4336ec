"""English verbs that hand over: who gives what to whom in one clause."""

from dataclasses import replace

from homeward.reader.claims import Status, What
from homeward.reader.groups import Group
from homeward.reader.handovers import Handover
from homeward.reader.languages.english.predicates import Predicate, status_name
from homeward.reader.languages.english.subjects import Clauses, Subject
from homeward.reader.memory import Memory

__all__ = ["carried", "from_control", "from_predicate", "gapped", "is_each", "it_was", "put_at"]

_WANTS = {
    "agreed": Status.AGREED,
    "terms": Status.AGREED,
    "planned": Status.PLANNED,
    "awaited": Status.PLANNED,
    "demanded": Status.DEMANDED,
}
_ACTIVE_GIVE = ("give", "free", "owe")
_TWO_OBJECTS = ("hand", "give", "send", "pass", "provide", "get")
_BACK = ("return", "repatriate", "evacuate")
_MOVES = ("give", "free", "bring", "receive")


def from_predicate(clauses: Clauses, predicate: Predicate) -> list[Handover]:
    """Returns what the clause of an exchange verb tells, a handover for each group."""
    subject = clauses.subject(predicate)
    limit = clauses.limit(predicate)
    objects = clauses.objects(predicate, limit)
    frame = predicate.frame or ""
    if frame == "capture" and _moved_dead(clauses, predicate, subject, limit):
        frame = "give"
    relative = bool(subject.parties) and clauses.antecedent(subject) is not None
    if clauses.terms[predicate.at].is_("verb", "come") and not (objects or predicate.passive or relative):
        frame = "come"
    themes, giver, receiver = _frame(clauses, predicate, subject, frame, objects)
    if any(group.amount for group in themes):
        themes = [group for group in themes if group.amount or group.what is not None]
    start = min([subject.start, predicate.first, *(group.first for group in themes)])
    both = _is_both(clauses.scene, subject, frame)
    if frame == "capture":
        giver = giver or clauses.role("to", predicate.last, limit)
    elif frame != "swap":
        front = clauses.front(start)
        giver = giver or clauses.role("from", front, limit)
        receiver = receiver or clauses.role("to", front, limit)
        if frame == "come" and not receiver:
            receiver = clauses.role("in", predicate.last, limit)
    if frame != "capture" and giver and clauses.scene.side(giver) == clauses.scene.side(receiver):
        if frame != "receive":
            return []  # from one place of a party to another
        giver = None  # "got back 215 of its people, 108 of them from Kharkiv"
    _remember(clauses.scene, subject, frame)
    if frame == "come" and not predicate.passive and _takes_an_object(clauses, predicate):
        return []
    if frame == "give" and predicate.lemma in _TWO_OBJECTS:
        themes = [group for group in themes if not _is_given_something(clauses, group)]
    for group in themes:
        if group.owner == "other" and group.nation is None and frame in ("receive", "bring"):
            group.nation = _party(clauses.scene, subject)  # "Armenia got back 8 of its soldiers"
    terms = clauses.terms[start:limit]
    after_verb = frame == "come" and any(
        term.is_("each") for term in clauses.terms[predicate.last : predicate.last + 1]
    )
    actor = _party(clauses.scene, subject) if frame == "swap" and not predicate.passive else None
    return [
        Handover(
            group,
            frame,
            Status.DENIED if _none_of(clauses, group) else _status(predicate, clauses),
            start,
            max(limit, group.last),
            giver,
            receiver,
            both or (frame == "come" and (after_verb or is_each(clauses, group))),
            each=is_each(clauses, group)
            or after_verb
            or any(t.is_("each") and t.is_("both") for t in terms)
            or _each_before(clauses, predicate),
            actor=actor,
            negated=predicate.negated or _none_of(clauses, group),
            reciprocal=any(term.is_("reciprocal") for term in terms),
            present=predicate.present,
            demanded_by=_demander(clauses, predicate),
            homeward=_homeward(predicate),
            weak=clauses.terms[predicate.at].is_("weak"),
            elsewhere=clauses.goes_elsewhere(predicate.last, limit),
        )
        for group in themes
    ]


def _takes_an_object(clauses: Clauses, predicate: Predicate) -> bool:
    """Returns whether the verb moves something that is no group: "farmers returned 300 cows"."""
    following = clauses.terms[predicate.last : predicate.last + 1]
    return bool(following) and following[0].amount is not None and predicate.last not in clauses.group_of


def _is_given_something(clauses: Clauses, group: Group) -> bool:
    """Returns whether the group is given something: "handed 12 soldiers life sentences"."""
    following = clauses.terms[group.last : group.last + 1]
    return bool(following) and not following[0].entries and following[0].text.isalpha() and not following[0].capital


def _each_before(clauses: Clauses, predicate: Predicate) -> bool:
    return any(term.is_("each") for term in clauses.terms[predicate.first : predicate.at])


def _homeward(predicate: Predicate) -> bool:
    """Returns whether the verb brings back: who "returned 40 of its soldiers" has them now."""
    return predicate.lemma.split()[0] in _BACK or predicate.lemma.split()[-1] in ("home", "back")


def _frame(
    clauses: Clauses, predicate: Predicate, subject: Subject, frame: str, objects: list[Group]
) -> tuple[list[Group], str | None, str | None]:
    """Returns the groups that move, and giver and receiver as the verb tells them."""
    scene = clauses.scene
    limit = clauses.limit(predicate)
    reduced = predicate.bare_participle and not objects and frame in (*_MOVES, "capture", "swap")
    antecedent = clauses.group_of.get(predicate.first - 1)
    if predicate.passive or (reduced and antecedent):
        agent = clauses.role("by", predicate.last, limit)
        themes = [antecedent] if not predicate.passive and antecedent else list(subject.groups)
        if objects and not themes:
            # "Ukraine was handed the remains of 1,000 servicemen"
            party = _party(scene, subject)
            return objects, None if frame == "receive" else agent, party
        if frame in ("receive", "bring"):
            return themes, None, agent if frame == "receive" else None
        return themes, agent if frame != "swap" else None, None
    if frame == "come":
        return list(subject.groups), None, None
    themes = objects
    if not themes and (before := clauses.antecedent(subject)) and (subject.parties or subject.both):
        themes = [before]
    party = _party(scene, subject)
    if frame == "capture":
        return themes, party, None
    if frame in _ACTIVE_GIVE:
        return themes, party, _indirect(clauses, predicate, themes)
    if frame == "receive":
        return themes, None, party
    if frame == "swap" and predicate.lemma == "change hands":
        return list(subject.groups), None, None
    if frame == "bring":
        return themes, None, _home(clauses, predicate, party) if subject.parties else None
    return themes, None, None


def _moved_dead(clauses: Clauses, predicate: Predicate, subject: Subject, limit: int) -> bool:
    """Returns whether what was taken somewhere are bodies, which nobody captures."""
    dead = any(group.what is What.REMAINS for group in (*subject.groups, *clauses.objects(predicate, limit)))
    return dead and any(clauses.role(name, predicate.last, limit) is not None for name in ("to", "from"))


def _none_of(clauses: Clauses, group: Group) -> bool:
    """Returns whether the words say that none moved: "no prisoner", "not one captured fighter"."""
    denied = group.first > 0 and clauses.terms[group.first - 1].is_("negation")
    if denied and group.amount is not None and group.amount.number == 1:
        group.amount = None
        group.singular = False
    denied = denied or clauses.terms[group.first].is_("negation")
    return denied and (group.amount is None or group.amount.number is None)


def _indirect(clauses: Clauses, predicate: Predicate, themes: list[Group]) -> str | None:
    """Returns the party between the verb and its object: "gave the government 70 bodies"."""
    if not themes:
        return None
    for place in range(predicate.last, themes[0].first):
        term = clauses.terms[place]
        if term.is_("preposition"):
            return None
        if party := clauses.scene.belligerent(clauses.scene.party(term)):
            return party
    return None


def _home(clauses: Clauses, predicate: Predicate, party: str | None) -> str | None:
    """Returns who brought them home: the subject, unless the words say that they went elsewhere."""
    return party if clauses.role("to", predicate.last, clauses.limit(predicate)) is None else None


def _party(scene: Memory, subject: Subject) -> str | None:
    """Returns the belligerent of the subject; one that a phrase names counts only where no other subject is found."""
    sides = {scene.side(code): code for code in subject.parties if scene.belligerent(code)}
    if len(sides) > 1 or subject.both:
        return None
    if sides:
        return next(iter(sides.values()))
    if subject.parties or subject.groups or subject.both:
        return None
    return scene.belligerent(subject.aside)


def _is_both(scene: Memory, subject: Subject, frame: str) -> bool:
    parties = {code for code in subject.parties if scene.belligerent(code)}
    return subject.both or len(parties) > 1 or frame == "swap"


def _remember(scene: Memory, subject: Subject, frame: str) -> None:
    party = _party(scene, subject)
    if party is not None and not subject.both and frame != "swap":
        scene.last_subject = party


def is_each(clauses: Clauses, group: Group) -> bool:
    """Returns whether "each" or "from each side" belongs to the group."""
    for term in clauses.terms[group.last : group.last + 3]:
        if term.is_("each") or term.amount is not None:
            return term.is_("each")
    return False


def _status(predicate: Predicate, clauses: Clauses) -> Status:
    status = status_name(predicate)
    if predicate.frame == "owe" and status is Status.CARRIED_OUT:
        return Status.AGREED
    if predicate.frame == "capture":
        demanded = any(p.category == "control" and p.name == "demanded" for p in clauses.predicates)
        return Status.DEMANDED if demanded else status
    return status


def _demander(clauses: Clauses, predicate: Predicate) -> str | None:
    """Returns who demands it, so that it goes to them unless the words say otherwise."""
    governor = predicate.governor
    if governor is None or governor.name != "demanded" or governor.category != "control":
        return None
    return _party(clauses.scene, clauses.subject(governor))


def from_control(clauses: Clauses, predicate: Predicate) -> list[Handover]:
    """Returns what is offered, promised or asked for without a verb of handing over: "is offering 3,000 more"."""
    if predicate.category != "control" or predicate.passive or predicate.name not in _WANTS:
        return []
    limit = clauses.limit(predicate)
    themes = [group for group in clauses.objects(predicate, limit) if group.amount and group.first - predicate.last < 4]
    if any(p.governor is predicate and p.first <= group.first for p in clauses.predicates for group in themes):
        return []
    if any(term.is_("event") or term.is_("deal") for term in clauses.terms[predicate.last : limit]):
        return []
    subject = clauses.subject(predicate)
    if not themes and predicate.lemma.startswith("be ") and predicate.finite:
        themes = [] if any(p.governor is predicate for p in clauses.predicates) else list(subject.groups)
    party = _party(clauses.scene, subject) if subject.parties else None
    demanded = predicate.name in ("demanded", "awaited")
    party = None if predicate.name == "terms" else party
    status = _WANTS[predicate.name]
    status = Status.DENIED if predicate.negated else status
    start = min(subject.start, predicate.first)
    return [
        Handover(
            group,
            "give",
            status,
            start,
            max(limit, group.last),
            None if demanded else party,
            party if demanded else clauses.role("to", predicate.last, limit),
            both=_is_both(clauses.scene, subject, "give"),
            nominal=party is None,
            each=is_each(clauses, group),
        )
        for group in themes
    ]


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
            speaker = _party(clauses.scene, clauses.subject(predicate))
            giver = speaker if inner and inner[0].frame in _ACTIVE_GIVE and not inner[0].bare_participle else None
            receiver = speaker if inner and inner[0].frame == "receive" else None
            between = clauses.terms[predicate.last : group.first]
            both = any(term.is_("both") or term.is_("each") for term in between) or not (giver or receiver)
            start = min(clauses.subject(predicate).start, predicate.first)
            return [Handover(group, "put", Status.CARRIED_OUT, start, group.last, giver, receiver, both, present=False)]
    return []


def _agent_of_gap(clauses: Clauses, group: Group, told: list[Handover]) -> Handover | None:
    """Returns "and 97 by the SDF" after a passive clause with "by" of its own."""
    after = clauses.terms[group.last : group.last + 1]
    before = [handover for handover in told if handover.group.last <= group.first and handover.frame in _ACTIVE_GIVE]
    if not before or not after or not after[0].is_("preposition", "by"):
        return None
    agent = clauses.role("by", group.last, group.last + 5)
    if agent is None:
        return None
    return replace(before[-1], group=group, first=group.first, last=group.last + 2, giver=agent, receiver=None)


def gapped(clauses: Clauses, told: list[Handover]) -> list[Handover]:
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
