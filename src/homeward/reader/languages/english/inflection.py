"""The forms of English verbs."""

from collections import defaultdict
from collections.abc import Mapping

__all__ = ["inflect"]

_VOWELS = "aeiou"


def inflect(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Returns the forms of `verb`, whose first word is inflected, with their tags.

    Tags are base, third, past, participle and gerund. `irregular` maps a base to its past and participle.

    >>> sorted(inflect("hand over", {}))
    ['hand over', 'handed over', 'handing over', 'hands over']
    """
    first, space, rest = verb.partition(" ")
    tags: dict[str, set[str]] = defaultdict(set)
    if first == "be":
        for form in ("is", "are", "was", "were", "be", "been", "being"):
            tags[form].add("past" if form[0] == "w" else "participle" if form == "been" else "third")
    elif first in ("not",):
        tags[first].add("base")
    else:
        past, participle = irregular.get(first, (_past(first), _past(first)))
        tags[first].add("base")
        tags[_third(first)].add("third")
        tags[past].add("past")
        tags[participle].add("participle")
        tags[_gerund(first)].add("gerund")
    return {form + space + rest: frozenset(found) for form, found in tags.items()}


def _doubles(verb: str) -> bool:
    """Returns whether the last consonant doubles: swap, swapped; stress on the last syllable cannot be told."""
    return (
        len(verb) > 2
        and verb[-1] not in _VOWELS + "wxy"
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
        and (len(verb) <= 4 or verb in ("commit", "admit", "permit", "transfer", "occur", "refer", "kidnap", "regret"))
    )


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _doubles(verb) else "") + "ed"


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if _doubles(verb) else "") + "ing"
