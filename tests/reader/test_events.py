"""Accusations, talks and attacks: told as what they are, with who says so, and never as a hand-over."""

import pytest
from tests.reader.steps import PUBLISHED

from homeward.reader import Document, read
from homeward.reader.claims import Claim, Kind, Status

EXCHANGE = "Russia returned 40 bodies to Ukraine."


def only(text: str) -> Claim:
    [_, claim] = read(Document(body=f"{EXCHANGE} {text}", published=PUBLISHED)).claims
    return claim


def test_events__of_a_text_on_something_else_are_not_told() -> None:
    assert read(Document(body="A Russian attack on Kharkiv killed five people on Thursday.")).claims == ()


@pytest.mark.parametrize(
    ("text", "accuser"),
    [
        ("Kyiv accused Moscow of breaking the deal.", "UKR"),
        ("Russia and Ukraine accused each other of breaking the deal.", None),
    ],
)
def test_accusation__is_that_of_the_accuser_and_of_nobody_where_both_accuse(text: str, accuser: str | None) -> None:
    claim = only(text)
    assert (claim.kind, claim.speaker_party) == (Kind.ACCUSATION, accuser)


@pytest.mark.parametrize(
    ("text", "status", "place"),
    [
        ("Talks between Ukraine and Russia continue in Istanbul.", Status.CARRIED_OUT, "Istanbul"),
        ("Talks between Ukraine and Russia will be held in Geneva.", Status.PLANNED, "Geneva"),
    ],
)
def test_talks__go_on_or_are_to_come(text: str, status: Status, place: str) -> None:
    claim = only(text)
    assert (claim.kind, claim.status, claim.place) == (Kind.TALKS, status, place)


def test_incident__counts_its_dead_and_hands_nobody_over() -> None:
    claim = only("A Russian attack on Kharkiv killed five people on Thursday.")
    assert (claim.kind, claim.quantity and claim.quantity.low, claim.when) == (Kind.INCIDENT, 5, "2026-01-29")
    assert (claim.giver, claim.receiver, claim.what) == (None, None, None)
