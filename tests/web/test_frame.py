"""What every app brings to the frame: the menu, what waits today, the search."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from homeward.access.models import User
from homeward.access.site import menu_for, waiting_for
from homeward.journal.actors import SYSTEM
from homeward.reader import Document, read
from homeward.record.actions import load_shipped, propose_claims, submit_article
from homeward.record.models import Article

pytestmark = pytest.mark.django_db
TEXT = "Russia handed over the bodies of 1,000 soldiers to Ukraine on 26 February 2026, Kyiv said."


def an_article(by: User, text: str = TEXT, publisher: str = "Example Press") -> Article:
    document = Document(body=text, published="2026-02-27", publisher=publisher)
    article = submit_article(document=document, by=by)
    article.refresh_from_db()
    if not article.reader_version:
        propose_claims(article=article, reading=read(document), by=SYSTEM)
    return article


def labels(user: User | None) -> list[str]:
    return [str(entry.label) for entry, _ in menu_for(user)]


def test_menu__has_what_the_apps_declare_and_a_role_may_open(alice: User, auditor: User) -> None:
    assert labels(None) == ["Brief", "Exchanges", "Agreements", "Gaps"]
    assert labels(alice) == ["Today", "Brief", "Exchanges", "Agreements", "Gaps", "Articles"]
    assert labels(auditor) == ["Today", "Brief", "Exchanges", "Agreements", "Gaps", "Journal"]


def test_menu__marks_the_page_that_is_open(client: Client, alice: User) -> None:
    client.force_login(alice)
    page = client.get(reverse("record:articles")).content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', page) == ["/staff/articles/"]


def test_today__lists_articles_to_decide_oldest_first(alice: User, bob: User, charlie: User) -> None:
    first, second = an_article(alice), an_article(bob, TEXT.replace("1,000", "900"))
    an_article(charlie, TEXT.replace("1,000", "800"))
    assert [row.address for row in waiting_for(alice)] == [f"/staff/articles/{one.pk}/" for one in (first, second)]
    assert next(row.why for row in waiting_for(alice)) == "1 claim to decide"


def test_today__gives_an_auditor_the_journal_until_it_was_verified(client: Client, alice: User, auditor: User) -> None:
    an_article(alice)
    assert [str(row.what) for row in waiting_for(auditor)] == ["Verify the journal"]
    client.force_login(auditor)
    client.post(reverse("verify_journal"))
    assert waiting_for(auditor) == []


def test_today__says_what_would_be_here_when_nothing_waits(client: Client, alice: User) -> None:
    client.force_login(alice)
    page = client.get(reverse("site:today")).content.decode()
    assert "Nothing waits for you." in page
    assert "Articles with claims to decide" in page


def test_today__is_for_those_who_signed_in(client: Client) -> None:
    assert client.get(reverse("site:today")).status_code == 302


def found(client: Client, query: str, **headers: str) -> dict[str, list[str]]:
    response = client.get(reverse("site:search"), {"q": query}, headers=headers)
    assert response.status_code == 200
    return {str(group.title): [hit.name for hit in group.hits] for group in response.context["groups"]}


@pytest.fixture
def record(db: None) -> None:
    load_shipped(by=SYSTEM)


@pytest.mark.parametrize(
    ("query", "group", "name"),
    [
        ("19 December 2025", "Exchanges", "19 December 2025"),
        ("2025-12-19", "Exchanges", "19 December 2025"),
        ("грудня 2025 тіла", "Exchanges", "19 December 2025"),
        ("19 декабря 2025", "Exchanges", "19 December 2025"),
        ("istanbul july", "Agreements", "Istanbul, 23 July 2025"),
        ("UKR", "Parties", "Ukraine"),
        ("Туреччина", "Parties", "Türkiye"),
        ("красный крест", "Parties", "The International Committee of the Red Cross"),
        ("straits times", "Sources", "The Straits Times"),
    ],
)
def test_search__finds_by_name_date_and_code_in_every_language(
    client: Client, record: None, query: str, group: str, name: str
) -> None:
    assert name in found(client, query)[group]


@pytest.mark.parametrize("query", ["", "   ", "zzzz", "\x00", "%00", "a" * 5000, "<script>"])
def test_search__of_nothing_finds_nothing(client: Client, record: None, query: str) -> None:
    assert found(client, query) == {}


def test_search__shows_articles_to_their_own_organisation_alone(client: Client, alice: User, charlie: User) -> None:
    an_article(alice, publisher="Вісник Альфи")
    assert found(client, "вісник") == {}
    client.force_login(charlie)
    assert found(client, "вісник") == {}
    client.force_login(alice)
    assert list(found(client, "ВІСНИК")) == ["Articles"]
    assert "Articles" in found(client, str(Article.objects.get().pk))


def test_search__is_not_for_an_auditor_in_articles(client: Client, alice: User, auditor: User) -> None:
    an_article(alice, publisher="Gazette of Alpha")
    client.force_login(auditor)
    assert found(client, "gazette") == {}
