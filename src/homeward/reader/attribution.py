"""Attribution: who says so, for which party, through which channel."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.reader.clauses import Reporter
from homeward.reader.scene import Scene, party_forms
from homeward.reader.terms import Term

__all__ = ["Names", "nearest"]


def nearest(reporters: Sequence[Reporter], first: int, last: int) -> Reporter | None:
    """Returns who says what stands between `first` and `last`: the last speaker before it, else the next one."""
    before = [found for found in reporters if found.at <= first]
    after = [found for found in reporters if found.at > first]
    within = [found for found in after if found.at <= last + 1]
    return next(iter(within or before[-1:] or after), None)


def _is_only_a_title(terms: Sequence[Term]) -> bool:
    return all(term.is_("title") or term.is_("determiner") for term in terms)


@dataclass(slots=True)
class Names:
    """The people named so far, by surname, with the last speaker."""

    full: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str | None] = field(default_factory=dict)
    last: tuple[str | None, str | None] | None = None

    def speaker(self, terms: Sequence[Term], scene: Scene, acting: str | None) -> tuple[str | None, str | None] | None:
        """Returns the name and party of the speaker whom the words name; a pronoun means the last one.

        `acting` is the party that acted last, which "it" means where nobody has spoken.
        """
        if not terms:
            return None
        if any(term.is_("pronoun", "person") or term.is_("pronoun", "third") for term in terms) and len(terms) <= 4:
            return self.last or ((scene.gazetteer.names[acting], acting) if acting else None)
        # The most telling first: "Ukraine's ombudsman Dmytro Lubinets" names a party too.
        person = self._person(terms, scene)
        full = person if person and " " in person[0] else None
        found = self._official(terms) or full or self._body(terms) or person or self._party(terms, scene)
        if found is not None and found[1] is None and self.last and _is_only_a_title(terms):
            return self.last  # "the president wrote": whoever was named before
        if found is not None:
            self.last = found
        return found

    def _official(self, terms: Sequence[Term]) -> tuple[str, str] | None:
        for term in terms:
            for entry in term.entries:
                if entry.category == "party" and "official" in entry.forms:
                    return entry.lemma, entry.name
        return None

    def _person(self, terms: Sequence[Term], scene: Scene) -> tuple[str, str | None] | None:
        """Returns a name of capitalised words that the lexicon does not know."""
        best: list[Term] = []
        run: list[Term] = []
        for place, term in enumerate(terms):
            # "Commissioner for Missing Persons in Special Circumstances" is nobody's name.
            inside = not run and place > 0 and terms[place - 1].is_("preposition")
            unknown = term.capital and not term.entries and not inside
            if unknown or (run and term.is_("name_particle") and not term.capital):
                run.append(term)
                best = run if len(run) >= len(best) else best
            else:
                run = []
        if not best:
            return None
        titled = any(term.is_("title") for term in terms)
        party = next((code for term in terms if (code := self._code(term, scene))), None)
        name = " ".join(term.text for term in best)
        surname = best[-1].lower
        if len(best) == 1:
            # One capitalised word may be anything; a title, a party or a full name before makes it a person.
            if surname not in self.full and not titled:
                return None
            name = self.full.get(surname, name)
        else:
            self.full.setdefault(surname, name)
        party = party or self.parties.get(surname)
        self.parties[surname] = party
        return name, party

    def _code(self, term: Term, scene: Scene) -> str | None:
        return scene.party(term) or (scene.adjective(term) if "adjective" in party_forms(term) else None)

    def _body(self, terms: Sequence[Term]) -> tuple[str, str] | None:
        for term in terms:
            for entry in term.entries:
                if entry.category == "party" and "body" in entry.forms:
                    return entry.lemma, entry.name
        return None

    def _party(self, terms: Sequence[Term], scene: Scene) -> tuple[str, str | None] | None:
        """Returns "Kyiv", "Ukrainian officials", "the Gaza Health Ministry" as the text writes it."""
        words = [term for term in terms if not term.is_("marks", "comma", "dash", "quote")]
        # A speaker is a person, an office, a body or a publisher, never "1,000 bodies to Ukraine".
        if any(term.amount is not None or term.is_("noun") or term.is_("pronoun") for term in words):
            return None
        if any(term.is_("subordinator", "relative") or term.is_("verb") or term.is_("attack") for term in words):
            return None
        while words and (
            words[0].is_("determiner")
            or words[0].is_("conjunction")
            or words[0].date
            or words[0].is_("subordinator")
            or words[0].is_("adverb")
        ):
            words.pop(0)
        while words and (words[-1].date or words[-1].is_("adverb")):
            words.pop()
        code = next((code for term in words if (code := self._code(term, scene))), None)
        if code is None and not any(term.is_("title") or term.capital for term in words):
            return None
        text = " ".join(term.text for term in words).replace(" ' s", "'s").replace(" 's", "'s").replace(" ’s", "’s")
        return (text, code) if text and len(words) <= 8 else None
