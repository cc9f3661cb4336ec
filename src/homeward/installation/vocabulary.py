"""The words of an installation."""

from enum import StrEnum

__all__ = ["Kind"]


class Kind(StrEnum):
    """What an installation is for: said once, when it is made."""

    REAL = "real"
    SIMULATED = "simulated"  # people, remains and families are made up: says so on every page, document and export
