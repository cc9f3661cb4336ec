"""The people of the tests: Alice and Bob work in one organisation, Charlie in another and must see nothing."""

import pytest
from pytest_django import Settings

from homeward.access.models import Membership, Organisation, User
from homeward.access.roles import Role

PASSWORD = "a long walk home in spring"


def _person(name: str, organisation: Organisation, role: Role) -> User:
    user = User(email=f"{name}@example.org")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, organisation=organisation, role=role.value)
    return user


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Lets the tests make people without the cost of a real password hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def password() -> str:
    """The password of everybody in the tests."""
    return PASSWORD


@pytest.fixture
def bureau(db: None) -> Organisation:
    """The organisation of Alice, Bob and the auditor."""
    return Organisation.objects.create(name="Bureau of Alpha", slug="bureau-of-alpha")


@pytest.fixture
def other_bureau(db: None) -> Organisation:
    """The organisation of Charlie."""
    return Organisation.objects.create(name="Bureau of Beta", slug="bureau-of-beta")


@pytest.fixture
def alice(bureau: Organisation) -> User:
    """A registrar: works the case."""
    return _person("alice", bureau, Role.REGISTRAR)


@pytest.fixture
def bob(bureau: Organisation) -> User:
    """A registrar: Alice's colleague."""
    return _person("bob", bureau, Role.REGISTRAR)


@pytest.fixture
def auditor(bureau: Organisation) -> User:
    """The auditor of Alice's organisation."""
    return _person("auditor", bureau, Role.AUDITOR)


@pytest.fixture
def charlie(other_bureau: Organisation) -> User:
    """A registrar of another organisation, who must see nothing of Alice's."""
    return _person("charlie", other_bureau, Role.REGISTRAR)
