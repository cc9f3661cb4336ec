"""The verdict over every claim on one transfer. Nobody's figure is dropped and none is averaged.

Parties are compared, never named: the giver and the receiver of a transfer are its two sides, whoever they are.
"""

from collections import defaultdict
from collections.abc import Sequence
from types import MappingProxyType

from homeward.account import figures
from homeward.account.ledger import ClaimEntry, Reconciliation, Verdict
from homeward.reader.claims import Quantity

__all__ = ["reconcile", "verdict_over"]


def reconcile(claims: Sequence[ClaimEntry], giver: str, receiver: str) -> Reconciliation:
    """Returns the verdict over `claims` on one transfer, the same for any order of them.

    Both sides give one figure: corroborated; one of them: one-sided; figures that cannot both be true, whoever gives
    them: contested; neither side: reported. Unverified claims have no part in `low` and `high`, nor have claims on a
    part of the transfer or on several kinds together (`composition`): "five of them women" does not contradict 75.
    """
    claims = [claim for claim in claims if not claim.category]
    verified = [(claim, claim.quantity) for claim in claims if claim.verified and claim.quantity]
    stated = [(claim, quantity) for claim, quantity in verified if figures.is_figure(quantity)]
    doubtful = [claim.quantity for claim in claims if not claim.verified and claim.quantity]
    sides = tuple(sorted({claim.speaker_party or "" for claim, _ in stated} & {giver, receiver}))
    low, high = _span([quantity for _, quantity in stated])
    unverified_low, unverified_high = _span([quantity for quantity in doubtful if figures.is_figure(quantity)])
    return Reconciliation(
        verdict=verdict_over(
            [figures.possible(quantity) for _, quantity in stated],
            len(sides),
            only_unverified=bool(claims) and not _any_verified(claims),
        ),
        low=low,
        high=high,
        said_by=sides,
        figures=MappingProxyType(_figures_by_party(stated)),
        unverified_low=unverified_low,
        unverified_high=unverified_high,
    )


def verdict_over(possible: Sequence[tuple[float, float]], n_sides: int, *, only_unverified: bool) -> Verdict:
    """Returns the verdict over what the figures leave possible, `n_sides` of giver and receiver having given one."""
    if only_unverified:
        return Verdict.UNVERIFIED
    # Before the sides are counted: a press figure that contradicts both makes a transfer contested too.
    if not figures.share_a_number(possible):
        return Verdict.CONTESTED
    return (Verdict.REPORTED, Verdict.ONE_SIDED, Verdict.CORROBORATED)[n_sides]


def _any_verified(claims: Sequence[ClaimEntry]) -> bool:
    return any(claim.verified for claim in claims)


def _span(quantities: Sequence[Quantity]) -> tuple[int | None, int | None]:
    if not quantities:
        return None, None
    spans = [figures.span(quantity) for quantity in quantities]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _figures_by_party(stated: Sequence[tuple[ClaimEntry, Quantity]]) -> dict[str, tuple[int, int]]:
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for claim, quantity in stated:
        spans[claim.speaker_party or ""].append(figures.span(quantity))
    return {
        party: (min(low for low, _ in found), max(high for _, high in found)) for party, found in sorted(spans.items())
    }
