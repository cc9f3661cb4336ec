"""What a person chooses for themself: the language of the pages, and whether single keys act."""

from django.conf import settings
from django.db import transaction

from homeward.access.models import User
from homeward.errors import InputError
from homeward.journal.actions import write

__all__ = ["KEYS_COOKIE", "choose_language", "language_of", "switch_keys"]

KEYS_COOKIE = "homeward_keys"


def language_of(code: str) -> str:
    """Returns the language of the site that goes by `code`, refusing one that has no catalogue."""
    known = [language for language, _ in settings.LANGUAGES]
    if code not in known:
        raise InputError(place="language", found=f'"{code[:20]}"', needed=", ".join(known))
    return code


def choose_language(*, user: User, language: str) -> None:
    """Keeps the language that a person wants to read in."""
    language = language_of(language)
    if user.language == language:
        return
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(language=language)
        data = {"language": language}
        write(by=user, action="access.language_chosen", subject=f"person:{user.code}", data=data)


def switch_keys(*, user: User, on: bool) -> None:
    """Keeps whether single keys act on this person's pages."""
    if user.keys == on:
        return
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(keys=on)
        write(by=user, action="access.keys_switched", subject=f"person:{user.code}", data={"on": on})
