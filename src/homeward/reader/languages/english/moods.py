"""English moods: what makes nothing certain of a handover: conditions, questions, possibilities, denials, rumours."""

from collections.abc import Sequence

from homeward.reader.claims import Status
from homeward.reader.clauses import Mood
from homeward.reader.handovers import Handover
from homeward.reader.languages.english.predicates import Predicate
from homeward.reader.languages.english.subjects import Clauses
from homeward.reader.terms import Term

__all__ = ["with_moods"]

_BEFORE_HAVE = ("would", "could", "should", "might", "may")
# How far a verb of denial reaches to what it denies.
_REACH = 24
_NOBODY = ("nobody", "neither", "none")


def with_moods(clauses: Clauses, drafts: Sequence[Handover]) -> list[Handover]:
    """Returns the drafts with their mood where words above them take away that they are told as a fact."""
    terms = clauses.terms
    question = _is_question(terms)
    conditions = _conditions(terms)
    for draft in drafts:
        if question or _is_possible(clauses, draft) or _is_conditional(terms, draft, conditions):
            draft.mood = Mood.UNREAL
        elif _is_disputed(clauses, draft):
            draft.mood = Mood.DISPUTED
        else:
            _deny(clauses, draft)
    return list(drafts)


def _is_question(terms: Sequence[Term]) -> bool:
    last = next((term for term in reversed(terms) if not term.is_("marks", "quote")), None)
    return last is not None and last.text.endswith("?")


