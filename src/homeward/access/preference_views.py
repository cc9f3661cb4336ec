"""Choosing the language and switching the keys, with or without an account, with or without a script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from homeward.access.actions import choose_language, switch_keys
from homeward.access.declarations import public
from homeward.access.models import User
from homeward.access.preferences import KEYS_COOKIE, language_of
from homeward.errors import InputError

__all__ = ["keys", "language"]

A_YEAR = 365 * 24 * 60 * 60


# Without a token, so that public pages carry none and stay the same for everybody who reads them in one language. The
# session's cookie does not come along from a foreign page (SameSite), which could thus change a cookie of no weight.
@public
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    try:
        chosen = language_of(request.POST.get("language", ""))
    except InputError:
        return HttpResponseBadRequest()
    if isinstance(request.user, User):
        choose_language(user=request.user, language=chosen)
    return _keep(request, settings.LANGUAGE_COOKIE_NAME, chosen)


@public
@csrf_exempt
@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    on = request.POST.get("on") == "yes"
    if isinstance(request.user, User):
        switch_keys(user=request.user, on=on)
    return _keep(request, KEYS_COOKIE, "on" if on else "off")


def _keep(request: HttpRequest, name: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(_where_from(request))
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response


def _where_from(request: HttpRequest) -> str:
    """Returns the page that the choice was made on, if it is one of ours."""
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()) else "/"
