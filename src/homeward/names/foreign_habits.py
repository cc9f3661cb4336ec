"""German, Polish and French spelling that one word of a name shows holds for its others: Selenko beside Jaroslaw."""

import re

__all__ = ["respelled", "shows_foreign_habit", "shows_habit_surely"]

_SHOWN = re.compile(r"tsch|sch|w|\bj|sz|cz|ż|rz", re.IGNORECASE)
_SHOWN_BESIDE = re.compile(rf"{_SHOWN.pattern}|yj\b", re.IGNORECASE)
"""Marks that tell something beside others: -yj alone is also that of tables that scholars follow."""
# Whoever writes so follows a table for English readers, where ch and z are what they are.
_ENGLISH = re.compile(r"(?<![sc])(?<!sc)sh|kh|zh|ts(?!ch)|y[aeu]|[aeiou]y\b", re.IGNORECASE)
_POLISH = re.compile(r"sz|cz|ż|rz|icz\b", re.IGNORECASE)
_GERMAN = re.compile(r"tsch|sch", re.IGNORECASE)

_HABITS = (
    # name, what rules it out, what it writes otherwise than the tables do
    (
        _POLISH,
        ((r"(?<![st])ch", "kh"), (r"(?<!t)z", "ts"), (r"(?<![a-z])s(?=[aeiouyj])|(?<=[aeiouy])s(?=[aeiouyj])", "z")),
    ),
    (_GERMAN, ((r"ch", "kh"), (r"c(?![hzk])", "ts"))),
)
_FRENCH = re.compile(r"tch|ou|ï|gu[eiy]|[eo]ff\b", re.IGNORECASE)
_NOT_FRENCH = re.compile(r"sh|zh|w|cz|sz|tsch|sch|\bj|[aeiou]y\b", re.IGNORECASE)


def shows_foreign_habit(text: str) -> bool:
    """Whether a name in Latin letters may follow German, Polish or French spelling.

    >>> shows_foreign_habit("Selenko Jaroslaw"), shows_foreign_habit("Zelenko Yaroslav")
    (True, False)
    """
    return (bool(_SHOWN.search(text)) and not _ENGLISH.search(text)) or _shows_french(text)


def _shows_french(text: str) -> bool:
    return bool(_FRENCH.search(text)) and not _NOT_FRENCH.search(text)


def shows_habit_surely(text: str) -> bool:
    """Whether it shows more than one mark, or one that no table for English readers has: w alone is an old spelling."""
    return len({mark.lower() for mark in _SHOWN_BESIDE.findall(text)}) > 1 or bool(
        re.search(r"tsch|sz|cz|ż|tch|iou|ï", text, re.IGNORECASE)
    )


def respelled(text: str, words: list[str]) -> list[list[str]]:
    """Returns the words as the tables would write them, once for each habit that the whole text may follow.

    Words that show the mark themselves stay as they are: their own lattice knows the habit.

    >>> respelled("Selenko Jaroslaw", ["selenko", "jaroslaw"])[0]
    ['zelenko', 'jaroslaw']
    """
    if not shows_foreign_habit(text):
        return []
    if _shows_french(text):
        changed = [word if _FRENCH.search(word) else re.sub("ch", "sh", word) for word in words]
        return [changed] if changed != words else []
    found = []
    for against, changes in _HABITS:
        if not against.search(text):
            changed = [word if _SHOWN.search(word) else _changed(word, changes) for word in words]
            if changed != words and changed not in found:
                found.append(changed)
    return found


def _changed(word: str, changes: tuple[tuple[str, str], ...]) -> str:
    for pattern, piece in changes:
        word = re.sub(pattern, piece, word)
    return word
