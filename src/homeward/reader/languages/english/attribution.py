"""Who says so, in English: "Kyiv has said", "according to Kremlin aide Vladimir Medinsky", "she wrote on Telegram"."""

from collections.abc import Sequence

from homeward.reader.clauses import Reporter
from homeward.reader.languages.english.predicates import Predicate
from homeward.reader.languages.english.subjects import Clauses
from homeward.reader.scene import party_forms
from homeward.reader.terms import Term

__all__ = ["find_reporters"]

_REACH = 16
# "Zelensky: 175 more are home": the speaker of a heading has few words.
_HEADING = 3


def find_reporters(clauses: Clauses) -> list[Reporter]:
    """Returns who speaks in the sentence, each at the place of the verb or phrase that says so."""
    found: list[Reporter] = []
    channel = next((entry.name for term in clauses.terms if (entry := term.get("channel"))), None)
    for predicate in clauses.predicates:
        if predicate.category != "speech" or predicate.governor is not None:
            continue
        start = min(clauses.subject(predicate).start, predicate.first)
        speaker = _speaker(clauses, _after(clauses, predicate.last)) if _inverted(clauses, predicate) else None
        if speaker is None and not _quoted(clauses, predicate):
            speaker = _speaker(clauses, _before(clauses, start, predicate.first))
        if speaker is None and (clauses.subject(predicate).elided and found):
            speaker = (found[-1].speaker, found[-1].party)
        if speaker is None:
            speaker = _speaker(clauses, _after(clauses, predicate.last))
        if speaker is not None:
            found.append(Reporter(predicate.at, *speaker, channel))
    found += _according(clauses, channel)
    found += _colon(clauses, channel)
    return sorted(found, key=lambda reporter: reporter.at)


def _quoted(clauses: Clauses, predicate: Predicate) -> bool:
    """Returns whether a quotation ends just before the verb: "...," said Alice."""
    return predicate.first > 0 and clauses.terms[predicate.first - 1].is_("marks", "quote")


def _inverted(clauses: Clauses, predicate: Predicate) -> bool:
    """Returns whether the speaker follows the verb: "...," said Alice; "..., said Alice"."""
    return predicate.first > 0 and clauses.terms[predicate.first - 1].is_("marks", "quote", "comma")


def _may_speak(term: Term) -> bool:
    """Returns whether the word may be of a speaker's name in a heading; "KARACHI:" is where a report comes from."""
    plain = term.is_("marks") or term.amount is not None or (len(term.text) > 1 and term.text.isupper())
    return not plain and party_forms(term) != {"place"}


def _speaker(clauses: Clauses, words: Sequence[Term]) -> tuple[str | None, str | None] | None:
    """Returns the name and party of the speaker whom the words name."""
    return clauses.scene.names.speaker(words, clauses.scene, clauses.scene.last_subject)


def _before(clauses: Clauses, start: int, end: int) -> Sequence[Term]:
    """Returns the noun phrase that ends before the verb, back to the comma or conjunction that opens it."""
    place = end - 1
    while place > max(start - 12, 0):
        term = clauses.terms[place - 1]
        apposition = term.is_("marks", "comma") and place > start
        if place - 1 in clauses.predicate_of or term.is_("marks", "semicolon", "quote", "stop", "colon"):
            break
        if (
            place <= start
            and (term.is_("marks") or term.is_("conjunction") or term.is_("subordinator"))
            and not apposition
        ):
            break
        place -= 1
    return clauses.terms[max(place, 0) : end]


def _after(clauses: Clauses, start: int) -> Sequence[Term]:
    if start < len(clauses.terms) and clauses.terms[start].is_("preposition", "by"):
        start += 1
    end = start
    while end < min(start + _REACH, len(clauses.terms)):
        term = clauses.terms[end]
        if (
            end in clauses.predicate_of
            or term.is_("marks", "stop", "semicolon", "colon")
            or (term.is_("marks", "comma") and not _name_follows(clauses, start, end))
            or term.is_("subordinator")
        ):
            break
        end += 1
    return clauses.terms[start:end]


def _name_follows(clauses: Clauses, start: int, comma: int) -> bool:
    """Returns whether the name comes after the office and a comma: "Moscow's chief negotiator, Alice Example"."""
    if comma + 1 >= len(clauses.terms) or not any(term.is_("title") for term in clauses.terms[start:comma]):
        return False
    following = clauses.terms[comma + 1]
    official = any(entry.category == "party" and "official" in entry.forms for entry in following.entries)
    return official or (following.capital and not following.entries)


def _according(clauses: Clauses, channel: str | None) -> list[Reporter]:
    found = []
    for place, term in enumerate(clauses.terms):
        if term.is_("attribution", "according"):
            if any(before.is_("subordinator", "relative") for before in clauses.terms[max(0, place - 2) : place]):
                continue  # "which according to Moscow belong to ...": of these words alone
            speaker = _speaker(clauses, _after(clauses, place + 1))
            if speaker is not None:
                found.append(Reporter(place, *speaker, channel))
        elif term.is_("attribution", "by_count") and clauses.scene.names.last is not None:
            found.append(Reporter(place, *clauses.scene.names.last, channel))
    return found


def _colon(clauses: Clauses, channel: str | None) -> list[Reporter]:
    """Returns the speaker of `Umerov: "We agreed"`."""
    for place, term in enumerate(clauses.terms[:10]):
        if term.is_("marks", "colon"):
            quoted = any(
                following.is_("marks", "quote", "possessive") for following in clauses.terms[place + 1 : place + 2]
            )
            headed = 0 < place <= _HEADING and all(_may_speak(term) for term in clauses.terms[:place])
            speaker = _speaker(clauses, clauses.terms[:place]) if quoted or headed else None
            return [Reporter(place, *speaker, channel)] if speaker else []
    return []
