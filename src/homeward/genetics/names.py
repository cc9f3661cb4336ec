"""Spellings of marker names: one marker is found under any of them."""

__all__ = ["marker_key"]


def marker_key(name: str) -> str:
    """Returns what the spellings of one marker have in common: its letters and digits, in capitals.

    >>> marker_key("Penta E") == marker_key("PENTA_E")
    True
    """
    return "".join(letter for letter in name if letter.isalnum()).upper()
