"""The check against the record: what a text says that agrees, what contradicts, what is not known, what it left out."""

from homeward.account.checking.reading import check
from homeward.account.checking.values import Check, CheckVerdict

__all__ = ["Check", "CheckVerdict", "check"]
