"""The search in the public record: any name in any language, every word of it, whatever the language of the page."""

import pytest
from django.urls import reverse
from django.utils import translation

from homeward.journal.actors import SYSTEM
from homeward.public.search import MOST_HITS, groups
from homeward.record.actions import load_shipped
from homeward.record.ledger_cache import current_ledger


@pytest.fixture(autouse=True)
def _record(db: None) -> None:
    load_shipped(by=SYSTEM)


def addresses(query: str, place: int = 0) -> list[str]:
    return [hit.address for hit in groups(query)[place].hits]


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("query", ["19 december 2025", "19 ГРУДНЯ 2025", "2025-12-19-remains"])
def test_groups__find_an_exchange_by_its_date_in_any_language(language: str, query: str) -> None:
    with translation.override(language):
        assert reverse("public:exchange", args=["2025-12-19-remains"]) in addresses(query)


def test_groups__need_every_word() -> None:
    assert addresses("2025-12-19-remains")
    assert addresses("2025-12-19-remains nowhere") == []


def test_groups__show_the_newest_and_count_the_rest() -> None:
    exchanges = groups("")[0]
    newest = current_ledger().ledger.exchanges[-1]
    assert exchanges.hits[0].address == reverse("public:exchange", args=[newest.slug])
    assert len(exchanges.hits) == MOST_HITS
    assert exchanges.more == len(current_ledger().ledger.exchanges) - MOST_HITS
