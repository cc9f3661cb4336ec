"""Words of an exchange near a figure, and the words near them that take away certainty; no grammar."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.clauses import Frame, Mood, Polarity
from homeward.reader.lexicon import Entry, Lexicon
from homeward.reader.terms import Term

__all__ = ["Cue", "find_cues", "follows_state", "mood_near", "none_of_them", "other_state"]

_VERBS = {
    "give": Frame.GIVE,
    "free": Frame.FREE,
    "receive": Frame.RECEIVE,
    "bring": Frame.BRING,
    "come": Frame.COME,
    "swap": Frame.SWAP,
    "owe": Frame.GIVE,
}
_CONTROL = {
    "agreed": Mood.AGREED,
    "terms": Mood.AGREED,
    "planned": Mood.PLANNED,
    "awaited": Mood.PLANNED,
    "demanded": Mood.DEMANDED,
}
_STATES = {
    "held": Frame.HOLD,
    "identified": Frame.IDENTIFY,
    "missing": Frame.MISS,
    "killed": Frame.KILL,
}
# Who "returned 40 of its soldiers" has them now.
_TWO_OBJECTS = ("hand", "give", "send", "pass", "provide", "get")
_BACK = ("return", "repatriate", "evacuate")
_REACH = 9


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of an exchange over the terms `first` up to `last`, with its helping words; the word itself is at `at`."""

    first: int
    at: int
    last: int
    frame: Frame
    nominal: bool
    passive: bool
    also_comes: bool
    homeward: bool = False
    weak: bool = False
    owed: bool = False
    # "handed 12 soldiers life sentences": the verb may give the people something.
    takes_two: bool = False

    def frame_for(self, terms: Sequence[Term], place: int) -> Frame:
        """Returns the frame for a figure at `place`: "400 prisoners returned" come, "returned 400 prisoners" gives."""
        if self.also_comes and not self.passive and place < self.at:
            between = terms[place : self.at]
            relative = any(term.is_("subordinator", "relative", "that") for term in between)
            return self.frame if relative else Frame.COME
        if self.frame is Frame.COME and self.also_comes and place > self.at:
            return Frame.GIVE
        return self.frame


def find_cues(terms: Sequence[Term], lexicon: Lexicon) -> list[Cue]:
    """Returns the words of an exchange in the sentence, left to right."""
    found: list[Cue] = []
    for place, term in enumerate(terms):
        entries = [entry for entry in term.entries if entry.name in _VERBS and _is_whole(terms, place, entry, lexicon)]
        event = term.get("event", "swap", "give")
        if not (entries or event) or term.is_("noun") or (found and place < found[-1].last):
            continue
        first, helped, passive = _helping(terms, place)
        before = terms[first - 1] if first else None
        of = place + 1 < len(terms) and terms[place + 1].is_("preposition", "of")
        noun = event is not None and not helped and (of or _after_a_noun_word(before))
        if not entries or noun:
            if event is not None and not helped:
                frame = Frame.SWAP if event.name == "swap" else Frame.GIVE
                found.append(Cue(place, place, place + 1, frame, nominal=True, passive=False, also_comes=False))
            continue
        frames = [_VERBS[entry.name] for entry in entries]
        forms = frozenset(form for entry in entries for form in entry.forms)
        if forms == {"base"} and not helped and _after_a_noun_word(before) and before is not None:
            continue  # "a military transport"
        passive = passive and bool(forms & {"participle", "past"})
        also = Frame.COME in frames and len(set(frames)) > 1
        lead = next((frame for frame in frames if frame is not Frame.COME), Frame.COME)
        back = any(entry.lemma.startswith(_BACK) for entry in entries)
        found.append(
            Cue(
                first,
                place,
                place + 1,
                lead,
                nominal=False,
                passive=passive,
                also_comes=also,
                homeward=back,
                weak=term.is_("weak"),
                owed=any(entry.name == "owe" for entry in entries),
                takes_two=any(entry.lemma in _TWO_OBJECTS for entry in entries),
            )
        )
    return found


