"""English verbs that hand over: who gives what to whom in one clause."""

from dataclasses import replace

from homeward.reader.claims import Status, What
from homeward.reader.groups import Group
from homeward.reader.handovers import Handover
from homeward.reader.languages.english.obliques import Subject
from homeward.reader.languages.english.predicates import Predicate, status_name
from homeward.reader.languages.english.subjects import Clauses
from homeward.reader.memory import Memory
from homeward.reader.scene import party_forms

__all__ = ["ACTIVE_GIVE", "from_control", "from_predicate", "is_each", "party_of"]

_WANTS = {
    "agreed": Status.AGREED,
    "terms": Status.AGREED,
    "planned": Status.PLANNED,
    "awaited": Status.PLANNED,
    "demanded": Status.DEMANDED,
}
ACTIVE_GIVE = ("give", "free", "owe")
_DEMAND_REACH = 14
_NEAR = 8
_TWO_OBJECTS = ("hand", "give", "send", "pass", "provide", "get")
_BACK = ("return", "repatriate", "evacuate")
_MOVES = ("give", "free", "bring", "receive")


def from_predicate(clauses: Clauses, predicate: Predicate) -> list[Handover]:
    """Returns what the clause of an exchange verb tells, a handover for each group."""
    subject = clauses.subject(predicate)
    limit = clauses.limit(predicate)
    objects = clauses.objects(predicate, limit)
    frame = _frame_name(clauses, predicate, subject, objects)
    themes, giver, receiver = _frame(clauses, predicate, subject, frame, objects)
    if any(group.amount for group in themes):
        themes = [group for group in themes if group.amount or group.what is not None]
    start = min([subject.start, predicate.first, *(group.first for group in themes)])
    giver, receiver = _with_phrases(clauses, predicate, frame, (giver, receiver), clauses.front(start))
    if frame != "capture" and giver and clauses.scene.side(giver) == clauses.scene.side(receiver):
        if frame != "receive" and not any(_come_from(clauses, group) for group in themes):
            return []  # from one place of a party to another
        giver = None  # "got back 215 of its people, 108 of them from Kharkiv"
    _remember(clauses.scene, subject, frame)
    themes = _moved(clauses, predicate, subject, frame, themes)
    shared = any(is_each(clauses, group) for group in themes)
    model = _model(clauses, predicate, subject, frame, start)
    return [_of_group(clauses, replace(model, each=model.each or shared), group, giver, receiver) for group in themes]


def _frame_name(clauses: Clauses, predicate: Predicate, subject: Subject, objects: list[Group]) -> str:
    """Returns the frame of the verb here: the dead are not captured, and without an object "returned" is a coming."""
    frame = predicate.frame or ""
    if frame == "capture" and _moved_dead(clauses, predicate, subject, clauses.limit(predicate)):
        frame = "give"
    relative = bool(subject.parties) and clauses.antecedent(subject) is not None
    if clauses.terms[predicate.at].is_("verb", "come") and not (objects or predicate.passive or relative):
        frame = "come"
    return frame


def _with_phrases(
    clauses: Clauses, predicate: Predicate, frame: str, way: tuple[str | None, str | None], front: int
) -> tuple[str | None, str | None]:
    """Returns giver and receiver with what "from", "to" and "in" add."""
    giver, receiver = way
    limit = clauses.limit(predicate)
    if frame == "capture":
        return giver or clauses.role("to", predicate.last, limit), receiver
    if frame == "give" and giver and not receiver and _homeward(predicate):
        source = clauses.role("from", front, limit)
        if source and clauses.scene.side(source) != clauses.scene.side(giver):
            return source, giver  # "Ukraine returns 230 people from Russian captivity"
    if frame != "swap":
        giver = giver or clauses.role("from", front, limit)
        receiver = receiver or clauses.role("to", front, limit)
        if frame == "come" and not receiver:
            receiver = clauses.role("in", predicate.last, limit)
        if frame == "free" and predicate.passive and not (giver or receiver):
            receiver = clauses.role("for", predicate.last, limit)  # "706 to be freed for the rebels"
    return giver, receiver


