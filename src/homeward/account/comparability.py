"""When two figures can be compared at all, slot by slot, and which verdict may then be spoken.

Each slot answers whether the two figures are the same in it, different, or whether that is not known. A contradiction
needs every slot the same and known on both sides; docs/concepts/comparability.md has the table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType

from homeward.account import figures
from homeward.account.vocabulary import CheckVerdict
from homeward.reader.claims import Modifier, Quantity, Status, What

__all__ = ["ABOUT_MARGIN", "Answer", "Comparison", "Counts", "Figure", "Slot", "combine", "compare"]

ABOUT_MARGIN = 0.05  # "about 1,000" is 950 to 1,050: the roundings of official counts on record stay within it
NEIGHBOURING_DAYS = 1  # outlets date one exchange a day apart


class Answer(Enum):
    """How two figures stand to each other in one slot."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_KNOWN = "not known"


class Slot(Enum):
    """What two figures have to share, in the order in which a reason is looked for."""

    CONFLICT = "conflict"
    KIND = "kind"
    DIRECTION = "direction"
    TIME = "time"
    SCOPE = "scope"
    STATUS = "status"
    PART = "part"
    VOICE = "voice"
    MODIFIER = "modifier"
    NUMBER = "number"


class Counts(Enum):
    """What a figure counts."""

    EVENT = "event"
    DAY = "day"  # the sum of one day's events
    RUNNING_TOTAL = "running total"
    AGREEMENT = "agreement"