def _is_whole(terms: Sequence[Term], place: int, entry: Entry, lexicon: Lexicon) -> bool:
    """Returns whether the entry is a verb of an exchange here; of "gave ... back", both words must stand."""
    if entry.category != "split":
        return entry.category == "verb"
    rests = {" ".join(rest) for rest in lexicon.split_verbs.get((terms[place].lower, entry.name), ())}
    for ahead in range(place + 1, min(place + 10, len(terms))):
        if terms[ahead].is_("marks", "comma", "semicolon", "stop"):
            return False
        if terms[ahead].lower in rests:
            return True
    return False


def _helping(terms: Sequence[Term], place: int) -> tuple[int, bool, bool]:
    """Returns where the helping words begin, whether there are any, and whether "be" is among them."""
    first, helped, passive = place, False, False
    while first > 0 and place - first < 7:
        before = terms[first - 1]
        if before.is_("aux"):
            helped = True
            passive = passive or before.is_("aux", "be")
        elif not (before.is_("negation") or before.is_("adverb")):
            break
        first -= 1
    return first, helped, passive


def _after_a_noun_word(before: Term | None) -> bool:
    """Returns whether the word before makes a noun of "exchange" or "return"."""
    if before is None:
        return True
    return any(
        before.is_(category)
        for category in (
            "determiner",
            "possessive",
            "adjective",
            "preposition",
            "noun",
            "number_ordinal",
            "conjunction",
        )
    ) or before.is_("marks", "possessive")


def mood_near(terms: Sequence[Term], cue: Cue, figure: int) -> tuple[Mood | None, Polarity]:
    """Returns how the words put it; None where nothing says that a noun of exchange took place.

    Caution is cheap here: a word of doubt anywhere in the same part of the sentence is enough.
    """
    begin, end = _part(terms, min(cue.first, figure), max(cue.last, figure + 1))
    part = terms[begin:end]
    last = next((term for term in reversed(terms) if not term.is_("marks", "quote")), None)
    if last is not None and last.text.endswith("?"):
        return Mood.UNREAL, Polarity.AFFIRMED
    helping = terms[cue.first : cue.at]
    if any(term.is_("doubt", "possible") for term in helping) or _would_have(helping):
        return Mood.UNREAL, Polarity.AFFIRMED
    if any(term.is_("doubt", "condition") for term in part) and not _fact_apart(terms, cue, begin):
        return Mood.UNREAL, Polarity.AFFIRMED
    if _opens_with_had(terms):
        return Mood.UNREAL, Polarity.AFFIRMED
    if any(term.is_("doubt", "perhaps") or term.lower == "why" for term in part) or _is_conditional_should(terms):
        return Mood.UNREAL, Polarity.AFFIRMED
    beside = terms[max(0, cue.first - 3) : min(len(terms), max(cue.last, figure) + 8)]
    if any(term.is_("doubt", "possible") for term in beside):
        return Mood.UNREAL, Polarity.AFFIRMED
    unsaid = any(term.lower.split()[0] in ("nobody", "neither", "none") for term in part) or _unsaid(terms, begin, cue)
    if unsaid or any(term.is_("doubt", "false", "hearsay") for term in part):
        return Mood.DISPUTED, Polarity.AFFIRMED
    denied = any(term.is_("negation") for term in helping) or _none(terms, figure)
    lent = _lent(terms, cue, begin, end)
    if lent in (Mood.PLANNED, Mood.AGREED) and _called_off(part):
        denied = True
    if any(term.is_("doubt", "dispute") for term in terms[begin : cue.first]):
        return Mood.FACT, Polarity.DENIED
    if cue.owed and lent is Mood.FACT:
        lent = Mood.AGREED
    return lent, Polarity.DENIED if denied else Polarity.AFFIRMED


def _part(terms: Sequence[Term], begin: int, end: int) -> tuple[int, int]:
    """Returns the part of the sentence between semicolons around the stretch."""
    while begin > 0 and not terms[begin - 1].is_("marks", "semicolon"):
        begin -= 1
    while end < len(terms) and not terms[end].is_("marks", "semicolon"):
        end += 1
    return begin, end


def _is_conditional_should(terms: Sequence[Term]) -> bool:
    """Returns whether "should" stands before its party: "should Kyiv ask for it"."""
    for place in range(1, len(terms) - 1):
        if terms[place].lower == "should" and terms[place + 1].is_("party") and not terms[place - 1].is_("party"):
            return True
    return False


