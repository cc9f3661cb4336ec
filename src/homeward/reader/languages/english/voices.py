"""Whose "we", "our" and "home" it is, for the matcher: the party nearest to a verb of saying, else who spoke last."""

from collections.abc import Sequence

from homeward.reader.scene import Scene
from homeward.reader.terms import Term

__all__ = ["Voices"]

_REACH = 7


class Voices:
    """Remembers who spoke last."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.last = scene.publisher

    def of(self, terms: Sequence[Term]) -> str | None:
        """Returns the party that speaks in the sentence."""
        spoken = [place for place, term in enumerate(terms) if term.is_("speech") or term.is_("attribution")]
        for place in spoken:
            if party := self._near(terms, place):
                self.last = party
        return self.last

    def _near(self, terms: Sequence[Term], place: int) -> str | None:
        """Returns the party of an official, a body or a name beside the verb; a quotation mark ends the search."""
        inverted = place > 0 and terms[place - 1].is_("marks", "quote", "comma")
        left = range(place - 1, max(-1, place - _REACH), -1)
        right = range(place + 1, min(len(terms), place + _REACH))
        for places in (right, left) if inverted else (left, right):
            for near in places:
                term = terms[near]
                if term.is_("marks", "quote", "semicolon", "stop"):
                    break
                code = self.scene.party(term) or (self.scene.adjective(term) if term.is_("party") else None)
                if self.scene.side(code):
                    return code
        return None
