"""The small closed types of the record that the reader does not know."""

from enum import Enum

__all__ = ["CheckVerdict", "PartyKind", "ProposalState"]


class CheckVerdict(Enum):
    """How a claim of a text stands to the record."""

    AGREES = "agrees"
    DIFFERS = "differs"  # other than the record's, but something is not certain that a contradiction needs
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"
    MISSING_FROM_TEXT = "missing_from_text"


class PartyKind(Enum):
    """What a party is to the conflict."""

    BELLIGERENT = "belligerent"
    INTERMEDIARY = "intermediary"
    ORGANISATION = "organisation"


class ProposalState(Enum):
    """What became of a claim that the reader proposed."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
