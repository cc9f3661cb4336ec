"""Which remains are one individual, from what was split, rejoined, joined and parted.

Split remains stand back for their parts while the split lives; rejoined, they are back and the parts are gone. An
individual is a component of live remains under live joins. What is undone leaves everything as it was before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from homeward.errors import InputError

__all__ = ["Joined", "Parted", "Reassociation", "Received", "Rejoined", "Split"]


@dataclass(frozen=True)
class Received:
    """Remains that were taken from a bag and given a code."""

    remains: str


@dataclass(frozen=True)
class Split:
    """Remains that turned out to be several: `into` are the codes of the parts, two or more."""

    remains: str
    into: tuple[str, ...]


@dataclass(frozen=True)
class Rejoined:
    """The undoing of a split."""

    remains: str


@dataclass(frozen=True)
class Joined:
    """The finding that two remains are of one individual."""

    one: str
    other: str


@dataclass(frozen=True)
class Parted:
    """The undoing of a finding that two remains are of one individual."""

    one: str
    other: str


Change = Received | Split | Rejoined | Joined | Parted


@dataclass
class Reassociation:
    """What lives after the changes taken so far. Codes are never given twice, parts' codes included."""

    codes: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)
    splits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    joins: set[frozenset[str]] = field(default_factory=set)

    @classmethod
    def of(cls, changes: Iterable[Change]) -> "Reassociation":
        """Returns what lives after `changes` in their order."""
        state = cls()
        for change in changes:
            state.take(change)
        return state

    def take(self, change: Change) -> None:
        """Takes one change; raises InputError where it does not fit, and then nothing changed."""
        match change:
            case Received(remains):
                self._new([remains])
                self.live.add(remains)
            case Split(remains, into):
                self._need_live(remains)
                if len(into) < 2:
                    raise InputError(place=f"split of {remains}", found=f"{len(into)} parts", needed="two or more")
                self._new(into)
                self.splits[remains] = into
                self.live = self.live - {remains} | set(into)
            case Rejoined(remains):
                self._rejoin(remains)
            case Joined(one, other):
                self._need_live(one, other)
                if one == other:
                    raise InputError(place=f"joining of {one}", found="one remains twice", needed="two remains")
                self.joins.add(frozenset({one, other}))
            case Parted(one, other):
                if frozenset({one, other}) not in self.joins:
                    raise InputError(place=f"parting of {one} and {other}", found="no joining", needed="one to undo")
                self.joins.remove(frozenset({one, other}))

    @property
    def individuals(self) -> frozenset[frozenset[str]]:
        """The live remains by individual."""
        of = {remains: {remains} for remains in self.live}
        for join in self.joins:
            if join <= self.live:
                one, other = join
                together = of[one] | of[other]
                of.update(dict.fromkeys(together, together))
        return frozenset(frozenset(together) for together in of.values())

    def _rejoin(self, remains: str) -> None:
        parts = self.splits.get(remains)
        if parts is None:
            raise InputError(place=f"rejoining of {remains}", found="no live split", needed="remains that were split")
        gone = [part for part in parts if part not in self.live]
        if gone:
            raise InputError(place=f"rejoining of {remains}", found=f"{gone[0]} is split itself", needed="that first")
        del self.splits[remains]
        self.live = self.live - set(parts) | {remains}

    def _need_live(self, *remains: str) -> None:
        for each in remains:
            if each not in self.live:
                found = "it is split or rejoined" if each in self.codes else "no such remains"
                raise InputError(place=each, found=found, needed="remains that are there")

    def _new(self, codes: Sequence[str]) -> None:
        for position, code in enumerate(codes):
            if code in self.codes or code in codes[:position]:
                raise InputError(place=code, found="a code that was given before", needed="a new code")
        self.codes.update(codes)
