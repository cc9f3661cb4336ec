"""The error tree.

HomewardError                anything that Homeward refuses, told in one line
├── InputError               what was given is wrong: the place, what was found, what is needed
├── NotPermittedError        this person may not do this
├── BrokenChainError         a journal that was changed after it was written
└── BrokenActError           a handover act that was changed after it was signed
"""


class HomewardError(Exception):
    """What Homeward refuses to do, told in one line that a user can act on."""


class InputError(HomewardError):
    """Input that is wrong, told as place, found and needed.

    >>> str(InputError(place="profiles.tsv line 14", found='marker "D3S13"', needed="a marker of the frequency table"))
    'profiles.tsv line 14: found marker "D3S13"; needed: a marker of the frequency table'
    """

    def __init__(self, *, place: str, found: str, needed: str) -> None:
        super().__init__(f"{place}: found {found}; needed: {needed}")
        self.place = place
        self.found = found
        self.needed = needed


class NotPermittedError(HomewardError):
    """An action that this person's role does not allow, or an object of another organisation."""


class BrokenChainError(HomewardError):
    """A journal whose hashes do not hold, told with the place of the first break."""


class BrokenActError(HomewardError):
    """A handover act whose figures, hashes or signatures do not hold, told with the first that does not."""