def _moved(clauses: Clauses, predicate: Predicate, subject: Subject, frame: str, themes: list[Group]) -> list[Group]:
    """Returns the groups that move, without those that are given something, or that move something else."""
    if frame == "come" and not predicate.passive and _takes_an_object(clauses, predicate):
        return []
    if frame == "give" and predicate.lemma in _TWO_OBJECTS:
        themes = [group for group in themes if not _is_given_something(clauses, group)]
    themes = [group for group in themes if not _speaks(clauses, group)]
    for group in themes:
        if group.owner == "other" and group.nation is None and frame in ("receive", "bring"):
            group.nation = party_of(clauses.scene, subject)  # "Armenia got back 8 of its soldiers"
    return themes


def _model(clauses: Clauses, predicate: Predicate, subject: Subject, frame: str, start: int) -> Handover:
    """Returns what holds for every group of the clause."""
    limit = clauses.limit(predicate)
    terms = clauses.terms[start:limit]
    after_verb = frame == "come" and any(t.is_("each") for t in clauses.terms[predicate.last : predicate.last + 1])
    each = any(t.is_("each") and t.is_("both") for t in terms) or _each_before(clauses, predicate)
    return Handover(
        Group(start, start),
        frame,
        _status(predicate, clauses),
        start,
        limit,
        both=_is_both(clauses.scene, subject, frame) or after_verb,
        each=each or after_verb,
        actor=party_of(clauses.scene, subject) if frame == "swap" and not predicate.passive else None,
        negated=predicate.negated,
        reciprocal=any(term.is_("reciprocal") for term in clauses.terms[clauses.front_of_clause(start) : limit]),
        present=predicate.present,
        demanded_by=_demander(clauses, predicate),
        homeward=_homeward(predicate),
        unresolved=frame in (*ACTIVE_GIVE, "receive") and _is_a_stranger(clauses, predicate, subject),
        weak=clauses.terms[predicate.at].is_("weak"),
        elsewhere=clauses.goes_elsewhere(predicate.last, limit),
    )


def _is_a_stranger(clauses: Clauses, predicate: Predicate, subject: Subject) -> bool:
    """Returns whether a noun that is no party acts: "the group has released 30"; "they" may be told from before."""
    words = clauses.terms[max(0, predicate.first - _NEAR) : predicate.first]
    return subject.unknown and not predicate.passive and not any(term.is_("pronoun") for term in words)


def _of_group(clauses: Clauses, model: Handover, group: Group, giver: str | None, receiver: str | None) -> Handover:
    """Returns the handover of one group of the clause."""
    none = _none_of(clauses, group)
    each = is_each(clauses, group)
    apart = model.frame in ("give", "free", "bring", "come") and _has_its_own_receiver(clauses, group)
    if apart:
        receiver = clauses.role("to", group.last, group.last + 4)
    return replace(
        model,
        group=group,
        status=Status.DENIED if none else model.status,
        last=max(model.last, group.last),
        giver=giver,
        receiver=receiver,
        both=model.both or (model.frame == "come" and each),
        each=model.each or each,
        negated=model.negated or none,
        elsewhere=model.elsewhere or (apart and receiver is None),
    )


def _come_from(clauses: Clauses, group: Group) -> bool:
    """Returns whether "from" and a place follow the people at once: where they live, not who gives them."""
    terms = clauses.terms[group.last : group.last + 3]
    if not terms or not terms[0].is_("preposition", "from"):
        return False
    place = next((term for term in terms[1:] if term.is_("party")), None)
    return place is not None and party_forms(place) == {"place"}


