"""The Django app of the pages that are open to everybody."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from homeward.access.site import Entry, Group, SiteApp

if TYPE_CHECKING:
    from homeward.access.models import User


class PublicConfig(SiteApp):
    """Brings the brief, the exchanges and the agreements."""

    default = True
    name = "homeward.public"
    label = "public"
    verbose_name = "Public pages"
    menu = (
        Entry(_("Brief"), "public:home", 20),
        Entry(_("Exchanges"), "public:exchanges", 30),
        Entry(_("Agreements"), "public:agreements", 40),
        Entry(_("Gaps"), "public:gaps", 45),
    )

    def search(self, query: str, _user: "User | None") -> list[Group]:
        """Returns exchanges, agreements, sources and parties of the record."""
        from homeward.public.search import groups

        return groups(query)