def _unsaid(terms: Sequence[Term], begin: int, cue: Cue) -> bool:
    """Returns whether a verb of saying before the cue is negated or not possible: "cannot confirm that"."""
    for place in range(begin, cue.first):
        if terms[place].is_("speech"):
            before = terms[max(0, place - 3) : place]
            if any(term.is_("negation") or term.is_("doubt", "possible") for term in before):
                return True
    return False


def _called_off(part: Sequence[Term]) -> bool:
    """Returns whether the sentence says that what was planned did not take place."""
    for place, term in enumerate(part):
        if term.is_("control", "denied"):
            return True
        if term.is_("control", "carried_out") and any(t.is_("negation") for t in part[max(0, place - 3) : place]):
            return True
    return False


def _opens_with_had(terms: Sequence[Term]) -> bool:
    """Returns whether the sentence is a condition without "if": "Had Russia returned 500 bodies, ... would"."""
    first = next((term.lower for term in terms if not term.is_("marks")), "")
    return first in ("had", "should", "were") and any(term.lower in ("would", "could") for term in terms)


def _would_have(helping: Sequence[Term]) -> bool:
    lowers = [term.lower for term in helping]
    return "have" in lowers and any(word in lowers for word in ("would", "could", "should", "might", "may"))


def _fact_apart(terms: Sequence[Term], cue: Cue, begin: int) -> bool:
    """Returns whether a comma parts a plain past verb from the condition."""
    helping = terms[cue.first : cue.at]
    if any(term.is_("aux", "future", "must", "infinitive") for term in helping):
        return False
    for place in range(cue.first - 1, begin - 1, -1):
        if terms[place].is_("doubt", "condition"):
            return False
        if terms[place].is_("marks", "comma"):
            return True
    return True


def _none(terms: Sequence[Term], figure: int) -> bool:
    return figure > 0 and terms[figure - 1].is_("negation")


def none_of_them(terms: Sequence[Term], figure: int) -> bool:
    """Returns whether the figure is the whole of which none moved: "not one of the 6,000"."""
    before = terms[max(0, figure - 4) : figure]
    of = next((place for place, term in enumerate(before) if term.is_("preposition", "of")), None)
    return of is not None and any(term.is_("negation") for term in before[:of])


def _lent(terms: Sequence[Term], cue: Cue, begin: int, end: int) -> Mood | None:
    """Returns the mood that helping words and the nearest governing word lend."""
    helping = terms[cue.first : cue.at]
    before = terms[max(begin, cue.first - _REACH) : cue.first]
    for term in reversed(before):
        if control := term.get("control"):
            if control.name in _CONTROL:
                return _CONTROL[control.name]
            if control.name == "denied":
                return None
            break
        if term.is_("marks", "comma", "colon") or term.is_("speech"):
            break
    if any(term.is_("aux", "must") for term in helping):
        return Mood.DEMANDED
    if any(term.is_("aux", "future", "infinitive") for term in helping):
        return Mood.PLANNED
    if not cue.nominal:
        return Mood.FACT
    if any(term.is_("deal", "deal") for term in before):
        return Mood.AGREED
    after = terms[cue.last : min(end, cue.last + _REACH + 5)]
    for term in after:
        if (control := term.get("control")) and control.name in (*_CONTROL, "carried_out"):
            return _CONTROL.get(control.name, Mood.FACT)
    done = any(term.is_("control", "carried_out") or term.is_("back_verbs") for term in (*before, *after))
    return Mood.FACT if done else None


def follows_state(terms: Sequence[Term], last: int) -> bool:
    """Returns whether a verb of state follows at once: "20 were identified", "40 soldiers were killed"."""
    place = last
    while place < len(terms) and (terms[place].is_("aux") or terms[place].is_("adverb")):
        place += 1
    return place > last and place < len(terms) and terms[place].is_("state") and not terms[place].is_("verb")


def other_state(terms: Sequence[Term], first: int, last: int) -> Frame | None:
    """Returns what the words beside a group say that it is: held, identified, missing, killed."""
    for place in [*range(last, min(len(terms), last + 5)), *range(first - 1, max(-1, first - 4), -1)]:
        if terms[place].is_("marks", "comma", "semicolon", "stop"):
            continue
        if state := terms[place].get("state"):
            return _STATES[state.name]
    return None
