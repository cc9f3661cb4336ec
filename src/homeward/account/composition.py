"""Who was handed over, apart from how many: parts of a transfer, and people counted across kinds.

A claim without a category is about the whole of a kind. One "with civilians" counts prisoners and civilians together;
one of any other category (women, wounded) counts a part, which is in the whole already and adds nothing to a sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Self

from homeward.account import figures
from homeward.account.ledger import ClaimEntry, Reconciliation, TransferEntry, Verdict
from homeward.account.reconciliation import reconcile, verdict_over
from homeward.reader.claims import Quantity, What

__all__ = ["PEOPLE", "WITH_CIVILIANS", "PeopleCount", "count_people", "parts_of", "people_of", "reconcile_part"]

PEOPLE = frozenset({What.PRISONERS, What.CIVILIANS})
WITH_CIVILIANS = "with civilians"

Voice = tuple[str, str]  # party, and speaker or publisher: one party's officials may contradict each other


@dataclass(frozen=True)
class _Figure:
    """What one voice's words leave possible, and the least and the greatest number that they name."""

    possible: tuple[float, float]
    span: tuple[int, int]

    @classmethod
    def of(cls, quantity: Quantity) -> Self:
        return cls(figures.possible(quantity), figures.span(quantity))

    def plus(self, other: Self) -> Self:
        possible = self.possible[0] + other.possible[0], self.possible[1] + other.possible[1]
        return replace(self, possible=possible, span=(self.span[0] + other.span[0], self.span[1] + other.span[1]))

    def or_else(self, other: Self) -> Self:
        """Returns the figure of a voice that gave two."""
        possible = min(self.possible[0], other.possible[0]), max(self.possible[1], other.possible[1])
        span = min(self.span[0], other.span[0]), max(self.span[1], other.span[1])
        return replace(self, possible=possible, span=span)


@dataclass(frozen=True, kw_only=True)
class PeopleCount:
    """How many people one direction of an exchange had, prisoners and civilians together.

    ``low`` and ``high`` are None where no verified figure was given. With ``is_composition_disputed`` the figures of a
    kind contradict each other; ``verdict`` is over the count alone, which all may agree on.
    """

    giver: str
    receiver: str
    kinds: tuple[What, ...]
    verdict: Verdict
    low: int | None
    high: int | None
    said_by: tuple[str, ...]
    is_composition_disputed: bool


@dataclass
class _Told:
    """What one voice says of a direction: a figure of each kind, and of all together."""

    kinds: dict[What, _Figure] = field(default_factory=dict)
    people: _Figure | None = None

    def whole(self, n_kinds: int) -> _Figure | None:
        """Returns the voice's own count of people, if it gives one."""
        if self.people or len(self.kinds) < n_kinds:
            return self.people
        return reduce(_Figure.plus, self.kinds.values())


def parts_of(transfer: TransferEntry) -> Mapping[str, tuple[ClaimEntry, ...]]:
    """Returns the claims on parts of a transfer by category, in the order in which they were entered."""
    found: defaultdict[str, list[ClaimEntry]] = defaultdict(list)
    for claim in transfer.claims:
        if claim.category and claim.category != WITH_CIVILIANS:
            found[claim.category].append(claim)
    return {category: tuple(claims) for category, claims in found.items()}


def reconcile_part(claims: Iterable[ClaimEntry], transfer: TransferEntry) -> Reconciliation:
    """Returns the verdict over the claims on one part of a transfer."""
    return reconcile([replace(claim, category=None) for claim in claims], transfer.giver, transfer.receiver)


def people_of(transfers: Iterable[TransferEntry]) -> tuple[PeopleCount, ...]:
    """Returns the count of people for each direction of one exchange."""
    ways: defaultdict[tuple[str, str], list[TransferEntry]] = defaultdict(list)
    for transfer in transfers:
        if transfer.what in PEOPLE:
            ways[transfer.giver, transfer.receiver].append(transfer)
    return tuple(count_people(together) for together in ways.values())


