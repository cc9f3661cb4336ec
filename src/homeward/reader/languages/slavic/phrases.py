"""Noun phrases of people and bodies in Ukrainian and Russian: "тіла 1000 загиблих українських захисників".

The numeral and its noun settle the case together: "1000 тіл" stands where a nominative or an accusative stands, "1000
тілами" is an instrumental. A party in the genitive belongs to the phrase only where its form can be nothing else, since
"38 військових Росії" may be Russia's soldiers or given to Russia (`arguments` decides).
"""

from collections.abc import Sequence

from homeward.reader.claims import Modifier
from homeward.reader.groups import GroupKind
from homeward.reader.languages.slavic.noun_phrases import DIRECT, NounPhrase
from homeward.reader.languages.slavic.words import Word
from homeward.reader.scene import party_forms

__all__ = ["find_phrases"]

_LONGEST = 18
# No handover is of more; a larger figure without a noun is money or something else.
_MOST_BARE = 50_000
_ADJECTIVAL = ("adjective", "participle", "pronoun")
_COUNTED_BY_OTHERS = frozenset({GroupKind.REMAINS, GroupKind.CONTAINER})
_NAMED_BY_ADJECTIVE = {"civil": GroupKind.CIVILIANS, "captive": GroupKind.PRISONERS, "children": GroupKind.CHILDREN}
_CATEGORIES = {"wounded_or_sick": "seriously_wounded_or_sick"}
_JOINED = frozenset(
    {GroupKind.SOLDIERS, GroupKind.PEOPLE, GroupKind.PRISONERS, GroupKind.CIVILIANS, GroupKind.WEAK_CIVILIANS}
)


def find_phrases(words: Sequence[Word]) -> list[NounPhrase]:
    """Returns the phrases of people or bodies, and the bare figures, left to right without overlap."""
    found: list[NounPhrase] = []
    position = 0
    while position < len(words):
        phrase = _phrase_at(words, position)
        if phrase is None:
            position += 1
            continue
        _name_after_dash(words, found[-1] if found else None, phrase)
        found.append(phrase)
        position = max(phrase.last, position + 1)
    return found


def _name_after_dash(words: Sequence[Word], before: NounPhrase | None, phrase: NounPhrase) -> None:
    """Lets "цивільні – 20 наших людей" be twenty civilians."""
    if before is None or before.amount is not None or phrase.amount is None or phrase.kind is not GroupKind.PEOPLE:
        return
    between = words[before.last : phrase.first]
    if len(between) == 1 and between[0].is_("marks", "dash") and before.kind in _NAMED_BY_ADJECTIVE.values():
        phrase.kind = before.kind


def _kind(word: Word) -> tuple[GroupKind | None, bool]:
    """Returns what the noun names, and whether it says that they are dead."""
    if entry := word.get("noun"):
        # "Загиблий" is a dead person, and in "тіло загиблого" one whose body is counted.
        return (GroupKind.SOLDIERS, True) if word.is_("adjective", "dead") else (GroupKind(entry.name), False)
    if "people" in party_forms(word) and word.may_be("noun"):
        return GroupKind.PEOPLE, False
    return None, False


def _phrase_at(words: Sequence[Word], start: int) -> NounPhrase | None:
    phrase = NounPhrase(start, start)
    place = _before_noun(words, start, phrase)
    if place < len(words) and place - start < _LONGEST:
        kind, dead = _kind(words[place])
        if kind is not None and _is_head(words, place, phrase):
            phrase.kind, phrase.dead = kind, phrase.dead or dead
            _take_noun(words, place, phrase)
            phrase.last = _after_noun(words, place + 1, phrase)
            if phrase.adjective is not None and phrase.kind in (GroupKind.PEOPLE, GroupKind.SOLDIERS):
                # "Цивільні особи", "полонені захисники"
                phrase.kind = phrase.adjective
            _settle_cases(words, place, phrase)
            return phrase
    return _bare(words, phrase)


