"""Deny by default: a view that declares nobody is open to nobody."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from homeward.access.declarations import (
    ACCOUNT_PAGES,
    Declaration,
    Door,
    declaration_of,
    public,
    requires,
    signed_in,
)
from homeward.access.middleware import DenyByDefaultMiddleware
from homeward.access.models import User
from homeward.access.roles import Permission


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def _let_in(view: Callable[..., Any], user: object) -> object:
    request = RequestFactory().get("/page/")
    request.user = user  # type: ignore[assignment]
    request.resolver_match = None
    return DenyByDefaultMiddleware(lambda _request: HttpResponse()).process_view(request, view, (), {})


def test_every_view__declares_who_may_open_it() -> None:
    patterns = list(_patterns(get_resolver()))
    undeclared = [str(entry.pattern) for entry in patterns if declaration_of(entry.callback, entry.name) is None]

    assert len(patterns) > 20
    assert undeclared == []


def test_every_staff_page__is_closed_to_the_public() -> None:
    for entry in _patterns(get_resolver()):
        declaration = declaration_of(entry.callback, entry.name)
        if str(entry.pattern).startswith("staff/"):
            assert declaration is not None
            assert declaration.door in {Door.SIGNED_IN, Door.PERMISSION}, entry.pattern


def test_account_pages__name_pages_that_exist() -> None:
    assert {entry.name for entry in _patterns(get_resolver())} >= ACCOUNT_PAGES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/account/signup/",
        "/account/email/",
        "/account/password/reset/",
        "/account/password/reset/key/1-abc/",
        "/account/password/set/",
        "/account/confirm-email/",
        "/account/login/code/confirm/",
    ],
)
def test_account_page_that_is_not_listed__does_not_exist(client: Client, alice: User, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "x@example.org"}).status_code == 404
    client.force_login(alice)
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("user", ["alice", "auditor", "anonymous"])
def test_undeclared_view__is_refused_to_everybody(request: pytest.FixtureRequest, user: str) -> None:
    with pytest.raises(PermissionDenied):
        _let_in(_page, AnonymousUser() if user == "anonymous" else request.getfixturevalue(user))


def test_public_view__is_open_to_a_stranger() -> None:
    assert _let_in(public(lambda request: HttpResponse()), AnonymousUser()) is None


def test_allauth_view_not_listed__is_closed() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    view.__module__ = "allauth.account.views"
    with pytest.raises(Http404):
        _let_in(view, AnonymousUser())


@pytest.mark.django_db
def test_signed_in_view__takes_anybody_with_an_account(charlie: User) -> None:
    view = signed_in(lambda request: HttpResponse())

    assert _let_in(view, charlie) is None
    assert isinstance(_let_in(view, AnonymousUser()), HttpResponse)


@pytest.mark.django_db
def test_requires__asks_for_the_permission(alice: User, auditor: User) -> None:
    view = requires(Permission.AUDIT_JOURNAL)(lambda request: HttpResponse())

    assert _let_in(view, auditor) is None
    with pytest.raises(PermissionDenied):
        _let_in(view, alice)
    assert isinstance(_let_in(view, AnonymousUser()), HttpResponse)


@pytest.mark.django_db
def test_requires__refuses_a_closed_account(auditor: User) -> None:
    auditor.is_active = False

    with pytest.raises(PermissionDenied):
        _let_in(requires(Permission.AUDIT_JOURNAL)(lambda request: HttpResponse()), auditor)


def test_declaration__is_made_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        public(signed_in(lambda request: HttpResponse()))
    with pytest.raises(ValueError, match="permission goes with"):
        Declaration(Door.PUBLIC, Permission.AUDIT_JOURNAL)
