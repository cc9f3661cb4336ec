"""The ledger kept at hand between requests: read again only when something was written to the record.

Every action of the record renews its revision (`revision.py`), so one row says whether anything changed.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils import timezone

from homeward.account.ledger import Ledger
from homeward.record.queries import ledger
from homeward.record.revision import current_revision

__all__ = ["LedgerSnapshot", "current_ledger"]


@dataclass(frozen=True)
class LedgerSnapshot:
    """The ledger of one day with the stamp of the write after which it was read; two of the same stamp are equal."""

    stamp: str
    on: date
    ledger: Ledger = field(compare=False, repr=False)


def current_ledger(on: date | None = None) -> LedgerSnapshot:
    """Returns the ledger as it stands; a record that no action ever wrote is read anew each time."""
    stamp = current_revision()
    day = on or timezone.localdate()
    # Without a stamp nothing would ever tell that what is kept is out of date.
    return _kept(stamp, day) if stamp else LedgerSnapshot("", day, ledger(day))


# Two: around midnight some pages are still of the day before.
@lru_cache(maxsize=2)
def _kept(stamp: str, day: date) -> LedgerSnapshot:
    return LedgerSnapshot(stamp, day, ledger(day))
