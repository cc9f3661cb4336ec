"""What a text says twice: when it is one claim, and when it is two."""

from dataclasses import replace

import pytest

from homeward.reader.claims import Claim, Kind, Modifier, Quantity, Span, Status, What
from homeward.reader.repetition import without_repetition

FIRST = Claim(
    kind=Kind.TRANSFER,
    span=Span(0, 5, "first"),
    what=What.REMAINS,
    quantity=Quantity.exact(40),
    giver="RUS",
    receiver="UKR",
)
AGAIN = replace(FIRST, span=Span(10, 15, "again"))
HUNDREDS = Quantity(None, None, Modifier.VAGUE)


def test_without_repetition__keeps_the_words_of_whoever_is_named() -> None:
    assert without_repetition([FIRST, replace(AGAIN, speaker="Alice")]) == [replace(AGAIN, speaker="Alice")]
    assert without_repetition([replace(FIRST, speaker="Alice"), AGAIN]) == [replace(FIRST, speaker="Alice")]


@pytest.mark.parametrize(
    "other",
    [
        replace(AGAIN, quantity=Quantity.exact(41)),
        replace(AGAIN, giver="UKR", receiver="RUS"),
        replace(AGAIN, back_reference=True),
        replace(AGAIN, status=Status.PLANNED),
        replace(AGAIN, category="under_25"),
    ],
    ids=["figure", "direction", "looks back", "plan", "category"],
)
def test_without_repetition__keeps_what_differs_in_anything_that_counts(other: Claim) -> None:
    assert without_repetition([FIRST, other]) == [FIRST, other]


def test_without_repetition__takes_a_plan_and_a_promise_of_the_same_for_one() -> None:
    planned = replace(FIRST, status=Status.PLANNED)
    assert without_repetition([planned, replace(AGAIN, status=Status.AGREED)]) == [planned]


@pytest.mark.parametrize("quantity", [None, HUNDREDS], ids=["no figure", "hundreds"])
def test_without_repetition__lets_words_without_a_number_yield_to_a_number(quantity: Quantity | None) -> None:
    general = replace(FIRST, quantity=quantity)
    assert without_repetition([general, AGAIN]) == [AGAIN]
    assert without_repetition([replace(general, giver=None, receiver=None), AGAIN]) == [AGAIN]
    turned = replace(general, giver="UKR", receiver="RUS")
    assert without_repetition([turned, AGAIN]) == [turned, AGAIN]
