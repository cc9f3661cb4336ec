"""Narrows what is read to the organisation of whoever reads."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from homeward.access.models import User

__all__ = ["current_user", "for_organisation"]

Row = TypeVar("Row", bound=Model)


def for_organisation(rows: QuerySet[Row], user: User, *, field: str = "organisation") -> QuerySet[Row]:
    """Returns those of `rows` whose `field` is the user's organisation; none at all for a user without one.

    With `get_object_or_404` an object of another organisation is one that does not exist.
    """
    organisation = user.organisation
    return rows.filter(**{field: organisation}) if organisation else rows.none()


def current_user(request: HttpRequest) -> User:
    """Returns who is signed in; refuses everybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
