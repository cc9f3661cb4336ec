"""What the whole site does in the background: verifying the journal.

It stands here because the auditor's pages lie below the background work, and only the site sees both.
"""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.access.models import User
from homeward.jobs.kinds import work
from homeward.jobs.progress import Progress
from homeward.journal.actions import note_verified
from homeward.journal.queries import verify_stored

__all__ = ["VERIFY_JOURNAL", "verify_journal"]

VERIFY_JOURNAL = "journal.verify"


@work(VERIFY_JOURNAL, title=_("Verifying the journal"))
def verify_journal(progress: Progress, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Verifies the stored journal from its first event, and journals what was found."""
    total = 0

    def watch(n_done: int, n_total: int) -> None:
        nonlocal total
        if n_total != total:
            total = n_total
            progress.of(total)
        progress.done(n_done)

    note_verified(finding=verify_stored(watch=watch), by=User.objects.get(pk=arguments["user"]))
    return {"address": reverse("access:journal")}
