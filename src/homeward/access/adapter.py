"""How django-allauth behaves here: nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

__all__ = ["ClosedAccountAdapter"]


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by whoever runs the installation, never by themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Returns no."""
        return False
