"""Constraints over the whole text: what one sentence leaves open, another that tells the same figure may settle."""

from collections.abc import Sequence

from homeward.reader.clauses import Slot
from homeward.reader.slots import Finding, Unread
from homeward.reader.ways import NOBODY

__all__ = ["agree_on_ways"]


def agree_on_ways(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Returns the findings, those whose way is a guess with the way that the same figure has where it is sure.

    "Ukraine returns bodies of 909 defenders" may give or get them. Where no other sentence knows, and one leaves the
    same figure open, the guess stays unread too.
    """
    sure: dict[object, set[tuple[str | None, str | None]]] = {}
    open_: set[object] = set()
    for found in findings:
        if found.unread is None and found.direction != NOBODY and Slot.WAY not in found.guessed:
            sure.setdefault(_figure(found), set()).add(found.direction)
        elif found.unread is Unread.WAYS_DIFFER:
            open_.add(_figure(found))
    for found in findings:
        open_pair = found.clause.half > 0 and found.direction == NOBODY
        if found.unread is not None or found.quantity is None or not (open_pair or Slot.WAY in found.guessed):
            continue
        if found.clause.reciprocal:
            continue  # "in exchange, 60": the same figure the other way round
        ways = sure.get(_figure(found), set())
        if len(ways) == 1:
            [found.direction] = ways
        elif open_pair:
            continue
        elif ways or _figure(found) in open_:
            found.unread = Unread.WAYS_DIFFER
    return findings


def _figure(found: Finding) -> object:
    """Returns what makes two findings tell one figure."""
    number = (found.quantity.low, found.quantity.high) if found.quantity else None
    return found.what, number, found.clause.patient.category
