"""Parties and conflicts: who they are and who faces whom; data, never code."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from homeward.errors import InputError
from homeward.reader.lexicon import LEXICON_FOLDER, read_toml

__all__ = ["NAMED", "Conflict", "Gazetteer", "Side", "load_gazetteer"]

# a party named weighs more than a word such as "rebels", which may be those of any conflict
NAMED = 3
_CLEARLY = 1.5
_KINDS = frozenset({"state", "group", "territory", "organisation"})


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: who its people are returned to, and who keeps those of the other side."""

    party: str
    holder: str

    @property
    def codes(self) -> frozenset[str]:
        return frozenset({self.party, self.holder})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that exchange the dead and the captured."""

    name: str
    sides: tuple[Side, Side]
    # The text names one side alone: whom it faces is likely, and no more.
    presumed: bool = False

    def opponent(self, code: str) -> Side | None:
        """Returns the side that faces `code`, or None when `code` is on neither side."""
        first, second = self.sides
        if code in first.codes:
            return second
        return first if code in second.codes else None

    def side(self, code: str) -> Side | None:
        """Returns the side that `code` is on."""
        return next((side for side in self.sides if code in side.codes), None)


@dataclass(frozen=True)
class Gazetteer:
    """All parties by code, with their kind, and all conflicts."""

    kinds: Mapping[str, str]
    names: Mapping[str, str]
    conflicts: tuple[Conflict, ...]

    def is_mediator(self, code: str) -> bool:
        """Returns whether the party is an organisation, which never gives or receives for itself."""
        return self.kinds.get(code) == "organisation"

    def _faced(self, code: str) -> bool:
        return any(conflict.side(code) for conflict in self.conflicts)

    def conflict_of(self, mentions: Counter[str]) -> Conflict | None:
        """Returns the conflict that a text is about, by how often it names the parties of each.

        Both sides named weigh more than one; of two such, the one that stands first in the file, unless the other is
        named clearly more: a mediator faces somebody in another conflict. A text that names two states of no known
        conflict makes its own.
        """
        best: Conflict | None = None
        most: tuple[int, float] = (0, 0)
        for conflict in self.conflicts:
            counts = [sum(mentions[code] for code in side.codes) for side in conflict.sides]
            if max(counts) < NAMED:
                continue
            named = min(counts) >= NAMED
            score = (min(counts), 0 if named else sum(counts))
            if score > ((most[0] * _CLEARLY, 0) if named else most):
                best, most = conflict, score
        if best is not None and most[0]:
            return best
        states = [code for code, n in mentions.most_common() if n >= NAMED and not self.is_mediator(code)]
        # "Ukraine thanked Norway": where one of them faces somebody else, two names make no conflict.
        if len(states) > 1 and not any(self._faced(state) for state in states[:2]):
            return Conflict("of the text", (Side(states[0], states[0]), Side(states[1], states[1])))
        return replace(best, presumed=True) if best else None


@cache
def load_gazetteer(folder: Path = LEXICON_FOLDER / "gazetteer") -> Gazetteer:
    """Returns the parties and conflicts in `folder`, checked."""
    parties = read_toml(folder / "parties.toml")
    for code, party in parties.items():
        if party.get("kind") not in _KINDS:
            raise InputError(
                place=f"parties.toml [{code}]", found=f"kind {party.get('kind')!r}", needed=", ".join(sorted(_KINDS))
            )
    conflicts = []
    for number, row in enumerate(read_toml(folder / "conflicts.toml").get("conflict", ()), start=1):
        sides = [Side(side.get("party", ""), side.get("holder", side.get("party", ""))) for side in row.get("side", ())]
        unknown = [code for side in sides for code in side.codes if code not in parties]
        if len(sides) != 2 or unknown:
            raise InputError(
                place=f"conflicts.toml conflict {number}",
                found=f"sides {unknown or len(sides)}",
                needed="two sides whose parties stand in parties.toml",
            )
        conflicts.append(Conflict(row["name"], (sides[0], sides[1])))
    kinds = {code: party["kind"] for code, party in parties.items()}
    return Gazetteer(kinds, {code: party["name"] for code, party in parties.items()}, tuple(conflicts))
