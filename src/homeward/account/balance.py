"""What was promised against what was carried out: one line for each commitment, in each party's wording.

Transfers do not say under which category of an agreement a person came home, so a commitment to a category is set
against every transfer of that kind and direction under its agreement. One category is a way of counting: a promise of
people "with civilians" is met by prisoners and civilians alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from homeward.account import figures
from homeward.account.composition import PEOPLE, WITH_CIVILIANS, PeopleCount, people_of
from homeward.account.ledger import (
    AgreementEntry,
    BalanceLine,
    CommitmentEntry,
    ExchangeEntry,
    Reconciliation,
    TransferEntry,
    Verdict,
)
from homeward.reader.claims import Quantity, What

__all__ = ["balance", "outstanding", "total", "unverified_part"]

Direction = tuple[What, str, str]


def balance(
    agreements: Sequence[AgreementEntry], exchanges: Sequence[ExchangeEntry], *, on: date
) -> tuple[BalanceLine, ...]:
    """Returns a line for each commitment, as it stood on `on`; later exchanges and aborted ones count nothing."""
    under: defaultdict[tuple[str, Direction], list[TransferEntry]] = defaultdict(list)
    people: defaultdict[tuple[str, str, str], list[PeopleCount]] = defaultdict(list)
    last: dict[Direction, date] = {}
    for exchange in exchanges:
        if exchange.aborted or exchange.earliest > on:
            continue
        for count in people_of(exchange.transfers):
            people[exchange.agreement, count.giver, count.receiver].append(count)
        for transfer in exchange.transfers:
            direction = (transfer.what, transfer.giver, transfer.receiver)
            under[exchange.agreement, direction].append(transfer)
            if _took_place(transfer):
                # An exchange known to a month may end after the day of the account; no count of days is negative.
                last[direction] = max(last.get(direction, exchange.earliest), min(exchange.latest, on))
    return tuple(
        _line(
            commitment,
            _counted(commitment, under),
            _people(commitment, people),
            last.get(_direction(commitment)),
            on=on,
        )
        for agreement in agreements
        for commitment in agreement.commitments
    )


def outstanding(promised: Quantity | None, delivered_low: int, delivered_high: int) -> tuple[int | None, int | None]:
    """Returns what is still owed, low and high; both None where no number was promised.

    A promise of at least a number is counted as that number; "up to" a number promises nothing below it.
    """
    if promised is None or not figures.is_figure(promised):
        return None, None
    least = promised.low if promised.low is not None else 0
    greatest = promised.high if promised.high is not None else least
    # Crosswise: the least is owed if the most was delivered.
    return max(0, least - delivered_high), max(0, greatest - delivered_low)


def total(transfers: Iterable[TransferEntry]) -> tuple[int, int, int]:
    """Returns the verified sum, low and high, and the unverified figures beside it.

    A transfer with a verified figure adds nothing to the unverified part: its doubtful figures are of the same people.
    """
    low = high = doubtful = 0
    for transfer in transfers:
        reconciliation = transfer.reconciliation
        low += reconciliation.low or 0
        high += reconciliation.high or 0
        doubtful += unverified_part(reconciliation)
    return low, high, doubtful


def unverified_part(reconciliation: Reconciliation) -> int:
    """Returns the figure that is only general knowledge or inference, 0 where a verified one stands beside it."""
    if reconciliation.low is not None:
        return 0
    return reconciliation.unverified_high or 0


def _line(
    commitment: CommitmentEntry,
    transfers: Sequence[TransferEntry],
    people: Sequence[PeopleCount],
    last: date | None,
    *,
    on: date,
) -> BalanceLine:
    low, high, doubtful = total(transfers)
    if people:
        low, high = sum(count.low or 0 for count in people), sum(count.high or 0 for count in people)
    least, greatest = outstanding(commitment.quantity, low, high)
    if least and any(_withheld(transfer) for transfer in transfers):
        least = 0  # what was handed over without a number may have met the promise
    return BalanceLine(
        commitment=commitment,
        delivered_low=low,
        delivered_high=high,
        unverified=doubtful,
        outstanding_low=least,
        outstanding_high=greatest,
        last_transfer=last,
        days_since=(on - last).days if last else None,
        transfers=tuple(transfers),
    )


def _counted(
    commitment: CommitmentEntry, under: Mapping[tuple[str, Direction], Sequence[TransferEntry]]
) -> Sequence[TransferEntry]:
    kinds = [commitment.what]
    if commitment.category == WITH_CIVILIANS and commitment.what is not What.CIVILIANS:
        kinds.append(What.CIVILIANS)
    directions = [(kind, commitment.giver, commitment.receiver) for kind in kinds]
    return [transfer for direction in directions for transfer in under.get((commitment.agreement, direction), ())]


def _people(
    commitment: CommitmentEntry, people: Mapping[tuple[str, str, str], Sequence[PeopleCount]]
) -> Sequence[PeopleCount]:
    """Returns the counts of people that a promise "with civilians" is met by, none for any other promise.

    The kinds are not simply added: where one side calls civilians prisoners, they would be counted twice.
    """
    if commitment.category != WITH_CIVILIANS or commitment.what not in PEOPLE:
        return ()
    return people.get((commitment.agreement, commitment.giver, commitment.receiver), ())


def _direction(commitment: CommitmentEntry) -> Direction:
    return commitment.what, commitment.giver, commitment.receiver


def _withheld(transfer: TransferEntry) -> bool:
    return transfer.reconciliation.low is None and transfer.reconciliation.unverified_low is None


def _took_place(transfer: TransferEntry) -> bool:
    """Returns whether something was handed over, as far as is verified; "none" was said of some hand-overs."""
    reconciliation = transfer.reconciliation
    return reconciliation.verdict is not Verdict.UNVERIFIED and reconciliation.high != 0
