"""The error tree.

HomewardError                anything that Homeward refuses, told in one line
├── InputError               what was given is wrong: the place, what was found, what is needed
├── NotPermittedError        this person may not do this
├── BrokenChainError         a journal that was changed after it was written
└── BrokenActError           a handover act that was changed after it was signed
"""

from collections.abc import Mapping
from types import MappingProxyType


class HomewardError(Exception):
    """What Homeward refuses to do, told in one line that a user can act on."""


class InputError(HomewardError):
    """Input that is wrong, told as place, found and needed.

    What can reach a screen carries a `code` with `parameters` as well: the catalogues hold a sentence for each code
    (homeward.wording.errors), and the line of the command line stays as it is.

    >>> str(InputError(place="profiles.tsv line 14", found='marker "D3S13"', needed="a marker of the frequency table"))
    'profiles.tsv line 14: found marker "D3S13"; needed: a marker of the frequency table'
    """

    def __init__(
        self,
        *,
        place: str,
        found: str,
        needed: str,
        code: str = "",
        parameters: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        super().__init__(f"{place}: found {found}; needed: {needed}")
        self.place = place
        self.found = found
        self.needed = needed
        self.code = code
        self.parameters = parameters

    def at(self, place: str) -> "InputError":
        """Returns the same error as one of another place."""
        return InputError(place=place, found=self.found, needed=self.needed, code=self.code, parameters=self.parameters)


class NotPermittedError(HomewardError):
    """An action that this person's role does not allow, or an object of another organisation."""


class BrokenChainError(HomewardError):
    """A journal whose hashes do not hold, told with the place of the first break."""


class BrokenActError(HomewardError):
    """A handover act whose figures, hashes or signatures do not hold, told with the first that does not."""