def _is_head(words: Sequence[Word], place: int, phrase: NounPhrase) -> bool:
    """Returns whether the noun is no part of a verb or a title: "передав" has no noun, "полонені" has."""
    return words[place].may_be("noun", "adjective", "participle") or phrase.figure_at is not None


def _before_noun(words: Sequence[Word], start: int, phrase: NounPhrase) -> int:
    """Takes in number, possessive and adjectives; returns where the noun should stand."""
    place = start
    while place < len(words) and place - start < 9:
        word = words[place]
        if word.amount is not None and phrase.amount is None:
            phrase.amount, phrase.figure_at = word.amount, place
        elif entry := word.get("possessive"):
            phrase.owner = entry.name
        elif "adjective" in party_forms(word) and word.may_be("adjective"):
            phrase.nation = next(entry.name for entry in word.entries if "adjective" in entry.forms)
        elif word.is_("after", "age") and phrase.amount is not None:
            phrase.category = "under_25"
        elif word.glued and place > start and word.may_be("adjective", "noun", "other") and not word.is_("noun"):
            pass
        elif not _is_modifier(words, place):
            break
        elif entry := word.get("adjective"):
            _qualify(phrase, entry.name)
        elif (moved := word.get("participle") or word.get("verb")) and word.may_be("adjective", "participle"):
            phrase.moved_by = moved.name
        place += 1
    return place


def _qualify(phrase: NounPhrase, name: str) -> None:
    if name == "dead":
        phrase.dead = True
    phrase.adjective = _NAMED_BY_ADJECTIVE.get(name, phrase.adjective)
    phrase.category = _CATEGORIES.get(name, phrase.category)


def _is_modifier(words: Sequence[Word], place: int) -> bool:
    """Returns whether the word is an adjective before a noun that it may agree with."""
    word = words[place]
    if word.date is not None or word.is_("subordinator") or word.is_("preposition") or word.is_("marks"):
        return False
    if not word.may_be("adjective", "participle") or word.is_("control"):
        return False
    if (word.is_("participle") or word.is_("verb")) and any(_is_be(near) for near in words[max(0, place - 2) : place]):
        return False  # "Мають бути звільнені 33 полонені" has a verb, and no freed prisoners
    names = _kind(word)[0] is not None
    for ahead in range(place + 1, min(place + 6, len(words))):
        following = words[ahead]
        # "Полонених і 120 цивільних": what is a noun itself stands alone, unless its noun follows at once.
        if names and (following.amount is not None or following.is_("marks") or following.is_("conjunction")):
            return False
        if following.is_("marks", "comma", "quote", "quote_open", "quote_close") or following.is_("conjunction", "and"):
            continue
        if _kind(following)[0] is not None:
            return bool(following.cases & word.cases) or following.amount is not None
        if following.amount is None and not following.may_be("adjective", "participle", "adverb"):
            return False
    return False


def _is_be(word: Word) -> bool:
    return any(reading.lemma in ("бути", "быть") for reading in word.readings)


def _take_noun(words: Sequence[Word], place: int, phrase: NounPhrase) -> None:
    word = words[place]
    phrase.last = place + 1
    phrase.plural = any(r.has("plur") for r in word.readings) or phrase.amount is not None
    if "people" in party_forms(word):
        phrase.nation = phrase.nation or next(e.name for e in word.entries if "people" in e.forms)
    if entry := word.get("adjective"):
        phrase.category = _CATEGORIES.get(entry.name, phrase.category)
    if entry := word.get("captives"):
        phrase.captives = entry.name


def _after_noun(words: Sequence[Word], place: int, phrase: NounPhrase) -> int:
    """Takes in what the noun governs: genitives, a number among them, "і" with another noun; returns the end."""
    last = place
    while place < len(words) and place - phrase.first < _LONGEST:
        word = words[place]
        if _takes_in(words, place, last, phrase):
            last = place + 1
        elif word.lower in ("з", "из") and place + 1 < len(words) and words[place + 1].lower in ("числа", "поміж"):
            place += 1
        elif not _passes(words, place, phrase):
            break
        place += 1
    _died(words, last, phrase)
    return last


