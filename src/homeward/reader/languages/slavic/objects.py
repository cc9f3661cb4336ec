"""Objects: which phrases of a segment the predicate moves, by case."""

from collections.abc import Sequence

from homeward.reader.groups import GroupKind
from homeward.reader.languages.slavic.mentions import preposition_before
from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.predicates import Form, Predicate
from homeward.reader.languages.slavic.segments import Opening, Segment
from homeward.reader.languages.slavic.sentence import Analysis
from homeward.reader.languages.slavic.words import Word

__all__ = ["objects_of"]

_SUBJECT_MOVES = (Form.PASSIVE, Form.ATTRIBUTE)


def objects_of(sentence: Analysis, segment: Segment, predicate: Predicate) -> list[NounPhrase]:
    """Returns what the predicate moves: the accusative, the nominative of a passive, what "яких" refers to."""
    phrases = [p for p in sentence.phrases_in(segment) if _fits(sentence, p, predicate)]
    phrases = _without_appositions(sentence, _without_subject(phrases, predicate))
    phrases = [phrase for phrase in phrases if _nearest(segment, predicate, phrase)]
    antecedent = segment.antecedent
    if antecedent is None or segment.opening not in (Opening.RELATIVE, Opening.PARTICIPLE):
        return phrases
    if _refers(sentence, segment, predicate):
        # "1000 тіл, які передала Росія": what is told of is before the clause.
        parts = [phrase for phrase in phrases if phrase.amount is not None and phrase.amount != antecedent.amount]
        return [antecedent, *parts]
    return phrases


def _refers(sentence: Analysis, segment: Segment, predicate: Predicate) -> bool:
    if segment.opening is Opening.PARTICIPLE:
        return predicate.form is Form.ATTRIBUTE
    places = segment.places[:3]
    pronoun = next((sentence.words[place] for place in places if sentence.words[place].is_("subordinator")), None)
    if pronoun is None or any(sentence.words[place].is_("preposition") for place in places[:1]):
        return False
    if predicate.name == "come" or predicate.form is Form.PASSIVE:
        return "nomn" in pronoun.cases
    return "accs" in pronoun.cases and pronoun.cases != {"nomn"}


def _fits(sentence: Analysis, phrase: NounPhrase, predicate: Predicate) -> bool:
    preposition, _ = preposition_before(sentence.words, phrase.first, past_places=False)
    before = sentence.words[phrase.first - 1] if phrase.first else None
    # "по 103 військовополонених" counts each side's; other prepositions make it no object.
    if preposition is not None and not (before is not None and before.is_("each")) and not _of_them(sentence, phrase):
        return False
    if not phrase.cases:
        return True
    if predicate.name == "swap" and predicate.form is Form.FINITE and "ablt" in phrase.cases:
        return True
    if predicate.name == "come" or predicate.form in _SUBJECT_MOVES:
        return "nomn" in phrase.cases or (before is not None and before.is_("each"))
    if predicate.negated and "gent" in phrase.cases:
        return True
    return "accs" in phrase.cases or (before is not None and before.is_("each"))


def _of_them(sentence: Analysis, phrase: NounPhrase) -> bool:
    return any(word.is_("including") for word in sentence.words[max(0, phrase.first - 3) : phrase.first])


def _without_subject(phrases: list[NounPhrase], predicate: Predicate) -> list[NounPhrase]:
    """Returns the phrases without a nominative of people before the verb: "військові передали 10 тіл"."""
    if len(phrases) < 2 or predicate.form is not Form.FINITE or predicate.name in ("come", "swap"):
        return phrases
    subjects = [
        p
        for p in phrases
        if p.amount is None and "nomn" in p.cases and p.last <= predicate.at and "accs" not in p.cases
    ]
    return [phrase for phrase in phrases if phrase not in subjects]


def _without_appositions(sentence: Analysis, phrases: list[NounPhrase]) -> list[NounPhrase]:
    """Returns the phrases without those that only say again who they are, and figures that a dash sets apart.

    "Троє громадян, мешканці Курщини" are three residents.
    """
    kept: list[NounPhrase] = []
    for phrase in phrases:
        before = kept[-1] if kept else None
        between = sentence.words[before.last : phrase.first] if before is not None else ()
        if before is not None and phrase.bare and _set_apart(between):
            continue
        told_again = 0 < len(between) <= 2 and between[-1].is_("marks")
        if before is not None and before.amount is not None and phrase.amount is None and told_again:
            before.kind = phrase.kind if before.kind in (GroupKind.PEOPLE, None) else before.kind
            continue
        kept.append(phrase)
    return kept


def _set_apart(between: Sequence[Word]) -> bool:
    return any(word.is_("marks", "dash") for word in between) and not between[-1].is_("each")


def _nearest(segment: Segment, predicate: Predicate, phrase: NounPhrase) -> bool:
    """Returns whether no other verb of exchange in the segment stands nearer to the phrase."""
    rivals = [p for p in segment.predicates if p.category == "verb" and p is not predicate]
    mine = _distance(predicate, phrase)
    return all(_distance(rival, phrase) >= mine for rival in rivals)


def _distance(predicate: Predicate, phrase: NounPhrase) -> int:
    # What stands after a verb is its object sooner than what stands before.
    return phrase.first - predicate.at if phrase.first > predicate.at else 3 + predicate.at - phrase.last
