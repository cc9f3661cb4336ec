"""The search in the public record: exchanges, agreements, sources and parties, by names, dates and codes.

What a thing is called in every language that has a catalogue is looked through, whichever language the page is in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.site import Group, Hit
from homeward.account.ledger import AgreementEntry, ExchangeEntry, Ledger, SourceEntry
from homeward.record.ledger_cache import LedgerSnapshot, current_ledger
from homeward.record.templatetags.record_words import amount_to_in, capital, day, told
from homeward.wording import dates, numbers
from homeward.wording.catalogue import Wording, languages, wording

__all__ = ["groups"]

MOST_HITS = 20


@dataclass(frozen=True)
class _Index:
    """Everything that can be found, each with the text that a query is looked for in; newest first."""

    exchanges: tuple[tuple[str, ExchangeEntry], ...]
    agreements: tuple[tuple[str, AgreementEntry], ...]
    sources: tuple[tuple[str, SourceEntry], ...]
    parties: tuple[tuple[str, str], ...]


def groups(query: str) -> list[Group]:
    """Returns what fits every word of the query."""
    snapshot = current_ledger()
    index = _kept(snapshot) if snapshot.stamp else _index(snapshot.ledger)
    words = query.casefold().split()
    return [
        _group(_("Exchanges"), (_exchange(one, snapshot.ledger) for one in _fitting(index.exchanges, words))),
        _group(_("Agreements"), (_agreement(one) for one in _fitting(index.agreements, words))),
        _group(_("Parties"), (_party(one, snapshot.ledger) for one in _fitting(index.parties, words))),
        _group(_("Sources"), (_source(one) for one in _fitting(index.sources, words))),
    ]


@lru_cache(maxsize=2)
def _kept(snapshot: LedgerSnapshot) -> _Index:
    return _index(snapshot.ledger)


def _index(ledger: Ledger) -> _Index:
    names = {code: party.name for code, party in ledger.parties.items()}
    spoken = [wording(language).knowing(names) for language in languages()]
    sources = {claim.source.id: claim.source for one in ledger.exchanges for t in one.transfers for claim in t.claims}
    return _Index(
        exchanges=tuple((_folded(_of_exchange(one, spoken)), one) for one in reversed(ledger.exchanges)),
        agreements=tuple((_folded(_of_agreement(one, spoken)), one) for one in reversed(ledger.agreements)),
        sources=tuple(
            (_folded([one.publisher, one.url, *_dates(one.published, spoken)]), one)
            for one in sorted(sources.values(), key=lambda one: one.published, reverse=True)
        ),
        parties=tuple((_folded(_of_party(code, spoken)), code) for code in sorted(names)),
    )


def _of_exchange(entry: ExchangeEntry, spoken: list[Wording]) -> Iterable[str]:
    yield from (entry.slug, entry.agreement_name, *_dates(entry.when, spoken))
    for transfer in entry.transfers:
        yield from (str(numbers.noun(one, transfer.what)) for one in spoken)
        for code in (transfer.giver, transfer.receiver):
            yield from _of_party(code, spoken)
    for code in entry.intermediaries:
        yield from _of_party(code, spoken)


def _of_agreement(entry: AgreementEntry, spoken: list[Wording]) -> Iterable[str]:
    yield from (entry.slug, entry.name, entry.place, *_dates(entry.concluded, spoken))
    for code in entry.intermediaries:
        yield from _of_party(code, spoken)


def _of_party(code: str, spoken: list[Wording]) -> Iterable[str]:
    yield code
    for one in spoken:
        yield from one.party(code).names


def _dates(edtf: str, spoken: list[Wording]) -> Iterable[str]:
    return [edtf, *(dates.spell(one, edtf) for one in spoken)] if edtf else []


def _folded(parts: Iterable[str]) -> str:
    # Languages share many names; each once keeps the text that every query is looked for in short.
    return " ".join(dict.fromkeys(parts)).casefold()


def _fitting(rows: Iterable[tuple[str, object]], words: list[str]) -> list:  # type: ignore[type-arg]
    return [entry for text, entry in rows if all(word in text for word in words)]


def _group(title: Promise, hits: Iterable[Hit]) -> Group:
    found = list(hits)
    return Group(title, found[:MOST_HITS], max(0, len(found) - MOST_HITS))


def _exchange(entry: ExchangeEntry, ledger: Ledger) -> Hit:
    spoken = told(ledger.parties)
    items = (amount_to_in(spoken, one) for one in entry.transfers)
    return Hit(
        name=capital(day(entry.when)), about="; ".join(items), address=reverse("public:exchange", args=[entry.slug])
    )


def _agreement(entry: AgreementEntry) -> Hit:
    return Hit(name=entry.name, about=day(entry.concluded), address=reverse("public:agreement", args=[entry.slug]))


def _source(entry: SourceEntry) -> Hit:
    return Hit(
        name=entry.publisher or entry.url,
        about=", ".join(filter(None, (day(entry.published), entry.url if entry.publisher else ""))),
        address=reverse("public:source", args=[entry.id]),
    )


def _party(code: str, ledger: Ledger) -> Hit:
    return Hit(
        name=capital(str(told(ledger.parties).party(code))),
        about=code,
        address=f"{reverse('site:search')}?q={code}",
    )
