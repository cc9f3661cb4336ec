"""Topics: what "soldiers", "people" or a bare figure are, alive or dead, from the words around them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from homeward.reader.claims import What
from homeward.reader.groups import Group, GroupKind

__all__ = ["Topics"]


@dataclass(slots=True)
class Topics:
    """What the text has spoken of: in all, and last."""

    explicit: Counter[What] = field(default_factory=Counter)
    last: What | None = None

    @classmethod
    def of(cls, groups: Iterable[Group]) -> "Topics":
        """Returns the topics of a text with these groups."""
        return cls(Counter(what for group in groups if (what := group.what) is not None))

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
        before = [other.what for other in sentence if other.first < group.first and other.what is not None]
        after = [other.what for other in sentence if other.first > group.first and other.what is not None]
        for what in before[::-1]:
            if what is What.REMAINS or group.kind in (GroupKind.PEOPLE, None):
                return what
        if What.REMAINS in after:
            return What.REMAINS
        if group.kind is None and after:
            return after[0]
        return What.PRISONERS if before or after else None

    def _alive(self, group: Group, sentence: Sequence[Group]) -> What:
        near = [other.what for other in sentence if other.what not in (None, What.REMAINS)]
        if near and near[0] is not None and group.kind is not GroupKind.SOLDIERS:
            return near[0]
        return What.PRISONERS

    def _of_text(self, group: Group) -> What:
        told = set(self.explicit)
        if len(told) == 1:
            (only,) = told
            if group.kind is not GroupKind.SOLDIERS or only is What.REMAINS:
                return only
        return What.PRISONERS
