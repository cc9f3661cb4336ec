"""Topics: what "soldiers", "people" or a figure without a noun are, alive or dead, from the words around them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeward.reader.claims import What
from homeward.reader.clauses import Clause, Frame, Passage
from homeward.reader.groups import EXPLICIT, GroupKind
from homeward.reader.terms import Term

__all__ = ["Topics", "mentions"]

_CONFINED = frozenset({"captivity", "prison", "prisons", "jail", "jails"})


def mentions(terms: Sequence[Term]) -> list[tuple[int, What]]:
    """Returns what the nouns of a sentence name, with their places; "prisoner swap" names prisoners too.

    A woman or a medic may be a soldier: such words make civilians of their own group, never of the others.
    """
    found: list[tuple[int, What]] = []
    for place, term in enumerate(terms):
        entry = term.get("noun")
        if entry and not term.is_("determiner"):
            what = EXPLICIT.get(kind := GroupKind(entry.name))
            if what is not None and kind is not GroupKind.WEAK_CIVILIANS:
                found.append((place, what))
        elif term.is_("adjective", "dead") or term.is_("after", "dead"):
            found.append((place, What.REMAINS))
    return found


def _captives(terms: Sequence[Term]) -> dict[str, What]:
    """Returns for each party what the text calls its captured people."""
    counts: dict[str, Counter[What]] = {}
    for term in terms:
        held, noun = term.get("captives"), term.get("noun")
        what = EXPLICIT.get(GroupKind(noun.name)) if noun else None
        if held is not None and what is not None:
            counts.setdefault(held.name, Counter())[what] += 1
    # A text that calls them hostages once means hostages by "captives" too.
    return {
        party: What.CIVILIANS if found[What.CIVILIANS] else found.most_common(1)[0][0]
        for party, found in counts.items()
    }


def _swaps_soldiers(clause: Clause) -> bool:
    return clause.frame is Frame.SWAP and clause.patient.kind is GroupKind.SOLDIERS


@dataclass(slots=True)
class Topics:
    """What the text speaks of: in all, and last."""

    explicit: Counter[What] = field(default_factory=Counter)
    last: What | None = None
    # Whether the text speaks of exchanges more than once: a figure in it may then do without words of its own.
    is_exchange: bool = False
    # What the people of a party are whom the other side holds, by the word that the text has for them: "hostages".
    captives: Mapping[str, What] = field(default_factory=dict)

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> "Topics":
        """Returns the topics of a text."""
        explicit = Counter(what for passage in passages for _, what in mentions(passage.terms))
        terms = [term for passage in passages for term in passage.terms]
        events = sum(term.is_("event", "swap", "give") or term.is_("verb", "swap", "free") for term in terms)
        captives = explicit[What.REMAINS] + explicit[What.PRISONERS]
        soldiers = sum(term.is_("noun", "soldiers") for term in terms)
        # Students, shares and shirts are exchanged too.
        return cls(explicit, is_exchange=events > 0 and captives + soldiers > 0, captives=_captives(terms))

    def turn_to(self, passage: Passage) -> None:
        """Keeps what a sentence without a handover speaks of, when it speaks of one kind only."""
        kinds = {what for _, what in mentions(passage.terms)}
        if len(kinds) == 1:
            (self.last,) = kinds

    def resolve(self, clause: Clause, passage: Passage) -> tuple[What, bool]:
        """Returns what is handed over, and whether the sentence itself says so."""
        patient = clause.patient
        if patient.what is not None:
            return patient.what, True
        if patient.kind is GroupKind.CONTAINER:
            return What.REMAINS, False  # nobody knows how many men lie in 55 boxes
        told = mentions(passage.terms)
        home = patient.nation or (clause.recipient if clause.half else None)
        named = self.captives.get(home or "") if patient.kind is GroupKind.PEOPLE else None
        if named is not None and not any(what is What.REMAINS for _, what in told):
            return named, True
        if clause.frame is Frame.FREE:
            return self._alive(clause, told), True
        near = self._near(clause, told)
        if near is not What.REMAINS and any(term.lower in _CONFINED for term in passage.terms):
            return What.PRISONERS, True
        if near is not None:
            # Soldiers who are handed over beside a word for the dead are not thereby dead.
            loose = near is What.REMAINS and patient.kind is not None
            return near, not loose or set(self.explicit) == {What.REMAINS}
        if clause.half and patient.kind is None and self.last is not What.REMAINS:
            # "84 for 84" after "eight civilians": a formula means prisoners unless the text speaks of the dead alone.
            only_dead = set(self.explicit) == {What.REMAINS}
            return (What.REMAINS if only_dead else What.PRISONERS), len(self.explicit) == 1
        if patient.kind is None and self.last is not None:
            return self.last, len(self.explicit) == 1
        # Soldiers come home alive unless the text speaks of the dead; who speaks of one kind only means that one.
        living = patient.kind is GroupKind.SOLDIERS and What.REMAINS not in self.explicit
        one_kind = set(self.explicit) in ({What.REMAINS}, {What.PRISONERS})
        return self._of_text(clause), one_kind or living or _swaps_soldiers(clause)

    def _near(self, clause: Clause, told: Sequence[tuple[int, What]]) -> What | None:
        """Returns what the nearest telling noun of the sentence is, one before rather than one after."""
        patient = clause.patient
        before = [what for place, what in told if place < patient.first]
        after = [what for place, what in told if place >= patient.last]
        for what in before[::-1]:
            if what is What.CIVILIANS and patient.nation is not None:
                continue
            if what is What.REMAINS or patient.kind in (GroupKind.PEOPLE, None):
                return what
        for what in after:
            if what is What.REMAINS or (what is What.CHILDREN and patient.kind is GroupKind.PEOPLE):
                return what
        return What.PRISONERS if patient.kind is not None and (before or after) else None

    def _alive(self, clause: Clause, told: Sequence[tuple[int, What]]) -> What:
        # "Hamas freed 20 hostages; Israel 2,000 Palestinians": whose people they are sets them apart.
        others = (What.REMAINS, What.CIVILIANS) if clause.patient.nation is not None else (What.REMAINS,)
        near = [what for place, what in told if place < clause.patient.first and what not in others]
        if near and clause.patient.kind is not GroupKind.SOLDIERS:
            return near[0]
        return What.PRISONERS

    def _of_text(self, clause: Clause) -> What:
        kind = clause.patient.kind
        if len(self.explicit) == 1:
            (only,) = self.explicit
            # "Ten civilians" of one sentence are not the thousands of the next.
            if kind in (GroupKind.PEOPLE, None) and only in (What.CIVILIANS, What.CHILDREN):
                return What.PRISONERS
            if only is not What.REMAINS or self.last is What.REMAINS or kind is GroupKind.CONTAINER:
                return What.PRISONERS if kind is GroupKind.SOLDIERS and only is not What.REMAINS else only
        return What.PRISONERS