# The number that was said is what counts here: "more than 1,000" would otherwise agree with every larger total.
WORDINGS = frozenset({Counts.RUNNING_TOTAL, Counts.AGREEMENT})
UPPER_BOUNDS = frozenset({Modifier.AT_MOST, Modifier.LESS_THAN})
ROUND_WORDS = frozenset({Modifier.ABOUT, Modifier.VAGUE})


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number and what is known of what it counts; the defaults mean that nothing is known.

    `kinds` are several where the figure counts them together. `both_ways` is a sum of both directions. `days` are the
    first and the last day, `agreement` the key of the agreement. `category` is "" for the whole. `said_by` are the
    parties that have given a figure of the same thing.
    """

    quantity: Quantity | None = None
    conflict: frozenset[str] = frozenset()
    kinds: frozenset[What] = frozenset()
    giver: str | None = None
    receiver: str | None = None
    both_ways: bool = False
    days: tuple[date, date] | None = None
    agreement: str | None = None
    counts: Counts | None = None
    status: Status | None = None
    category: str | None = None
    said_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Comparison:
    """What each slot answers, the verdict that may be spoken, and the slot that is the reason for a weaker one."""

    verdict: CheckVerdict
    answers: Mapping[Slot, Answer]
    reason: Slot | None = None

    @property
    def doubts(self) -> frozenset[Slot]:
        """The slots that are not known."""
        return frozenset(slot for slot, answer in self.answers.items() if answer is Answer.NOT_KNOWN)


def compare(one: Figure, other: Figure) -> Comparison:
    """Returns how two figures stand to each other; the order of the two makes no difference."""
    answers = MappingProxyType({slot: answer(one, other) for slot, answer in _ANSWERS.items()})
    number = answers[Slot.NUMBER]
    apart = _first(answers, Answer.DIFFERENT)
    if apart is not None and apart is not Slot.NUMBER:
        return Comparison(CheckVerdict.UNKNOWN, answers, apart)
    if number is Answer.NOT_KNOWN:
        return Comparison(CheckVerdict.UNKNOWN, answers, Slot.NUMBER)
    if number is Answer.SAME:
        return Comparison(CheckVerdict.AGREES, answers)
    doubt = _first(answers, Answer.NOT_KNOWN)
    return Comparison(CheckVerdict.DIFFERS if doubt else CheckVerdict.CONTRADICTS, answers, doubt)


def combine(comparisons: Iterable[Comparison], *, enumerated: frozenset[Slot] = frozenset()) -> Comparison | None:
    """Returns the finding over several tellings of one thing; None for none.

    One that agrees is enough. A contradiction needs one telling that contradicts for certain, and that all others
    exclude the figure too, whatever kinds they count together and however round their words are. In a slot of
    `enumerated` the tellings go through every possibility, so that a doubt in it is none.
    """
    found = sorted(comparisons, key=lambda one: (_STRENGTH[one.verdict], len(one.doubts)))
    if not found or found[0].verdict in {CheckVerdict.AGREES, CheckVerdict.UNKNOWN}:
        return found[0] if found else None
    bound = next((one for one in found if one.verdict is CheckVerdict.UNKNOWN and one.reason is Slot.MODIFIER), None)
    if bound:
        return bound
    apart = [(one, one.doubts - enumerated) for one in found if one.verdict is not CheckVerdict.UNKNOWN]
    softened = [(one, doubts) for one, doubts in apart if doubts - _READINGS]
    certain = [one for one, doubts in apart if not doubts]
    if certain and not softened:
        return Comparison(CheckVerdict.CONTRADICTS, certain[0].answers)
    one, doubts = softened[0] if softened else apart[0]
    return Comparison(CheckVerdict.DIFFERS, one.answers, next(slot for slot in Slot if slot in doubts))


_READINGS = frozenset({Slot.KIND, Slot.MODIFIER})
_STRENGTH = {
    CheckVerdict.AGREES: 0,
    CheckVerdict.CONTRADICTS: 1,
    CheckVerdict.DIFFERS: 1,
    CheckVerdict.UNKNOWN: 2,
}


def _first(answers: Mapping[Slot, Answer], wanted: Answer) -> Slot | None:
    return next((slot for slot in Slot if answers[slot] is wanted), None)


def _answer(*, same: bool) -> Answer:
    return Answer.SAME if same else Answer.DIFFERENT


def _conflict(one: Figure, other: Figure) -> Answer:
    both = one.conflict, other.conflict
    if all(len(parties) > 1 for parties in both):
        return _answer(same=one.conflict == other.conflict)
    if any(len(parties) > 1 for parties in both) and not (both[0] <= both[1] or both[1] <= both[0]):
        return Answer.DIFFERENT
    return Answer.NOT_KNOWN


def _kind(one: Figure, other: Figure) -> Answer:
    if not one.kinds or not other.kinds:
        return Answer.NOT_KNOWN
    if one.kinds == other.kinds:
        return Answer.SAME
    # "189 prisoners" may be 187 and two civilians: kinds that overlap may be the same people.
    return Answer.NOT_KNOWN if one.kinds & other.kinds else Answer.DIFFERENT


def _direction(one: Figure, other: Figure) -> Answer:
    if one.both_ways and other.both_ways:
        return Answer.SAME
    if one.both_ways or other.both_ways:
        single = other if one.both_ways else one
        return Answer.DIFFERENT if single.giver or single.receiver else Answer.NOT_KNOWN
    ends = [(one.giver, other.giver), (one.receiver, other.receiver)]
    if any(left and right and left != right for left, right in ends):
        return Answer.DIFFERENT
    return Answer.SAME if all(left and right for left, right in ends) else Answer.NOT_KNOWN


def _time(one: Figure, other: Figure) -> Answer:
    if Counts.AGREEMENT in {one.counts, other.counts}:
        if one.agreement is None or other.agreement is None:
            return Answer.NOT_KNOWN
        return _answer(same=one.agreement == other.agreement)
    if one.days is None or other.days is None:
        return Answer.NOT_KNOWN
    gap = (max(one.days[0], other.days[0]) - min(one.days[1], other.days[1])).days
    if gap > NEIGHBOURING_DAYS:
        return Answer.DIFFERENT
    # A month that is the same may still hold two events; a total over the same months is the same total.
    exact = one.days[0] == one.days[1] or {one.counts, other.counts} == {Counts.RUNNING_TOTAL}
    return Answer.SAME if one.days == other.days and exact else Answer.NOT_KNOWN


def _scope(one: Figure, other: Figure) -> Answer:
    scopes = {one.counts, other.counts}
    if None in scopes or scopes == {Counts.EVENT, Counts.DAY}:
        return Answer.NOT_KNOWN
    return _answer(same=len(scopes) == 1)


def _status(one: Figure, other: Figure) -> Answer:
    if one.status is None or other.status is None:
        return Answer.NOT_KNOWN
    return _answer(same=one.status is other.status)


def _part(one: Figure, other: Figure) -> Answer:
    if one.category is None or other.category is None:
        return Answer.NOT_KNOWN
    if one.category != other.category:
        return Answer.DIFFERENT
    # Two speakers seldom draw the line around "the wounded" alike, so a part is never certainly the same part.
    return Answer.NOT_KNOWN if one.category else Answer.SAME


def _voice(one: Figure, other: Figure) -> Answer:
    if one.said_by & other.said_by:
        return Answer.SAME
    # Where both sides have counted, nobody's third figure is another side's view.
    both_sides = any(len(figure.conflict) > 1 and figure.conflict <= figure.said_by for figure in (one, other))
    return Answer.SAME if both_sides else Answer.NOT_KNOWN


def _modifier(one: Figure, other: Figure) -> Answer:
    if one.quantity is None or other.quantity is None:
        return Answer.NOT_KNOWN
    if one.quantity == other.quantity and one.quantity.modifier not in ROUND_WORDS:
        return Answer.SAME
    modifiers = {one.quantity.modifier, other.quantity.modifier}
    if modifiers & ROUND_WORDS or not _are_numbers(one, other):
        return Answer.NOT_KNOWN
    bounded = [figure.quantity.modifier in UPPER_BOUNDS for figure in (one, other) if figure.quantity]
    share = figures.agree((one.quantity, other.quantity))
    if bounded[0] != bounded[1] and (share or figures.span(one.quantity) == figures.span(other.quantity)):
        # "Up to 6,000" names no number that was or will be handed over.
        return Answer.DIFFERENT
    if share:
        return Answer.SAME if _numbers(one, other) is Answer.SAME else Answer.NOT_KNOWN
    # "More than 6,000" against 6,000: only the strictness of the word is between them.
    touching = figures.span(one.quantity) == figures.span(other.quantity)
    return Answer.NOT_KNOWN if touching else Answer.SAME


def _numbers(one: Figure, other: Figure) -> Answer:
    if one.quantity is None or other.quantity is None:
        return Answer.NOT_KNOWN
    if one.quantity == other.quantity:
        return Answer.SAME
    if not _are_numbers(one, other):
        return Answer.NOT_KNOWN
    if {one.counts, other.counts} <= WORDINGS:
        return _answer(same=figures.span(one.quantity) == figures.span(other.quantity))
    return _answer(same=figures.share_a_number([_possible(one.quantity), _possible(other.quantity)]))


def _are_numbers(one: Figure, other: Figure) -> bool:
    return figures.is_figure(one.quantity) and figures.is_figure(other.quantity)


def _possible(quantity: Quantity) -> tuple[float, float]:
    low, high = figures.possible(quantity)
    if quantity.modifier is Modifier.ABOUT:
        return low * (1 - ABOUT_MARGIN), high * (1 + ABOUT_MARGIN)
    return low, high


_ANSWERS: Mapping[Slot, Callable[[Figure, Figure], Answer]] = {
    Slot.CONFLICT: _conflict,
    Slot.KIND: _kind,
    Slot.DIRECTION: _direction,
    Slot.TIME: _time,
    Slot.SCOPE: _scope,
    Slot.STATUS: _status,
    Slot.PART: _part,
    Slot.VOICE: _voice,
    Slot.MODIFIER: _modifier,
    Slot.NUMBER: _numbers,
}
