"""Topics: what "soldiers", "people" or a bare figure are, alive or dead, from the words around them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from homeward.reader.claims import What
from homeward.reader.groups import EXPLICIT, Group, GroupKind
from homeward.reader.terms import Term

__all__ = ["Topics"]


@dataclass(slots=True)
class Topics:
    """What the text has spoken of: in all, and last."""

    explicit: Counter[What] = field(default_factory=Counter)
    last: What | None = None

    @classmethod
    def of(cls, sentences: Iterable[Sequence[Term]]) -> "Topics":
        """Returns the topics of a text: what its nouns name, those of "prisoner swap" too."""
        counts: Counter[What] = Counter()
        for terms in sentences:
            for term in terms:
                entry = term.get("noun")
                what = EXPLICIT.get(GroupKind(entry.name)) if entry and not term.is_("determiner") else None
                # A woman or a medic may be a soldier: such words make civilians of their own group, not of the whole
                # text.
                if what is not None and GroupKind(entry.name) is not GroupKind.WEAK_CIVILIANS:  # type: ignore[union-attr]
                    counts[what] += 1
                elif term.is_("adjective", "dead") or term.is_("after", "dead"):
                    counts[What.REMAINS] += 1
        return cls(counts)

    def turn_to(self, groups: Sequence[Group]) -> None:
        """Keeps what a sentence without a handover speaks of, when it speaks of one kind only."""
        kinds = {
            group.what for group in groups if group.what is not None and group.kind is not GroupKind.WEAK_CIVILIANS
        }
        if len(kinds) == 1:
            (self.last,) = kinds

    def resolve(self, group: Group, frame: str, sentence: Sequence[Group]) -> What:
        """Returns what the group is; `sentence` are the groups of its sentence in order."""
        if group.what is not None:
            return group.what
        if group.kind is GroupKind.CONTAINER:
            return What.REMAINS
        if frame == "free":
            return self._alive(group, sentence)
        near = self._near(group, sentence)
        if near is not None:
            return near
        if group.bare and self.last is not None:
            return self.last
        return self._of_text(group)

    def _near(self, group: Group, sentence: Sequence[Group]) -> What | None:
        """Returns what the nearest telling group of the sentence is, one before rather than one after."""
        telling = [other for other in sentence if other.what is not None and other.kind is not GroupKind.WEAK_CIVILIANS]
        before = [other.what for other in telling if other.first < group.first]
        after = [other.what for other in telling if other.first > group.first]
        for what in before[::-1]:
            if what is What.CIVILIANS and group.nation is not None:
                continue
            if what is What.REMAINS or group.kind in (GroupKind.PEOPLE, None):
                return what
        for what in after:
            if what is What.REMAINS or (what is What.CHILDREN and group.kind is GroupKind.PEOPLE):
                return what
        return What.PRISONERS if group.kind is not None and (before or after) else None

    def _alive(self, group: Group, sentence: Sequence[Group]) -> What:
        near = [
            other.what
            for other in sentence
            if other.first < group.first
            and other.kind is not GroupKind.WEAK_CIVILIANS
            and other.what not in (None, What.REMAINS)
        ]
        if near and near[0] is not None and group.kind is not GroupKind.SOLDIERS:
            return near[0]
        return What.PRISONERS

    def _of_text(self, group: Group) -> What:
        told = set(self.explicit)
        if len(told) == 1:
            (only,) = told
            if only is not What.REMAINS or self.last is What.REMAINS or group.kind is GroupKind.CONTAINER:
                return What.PRISONERS if group.kind is GroupKind.SOLDIERS and only is not What.REMAINS else only
        return What.PRISONERS
