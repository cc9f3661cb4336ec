"""Claims of a text and entries of the record as figures that `comparability` can hold against each other."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from homeward import dates
from homeward.account import figures
from homeward.account.checking.matching import Matched
from homeward.account.comparability import Counts, Figure
from homeward.account.composition import PEOPLE, WITH_CIVILIANS, parts_of, people_of
from homeward.account.ledger import (
    AgreementEntry,
    AnchorEntry,
    ClaimEntry,
    CommitmentEntry,
    ExchangeEntry,
    TransferEntry,
)
from homeward.reader.claims import Assertion, Claim, Kind, Modifier, Quantity, Scope, Status, What

__all__ = [
    "conflict_of",
    "figure_of",
    "figure_of_anchor",
    "figure_of_both_ways",
    "figure_of_commitment",
    "figures_of",
    "figures_of_parts",
    "figures_of_people",
]

UNCERTAIN_DATES = frozenset("~?%")
COUNTS = {Scope.EVENT: Counts.EVENT, Scope.CUMULATIVE: Counts.RUNNING_TOTAL, Scope.AGREEMENT: Counts.AGREEMENT}


def conflict_of(claims: Iterable[Claim]) -> frozenset[str]:
    """Returns the two parties of a text's claims; none where it names fewer, or more: it may tell of two conflicts."""
    parties = frozenset(party for claim in claims for party in (claim.giver, claim.receiver) if party)
    return parties if len(parties) == 2 else frozenset()


def figure_of(claim: Claim, conflict: frozenset[str], *, agreement: str | None = None) -> Figure:
    """Returns the figure of a claim; `conflict` are the parties of its text, `agreement` is the one that it names."""
    own = frozenset(party for party in (claim.giver, claim.receiver) if party)
    is_promise = claim.kind is Kind.COMMITMENT or claim.status is Status.AGREED
    return Figure(
        quantity=claim.quantity,
        conflict=own if len(own) == 2 else own | conflict,
        kinds=_kinds(claim),
        giver=claim.giver,
        receiver=claim.receiver,
        days=_days(claim.when),
        agreement=agreement,
        counts=Counts.AGREEMENT if is_promise else COUNTS[claim.scope],
        status=claim.status,
        # A claim without a category is of the whole; that it may be of a part is held against the parts.
        category=_part(claim),
        said_by=_voices(claim.speaker_party),
    )


def figures_of(found: Matched, *, party: str | None = None) -> tuple[Figure, ...]:
    """Returns each verified figure of a whole transfer, or those of one party alone."""
    claims = [claim for claim in found.transfer.whole_claims if party in {None, claim.speaker_party}]
    said_by = frozenset({party}) if party else frozenset(found.transfer.reconciliation.said_by)
    return tuple(_of_transfer(claim, found, said_by) for claim in _stated(claims))


def figures_of_parts(found: Matched) -> tuple[Figure, ...]:
    """Returns each verified figure of a part of a transfer."""
    return tuple(
        _of_transfer(claim, found, _voices(claim.speaker_party))
        for claims in parts_of(found.transfer).values()
        for claim in _stated(claims)
    )


def figures_of_people(found: Matched) -> tuple[Figure, ...]:
    """Returns the count of prisoners and civilians together in the direction of a transfer, where there is one."""
    counts = people_of(found.exchange.transfers) if found.transfer.what in PEOPLE else ()
    way = found.transfer.giver, found.transfer.receiver
    return tuple(
        _handed_over(found, Quantity(count.low, count.high, Modifier.EXACT), PEOPLE, frozenset(count.said_by))
        for count in counts
        if (count.giver, count.receiver) == way and count.low is not None and count.high is not None
    )


def figure_of_both_ways(exchange: ExchangeEntry, parts: Sequence[TransferEntry]) -> Figure | None:
    """Returns the sum of both directions of one kind in an exchange; None where there is one direction alone."""
    if len({(part.giver, part.receiver) for part in parts}) < 2:
        return None
    spans = [(part.reconciliation.low or 0, part.reconciliation.high or 0) for part in parts]
    return Figure(
        quantity=Quantity(*figures.sum_of_spans(spans), Modifier.EXACT),
        conflict=frozenset({parts[0].giver, parts[0].receiver}),
        kinds=frozenset(part.what for part in parts),
        both_ways=True,
        days=_days(exchange.when),
        counts=Counts.EVENT,
        status=Status.CARRIED_OUT,
        category="",
        said_by=frozenset(party for part in parts for party in part.reconciliation.said_by),
    )


def figure_of_commitment(entry: CommitmentEntry, agreement: AgreementEntry) -> Figure:
    """Returns one obligation of an agreement in one wording; all parties that worded the agreement have spoken."""
    return Figure(
        quantity=entry.quantity,
        conflict=frozenset({entry.giver, entry.receiver}),
        kinds=PEOPLE if entry.category == WITH_CIVILIANS else frozenset({entry.what}),
        giver=entry.giver,
        receiver=entry.receiver,
        agreement=agreement.slug,
        counts=Counts.AGREEMENT,
        status=Status.AGREED,
        category="" if entry.category == WITH_CIVILIANS else entry.category,
        said_by=frozenset(other.worded_by for other in agreement.commitments if other.worded_by),
    )


def figure_of_anchor(anchor: AnchorEntry) -> Figure:
    """Returns a published running total over its time."""
    said = anchor.claim
    since, until = dates.bounds(anchor.since).earliest, dates.bounds(anchor.as_of).latest
    return Figure(
        quantity=said.quantity,
        conflict=frozenset(party for party in (said.giver, said.receiver) if party),
        kinds=_kinds(said) or PEOPLE,  # a total without a kind is of people, whichever they are
        giver=said.giver,
        receiver=said.receiver,
        both_ways=said.giver is None and said.receiver is None,
        days=(since, until) if since and until else None,
        counts=Counts.RUNNING_TOTAL,
        status=said.status,
        category=_part(said),
        said_by=_voices(said.speaker_party),
    )


def _stated(claims: Iterable[ClaimEntry]) -> Iterator[ClaimEntry]:
    return (claim for claim in claims if claim.verified and figures.is_figure(claim.quantity))


def _of_transfer(claim: ClaimEntry, found: Matched, said_by: frozenset[str]) -> Figure:
    return _handed_over(found, claim.quantity, _kinds(claim), said_by, category=_part(claim))


def _handed_over(
    found: Matched, quantity: Quantity | None, kinds: frozenset[What], said_by: frozenset[str], *, category: str = ""
) -> Figure:
    way = found.transfer.giver, found.transfer.receiver
    return Figure(
        quantity=quantity,
        conflict=frozenset(way),
        kinds=kinds,
        giver=way[0],
        receiver=way[1],
        days=_days(found.exchange.when),
        # Where another transfer fits as well, the text may tell of that one or of both together.
        counts=Counts.EVENT if found.only else None,
        status=Status.CARRIED_OUT,
        category=category,
        said_by=said_by,
    )


def _kinds(claim: Assertion) -> frozenset[What]:
    if claim.category == WITH_CIVILIANS:
        return PEOPLE
    return frozenset({claim.what}) if claim.what else frozenset()


def _part(claim: Assertion) -> str:
    return "" if claim.category in {None, WITH_CIVILIANS} else str(claim.category)


def _voices(party: str | None) -> frozenset[str]:
    return frozenset({party}) if party else frozenset()


def _days(when: str | None) -> tuple[date, date] | None:
    if not when or UNCERTAIN_DATES & set(when):
        return None
    found = dates.bounds(when)
    return (found.earliest, found.latest) if found.earliest and found.latest else None
