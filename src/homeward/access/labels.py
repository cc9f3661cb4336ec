"""Permissions in the language of the reader; apart from `roles.py`, which a command reads without Django."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.roles import Permission

__all__ = ["labels_of"]

_LABELS: Mapping[Permission, Promise | str] = MappingProxyType(
    {
        Permission.READ_ARTICLES: _("read articles and the claims proposed from them"),
        Permission.SUBMIT_ARTICLES: _("submit articles"),
        Permission.DECIDE_CLAIMS: _("accept, correct and reject claims"),
        Permission.AUDIT_JOURNAL: _("read and verify the journal"),
        Permission.MANAGE_PEOPLE: _("add people, change their roles, close their accounts, give and revoke tokens"),
        Permission.SHARE_OBJECTS: _("show another organisation single objects of one's own, and end that"),
        Permission.SEE_CODES: _("see bags, remains and samples by their codes"),
        Permission.SCAN_BAGS: _("scan bags at a handover"),
        Permission.SEE_PHOTOGRAPHS: _("see photographs of remains and effects"),
        Permission.SEE_DNA: _("see DNA profiles"),
        Permission.SEE_CANDIDATE_NAMES: _("see the names of a case, from the candidate on"),
        Permission.SEE_NAMES: _("see the names of missing persons and of their families"),
        Permission.SEE_CONTACTS: _("see telephones and addresses of families"),
    }
)


def labels_of(permissions: Iterable[Permission]) -> list[str]:
    """Returns what permissions allow, as it is told on screen."""
    return [str(_LABELS[permission]) for permission in permissions]
