"""Signing in, with and without a second factor; every page of it is free of inline code."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from homeward.access.actions import deactivate_person
from homeward.access.models import User
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


def _sign_in(client: Client, user: User, password: str) -> int:
    return client.post(reverse("account_login"), {"login": user.email, "password": password}).status_code


def _prove(client: Client, password: str) -> None:
    """Gives the password once more, as the pages of the second factor ask."""
    client.post(reverse("account_reauthenticate"), {"password": password})


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def _actions() -> list[str]:
    return list(Event.objects.values_list("action", flat=True))


def test_sign_in__lets_in_with_the_password_and_journals_it(client: Client, alice: User, password: str) -> None:
    assert _sign_in(client, alice, password) == 302
    assert client.get(reverse("access:account")).status_code == 200
    assert _actions() == ["access.signed_in"]

    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("access:account")).status_code == 302
    assert _actions() == ["access.signed_in", "access.signed_out"]


def test_sign_in__refuses_a_wrong_password_and_a_closed_account(client: Client, alice: User, password: str) -> None:
    assert _sign_in(client, alice, "a wrong password") == 200
    deactivate_person(user=alice, by=SYSTEM)
    _sign_in(client, alice, password)

    assert client.get(reverse("access:account")).status_code == 302
    assert "access.signed_in" not in _actions()


def test_signed_in_person__is_out_at_once_when_the_account_is_closed(client: Client, alice: User) -> None:
    client.force_login(alice)
    deactivate_person(user=alice, by=SYSTEM)

    assert client.get(reverse("access:account")).status_code == 302


def test_second_factor__is_set_up_asked_for_and_taken_away(client: Client, alice: User, password: str) -> None:
    _sign_in(client, alice, password)
    assert client.get(reverse("mfa_activate_totp")).status_code == 302  # asks for the password once more
    _prove(client, password)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert b'src="data:image/svg+xml;base64,' in page.content
    assert client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}).status_code == 302

    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    assert b"attachment" in client.get(reverse("mfa_download_recovery_codes"))["Content-Disposition"].encode()

    client.post(reverse("account_logout"))
    assert _sign_in(client, alice, password) == 302
    assert client.get(reverse("access:account")).status_code == 302  # the password alone is not enough
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert client.get(reverse("access:account")).status_code == 200

    _prove(client, password)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.exists()


def test_second_factor__is_journalled(
    client: Client, alice: User, password: str, django_capture_on_commit_callbacks: object
) -> None:
    _sign_in(client, alice, password)
    _prove(client, password)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
        client.post(reverse("mfa_generate_recovery_codes"))
        client.post(reverse("mfa_deactivate_totp"))

    assert set(_actions()) == {
        "access.signed_in",
        "access.second_factor_added",
        "access.recovery_codes_made",
        "access.second_factor_removed",
    }


def test_password_change__takes_the_old_one_and_is_journalled(client: Client, alice: User, password: str) -> None:
    _sign_in(client, alice, password)
    change = {"oldpassword": password, "password1": "another long walk home", "password2": "another long walk home"}

    assert client.post(reverse("account_change_password"), {**change, "oldpassword": "wrong"}).status_code == 200
    assert client.post(reverse("account_change_password"), change).status_code == 302
    assert _actions() == ["access.signed_in", "access.sign_in_failed", "access.password_changed"]
    assert User.objects.get(pk=alice.pk).check_password("another long walk home")


@pytest.mark.parametrize("name", ["account_login", "account_inactive"])
def test_public_account_page__has_no_inline_code(client: Client, db: None, name: str) -> None:
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert not INLINE.search(page.content.decode())


def test_every_account_page__renders_in_our_look_without_inline_code(
    client: Client, alice: User, password: str
) -> None:
    _sign_in(client, alice, password)
    _prove(client, password)
    names = ["account_logout", "account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp"]
    pages = [client.get(reverse(name)) for name in names]
    TOTP.activate(alice, pages[-1].context["form"].secret)
    names = ["mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate"]
    pages += [client.get(reverse(name)) for name in names]

    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert 'class="brand"' in text
        assert not INLINE.search(text), page.request["PATH_INFO"]
        assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "account_change_password"]
)
def test_account_page__sends_a_stranger_to_sign_in(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))
