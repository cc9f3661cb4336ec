"""Moods: whether the words put it as a fact, as something to come, as demanded or denied, or as nothing to be told.

The status climbs from the verb: its tense, the verb that controls its infinitive, the clause that it hangs on. Under
"якщо", in a question, with "б" or "нібито" nothing is a fact, whatever the tense.
"""

from collections.abc import Sequence

from homeward.reader.clauses import Mood, Polarity
from homeward.reader.languages.slavic.predicates import Form, Predicate
from homeward.reader.languages.slavic.segments import Opening, Segment
from homeward.reader.languages.slavic.sentence import Analysis

__all__ = ["Standing", "control_of", "mood_of", "unreal_mood"]

Standing = tuple[Mood, Polarity]
_STATUS = {"planned": Mood.PLANNED, "agreed": Mood.AGREED, "demanded": Mood.DEMANDED, "must": Mood.DEMANDED}
_YES, _NO = Polarity.AFFIRMED, Polarity.DENIED


def mood_of(sentence: Analysis, segment: Segment, predicate: Predicate) -> Standing:
    """Returns how the words put what `predicate` tells."""
    if (unreal := unreal_mood(sentence, segment)) is not None:
        return unreal, _YES
    mood, polarity = _own(sentence, segment, predicate)
    above = _above(segment, mood)
    if above is not None:
        return above, polarity
    return mood, polarity


def unreal_mood(sentence: Analysis, segment: Segment) -> Mood | None:
    """Returns the mood of what is no fact and not to come: a condition, a question, a rumour, what is called false."""
    if sentence.once("false", None, lambda: any(word.is_("doubt", "false") for word in sentence.words)):
        return Mood.DISPUTED
    if any(word.is_("marks", "question") for word in sentence.words[-3:]):
        return Mood.UNREAL
    # What follows from a condition is no more real than the condition.
    if any(other.opening is Opening.IF for other in sentence.segments):
        return Mood.UNREAL
    around = [segment, *segment.above()]
    if any(one.opening is Opening.WHETHER for one in around):
        return Mood.UNREAL
    if any(sentence.any_in(one, "doubt", "would") for one in around):
        return Mood.UNREAL
    if any(sentence.any_in(one, "doubt", "hearsay") for one in (*around, *_beside(sentence, segment))):
        return Mood.DISPUTED
    return None


def _beside(sentence: Analysis, segment: Segment) -> list[Segment]:
    """Returns a bracketed or verbless stretch beside the segment: ", за чутками,"."""
    return [other for other in sentence.segments if not other.predicates and other.parent is segment]


def control_of(segment: Segment, predicate: Predicate) -> Predicate | None:
    """Returns the verb whose infinitive `predicate` is."""
    others = [other for other in segment.predicates if other is not predicate and other.form is not Form.CONVERB]
    before = [other for other in others if other.at < predicate.at]
    nearest = before[-1] if before else (others[0] if others else None)
    if nearest is not None and nearest.form is Form.INFINITIVE and nearest.category != "control" and len(before) > 1:
        # "передати та отримати": both are governed by the verb before them.
        return before[-2]
    return nearest


def _own(sentence: Analysis, segment: Segment, predicate: Predicate) -> Standing:
    if predicate.form is Form.INFINITIVE or _to_be(sentence, predicate):
        control = control_of(segment, predicate)
        if control is None:
            parent = segment.parent
            governing = parent.predicates[-1] if parent is not None and parent.predicates else None
            found = _controlled(governing) if governing is not None and segment.opening is Opening.THAT else None
            return found or (Mood.UNREAL, _YES)
        found = _controlled(control)
        if found is None:
            return Mood.UNREAL, _YES
        mood, polarity = found
        return mood, _NO if predicate.negated and polarity is _YES else polarity
    if predicate.negated:
        return (Mood.PLANNED if predicate.future else Mood.FACT), _NO
    if predicate.form is Form.CONVERB and segment.parent is not None:
        return _of_host(sentence, segment)
    deal = sentence.any_in(segment, "deal") and (predicate.future or predicate.present)
    if deal:
        return Mood.AGREED, _YES
    return (Mood.PLANNED if predicate.future else Mood.FACT), _YES


def _to_be(sentence: Analysis, predicate: Predicate) -> bool:
    """Returns whether a passive stands with an infinitive: "мають бути передані", "должны быть освобождены"."""
    near = sentence.words[max(0, predicate.at - 3) : predicate.at]
    return predicate.form is Form.PASSIVE and any(word.lower in ("бути", "быть") for word in near)


def _of_host(sentence: Analysis, segment: Segment) -> Standing:
    """Returns the mood of the clause that a converb belongs to."""
    number = list(sentence.segments).index(segment)
    for host in (segment.previous, *sentence.segments[number + 1 : number + 2]):
        verb = next((p for p in host.predicates if p.form is Form.FINITE), None) if host is not None else None
        if host is not None and verb is not None:
            return (Mood.PLANNED if verb.future else Mood.FACT), _YES
    return Mood.FACT, _YES


def _controlled(control: Predicate) -> Standing | None:
    """Returns the status that a control verb lends its infinitive; None where it says nothing of it."""
    if control.category != "control":
        return None
    if control.name in _STATUS:
        return _STATUS[control.name], _NO if control.negated else _YES
    if control.name == "denied":
        return Mood.FACT, _NO
    if control.name in ("carried_out", "achieved"):
        if control.negated:
            return Mood.FACT, _NO
        return (Mood.PLANNED if control.future or control.form is Form.INFINITIVE else Mood.FACT), _YES
    return Mood.UNREAL, _YES


def _above(segment: Segment, mood: Mood) -> Mood | None:
    """Returns the mood that the clause above lends: "вимагає, щоб", "домовилися, що", "спростував, що"."""
    if segment.opening is not Opening.THAT:
        return None
    for parent in segment.above():
        governing: Sequence[Predicate] = [p for p in parent.predicates if p.category in ("control", "speech")]
        for predicate in reversed(governing):
            if predicate.category == "speech":
                return Mood.DISPUTED if predicate.negated else None
            if predicate.name in _STATUS:
                lends = mood is not Mood.FACT or predicate.name == "demanded"
                return Mood.DISPUTED if predicate.negated else _STATUS[predicate.name] if lends else None
            if predicate.name == "denied":
                return Mood.DISPUTED
            if predicate.name == "doubt":
                return Mood.UNREAL
    return None
