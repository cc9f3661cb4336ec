"""The exchanges as an Atom feed, newest first."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from homeward.account.ledger import Ledger
from homeward.public.exchange_table import Line
from homeward.record.templatetags.record_words import capital, day, span, things, verdict
from homeward.wording.catalogue import wording

__all__ = ["exchange_feed"]

MOST_ENTRIES = 50


def exchange_feed(request: HttpRequest, lines: Sequence[Line], ledger: Ledger) -> str:
    """Returns the feed: one entry for each kind in each exchange, every figure with its verdict."""
    told = wording("en").knowing({code: party.name for code, party in ledger.parties.items()})
    mark = "SIMULATED: " if ledger.simulated else ""
    feed = Atom1Feed(
        title=f"{mark}Homeward: exchanges on record",
        link=request.build_absolute_uri(reverse("public:exchanges")),
        feed_url=request.build_absolute_uri(),
        description="Each figure with its verdict; figures that differ stand side by side.",
        language="en",
    )
    for line in lines[:MOST_ENTRIES]:
        figures = (
            f"{span(one.reconciliation)} to {told.party(one.receiver)}, {verdict(one.reconciliation.verdict)}"
            for one in line.transfers
        )
        feed.add_item(
            title=f"{mark}{capital(day(line.exchange.when))}: {things(line.what)}",
            link=request.build_absolute_uri(reverse("public:exchange", args=[line.exchange.slug])),
            description="; ".join(figures),
            unique_id=f"urn:homeward:exchange:{line.exchange.slug}:{line.what.value}",
            updateddate=datetime.combine(line.exchange.latest, time(), UTC),
        )
    return feed.writeString("utf-8")
