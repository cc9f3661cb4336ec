"""The languages that the reader knows, loaded when a text asks for one."""

from collections.abc import Callable, Mapping
from functools import cache

from homeward.errors import InputError
from homeward.reader.languages.english.language import english
from homeward.reader.languages.language import Language
from homeward.reader.languages.slavic.language import russian, ukrainian
from homeward.reader.languages.slavic.morphology import require_dictionary

__all__ = ["LANGUAGES", "load_language", "require_language"]

# A language whose packages are missing raises InputError that says what to install, in the function that loads it.
LANGUAGES: Mapping[str, Callable[[], Language]] = {"en": english, "uk": ukrainian, "ru": russian}
_WITH_DICTIONARY = frozenset({"uk", "ru"})


def require_language(code: str) -> None:
    """Raises InputError for a language that the reader does not know, or whose packages are missing; loads nothing."""
    if code not in LANGUAGES:
        raise InputError(
            place="reader",
            found=f'a text in "{code}"',
            needed=f"a language that the reader knows: {', '.join(LANGUAGES)}",
            code="reader_language",
            parameters={"language": code, "known": ", ".join(LANGUAGES)},
        )
    if code in _WITH_DICTIONARY:
        require_dictionary(code)


@cache
def load_language(code: str) -> Language:
    """Returns the language; raises InputError as `require_language` does."""
    require_language(code)
    return LANGUAGES[code]()
