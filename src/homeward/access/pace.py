"""How long somebody waits after failed attempts to sign in: the law of it, without a database or a clock.

Refusing an account to everybody after some failures would let anybody lock anybody out. So failures are counted for
each pair of account and address, which slows down who fails and nobody else; for each address over all accounts; and
for each browser that this person has signed in with before, which nobody's failures elsewhere can touch.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

__all__ = ["ATTACKED_ABOVE", "PACES", "Counted", "Pace", "pace_of"]


class Counted(Enum):
    """What failures are counted for."""

    DEVICE = "device"  # a browser that the person signed in with before
    PAIR = "pair"  # one account from one address
    ADDRESS = "address"  # every account from one address: many names, one password each
    ACCOUNT = "account"  # one account from everywhere: never refused, but strangers lose their free failures


@dataclass(frozen=True)
class Pace:
    """So many failures for nothing, then a wait that doubles with each, up to the longest; all forgotten after a while.

    >>> pace = Pace(free=2, first_seconds=5, longest_seconds=60, forgotten_after=timedelta(days=1))
    >>> [pace.wait_after(failures).seconds for failures in range(1, 9)]
    [0, 0, 5, 10, 20, 40, 60, 60]
    """

    free: int
    first_seconds: int
    longest_seconds: int
    forgotten_after: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """Returns how long nothing more is tried after so many failures in a row."""
        beyond = failures - self.free
        if beyond <= 0:
            return timedelta(0)
        doublings = min(beyond - 1, 30)  # the wait reached its longest long before; keeps the power small
        return timedelta(seconds=min(self.longest_seconds, self.first_seconds * 2**doublings))


_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
PACES = {
    Counted.DEVICE: Pace(free=4, first_seconds=5, longest_seconds=60, forgotten_after=_DAY),
    Counted.PAIR: Pace(free=4, first_seconds=5, longest_seconds=15 * 60, forgotten_after=_DAY),
    Counted.ADDRESS: Pace(free=20, first_seconds=5, longest_seconds=60, forgotten_after=_HOUR),
    Counted.ACCOUNT: Pace(free=0, first_seconds=0, longest_seconds=0, forgotten_after=_DAY),
}
ATTACKED_ABOVE = 20  # failures of strangers for one account within a day: no person forgets a password that often
_PAIR_OF_AN_ATTACKED_ACCOUNT = Pace(free=0, first_seconds=30, longest_seconds=60 * 60, forgotten_after=_DAY)


def pace_of(counted: Counted, *, failures_of_account: int) -> Pace:
    """Returns the pace, which is stricter for strangers while an account is attacked from many addresses.

    Even then the first attempt of every address is tried: the right person, on the road, needs no more than that.
    """
    if counted is Counted.PAIR and failures_of_account > ATTACKED_ABOVE:
        return _PAIR_OF_AN_ATTACKED_ACCOUNT
    return PACES[counted]
