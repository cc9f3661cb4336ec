"""Terms: one commitment of an agreement in one wording, as conditions that must all hold.

A term that nobody could fulfil, or that has no condition, cannot be made.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from homeward.entitlement.people import Health, Sex
from homeward.errors import InputError

__all__ = ["AgeCondition", "AgeOn", "Term"]


class AgeOn(Enum):
    """The day on which an age is asked, where it is not a day of the calendar."""

    EXCHANGE = "exchange"
    AGREEMENT = "agreement"
    CAPTURE = "capture"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeCondition:
    """At least `at_least` completed years, and fewer than `under`, on the day `on`; one of the two may be left out."""

    at_least: int | None = None
    under: int | None = None
    on: AgeOn | date

    def __post_init__(self) -> None:
        if self.at_least is None and self.under is None:
            raise InputError(place="age_on", found="no age", needed="under_age or at_least_age beside it")
        if self.at_least is not None and self.under is not None and self.at_least >= self.under:
            found = f"at_least_age {self.at_least} and under_age {self.under}"
            raise InputError(place="under_age", found=found, needed="an age that somebody can have: under_age above it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One commitment of `agreement`, as `worded_by` a party in the words `wording`, found in `sources`.

    Terms of one agreement with the same `commitment` are wordings of one obligation.
    """

    name: str
    agreement: str
    agreement_on: date | None = None
    commitment: str = ""
    worded_by: str = ""
    wording: str = ""
    sources: tuple[str, ...] = ()
    age: AgeCondition | None = None
    health: frozenset[Health] = frozenset()
    sex: Sex | None = None
    held_longer_than_months: int | None = None
    place: str = "term"

    def __post_init__(self) -> None:
        if not (self.age or self.health or self.sex or self.held_longer_than_months):
            needed = "at least one of under_age, at_least_age, health, sex, held_longer_than_months"
            raise InputError(place=self.place, found="no condition", needed=needed)
        if self.age and self.age.on is AgeOn.AGREEMENT and self.agreement_on is None:
            found = 'age_on = "agreement" without agreement_on'
            raise InputError(place=self.place, found=found, needed="agreement_on = YYYY-MM-DD")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of condition that the term has."""
        held = {"age": self.age, "health": self.health, "sex": self.sex, "held": self.held_longer_than_months}
        return tuple(kind for kind, condition in held.items() if condition)
