"""Who needs a second factor, and what they meet without one."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from homeward.access.actions import replace_roles
from homeward.access.models import User
from homeward.access.roles import Role
from homeward.access.second_factor import SecondFactorRule
from homeward.errors import InputError
from homeward.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db


def _ask(settings: Settings, text: str) -> None:
    settings.HOMEWARD_SECOND_FACTOR = SecondFactorRule.from_text(text)


def test_rule__asks_roles_that_see_personal_data_by_default() -> None:
    rule = SecondFactorRule.from_text("personal")

    assert rule.asks([Role.FAMILY_LIAISON])
    assert rule.asks([Role.REGISTRAR, Role.AUDITOR])
    assert not rule.asks([Role.REGISTRAR, Role.CUSTODY_OFFICER])
    assert not rule.asks([])


def test_rule__asks_everybody_nobody_or_those_named() -> None:
    assert all(SecondFactorRule.from_text("everybody").asks([role]) for role in Role)
    assert not any(SecondFactorRule.from_text("nobody").asks([role]) for role in Role)
    named = SecondFactorRule.from_text("registrar,custody_officer")
    assert [role for role in Role if named.asks([role])] == [Role.REGISTRAR, Role.CUSTODY_OFFICER]


@pytest.mark.parametrize("text", ["", "no", "registrar,", "personal,registrar", "Registrar"])
def test_rule__refuses_what_it_does_not_know(text: str) -> None:
    with pytest.raises(InputError, match=r"HOMEWARD_SECOND_FACTOR: found .*personal, everybody, nobody, or roles"):
        SecondFactorRule.from_text(text)


def test_settings__ask_those_who_see_personal_data() -> None:
    from homeward.web import settings as shipped

    assert SecondFactorRule.from_text("personal") == shipped.HOMEWARD_SECOND_FACTOR


def test_person_without_a_factor__is_led_to_set_it_up_and_sees_nothing_else(
    client: Client, auditor: User, settings: Settings
) -> None:
    _ask(settings, "personal")
    client.force_login(auditor)

    for name in ("access:journal", "access:account", "access:start"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("account_logout")).status_code == 200
    assert reverse("account_reauthenticate") in client.get(reverse("mfa_activate_totp"))["Location"]


def test_person_with_a_factor__works_and_one_with_recovery_codes_alone_does_not(
    client: Client, auditor: User, settings: Settings
) -> None:
    _ask(settings, "personal")
    client.force_login(auditor)
    RecoveryCodes.activate(auditor)
    assert client.get(reverse("access:journal")).status_code == 302

    TOTP.activate(auditor, generate_totp_secret())
    assert client.get(reverse("access:journal")).status_code == 200


def test_registrar__works_without_one_until_another_role_asks_for_it(
    client: Client, alice: User, settings: Settings
) -> None:
    _ask(settings, "personal")
    client.force_login(alice)
    assert client.get(reverse("access:account")).status_code == 200

    replace_roles(user=alice, roles=[Role.REGISTRAR, Role.GENETICIST], by=SYSTEM)
    assert client.get(reverse("access:account"))["Location"] == reverse("mfa_activate_totp")


def test_public_page__asks_nobody(client: Client, auditor: User, settings: Settings) -> None:
    _ask(settings, "everybody")
    client.force_login(auditor)

    assert client.get(reverse("public:exchanges")).status_code == 200
