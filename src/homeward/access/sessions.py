"""Ends sessions that were left alone or have lasted too long: these are shared desks in offices and mortuaries."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from homeward.access.models import User
from homeward.journal.actions import write

__all__ = ["SessionLimitsMiddleware", "begin_session"]

_BEGAN, _SEEN = "access_began_at", "access_seen_at"
_NOTED_EVERY = 60  # seconds: a click does not need a write of its own


def begin_session(request: HttpRequest) -> None:
    """Starts both clocks: whatever session there was before, this sign-in is a new one."""
    request.session[_BEGAN] = request.session[_SEEN] = _now()


class SessionLimitsMiddleware:
    """Signs out whoever comes back after the idle time, or after the longest time that a session may last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without the cookie there is no session to look at, and a public page stays one that a proxy may keep.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            because = _over_because(request.session)
            if because:
                _end(request, because)
        return self.get_response(request)


def _over_because(session: Any) -> str:
    """Returns why a session is over, or nothing; notes that its holder is still there."""
    now = _now()
    began, seen = session.setdefault(_BEGAN, now), session.setdefault(_SEEN, now)
    if now - seen > settings.HOMEWARD_SESSION_IDLE_MINUTES * 60:
        return "idle"
    if now - began > settings.HOMEWARD_SESSION_HOURS * 3600:
        return "age"
    if now - seen >= _NOTED_EVERY:
        session[_SEEN] = now
    return ""


def _end(request: HttpRequest, because: str) -> None:
    user = request.user
    if isinstance(user, User):
        write(by=user, action="access.session_ended", subject=f"person:{user.code}", data={"because": because})
    logout(request)


def _now() -> int:
    return int(timezone.now().timestamp())
