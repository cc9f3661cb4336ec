"""What one rule says of one person: yes, no or unknown, the message that tells why, and the facts it rests on."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Entitled", "Finding", "weakest"]


class Entitled(StrEnum):
    """The answer to "is this person entitled under this term on this day?"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """An answer, the key of its message with what goes into it, and what would settle it where it is unknown.

    Findings are compared as objects: a condition gives the same one for the same facts, so that it is put into words
    once for all the people whom it is true of.
    """

    entitled: Entitled
    message: str
    values: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    settled_by: str = ""


def weakest(answers: list[Entitled]) -> Entitled:
    """Returns the answer of conditions that must all hold: no beats unknown beats yes.

    >>> weakest([Entitled.YES, Entitled.UNKNOWN]), weakest([Entitled.UNKNOWN, Entitled.NO])
    (<Entitled.UNKNOWN: 'unknown'>, <Entitled.NO: 'no'>)
    """
    if Entitled.NO in answers:
        return Entitled.NO
    return Entitled.UNKNOWN if Entitled.UNKNOWN in answers else Entitled.YES
