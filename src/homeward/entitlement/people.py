"""A captive person as far as an entitlement rests on it: the fields of a people file, each a day or a word."""

from enum import StrEnum
from typing import NamedTuple

from homeward.entitlement.days import ANY_DAY, Days

__all__ = ["Commission", "Health", "Person", "Sex", "Status", "Wish"]


class Sex(StrEnum):
    """A person's sex as recorded."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Health(StrEnum):
    """The reported state of health; what the commission decided stands apart."""

    SERIOUSLY_WOUNDED = "seriously_wounded"
    SERIOUSLY_SICK = "seriously_sick"
    WOUNDED = "wounded"
    FIT = "fit"
    UNKNOWN = "unknown"


class Commission(StrEnum):
    """What the mixed medical commission decided (GC III Art. 112; Annex II 10)."""

    REPATRIATE = "repatriate"
    NEUTRAL_COUNTRY = "neutral_country"
    NOT = "not"
    PENDING = "pending"
    NONE = ""


class Wish(StrEnum):
    """Whether the person wishes to go home; NO was heard by a neutral or by ourselves (GC III Art. 109(3))."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where the person is; UNKNOWN is a captivity that nothing confirms."""

    HELD = "held"
    RETURNED = "returned"
    DIED = "died"
    UNKNOWN = "unknown"


class Person(NamedTuple):
    """What one source says of one person. `captured` is the beginning of the present captivity: a transfer goes on,
    a recapture starts anew. `rank` is carried and never weighed (GC III Art. 16). `place` says where it was read.
    A named tuple, since a hundred thousand of them are made at once.
    """

    code: str
    birth: Days = ANY_DAY
    captured: Days = ANY_DAY
    sex: Sex = Sex.UNKNOWN
    rank: str = ""
    health: Health = Health.UNKNOWN
    commission: Commission = Commission.NONE
    wish: Wish = Wish.UNKNOWN
    status: Status = Status.UNKNOWN
    place: str = ""
