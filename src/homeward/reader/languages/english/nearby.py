"""The parties near a word of exchange: after "to", "from" and "by", and in front of the verb; no grammar."""

from collections.abc import Sequence
from dataclasses import replace

from homeward.reader.clauses import Clause, Frame, Mood, Patient, Sharing
from homeward.reader.languages.english.cues import Cue
from homeward.reader.scene import Scene, party_forms
from homeward.reader.terms import Term

__all__ = ["ways_near"]

_TO_PARTY, _TO_SUBJECT, _ROLES = 4, 12, 14


def ways_near(terms: Sequence[Term], cue: Cue, model: Clause, *, scene: Scene, voice: str | None) -> Clause:
    """Returns the clause with the parties that stand near its word of exchange."""
    begin = min(cue.first, model.patient.first)
    end = _end(terms, max(cue.last, model.patient.last))
    elsewhere = _goes_elsewhere(terms, begin, end, scene) or _names_another_state(terms, begin, scene)
    told = {name: _after_preposition(terms, name, begin, end, scene, voice=voice) for name in ("to", "from", "by")}
    front = _after_preposition(terms, "from", 0, min(4, begin), scene, voice=voice)
    gapped = _gapped(terms, model.patient.first, scene)
    subject, both = (gapped, False) if gapped else _subject(terms, cue, model.patient, scene=scene, voice=voice)
    home = any(term.lower.split()[-1] in ("home", "back") for term in terms[begin:end])
    each = any(term.is_("each") for term in terms[model.patient.last : _joined_end(terms, model.patient.last)])
    each = each or any(term.is_("each") for term in terms[max(0, cue.first - 2) : cue.at])
    frame, agent, recipient = model.frame, None, told["to"]
    source = told["from"] or front
    if source and scene.side(source) == scene.side(recipient) and _lives_there(terms, model.patient.last):
        source = None
    if recipient and _taken_to(terms, begin, end):
        source, recipient = source or recipient, None  # "children deported to Russia"
    if cue.passive or (not cue.nominal and told["by"] and model.patient.first < cue.at):
        agent = told["by"]
        if model.patient.first > cue.at and frame in (Frame.GIVE, Frame.FREE):
            recipient = recipient or subject
    elif not cue.nominal and frame in (Frame.GIVE, Frame.FREE, Frame.RECEIVE):
        agent = subject
    elif frame is Frame.BRING and (home or cue.homeward) and subject:
        recipient = recipient or subject
    elif cue.nominal:
        agent = told["by"] if frame is Frame.GIVE else None
    demanding = subject if model.mood is Mood.DEMANDED and (cue.nominal or subject != agent) else None
    summed = both or frame is Frame.SWAP
    sharing = Sharing.EACH if each else Sharing.SUMMED if summed else Sharing.ONE_WAY
    return replace(
        model,
        elsewhere=model.elsewhere or elsewhere,
        agent=agent,
        recipient=recipient,
        source=source,
        demanded_by=demanding,
        sharing=sharing,
        homeward=home or cue.homeward,
    )


def _lives_there(terms: Sequence[Term], last: int) -> bool:
    """Returns whether "from" and a place follow the people at once: "civilians from the Kursk region"."""
    following = terms[last : last + 3]
    return (
        bool(following)
        and following[0].is_("preposition", "from")
        and any(party_forms(term) == {"place"} for term in following[1:])
    )


def _joined_end(terms: Sequence[Term], last: int) -> int:
    """Returns where to look for "each": three words on, and further where "and 120 civilians" is joined."""
    joined = last + 1 < len(terms) and terms[last].is_("conjunction", "and") and terms[last + 1].amount is not None
    return last + 8 if joined else last + 3


def _taken_to(terms: Sequence[Term], begin: int, end: int) -> bool:
    """Returns whether the first "to" says where they were taken, not where they go."""
    place = next((place for place in range(begin, end) if terms[place].is_("preposition", "to")), None)
    return place is not None and any(term.is_("verb", "capture") for term in terms[max(begin, place - 2) : place])


def _gapped(terms: Sequence[Term], first: int, scene: Scene) -> str | None:
    """Returns the party just before a figure whose verb is not said again: "freed 40, Ukraine 39"."""
    opening = first - 2
    while opening > 0 and terms[opening].is_("determiner"):
        opening -= 1
    if opening < 0 or not (terms[opening].is_("marks", "comma", "semicolon") or terms[opening].is_("conjunction")):
        return None
    return scene.belligerent(scene.party(terms[first - 1]))


def _end(terms: Sequence[Term], start: int) -> int:
    """Returns where the words that belong to the cue end on the right."""
    end = start
    while end < min(len(terms), start + _ROLES):
        term = terms[end]
        if term.is_("marks", "semicolon", "stop", "colon", "dash", "comma") or term.amount is not None:
            break
        if term.is_("subordinator") or (end > start and (term.is_("verb") or term.is_("speech"))):
            break
        end += 1
    return end


