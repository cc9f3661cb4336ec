"""Errors as sentences of a catalogue: what a screen shows of an InputError."""

from homeward.errors import InputError
from homeward.wording.catalogue import Wording, sentence_case

__all__ = ["sentence"]


def sentence(wording: Wording, error: InputError) -> str:
    """Returns the catalogue's sentence for the error's code; for an error without one, the English line of it."""
    key = f"error.{error.code}"
    if error.code and key in wording.entries:
        return wording.say(key, **error.parameters)
    return sentence_case(f"{error.place}: found {error.found}; needed: {error.needed}.")
