"""The ledger kept at hand between requests: read again only when something was written to the record.

Every write of the record writes one journal event, so the hash of the newest such event says whether anything changed;
asking for it is one short query, in whichever process the write was made.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils import timezone

from homeward.account.ledger import Ledger
from homeward.journal.models import Event
from homeward.record.queries import ledger

__all__ = ["LedgerSnapshot", "current_ledger"]


@dataclass(frozen=True)
class LedgerSnapshot:
    """The ledger of one day with the stamp of the write after which it was read; two of the same stamp are equal."""

    stamp: str
    on: date
    ledger: Ledger = field(compare=False, repr=False)


def current_ledger(on: date | None = None) -> LedgerSnapshot:
    """Returns the ledger as it stands; a record that no journalled action ever wrote is read anew each time."""
    newest = Event.objects.filter(action__startswith="record.").order_by("-sequence").values_list("hash", flat=True)
    stamp = newest.first() or ""
    day = on or timezone.localdate()
    return _kept(stamp, day) if stamp else LedgerSnapshot("", day, ledger(day))


@lru_cache(maxsize=2)
def _kept(stamp: str, day: date) -> LedgerSnapshot:
    return LedgerSnapshot(stamp, day, ledger(day))
