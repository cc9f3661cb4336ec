"""What a text says twice: when it is one claim, and when it is two."""

from dataclasses import replace

import pytest

from homeward.reader.claims import Band, Claim, Kind, Modifier, Quantity, Span, Status, What
from homeward.reader.repetition import without_repetition as merged

FIRST = Claim(
    kind=Kind.TRANSFER,
    span=Span(0, 5, "first"),
    what=What.REMAINS,
    quantity=Quantity.exact(40),
    giver="RUS",
    receiver="UKR",
)
AGAIN = replace(FIRST, span=Span(10, 15, "again"), spans=())


def without_repetition(claims: list[Claim]) -> list[Claim]:
    """Returns the claims that stand, with their first quotation alone."""
    return [replace(claim, spans=()) for claim in merged(claims)[0]]


HUNDREDS = Quantity(None, None, Modifier.VAGUE)


def test_without_repetition__keeps_the_words_of_whoever_is_named() -> None:
    named = replace(FIRST, speaker="Alice")
    assert without_repetition([FIRST, replace(AGAIN, speaker="Alice")]) == [named]
    assert without_repetition([named, AGAIN]) == [named]


def test_without_repetition__quotes_both_and_is_as_sure_as_the_surer() -> None:
    sure = replace(AGAIN, confidence=0.9, band=Band.CONFIDENT)
    [claim], places = merged([replace(FIRST, confidence=0.4, band=Band.TO_CONFIRM), sure])
    assert claim.spans == (FIRST.span, AGAIN.span)
    assert (claim.span, claim.confidence, claim.band) == (FIRST.span, 0.9, Band.CONFIDENT)
    assert places == [0, 0]


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
