"""Each view says who may open it; a view that says nothing is open to nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from homeward.access.roles import Permission

__all__ = ["ACCOUNT_PAGES", "Declaration", "Door", "declaration_of", "public", "requires", "signed_in"]

View = TypeVar("View", bound=Callable[..., Any])


class Door(Enum):
    """How far a view is open."""

    PUBLIC = "everybody"
    SIGNED_IN = "everybody who is signed in"
    PERMISSION = "those whose role permits it"
    CLOSED = "nobody: the page does not exist here"


@dataclass(frozen=True)
class Declaration:
    """Who may open a view."""

    door: Door
    permission: Permission | None = None

    def __post_init__(self) -> None:
        if (self.door is Door.PERMISSION) != (self.permission is not None):
            raise ValueError("a permission goes with the door PERMISSION and with no other")


# The pages of django-allauth, by name. Those not listed are closed: there is no sign-up, no change of address and no
# password reset by e-mail; who runs the installation does these with `homeward people`.
ACCOUNT_PAGES: Mapping[str, Declaration] = MappingProxyType(
    {
        "account_login": Declaration(Door.PUBLIC),
        "account_inactive": Declaration(Door.PUBLIC),
        "mfa_authenticate": Declaration(Door.PUBLIC),  # the second step of signing in; useless without the first
        "account_logout": Declaration(Door.PUBLIC),  # also cancels that second step
        "account_reauthenticate": Declaration(Door.SIGNED_IN),
        "account_change_password": Declaration(Door.SIGNED_IN),
        "mfa_index": Declaration(Door.SIGNED_IN),
        "mfa_reauthenticate": Declaration(Door.SIGNED_IN),
        "mfa_activate_totp": Declaration(Door.SIGNED_IN),
        "mfa_deactivate_totp": Declaration(Door.SIGNED_IN),
        "mfa_view_recovery_codes": Declaration(Door.SIGNED_IN),
        "mfa_generate_recovery_codes": Declaration(Door.SIGNED_IN),
        "mfa_download_recovery_codes": Declaration(Door.SIGNED_IN),
    }
)


def public(view: View) -> View:
    """Declares that everybody may open `view`, signed in or not."""
    return _declare(view, Declaration(Door.PUBLIC))


def signed_in(view: View) -> View:
    """Declares that everybody who is signed in may open `view`, whatever their role."""
    return _declare(view, Declaration(Door.SIGNED_IN))


def requires(permission: Permission) -> Callable[[View], View]:
    """Declares that those may open the view whose role permits `permission`. What they see there is narrowed to their
    organisation by `visible_to`.
    """
    return lambda view: _declare(view, Declaration(Door.PERMISSION, permission))


def declaration_of(view: Callable[..., Any], url_name: str | None) -> Declaration | None:
    """Returns who may open `view`, or None where nobody has said so."""
    if view.__module__.startswith("allauth."):
        return ACCOUNT_PAGES.get(url_name or "", Declaration(Door.CLOSED))
    declared = getattr(view, "declaration", None)
    return declared if isinstance(declared, Declaration) else None


def _declare(view: View, declaration: Declaration) -> View:
    if isinstance(getattr(view, "declaration", None), Declaration):
        raise ValueError(f"{view.__module__}.{view.__qualname__} is declared twice")
    view.declaration = declaration  # type: ignore[attr-defined]
    return view
