"""One finding of the check, and what every part of the check is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from homeward.account.checking.matching import Matched
from homeward.account.checking.record_phrases import RecordPhrases
from homeward.account.ledger import Ledger
from homeward.account.vocabulary import CheckVerdict
from homeward.reader.claims import Claim

__all__ = ["Case", "Check"]


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
    """A text's claims, the record that they are held against, and which transfer each claim speaks of.

    `conflict` are the two parties that the text is about, none where it is about more; `numbers` is every number of the
    text that may be of people or bodies, whether a claim was made of it or not; `language` is the text's own.
    """

    claims: tuple[Claim, ...]
    body: str
    published: date | None
    ledger: Ledger
    phrases: RecordPhrases
    language: str = "en"
    conflict: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    matches: Mapping[int, Matched] = field(default_factory=dict)
