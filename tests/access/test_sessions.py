"""A session ends when it is left alone and when it has lasted long enough."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from homeward.access import sessions
from homeward.access.models import User
from homeward.journal.models import Event

pytestmark = pytest.mark.django_db
PAGE = "access:account"


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets time pass for sessions, in minutes."""
    seconds = [1_800_000_000.0]

    def let(minutes: float) -> None:
        seconds[0] += minutes * 60

    monkeypatch.setattr(sessions, "_now", lambda: int(seconds[0]))
    return let


@pytest.fixture
def signed_in(
    client: Client, alice: User, password: str, passes: Callable[[float], None], settings: Settings
) -> Client:
    settings.HOMEWARD_SESSION_IDLE_MINUTES = 30
    settings.HOMEWARD_SESSION_HOURS = 8
    client.post(reverse("account_login"), {"login": alice.email, "password": password})
    return client


def test_session__ends_after_the_idle_time_and_that_is_journalled(
    signed_in: Client, alice: User, passes: Callable[[float], None]
) -> None:
    passes(29)
    assert signed_in.get(reverse(PAGE)).status_code == 200
    passes(29)
    assert signed_in.get(reverse(PAGE)).status_code == 200
    passes(31)
    assert signed_in.get(reverse(PAGE))["Location"].startswith(reverse("account_login"))
    assert signed_in.get(reverse(PAGE)).status_code == 302

    ended = Event.objects.filter(action="access.session_ended").get()
    assert (ended.actor, ended.data) == (alice.code, {"because": "idle"})


def test_session__ends_after_the_longest_time_whatever_its_holder_does(
    signed_in: Client, passes: Callable[[float], None]
) -> None:
    for _ in range(24):
        passes(20)
        assert signed_in.get(reverse(PAGE)).status_code == 200
    passes(1)
    assert signed_in.get(reverse(PAGE)).status_code == 302
    assert Event.objects.filter(action="access.session_ended").get().data == {"because": "age"}


def test_session__begins_anew_with_each_sign_in(
    signed_in: Client, alice: User, password: str, passes: Callable[[float], None]
) -> None:
    passes(60 * 7.9)
    signed_in.get(reverse(PAGE))
    signed_in.post(reverse("account_login"), {"login": alice.email, "password": password})
    passes(20)
    assert signed_in.get(reverse(PAGE)).status_code == 200


def test_idle_session__does_what_a_stranger_may_and_nothing_more(
    signed_in: Client, passes: Callable[[float], None]
) -> None:
    passes(31)
    response = signed_in.post(reverse("account_change_password"), {"oldpassword": "x"})

    assert response["Location"].startswith(reverse("account_login"))
    assert signed_in.get(reverse("public:exchanges")).status_code == 200


def test_click__writes_to_the_session_once_a_minute(signed_in: Client, passes: Callable[[float], None]) -> None:
    passes(5)
    signed_in.get(reverse(PAGE))
    before = dict(signed_in.session)
    passes(0.5)
    signed_in.get(reverse(PAGE))
    assert dict(signed_in.session) == before
    passes(1)
    signed_in.get(reverse(PAGE))
    assert dict(signed_in.session) != before


def test_page_for_a_stranger__has_no_session(client: Client, db: None) -> None:
    response = client.get(reverse("account_login"))

    assert "sessionid" not in response.cookies
