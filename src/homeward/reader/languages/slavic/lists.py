"""Lists: lines of a day and figures under a heading with the verb: "З полону повернулися:", "2 жовтня – 185 бійців"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from homeward.reader.clauses import Clause, Slot
from homeward.reader.languages.slavic.drafting import Draft
from homeward.reader.languages.slavic.mentions import preposition_before
from homeward.reader.languages.slavic.moods import Standing, mood_of
from homeward.reader.languages.slavic.predicates import Form
from homeward.reader.languages.slavic.roles import Roles, roles_in
from homeward.reader.languages.slavic.sentence import Analysis
from homeward.reader.languages.slavic.verbs import frame_of

__all__ = ["Heading", "heading_of", "is_line", "told_by_list"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the line above a list says: the verb, who gives and receives, and how it is put."""

    name: str
    roles: Roles
    standing: Standing


def heading_of(sentence: Analysis) -> Heading | None:
    """Returns the heading that ends with a colon and tells of no figure itself."""
    # The bullet of the first line may stand behind the colon.
    if not any(word.is_("marks", "colon") for word in sentence.words[-2:]):
        return None
    if any(phrase.amount is not None for phrase in sentence.phrases):
        return None
    for segment in sentence.segments:
        for predicate in segment.predicates:
            if predicate.category == "verb" and predicate.form is not Form.CONVERB:
                gives = predicate.name not in ("receive", "come", "go")
                roles = roles_in(sentence, segment, predicate, gives=gives)
                return Heading(predicate.name, roles, mood_of(sentence, segment, predicate))
    return None


def is_line(sentence: Analysis) -> bool:
    """Returns whether the sentence is a line of a list: a day and figures, without a verb."""
    verbless = not any(predicate.heads_clause for predicate in sentence.predicates)
    return verbless and any(word.date is not None for word in sentence.words)


def told_by_list(draft: Draft, heading: Heading) -> Iterator[Clause]:
    """Yields the figures of a line with the verb of its heading."""
    sentence = draft.sentence
    for segment in sentence.segments:
        for phrase in sentence.phrases_in(segment):
            counted = phrase.amount is not None and bool(phrase.amount.number) and phrase.direct
            if not counted or not sentence.free(phrase):
                continue
            if preposition_before(sentence.words, phrase.first, past_places=False)[0] is not None:
                continue
            frame, roles, guessed = frame_of(draft, heading.name, heading.roles, phrase)
            if frame is None:
                continue
            clause = draft.clause(segment, phrase, frame, roles=roles, standing=heading.standing, at=phrase.first)
            sentence.taken.add(phrase.first)
            yield replace(clause, nominal=True, guessed=clause.guessed | guessed | {Slot.STATUS})