def _conditions(terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Returns the stretches that a condition governs: from its word to the comma that ends it."""
    found = []
    for place, term in enumerate(terms):
        if not (term.is_("doubt", "condition", "open") or _is_inverted_condition(terms, place)):
            continue
        end = place + 1
        while end < len(terms) and not (
            terms[end].is_("marks", "comma", "semicolon", "stop", "colon", "dash")
            and not (terms[end].is_("marks", "comma") and _in_list(terms, end))
        ):
            end += 1
        found.append((place, end))
    return found


def _is_inverted_condition(terms: Sequence[Term], place: int) -> bool:
    """Returns whether the sentence opens with "Had Russia returned", or has "should Kyiv ask" after a figure."""
    if terms[place].lower == "should" and 0 < place < len(terms) - 1:
        return terms[place + 1].is_("party") and not (terms[place - 1].is_("party") or terms[place - 1].is_("noun"))
    if terms[place].lower not in ("had", "should", "were") or (place and not terms[place - 1].is_("marks", "quote")):
        return False
    return any(term.lower in ("would", "could", "might") for term in terms[place + 1 :])


def _in_list(terms: Sequence[Term], place: int) -> bool:
    """Returns whether the comma separates things of a list: "if Russia returned 40 bodies, 12 prisoners"."""
    following = terms[place + 1] if place + 1 < len(terms) else None
    return following is not None and following.amount is not None


def _is_conditional(terms: Sequence[Term], draft: Handover, conditions: Sequence[tuple[int, int]]) -> bool:
    """Returns whether the draft stands under a condition, or hangs on one: "would be freed if talks resumed"."""
    for start, end in conditions:
        if start <= draft.group.first < end:
            return True
        within = terms[max(draft.first, 0) : draft.last]
        hangs = any(term.is_("aux", "future", "must") or term.lower == "would" for term in within)
        hangs = hangs or draft.status not in (Status.CARRIED_OUT, Status.DENIED)
        joined = start >= draft.first or not any(term.is_("marks", "semicolon") for term in terms[end : draft.first])
        # "Asked whether talks would go on, he said that 40 had been freed": the second clause is a fact of its own.
        if hangs and joined and not terms[start].is_("doubt", "open"):
            return True
    return False


def _is_possible(clauses: Clauses, draft: Handover) -> bool:
    """Returns whether "may", "might", "could" or "would have" stands before the verb of the draft."""
    for predicate in clauses.predicates:
        if not _governs(predicate, draft):
            continue
        helping = clauses.terms[predicate.first : predicate.last]
        lowers = [term.lower for term in helping]
        if any(term.is_("doubt", "possible") for term in helping):
            return True
        if "have" in lowers and any(word in lowers[: lowers.index("have")] for word in _BEFORE_HAVE):
            return True
    terms = clauses.terms
    begin, end = _sentence_part(terms, draft)
    if any(term.is_("doubt", "perhaps") for term in terms[begin:end]):
        return True
    around = [*terms[max(0, draft.first - 1) : draft.group.first], *_judged(terms, draft.group.last)]
    return any(term.is_("doubt", "possible") for term in around)


def _judged(terms: Sequence[Term], start: int) -> Sequence[Term]:
    """Returns the words after "is" that follow at once: "an exchange of 500 with Russia is possible"."""
    for place in range(start, min(len(terms), start + 7)):
        if terms[place].is_("marks", "comma", "semicolon", "stop"):
            break
        if terms[place].is_("aux", "be"):
            return terms[place + 1 : place + 2]
    return ()


def _governs(predicate: Predicate, draft: Handover) -> bool:
    """Returns whether the verb stands in the clause of the draft and hands over or lends it its status."""
    return draft.first <= predicate.at < draft.last and (predicate.frame is not None or predicate.category == "control")


def _is_disputed(clauses: Clauses, draft: Handover) -> bool:
    terms = clauses.terms
    begin, end = _sentence_part(terms, draft)
    part = terms[begin:end]
    if any(term.is_("doubt", "false", "hearsay") for term in part):
        return True
    for place in range(begin, draft.group.first):
        following = terms[place + 1] if place + 1 < len(terms) else None
        if terms[place].is_("doubt", "noun") and following is not None and following.lower in ("that", "of"):
            before = terms[place - 1] if place else None
            verbal = terms[place].is_("speech") and not (
                before is not None and (before.is_("determiner") or before.is_("marks") or before.is_("adjective"))
            )
            if not verbal:
                return True
    unsaid = any(
        predicate.category == "speech"
        and (predicate.negated or _is_unable(terms, predicate))
        and begin <= predicate.at < draft.group.first
        for predicate in clauses.predicates
    )
    nobody = any(term.lower.split()[0] in _NOBODY for term in terms[begin : draft.group.first])
    return unsaid or (nobody and any(p.category == "speech" for p in clauses.predicates))


def _is_unable(terms: Sequence[Term], predicate: Predicate) -> bool:
    return any(term.is_("doubt", "possible") for term in terms[max(0, predicate.first - 1) : predicate.at])


def _deny(clauses: Clauses, draft: Handover) -> None:
    """Denies what a verb of denial above it denies: "Kyiv denied that Russia handed over 200 bodies"."""
    terms = clauses.terms
    begin, _ = _sentence_part(terms, draft)
    for predicate in clauses.predicates:
        if not (begin <= predicate.at < draft.group.first and terms[predicate.at].is_("doubt", "dispute")):
            continue
        if draft.group.first - predicate.at > _REACH or _is_passed(terms, predicate.last, draft.group.first):
            continue
        if predicate.lemma == "deny" and not predicate.negated and draft.status is Status.CARRIED_OUT:
            draft.status = Status.DENIED
        elif draft.status is not Status.DENIED or predicate.negated:
            draft.mood = Mood.DISPUTED


def _is_passed(terms: Sequence[Term], start: int, end: int) -> bool:
    """Returns whether the sentence goes on with another thing between the denial and the figure."""
    return any(term.is_("conjunction", "but") or term.is_("marks", "semicolon") for term in terms[start:end])


def _sentence_part(terms: Sequence[Term], draft: Handover) -> tuple[int, int]:
    """Returns the part of the sentence between semicolons that the draft stands in."""
    begin, end = draft.group.first, draft.group.last
    while begin > 0 and not terms[begin - 1].is_("marks", "semicolon"):
        begin -= 1
    while end < len(terms) and not terms[end].is_("marks", "semicolon"):
        end += 1
    return begin, end
