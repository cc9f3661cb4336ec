"""What a figure counts, by the words beside it alone: the noun after it, and bodies that a word before it names."""

from collections.abc import Sequence

from homeward.reader.clauses import Patient
from homeward.reader.figures import Figure
from homeward.reader.groups import EXPLICIT, GroupKind
from homeward.reader.languages.slavic.words import Word
from homeward.reader.scene import party_forms

__all__ = ["PARTY", "counted_by"]

PARTY = frozenset({"name", "capital", "people", "official", "body", "place"})
_MOST_BARE = 50_000


def counted_by(words: Sequence[Word], place: int, figure: Figure) -> Patient | None:
    """Returns what the figure counts: the noun after it within a few words, bodies where a word before it says so."""
    kind, last, dead, nation = None, figure.last, False, None
    for ahead in range(figure.last, min(figure.last + 6, len(words))):
        word = words[ahead]
        entry = word.get("noun")
        if word.is_("marks") or word.amount is not None or word.date is not None or word.is_("verb"):
            break
        citizens = ahead > figure.last and words[ahead - 1].is_("citizen") and "name" in party_forms(word)
        if "adjective" in party_forms(word) or "people" in party_forms(word) or citizens:
            nation = nation or next(e.name for e in word.entries if e.category == "party")
        dead = dead or word.is_("adjective", "dead")
        people = "people" in party_forms(word)
        if entry or people:
            found = GroupKind(entry.name) if entry else GroupKind.PEOPLE
            found = GroupKind.SOLDIERS if entry and word.is_("adjective", "dead") else found
            kind = found if kind is None or found is GroupKind.REMAINS else kind
            last = ahead + 1
        elif kind is not None or not (word.may_be("adjective", "participle") or word.glued or word.is_("possessive")):
            break
    before = words[max(0, figure.first - 3) : figure.first]
    bodies = any(word.is_("noun", "remains") and not word.is_("adjective", "dead") for word in before)
    first = figure.first
    number = figure.amount.number if figure.amount else None
    if figure.first and _led_away(words[figure.first - 1]):
        return None
    if kind is None and (not _may_be_bare(words, figure.last) or (number or 0) > _MOST_BARE):
        return None
    what = EXPLICIT.get(kind) if kind else None
    captives = next((e.name for word in words[figure.last : last] if (e := word.get("captives"))), None)
    if kind is not None and (dead or bodies):
        what = EXPLICIT[GroupKind.REMAINS]
    return Patient(
        first=first,
        last=last,
        figure=place,
        amount=figure.amount,
        what=what,
        nation=nation,
        captives_of=captives,
        kind=kind,
    )


def _led_away(before: Word) -> bool:
    """Returns whether the word before the figure makes it no object: "в обмін на одного", "про 1003 тіла"."""
    return before.is_("preposition", "for", "with", "from", "by_means", "according", "other") and not before.is_("each")


def _may_be_bare(words: Sequence[Word], after: int) -> bool:
    """Returns whether a figure without a noun may count those spoken of: "38 – Росії", "193 на 193"."""
    if after >= len(words):
        return True
    word = words[after]
    return word.is_("marks") or word.is_("preposition") or word.is_("each") or bool(party_forms(word) & PARTY)
