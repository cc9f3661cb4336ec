"""The scene: what the whole text says before its first sentence is read: the conflict, the sides, who publishes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward.reader.gazetteer import NAMED, Conflict, Gazetteer, Side
from homeward.reader.terms import Term

__all__ = ["Scene", "count_parties", "party_forms"]

# "Ukrainian" alone qualifies a noun and acts for nobody.
_NOT_A_PARTY = frozenset({"adjective"})


def party_forms(term: Term) -> frozenset[str]:
    """Returns the ways in which `term` may name a party: name, adjective, people, place, official, body."""
    return frozenset(form for entry in term.entries if entry.category == "party" for form in entry.forms)


def count_parties(sentences: Iterable[Sequence[Term]]) -> Counter[str]:
    """Returns how often each party is named in the text."""
    counts: Counter[str] = Counter()
    for terms in sentences:
        for term in terms:
            for code in {entry.name for entry in term.entries if entry.category == "party"}:
                counts[code] += NAMED
            for code in {entry.name for entry in term.entries if entry.category == "generic"}:
                counts[code] += 1
    return counts


@dataclass(slots=True)
class Scene:
    """The conflict of the text; `publisher` is the side that publishes it, for which "we" and "home" speak."""

    gazetteer: Gazetteer
    conflict: Conflict | None
    mentions: Counter[str]
    publisher: str | None = None

    def party(self, term: Term) -> str | None:
        """Returns the party that `term` stands for as a noun; None for an adjective or another word."""
        for entry in term.entries:
            if entry.category == "party" and not entry.forms & _NOT_A_PARTY:
                return entry.name
        if self.conflict is not None:
            for entry in term.entries:
                if entry.category == "generic" and (side := self.conflict.side(entry.name)):
                    return side.holder
        return None

    def adjective(self, term: Term) -> str | None:
        """Returns the party of an adjective such as "Ukrainian"."""
        entry = next((entry for entry in term.entries if entry.category == "party"), None)
        return entry.name if entry else None

    def belligerent(self, code: str | None) -> str | None:
        """Returns `code` unless it is nobody's side: a mediator, or a state outside the conflict."""
        if code is None or self.gazetteer.is_mediator(code):
            return None
        if self.conflict is not None and self.conflict.side(code) is None:
            return None
        return code

    def side(self, code: str | None) -> Side | None:
        return self.conflict.side(code) if self.conflict and code else None

    def opponent(self, code: str | None) -> Side | None:
        return self.conflict.opponent(code) if self.conflict and code else None

    def holder_against(self, code: str) -> str | None:
        """Returns who gives what is returned to `code`."""
        opponent = self.opponent(code)
        return opponent.holder if opponent else None

    def home_of(self, code: str) -> str | None:
        """Returns where what `code` gives goes to."""
        opponent = self.opponent(code)
        return opponent.party if opponent else None
