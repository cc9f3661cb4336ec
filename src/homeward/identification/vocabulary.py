"""The small closed types on which the rules of identification turn; the values are those of the file formats."""

from enum import Enum

__all__ = [
    "Brothers",
    "Consent",
    "EvidenceKind",
    "Finding",
    "Human",
    "ProfileState",
    "References",
    "RemainsAgree",
    "SecondSample",
    "SignOfLife",
]


class Human(Enum):
    """Whether remains are human."""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


class RemainsAgree(Enum):
    """Whether joined remains were compared with each other and agree."""

    YES = "yes"
    NO = "no"
    UNTESTED = "untested"


class ProfileState(Enum):
    """What stands behind the likelihood ratios of an individual."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    HELD = "held"
    NONE = "none"


class References(Enum):
    """Whether the relatives' profiles fit the pedigree that they are said to form."""

    AGREE = "agree"
    CONTRADICT = "contradict"
    UNTESTED = "untested"


class Consent(Enum):
    """Whether the donors' consent holds."""

    YES = "yes"
    ENDED = "ended"


class SignOfLife(Enum):
    """What the register of prisoners says: NO_SIGN means that it was asked and knows nothing."""

    NO_SIGN = "no_sign"
    INDICATED = "indicated"
    CONFIRMED = "confirmed"
    NOT_ASKED = "not_asked"


class Brothers(Enum):
    """Siblings of the same sex: listed among the missing, accounted for, or open."""

    NONE = "none"
    LISTED = "listed"
    ACCOUNTED = "accounted"
    OPEN = "open"


class EvidenceKind(Enum):
    """What is compared. Lineage markers and secondary evidence support or exclude; they never name."""

    DNA = "dna"
    FINGERPRINT = "fingerprint"
    DENTAL = "dental"
    IMPLANT_SERIAL = "implant_serial"
    MEDICAL = "medical"
    TATTOO = "tattoo"
    DOCUMENT = "document"
    EFFECTS = "effects"
    VISUAL = "visual"
    CIRCUMSTANCES = "circumstances"
    Y_STR = "y_str"
    MTDNA = "mtdna"

    @property
    def is_primary_beside_dna(self) -> bool:
        """Whether a match of this kind names a person without DNA (INTERPOL DVI guide)."""
        return self in (EvidenceKind.FINGERPRINT, EvidenceKind.DENTAL, EvidenceKind.IMPLANT_SERIAL)


class Finding(Enum):
    """What the comparison of a value in life with one after death came to."""

    MATCH = "match"
    CONSISTENT = "consistent"
    CONTRADICTS = "contradicts"
    EXPLAINED = "explained"
    INCONCLUSIVE = "inconclusive"
    OUTSTANDING = "outstanding"


class SecondSample(Enum):
    """When a second sample of the remains must agree: before the signature, or before the coffin is handed over."""

    SIGN = "sign"
    RELEASE = "release"