def _speaks(clauses: Clauses, group: Group) -> bool:
    """Returns whether the group says something: "received 55 bodies, a lawmaker said"."""
    follower = clauses.predicate_of.get(group.last)
    return follower is not None and follower.category == "speech" and follower.finite


def _has_its_own_receiver(clauses: Clauses, group: Group) -> bool:
    """Returns whether "to" and a name follow the figure at once: "1,000 bodies to Ukraine, and 26 to Georgia"."""
    following = clauses.terms[group.last : group.last + 2]
    return len(following) > 1 and following[0].is_("preposition", "to") and following[1].capital


def _takes_an_object(clauses: Clauses, predicate: Predicate) -> bool:
    """Returns whether the verb moves something that is no group: "farmers returned 300 cows"."""
    following = clauses.terms[predicate.last : predicate.last + 1]
    return bool(following) and following[0].amount is not None and predicate.last not in clauses.group_of


def _is_given_something(clauses: Clauses, group: Group) -> bool:
    """Returns whether the group is given something: "handed 12 soldiers life sentences"."""
    following = clauses.terms[group.last : group.last + 1]
    if not following or not following[0].text.isalpha() or following[0].capital or following[0].date:
        return False
    closed = (
        "preposition",
        "conjunction",
        "subordinator",
        "adverb",
        "aux",
        "each",
        "reciprocal",
        "negation",
        "cumulative",
    )
    return not any(following[0].is_(category) for category in (*closed, "verb", "plain", "speech", "control"))


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
            party = party_of(scene, subject)
            return objects, None if frame == "receive" else agent, party
        if frame in ("receive", "bring"):
            return themes, None, agent if frame == "receive" else None
        return themes, agent if frame != "swap" else None, None
    if frame == "come":
        return list(subject.groups), None, None
    themes = objects
    if not themes and (before := clauses.antecedent(subject)) and (subject.parties or subject.both):
        themes = [before]
    party = party_of(scene, subject)
    if frame == "capture":
        return themes, party, None
    if frame in ACTIVE_GIVE:
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
    if _is_none_of_a_whole(clauses, group):
        group.amount, denied = None, True
    return denied and (group.amount is None or group.amount.number is None)


def _is_none_of_a_whole(clauses: Clauses, group: Group) -> bool:
    """Returns whether the group's figure is a whole of which none moved: "not one of the 6,000 bodies"."""
    start = max(0, group.first - 3)
    words = clauses.terms[start : group.last]
    for place in range(len(words) - 2):
        one = words[place + 1].amount
        if words[place].is_("negation") and one is not None and one.number == 1:
            return words[place + 2].is_("preposition", "of")
    return False


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


def party_of(scene: Memory, subject: Subject) -> str | None:
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
    party = party_of(scene, subject)
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
        demanded = any(
            p.category == "control" and p.name == "demanded" and 0 < predicate.at - p.at < _DEMAND_REACH
            for p in clauses.predicates
        )
        return Status.DEMANDED if demanded else status
    return status


def _is_of_a_deal(clauses: Clauses, predicate: Predicate) -> bool:
    """Returns whether a deal or an exchange provides for it; "the returned include 12 officers" promises none."""
    before = clauses.terms[max(0, predicate.first - 12) : predicate.first]
    return any(term.is_("deal") or term.is_("list") or term.is_("event") for term in before)


def _demander(clauses: Clauses, predicate: Predicate) -> str | None:
    """Returns who demands it, so that it goes to them unless the words say otherwise."""
    governor = predicate.governor
    if governor is None or governor.name != "demanded" or governor.category != "control":
        return None
    return party_of(clauses.scene, clauses.subject(governor))


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
    party = party_of(clauses.scene, subject) if subject.parties else None
    demanded = predicate.name in ("demanded", "awaited")
    if party is None and demanded:
        themes = [group for group in themes if not group.bare]  # "you wanted two": nobody knows who, nor of what
    if predicate.name == "terms" and not _is_of_a_deal(clauses, predicate):
        return []
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
