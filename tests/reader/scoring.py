"""A score of claims against hand-made labels: what, quantity, direction and status class all equal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeward.reader.claims import Claim, Kind, Modifier, Quantity, Status

Key = tuple[str | None, int | str | None, str | None, str | None, str]

SCORED = {Kind.TRANSFER, Kind.COMMITMENT, Kind.ABSENCE}
FUTURE = {Status.PLANNED.value, Status.AGREED.value, Status.DEMANDED.value}


@dataclass(frozen=True)
class Score:
    """How many labels there are, how many claims, and how many of them fit."""

    n_labels: int
    n_claims: int
    n_right: int
    n_swapped: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.n_right / (self.n_labels + self.n_claims)


def score(labels: Sequence[Sequence[Key]], claims: Sequence[Sequence[Key]]) -> Score:
    """Returns the score of documents' claims, each label matched at most once."""
    right = swapped = 0
    for wanted, found in zip(labels, claims, strict=True):
        right += (Counter(wanted) & Counter(found)).total()
        swapped += sum(_is_swapped(key, wanted) for key in (Counter(found) - Counter(wanted)))
    return Score(sum(map(len, labels)), sum(map(len, claims)), right, swapped)


def _is_swapped(key: Key, wanted: Sequence[Key]) -> bool:
    what, quantity, giver, receiver, status = key
    other_way = (what, quantity, receiver, giver, status)
    return giver is not None and receiver is not None and other_way in wanted and key not in wanted


def key_of_label(label: Mapping[str, Any]) -> Key:
    """Returns what of a label is scored."""
    quantity = label["quantity"]
    if isinstance(quantity, str) and quantity.startswith("vague"):
        quantity = None
    return label["what"], quantity, label["from"], label["to"], _class(label["status"])


def key_of_row(row: Sequence[Any]) -> Key:
    """Returns the key of what, how many, from, to and status."""
    what, quantity, giver, receiver, status = row
    return what, quantity, giver, receiver, _class(status)


def keys_of_claims(claims: Sequence[Claim]) -> list[Key]:
    """Returns what of the transfers, commitments and absences among the claims is scored."""
    return [
        (
            claim.what.value if claim.what else None,
            _deciding(claim.quantity),
            claim.giver,
            claim.receiver,
            _class(claim.status.value),
        )
        for claim in claims
        if claim.kind in SCORED
    ]


def _deciding(quantity: Quantity | None) -> int | str | None:
    if quantity is None or quantity.modifier is Modifier.VAGUE:
        return None
    if quantity.modifier is Modifier.ALL:
        return "all"
    return quantity.high if quantity.modifier in {Modifier.AT_MOST, Modifier.LESS_THAN} else quantity.low


def _class(status: str) -> str:
    return "future" if status in FUTURE else status
