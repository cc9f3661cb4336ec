"""What the frame of every page shows: the menu, the languages, whether single keys act."""

from django.conf import settings
from django.http import HttpRequest

from homeward.access.models import User
from homeward.access.preferences import KEYS_COOKIE
from homeward.access.site import menu_for

__all__ = ["frame"]


def frame(request: HttpRequest) -> dict[str, object]:
    """Returns what base.html asks for; an error page without a request does without it."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    keys = person.keys if person else request.COOKIES.get(KEYS_COOKIE) != "off"
    return {
        "menu": [
            {"label": entry.label, "address": address, "is_current": _is_current(request.path, address)}
            for entry, address in menu_for(person)
        ],
        "languages": settings.LANGUAGES,
        "keys": keys,
    }


def _is_current(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