def _takes_in(words: Sequence[Word], place: int, last: int, phrase: NounPhrase) -> bool:
    """Returns whether the word belongs to the phrase and may end it: a noun, a number, a party in the genitive."""
    word, forms = words[place], party_forms(words[place])
    kind, dead = _kind(word)
    if word.is_("after", "age"):
        phrase.category = "under_25"
    elif word.amount is not None and phrase.amount is None and _governs_number(words, place, phrase):
        phrase.amount, phrase.figure_at = word.amount, place
    elif kind is not None and word.amount is None and word.cases & (_cases_of(words, phrase) | {"gent"}):
        _add_noun(word, kind, phrase, dead=dead)
    elif "name" in forms and (word.cases == {"gent"} or words[place - 1].is_("citizen")):
        phrase.nation = phrase.nation or next(e.name for e in word.entries if "name" in e.forms)
    elif "body" in forms and "gent" in word.cases and place == last:
        phrase.nation = phrase.nation or next(e.name for e in word.entries if e.forms & {"name", "body"})
    else:
        return False
    return True


def _passes(words: Sequence[Word], place: int, phrase: NounPhrase) -> bool:
    """Returns whether the word is an adjective, "своїх" or "і" inside the phrase, and notes what it says."""
    word = words[place]
    if entry := word.get("possessive"):
        phrase.owner = phrase.owner or entry.name
        return any(_kind(following)[0] is not None for following in words[place + 1 : place + 3])
    if _is_modifier(words, place):
        if "adjective" in party_forms(word):
            phrase.nation = phrase.nation or next(e.name for e in word.entries if "adjective" in e.forms)
        elif entry := word.get("adjective"):
            _qualify(phrase, entry.name)
        return True
    return word.is_("conjunction", "and") and _joins(words, place, phrase)


def _cases_of(words: Sequence[Word], phrase: NounPhrase) -> frozenset[str]:
    return words[phrase.last - 1].cases


def _governs_number(words: Sequence[Word], place: int, phrase: NounPhrase) -> bool:
    """Returns whether "тіла 1000 загиблих" goes on: only after what is counted by others, before people."""
    if words[place].amount is None or (phrase.kind not in _COUNTED_BY_OTHERS and not phrase.dead):
        return False
    for ahead in range(place + 1, min(place + 6, len(words))):
        if _kind(words[ahead])[0] is not None:
            return True
        if not words[ahead].may_be("adjective", "participle") and not words[ahead].get("possessive"):
            return False
    return False


def _add_noun(word: Word, kind: GroupKind, phrase: NounPhrase, *, dead: bool) -> None:
    """Lets the stronger noun name the phrase: "тіла захисників" are remains, "полонених захисників" prisoners."""
    if (
        phrase.kind is None
        or (kind.rank < phrase.kind.rank and phrase.kind not in _JOINED)
        or (phrase.kind in (GroupKind.SOLDIERS, GroupKind.PEOPLE) and kind in (GroupKind.PRISONERS, GroupKind.REMAINS))
    ):
        phrase.kind = kind
    phrase.dead = phrase.dead or dead
    if "people" in party_forms(word):
        phrase.nation = phrase.nation or next(e.name for e in word.entries if "people" in e.forms)


def _joins(words: Sequence[Word], place: int, phrase: NounPhrase) -> bool:
    """Returns whether "і" joins a second noun without a number of its own: "захисників і захисниць"."""
    for ahead in range(place + 1, min(place + 4, len(words))):
        word = words[ahead]
        kind, _ = _kind(word)
        if kind is not None:
            return bool(word.cases & _cases_of(words, phrase)) or "gent" in word.cases
        if word.amount is not None or not word.may_be("adjective", "participle"):
            return False
    return False


