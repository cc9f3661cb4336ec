"""The public pages of the record and of the brief."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from homeward.access.models import User
from homeward.journal.actors import SYSTEM
from homeward.record.actions import load_shipped
from homeward.record.ledger_cache import current_ledger
from homeward.record.models import Claim, Exchange, Source

PUBLIC = [
    ("public:home", []),
    ("public:brief_pdf", []),
    ("public:brief_json", []),
    ("public:brief_csv", []),
    ("public:exchanges", []),
    ("public:exchanges_csv", []),
    ("public:exchanges_json", []),
    ("public:exchange", ["2025-12-19-remains"]),
    ("public:agreements", []),
    ("public:gaps", []),
    ("public:feed", []),
]


@pytest.fixture
def record(db: None) -> None:
    """The shipped record."""
    load_shipped(by=SYSTEM)


@pytest.mark.parametrize(("name", "arguments"), PUBLIC)
def test_public_pages__open_for_everybody(
    client: Client, record: None, charlie: User, name: str, arguments: list[str]
) -> None:
    address = reverse(name, args=arguments)
    assert client.get(address).status_code == 200
    client.force_login(charlie)
    assert client.get(address).status_code == 200


PAGES = ["public:home", "public:brief_pdf", "public:exchanges", "public:agreements", "public:feed"]


@pytest.mark.parametrize("name", PAGES)
def test_public_pages__open_on_an_empty_record(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


def test_every_exchange_agreement_and_source__has_a_page(client: Client, record: None) -> None:
    ledger = current_ledger().ledger
    addresses = [reverse("public:exchange", args=[entry.slug]) for entry in ledger.exchanges]
    addresses += [reverse("public:agreement", args=[entry.slug]) for entry in ledger.agreements]
    addresses += [
        reverse("public:source", args=[number]) for number in Source.objects.values_list("pk", flat=True)[:20]
    ]
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.parametrize("address", ["/exchanges/none/", "/agreements/none/", "/sources/999999/"])
def test_unknown_pages__are_not_found(client: Client, record: None, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "arguments", "warm"),
    [("public:home", [], 1), ("public:exchanges", [], 1), ("public:exchange", ["2025-12-19-remains"], 1)],
)
def test_public_pages__ask_the_database_once_when_nothing_changed(
    client: Client,
    record: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    arguments: list[str],
    warm: int,
) -> None:
    address = reverse(name, args=arguments)
    client.get(address)
    with django_assert_num_queries(warm):
        client.get(address)


def test_source__asks_the_database_four_times(
    client: Client, record: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("public:source", args=[Source.objects.values_list("pk", flat=True)[0]])
    client.get(address)
    with django_assert_num_queries(4):
        client.get(address)


def test_current_ledger__is_read_anew_after_a_write(record: None) -> None:
    before = current_ledger()
    assert current_ledger() is before
    other = load_shipped(by=SYSTEM)
    assert other.did_nothing
    assert current_ledger() is before


def test_exchanges__filter_by_kind_year_and_verdict(client: Client, record: None) -> None:
    page = client.get("/exchanges/?kind=remains&year=2025&verdict=contested").content.decode()
    assert "19 December 2025" in page
    assert "20 November 2025" not in page
    assert "1,000 to 1,003" in page


def test_exchanges__totals_follow_the_filter(client: Client, record: None) -> None:
    found = client.get("/exchanges/?kind=remains&year=2026").context["sums"]
    assert [(total.receiver, total.low, total.high) for total in found] == [("UKR", 2000, 2000), ("RUS", 73, 73)]


def test_exchanges__sort_by_a_figure(client: Client, record: None) -> None:
    lines = client.get("/exchanges/?kind=remains&sort=-back").context["page"].object_list
    sizes = [line.back.reconciliation.high or 0 for line in lines if line.back]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("query", ["kind=x", "year=1", "verdict=%00", "sort=drop", "page=x", "page=99"])
def test_exchanges__take_a_nonsense_filter_for_none(client: Client, record: None, query: str) -> None:
    assert client.get(f"/exchanges/?{query}").status_code == 200


def test_downloads__follow_the_filter(client: Client, record: None) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/exchanges.csv?kind=children").content.decode())))
    assert rows
    assert {row["what"] for row in rows} == {"children"}
    transfers = json.loads(client.get("/exchanges.json?kind=children").content)["transfers"]
    assert len(transfers) == len(rows)


def test_exchange__shows_both_figures_with_who_says_which(client: Client, record: None) -> None:
    facings = client.get("/exchanges/2025-12-19-remains/").context["comparisons"]
    to_ukraine = next(facing for facing in facings if facing.transfer.receiver == "UKR")
    assert [(row.quantity.low, bool(row.giver), bool(row.receiver)) for row in to_ukraine.rows] == [
        (1003, False, True),
        (1000, True, False),
    ]
    shown = sum(len(row.giver) + len(row.receiver) for row in to_ukraine.rows)
    assert shown + len(to_ukraine.others) + len(to_ukraine.later) == len(to_ukraine.transfer.claims)


def test_agreement__tells_each_wording(client: Client, record: None) -> None:
    slug = next(entry.slug for entry in current_ledger().ledger.agreements if "2025-06" in entry.slug)
    parties = [party for party, _ in client.get(f"/agreements/{slug}/").context["wordings"]]
    assert parties == ["RUS", "UKR", None]


def test_feed__is_atom_with_one_entry_for_each_kind(client: Client, record: None) -> None:
    root = ET.fromstring(client.get("/feed.atom").content)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 50


def test_public_pages__name_nobody_who_confirmed_a_claim(client: Client, record: None, alice: User) -> None:
    Claim.objects.update(confirmed_by=alice)
    for name, arguments in PUBLIC:
        content = client.get(reverse(name, args=arguments)).content
        assert alice.code.encode() not in content
        assert alice.email.encode() not in content


def test_brief__is_in_the_style_of_the_public_pages(client: Client, record: None) -> None:
    page = client.get("/").content.decode()
    assert "Russia and Ukraine release 205 prisoners each" in page
    assert "style=" not in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/keys.js" defer>']


def test_views__are_read_only(client: Client, record: None) -> None:
    assert client.post("/exchanges/").status_code == 405
    assert Exchange.objects.count() == len(current_ledger().ledger.exchanges)
