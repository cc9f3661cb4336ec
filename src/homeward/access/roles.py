"""What each role may do: the law of access, as plain values. What is not listed is refused."""

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

__all__ = [
    "PERMISSIONS",
    "PERSONAL",
    "TOKEN_PERMISSIONS",
    "Permission",
    "Role",
    "TokenScope",
    "permits",
    "sees_personal_data",
]


class Role(Enum):
    """What a person does in an organisation; one person may hold several."""

    REGISTRAR = "registrar"  # keeps the record: reads articles, decides on claims
    CUSTODY_OFFICER = "custody_officer"  # receives and keeps bags and remains: sees codes, never a name
    EXAMINER = "examiner"  # examines remains: sees photographs, no names, no DNA
    GENETICIST = "geneticist"  # reads and compares profiles: a name only from the candidate on, never a telephone
    FAMILY_LIAISON = "family_liaison"  # speaks with families: names and contacts, never DNA
    BOARD_MEMBER = "board_member"  # decides on identifications: its cases with their photographs
    EXCHANGE_OFFICER = "exchange_officer"  # prepares exchanges; shows another organisation what was handed over
    AUDITOR = "auditor"  # reads the journal of the organisation; changes nothing
    ADMINISTRATOR = "administrator"  # gives and takes accounts, roles and tokens of the organisation; sees no case


class Permission(Enum):
    """One thing that a page or an action lets a person do."""

    READ_ARTICLES = "read articles and the claims proposed from them"
    SUBMIT_ARTICLES = "submit articles"
    DECIDE_CLAIMS = "accept, correct and reject claims"
    AUDIT_JOURNAL = "read and verify the journal"
    MANAGE_PEOPLE = "add people, change their roles, close their accounts, give and revoke tokens"
    SHARE_OBJECTS = "show another organisation single objects of one's own, and end that"
    SEE_CODES = "see bags, remains and samples by their codes"
    SCAN_BAGS = "scan bags at a handover"
    SEE_PHOTOGRAPHS = "see photographs of remains and effects"
    SEE_DNA = "see DNA profiles"
    SEE_CANDIDATE_NAMES = "see the names of a case, from the candidate on"
    SEE_NAMES = "see the names of missing persons and of their families"
    SEE_CONTACTS = "see telephones and addresses of families"


class TokenScope(Enum):
    """What a token opens, whatever else its holder may do."""

    SCAN = "scan"  # send the scans of a handover and ask for its counts


PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.REGISTRAR: frozenset({Permission.READ_ARTICLES, Permission.SUBMIT_ARTICLES, Permission.DECIDE_CLAIMS}),
        Role.CUSTODY_OFFICER: frozenset({Permission.SEE_CODES, Permission.SCAN_BAGS}),
        Role.EXAMINER: frozenset({Permission.SEE_CODES, Permission.SEE_PHOTOGRAPHS}),
        Role.GENETICIST: frozenset({Permission.SEE_CODES, Permission.SEE_DNA, Permission.SEE_CANDIDATE_NAMES}),
        Role.FAMILY_LIAISON: frozenset({Permission.SEE_NAMES, Permission.SEE_CONTACTS}),
        Role.BOARD_MEMBER: frozenset(
            {Permission.SEE_CODES, Permission.SEE_PHOTOGRAPHS, Permission.SEE_CANDIDATE_NAMES}
        ),
        Role.EXCHANGE_OFFICER: frozenset({Permission.SEE_CODES, Permission.SHARE_OBJECTS}),
        Role.AUDITOR: frozenset({Permission.AUDIT_JOURNAL}),
        Role.ADMINISTRATOR: frozenset({Permission.MANAGE_PEOPLE}),
    }
)

# What its holder must be permitted for a token to be of use: a token never opens more than its holder may.
TOKEN_PERMISSIONS: Mapping[TokenScope, Permission] = MappingProxyType({TokenScope.SCAN: Permission.SCAN_BAGS})

# What shows personal data, or opens the way to it: the journal tells who did what, and who manages people can give
# themselves any role. Holders of these need a second factor, unless the installation says otherwise.
PERSONAL = frozenset(
    {
        Permission.AUDIT_JOURNAL,
        Permission.MANAGE_PEOPLE,
        Permission.SEE_CANDIDATE_NAMES,
        Permission.SEE_CONTACTS,
        Permission.SEE_DNA,
        Permission.SEE_NAMES,
        Permission.SEE_PHOTOGRAPHS,
    }
)


def permits(roles: Iterable[Role], permission: Permission) -> bool:
    """Returns whether a person of these roles may do this; a person without a role may do nothing.

    >>> permits([Role.AUDITOR], Permission.AUDIT_JOURNAL), permits([Role.AUDITOR], Permission.DECIDE_CLAIMS)
    (True, False)
    """
    return any(permission in PERMISSIONS[role] for role in roles)


def sees_personal_data(role: Role) -> bool:
    """Returns whether a role shows personal data or opens the way to it.

    >>> [role.value for role in Role if not sees_personal_data(role)]
    ['registrar', 'custody_officer', 'exchange_officer']
    """
    return not PERSONAL.isdisjoint(PERMISSIONS[role])
