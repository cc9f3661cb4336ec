"""Who is signed in, read with organisation and roles in two queries."""

from allauth.account.auth_backends import AuthenticationBackend

from homeward.access.models import User

__all__ = ["MemberBackend"]


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in by e-mail address and password; what a closed account left behind is nobody."""

    def get_user(self, user_id: int) -> User | None:
        """Returns the person of a session, unless the account is closed."""
        people = User.objects.select_related("membership__organisation").prefetch_related("membership__roles")
        user: User | None = people.filter(pk=user_id).first()
        return user if user is not None and user.is_active else None
