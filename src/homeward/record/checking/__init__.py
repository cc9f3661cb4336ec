"""The check against the record: what a text says that agrees, what contradicts, what is not known, what it left out."""

from homeward.record.checking.reading import check, check_reading
from homeward.record.checking.values import Check, CheckVerdict

__all__ = ["Check", "CheckVerdict", "check", "check_reading"]
