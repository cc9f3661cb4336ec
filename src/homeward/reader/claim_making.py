"""Claim making: a finding with its date, its agreement, who says so and its quoted words becomes a claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.agreements import Agreements
from homeward.reader.claims import Claim, Kind, Quantity, Scope, Span, Status
from homeward.reader.clauses import Clause, Polarity
from homeward.reader.confidence import band_of, confidence_of
from homeward.reader.documents import Document
from homeward.reader.slots import Finding
from homeward.reader.terms import Term
from homeward.reader.times import is_back_reference, is_cumulative, when_told
from homeward.reader.ways import NOBODY

__all__ = ["Maker"]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the claims of one document."""

    document: Document
    agreements: Agreements

    def claim(self, found: Finding) -> Claim | None:
        """Returns the claim; None where neither a figure nor more than one is told of."""
        clause, terms, quantity = found.clause, found.passage.terms, found.quantity
        if quantity is None and clause.patient.singular:
            return None
        published = self.document.published
        moment = when_told(terms, clause, found.status, published=published)
        since = moment is not None and moment.since
        absent = found.status is Status.DENIED and quantity is None and (clause.negated or since)
        if quantity is None and not absent and _is_general(found):
            return None
        back = clause.back or is_back_reference(terms, clause, found.status, moment, published=published)
        scope = _scope(found, since=since)
        said = clause.reporter
        confidence = confidence_of(found)
        return Claim(
            confidence=confidence,
            band=band_of(found, confidence),
            kind=Kind.ABSENCE if absent else Kind.COMMITMENT if scope is Scope.AGREEMENT else Kind.TRANSFER,
            span=self._span(terms, clause, absent=absent),
            what=found.what,
            quantity=Quantity.exact(0) if absent else quantity,
            giver=found.direction[0],
            receiver=found.direction[1],
            status=found.status,
            scope=scope,
            when=moment.edtf if moment else None,
            when_text=moment.text if moment else None,
            category=clause.patient.category,
            agreement=None if back or absent else self.agreements.named_at(terms, scope),
            speaker=said.speaker if said else None,
            speaker_party=said.party if said else None,
            channel=said.channel if said else None,
            back_reference=back,
        )

    def _span(self, terms: Sequence[Term], clause: Clause, *, absent: bool) -> Span:
        """Returns the quoted words: the clause without the marks and conjunctions at its ends."""
        first, last = _absence(terms, clause.first, clause.last) if absent else (clause.first, clause.last)
        while last > clause.patient.last and (
            terms[last - 1].is_("marks") or terms[last - 1].is_("conjunction") or terms[last - 1].is_("subordinator")
        ):
            last -= 1
        while first < clause.patient.first and (terms[first].is_("marks") or terms[first].is_("conjunction")):
            first += 1
        start, end = terms[first].start, terms[max(last, first + 1) - 1].end
        return Span(start, end, self.document.body[start:end])


def _absence(terms: Sequence[Term], first: int, last: int) -> tuple[int, int]:
    """Returns the terms with the words that deny and the date since when."""
    denials = [place for place in range(max(0, first - 5), first) if terms[place].is_("negation")]
    dates = [place for place in range(last, min(len(terms), last + 6)) if terms[place].date is not None]
    return (denials[0] if denials else first), (dates[-1] + 1 if dates else last)


def _is_general(found: Finding) -> bool:
    """Returns whether a noun without a figure only names the subject: "ready to help with the return of detainees"."""
    planned = found.status is Status.PLANNED
    general = planned or found.status in (Status.CARRIED_OUT, Status.DEMANDED)
    return general and (found.clause.nominal or found.direction == NOBODY)


def _scope(found: Finding, *, since: bool) -> Scope:
    if found.status is Status.AGREED:
        return Scope.AGREEMENT
    done = found.status is Status.CARRIED_OUT and found.clause.polarity is Polarity.AFFIRMED
    if found.clause.cumulative or (done and (since or is_cumulative(found.passage.terms))):
        return Scope.CUMULATIVE
    return Scope.EVENT