def _after_preposition(
    terms: Sequence[Term], name: str, begin: int, end: int, scene: Scene, *, voice: str | None
) -> str | None:
    for place in range(begin, min(end, len(terms))):
        if not terms[place].is_("preposition", name) or (name == "to" and _is_linked(terms, place)):
            continue
        for ahead in range(place + 1, min(place + 1 + _TO_PARTY, len(terms))):
            term = terms[ahead]
            if term.is_("preposition") or term.is_("marks") or term.amount is not None:
                break
            named = scene.party(term)
            if name == "from" and party_forms(term) == {"place"}:
                break  # who holds a town is not told by its name
            if scene.belligerent(named) is None and scene.gazetteer.kinds.get(named or "") == "state":
                break
            if ahead + 1 < len(terms) and terms[ahead + 1].is_("marks", "possessive"):
                break
            if party := scene.belligerent(named):
                return None if _joined_to_another(terms, ahead, party, scene) else party
            if term.is_("pronoun", "first"):
                return scene.belligerent(voice)
    return None


def _is_linked(terms: Sequence[Term], place: int) -> bool:
    """Returns whether an unknown word takes the "to": "linked to Yemen", "loyal to Moscow"."""
    before = terms[place - 1] if place else None
    return before is not None and not before.entries and before.amount is None and before.text.islower()


def _joined_to_another(terms: Sequence[Term], place: int, party: str, scene: Scene) -> bool:
    """Returns whether "and" adds the other side: "exchanged by Russia and Ukraine"."""
    following = terms[place + 1 : place + 3]
    if len(following) < 2 or not following[0].is_("conjunction", "and"):
        return False
    other = scene.belligerent(scene.party(following[1]))
    return other is not None and scene.side(other) != scene.side(party)


def _names_another_state(terms: Sequence[Term], begin: int, scene: Scene) -> bool:
    """Returns whether a state of neither side follows "to" anywhere after: "freed 16, who flew to Germany"."""
    for place in range(begin, len(terms) - 1):
        party = scene.party(terms[place + 1]) if terms[place].is_("preposition", "to") else None
        if party is not None and scene.belligerent(party) is None and scene.gazetteer.kinds.get(party) == "state":
            return True
    return False


def _goes_elsewhere(terms: Sequence[Term], begin: int, end: int, scene: Scene) -> bool:
    """Returns whether "to" or "into" leads to a name of neither side."""
    for place in range(begin, min(end, len(terms) - 1)):
        if not terms[place].is_("preposition", "to"):
            continue
        following = terms[place + 1]
        party = scene.party(following)
        if party is None and following.capital and not following.entries:
            return True
        if party is not None and scene.belligerent(party) is None and not scene.gazetteer.is_mediator(party):
            return True
    return False


def _joined_in_a_phrase(terms: Sequence[Term], place: int) -> bool:
    """Returns whether "and" joins the party to one after a preposition: "an exchange between Ukraine and Russia"."""
    joined = place >= 3 and terms[place - 1].is_("conjunction", "and") and terms[place - 2].is_("party")
    return joined and terms[place - 3].is_("preposition")


def _speaks_of_us(terms: Sequence[Term]) -> bool:
    return any(term.is_("pronoun", "first") or term.is_("possessive", "own") for term in terms)


def _subject(
    terms: Sequence[Term], cue: Cue, patient: Patient, *, scene: Scene, voice: str | None
) -> tuple[str | None, bool]:
    """Returns the party in front of the verb, and whether both sides stand there."""
    found: list[str] = []
    for place in range(cue.first - 1, max(-1, cue.first - 1 - _TO_SUBJECT), -1):
        term = terms[place]
        if term.is_("marks", "semicolon", "stop", "colon", "quote", "open", "close") or term.is_("speech"):
            break
        if patient.first <= place < patient.last or (found and term.is_("marks", "comma")):
            break
        if term.is_("both"):
            return None, True
        if term.is_("verb") or term.is_("control") or (term.is_("subordinator") and not term.is_("determiner")):
            if found:
                break
            continue
        # "Freed 30 Ukrainians and got 12": people who are counted act for nobody.
        party = None if party_forms(term) == {"people"} else scene.party(term)
        if party is None and term.is_("pronoun", "first"):
            party = voice
        if party is None and term.lower == "they" and (opponent := scene.opponent(voice)) and _speaks_of_us(terms):
            party = opponent.holder
        party = scene.belligerent(party)
        after = terms[place + 1] if place + 1 < len(terms) else None
        before = terms[place - 1] if place else None
        if party is None or (after is not None and after.is_("marks", "possessive")):
            continue
        if before is not None and (before.is_("preposition") or _joined_in_a_phrase(terms, place)):
            continue
        if party not in found:
            found.append(party)
    sides = {id(scene.side(code)) if scene.side(code) else code for code in found}
    return (found[0], False) if len(sides) == 1 else (None, len(sides) > 1)
