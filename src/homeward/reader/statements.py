"""Statements: what the sentences tell, completed by the rest of the text into claims."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from homeward.reader.agreements import Agreements
from homeward.reader.attribution import Attribution, nearest
from homeward.reader.claims import Claim, Kind, Quantity, Scope, Span, Status
from homeward.reader.directions import Directions
from homeward.reader.documents import Document
from homeward.reader.events import events_of
from homeward.reader.groups import Group
from homeward.reader.handovers import Handover
from homeward.reader.repetition import without_repetition
from homeward.reader.scene import Scene
from homeward.reader.sentences import Sentence
from homeward.reader.terms import Amount, Term
from homeward.reader.times import is_back_reference, is_cumulative, when_told
from homeward.reader.topics import Topics

__all__ = ["Told", "claims_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence tells; `speaker_party` is the side that spoke last when it was read."""

    sentence: Sentence
    terms: Sequence[Term]
    groups: Sequence[Group]
    handovers: Sequence[Handover]
    attributions: Sequence[Attribution]
    speaker_party: str | None


def claims_of(document: Document, told: Sequence[Told], scene: Scene, topics: Topics) -> tuple[Claim, ...]:
    """Returns the claims of the sentences in the order of the text, each once."""
    agreements = Agreements.of([sentence.terms for sentence in told])
    claims: list[Claim] = []
    directions = Directions(scene)
    amount: Amount | None = None
    for sentence in told:
        # The clauses were read before; here each sentence is completed with the speaker that it had then.
        scene.speaker_party = sentence.speaker_party
        topics.turn_to(sentence.groups if not sentence.handovers else ())
        for handover in sorted(sentence.handovers, key=lambda found: (found.group.first, found.pair)):
            builder = _Builder(document, sentence, handover, scene, topics, agreements)
            claim = builder.claim(directions, amount)
            if claim is None:
                continue
            claims.append(claim)
            topics.last = claim.what
            directions.remember(claim.what, (claim.giver, claim.receiver))
            # "As many" means the figure before it, never another "as many".
            if handover.group.amount is not None and not handover.group.amount.same:
                amount = handover.group.amount
    kept = _with_channels(without_repetition(claims), told)
    taken = {(claim.span.start, claim.span.end) for claim in kept}
    for sentence in told:
        kept += [
            claim
            for claim in events_of(document, sentence.terms, sentence.groups, sentence.attributions, scene)
            # What is told as a hand-over is not told as an event too.
            if (claim.span.start, claim.span.end) not in taken
        ]
    return tuple(sorted(kept, key=lambda claim: (claim.span.start, claim.span.end)))


def _with_channels(claims: Sequence[Claim], told: Sequence[Told]) -> list[Claim]:
    """Returns the claims with the channel that a later sentence names for their speaker: "he posted it on X"."""
    posted: dict[str, str] = {}
    for sentence in told:
        if any(handover.group.amount for handover in sentence.handovers):
            continue
        for attribution in sentence.attributions:
            if attribution.speaker and attribution.channel:
                posted.setdefault(attribution.speaker, attribution.channel)
    return [
        replace(claim, channel=posted[claim.speaker])
        if claim.speaker in posted and claim.channel is None and not claim.back_reference
        else claim
        for claim in claims
    ]


def _absence(terms: Sequence[Term], first: int, last: int) -> tuple[int, int]:
    """Returns the terms with the words that deny and the date since when."""
    denials = [place for place in range(max(0, first - 5), first) if terms[place].is_("negation")]
    dates = [place for place in range(last, min(len(terms), last + 6)) if terms[place].date is not None]
    return (denials[0] if denials else first), (dates[-1] + 1 if dates else last)


def _is_general(handover: Handover) -> bool:
    """Returns whether a noun without a figure only names the subject: "ready to help with the return of detainees"."""
    planned = handover.status is Status.PLANNED and handover.frame == "give"
    return planned or handover.status is Status.CARRIED_OUT


@dataclass(slots=True)
class _Builder:
    """Builds the claim of one handover."""

    document: Document
    sentence: Told
    handover: Handover
    scene: Scene
    topics: Topics
    agreements: Agreements

    def claim(self, directions: Directions, amount: Amount | None) -> Claim | None:
        """Returns the claim; None where neither a figure nor more than one is told of."""
        handover, terms = self.handover, self.sentence.terms
        quantity = self._quantity(amount)
        if quantity is None and handover.group.singular:
            return None
        if self.scene.conflict is None and handover.group.what is None:
            return None
        what = self.topics.resolve(handover.group, handover.frame, self.sentence.groups)
        giver, receiver = directions.complete(handover, what)
        attribution = nearest(self.sentence.attributions, handover.first, handover.last)
        moment = when_told(terms, handover, self.document.published)
        since = moment is not None and moment.since
        absent = handover.status is Status.DENIED and quantity is None and (handover.negated or since)
        if quantity is None and handover.nominal and not absent and _is_general(handover):
            return None
        back = is_back_reference(terms, handover, moment, self.document.published)
        scope = self._scope(since=since)
        return Claim(
            kind=Kind.ABSENCE if absent else Kind.COMMITMENT if scope is Scope.AGREEMENT else Kind.TRANSFER,
            span=self._span(absent=absent),
            what=what,
            quantity=Quantity.exact(0) if absent else quantity,
            giver=giver,
            receiver=receiver,
            status=handover.status,
            scope=scope,
            when=moment.edtf if moment else None,
            when_text=moment.text if moment else None,
            category=handover.group.category,
            agreement=None if back or absent else self.agreements.named_at(terms, scope),
            speaker=attribution.speaker if attribution else None,
            speaker_party=attribution.party if attribution else None,
            channel=attribution.channel if attribution else None,
            back_reference=back,
        )

    def _quantity(self, previous: Amount | None) -> Quantity | None:
        amount = self.handover.group.amount
        if amount is not None and amount.same:
            amount = previous
        if amount is None:
            return None
        return Quantity(amount.low, amount.high, amount.modifier)

    def _scope(self, *, since: bool) -> Scope:
        if self.handover.status is Status.AGREED:
            return Scope.AGREEMENT
        if self.handover.cumulative or (
            self.handover.status is Status.CARRIED_OUT and (since or is_cumulative(self.sentence.terms))
        ):
            return Scope.CUMULATIVE
        return Scope.EVENT

    def _span(self, *, absent: bool) -> Span:
        """Returns the quoted words: the clause without the marks and conjunctions at its ends."""
        first, last = self.handover.first, self.handover.last
        terms = self.sentence.terms
        if absent:
            first, last = _absence(terms, first, last)
        while last - 1 > self.handover.group.last - 1 and (
            terms[last - 1].is_("marks") or terms[last - 1].is_("conjunction") or terms[last - 1].is_("subordinator")
        ):
            last -= 1
        while first < self.handover.group.first and (terms[first].is_("marks") or terms[first].is_("conjunction")):
            first += 1
        start, end = terms[first].start, terms[max(last, first + 1) - 1].end
        return Span(start, end, self.document.body[start:end])
