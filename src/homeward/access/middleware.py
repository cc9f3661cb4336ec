"""Stands before every view and lets in those only whom the view declares."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from homeward.access.declarations import Door, declaration_of
from homeward.access.models import User
from homeward.access.second_factor import SecondFactorRule
from homeward.errors import NotPermittedError

__all__ = ["DenyByDefaultMiddleware"]

logger = logging.getLogger(__name__)


class DenyByDefaultMiddleware:
    """Refuses every view that does not declare who may open it, and everybody whom the declaration does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(getattr(request, "user", None), User):
            response.headers["Cache-Control"] = "no-store"  # what staff see stays in no cache of a shared machine
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: Sequence[Any],
        _kwargs: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        """Returns None to let the request through, a redirect to the sign-in page, or raises the refusal."""
        match = request.resolver_match
        declaration = declaration_of(view, match.url_name if match else None)
        if declaration is None:
            logger.error("refused %s: the view %s declares nobody", request.path, view.__qualname__)
            raise PermissionDenied
        if declaration.door is Door.CLOSED:
            raise Http404
        if declaration.door is Door.PUBLIC:
            return None
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if declaration.permission and not request.user.may(declaration.permission):
            raise PermissionDenied
        if _lacks_second_factor(request.user) and not _is_of_the_account(view):
            messages.info(request, _("Your role needs a second factor. Set it up to go on."))
            return redirect("mfa_activate_totp")
        return None

    def process_exception(self, _request: HttpRequest, exception: Exception) -> None:
        """Turns what an action refuses into the page of a refusal: a view need not ask again what the action asks."""
        if isinstance(exception, NotPermittedError):
            raise PermissionDenied(str(exception)) from exception


def _lacks_second_factor(user: User) -> bool:
    rule: SecondFactorRule = settings.HOMEWARD_SECOND_FACTOR
    # Recovery codes alone are none: they are what remains when the factor is lost.
    return rule.asks(user.roles) and not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def _is_of_the_account(view: Callable[..., HttpResponseBase]) -> bool:
    """Returns whether a page serves to set the factor up, to change the password or to sign out."""
    return view.__module__.startswith("allauth.")
