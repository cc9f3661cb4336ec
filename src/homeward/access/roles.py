"""What each role may do: the law of access, as plain values. What is not listed is refused."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

__all__ = ["PERMISSIONS", "Permission", "Role", "permits"]


class Role(Enum):
    """What a person does in an organisation."""

    REGISTRAR = "registrar"  # keeps the record: reads articles, decides on claims
    AUDITOR = "auditor"  # reads the journal of the organisation; changes nothing


class Permission(Enum):
    """One thing that a page or an action lets a person do."""

    READ_ARTICLES = "read articles and the claims proposed from them"
    SUBMIT_ARTICLES = "submit articles"
    DECIDE_CLAIMS = "accept, correct and reject claims"
    AUDIT_JOURNAL = "read and verify the journal"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.REGISTRAR: frozenset(
            {Permission.READ_ARTICLES, Permission.SUBMIT_ARTICLES, Permission.DECIDE_CLAIMS},
        ),
        Role.AUDITOR: frozenset({Permission.AUDIT_JOURNAL}),
    }
)


def permits(role: Role | None, permission: Permission) -> bool:
    """Returns whether a person of this role may do this; a person without a role may do nothing.

    >>> permits(Role.AUDITOR, Permission.AUDIT_JOURNAL), permits(Role.AUDITOR, Permission.DECIDE_CLAIMS)
    (True, False)
    """
    return role is not None and permission in PERMISSIONS[role]
