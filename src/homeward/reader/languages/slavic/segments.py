"""Segments: a sentence cut into the stretches around one predicate each, with what opens them and what they hang on.

"Україна, яка прийняла тіла, передала Росії 38" has two: the relative one hangs on the first, which goes on after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.predicates import Form, Predicate
from homeward.reader.languages.slavic.words import Word
from homeward.reader.scene import party_forms

__all__ = ["Opening", "Segment", "find_segments"]


class Opening(Enum):
    """What opens a segment."""

    MAIN = "main"
    RELATIVE = "relative"
    PARTICIPLE = "participle"
    CONVERB = "converb"
    THAT = "that"
    IF = "if"
    WHETHER = "whether"
    WHEN = "when"
    BRACKET = "bracket"


_HANGING = frozenset({Opening.RELATIVE, Opening.PARTICIPLE})
_OPENINGS = {"that": Opening.THAT, "if": Opening.IF, "whether": Opening.WHETHER, "when": Opening.WHEN}


@dataclass(slots=True)
class Segment:
    """The words `places` around `predicates`; `parent` is what it hangs on, `previous` what it follows."""

    opening: Opening
    places: list[int] = field(default_factory=list)
    predicates: list[Predicate] = field(default_factory=list)
    parent: "Segment | None" = None
    previous: "Segment | None" = None
    antecedent: NounPhrase | None = None
    quoted: bool = False
    elided: bool = False

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1] + 1

    @property
    def complete(self) -> bool:
        """Returns whether a predicate heads it already."""
        return any(predicate.heads_clause for predicate in self.predicates)

    def holds(self, place: int) -> bool:
        return place in self.places

    def above(self) -> "Sequence[Segment]":
        """Returns what it hangs on, nearest first."""
        found: list[Segment] = []
        segment = self.parent
        while segment is not None and len(found) < 8:
            found.append(segment)
            segment = segment.parent
        return found


@dataclass(slots=True)
class _Atom:
    """A stretch without a mark or a conjunction inside; `mark` is what stands before it."""

    places: list[int]
    mark: str
    predicates: list[Predicate]
    quoted: bool = False
    elided: bool = False

    @property
    def complete(self) -> bool:
        return any(predicate.heads_clause for predicate in self.predicates)


def find_segments(
    words: Sequence[Word], phrases: Sequence[NounPhrase], predicates: Sequence[Predicate]
) -> list[Segment]:
    """Returns the segments of the sentence, in the order in which they begin."""
    segments: list[Segment] = []
    current: Segment | None = None
    target: Segment
    outside: Segment | None = None
    atoms = _atoms(words, phrases, predicates)
    for number, atom in enumerate(atoms):
        opening = _opening(words, atom)
        counted = current is None or any(words[place].amount is not None for place in current.places)
        # "З територій та Росії 83 дитини" goes on; "Росія передала 1000 тіл і Україна 38" has a second clause.
        atom.elided = (counted or atom.mark != "and") and _elided(words, atoms[number : number + 2])
        if atom.mark == "close" and outside is not None:
            current, outside = outside, None
        started = _start(current, atom, opening, phrases)
        if started is None:
            assert current is not None
            if opening is Opening.MAIN and atom.complete and current.opening in _HANGING and current.parent:
                current = current.parent
            target = current
        else:
            target = started
            segments.append(started)
            if started.opening is Opening.BRACKET:
                outside = current
            current = started
        target.places += atom.places
        target.predicates += atom.predicates
    return [segment for segment in segments if segment.places]


def _start(current: Segment | None, atom: _Atom, opening: Opening, phrases: Sequence[NounPhrase]) -> Segment | None:
    """Returns the segment that begins with the atom, None where the atom goes on with one that is there."""
    if current is None:
        return Segment(opening, quoted=atom.quoted)
    if atom.mark == "open":
        return Segment(Opening.BRACKET, parent=current, antecedent=_before(phrases, atom), quoted=atom.quoted)
    if opening in _HANGING:
        return Segment(opening, parent=current, antecedent=_before(phrases, atom), quoted=atom.quoted)
    if opening is not Opening.MAIN:
        return Segment(opening, parent=current, previous=current, quoted=atom.quoted)
    if atom.mark in ("semicolon", "colon", "close", "quote"):
        return Segment(Opening.MAIN, previous=current, quoted=atom.quoted)
    return _verbal(current, atom) if atom.complete else _verbless(current, atom)


def _verbless(current: Segment, atom: _Atom) -> Segment | None:
    if current.opening is Opening.PARTICIPLE and atom.mark == "comma" and current.parent is not None:
        return Segment(Opening.MAIN, previous=current.parent, quoted=atom.quoted)
    # A party and a figure of their own are a clause whose verb is left out: ", а Росії – 38".
    if atom.elided and (current.complete or current.elided):
        return Segment(Opening.MAIN, previous=current, quoted=atom.quoted, elided=True)
    return None


def _verbal(current: Segment, atom: _Atom) -> Segment | None:
    """Returns the clause that a second verb begins; None where it is the verb that was still to come."""
    host = current.parent
    if current.elided:
        return Segment(Opening.MAIN, previous=current.previous, quoted=atom.quoted)
    if not current.complete or (current.opening in _HANGING and host is not None and not host.complete):
        return None
    if current.opening is Opening.CONVERB and host is not None and not host.complete:
        return Segment(Opening.MAIN, previous=host, quoted=atom.quoted)
    same = current.opening if atom.mark == "and" and current.opening is not Opening.CONVERB else Opening.MAIN
    if same is Opening.MAIN:
        return Segment(Opening.MAIN, previous=current, quoted=atom.quoted)
    return Segment(same, parent=host, previous=current, antecedent=current.antecedent, quoted=atom.quoted)


def _elided(words: Sequence[Word], atoms: Sequence[_Atom]) -> bool:
    """Returns whether the atom, with the next one where a dash joins them, names a party and a figure."""
    first = atoms[0]
    places = [*first.places, *(atoms[1].places if len(atoms) > 1 and atoms[1].mark == "dash" else ())]
    if first.complete or not any(words[place].amount is not None for place in places):
        return False
    return any(_is_goal(words, place) for place in first.places) or any(
        (
            party_forms(words[place]) & {"name", "capital", "body"}
            or words[place].is_("generic")
            or _lone_adjective(words, place)
        )
        and words[place].cases & {"nomn", "datv"}
        and not (place and words[place - 1].is_("preposition"))
        for place in places
    )


def _is_goal(words: Sequence[Word], place: int) -> bool:
    """Returns whether "в Россию – 34" names where others go: a party in the accusative before a dash."""
    word, dash = words[place], words[place + 1 : place + 2]
    goal = party_forms(word) & {"name", "capital"} and "accs" in word.cases and "loct" not in word.cases
    return bool(goal and place and words[place - 1].is_("preposition", "to") and dash and dash[0].is_("marks", "dash"))


def _lone_adjective(words: Sequence[Word], place: int) -> bool:
    """Returns whether "українська" stands for the Ukrainian side: a dash follows and no noun."""
    following = words[place + 1] if place + 1 < len(words) else None
    return "adjective" in party_forms(words[place]) and following is not None and following.is_("marks", "dash")


def _before(phrases: Sequence[NounPhrase], atom: _Atom) -> NounPhrase | None:
    """Returns the phrase that ends right before the atom."""
    start = atom.places[0]
    near = [phrase for phrase in phrases if phrase.last <= start and start - phrase.last <= 6]
    return near[-1] if near else None


def _opening(words: Sequence[Word], atom: _Atom) -> Opening:
    """Returns what the first words of the atom open; a preposition may stand before "яких"."""
    places = [place for place in atom.places if not words[place].is_("marks")][:3]
    for number, place in enumerate(places):
        word = words[place]
        if entry := word.get("subordinator"):
            if entry.name == "relative":
                return Opening.RELATIVE
            return _OPENINGS[entry.name] if number == 0 or not words[places[0]].is_("preposition") else Opening.MAIN
        if not (word.is_("preposition") or word.is_("adverb") or word.is_("conjunction") or word.is_("including")):
            break
    if atom.predicates:
        first = atom.predicates[0]
        if first.form is Form.CONVERB:
            return Opening.CONVERB
        if first.form is Form.ATTRIBUTE and atom.mark == "comma" and first.at - atom.places[0] <= 2:
            return Opening.PARTICIPLE
    return Opening.MAIN


_MARKS = ("comma", "dash", "semicolon", "colon", "open", "close", "question", "stop")


def _atoms(words: Sequence[Word], phrases: Sequence[NounPhrase], predicates: Sequence[Predicate]) -> list[_Atom]:
    inside = {place for phrase in phrases for place in range(phrase.first + 1, phrase.last)}
    by_place = {predicate.at: predicate for predicate in predicates}
    atoms: list[_Atom] = []
    atom = _Atom([], "", [])
    quoted = False
    for place, word in enumerate(words):
        mark = _mark(word) if place not in inside else None
        if mark is not None:
            if mark in ("quote_open", "quote"):
                quoted = not quoted if mark == "quote" else True
            elif mark == "quote_close":
                quoted = False
            if mark.startswith("quote"):
                continue
            if atom.places:
                atoms.append(atom)
                atom = _Atom([], mark, [], quoted)
            else:
                atom.mark = mark if atom.mark in ("", "comma", "and") else atom.mark
            continue
        opens = word.is_("subordinator") and atom.places and not _introduced(words, atom.places)
        if opens:
            atoms.append(atom)
            atom = _Atom([], "comma", [], quoted)
        atom.quoted = atom.quoted or quoted
        atom.places.append(place)
        if place in by_place:
            atom.predicates.append(by_place[place])
    return [*atoms, atom] if atom.places else atoms


def _introduced(words: Sequence[Word], places: Sequence[int]) -> bool:
    """Returns whether only a preposition or the like stands in the atom so far: "серед | яких"."""
    return len(places) <= 2 and all(
        words[place].is_("preposition") or words[place].is_("adverb") or words[place].is_("conjunction")
        for place in places
    )


def _mark(word: Word) -> str | None:
    entry = word.get("marks", *_MARKS, "quote", "quote_open", "quote_close")
    if entry:
        return entry.name
    joined = word.get("conjunction")
    return {"and": "and", "or": "and", "but": "comma"}[joined.name] if joined and not word.is_("subordinator") else None
