"""The catalogue of the language in which a page is told."""

from django.utils.translation import get_language

from homeward.errors import InputError
from homeward.wording.catalogue import Wording, languages, wording
from homeward.wording.errors import sentence

__all__ = ["catalogue", "told_error"]


def catalogue() -> Wording:
    """Returns the catalogue of the page's language, English where that has none."""
    language = (get_language() or "en")[:2]
    return wording(language if language in languages() else "en")


def told_error(error: InputError) -> str:
    """Returns the error as a sentence of the page's language."""
    return sentence(catalogue(), error)
