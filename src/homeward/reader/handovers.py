"""Handovers: what one clause tells, before the rest of the text completes it."""

from dataclasses import dataclass

from homeward.reader.claims import Status
from homeward.reader.groups import Group

__all__ = ["Handover"]


@dataclass(slots=True)
class Handover:
    """A group that moves, will move or does not move, from `giver` to `receiver` as far as the clause says.

    `both` says that both sides are the subject, so that the figure is of both directions; `nominal` that a noun tells
    it ("the return of"); `first` and `last` are the terms of the clause; `reciprocal` is "in return"; `goes_on` says
    that it has the direction of what was told last; `actor` is the one side that swaps.
    """

    group: Group
    frame: str
    status: Status
    first: int
    last: int
    giver: str | None = None
    receiver: str | None = None
    both: bool = False
    nominal: bool = False
    each: bool = False
    reciprocal: bool = False
    demanded_by: str | None = None
    under_deal: bool = False
    present: bool = False
    actor: str | None = None
    negated: bool = False
    goes_on: bool = False
    cumulative: bool = False
    pair: int = 0
