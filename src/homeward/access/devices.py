"""Browsers that a person signed in with before: a sealed cookie, so that nobody's failures elsewhere slow that person.

The cookie opens nothing. It only moves the failures of this browser to a count of their own. It holds for one account,
and ends with the password that it was made under. (OWASP, "Slow Down Online Guessing Attacks with Device Cookies".)
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from homeward.access.models import User
from homeward.access.queries import account_named

__all__ = ["device_of", "remember_device"]

_SALT = "homeward.access.devices"
_SECONDS = 180 * 24 * 60 * 60


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Has the browser show, when this person signs in next, that they did so with it before."""
    if device_of(request, user.email):
        return
    sealed = signing.dumps([user.code, _password_mark(user), secrets.token_urlsafe(16)], salt=_SALT)
    response.set_cookie(
        _name(user.email),
        sealed,
        max_age=_SECONDS,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_of(request: HttpRequest, account: str) -> str:
    """Returns the secret name of the browser, where this account signed in with it before; else nothing."""
    sealed = request.COOKIES.get(_name(account))
    if not sealed:
        return ""
    try:
        code, mark, device = signing.loads(sealed, salt=_SALT, max_age=_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    user = account_named(account)
    return str(device) if user and user.code == code and constant_time_compare(str(mark), _password_mark(user)) else ""


def _name(account: str) -> str:
    """Returns the name of the cookie: several people sign in at one desk, and it must not tell who."""
    return "known_" + salted_hmac(_SALT, account, algorithm="sha256").hexdigest()[:16]


def _password_mark(user: User) -> str:
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:16]
