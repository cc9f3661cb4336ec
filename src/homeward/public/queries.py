"""Every read of what the public pages keep."""

from homeward.public.models import Rendition
from homeward.record.ledger_cache import LedgerSnapshot

__all__ = ["rendition"]


def rendition(found: LedgerSnapshot, language: str) -> bytes | None:
    """Returns the brief as a PDF for that state of the record, if it was made already."""
    row = Rendition.objects.filter(stamp=found.stamp, on=found.on, language=language).first()
    return bytes(row.content) if row else None
