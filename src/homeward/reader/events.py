"""Events around the exchanges: accusations, talks, and incidents with their dead, which are never transfers."""

from collections.abc import Sequence

from homeward.reader.attribution import nearest
from homeward.reader.claims import Claim, Kind, Quantity, Span, Status
from homeward.reader.clauses import Passage, Reporter
from homeward.reader.documents import Document
from homeward.reader.scene import Scene
from homeward.reader.terms import Term

__all__ = ["events_of"]

_REACH = 12
# Set by hand: they are told by one word and its clause, and nothing is reckoned with them.
_CONFIDENCE = 0.8


def events_of(document: Document, passage: Passage, reporters: Sequence[Reporter], scene: Scene) -> list[Claim]:
    """Returns the accusations, talks and incidents of a sentence."""
    found = [
        _accusation(document, passage.terms, reporters, scene),
        _talks(document, passage.terms, reporters),
        _incident(document, passage, reporters),
    ]
    return [claim for claim in found if claim is not None]


def _span(document: Document, terms: Sequence[Term], first: int, last: int) -> Span:
    while last - 1 > first and (terms[last - 1].is_("marks") or terms[last - 1].is_("conjunction")):
        last -= 1
    start, end = terms[first].start, terms[last - 1].end
    return Span(start, end, document.body[start:end])


def _clause(terms: Sequence[Term], place: int) -> tuple[int, int]:
    """Returns the stretch between the marks around `place`."""
    first = place
    while first > 0 and not terms[first - 1].is_("marks", "comma", "semicolon", "stop", "colon"):
        first -= 1
    last = place + 1
    while last < len(terms) and not terms[last].is_("marks", "comma", "semicolon", "stop", "colon"):
        last += 1
    return first, last


def _accusation(document: Document, terms: Sequence[Term], reporters: Sequence[Reporter], scene: Scene) -> Claim | None:
    place = next((place for place, term in enumerate(terms) if term.is_("attack", "accuse")), None)
    if place is None:
        return None
    first, last = _clause(terms, place)
    if terms[first].is_("subordinator", "relative"):
        return None  # "which blames Ukraine for the crash" is said by the way
    accuser = None
    # "The two sides accused each other": no party is the accuser.
    if not any(term.is_("both") for term in terms[first:last]):
        accuser = next((code for term in terms[first:place] if (code := scene.party(term))), None)
    said = nearest(reporters, first, last)
    return Claim(
        kind=Kind.ACCUSATION,
        confidence=_CONFIDENCE,
        span=_span(document, terms, first, last),
        speaker=said.speaker if said else None,
        speaker_party=accuser or (said.party if said else None),
        channel=said.channel if said else None,
    )


def _talks(document: Document, terms: Sequence[Term], reporters: Sequence[Reporter]) -> Claim | None:
    for place, term in enumerate(terms):
        if not term.is_("deal", "talks"):
            continue
        window = terms[max(0, place - 4) : place + _REACH]
        going_on = any(found.is_("progress", "going_on") for found in window)
        coming = any(found.is_("progress", "coming") or found.is_("aux", "future") for found in window)
        if not (going_on or coming):
            continue
        first, last = _clause(terms, place)
        last = _with_issues(terms, last)
        moment = next((found for found in terms[first:last] if found.date is not None), None)
        said = nearest(reporters, first, last)
        return Claim(
            kind=Kind.TALKS,
            confidence=_CONFIDENCE,
            span=_span(document, terms, first, last),
            status=Status.PLANNED if coming and not going_on else Status.CARRIED_OUT,
            when=moment.date.edtf if moment and moment.date else None,
            when_text=moment.text if moment else None,
            place=_place(terms[first:last]),
            speaker=said.speaker if said else None,
            speaker_party=said.party if said else None,
            channel=said.channel if said else None,
        )
    return None


def _with_issues(terms: Sequence[Term], last: int) -> int:
    """Returns the end of the clause with what qualifies it: "with key issues unresolved", "but territory is open"."""
    after = terms[last + 1] if last + 1 < len(terms) else None
    if after is not None and (after.is_("preposition", "with") or after.is_("conjunction")):
        while last < len(terms) and not terms[last].is_("marks", "stop", "semicolon"):
            last += 1
    return last


def _place(terms: Sequence[Term]) -> str | None:
    """Returns the place after "in", such as "Kharkiv region"."""
    for index, term in enumerate(terms):
        if not term.is_("preposition", "in"):
            continue
        rest = list(terms[index + 1 : index + 6])
        if len(rest) > 1 and rest[1].is_("marks", "possessive"):
            rest = rest[2:]
        words: list[str] = []
        for found in rest:
            if not found.capital and not (words and found.is_("area")):
                break
            words.append(found.text)
        if words:
            return " ".join(words)
    return None


def _attack_with_dead(terms: Sequence[Term]) -> tuple[int, int] | None:
    """Returns the places of the attack and of the harm it did, the nearest two of the sentence."""
    attacks = [place for place, term in enumerate(terms) if term.is_("attack", "attack")]
    harms = [place for place, term in enumerate(terms) if term.is_("attack", "harm")]
    # Twenty of each: a hostile sentence may repeat one word, and every pair is looked at.
    pairs = [(attack, harm) for attack in attacks[:20] for harm in harms[:20] if abs(attack - harm) <= _REACH + 6]
    return min(pairs, key=lambda pair: abs(pair[0] - pair[1]), default=None)


def _incident(document: Document, passage: Passage, reporters: Sequence[Reporter]) -> Claim | None:
    """Returns an attack with its dead; soldiers whose bodies are handed over are no incident."""
    terms = passage.terms
    found = _attack_with_dead(terms)
    if found is None:
        return None
    attack, harm = found
    near = [
        figure
        for figure in passage.figures
        if figure.amount is not None and min(abs(figure.first - harm), abs(figure.last - harm)) <= 3
    ]
    quantity = None
    if near and near[0].amount is not None:
        amount = near[0].amount
        quantity = Quantity(amount.low, amount.high, amount.modifier)
    first = min([attack, harm, *(figure.first for figure in near[:1])])
    last = max([attack, harm, *(figure.last - 1 for figure in near[:1])]) + 1
    if last < len(terms) and terms[last].is_("noun"):
        last += 1
    while first > 0 and (
        terms[first - 1].is_("determiner") or terms[first - 1].is_("party") or terms[first - 1].is_("adjective")
    ):
        first -= 1
    moment = next((found for found in terms if found.date is not None), None)
    said = nearest(reporters, first, last)
    return Claim(
        kind=Kind.INCIDENT,
        confidence=_CONFIDENCE,
        span=_span(document, terms, first, last),
        quantity=quantity,
        when=moment.date.edtf if moment and moment.date else None,
        when_text=moment.text if moment else None,
        place=_place(terms[first:last]),
        speaker=said.speaker if said else None,
        speaker_party=said.party if said else None,
        channel=said.channel if said else None,
    )
