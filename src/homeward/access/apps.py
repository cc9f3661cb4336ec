"""The Django app of access."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from homeward.access.declarations import Door
from homeward.access.roles import Permission
from homeward.access.site import Entry, SiteApp, Waiting

if TYPE_CHECKING:
    from homeward.access.models import User


class AccessConfig(SiteApp):
    """Holds organisations, people and their roles; brings the auditor's journal."""

    default = True
    name = "homeward.access"
    label = "access"
    verbose_name = "Access"
    menu = (Entry(_("Journal"), "access:journal", 90, Door.PERMISSION, Permission.AUDIT_JOURNAL),)

    def waiting(self, user: "User") -> list[Waiting]:
        """Returns for an auditor the journal, with the day on which somebody last verified it."""
        from homeward.access.waiting import journal_to_verify

        return journal_to_verify(user) if user.may(Permission.AUDIT_JOURNAL) else []
