"""Tokens for machines: shown once, of one scope, until a day, revocable."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from homeward.access.actions import add_token, deactivate_person, replace_roles, revoke_token
from homeward.access.models import Token, User
from homeward.access.roles import Permission, Role, TokenScope
from homeward.access.tokens import digest_of, user_and_scope_for
from homeward.errors import InputError, NotPermittedError
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(bob: User) -> User:
    """Bob, who scans bags."""
    replace_roles(user=bob, roles=[Role.CUSTODY_OFFICER], by=SYSTEM)
    return bob


def _make(user: User, days: int = 30) -> tuple[Token, str]:
    return add_token(user=user, scope=TokenScope.SCAN, days=days, by=SYSTEM)


def test_token__names_its_holder_and_scope_and_is_not_kept(officer: User) -> None:
    token, secret = _make(officer)

    found = user_and_scope_for(secret)
    assert found == (officer, TokenScope.SCAN)
    assert found[0].may(Permission.SCAN_BAGS)
    assert len(secret) == len("homeward_") + 43
    assert secret not in str(list(Token.objects.values()))
    assert Token.objects.get().digest == digest_of(secret)
    event = Event.objects.latest("sequence")
    assert (event.action, event.subject) == ("access.token_made", f"token:{token.code}")
    assert event.data == {"person": officer.code, "scope": "scan", "days": 30}
    assert secret not in str(event.data)


@pytest.mark.parametrize("wrong", ["", "homeward_", "x" * 10_000, "\x00", "\ud800", "homeward_" + "A" * 43])
def test_token__that_was_never_made_opens_nothing(officer: User, wrong: str) -> None:
    _make(officer)
    assert user_and_scope_for(wrong) is None


def test_token__is_taken_whole(officer: User) -> None:
    _, secret = _make(officer)
    for nearly in (secret[:-1], secret + "A", secret.upper(), secret.removeprefix("homeward_"), digest_of(secret)):
        assert user_and_scope_for(nearly) is None


def test_token__opens_nothing_once_it_is_revoked(officer: User) -> None:
    token, secret = _make(officer)
    other = _make(officer)[1]
    revoke_token(token=token, by=SYSTEM)
    revoke_token(token=token, by=SYSTEM)

    assert user_and_scope_for(secret) is None
    assert user_and_scope_for(other) is not None
    assert Event.objects.filter(action="access.token_revoked", subject=f"token:{token.code}").count() == 1


def test_token__opens_nothing_after_its_last_day(officer: User) -> None:
    token, secret = _make(officer, days=1)
    made = timezone.now() - timedelta(days=1, seconds=1)
    Token.objects.filter(pk=token.pk).update(made_at=made, expires_at=made + timedelta(days=1))

    assert user_and_scope_for(secret) is None


def test_token__opens_no_more_than_its_holder_may_now(officer: User) -> None:
    _, secret = _make(officer)
    replace_roles(user=officer, roles=[Role.EXAMINER], by=SYSTEM)
    assert user_and_scope_for(secret) is None

    replace_roles(user=officer, roles=[Role.CUSTODY_OFFICER], by=SYSTEM)
    assert user_and_scope_for(secret) is not None
    deactivate_person(user=officer, by=SYSTEM)
    assert user_and_scope_for(secret) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_add_token__refuses_a_time_without_end(officer: User, days: int) -> None:
    with pytest.raises(InputError, match=r"--days: found .*; needed: 1 to 366"):
        _make(officer, days=days)
    assert not Token.objects.exists()


def test_token__is_given_and_revoked_by_the_own_administrator(
    officer: User, administrator: User, charlie: User
) -> None:
    token, _ = add_token(user=officer, scope=TokenScope.SCAN, days=1, by=administrator)
    replace_roles(user=charlie, roles=[Role.ADMINISTRATOR], by=SYSTEM)
    for refused in (
        lambda: add_token(user=officer, scope=TokenScope.SCAN, days=1, by=charlie),
        lambda: revoke_token(token=token, by=charlie),
        lambda: add_token(user=officer, scope=TokenScope.SCAN, days=1, by=officer),
    ):
        with pytest.raises(NotPermittedError):
            refused()
    revoke_token(token=token, by=administrator)


def test_database__refuses_a_token_of_no_scope_and_of_no_time(officer: User) -> None:
    token, _ = _make(officer)
    for wrong in ({"scope": "everything"}, {"expires_at": token.made_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Token.objects.filter(pk=token.pk).update(**wrong)
