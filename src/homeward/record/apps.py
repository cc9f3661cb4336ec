"""The Django app of the record."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from homeward.access.declarations import Door
from homeward.access.roles import Permission
from homeward.access.site import Entry, Group, SiteApp, Waiting

if TYPE_CHECKING:
    from homeward.access.models import User


class RecordConfig(SiteApp):
    """Holds the public record; brings the articles that registrars read."""

    default = True
    name = "homeward.record"
    label = "record"
    verbose_name = "Public record"
    menu = (Entry(_("Articles"), "record:articles", 50, Door.PERMISSION, Permission.READ_ARTICLES),)

    def waiting(self, user: "User") -> list[Waiting]:
        """Returns the articles with claims that await a decision."""
        from homeward.record.articles import waiting

        return waiting(user) if user.may(Permission.DECIDE_CLAIMS) else []

    def search(self, query: str, user: "User | None") -> list[Group]:
        """Returns articles of this person's organisation."""
        from homeward.record.articles import found

        return found(query, user) if user and user.may(Permission.READ_ARTICLES) else []
