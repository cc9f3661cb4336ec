"""What a person chooses for themself: the language of the pages, and whether single keys act."""

from django.conf import settings

from homeward.errors import InputError

__all__ = ["KEYS_COOKIE", "language_of"]

KEYS_COOKIE = "homeward_keys"


def language_of(code: str) -> str:
    """Returns the language of the site that goes by `code`, refusing one that has no catalogue."""
    known = [language for language, _ in settings.LANGUAGES]
    if code not in known:
        raise InputError(place="language", found=f'"{code[:20]}"', needed=", ".join(known))
    return code
