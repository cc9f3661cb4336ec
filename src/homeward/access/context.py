"""What every template may ask about whoever looks at the page."""

from django.http import HttpRequest

from homeward.access.models import User
from homeward.access.roles import Permission

__all__ = ["permissions"]


def permissions(request: HttpRequest) -> dict[str, object]:
    """Returns `may`, so that a template can ask `{% if may.AUDIT_JOURNAL %}`; what is not granted is absent."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"may": {}}
    return {"may": {permission.name: True for permission in Permission if user.may(permission)}}
