"""Guards whatever is proved by a secret that could be guessed: a password, a code of a second factor."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from homeward.access.attempts import Claimant, TooSoonError, begin, failed, succeeded
from homeward.access.devices import device_of
from homeward.access.queries import account_named

__all__ = [
    "GuardedAuthenticateForm",
    "GuardedChangePasswordForm",
    "GuardedReauthenticateForm",
    "address_of",
    "guarded",
]

Proof = TypeVar("Proof")


def guarded(request: HttpRequest, *, account: str, what: str, prove: Callable[[], Proof | None]) -> Proof | None:
    """Returns what `prove` returns, None or a ValidationError of it being a failure that is counted and journalled.

    Raises ValidationError, without trying at all, where earlier failures make this too soon. The same is said whether
    an account exists or not.
    """
    claimant = Claimant(account=f"{what}:{account}", address=address_of(request), device=device_of(request, account))
    try:
        attempt = begin(claimant)
    except TooSoonError as error:
        raise ValidationError(_too_soon(error), code="too_soon") from None
    proof: Proof | None = None
    try:
        proof = prove()
    finally:
        if proof is None:
            user = account_named(account)
            subject = f"person:{user.code}" if user else "sign_in"
            failed(attempt, what=what, subject=subject, organisation=user.journal_organisation if user else "")
        else:
            succeeded(attempt)
    return proof


def address_of(request: HttpRequest) -> str:
    """Returns the network address that failures are counted for; of IPv6 the network that one line is given."""
    return str(truncate_ip(get_adapter(request).get_client_ip(request)))


def _too_soon(error: TooSoonError) -> str:
    seconds = int(error.wait.total_seconds()) + 1
    if seconds > 120:
        minutes = -(-seconds // 60)
        told = ngettext(
            "Too many failed attempts. Try again in %(n)d minute.",
            "Too many failed attempts. Try again in %(n)d minutes.",
            minutes,
        )
        return told % {"n": minutes}
    told = ngettext(
        "Too many failed attempts. Try again in %(n)d second.",
        "Too many failed attempts. Try again in %(n)d seconds.",
        seconds,
    )
    return told % {"n": seconds}


class GuardedAuthenticateForm(AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    def clean_code(self) -> str:
        """Returns the code, if it is right."""
        return _code(self, super().clean_code)


class GuardedReauthenticateForm(ReauthenticateForm):  # type: ignore[misc]
    """The second factor, asked for once more."""

    def clean_code(self) -> str:
        """Returns the code, if it is right."""
        return _code(self, super().clean_code)


class GuardedChangePasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password and the new: who found a screen unlocked cannot guess the old one here."""

    def clean_oldpassword(self) -> str:
        """Returns the old password, if it is right."""
        prove: Callable[[], str | None] = super().clean_oldpassword
        return guarded(context.request, account=self.user.email, what="password", prove=prove) or ""


def _code(form: Any, prove: Callable[[], str | None]) -> str:
    return guarded(context.request, account=form.user.email, what="code", prove=prove) or ""