def count_people(transfers: Sequence[TransferEntry]) -> PeopleCount:
    """Returns the count of people over the transfers of one exchange and one direction, each of another kind.

    A voice that gives each kind counts their sum. One that gives a single kind, with a figure that others give for all
    together, calls all of them that kind (84 servicemen, where the other side has 33 and 51 civilians). Any other voice
    that gives a single kind is silent about the rest, for which the others' figures stand.
    """
    kinds = tuple(transfer.what for transfer in transfers)
    if len(kinds) == 1 and all(claim.category != WITH_CIVILIANS for claim in transfers[0].claims):
        return _of_one_kind(transfers[0])
    told = _by_voice(transfers)
    wholes = {voice: whole for voice, one in told.items() if (whole := one.whole(len(kinds)))}
    folded = {
        voice: figure
        for voice, one in told.items()
        if voice not in wholes and (figure := _folded(one, told.values(), wholes.values()))
    }
    silent = [_filled(one, transfers) for voice, one in told.items() if voice not in wholes and voice not in folded]
    counts = [*wholes.values(), *folded.values(), *silent]
    first = transfers[0]
    sides = {party for party, _ in (*wholes, *folded)} & {first.giver, first.receiver}
    verdicts = {transfer.reconciliation.verdict for transfer in transfers}
    possible = [figure.possible for figure in counts]
    return PeopleCount(
        giver=first.giver,
        receiver=first.receiver,
        kinds=kinds,
        verdict=verdict_over(possible, len(sides), only_unverified=verdicts == {Verdict.UNVERIFIED}),
        low=min((figure.span[0] for figure in counts), default=None),
        high=max((figure.span[1] for figure in counts), default=None),
        said_by=tuple(sorted(sides)),
        is_composition_disputed=bool(folded) or (len(kinds) > 1 and Verdict.CONTESTED in verdicts),
    )


def _of_one_kind(transfer: TransferEntry) -> PeopleCount:
    found = transfer.reconciliation
    return PeopleCount(
        giver=transfer.giver,
        receiver=transfer.receiver,
        kinds=(transfer.what,),
        verdict=found.verdict,
        low=found.low,
        high=found.high,
        said_by=found.said_by,
        is_composition_disputed=False,
    )


def _by_voice(transfers: Sequence[TransferEntry]) -> dict[Voice, _Told]:
    told: defaultdict[Voice, _Told] = defaultdict(_Told)
    for transfer in transfers:
        for claim in transfer.claims:
            if not claim.verified or claim.quantity is None or not figures.is_figure(claim.quantity):
                continue
            figure, voice = _Figure.of(claim.quantity), (claim.speaker_party or "", claim.speaker or claim.source.url)
            if claim.category == WITH_CIVILIANS:
                told[voice].people = figure.or_else(told[voice].people or figure)
            elif not claim.category:
                told[voice].kinds[transfer.what] = figure.or_else(told[voice].kinds.get(transfer.what, figure))
    return dict(told)


def _folded(one: _Told, voices: Iterable[_Told], wholes: Iterable[_Figure]) -> _Figure | None:
    """Returns a voice's figure of its one kind where others give it for all kinds, and another one for that kind."""
    if len(one.kinds) != 1:
        return None
    ((what, figure),) = one.kinds.items()
    others = [other.kinds[what].span for other in voices if what in other.kinds]
    is_the_whole = any(figure.span == whole.span for whole in wholes)
    return figure if is_the_whole and any(span != figure.span for span in others) else None


def _filled(one: _Told, transfers: Sequence[TransferEntry]) -> _Figure:
    """Returns a voice's figure with those of the others for the kinds that it does not name."""
    return reduce(_Figure.plus, (one.kinds.get(transfer.what) or _settled(transfer) for transfer in transfers))


def _settled(transfer: TransferEntry) -> _Figure:
    span = transfer.reconciliation.low or 0, transfer.reconciliation.high or 0
    return _Figure(span, span)
