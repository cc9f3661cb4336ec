"""Who is signed in, for views that need a person of ours."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from homeward.access.models import User

__all__ = ["current_user"]


def current_user(request: HttpRequest) -> User:
    """Returns who is signed in; refuses everybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
