"""Adding people, closing accounts; what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from homeward.access.actions import add_organisation, add_person, deactivate_person, replace_password, replace_roles
from homeward.access.models import Membership, MembershipRole, Organisation, User
from homeward.access.roles import Permission, Role
from homeward.errors import InputError, NotPermittedError
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event

pytestmark = pytest.mark.django_db
GOOD = "a long walk home in spring"


def test_add_person__gives_the_role_and_journals_no_address(bureau: Organisation) -> None:
    user = add_person(email=" Dana@Example.org ", organisation=bureau, roles=[Role.AUDITOR], password=GOOD, by=SYSTEM)

    assert user.email == "dana@example.org"
    assert User.objects.get(pk=user.pk).may(Permission.AUDIT_JOURNAL)
    line = Event.objects.get().as_chain_event().line()
    assert b"dana" not in line
    assert user.code.encode() in line


@pytest.mark.parametrize(
    ("email", "password", "told"),
    [
        ("alice@example.org", GOOD, "nobody uses here yet"),
        ("ALICE@example.org", GOOD, "nobody uses here yet"),
        ("no address", GOOD, "an e-mail address"),
        ("dana@example.org", "short", "at least 12"),
        ("dana@example.org", "", "at least 12"),
        ("dana@example.org", "dana@example.org", "similar"),
    ],
)
def test_add_person__refuses_and_leaves_nothing(
    bureau: Organisation, alice: User, email: str, password: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        add_person(email=email, organisation=bureau, roles=[Role.REGISTRAR], password=password, by=SYSTEM)
    assert User.objects.count() == 1
    assert not Event.objects.exists()


def test_add_organisation__makes_a_short_name_and_takes_each_once() -> None:
    assert add_organisation(name="Bureau of Gamma", by=SYSTEM).slug == "bureau-of-gamma"
    with pytest.raises(InputError, match="no organisation has yet"):
        add_organisation(name="Bureau of Gamma", by=SYSTEM)
    with pytest.raises(InputError, match="--slug"):
        add_organisation(name="Бюро", by=SYSTEM)
    with pytest.raises(InputError, match="--slug"):
        add_organisation(name="Bureau", slug="Not A Slug", by=SYSTEM)
    with pytest.raises(InputError, match="1 to 200"):
        add_organisation(name=" ", by=SYSTEM)
    assert Event.objects.count() == 1


def test_replace_password__lets_the_person_in_with_the_new_one(alice: User) -> None:
    replace_password(user=alice, password="another long walk home", without_second_factor=True, by=SYSTEM)

    assert User.objects.get(pk=alice.pk).check_password("another long walk home")
    assert Event.objects.get().data == {"second_factor_removed": True}


def test_deactivate_person__closes_the_account(alice: User) -> None:
    deactivate_person(user=alice, by=SYSTEM)

    assert not User.objects.get(pk=alice.pk).may(Permission.READ_ARTICLES)
    assert Event.objects.get().action == "access.person_deactivated"


def test_database__refuses_what_the_models_forbid(alice: User, other_bureau: Organisation) -> None:
    for wrong in (
        lambda: Membership.objects.create(user=alice, organisation=other_bureau),
        lambda: MembershipRole.objects.update(role="owner"),
        lambda: MembershipRole.objects.create(membership=Membership.objects.get(user=alice), role="registrar"),
        lambda: User.objects.create(email="Upper@example.org"),
        lambda: User.objects.create(email=""),
        lambda: Organisation.objects.create(name="", slug="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_replace_roles__gives_these_and_takes_the_others(alice: User) -> None:
    replace_roles(user=alice, roles=[Role.GENETICIST, Role.EXAMINER, Role.EXAMINER], by=SYSTEM)

    assert alice.roles == User.objects.get(pk=alice.pk).roles == {Role.GENETICIST, Role.EXAMINER}
    assert not alice.may(Permission.DECIDE_CLAIMS)
    assert Event.objects.get().data == {"before": ["registrar"], "after": ["examiner", "geneticist"]}

    replace_roles(user=alice, roles=[Role.EXAMINER, Role.GENETICIST], by=SYSTEM)
    assert Event.objects.count() == 1


def test_replace_roles__refuses_no_role_and_a_person_of_no_organisation(alice: User) -> None:
    with pytest.raises(InputError, match="one or more of: registrar, custody_officer"):
        replace_roles(user=alice, roles=[], by=SYSTEM)
    nobody = User.objects.create(email="nobody@example.org")
    with pytest.raises(InputError, match="a member of one"):
        replace_roles(user=nobody, roles=[Role.AUDITOR], by=SYSTEM)
    assert not Event.objects.exists()


def test_administrator__manages_the_own_people_and_nobody_elses(
    administrator: User, bureau: Organisation, other_bureau: Organisation, alice: User, charlie: User
) -> None:
    dana = {"email": "dana@example.org", "roles": [Role.EXAMINER], "password": GOOD, "by": administrator}
    assert add_person(organisation=bureau, **dana).organisation == bureau  # type: ignore[arg-type]
    replace_roles(user=alice, roles=[Role.AUDITOR], by=administrator)
    n_events = Event.objects.count()

    for refused in (
        lambda: add_person(organisation=other_bureau, **{**dana, "email": "e@example.org"}),  # type: ignore[arg-type]
        lambda: replace_roles(user=charlie, roles=[Role.AUDITOR], by=administrator),
        lambda: replace_password(user=charlie, password=GOOD, without_second_factor=True, by=administrator),
        lambda: deactivate_person(user=charlie, by=administrator),
        lambda: add_organisation(name="Bureau of Gamma", by=administrator),
        lambda: deactivate_person(user=alice, by=alice),
    ):
        with pytest.raises(NotPermittedError):
            refused()
    assert Event.objects.count() == n_events
