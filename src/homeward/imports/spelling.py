"""A misspelt key, column or value gets the nearest that is known."""

import difflib
from collections.abc import Iterable

__all__ = ["did_you_mean", "quoted"]

LONGEST = 60


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Returns "; did you mean ...?" with the nearest of the known words, or nothing where none is near.

    >>> did_you_mean("Under-Age", ["under_age", "at_least_age"])
    '; did you mean under_age?'
    """
    by_key = {_plain(word): word for word in known}
    key = _plain(found)
    nearest = [key] if key in by_key else difflib.get_close_matches(key, by_key, n=1, cutoff=0.6)
    return f"; did you mean {by_key[nearest[0]]}?" if nearest else ""


def quoted(found: str) -> str:
    """Returns what was found in quotes, on one line and not too long.

    >>> quoted("two\\nlines")
    '"two lines"'
    """
    line = " ".join(found.split())
    return f'"{line}"' if len(line) <= LONGEST else f'"{line[:LONGEST]}..."'


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
