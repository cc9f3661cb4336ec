"""The one question that every action asks before it writes: may whoever acts do this to this row?"""

from django.db.models import Model

from homeward.access.models import User
from homeward.access.roles import Permission
from homeward.access.scoping import owner_of
from homeward.errors import NotPermittedError
from homeward.journal.actors import Actor, SystemActor

__all__ = ["authorise", "authorise_operator"]


def authorise(by: Actor, permission: Permission | None, row: Model | None = None) -> None:
    """Raises NotPermittedError unless `by` may do this, and to `row`, which must be of their own organisation.

    `permission` is None for what everybody of the organisation may do, whatever their role.
    What another organisation shows may be seen and is not theirs to change, so a share opens no action. The
    installation itself, which is whoever runs its commands on the machine, may do everything: they hold the database.
    """
    if isinstance(by, SystemActor):
        return
    if not isinstance(by, User) or by.acting_organisation is None:
        raise NotPermittedError("this person works for no organisation here")
    if permission is not None and not by.may(permission):
        raise NotPermittedError(f"this person may not {permission.value}")
    if row is not None and owner_of(row) != by.acting_organisation.pk:
        raise NotPermittedError("this belongs to another organisation")


def authorise_operator(by: Actor) -> None:
    """Raises NotPermittedError unless `by` is the installation, which alone does what concerns every organisation."""
    if not isinstance(by, SystemActor):
        raise NotPermittedError("this is done on the machine that Homeward runs on, by whoever runs it")
