"""Repetition: what a text says twice is one claim; what it says without a figure yields to what it says with one."""

from collections.abc import Sequence
from dataclasses import replace

from homeward.reader.claims import Claim, Modifier, Status

__all__ = ["without_repetition"]

_FUTURE = frozenset({Status.PLANNED, Status.AGREED, Status.DEMANDED})

# A headline rounds down by no more than a tenth.
_ROUNDED = 1.1


def _status_class(claim: Claim) -> str:
    return "future" if claim.status in _FUTURE else claim.status.value


def _figure(claim: Claim) -> tuple[int | None, int | None, bool] | None:
    quantity = claim.quantity
    if quantity is None or quantity.modifier is Modifier.VAGUE:
        return None
    return quantity.low, quantity.high, quantity.modifier is Modifier.ALL


def _same(one: Claim, other: Claim) -> bool:
    """Returns whether two claims say the same of the same event; another speaker's word is another claim."""
    speakers_differ = one.speaker and other.speaker and one.speaker != other.speaker
    return (
        (one.what, _figure(one), one.giver, one.receiver, _status_class(one), one.category)
        == (other.what, _figure(other), other.giver, other.receiver, _status_class(other), other.category)
        and not speakers_differ
        and one.back_reference == other.back_reference
        # Both halves of "40 for 40" quote one span, and where no side is known they are alike in all else too.
        and one.span != other.span
    )


def without_repetition(claims: Sequence[Claim]) -> tuple[list[Claim], list[int | None]]:
    """Returns the claims, each once, and for every claim given the place of the one that stands for it.

    Of two that say the same, the one with a speaker stands, then the first; it quotes both, as sure as the surer.
    """
    kept: list[Claim] = []
    places: list[int | None] = []
    for claim in claims:
        # Among the last 200 only, and below among the first 400: a hostile text makes thousands of claims.
        twin = next(
            (place for place, other in enumerate(kept[-200:], max(0, len(kept) - 200)) if _same(claim, other)), None
        )
        places.append(len(kept) if twin is None else twin)
        if twin is None:
            kept.append(claim)
        else:
            kept[twin] = _joined(kept[twin], claim)
    general = [_told_with_a_figure(claim, kept) for claim in kept]
    left = [place for place, told in enumerate(general) if not told]
    moved = {place: number for number, place in enumerate(left)}
    return [kept[place] for place in left], [moved.get(place) if place is not None else None for place in places]


def _joined(first: Claim, again: Claim) -> Claim:
    """Returns one claim for two that say the same."""
    told = again if again.speaker and not first.speaker else first
    surer = max(first, again, key=lambda claim: claim.confidence)
    spans = tuple(sorted({*first.spans, *again.spans}, key=lambda span: span.start))
    return replace(told, span=spans[0], spans=spans, confidence=surer.confidence, band=surer.band)


def _rounds(claim: Claim, other: Claim) -> bool:
    """Returns whether a bounded figure only rounds another: "more than 4,000" in the headline for 4,208."""
    bound, exact = claim.quantity, other.quantity
    if bound is None or exact is None or exact.modifier is not Modifier.EXACT or exact.low is None:
        return False
    if bound.modifier not in (Modifier.MORE_THAN, Modifier.AT_LEAST) or bound.low is None:
        return False
    alike = (claim.what, claim.giver, claim.receiver, _status_class(claim), claim.category) == (
        other.what,
        other.giver,
        other.receiver,
        _status_class(other),
        other.category,
    )
    return alike and bound.low <= exact.low <= bound.low * _ROUNDED and claim.back_reference == other.back_reference


def _told_with_a_figure(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Returns whether a claim without a figure only says in general what another says with one."""
    if _figure(claim) is not None:
        return any(_rounds(claim, other) for other in claims[:400])
    return any(
        other is not claim
        and _figure(other) is not None
        and other.what is claim.what
        and _status_class(other) == _status_class(claim)
        and (claim.giver, claim.receiver) in ((None, None), (other.giver, other.receiver))
        for other in claims[:400]
    )
