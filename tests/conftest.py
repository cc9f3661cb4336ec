"""The people of the tests (Alice and Bob work in one organisation, Charlie in another and must see nothing), and the
shipped record as a ledger.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker, Settings

from homeward.access.models import Membership, MembershipRole, Organisation, User
from homeward.access.roles import Role
from homeward.access.second_factor import SecondFactorRule
from homeward.account.ledger import ExchangeEntry, Ledger, TransferEntry
from homeward.installation.queries import forget, remember
from homeward.installation.vocabulary import Kind
from homeward.journal import guards
from homeward.journal.actors import SYSTEM
from homeward.reader.claims import What
from homeward.record import actions, queries

# Speed is measured in benchmarks: a machine that is busy must not fail a property.
settings.register_profile("homeward", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("homeward")

PASSWORD = "a long walk home in spring"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets a file that only looks at the ledger be run alone: a database is made where some test asks for one."""
    for item in items:
        if "ledger" in getattr(item, "fixturenames", ()) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db)


def _person(name: str, organisation: Organisation, *roles: Role) -> User:
    user = User(email=f"{name}@example.org")
    user.set_password(PASSWORD)
    user.save()
    membership = Membership.objects.create(user=user, organisation=organisation)
    MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=role.value) for role in roles)
    return user


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Lets the tests make people without the cost of a real password hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    """Lets the people of the tests in without a second factor; the tests of it ask for one."""
    settings.HOMEWARD_SECOND_FACTOR = SecondFactorRule.from_text("nobody")


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Begins in English, whatever language the test before it ended in."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _work_at_once(settings: Settings) -> None:
    """Background work is done where it is asked for; the tests of the worker turn to the queue."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@contextmanager
def _without_guards() -> Iterator[None]:
    guards.remove(connection)
    yield
    guards.install(connection)


@pytest.fixture
def without_guards() -> Callable[[], AbstractContextManager[None]]:
    """Takes the triggers of the journal away while a test tampers with it, as the owner of a database could."""
    return _without_guards


@pytest.fixture(scope="session", autouse=True)
def _emptied_in_spite_of_the_guards() -> Iterator[None]:
    """Lets Django empty the tables after a test that commits: the triggers of the journal would refuse it."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def empty_without_guards(operations: BaseDatabaseOperations, statements: Any) -> None:
        with _without_guards():
            empty(operations, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", empty_without_guards)
        yield


@pytest.fixture(autouse=True)
def _real_installation() -> Iterator[None]:
    """Lets the tests stand in a real installation, without a question to the database on each page."""
    remember(Kind.REAL)
    yield
    forget()


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
def administrator(bureau: Organisation) -> User:
    """Gives and takes the accounts and roles of Alice's organisation."""
    return _person("administrator", bureau, Role.ADMINISTRATOR)


@pytest.fixture
def charlie(other_bureau: Organisation) -> User:
    """A registrar of another organisation, who must see nothing of Alice's."""
    return _person("charlie", other_bureau, Role.REGISTRAR)


@pytest.fixture(scope="session")
def ledger(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Ledger:
    """The shipped record as it stood on 12 March 2026."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_shipped(by=SYSTEM)
        found = queries.ledger(date(2026, 3, 12))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="session")
def exchange(ledger: Ledger) -> Callable[[str], ExchangeEntry]:
    """Finds an exchange of the shipped record by its slug."""
    by_slug = {entry.slug: entry for entry in ledger.exchanges}
    return by_slug.__getitem__


@pytest.fixture(scope="session")
def transfer(exchange: Callable[[str], ExchangeEntry]) -> Callable[..., TransferEntry]:
    """Finds a transfer of the shipped record by its exchange, its receiver and what it is of."""

    def find(slug: str, receiver: str, what: What | None = None) -> TransferEntry:
        found = [part for part in exchange(slug).transfers if part.receiver == receiver]
        return next(part for part in found if what in {None, part.what})

    return find
