"""What happens to one exchange of remains, one event a line: reading, strict and with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from homeward.errors import InputError
from homeward.identification.fields import Fields, fields_of

__all__ = ["SAID", "WITHDRAWS", "Event", "Found", "What", "events_from_lines"]


class What(Enum):
    """The kinds of event."""

    ANNOUNCED = "announced"
    MANIFEST = "manifest"
    EXPLAINED = "explained"
    SCANNED = "scanned"
    SCAN_WITHDRAWN = "scan_withdrawn"
    OPENED = "opened"
    SPLIT = "split"
    REJOINED = "rejoined"
    JOINED = "joined"
    PARTED = "parted"
    PROFILE = "profile"
    CANDIDATE = "candidate"
    CANDIDATE_CLOSED = "candidate_closed"
    OTHER_SIDE = "other_side"
    RETURNED = "returned"
    BURIED_UNNAMED = "buried_unnamed"
    COUNTED_EARLIER = "counted_earlier"
    NON_HUMAN = "non_human"
    PROFILE_WITHDRAWN = "profile_withdrawn"
    CANDIDATE_CLOSED_WITHDRAWN = "candidate_closed_withdrawn"
    OTHER_SIDE_WITHDRAWN = "other_side_withdrawn"
    RETURNED_WITHDRAWN = "returned_withdrawn"
    BURIED_UNNAMED_WITHDRAWN = "buried_unnamed_withdrawn"
    COUNTED_EARLIER_WITHDRAWN = "counted_earlier_withdrawn"
    NON_HUMAN_WITHDRAWN = "non_human_withdrawn"
    DECIDED = "decided"
    REVOKED = "revoked"
    TOLD = "told"
    HOME = "home"


class Found(Enum):
    """What a bag held when it was opened."""

    HUMAN = "human"
    EMPTY = "empty"
    ANIMAL = "animal"
    OTHER = "other"
    UNDETERMINED = "undetermined"


# What is said of remains, and by which event it is taken back.
WITHDRAWS: Mapping[What, What] = MappingProxyType(
    {
        What.PROFILE_WITHDRAWN: What.PROFILE,
        What.CANDIDATE_CLOSED_WITHDRAWN: What.CANDIDATE_CLOSED,
        What.OTHER_SIDE_WITHDRAWN: What.OTHER_SIDE,
        What.RETURNED_WITHDRAWN: What.RETURNED,
        What.BURIED_UNNAMED_WITHDRAWN: What.BURIED_UNNAMED,
        What.COUNTED_EARLIER_WITHDRAWN: What.COUNTED_EARLIER,
        What.NON_HUMAN_WITHDRAWN: What.NON_HUMAN,
    }
)
SAID = frozenset(WITHDRAWS.values()) | {What.CANDIDATE}
WITH_PERSON = (What.CANDIDATE, What.CANDIDATE_CLOSED, What.CANDIDATE_CLOSED_WITHDRAWN)
OF_A_DECISION = (What.REVOKED, What.TOLD, What.HOME)

KEYS: Mapping[What, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(What, ("event", "remains")),
        **dict.fromkeys(WITH_PERSON, ("event", "remains", "person")),
        **dict.fromkeys(OF_A_DECISION, ("event", "decision")),
        What.ANNOUNCED: ("event", "by", "low", "high"),
        What.MANIFEST: ("event", "lines"),
        What.EXPLAINED: ("event", "count", "reason"),
        What.SCANNED: ("event", "bag", "line"),
        What.SCAN_WITHDRAWN: ("event", "bag"),
        What.OPENED: ("event", "bag", "found", "remains"),
        What.SPLIT: ("event", "remains", "into"),
        What.DECIDED: ("event", "decision", "remains", "persons"),
    }
)


@dataclass(frozen=True)
class Event:
    """One event. Which fields count depends on ``what``; ``remains`` holds one code, a joined pair, or several."""

    what: What
    place: str = "event"
    low: int = 0
    high: int = 0
    count: int = 0
    lines: tuple[str, ...] = ()
    bag: str = ""
    line: str | None = None
    found: Found = Found.HUMAN
    remains: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    person: str = ""
    persons: tuple[str, ...] = ()
    decision: str = ""


def events_from_lines(lines: Iterable[tuple[int, object]], *, place: str) -> tuple[Event, ...]:
    """Returns the events of numbered JSON values; raises InputError for whatever is unknown, missing or impossible."""
    return tuple(_event(value, place=f"{place} line {n}") for n, value in lines)


def _event(value: object, *, place: str) -> Event:
    what = fields_of(value, None, place=place).chosen("event", What)
    fields = fields_of(value, KEYS[what], place=place)
    if what is What.ANNOUNCED:
        return _announced(fields)
    if what is What.EXPLAINED:
        if fields.text_or_none("reason") is None:
            raise fields.refused("reason", "a text")
        return Event(what, place, count=fields.whole("count"))
    if what is What.MANIFEST:
        if "lines" not in fields:
            raise fields.refused("lines", "a list of lines")
        return Event(what, place, lines=fields.texts("lines", once=False))
    if what in (What.SCANNED, What.SCAN_WITHDRAWN):
        return Event(what, place, bag=fields.text("bag"), line=fields.text_or_none("line"))
    if what is What.OPENED:
        return _opened(fields)
    return _of_remains(what, fields)


def _of_remains(what: What, fields: Fields) -> Event:
    place = fields.place
    if what in OF_A_DECISION:
        return Event(what, place, decision=fields.text("decision"))
    if what is What.DECIDED:
        remains, persons = fields.texts("remains", needed=True), fields.texts("persons", needed=True)
        return Event(what, place, decision=fields.text("decision"), remains=remains, persons=persons)
    if what in (What.JOINED, What.PARTED):
        pair = fields.texts("remains")
        if len(pair) != 2:
            raise fields.refused("remains", "a list of two different remains")
        return Event(what, place, remains=pair)
    if what is What.SPLIT:
        into = fields.texts("into")
        if len(into) < 2:
            raise fields.refused("into", "a list of two remains or more")
        return Event(what, place, remains=(fields.text("remains"),), into=into)
    person = fields.text("person") if what in WITH_PERSON else ""
    return Event(what, place, remains=(fields.text("remains"),), person=person)


def _announced(fields: Fields) -> Event:
    fields.text("by")
    low, high = fields.whole("low", low=0), fields.whole("high", low=0)
    if low > high:
        raise InputError(place=fields.place, found=f"low {low:,} and high {high:,}", needed="low no greater than high")
    return Event(What.ANNOUNCED, fields.place, low=low, high=high)


def _opened(fields: Fields) -> Event:
    found = fields.chosen("found", Found)
    remains = fields.texts("remains") if fields.values.get("remains") is not None else ()
    if found is Found.HUMAN and not remains:
        raise fields.refused("remains", "the codes of the remains in a bag with human remains")
    if found is Found.EMPTY and remains:
        raise fields.refused("remains", "no remains in an empty bag")
    return Event(What.OPENED, fields.place, bag=fields.text("bag"), found=found, remains=remains)
