"""Cues: the words of exchange, holding and killing in a sentence, and what near them takes away certainty."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.clauses import Frame, Mood, Polarity
from homeward.reader.languages.slavic.words import Word

__all__ = ["Cue", "asks", "find_cues", "mood_near"]

_FRAMES = {
    "give": Frame.GIVE, "free": Frame.FREE, "receive": Frame.RECEIVE, "bring": Frame.BRING, "come": Frame.COME,
    "go": Frame.COME, "swap": Frame.SWAP,
}  # fmt: skip
_STATES = ("held", "identified", "missing", "casualty")
_STATUS = {"planned": Mood.PLANNED, "agreed": Mood.AGREED, "demanded": Mood.DEMANDED, "must": Mood.DEMANDED}
_CONTROL_REACH = 7
Standing = tuple[Mood | None, Polarity]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word at the place `at`; `frame` is None for "повернути", which gives or gets back, and for states."""

    at: int
    name: str
    frame: Frame | None
    noun: bool = False
    passive: bool = False
    future: bool = False
    infinitive: bool = False
    weak: bool = False


def find_cues(words: Sequence[Word]) -> list[Cue]:
    """Returns the cues of a sentence, in order."""
    return [cue for place, word in enumerate(words) if (cue := _cue(words, place, word)) is not None]


def _cue(words: Sequence[Word], place: int, word: Word) -> Cue | None:
    if not word.entries or word.amount is not None or word.date is not None:
        return None
    for state in _STATES:
        if word.is_("state", state) and not word.is_("noun"):
            return Cue(place, state, None)
    before = words[place - 1] if place else None
    if before is not None and before.is_("preposition") and word.may_be("adjective", "participle"):
        return None
    entry = word.get("verb") or word.get("participle")
    if entry is not None:
        passive = word.may_be("participle", "short_participle", "adjective") or any(
            r.has("Impe") for r in word.readings
        )
        future = any(reading.has("futr") for reading in word.readings) or _will(words, place)
        to_be = any(near.lower in ("бути", "быть") for near in words[max(0, place - 3) : place])
        infinitive = to_be or word.is_only("infinitive") or (word.may_be("infinitive") and not future)
        return Cue(
            place,
            entry.name,
            _FRAMES.get(entry.name),
            passive=passive,
            future=future,
            infinitive=infinitive,
            weak=word.is_("weak"),
        )
    event = word.get("nominal")
    if event is not None:
        return Cue(place, event.name, _FRAMES.get(event.name), noun=True, passive=True)
    return None


def _will(words: Sequence[Word], place: int) -> bool:
    near = words[max(0, place - 3) : place]
    return any(r.lemma in ("бути", "быть") and r.has("futr") for word in near for r in word.readings)


def mood_near(words: Sequence[Word], cue: Cue) -> Standing:
    """Returns how the words near the cue put it; None as mood where they cannot be told apart."""
    yes, no = Polarity.AFFIRMED, Polarity.DENIED
    if any(word.is_("doubt", "false") for word in words):
        return Mood.DISPUTED, yes
    if any(
        word.is_("subordinator", "if") or word.is_("marks", "question") or word.is_("doubt", "would") for word in words
    ):
        return Mood.UNREAL, yes
    window = words[max(0, cue.at - _CONTROL_REACH) : cue.at]
    if any(word.is_("doubt", "hearsay") for word in (*window, *words[cue.at : cue.at + 3])):
        return Mood.DISPUTED, yes
    before = words[cue.at - 1] if cue.at else None
    if before is not None and before.lower in ("не", "ні", "ни"):
        return Mood.FACT, no
    if cue.infinitive or cue.noun:
        found = _controlled(words, cue)
        if found is not None:
            return found
        if cue.infinitive:
            return None, yes
    return (Mood.PLANNED if cue.future else Mood.FACT), yes


def _controlled(words: Sequence[Word], cue: Cue) -> Standing | None:
    """Returns what the nearest control word before an infinitive or a noun lends it."""
    yes, no = Polarity.AFFIRMED, Polarity.DENIED
    found = _control(words, cue)
    if found is None:
        return None
    place, name = found
    negated = place > 0 and words[place - 1].lower == "не"
    if name == "denied" or (name in ("carried_out", "achieved") and negated):
        return Mood.FACT, no
    if name in _STATUS:
        return _STATUS[name], no if negated else yes
    if name in ("carried_out", "achieved"):
        future = any(reading.has("futr") for reading in words[place].readings)
        return (Mood.PLANNED if future else Mood.FACT), yes
    return Mood.UNREAL, yes


def asks(words: Sequence[Word], cue: Cue) -> bool:
    """Returns whether the word before the cue asks others for it, or brings it about: "вимагає передати"."""
    found = _control(words, cue) if cue.infinitive or cue.noun else None
    return found is not None and found[1] in ("demanded", "achieved")


def _control(words: Sequence[Word], cue: Cue) -> tuple[int, str] | None:
    """Returns the nearest word before the cue that lends it a status, with its place."""
    for place in range(cue.at - 1, max(cue.at - _CONTROL_REACH - 1, -1), -1):
        word = words[place]
        if word.is_("marks", "semicolon", "stop"):
            return None
        entry = word.get("control") or (word.get("status") if cue.noun else None)
        if entry is not None:
            return place, entry.name
    return None
