"""The language and the keys that a person chooses."""

import pytest
from django.test import Client
from django.urls import reverse

from homeward.access.actions import choose_language, switch_keys
from homeward.access.models import User
from homeward.errors import InputError
from homeward.journal.models import Event

pytestmark = pytest.mark.django_db


def test_visitor__chooses_a_language_that_a_cookie_keeps(client: Client) -> None:
    response = client.post(reverse("access:language"), {"language": "uk", "next": "/exchanges/?kind=remains"})
    assert response["Location"] == "/exchanges/?kind=remains"
    page = client.get("/exchanges/", headers={"accept-language": "ru"}).content.decode()
    assert '<html lang="uk">' in page
    assert not Event.objects.exists()


def test_person__keeps_the_language_on_every_device(client: Client, alice: User) -> None:
    client.force_login(alice)
    client.post(reverse("access:language"), {"language": "ru"})
    elsewhere = Client(headers={"accept-language": "uk"})
    elsewhere.force_login(alice)
    assert '<html lang="ru">' in elsewhere.get(reverse("site:today")).content.decode()
    assert [event.data for event in Event.objects.filter(action="access.language_chosen")] == [{"language": "ru"}]


def test_person__who_chose_nothing_is_answered_as_the_browser_accepts(client: Client, alice: User) -> None:
    client.force_login(alice)
    page = client.get(reverse("site:today"), headers={"accept-language": "uk"}).content.decode()
    assert '<html lang="uk">' in page


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_choice__leads_to_no_foreign_page(client: Client, target: str) -> None:
    response = client.post(reverse("access:language"), {"language": "uk", "next": target})
    assert response["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "en\r\nSet-Cookie: a=b"])
def test_choice__of_an_unknown_language_is_refused(client: Client, language: str) -> None:
    response = client.post(reverse("access:language"), {"language": language})
    assert response.status_code == 400
    assert "django_language" not in response.cookies


def test_choice__is_made_by_post_alone(client: Client) -> None:
    assert client.get(reverse("access:language")).status_code == 405
    assert client.get(reverse("access:keys")).status_code == 405


def test_keys__can_be_switched_off_and_on_again(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert 'data-acting="yes"' in client.get(reverse("site:today")).content.decode()
    client.post(reverse("access:keys"), {"on": "no"})
    page = client.get(reverse("site:today")).content.decode()
    assert 'data-acting="no"' in page
    assert "aria-keyshortcuts" not in page
    client.post(reverse("access:keys"), {"on": "yes"})
    assert 'data-acting="yes"' in client.get(reverse("site:today")).content.decode()
    assert Event.objects.filter(action="access.keys_switched").count() == 2


def test_keys__of_a_visitor_are_kept_in_a_cookie(client: Client) -> None:
    client.post(reverse("access:keys"), {"on": "no"})
    assert 'data-acting="no"' in client.get("/agreements/").content.decode()


def test_choose_language__writes_nothing_where_nothing_changes(alice: User) -> None:
    choose_language(user=alice, language="uk")
    alice.refresh_from_db()
    choose_language(user=alice, language="uk")
    switch_keys(user=alice, on=True)
    assert Event.objects.count() == 1
    with pytest.raises(InputError, match='language: found "xx"'):
        choose_language(user=alice, language="xx")
