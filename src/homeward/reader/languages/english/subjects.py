"""English subjects and objects: what stands before a verb, what after it, and how far its clause reaches."""

from collections.abc import Sequence

from homeward.reader.groups import Group
from homeward.reader.languages.english.obliques import Phrases, Subject
from homeward.reader.languages.english.predicates import Predicate
from homeward.reader.memory import Memory
from homeward.reader.scene import party_forms
from homeward.reader.terms import Term

__all__ = ["Clauses"]

_REACH = 40
_PREPOSITIONS = ("preposition",)


def _is_noun(term: Term) -> bool:
    """Returns whether the word may be a subject that is neither party nor group."""
    if term.is_("marks") or term.date is not None or term.is_("adverb"):
        return False
    return not term.entries or any(term.is_(category) for category in ("event", "deal", "carrier", "title"))


class Clauses(Phrases):
    """The clauses of one sentence: subject, objects and oblique roles of each predicate."""

    def __init__(
        self, terms: Sequence[Term], groups: Sequence[Group], predicates: Sequence[Predicate], scene: Memory
    ) -> None:
        super().__init__(terms, groups, predicates, scene)
        helping = {place for p in predicates for place in range(p.first, p.at)}
        self._copulas = [
            place
            for place, term in enumerate(terms)
            if term.is_("aux", "be") and place not in helping | set(self.group_of)
        ]

    def subject(self, predicate: Predicate) -> Subject:
        """Returns the subject; an infinitive has that of its governor, a verb after "and" that of the verb before."""
        known = self._subjects.get(predicate.at)
        if known is None:
            known = self._find_subject(predicate)
            self._subjects[predicate.at] = known
        return known

    def _find_subject(self, predicate: Predicate) -> Subject:
        governor = predicate.governor
        if (governor is not None and not predicate.finite) or (governor is not None and predicate.present):
            assert governor is not None
            addressed = self._addressed(governor, predicate)
            if addressed is None and governor.category == "speech" and predicate.infinitive:
                return Subject(predicate.first, unknown=True)
            return addressed or self.subject(governor)
        subject = self._scan_left(predicate)
        if subject.elided or (not subject.found and not subject.unknown):
            earlier = [p for p in self.predicates if p.at < predicate.at and p.finite and self.subject(p).found]
            if earlier and subject.elided:
                inherited = self.subject(earlier[-1])
                return Subject(
                    predicate.first,
                    inherited.parties,
                    inherited.groups,
                    inherited.both,
                    elided=True,
                    aside=inherited.aside,
                )
        return subject

    def _addressed(self, governor: Predicate, predicate: Predicate) -> Subject | None:
        """Returns the party that is asked or forced to act: "called on Russia to return 20 children"."""
        if not predicate.infinitive:
            return None
        for place in range(governor.last, predicate.first):
            party = self.scene.party(self.terms[place])
            if party is not None and not self._in_phrase(place):
                return Subject(place, [party])
        return None

    def _scan_left(self, predicate: Predicate) -> Subject:
        subject = Subject(predicate.first)
        place = predicate.first - 1
        floor = max(-1, predicate.first - _REACH)
        while place > floor:
            term = self.terms[place]
            group = self.group_of.get(place)
            if group is not None:
                if not self._take_group(subject, group):
                    break
                place = group.first - 1
                continue
            if self._ends_subject(subject, predicate, place):
                break
            if term.is_("marks", "comma"):
                place = self._before_parenthesis(place) if place == predicate.first - 1 else place - 1
                continue
            self._take_term(subject, place)
            place -= 1
        return subject

    def _take_group(self, subject: Subject, group: Group) -> bool:
        """Adds a group to the subject unless a preposition governs it; returns False where the subject ends."""
        if self._in_phrase(group.first, party=False):
            return True
        joined = bool(subject.groups) and self._joined(group.last, subject.groups[0].first)
        if subject.found and not joined:
            return False
        if group.bare and subject.groups:
            group.kind, group.nation, group.dead = (
                getattr(subject.groups[0], name) for name in ("kind", "nation", "dead")
            )
        subject.groups.insert(0, group)
        subject.start = group.first
        return True

    def _joined(self, end: int, start: int) -> bool:
        between = self.terms[end:start]
        return bool(between) and all(
            t.is_("conjunction", "and") or t.is_("marks", "comma") or t.is_("determiner") for t in between
        )

    def _ends_subject(self, subject: Subject, predicate: Predicate, place: int) -> bool:
        """Returns whether the subject cannot reach over the term at `place`."""
        term = self.terms[place]
        nothing = not subject.found and not subject.unknown and subject.aside is None
        if place in self.predicate_of:
            verb = self.predicate_of[place]
            return (
                not verb.bare_participle or subject.found or not (verb.category == "plain" or verb.frame == "capture")
            )
        if term.is_("marks", "semicolon", "colon", "open", "close", "stop", "dash"):
            return True
        if term.is_("subordinator") and not term.is_("determiner"):
            self._relative(subject, place)
            return True
        if term.is_("subordinator") and (nothing or not self._starts_phrase(place)):
            self._relative(subject, place)
            return True
        if term.is_("conjunction"):
            if nothing:
                subject.elided = place == predicate.first - 1
                return True
            return not self._coordinates(subject, place)
        return term.is_("marks", "comma") and not nothing and not self._coordinates(subject, place)

    def _starts_phrase(self, place: int) -> bool:
        """Returns whether "that" is a determiner here, as in "that deal"."""
        return place + 1 < len(self.terms) and (self.terms[place + 1].is_("deal") or self.terms[place + 1].is_("event"))

    def _relative(self, subject: Subject, place: int) -> None:
        """Gives a relative clause without a subject the group before it: "65 prisoners who were to be swapped"."""
        if subject.found or subject.unknown:
            return
        before = place - 1
        if before >= 0 and self.terms[before].is_("marks", "comma"):
            before -= 1
        group = self.group_of.get(before)
        if group is not None and self.terms[place].is_("subordinator", "relative", "that"):
            subject.groups.append(group)
            subject.start = group.first

    def _coordinates(self, subject: Subject, place: int) -> bool:
        """Returns whether "and" or a comma joins two things of one kind: "Armenia and Azerbaijan"."""
        between = self.terms[place + 1 : subject.start]
        if place == 0 or not all(term.is_("determiner") or term.is_("adjective") for term in between):
            return False
        before = place - 1
        if subject.parties and not subject.groups:
            return self.scene.party(self.terms[before]) is not None or self.terms[before].is_("conjunction")
        return bool(subject.groups) and before in self.group_of

    def _before_parenthesis(self, place: int) -> int:
        """Returns where to go on left of a parenthesis between commas: "bodies, the ministry said, were returned"."""
        for before in range(place - 1, max(-1, place - 16), -1):
            if self.terms[before].is_("marks", "comma"):
                return before - 1
            if self.terms[before].is_("marks", "semicolon", "colon", "stop"):
                break
        return place - 1

    def _take_term(self, subject: Subject, place: int) -> None:
        term = self.terms[place]
        if term.is_("both"):
            if not self._in_phrase(place):
                subject.both = True
                subject.start = place
            return
        party = self.scene.party(term)
        if party is None and term.is_("pronoun"):
            party = self._pronoun(term, place)
        if party is not None:
            self._take_party(subject, place, party)
        elif not subject.found and _is_noun(term) and not self._in_phrase(place):
            subject.unknown = True
            subject.start = min(subject.start, place)

    def _take_party(self, subject: Subject, place: int, party: str) -> None:
        following = self.terms[place + 1] if place + 1 < len(self.terms) else None
        possessive = following is not None and following.is_("marks", "possessive")
        if possessive or self._in_phrase(place):
            subject.aside = subject.aside or party
            if possessive and not subject.found:
                subject.start = place
            return
        if subject.found and place + 2 < subject.start and not self._joined(place + 1, subject.start):
            # "Russia's negotiator Medinsky" and "the ICRC president Peter Maurer" are one subject
            return
        if party not in subject.parties:
            subject.parties.insert(0, party)
        subject.start = place

    def _in_phrase(self, place: int, *, party: bool = True) -> bool:
        """Returns whether a preposition governs the noun at `place`; determiners and adjectives may stand between."""
        before = place - 1
        while before >= 0 and place - before < 7:
            term = self.terms[before]
            if term.is_("preposition") and not term.is_("conjunction"):
                return True
            if party and term.is_("conjunction", "and") and before and self.scene.party(self.terms[before - 1]):
                return self.terms[before - 2].is_("preposition") if before > 1 else False
            plain = term.is_("determiner") or term.is_("adjective") or "adjective" in party_forms(term)
            named = (not term.entries and term.capital) or term.is_("title")
            if not (plain or named or term.is_("possessive")):
                return False
            before -= 1
        return False

    def limit(self, predicate: Predicate) -> int:
        """Returns where the clause of the predicate ends on the right."""
        end = len(self.terms)
        for place in range(predicate.last, len(self.terms)):
            term = self.terms[place]
            if place not in self.group_of and (
                term.is_("marks", "semicolon", "stop", "colon", "dash")
                or (term.is_("subordinator", "when", "relative") and not term.is_("preposition"))
            ):
                end = place
                break
        for following in self.predicates:
            if predicate.at < following.at < end and not self._reduced(following):
                end = self._cut(predicate, following.first)
                break
        copula = next((place for place in self._copulas if predicate.last < place < end), None)
        return end if copula is None else self._cut(predicate, copula)

    def _reduced(self, predicate: Predicate) -> bool:
        """Returns whether the participle only qualifies the group before it: "soldiers killed in the war"."""
        moves = predicate.frame == "come" and not predicate.lemma.startswith("return")
        if predicate.name == "intransitive" or moves:
            return False
        return (predicate.bare_participle or predicate.gerund) and (predicate.first - 1) in self.group_of

    def _cut(self, predicate: Predicate, following: int) -> int:
        """Returns where the clause of the predicate ends before the verb that stands at `following`."""
        for place in range(following - 1, predicate.last - 1, -1):
            term = self.terms[place]
            if place in self.group_of:
                continue
            if term.is_("conjunction") or term.is_("marks", "comma") or term.is_("subordinator"):
                return place
        return max(following, predicate.last)

    def objects(self, predicate: Predicate, limit: int) -> list[Group]:
        """Returns the groups after the verb that no preposition governs."""
        return [group for group in self.groups if predicate.at < group.first < limit and not self._apart(group)]

    def _apart(self, group: Group) -> bool:
        """Returns whether the group is no object: after a preposition, an age, or of a clause without a verb."""
        before = self.terms[group.first - 1]
        if before.is_("preposition") or before.is_("total") or self._partitive(group.first):
            return True
        if group.bare and before.is_("marks", "comma") and group.amount is not None and not group.amount.additional:
            return group.last >= len(self.terms) or self.terms[group.last].is_("marks")
        if self.scene.belligerent(self.scene.party(before)) is None or group.amount is None:
            return False
        place = group.first - 2
        while place > 0 and self.terms[place].is_("determiner"):
            place -= 1
        return place >= 0 and (self.terms[place].is_("marks", "comma") or self.terms[place].is_("conjunction"))

    def _partitive(self, place: int) -> bool:
        """Returns whether "of them" stands shortly before, as in "all of them soldiers"."""
        for before in range(max(1, place - 3), place):
            whole = self.terms[before - 1].is_("preposition", "of") or self.terms[before - 1].amount is not None
            if whole and self.terms[before].is_("pronoun", "third"):
                return True
        return False

    def front(self, start: int) -> int:
        """Returns where a phrase put in front of the subject starts: "From Ukraine 303 servicemen came back"."""
        place = start
        while place > 0 and start - place < 8:
            term = self.terms[place - 1]
            if (
                term.is_("marks")
                or term.is_("conjunction")
                or term.is_("subordinator")
                or place - 1 in self.predicate_of
            ):
                break
            place -= 1
        return place

    def front_of_clause(self, start: int) -> int:
        """Returns where the words before `start` begin that no verb parts from it: "In exchange, 146 were sent"."""
        place = start
        while place > 0 and not self.terms[place - 1].is_("marks", "semicolon", "stop", "colon", "dash"):
            if place - 1 in self.predicate_of or place - 1 in self.group_of:
                break
            place -= 1
        return place

    def antecedent(self, subject: Subject) -> Group | None:
        """Returns the group just before the subject: "the 6,000 bodies Russia has agreed to hand over"."""
        before = subject.start - 1
        while before >= 0 and before not in self.group_of and self._opens_relative(self.terms[before]):
            before -= 1
        if before >= 0 and self.terms[before].is_("marks", "comma") and self.terms[before + 1].is_("subordinator"):
            before -= 1
        return self.group_of.get(before)

    def _opens_relative(self, term: Term) -> bool:
        return term.is_("determiner") or term.is_("subordinator", "that", "relative") or term.is_("adverb")
