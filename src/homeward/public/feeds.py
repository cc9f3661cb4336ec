"""The exchanges as an Atom feed, newest first."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from homeward.account.ledger import Ledger
from homeward.public.exchange_table import Line
from homeward.record.templatetags.record_words import amount_to_in, capital, day, things, told, verdict

__all__ = ["exchange_feed"]

MOST_ENTRIES = 50


def exchange_feed(request: HttpRequest, lines: Sequence[Line], ledger: Ledger) -> str:
    """Returns the feed: one entry for each kind in each exchange, every figure with its verdict."""
    spoken = told(ledger.parties)
    mark = "SIMULATED: " if ledger.simulated else ""
    feed = Atom1Feed(
        title=f"{mark}{_('Homeward: exchanges on record')}",
        link=request.build_absolute_uri(reverse("public:exchanges")),
        feed_url=request.build_absolute_uri(),
        description=_("Each figure with its verdict; figures that differ stand side by side."),
        language=get_language() or "en",
    )
    for line in lines[:MOST_ENTRIES]:
        figures = (f"{amount_to_in(spoken, one)}, {verdict(one.reconciliation.verdict)}" for one in line.transfers)
        feed.add_item(
            title=f"{mark}{capital(day(line.exchange.when))}: {things(line.what)}",
            link=request.build_absolute_uri(reverse("public:exchange", args=[line.exchange.slug])),
            description="; ".join(figures),
            # No address: a reader of feeds must not show every entry as new after the site has moved.
            unique_id=f"urn:homeward:exchange:{line.exchange.slug}:{line.what.value}",
            # The record keeps no moment of entry; the day of the exchange is the same however often the feed is made.
            updateddate=datetime.combine(line.exchange.latest, time(), UTC),
        )
    return feed.writeString("utf-8")
