"""Times: when a claim's event was, whether it is a running total, and whether the text only looks back on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from homeward.reader.claims import Status
from homeward.reader.clauses import Clause
from homeward.reader.terms import Term

__all__ = ["Moment", "is_back_reference", "is_cumulative", "when_told"]

# How far after the people what happened to them may be dated.
_NEAR = 14
_STALE = timedelta(days=21)
_FUTURE = (Status.PLANNED, Status.AGREED, Status.DEMANDED)


@dataclass(frozen=True, slots=True)
class Moment:
    """The date of a claim as EDTF, None where it cannot be told, with the words for it."""

    edtf: str | None
    text: str
    since: bool


def when_told(terms: Sequence[Term], clause: Clause, status: Status, *, published: str | None) -> Moment | None:
    """Returns the date in the clause, else the last one before it in the sentence, else the next one after it."""
    dates = [
        (place, term) for place, term in enumerate(terms) if term.date is not None and _may_date(terms, clause, place)
    ]
    if not dates:
        return None
    inside = [term for place, term in dates if clause.first <= place < clause.last]
    before = [term for place, term in dates if place < clause.first]
    after = [term for place, term in dates if place >= clause.last]
    term = (inside[-1:] or before[-1:] or after)[0]
    assert term.date is not None
    edtf = term.date.edtf
    # "2026-01/.." has ten characters too.
    if status in _FUTURE and edtf and published and len(edtf) == len(published) == 10 and "/" not in edtf:
        edtf = _to_come(edtf, published, term)
    return Moment(edtf, _text(term), term.date.since)


def _may_date(terms: Sequence[Term], clause: Clause, place: int) -> bool:
    """Returns whether the date may be the handover's: as the provider says, else by the words around it."""
    return place in clause.dated if clause.dated is not None else not _is_of_something_else(terms, clause, place)


def _is_of_something_else(terms: Sequence[Term], clause: Clause, place: int) -> bool:
    """Returns whether the date is of other things: "the June talks", "soldiers killed in 2022", "found in May"."""
    following = terms[place + 1] if place + 1 < len(terms) else None
    if following is not None and (following.is_("deal", "talks") or following.is_("attack", "attack")):
        return True
    # "The 1980-1988 war": a date before a word that nobody knows is that word's.
    if following is not None and not following.entries and following.text.isalpha() and following.text.islower():
        return True
    date = terms[place].date
    if date is not None and date.since and any(term.is_("superlative") for term in terms[:place]):
        return True  # "the largest exchange since October" counts from nothing
    between = terms[clause.patient.last : place]
    return len(between) <= _NEAR and any(
        term.is_("after", "dead")
        or term.is_("attack", "harm")
        or term.is_("state")
        or term.is_("qualifies")
        or term.is_("plain")
        or term.is_("back_verbs")
        for term in between
    )


def _to_come(edtf: str, published: str, term: Term) -> str:
    """Returns a weekday told of the future as the one after publication."""
    day, today = date.fromisoformat(edtf), date.fromisoformat(published)
    # A date with a day of the month says itself which one it means.
    weekday_only = not any(letter.isdigit() for letter in term.text)
    if weekday_only and timedelta(0) < today - day < timedelta(days=7):
        return (day + timedelta(days=7)).isoformat()
    return edtf


def _text(term: Term) -> str:
    return term.text.replace(" , ", ", ")


def is_cumulative(terms: Sequence[Term]) -> bool:
    """Returns whether the sentence speaks of a running total."""
    return any(term.is_("cumulative") for term in terms) and not any(term.is_("superlative") for term in terms)


def is_back_reference(
    terms: Sequence[Term], clause: Clause, status: Status, moment: Moment | None, *, published: str | None
) -> bool:
    """Returns whether the sentence looks back: "the last swap", "a similar exchange", a date weeks past."""
    if status is not Status.CARRIED_OUT or (moment is not None and moment.since):
        return False
    for place in range(min(clause.patient.last, len(terms)) - 1):
        if terms[place].is_("back") and any(
            _is_an_exchange(terms[place], term) for term in terms[place + 1 : place + 4]
        ):
            return True
    return _is_stale(moment, published)


def _is_an_exchange(back: Term, term: Term) -> bool:
    """Returns whether the words look back on an exchange; "the first phase" is one of now."""
    return term.is_("event", "swap", "give") if back.is_("back", "first") else term.is_("event")


def _is_stale(moment: Moment | None, published: str | None) -> bool:
    if moment is None or moment.edtf is None or published is None or "/" in moment.edtf or "{" in moment.edtf:
        return False
    if len(moment.edtf) == 10 and len(published) == 10:
        return date.fromisoformat(published) - date.fromisoformat(moment.edtf) > _STALE
    return moment.edtf[:7] < published[: len(moment.edtf[:7])]
