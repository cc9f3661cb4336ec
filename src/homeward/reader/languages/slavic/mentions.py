"""Mentions: parties in a sentence, each with the case and the preposition that say what it does there."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.languages.slavic.noun_phrases import NounPhrase
from homeward.reader.languages.slavic.words import Word
from homeward.reader.scene import Scene, party_forms

__all__ = ["Mention", "find_mentions", "preposition_before"]

_ACTS = frozenset({"name", "people", "official", "body", "capital"})
_REACH = 5
_OBLIQUE = frozenset({"gent", "datv", "ablt", "loct"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A party at the word `at`; `preposition` is the name of the one that governs it, `via_place` a noun between.

    `governed` says that a noun before it governs it ("глава делегації Росії"), so that a genitive is no dative.
    `captivity` that it names who keeps them ("з російського полону").
    """

    at: int
    code: str
    forms: frozenset[str]
    cases: frozenset[str]
    preposition: str | None = None
    via_place: bool = False
    governed: bool = False
    plural: bool = False
    gender: str | None = None
    captivity: bool = False

    @property
    def fixed(self) -> bool:
        """Returns whether the form tells no case: "РФ", "США"."""
        return len(self.cases) >= 5


def find_mentions(words: Sequence[Word], phrases: Sequence[NounPhrase], scene: Scene) -> list[Mention]:
    """Returns the parties that act, receive or are a source, outside the phrases of people and bodies."""
    # "Бойовики" without a number are a side and not people who are counted.
    named = [p for p in phrases if p.amount is None and p.last - p.first == 1 and words[p.first].is_("generic")]
    inside = {place for phrase in phrases if phrase not in named for place in range(phrase.first, phrase.last)}
    found: list[Mention] = []
    for place, word in enumerate(words):
        forms = party_forms(word)
        if place in inside:
            continue
        if not forms:
            found += _of_generic(words, place, scene)
            continue
        code = next(entry.name for entry in word.entries if entry.category == "party")
        if "adjective" in forms and not forms & _ACTS:
            found += _of_adjective(words, place, code)
            continue
        special = _of_territory(words, place, code) or _of_title(words, place, code)
        if special is not None:
            found.append(special)
            continue
        preposition, via_place = preposition_before(words, place)
        joined = place > 1 and words[place - 1].is_("conjunction", "and") and bool(found) and found[-1].at == place - 2
        if joined and preposition is None and _cases(word) & found[-1].cases & _OBLIQUE:
            # "З окупованих територій та Росії": one preposition governs both.
            preposition, via_place = found[-1].preposition, found[-1].via_place
        plural = all(r.has("plur") for r in word.readings if r.case) and bool(word.readings)
        gender = _gender(word)
        found.append(
            Mention(place, code, forms, _cases(word), preposition, via_place, _governed(words, place), plural, gender)
        )
    return found


def _gender(word: Word) -> str | None:
    return next((g for r in word.readings for g in ("masc", "femn", "neut") if r.has(g)), None)


def _of_territory(words: Sequence[Word], place: int, code: str) -> Mention | None:
    """Returns the party of "з підконтрольної Києву території", whose dative the adjective governs."""
    before = words[place - 1] if place else None
    if before is None or not before.is_("controlled") or "datv" not in _cases(words[place]):
        return None
    following = words[place + 1] if place + 1 < len(words) else None
    cases = before.cases & following.cases if following is not None and following.is_("place") else before.cases
    preposition, _ = preposition_before(words, place - 1)
    return Mention(place, code, frozenset({"place"}), cases or before.cases, preposition, via_place=True)


def _of_title(words: Sequence[Word], place: int, code: str) -> Mention | None:
    """Returns the party of "представник Києва", "уряд Ємену": it does what its official or its government does."""
    if "gent" not in words[place].cases:
        return None
    for back in range(place - 1, max(place - 4, -1), -1):
        word = words[back]
        if word.is_("title"):
            preposition, _ = preposition_before(words, back)
            plural = all(r.has("plur") for r in word.readings if r.case)
            forms = frozenset({"official"})
            return Mention(place, code, forms, word.cases, preposition, plural=plural, gender=_gender(word))
        if not word.may_be("noun", "adjective") or not word.cases & {"gent"} or word.entries:
            return None
    return None


