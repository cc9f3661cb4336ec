"""Where an item was at a moment, from the list of what happened to it: one place, in transit, unaccounted or gone.

An item that was put into another one is where that one is. Steps may be written down late; a history is accepted only
if every step fits those before it in time, so a backdated step must fit those around it as well.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from homeward.errors import InputError

__all__ = ["Happening", "PlaceHistory", "State", "Stay", "Step", "Whereabouts"]


class State(Enum):
    """How much is known of where an item is; UNKNOWN is before its first step."""

    UNKNOWN = "unknown"
    HERE = "here"
    IN_TRANSIT = "in transit"
    UNACCOUNTED = "unaccounted"
    GONE = "gone"


class Happening(Enum):
    """What can happen to an item."""

    ARRIVED = "arrived"
    LEFT = "left"
    RECEIVED = "received"
    REFUSED = "refused"
    PUT_INTO = "put into"
    TAKEN_OUT = "taken out"
    MISSED = "missed"
    FOUND = "found"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened to an item.

    `place` is where it arrived, was found, or is sent to when it left; `container` is what it was put into; `by` is who
    gave it away or took it. Raises InputError for a step without what it needs, or at a moment without zone.
    """

    item: str
    at: datetime
    what: Happening
    place: str = ""
    container: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise InputError(place=self.told, found="a moment without zone", needed="a moment with its zone")
        needs_place = self.what in {Happening.ARRIVED, Happening.FOUND, Happening.LEFT}
        if needs_place != bool(self.place):
            needed = "the place" if needs_place else "no place"
            raise InputError(place=self.told, found=f'place "{self.place}"', needed=needed)
        if (self.what is Happening.PUT_INTO) != bool(self.container) or self.container == self.item:
            raise InputError(place=self.told, found=f'container "{self.container}"', needed="what it was put into")

    @property
    def told(self) -> str:
        """The step in words."""
        return f"{self.item} {self.what.value} at {self.at.isoformat()}"


@dataclass(frozen=True)
class Whereabouts:
    """Where an item is: the place it is at, or left and is sent to, and what it is in, the innermost first."""

    state: State
    place: str = ""
    to: str = ""
    inside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stay:
    """That an item's whereabouts were the same from `since` until, not including, `until`."""

    since: datetime
    until: datetime
    whereabouts: Whereabouts


@dataclass(frozen=True)
class _Own:
    """What an item's own steps say of it; `container` is set while it is in another item."""

    state: State
    place: str = ""
    to: str = ""
    container: str = ""
    giver: str = ""


_NOWHERE = _Own(State.UNKNOWN)
_ALLOWED = {
    State.UNKNOWN: {Happening.ARRIVED, Happening.PUT_INTO},
    State.HERE: {Happening.LEFT, Happening.PUT_INTO, Happening.MISSED, Happening.GONE},
    State.IN_TRANSIT: {Happening.RECEIVED, Happening.REFUSED, Happening.MISSED},
    State.UNACCOUNTED: {Happening.FOUND},
    State.GONE: set[Happening](),
}
_ALLOWED_INSIDE = {Happening.TAKEN_OUT, Happening.MISSED}


class PlaceHistory:
    """The whereabouts of items over time; steps of one moment count in the order in which they are given."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._moments: dict[str, list[datetime]] = {}
        self._states: dict[str, list[_Own]] = {}
        for step in sorted(steps, key=lambda each: each.at):
            after = self._after(step)
            self._moments.setdefault(step.item, []).append(step.at)
            self._states.setdefault(step.item, []).append(after)

    @property
    def items(self) -> Sequence[str]:
        """Every item of which a step tells."""
        return tuple(self._states)

    def where(self, item: str, at: datetime) -> Whereabouts:
        """Returns where `item` was at a moment."""
        own, inside = self._own(item, at), list[str]()
        while own.container:
            inside.append(own.container)
            own = self._own(own.container, at)
        return Whereabouts(own.state, own.place, own.to, tuple(inside))

    def stays(self, item: str, *, since: datetime, until: datetime) -> tuple[Stay, ...]:
        """Returns where `item` was from `since` until `until`, without a gap and without overlap."""
        moments = {since}
        for other in self._ever_around(item):
            moments.update(moment for moment in self._moments.get(other, ()) if since < moment < until)
        ordered = sorted(moments)
        stays: list[Stay] = []
        for start, end in zip(ordered, [*ordered[1:], until], strict=True):
            whereabouts = self.where(item, start)
            if stays and stays[-1].whereabouts == whereabouts:
                stays[-1] = Stay(stays[-1].since, end, whereabouts)
            elif start < end:
                stays.append(Stay(start, end, whereabouts))
        return tuple(stays)

    def contents(self, item: str, at: datetime) -> frozenset[str]:
        """Returns everything that was in `item` at a moment, however deep."""
        return frozenset(other for other in self._states if item in self.where(other, at).inside)

    def _own(self, item: str, at: datetime) -> _Own:
        position = bisect_right(self._moments.get(item, ()), at)
        return self._states[item][position - 1] if position else _NOWHERE

    def _ever_around(self, item: str) -> set[str]:
        """Returns the item and everything that it was ever in, directly or not."""
        found, open_ = {item}, [item]
        while open_:
            for own in self._states.get(open_.pop(), ()):
                if own.container and own.container not in found:
                    found.add(own.container)
                    open_.append(own.container)
        return found

    def _after(self, step: Step) -> _Own:
        """Returns what the item's own steps say after `step`; raises InputError where it does not fit."""
        before = self._own(step.item, step.at)
        state = self.where(step.item, step.at).state
        allowed = _ALLOWED_INSIDE if before.container and state is not State.GONE else _ALLOWED[state]
        if step.what not in allowed:
            found = f"it is in {before.container}" if before.container else f"it is {state.value}"
            needed = ", ".join(sorted(each.value for each in allowed)) or "no further step: it is gone"
            raise InputError(place=step.told, found=found, needed=needed)
        match step.what:
            case Happening.ARRIVED | Happening.FOUND:
                return _Own(State.HERE, step.place)
            case Happening.LEFT:
                return _Own(State.IN_TRANSIT, before.place, step.place, giver=step.by)
            case Happening.RECEIVED:
                if step.by and step.by == before.giver:
                    raise InputError(place=step.told, found=f"{step.by} gives and takes", needed="two people")
                return _Own(State.HERE, before.to)
            case Happening.REFUSED:
                return _Own(State.HERE, before.place)
            case Happening.PUT_INTO:
                return self._put_into(step, before)
            case Happening.TAKEN_OUT:
                return self._taken_out(step, before)
            case Happening.MISSED:
                return _Own(State.UNACCOUNTED)
            case Happening.GONE:
                return _Own(State.GONE)

    def _put_into(self, step: Step, before: _Own) -> _Own:
        container = self.where(step.container, step.at)
        if step.item in container.inside:
            raise InputError(place=step.told, found=f"{step.container} is in {step.item}", needed="no circle")
        if container.state is not State.HERE or (before.state is State.HERE and container.place != before.place):
            found = f"{step.container} is {container.state.value} {container.place}".rstrip()
            raise InputError(place=step.told, found=found, needed="both in one place")
        return _Own(State.HERE, container=step.container)

    def _taken_out(self, step: Step, before: _Own) -> _Own:
        container = self.where(before.container, step.at)
        if container.state is not State.HERE:
            found = f"{before.container} is {container.state.value}"
            raise InputError(place=step.told, found=found, needed="a container that is in a place")
        outer = self._own(before.container, step.at).container
        return _Own(State.HERE, container=outer) if outer else _Own(State.HERE, container.place)
