"""Sharing: an organisation shows another one object, never more, and ends it again."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from homeward.access import scoping
from homeward.access.actions import replace_roles, revoke_share, share
from homeward.access.authorisation import authorise
from homeward.access.models import Organisation, Share, User
from homeward.access.roles import Permission, Role
from homeward.errors import InputError, NotPermittedError
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event
from homeward.reader import Document
from homeward.record.actions import accept_claim, submit_article
from homeward.record.models import Article, ProposedClaim

pytestmark = pytest.mark.django_db
TEXT = "Language: en\n\nRussia handed over the bodies of 1,000 soldiers to Ukraine on 26 February 2026, {} said."


@pytest.fixture
def officer(bob: User) -> User:
    """Bob, who prepares exchanges for Alice's organisation."""
    replace_roles(user=bob, roles=[Role.EXCHANGE_OFFICER], by=SYSTEM)
    return bob


@pytest.fixture
def articles(alice: User) -> list[Article]:
    """Two articles of Alice's organisation."""
    documents = [Document.from_text(TEXT.format(who)) for who in ("one official", "another official")]
    return [submit_article(document=document, by=alice) for document in documents]


def test_share__shows_one_object_with_its_parts_and_nothing_else(
    officer: User, articles: list[Article], charlie: User, other_bureau: Organisation
) -> None:
    share(row=articles[0], receiver=other_bureau, by=officer)

    assert list(Article.objects.visible_to(charlie)) == [articles[0]]
    assert {row.article for row in ProposedClaim.objects.visible_to(charlie)} == {articles[0]}
    assert not Article.objects.owned_by(charlie).exists()
    assert not User.objects.visible_to(charlie).exclude(pk=charlie.pk).exists()


def test_share__is_sight_and_not_the_right_to_decide(
    client: Client, officer: User, articles: list[Article], charlie: User, other_bureau: Organisation
) -> None:
    share(row=articles[0], receiver=other_bureau, by=officer)
    client.force_login(charlie)

    page = client.get(reverse("record:article", args=[articles[0].pk]))
    assert page.status_code == 200
    assert b"data-decision" not in page.content
    assert client.post(reverse("record:accept_claim", args=[articles[0].pk, 0])).status_code == 404
    with pytest.raises(NotPermittedError, match="another organisation"):
        accept_claim(proposal=articles[0].proposals.get(position=0), by=charlie)


def test_revoke_share__ends_the_sight_and_both_are_journalled(
    client: Client, officer: User, articles: list[Article], charlie: User, other_bureau: Organisation
) -> None:
    given = share(row=articles[0], receiver=other_bureau, by=officer)
    assert share(row=articles[0], receiver=other_bureau, by=officer) == given
    revoke_share(share=given, by=officer)
    revoke_share(share=given, by=officer)

    assert not Article.objects.visible_to(charlie).exists()
    client.force_login(charlie)
    assert client.get(reverse("record:article", args=[articles[0].pk])).status_code == 404
    told = [(e.action, e.actor, e.subject, e.data) for e in Event.objects.filter(action__contains="share")]
    data = {"share": given.code, "receiver": other_bureau.slug}
    assert told == [
        ("access.shared", officer.code, f"article:{articles[0].code}", data),
        ("access.share_revoked", officer.code, f"article:{articles[0].code}", data),
    ]

    again = share(row=articles[0], receiver=other_bureau, by=officer)
    assert again != given
    assert Article.objects.visible_to(charlie).count() == 1


def test_share__is_refused_to_who_does_not_own_the_object_or_may_not(
    alice: User, charlie: User, articles: list[Article], bureau: Organisation, other_bureau: Organisation
) -> None:
    replace_roles(user=charlie, roles=[Role.EXCHANGE_OFFICER], by=SYSTEM)
    with pytest.raises(NotPermittedError, match="another organisation"):
        share(row=articles[0], receiver=other_bureau, by=charlie)
    with pytest.raises(NotPermittedError, match="may not show"):
        share(row=articles[0], receiver=other_bureau, by=alice)
    with pytest.raises(InputError, match="another organisation than the owner"):
        share(row=articles[0], receiver=bureau, by=SYSTEM)
    with pytest.raises(ValueError, match="not shared by itself"):
        share(row=articles[0].proposals.get(position=0), receiver=other_bureau, by=SYSTEM)
    assert not Share.objects.exists()


def test_share_of_what_is_not_ones_own__shows_nothing(
    articles: list[Article], charlie: User, other_bureau: Organisation
) -> None:
    gamma = Organisation.objects.create(name="Bureau of Gamma", slug="bureau-of-gamma")
    Share.objects.create(giver=gamma, receiver=other_bureau, model="record.article", object_code=articles[0].code)

    assert not Article.objects.visible_to(charlie).exists()


def test_visible_to__is_the_same_however_many_objects_are_shared(
    monkeypatch: pytest.MonkeyPatch, articles: list[Article], charlie: User, other_bureau: Organisation
) -> None:
    gamma = Organisation.objects.create(name="Bureau of Gamma", slug="bureau-of-gamma")
    share(row=articles[0], receiver=other_bureau, by=SYSTEM)
    for article in articles:
        Share.objects.create(giver=gamma, receiver=other_bureau, model="record.article", object_code=article.code)

    for most in (10_000, 1, 0):
        monkeypatch.setattr(scoping, "MOST_CODES_IN_A_CONDITION", most)
        assert list(Article.objects.visible_to(charlie)) == [articles[0]]
        assert {row.article for row in ProposedClaim.objects.visible_to(charlie)} == {articles[0]}


def test_database__refuses_two_living_shares_and_one_with_oneself(
    articles: list[Article], bureau: Organisation, other_bureau: Organisation
) -> None:
    given = share(row=articles[0], receiver=other_bureau, by=SYSTEM)
    same = {"giver": bureau, "model": given.model, "object_code": given.object_code}
    for receiver in (other_bureau, bureau):
        with pytest.raises(IntegrityError), transaction.atomic():
            Share.objects.create(receiver=receiver, **same)


def test_authorise__asks_for_the_account_the_permission_and_the_owner(
    alice: User, charlie: User, articles: list[Article]
) -> None:
    authorise(alice, Permission.DECIDE_CLAIMS, articles[0])
    authorise(SYSTEM, Permission.DECIDE_CLAIMS, articles[0])
    for by, permission in ((alice, Permission.AUDIT_JOURNAL), (charlie, Permission.DECIDE_CLAIMS)):
        with pytest.raises(NotPermittedError):
            authorise(by, permission, articles[0])
    alice.is_active = False
    with pytest.raises(NotPermittedError):
        authorise(alice, Permission.DECIDE_CLAIMS, articles[0])
