"""What waits for an auditor."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeward.access.models import User
from homeward.access.site import Waiting
from homeward.journal.queries import head, latest_verification

__all__ = ["journal_to_verify"]


def journal_to_verify(user: User) -> list[Waiting]:
    """Returns the journal where events were written after it was last verified."""
    organisation = user.journal_organisation
    last = latest_verification(organisation)
    n_since = head().sequence - (last.sequence if last else 0)
    if n_since == 0:
        return []
    return [
        Waiting(
            what=_("Verify the journal"),
            why=ngettext("%(n)d event since it was last verified", "%(n)d events since it was last verified", n_since)
            % {"n": n_since},
            since=last.time if last else None,
            address=reverse("access:journal"),
        )
    ]
