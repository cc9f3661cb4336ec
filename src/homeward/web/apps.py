"""The Django app of the frame: base templates, components, what waits, the search."""

from django.utils.translation import gettext_lazy as _

from homeward.access.declarations import Door
from homeward.access.site import Entry, SiteApp


class WebConfig(SiteApp):
    """Brings the page of what waits for a person."""

    default = True
    name = "homeward.web"
    label = "web"
    verbose_name = "Site"
    menu = (Entry(_("Today"), "site:today", 10, Door.SIGNED_IN),)
