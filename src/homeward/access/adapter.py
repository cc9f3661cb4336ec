"""How django-allauth behaves here: nobody signs up, account changes are journalled, second factors sealed."""

import base64
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from homeward.access.devices import remember_device
from homeward.access.guarding import address_of, guarded
from homeward.access.models import User
from homeward.access.sessions import begin_session
from homeward.journal.actions import write
from homeward.journal.actors import SystemActor

__all__ = ["ClosedAccountAdapter", "SealedMfaAdapter"]

_NOTICES = {
    "mfa/email/totp_activated": "access.second_factor_added",
    "mfa/email/totp_deactivated": "access.second_factor_removed",
    "mfa/email/recovery_codes_generated": "access.recovery_codes_made",
}


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by whoever runs the installation, never by themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Returns no."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Returns whose password this is. Failures are counted and journalled, and slow down who fails."""
        account = str(credentials.get("email") or "").strip().lower()
        prove = partial(super().authenticate, request, **credentials)
        user: User | None = guarded(request, account=account, what="password", prove=prove)
        return user

    def post_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse:
        """Returns the first page after signing in, and has this browser known from now on."""
        response: HttpResponse = super().post_login(request, user, **named)
        remember_device(request, response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Tells that the account is closed, to somebody who knew its password."""
        data = {"what": "closed account", "address": address_of(request)}
        by = SystemActor(user.journal_organisation)
        write(by=by, action="access.sign_in_failed", subject=f"person:{user.code}", data=data)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Signs the person in, after every step of it succeeded."""
        with transaction.atomic():
            super().login(request, user)
            begin_session(request)
            write(by=user, action="access.signed_in", subject=f"person:{user.code}", data={})

    def logout(self, request: HttpRequest) -> None:
        """Signs the person out."""
        user = request.user
        with transaction.atomic():
            super().logout(request)
            if isinstance(user, User):
                write(by=user, action="access.signed_out", subject=f"person:{user.code}", data={})

    def set_password(self, user: User, password: str) -> None:
        """Changes the person's own password."""
        with transaction.atomic():
            super().set_password(user, password)
            write(by=user, action="access.password_changed", subject=f"person:{user.code}", data={})

    def send_notification_mail(self, template_prefix: str, user: User, *_given: Any, **_named: Any) -> None:
        """Journals what allauth would tell by mail; this installation sends no mail."""
        if action := _NOTICES.get(template_prefix):
            write(by=user, action=action, subject=f"person:{user.code}", data={})


class SealedMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps second factors encrypted, so that a copy of the database alone does not give them away."""

    def encrypt(self, text: str) -> str:
        """Returns `text` sealed under a key derived from SECRET_KEY."""
        return self._seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Returns what `encrypt` was given."""
        return self._seal().decrypt(encrypted_text.encode()).decode()

    def _seal(self) -> Fernet:
        derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"homeward second factors")
        return Fernet(base64.urlsafe_b64encode(derivation.derive(settings.SECRET_KEY.encode())))