def _cases(word: Word) -> frozenset[str]:
    """Returns the cases; an abbreviation that the dictionary does not know may stand in any."""
    return word.cases or frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})


def _of_generic(words: Sequence[Word], place: int, scene: Scene) -> list[Mention]:
    """Returns the side that "повстанці" or "угруповання" means in a text on its conflict."""
    word = words[place]
    sides = (scene.side(entry.name) for entry in word.entries if entry.category == "generic")
    side = next((found for found in sides if found is not None), None)
    if side is None:
        return []
    preposition, via_place = preposition_before(words, place)
    plural = all(r.has("plur") for r in word.readings if r.case)
    forms = frozenset({"name"})
    governed = _governed(words, place)
    return [Mention(place, side.holder, forms, _cases(word), preposition, via_place, governed, plural, _gender(word))]


def _of_adjective(words: Sequence[Word], place: int, code: str) -> list[Mention]:
    """Returns the party of "з російського полону", "українською територією": an adjective before a place."""
    following = next((w for w in words[place + 1 : place + 4] if not w.is_only("adjective")), None)
    alone = place + 1 >= len(words) or words[place + 1].is_("marks", "stop", "comma", "semicolon")
    counted = place > 0 and words[place - 1].amount is not None
    if alone and counted and any(r.case != "nomn" and r.has("femn") for r in words[place].readings):
        # "1000 українській стороні, 24 російській": the noun is left out.
        return [Mention(place, code, frozenset({"name"}), frozenset({"datv"}))]
    if following is None:
        return []
    if words[place + 1].is_("marks", "dash") and "nomn" in words[place].cases:
        # "Українська – 26": the side whose noun was named before.
        return [Mention(place, code, frozenset({"name"}), frozenset({"nomn"}))]
    if following.is_("title"):
        preposition, _ = preposition_before(words, place)
        gender = _gender(following)
        cases = words[place].cases & following.cases or following.cases
        return [Mention(place, code, frozenset({"official"}), cases, preposition, gender=gender)]
    if not following.is_("place"):
        return []
    preposition, _ = preposition_before(words, place)
    captivity = following.lower[:4] in ("поло", "плен", "нево", "тюрм", "в'яз", "коло")
    plural = any(r.has("plur") for r in following.readings)
    cases = words[place].cases & following.cases or following.cases
    forms = frozenset({"place"})
    return [Mention(place, code, forms, cases, preposition, via_place=True, plural=plural, captivity=captivity)]


def preposition_before(words: Sequence[Word], place: int, *, past_places: bool = True) -> tuple[str | None, bool]:
    """Returns the preposition that governs what stands at `place`, and whether a place noun stands between.

    Parties stand behind places ("з території Росії"); people and bodies do not ("з полону 95 захисників").
    """
    via_place = False
    for back in range(place - 1, max(place - 1 - _REACH, -1), -1):
        word = words[back]
        if entry := word.get("preposition"):
            return entry.name, via_place
        if word.is_("place") and not word.is_("noun"):
            if not past_places:
                return None, False
            via_place = True
        elif not (_passes(word) and _may_agree(word, words[place])):
            return None, False
    return None, False


def _passes(word: Word) -> bool:
    """Returns whether a preposition may govern past the word: an adjective, a number, a quotation mark."""
    plain = word.amount is not None or word.glued or word.is_("possessive") or word.is_("marks", "quote", "quote_open")
    return plain or word.may_be("adjective", "participle", "numeral")


def _may_agree(word: Word, noun: Word) -> bool:
    """Returns whether an adjective may belong to the noun: "разом із військовими Росія" are two phrases."""
    return word.amount is not None or not word.cases or not noun.cases or bool(word.cases & noun.cases)


def _governed(words: Sequence[Word], place: int) -> bool:
    """Returns whether a noun stands right before, of which a genitive would be the complement."""
    if not place:
        return False
    before = words[place - 1]
    if before.amount is not None or before.date is not None or before.is_("marks") or before.is_("noun"):
        return False
    if before.is_("conjunction"):
        return False  # "и" is a noun too, the letter
    return before.may_be("noun") and not before.may_be("preposition", "verb") and not before.is_("home")
