"""The language of a page: what the person chose, else the cookie, else what the browser accepts."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from homeward.access.models import User

__all__ = ["ChosenLanguageMiddleware"]


class ChosenLanguageMiddleware:
    """Lets the choice kept with a person prevail over cookie and browser, which Django's middleware has looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.language in dict(settings.LANGUAGES):
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        return self.get_response(request)
