"""One finding of the check, and what every part of the check is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from homeward.account.checking.matching import Matched
from homeward.account.checking.record_phrases import RecordPhrases
from homeward.account.ledger import Ledger
from homeward.reader.claims import Claim

__all__ = ["Case", "Check", "CheckVerdict"]


class CheckVerdict(Enum):
    """How a claim of a text stands to the record."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"
    MISSING_FROM_TEXT = "missing_from_text"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One finding: `claim` counts the text's claims from 0, None where the text is silent; `record` names the entry."""

    verdict: CheckVerdict
    explanation: str
    claim: int | None = None
    record: str = ""

    def as_json(self) -> dict[str, Any]:
        """Returns the finding as the JSON object of docs/reference/record-files.md."""
        return {
            "verdict": self.verdict.value,
            "claim": self.claim,
            "record": self.record or None,
            "explanation": self.explanation,
        }


@dataclass(frozen=True, kw_only=True)
class Case:
    """A text's claims, the record that they are held against, and which transfer each claim speaks of."""

    claims: tuple[Claim, ...]
    body: str
    published: date | None
    ledger: Ledger
    phrases: RecordPhrases
    matches: Mapping[int, Matched] = field(default_factory=dict)
