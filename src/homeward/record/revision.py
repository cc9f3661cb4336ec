"""Which revision of the record stands: every action renews it, so that a page can tell at the cost of one row whether
what it keeps at hand is still true, in whichever process the action ran and however much else the journal holds.
"""

import secrets

from homeward.record.models import Revision

__all__ = ["current_revision", "renew_revision"]


def current_revision() -> str:
    """Returns the stamp of the revision; nothing where no action ever wrote the record."""
    return Revision.objects.filter(pk=1).values_list("stamp", flat=True).first() or ""


def renew_revision() -> None:
    """Gives the record a stamp that it never had before; called in the transaction of the action.

    Random and not a number that counts up: after a transaction that was taken back, or in a database that was restored,
    a number would come a second time and stand for something else.
    """
    Revision.objects.update_or_create(pk=1, defaults={"stamp": secrets.token_hex(16)})
