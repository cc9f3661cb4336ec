"""The noun beside a figure, and whose people they are; no grammar."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.claims import What
from homeward.reader.clauses import Patient
from homeward.reader.figures import Figure
from homeward.reader.groups import EXPLICIT, GroupKind
from homeward.reader.languages.english.groups import HELD_BY
from homeward.reader.scene import party_forms
from homeward.reader.terms import Term

__all__ = ["Phrase", "find_phrase", "is_given_something"]

_TO_NOUN = 6
# Whom "the bodies of 40 soldiers and ..." may go on with; prisoners are alive.
_SHARE_BODIES = (
    GroupKind.CIVILIANS,
    GroupKind.CHILDREN,
    GroupKind.SOLDIERS,
    GroupKind.PEOPLE,
    GroupKind.WEAK_CIVILIANS,
)
# Whom "imprisoned" or "captured" before the noun makes prisoners.
_UNARMED = (GroupKind.SOLDIERS, GroupKind.PEOPLE, GroupKind.WEAK_CIVILIANS)
# What may follow a figure that has no noun of its own.
_CLOSED = ("preposition", "conjunction", "each", "reciprocal", "aux", "cumulative", "adverb", "subordinator")


@dataclass(slots=True)
class Phrase:
    """The noun phrase around a figure, as far as single words tell it."""

    first: int
    last: int
    kind: GroupKind | None = None
    dead: bool = False
    nation: str | None = None
    captives_of: str | None = None
    foreign: bool = False
    living: bool = False
    captive: bool = False

    def patient(self, place: int, figure: Figure) -> Patient:
        """Returns the patient of the figure at `place`."""
        what = What.REMAINS if self.dead else EXPLICIT.get(self.kind) if self.kind else None
        if (self.living and what is None) or (self.captive and self.kind in (None, *_UNARMED)):
            what = What.PRISONERS
        return Patient(
            first=self.first,
            last=self.last,
            figure=place,
            amount=figure.amount,
            what=what,
            nation=self.nation,
            captives_of=self.captives_of,
            kind=self.kind,
        )


def find_phrase(terms: Sequence[Term], figure: Figure, voice: str | None) -> Phrase | None:
    """Returns the phrase; None where the figure counts something else."""
    phrase = Phrase(figure.first, figure.last)
    place = figure.last
    while place < len(terms) and place - figure.last <= _TO_NOUN:
        term = terms[place]
        if term.amount is not None or term.date is not None:
            break
        if (noun := term.get("noun")) and not (term.is_("adjective") and _goes_on(terms, place)):
            phrase.kind = GroupKind(noun.name)
            captives = term.get("captives")
            phrase.captives_of = captives.name if captives else None
            place += 1
            place = _compound(terms, place, phrase)
            break
        if term.is_("generic") and not _noun_follows(terms, place):
            phrase.kind = GroupKind.SOLDIERS
            place += 1
            break
        if "people" in party_forms(term) and not _noun_follows(terms, place):
            phrase.kind, phrase.nation = GroupKind.PEOPLE, _code(term)
            place += 1
            break
        if (
            term.is_(
                "party",
            )
            and _noun_follows(terms, place)
            and "name" in party_forms(term)
        ):
            phrase.nation = _code(term)
        elif not _qualifies(term, phrase, voice):
            break
        place += 1
    if phrase.kind is None:
        return _bare(terms, figure, phrase)
    phrase.last = place
    _after(terms, phrase, voice)
    _before(terms, phrase)
    return phrase


def _noun_follows(terms: Sequence[Term], place: int) -> bool:
    return place + 1 < len(terms) and terms[place + 1].is_("noun")


def _goes_on(terms: Sequence[Term], place: int) -> bool:
    """Returns whether a noun follows an adjective, at once or after "Russian": "dead Russian soldiers"."""
    national = place + 1 < len(terms) and "adjective" in party_forms(terms[place + 1])
    return _noun_follows(terms, place) or (national and _noun_follows(terms, place + 1))


def _compound(terms: Sequence[Term], place: int, phrase: Phrase) -> int:
    """Moves over "soldiers' bodies" and "prisoners of war who died"; bodies win over whose they are."""
    if place + 1 < len(terms) and terms[place].is_("marks", "possessive") and (noun := terms[place + 1].get("noun")):
        phrase.kind = GroupKind(noun.name)
        return place + 2
    return place


def _code(term: Term) -> str | None:
    entry = term.get("party")
    return entry.name if entry else None


def _qualifies(term: Term, phrase: Phrase, voice: str | None) -> bool:
    """Keeps what a word between figure and noun tells; returns False for a word that ends the phrase."""
    if "adjective" in party_forms(term):
        phrase.nation = next((e.name for e in term.entries if "adjective" in e.forms), None)
        return True
    if term.is_("possessive", "own"):
        phrase.nation = voice
        return True
    if term.is_("adjective"):
        phrase.dead = phrase.dead or term.is_("adjective", "dead")
        phrase.captive = phrase.captive or term.is_("adjective", "captive")
        phrase.living = phrase.living or term.is_("adjective", "living")
        phrase.foreign = phrase.foreign or term.is_("adjective", "foreign")
        return True
    return (
        term.is_("preposition", "of")
        or term.is_("possessive")
        or term.is_("marks", "quote")
        or term.is_("determiner", "the")
    )


def _bare(terms: Sequence[Term], figure: Figure, phrase: Phrase) -> Phrase | None:
    """Returns the figure alone where closed words follow it: "26 to Russia", "30 in return"."""
    following = terms[figure.last] if figure.last < len(terms) else None
    before = terms[figure.first - 1] if figure.first else None
    paired = following is not None and following.is_("preposition", "for", "exchange_for")  # "prisoners 40 for 40"
    if before is not None and not paired and (before.is_("noun") or before.is_("preposition", "in", "at", "on")):
        return None
    closed = following is None or any(following.is_(category) for category in (*_CLOSED, "verb"))
    if closed or (following is not None and following.is_("marks")):
        number = figure.amount.number if figure.amount else None
        return phrase if number is not None and number > 1 else None
    return None


def _after(terms: Sequence[Term], phrase: Phrase, voice: str | None) -> None:
    """Keeps what stands after the noun: "of fallen Ukrainian soldiers", "killed in Kursk"."""
    if phrase.last < len(terms) and terms[phrase.last].is_("after", "dead"):
        phrase.dead = True
    held = terms[phrase.last - 1].lower in HELD_BY
    if not held and phrase.last < len(terms) and terms[phrase.last].is_("preposition", "of"):
        for place in range(phrase.last + 1, min(len(terms), phrase.last + 6)):
            term = terms[place]
            if term.is_("possessive", "own"):
                phrase.nation = phrase.nation or voice
            elif term.is_("party"):
                phrase.nation = phrase.nation or _code(term)
                break
            elif not (term.is_("adjective") or term.is_("determiner")):
                break


def _before(terms: Sequence[Term], phrase: Phrase) -> None:
    """Keeps what stands before the figure: "the bodies of 40 soldiers"."""
    place = phrase.first - 1
    while place > 0 and (terms[place].is_("determiner") or terms[place].is_("adverb")):
        place -= 1
    if place > 2 and terms[place].is_("conjunction", "and") and phrase.kind in _SHARE_BODIES:
        place = _of_first(terms, place)
    if place > 0 and terms[place].is_("preposition", "of"):
        noun = terms[place - 1].get("noun", "remains", "container")
        if noun:
            phrase.kind, phrase.dead = GroupKind(noun.name), phrase.dead or noun.name == "container"
            phrase.first = place - 1


def _of_first(terms: Sequence[Term], place: int) -> int:
    """Returns the place of "of" in "the bodies of 40 soldiers and 12 civilians", seen from "and"."""
    for before in range(place - 1, max(0, place - 7), -1):
        if terms[before].is_("marks") or terms[before].is_("verb"):
            break
        if terms[before].is_("preposition", "of"):
            return before
    return place


def is_given_something(terms: Sequence[Term], last: int) -> bool:
    """Returns whether an open word follows the noun at once: "handed 12 soldiers life sentences"."""
    if last >= len(terms) or not terms[last].text.isalpha() or terms[last].capital or terms[last].date:
        return False
    return not any(
        terms[last].is_(category) for category in (*_CLOSED, "verb", "negation", "speech", "plain", "control")
    )
