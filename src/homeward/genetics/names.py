"""Spellings of marker names: one marker is found under any of them, and a misspelt one gets a suggestion."""

import difflib
from collections.abc import Iterable

__all__ = ["marker_key", "misspelt"]


def marker_key(name: str) -> str:
    """Returns what the spellings of one marker have in common: its letters and digits, in capitals.

    >>> marker_key("Penta E") == marker_key("PENTA_E")
    True
    """
    return "".join(letter for letter in name if letter.isalnum()).upper()


def misspelt(name: str, known: Iterable[str]) -> str:
    """Returns "; did you mean ...?" with the nearest known name, or nothing where none is near.

    >>> misspelt("D3S13", ["TH01", "D3S1358"])
    '; did you mean D3S1358?'
    """
    by_key = {marker_key(candidate): candidate for candidate in known}
    nearest = difflib.get_close_matches(marker_key(name), by_key, n=1, cutoff=0.6)
    return f"; did you mean {by_key[nearest[0]]}?" if nearest else ""
