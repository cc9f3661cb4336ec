"""The articles of an organisation: which of them wait, and which a search finds."""

import pytest

from homeward.access.models import User
from homeward.reader import Document
from homeward.record import actions
from homeward.record.articles import found, waiting
from homeward.record.models import Article


def submitted(by: User, body: str, **fields: str) -> Article:
    """Returns an article of that person's, read at once."""
    return actions.submit_article(document=Document(body=body, **fields), by=by)  # type: ignore[arg-type]


@pytest.fixture
def herald(alice: User) -> Article:
    return submitted(alice, "Russia returned 40 bodies to Ukraine.", publisher="ВІСНИК Півночі", published="2026-01-30")


@pytest.fixture
def letter(alice: User) -> Article:
    return submitted(alice, "Russia returned 41 bodies to Ukraine.", source="https://example.org/letter")


def names(query: str, user: User) -> list[str]:
    (group,) = found(query, user)
    return [hit.address for hit in group.hits]


def test_found__needs_every_word_in_any_case_and_any_alphabet(herald: Article, letter: Article, alice: User) -> None:
    page = f"/articles/{herald.pk}/"
    assert len(names("", alice)) == 2
    assert names("вісник", alice) == names("ПІВНОЧІ Вісник", alice)
    assert [address.endswith(page) for address in names("вісник", alice)] == [True]
    assert names("вісник letter", alice) == []


def test_found__shows_charlie_nothing(herald: Article, charlie: User) -> None:
    assert names("", charlie) == []


def test_waiting__is_the_oldest_first_until_every_claim_is_decided(
    herald: Article, letter: Article, alice: User, bob: User, charlie: User
) -> None:
    assert [one.address.rsplit("/", 2)[1] for one in waiting(bob)] == [str(herald.pk), str(letter.pk)]
    for proposal in herald.proposals.all():
        actions.reject_claim(proposal=proposal, by=alice)
    assert [one.since for one in waiting(bob)] == [letter.submitted_at]
    assert waiting(charlie) == []
