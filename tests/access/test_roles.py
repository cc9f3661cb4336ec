"""The law of access: which role sees and does what."""

import pytest

from homeward.access.labels import labels_of
from homeward.access.roles import PERMISSIONS, PERSONAL, Permission, Role, permits, sees_personal_data


def test_permits__grants_nothing_without_a_role_and_something_to_every_role() -> None:
    assert not any(permits([], permission) for permission in Permission)
    assert PERMISSIONS.keys() == set(Role)
    assert all(PERMISSIONS.values())
    assert all(any(permits([role], permission) for role in Role) for permission in Permission)


def test_permits__takes_what_any_of_several_roles_grants() -> None:
    both = [Role.REGISTRAR, Role.EXAMINER]

    assert {p for p in Permission if permits(both, p)} == PERMISSIONS[both[0]] | PERMISSIONS[both[1]]


def test_permits__keeps_who_writes_and_who_audits_apart() -> None:
    assert PERMISSIONS[Role.AUDITOR] == {Permission.AUDIT_JOURNAL}
    assert [role for role in Role if permits([role], Permission.AUDIT_JOURNAL)] == [Role.AUDITOR]


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.SEE_NAMES, {Role.FAMILY_LIAISON}),
        (Permission.SEE_CONTACTS, {Role.FAMILY_LIAISON}),
        (Permission.SEE_DNA, {Role.GENETICIST}),
        (Permission.SEE_PHOTOGRAPHS, {Role.EXAMINER, Role.BOARD_MEMBER}),
        (Permission.SEE_CANDIDATE_NAMES, {Role.GENETICIST, Role.BOARD_MEMBER}),
    ],
)
def test_personal_data__is_seen_by_those_alone_who_work_with_it(permission: Permission, roles: set[Role]) -> None:
    assert {role for role in Role if permits([role], permission)} == roles
    assert permission in PERSONAL


def test_sees_personal_data__includes_who_could_give_themselves_the_sight() -> None:
    assert sees_personal_data(Role.ADMINISTRATOR)
    assert not sees_personal_data(Role.CUSTODY_OFFICER)


def test_labels__say_in_english_what_the_permissions_are_called() -> None:
    assert labels_of(Permission) == [permission.value for permission in Permission]
