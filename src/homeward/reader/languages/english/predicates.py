"""English predicates: the verbs of a sentence with their voice, tense, negation and what governs them."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.claims import Status
from homeward.reader.groups import Group
from homeward.reader.lexicon import Entry, Lexicon
from homeward.reader.terms import Term

__all__ = ["Predicate", "find_predicates", "status_name"]

_CLAUSE_CATEGORIES = ("verb", "split", "control", "speech", "plain")
_GOVERNOR_REACH = 12


@dataclass(slots=True)
class Predicate:
    """A verb with its auxiliaries, over the terms `first` up to, not including, `last`.

    `frame` is None unless it hands over; `governor` is the verb that governs an infinitive or gerund; `tail` is the
    place of the last word of a split verb.
    """

    first: int
    at: int
    last: int
    frame: str | None
    category: str
    name: str
    lemma: str
    passive: bool = False
    finite: bool = True
    negated: bool = False
    future: bool = False
    must: bool = False
    infinitive: bool = False
    gerund: bool = False
    bare_participle: bool = False
    present: bool = False
    tail: int | None = None
    governor: "Predicate | None" = None
    # The verb that lends its status through "that": "demands that Russia return 20 children".
    lender: "Predicate | None" = None


def find_predicates(terms: Sequence[Term], groups: Sequence[Group], lexicon: Lexicon) -> list[Predicate]:
    """Returns the verbs of the sentence, left to right; each knows its governor."""
    inside = {place for group in groups for place in range(group.first, group.last)}
    starts = {group.first for group in groups}
    found: list[Predicate] = []
    for place in range(len(terms)):
        if place in inside or (found and (place < found[-1].last or place == found[-1].tail)):
            continue
        predicate = _predicate_at(terms, place, starts, lexicon)
        if predicate is not None:
            predicate.governor = _governor(terms, predicate, found)
            predicate.lender = _lender(terms, predicate, found)
            found.append(predicate)
    return found


def _entry_at(terms: Sequence[Term], place: int, lexicon: Lexicon) -> tuple[Entry, int | None] | None:
    """Returns the verb entry at `place` that fits best, and the place of its last word when it is split."""
    term = terms[place]
    for entry in term.entries:
        if entry.category == "split" and (tail := _split_end(terms, place, entry, lexicon)):
            return entry, tail
    for category in ("verb", "control", "speech", "plain"):
        if found := term.get(category):
            return found, None
    return None


def _split_end(terms: Sequence[Term], place: int, entry: Entry, lexicon: Lexicon) -> int | None:
    """Returns where the last word of a split verb stands ("gave the bodies back"), or None when it is not there."""
    rests = lexicon.split_verbs.get((terms[place].lower, entry.name), ())
    # From the second word on: "handed over" together is a phrase of its own, "handed the bodies over" is split.
    for ahead in range(place + 2, min(place + 14, len(terms))):
        term = terms[ahead]
        if any(term.is_(category) for category in ("marks", "speech", "subordinator")) and not term.is_(
            "marks", "quote"
        ):
            return None
        if any(term.lower == " ".join(rest) or term.lower.startswith(" ".join(rest) + " ") for rest in rests):
            return ahead
    return None


def _predicate_at(terms: Sequence[Term], place: int, starts: set[int], lexicon: Lexicon) -> Predicate | None:
    found = None if terms[place].is_("including") else _entry_at(terms, place, lexicon)
    if found is None:
        return None
    entry, tail = found
    frame = entry.name if entry.category in ("verb", "split") else None
    predicate = Predicate(place, place, place + 1, frame, entry.category, entry.name, entry.lemma, tail=tail)
    _auxiliaries(terms, predicate, entry)
    if _is_noun_after_be(terms, predicate, entry) or not _is_verb(terms, predicate, starts):
        return None
    return predicate


def _auxiliaries(terms: Sequence[Term], predicate: Predicate, entry: Entry) -> None:
    """Reads the auxiliaries, negations and adverbs before the verb."""
    be = have = helped = False
    place = predicate.at - 1
    while place >= 0 and predicate.at - place < 9:
        term = terms[place]
        to_be = be and terms[place + 1].lower == "be"
        if term.is_("aux", "infinitive") and (to_be or ("base" in entry.forms and not helped)):
            predicate.infinitive = helped = True
        elif auxiliary := term.get("aux", "future", "must", "be", "have", "do"):
            helped = True
            predicate.future = predicate.future or auxiliary.name == "future"
            predicate.must = predicate.must or auxiliary.name == "must"
            be = be or auxiliary.name == "be"
            have = have or auxiliary.name == "have"
        elif term.is_("negation"):
            predicate.negated = True
        elif not (term.is_("adverb") or term.lower == "each") or term.is_("verb"):
            break
        place -= 1
    predicate.first = place + 1
    predicate.passive = be and "participle" in entry.forms
    predicate.gerund = "gerund" in entry.forms and not be
    predicate.bare_participle = not helped and bool(entry.forms & {"past", "participle"})
    predicate.present = not helped and bool(entry.forms & {"base", "third"}) and not entry.forms & {"past"}
    predicate.finite = not (predicate.infinitive or predicate.gerund) and not (
        predicate.bare_participle and "past" not in entry.forms
    )
    if be and "gerund" in entry.forms:
        predicate.finite = True
    if have and "participle" in entry.forms:
        predicate.finite = True


def _is_noun_after_be(terms: Sequence[Term], predicate: Predicate, entry: Entry) -> bool:
    """Returns whether the word is a noun: "there has been no exchange"."""
    if entry.forms & {"past", "participle", "gerund"} or predicate.future or predicate.must or predicate.infinitive:
        return False
    return any(term.is_("aux", "be", "have") for term in terms[predicate.first : predicate.at])


def _is_verb(terms: Sequence[Term], predicate: Predicate, starts: set[int]) -> bool:
    """Returns whether the word is a verb here and not a noun ("exchange", "return") or an adjective."""
    term = terms[predicate.at]
    before = terms[predicate.first - 1] if predicate.first else None
    if (
        predicate.gerund
        and before is not None
        and (before.is_("determiner") or (before.capital and not before.entries))
    ):
        return False
    helped = predicate.first < predicate.at and not predicate.bare_participle and not predicate.present
    if helped or predicate.infinitive:
        return True
    # "Russia's return" is a noun.
    if predicate.present and before is not None and before.is_("marks", "possessive"):
        return False
    if not (
        term.is_("event")
        or term.is_("deal")
        or term.is_("list")
        or term.is_("attack")
        or term.is_("noun")
        or term.is_("adjective")
    ):
        return not (before is not None and before.is_("determiner") and predicate.present)
    if predicate.gerund:
        return predicate.at + 1 in starts
    if predicate.bare_participle:
        return True
    if before is None:
        return False
    if before.is_("party"):
        return any(found.forms & {"name", "people", "body"} for found in before.entries if found.category == "party")
    return before.is_("both") or before.is_("pronoun")


def _governor(terms: Sequence[Term], predicate: Predicate, found: Sequence[Predicate]) -> Predicate | None:
    """Returns the verb that governs an infinitive, a gerund or a bare "help bring"."""
    if not found:
        return None
    last = found[-1]
    between = terms[last.last : predicate.first]
    if len(between) > _GOVERNOR_REACH or any(term.is_("marks", "semicolon", "stop") for term in between):
        return None
    if predicate.infinitive or predicate.gerund:
        return last
    helping = predicate.present and last.category == "control" and not between
    return last if helping else None


def _lender(terms: Sequence[Term], predicate: Predicate, found: Sequence[Predicate]) -> Predicate | None:
    """Returns the control verb before "that" whose clause the verb opens."""
    if not found or found[-1].category != "control" or not (predicate.present or predicate.future or predicate.must):
        return None
    between = terms[found[-1].last : predicate.first]
    opened = any(term.is_("subordinator", "that") for term in between[:2])
    apart = any(term.is_("marks", "semicolon", "stop", "colon", "quote") for term in between)
    return found[-1] if opened and not apart and len(between) <= _GOVERNOR_REACH else None


_CONTROL_STATUS = {
    "agreed": Status.AGREED,
    "planned": Status.PLANNED,
    "awaited": Status.PLANNED,
    "terms": Status.AGREED,
    "demanded": Status.DEMANDED,
    "denied": Status.DENIED,
}


def status_name(predicate: Predicate) -> Status:
    """Returns the status that tense, mood and governing verbs lend to what the predicate tells."""
    if predicate.negated:
        return Status.DENIED
    governor = predicate.governor or predicate.lender
    if governor is not None and governor.category == "control":
        if governor.negated:
            return Status.DENIED
        if governor.name in _CONTROL_STATUS:
            return _CONTROL_STATUS[governor.name]
        if not predicate.infinitive or governor.lemma in ("help", "manage", "succeed"):
            return status_name(governor)
        return Status.PLANNED
    if predicate.must:
        return Status.DEMANDED
    if predicate.future or predicate.infinitive:
        return Status.PLANNED
    return Status.CARRIED_OUT
