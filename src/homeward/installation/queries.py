"""Reads of what this installation is."""

from homeward.installation.models import Installation
from homeward.installation.vocabulary import Kind

__all__ = ["forget", "is_simulated", "kind", "known_kind", "remember"]

_known: list[Kind] = []


def kind() -> Kind | None:
    """Returns what this installation is; None where it was never said. Asked once, since it never changes."""
    if not _known:
        found = Installation.objects.values_list("kind", flat=True).first()
        if found is None:
            return None
        remember(Kind(found))
    return _known[0]


def is_simulated() -> bool:
    """Returns whether what stands here is made up."""
    return kind() is Kind.SIMULATED


def known_kind() -> Kind | None:
    """Returns what this process knows already, without a question to the database: for pages about its failure."""
    return _known[0] if _known else None


def remember(found: Kind) -> None:
    """Keeps the answer for this process."""
    _known[:] = [found]


def forget() -> None:
    """Lets the next question go to the database: after a restoration, and in tests."""
    _known.clear()
