"""What nouns tell: "репатріація 1000 тіл", "обмін 193 на 193", "передача Росії 38 тіл"; and pairs of figures.

A noun says less than a verb: that something took place follows from the verb beside it ("відбулася репатріація"), what
was agreed or demanded from the noun or verb above it. "Про обмін" alone is talk of an exchange.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from homeward.reader.clauses import Mood, Polarity
from homeward.reader.languages.slavic.mentions import preposition_before
from homeward.reader.languages.slavic.moods import Standing, unreal_mood
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.segments import Segment
from homeward.reader.languages.slavic.sentence import Analysis

__all__ = ["Nominal", "Pair", "find_nominals", "find_pairs", "nominal_mood"]

_STATUS = {"planned": Mood.PLANNED, "agreed": Mood.AGREED, "demanded": Mood.DEMANDED, "must": Mood.DEMANDED}
_REACH = 6
# No sentence tells of more; a hostile text of "5 на 5" would take its square.
_MOST_PAIRS = 24
_IN_EXCHANGE = ("в обмін на", "в обмен на", "взамін на", "взамен на")
_LINKS = ("на", "х", "x", "×")


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun of exchange at the word `at` with the phrase that it governs."""

    at: int
    name: str
    phrase: NounPhrase
    segment: Segment


@dataclass(frozen=True, slots=True)
class Pair:
    """ "9 росіян на 11 українців": two phrases, of which the first goes one way and the second the other."""

    first: NounPhrase
    second: NounPhrase
    segment: Segment


def find_pairs(sentence: Analysis) -> list[Pair]:
    """Returns the figures that "на" joins, both of people or bodies or both bare, where an exchange is spoken of."""
    found: list[Pair] = []
    swaps = any(
        word.is_("verb", "swap") or word.is_("participle", "swap") or word.is_("event", "swap", "stage")
        for word in sentence.words
    )
    for first, second in zip(sentence.phrases, sentence.phrases[1:], strict=False):
        between = sentence.words[first.last : second.first]
        linked = len(between) == 1 and (between[0].lower in _LINKS or between[0].lower in _IN_EXCHANGE)
        if not linked or first.amount is None or second.amount is None:
            continue
        if first.amount.number is None or second.amount.number is None:
            continue
        segment = sentence.segment_of(first.first)
        told = swaps or between[0].lower in _IN_EXCHANGE or first.amount == second.amount
        if segment is not None and told and len(found) < _MOST_PAIRS:
            found.append(Pair(first, second, segment))
    return found


def find_nominals(sentence: Analysis) -> Iterator[Nominal]:
    """Yields the nouns of exchange with a free phrase in the genitive after them."""
    inside = {place for phrase in sentence.phrases for place in range(phrase.first, phrase.last)}
    for segment in sentence.segments:
        for place in segment.places:
            entry = sentence.words[place].get("nominal")
            if entry is None or place in inside:
                continue
            phrase = _governed(sentence, segment, place, swap=entry.name == "swap")
            if phrase is not None:
                yield Nominal(place, entry.name, phrase, segment)


def _governed(sentence: Analysis, segment: Segment, at: int, *, swap: bool) -> NounPhrase | None:
    for phrase in sentence.phrases:
        if phrase.first <= at or not segment.holds(phrase.first) or not sentence.free(phrase):
            continue
        if phrase.first - at > _REACH:
            return None
        between = sentence.words[at + 1 : phrase.first]
        # "Повернення з полону 25 захисників": where from may stand between.
        others = [word for word in between if not word.is_("preposition", "from", "to")]
        if any(word.is_("preposition") or word.is_("verb") or word.is_("marks") for word in others):
            return None
        fits = {"gent", "ablt"} if swap else {"gent"}
        return phrase if phrase.cases & fits or phrase.bare else None
    return None


def nominal_mood(sentence: Analysis, segment: Segment, at: int) -> tuple[Standing, bool]:
    """Returns how the words put what the noun at `at` tells, and whether a verb or noun beside it says so."""
    if (unreal := unreal_mood(sentence, segment)) is not None:
        return (unreal, Polarity.AFFIRMED), True
    if (lent := _lent(sentence, segment, at)) is not None:
        return lent, True
    if _spoken_about(sentence, at):
        reported = any(p.category == "speech" and not p.negated for p in segment.predicates)
        return (Mood.FACT if reported else Mood.UNREAL, Polarity.AFFIRMED), not reported
    if any(predicate.future for predicate in segment.predicates):
        return (Mood.PLANNED, Polarity.AFFIRMED), False
    return (Mood.FACT, Polarity.AFFIRMED), sentence.heading or not segment.complete


def _lent(sentence: Analysis, segment: Segment, at: int) -> Standing | None:
    """Returns what a noun before it ("угода про обмін") or the verb nearest to it ("відбувся обмін") lends it."""
    for place in range(at - 1, max(at - 5, -1), -1):
        entry = sentence.words[place].get("status")
        if entry is not None and segment.holds(place):
            denied = entry.name == "denied"
            return (Mood.FACT, Polarity.DENIED) if denied else (_STATUS[entry.name], Polarity.AFFIRMED)
    verbs = [predicate for predicate in segment.predicates if predicate.category == "control"]
    for verb in sorted(verbs, key=lambda predicate: abs(predicate.at - at)):
        if verb.name in _STATUS:
            return _STATUS[verb.name], Polarity.DENIED if verb.negated else Polarity.AFFIRMED
        if verb.name == "denied" or (verb.name in ("carried_out", "achieved") and verb.negated):
            return Mood.FACT, Polarity.DENIED
        if verb.name == "doubt":
            return Mood.UNREAL, Polarity.AFFIRMED
        if preposition_before(sentence.words, at)[0] != "other":
            return Mood.PLANNED if verb.future else Mood.FACT, Polarity.AFFIRMED
    return None


def _spoken_about(sentence: Analysis, at: int) -> bool:
    """Returns whether "про обмін" is talk of it."""
    for back in range(at - 1, max(at - 5, -1), -1):
        word = sentence.words[back]
        if word.is_("preposition"):
            return word.lower in ("про", "о", "об", "щодо", "стосовно", "насчет", "относительно", "для", "без")
        if not word.may_be("adjective") and not word.is_("event", "stage"):
            return False
    return False
