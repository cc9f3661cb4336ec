"""Tokens for machines: who shows one, and what it opens. The API asks here, for every request."""

import hashlib
import secrets

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from homeward.access.models import Token, User
from homeward.access.roles import TOKEN_PERMISSIONS, TokenScope

__all__ = ["digest_of", "new_secret", "user_and_scope_for"]

_MARK = "homeward_"  # so that a token is known for one where it turns up, in a log or in a repository


def new_secret() -> str:
    """Returns a fresh token of 256 random bits. It is shown once; what is kept is its digest."""
    return _MARK + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Returns the SHA-256 of a token. A slow hash would guard nothing: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def user_and_scope_for(secret: str) -> tuple[User, TokenScope] | None:
    """Returns who acts and within which scope; None for what is no token, expired, revoked, or of no more use.

    It is found by its digest, which says nothing about a token that is nearly right, and compared in constant time.
    An action asks `authorise` besides: a token never opens more than its holder may.
    """
    digest = digest_of(secret)
    rows = Token.objects.select_related("user__membership__organisation").prefetch_related("user__membership__roles")
    token = rows.filter(digest=digest, revoked_at__isnull=True, expires_at__gt=timezone.now()).first()
    if token is None or not constant_time_compare(token.digest, digest):
        return None
    scope = TokenScope(token.scope)
    if token.user.acting_organisation is None or not token.user.may(TOKEN_PERMISSIONS[scope]):
        return None
    return token.user, scope
