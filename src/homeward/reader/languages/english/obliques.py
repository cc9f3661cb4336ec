"""English phrases after prepositions: to whom, from whom, by whom, and whom a pronoun means."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.reader.groups import Group
from homeward.reader.languages.english.predicates import Predicate
from homeward.reader.memory import Memory
from homeward.reader.scene import party_forms
from homeward.reader.terms import Term

__all__ = ["Phrases", "Subject"]


@dataclass(slots=True)
class Subject:
    """What stands before a verb: parties, groups, both sides; `aside` is a party that only a phrase names."""

    start: int
    parties: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    both: bool = False
    elided: bool = False
    unknown: bool = False
    aside: str | None = None

    @property
    def found(self) -> bool:
        return bool(self.parties or self.groups or self.both)


class Phrases:
    """The words of one sentence with its groups and verbs, and the parties that its prepositions and pronouns name."""

    def __init__(
        self, terms: Sequence[Term], groups: Sequence[Group], predicates: Sequence[Predicate], scene: Memory
    ) -> None:
        self.terms = terms
        self.groups = groups
        self.predicates = predicates
        self.scene = scene
        self.group_of = {place: group for group in groups for place in range(group.first, group.last)}
        self.predicate_of = {place: p for p in predicates for place in range(p.at, p.last)}
        self._subjects: dict[int, Subject] = {}

    def _third(self, place: int) -> str | None:
        """Returns whom "it" and "they" mean: who speaks in this sentence, else who acted last, else who spoke last."""
        for predicate in self.predicates:
            if (
                predicate.category == "speech"
                and predicate.last <= place
                and (known := self._subjects.get(predicate.at))
            ):
                party = next((code for code in known.parties if self.scene.belligerent(code)), None)
                if party is not None:
                    return party
        opponent = self.scene.opponent(self.scene.speaker_party)
        # "They received three from us": whoever speaks says "they" of the other side.
        if opponent is not None and any(self._is_first(term) for term in self.terms):
            return opponent.holder
        return self.scene.last_subject or self.scene.speaker_party

    def _is_first(self, term: Term) -> bool:
        return term.is_("pronoun", "first") or term.is_("possessive", "own")

    def _pronoun(self, term: Term, place: int) -> str | None:
        if term.is_("pronoun", "first") or term.is_("pronoun", "person"):
            return self.scene.speaker_party
        return self._third(place)

    def role(self, name: str, start: int, end: int) -> str | None:
        """Returns the belligerent after the preposition `name` ("to", "from", "by") between `start` and `end`."""
        for place in range(start, min(end, len(self.terms))):
            if not self.terms[place].is_("preposition", name) or place in self.group_of:
                continue
            if self._only_qualifies(place) if name == "to" else name == "from" and self._serves_in(place):
                continue
            for ahead in range(place + 1, min(place + 6, end, len(self.terms))):
                term = self.terms[ahead]
                if term.is_("preposition") or term.is_("marks", "comma") or ahead in self.predicate_of:
                    break
                if ahead in self.group_of and self.group_of[ahead].amount is not None:
                    break  # people who are counted neither give nor receive
                if name == "from" and party_forms(term) == {"place"}:
                    break  # who holds a town is not told by its name
                named = self.scene.party(term)
                party = self.scene.belligerent(named)
                if party is None and (term.is_("both") or self.scene.gazetteer.kinds.get(named or "") == "state"):
                    break  # "to Germany and the United States": the first one named
                if party is None and term.is_("pronoun", "third"):
                    party = self._third(place)
                if party is None and term.is_("pronoun", "first"):
                    party = self.scene.belligerent(self.scene.speaker_party)
                if party is not None:
                    return None if self._is_possessive(ahead) else party
        return None

    def _serves_in(self, place: int) -> bool:
        """Returns whether "from" names the service of those counted: "six from the police and four from the army"."""
        after = self.terms[place + 1 : place + 4]
        listed = place > 1 and (self.terms[place - 2].is_("marks") or self.terms[place - 2].is_("conjunction", "and"))
        return listed and any(term.is_("service") for term in after)

    def _only_qualifies(self, place: int) -> bool:
        """Returns whether "to" belongs to a word before it that nobody knows: "linked to Yemen's war"."""
        before = self.terms[place - 1] if place else None
        return before is not None and not before.entries and before.amount is None and before.text.islower()

    def _is_possessive(self, place: int) -> bool:
        following = self.terms[place + 1] if place + 1 < len(self.terms) else None
        return following is not None and following.is_("marks", "possessive")

    def goes_elsewhere(self, start: int, end: int) -> bool:
        """Returns whether "to" names a place or party of neither side: "to Perm", "to Germany"."""
        for place in range(start, min(end, len(self.terms)) - 1):
            if not self.terms[place].is_("preposition", "to") or place in self.group_of:
                continue
            following = self.terms[place + 1]
            if following.is_("determiner") and place + 2 < len(self.terms):
                following = self.terms[place + 2]
            party = self.scene.party(following)
            unknown = following.capital and not following.entries
            foreign = party is not None and self.scene.belligerent(party) is None
            if unknown or (foreign and not self.scene.gazetteer.is_mediator(party or "")):
                return True
        return False
