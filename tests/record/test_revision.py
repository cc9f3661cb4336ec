"""The revision of the record: another after each action, the same after anything else."""

import pytest
from django.db import transaction
from django.utils import timezone

from homeward.access.models import User
from homeward.journal.actions import Entry, write_many
from homeward.journal.actors import SYSTEM
from homeward.record import actions
from homeward.record.ledger_cache import current_ledger
from homeward.record.models import Article, Party, ProposedClaim
from homeward.record.revision import current_revision, renew_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(alice: User) -> ProposedClaim:
    """A claim of an article that Alice may decide on."""
    article = Article.objects.create(
        organisation=alice.organisation,
        submitted_by=alice,
        submitted_at=timezone.now(),
        text="100",
        text_sha256="0" * 64,
    )
    return ProposedClaim.objects.create(article=article, position=0, data={})


def test_revision__is_none_before_the_first_action() -> None:
    assert current_revision() == ""


def test_revision__is_another_after_each_action(alice: User, proposal: ProposedClaim) -> None:
    actions.load_shipped(by=SYSTEM)
    loaded = current_revision()
    actions.load_shipped(by=SYSTEM)
    assert current_revision() == loaded  # it did nothing
    actions.reject_claim(proposal=proposal, by=alice)
    assert current_revision() not in {"", loaded}


def test_revision__stands_whatever_else_is_journalled(django_assert_num_queries: object) -> None:
    renew_revision()
    before = current_revision()
    write_many(by=SYSTEM, entries=[Entry("custody.bag_moved", f"bag:B-{number}") for number in range(100)])
    assert current_revision() == before


def test_revision__of_a_transaction_taken_back_never_comes_again() -> None:
    """Two processes could otherwise keep different ledgers under one stamp."""
    with transaction.atomic():
        renew_revision()
        taken_back = current_revision()
        transaction.set_rollback(True)
    renew_revision()
    assert current_revision() != taken_back


def test_current_ledger__asks_for_one_row_while_nothing_changes(django_assert_num_queries: object) -> None:
    actions.load_shipped(by=SYSTEM)
    kept = current_ledger()
    Party.objects.filter(code="UKR").update(name="changed past the actions")
    with django_assert_num_queries(1) as asked:  # type: ignore[operator]
        assert current_ledger() is kept
    assert "journal" not in asked[0]["sql"]
    renew_revision()
    assert current_ledger() is not kept
