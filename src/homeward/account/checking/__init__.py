"""The check against the record: what agrees, what differs, what contradicts, what is not known, what was left out."""

from homeward.account.checking.reading import check
from homeward.account.checking.values import Check
from homeward.account.vocabulary import CheckVerdict

__all__ = ["Check", "CheckVerdict", "check"]