def _died(words: Sequence[Word], last: int, phrase: NounPhrase) -> None:
    """Notes "захисників, які загинули на полі бою"."""
    window = words[last : last + 4]
    relative = len(window) > 2 and window[0].is_("marks", "comma") and window[1].is_("subordinator", "relative")
    if relative and any(word.is_("died") for word in window[2:]):
        phrase.dead = True


def _settle_cases(words: Sequence[Word], head: int, phrase: NounPhrase) -> None:
    noun = words[head]
    cases = noun.cases
    before = [w for w in words[phrase.first : head] if w.may_be(*_ADJECTIVAL) and w.cases and w.amount is None]
    for word in before:
        cases = (cases & word.cases) or cases
    counted = phrase.figure_at is not None and phrase.figure_at < head
    if counted:
        numeral = words[phrase.figure_at] if phrase.figure_at is not None else noun
        spelled = numeral.cases
        if _bounded(numeral):
            # "Поверне до шести тисяч тіл": the genitive is that of "up to".
            cases = cases | DIRECT
        elif spelled and not spelled & {"nomn", "accs"}:
            cases = spelled
        elif "gent" in cases:
            # "1000 тіл": the genitive is the number's; the phrase stands in the nominative or accusative.
            cases = cases | DIRECT
    elif phrase.amount is not None and phrase.plural:
        plural = frozenset(r.case for r in noun.readings if r.case and r.has("plur"))
        cases = plural or cases
    phrase.cases = cases


def _bounded(numeral: Word) -> bool:
    """Returns whether "до", "більше" or "не менше" stands with the number and governs its genitive."""
    amount = numeral.amount
    return amount is not None and amount.modifier is not Modifier.EXACT and " " in numeral.lower


def _bare(words: Sequence[Word], phrase: NounPhrase) -> NounPhrase | None:
    """Returns the figure at the start as a phrase without a noun: "38 – Росії", "отримала 27 натомість"."""
    amount = words[phrase.first].amount
    if amount is None:
        return None
    if (amount.number is None and not amount.same) or (amount.number or 0) > _MOST_BARE:
        return None
    if _is_age(words, phrase.first):
        return None
    end = phrase.first + 1
    nation = owner = None
    # "24 російських", "38 своїх": whose they are, without the noun.
    if end < len(words) and any(r.case == "gent" and r.has("plur") for r in words[end].readings):
        nation = next((e.name for e in words[end].entries if "adjective" in e.forms), None)
        owner = next((e.name for e in words[end].entries if e.category == "possessive"), None)
        end += bool(nation or owner)
    if end < len(words) and not _stands_alone(words, end):
        return None
    numeral = words[phrase.first].cases
    cases = numeral if numeral and not numeral & DIRECT and not _bounded(words[phrase.first]) else DIRECT
    return NounPhrase(phrase.first, end, phrase.first, amount, nation=nation, owner=owner, cases=cases)


def _is_age(words: Sequence[Word], place: int) -> bool:
    """Returns whether the figure is how old somebody is: "наймолодшому 23 роки, найстаршому – 63"."""
    dash = place > 1 and words[place - 1].is_("marks", "dash")
    return dash and words[place - 2].is_("elder")


def _stands_alone(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.amount is not None or word.date is not None or word.figure:
        return word.date is not None or word.amount is not None
    if word.is_("marks") or word.is_("preposition") or word.is_("conjunction") or word.is_("pronoun"):
        return not word.is_("marks", "percent", "currency")
    if party_forms(word) & {"name", "capital", "body"} or word.is_("reciprocal") or word.is_("each"):
        return True
    if "adjective" in party_forms(word) and any(r.has("femn") for r in word.readings):
        return True  # "24 російській": to the Russian side
    if word.is_("verb") or word.is_("subordinator") or word.is_("negation") or word.is_("home") or word.is_("adverb"):
        return True
    return word.is_only("verb", "adverb", "infinitive", "converb", "preposition", "conjunction", "particle")
