"""Ellipsis: figures whose verb is left out: "а Росії – 38", "1000 тіл – Україні", "взамін – 27"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from homeward.reader.claims import What
from homeward.reader.clauses import Clause, Frame, Mood, Polarity, Sharing, Slot
from homeward.reader.languages.slavic.mentions import Mention, preposition_before
from homeward.reader.languages.slavic.moods import Standing, mood_of, unreal_mood
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.segments import Segment
from homeward.reader.languages.slavic.sentence import Analysis

__all__ = ["Elided", "elided_clauses"]

_TELLING = frozenset({"name", "capital", "body", "people"})
_TURNED = {Frame.RECEIVE: Frame.GIVE, Frame.GIVE: Frame.RECEIVE}


@dataclass(frozen=True, slots=True)
class Elided:
    """A clause without a verb, with the frame that it borrows."""

    phrase: NounPhrase
    segment: Segment
    frame: Frame
    agent: str | None
    recipient: str | None
    mood: Mood
    polarity: Polarity
    nominal: bool = False
    reciprocal: bool = False
    guessed: frozenset[Slot] = frozenset()
    sharing: Sharing = Sharing.ONE_WAY


def elided_clauses(sentence: Analysis, told: Sequence[Clause]) -> Iterator[Elided]:
    """Yields the free figures of verbless stretches that a dative or a nominative beside them explains."""
    for segment in sentence.segments:
        verbs = [p for p in segment.predicates if p.category in ("verb", "state", "other", "speech")]
        if verbs or unreal_mood(sentence, segment) is not None:
            continue
        for phrase in sentence.phrases_in(segment):
            if phrase.amount is None or phrase.amount.number is None or not sentence.free(phrase) or not phrase.direct:
                continue
            preposition = preposition_before(sentence.words, phrase.first, past_places=False)[0]
            if preposition is not None and not _each(sentence, phrase):
                continue
            found = _explained(sentence, segment, phrase, told)
            if found is not None:
                yield found


def _explained(sentence: Analysis, segment: Segment, phrase: NounPhrase, told: Sequence[Clause]) -> Elided | None:
    model = next((c for c in reversed(told) if c.frame.moves and c.patient.first < phrase.first and not c.half), None)
    parties = [m for m in sentence.mentions_in(segment) if m.forms & _TELLING]
    _name_by_topic(sentence, phrase)
    if _each(sentence, phrase):
        standing = _moved_before(sentence, segment, told)
        if standing is None and (phrase.bare or sentence.heading or any(p.heads_clause for p in sentence.predicates)):
            return None
        guessed = frozenset[Slot]() if standing else frozenset({Slot.STATUS})
        mood, polarity = standing or (Mood.FACT, Polarity.AFFIRMED)
        return Elided(
            phrase, segment, Frame.SWAP, None, None, mood, polarity, nominal=True, guessed=guessed, sharing=Sharing.EACH
        )
    given = _given_to(sentence, phrase, [m for m in parties if _dative(sentence, m)])
    if given is None:
        return None
    acting = [m for m in parties if m.preposition is None and "nomn" in m.cases and not m.governed]
    mood, polarity = (model.mood, model.polarity) if model else (Mood.FACT, Polarity.AFFIRMED)
    if model is not None and model.patient.what is What.REMAINS and phrase.what is None:
        # "Росія отримала 23 тіла, Київ – 140 осіб": what is left out is told by the verb's first figure.
        phrase.dead = True
    reciprocal = any(sentence.words[place].is_("reciprocal") for place in segment.places)
    if given:
        # With a dative the direction is said by the words; only the verb is borrowed.
        agent = acting[0].code if acting and acting[0].code != given[0].code else None
        guessed = frozenset[Slot]() if model or sentence.heading else frozenset({Slot.STATUS})
        if model is None and phrase.bare and not _faced(sentence, given[0]):
            return None
        return Elided(
            phrase, segment, Frame.GIVE, agent, given[0].code, mood, polarity, nominal=model is None, guessed=guessed
        )
    if model is None:
        return None
    if acting and len(acting) == 1:
        if model.frame not in (Frame.GIVE, Frame.FREE, Frame.RECEIVE):
            return None
        return Elided(phrase, segment, model.frame, acting[0].code, None, mood, polarity)
    if reciprocal and model.frame in (Frame.GIVE, Frame.RECEIVE, Frame.FREE):
        frame = _TURNED.get(model.frame, model.frame)
        way = frozenset({Slot.WAY})
        return Elided(phrase, segment, frame, model.agent, None, mood, polarity, reciprocal=True, guessed=way)
    return None


def _given_to(sentence: Analysis, phrase: NounPhrase, datives: list[Mention]) -> list[Mention] | None:
    """Returns the datives that the figure may go to: "Україні 1000 тіл, Росії 19" has one between its own commas.

    None where the stretch names two receivers and none, or both, stand beside the figure.
    """
    if len({mention.code for mention in datives}) < 2:
        return datives
    low, high = phrase.first, phrase.last
    while low > 0 and not _ends_item(sentence, low - 1):
        low -= 1
    while high < len(sentence.words) and not _ends_item(sentence, high):
        high += 1
    beside = [mention for mention in datives if low <= mention.at < high]
    return beside if len({mention.code for mention in beside}) == 1 else None


def _ends_item(sentence: Analysis, place: int) -> bool:
    word = sentence.words[place]
    return word.is_("marks", "comma", "semicolon", "colon", "stop", "open", "close") or word.is_("conjunction")


def _faced(sentence: Analysis, receiver: Mention) -> bool:
    """Returns whether the other side receives in the sentence too: "тисяча – Києву, дев'ятнадцять – Москві"."""
    opponent = sentence.scene.opponent(receiver.code)
    codes = {m.code for m in sentence.mentions if _dative(sentence, m)}
    return opponent is not None and bool(codes & set(opponent.codes))


def _name_by_topic(sentence: Analysis, phrase: NounPhrase) -> None:
    """Lets "тіла: Україні 1212" be bodies and "полонені, по 84 з кожного боку" prisoners: by the noun that leads."""
    if not phrase.bare:
        return
    before = [p for p in sentence.phrases if p.last <= phrase.first]
    leads = before[0] if before and before[0].amount is None and before[0].what is not None else None
    between = sentence.words[leads.last : leads.last + 1] if leads is not None else ()
    if leads is not None and between and between[0].is_("marks", "colon", "comma", "dash"):
        phrase.kind, phrase.dead = leads.kind, leads.dead


def _moved_before(sentence: Analysis, segment: Segment, told: Sequence[Clause]) -> Standing | None:
    """Returns how the exchange is put that the sentence tells before this verbless stretch."""
    for other in sentence.segments:
        for predicate in other.predicates:
            if predicate.category == "verb" and predicate.name == "swap" and predicate.at < segment.first:
                return mood_of(sentence, other, predicate)
    before = [clause for clause in told if clause.frame.moves and clause.patient.first < segment.last]
    return (before[-1].mood, before[-1].polarity) if before else None


def _each(sentence: Analysis, phrase: NounPhrase) -> bool:
    """Returns whether "по" before it, or "з кожної сторони" after it, makes it each side's."""
    words = sentence.words
    after = words[phrase.last : phrase.last + 2]
    before = words[max(0, phrase.first - 1) : phrase.first]
    return any(word.is_("each") for word in before) or any(word.is_("each") and word.lower != "по" for word in after)


def _dative(sentence: Analysis, mention: Mention) -> bool:
    if mention.at and sentence.words[mention.at - 1].lower == "для":
        return "gent" in mention.cases
    if mention.preposition == "to":
        return "gent" in mention.cases or ("accs" in mention.cases and "loct" not in mention.cases)
    return mention.preposition is None and "datv" in mention.cases and not mention.fixed and not mention.governed
