"""The small closed types of the record that the reader does not know."""

from enum import Enum

__all__ = ["PartyKind", "ProposalState"]


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
