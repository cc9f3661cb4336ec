"""A cell that gives one name twice, in two scripts or parted by a stroke: Коваль Іван / Koval Ivan."""

import re

from homeward.names.asides import is_given_text, is_patronymic_text, words_in
from homeward.names.forenames import compare_given_names, compare_patronymics
from homeward.names.readings import Reading
from homeward.names.relations import Relation
from homeward.names.script import Script, script_of
from homeward.names.surnames import compare_surnames

__all__ = ["may_be_one", "two_names"]

_STROKE = re.compile(r"\s*[/|;]\s*|\s+=\s+")


_ALIAS = re.compile(
    r"[\s,(\[]+(?:він же|вона ж|вона же|он же|она же|alias|also known as)[:\s]+([^()\[\]]+)", re.IGNORECASE
)


def two_names(text: str) -> tuple[str, str] | None:
    """Returns the two names of a cell, each with a given name or initials; None where it has one.

    >>> two_names("Коваль Іван / Koval Ivan"), two_names("Коваль Іван Koval Ivan"), two_names("Коваль Іван")
    (('Коваль Іван', 'Koval Ivan'), ('Коваль Іван', 'Koval Ivan'), None)
    """
    alias = _ALIAS.search(text)
    if alias is not None and alias.start():
        return text[: alias.start()].strip(" ,(["), _with_forenames(alias.group(1).strip(" ,)]"), text[: alias.start()])
    halves = _STROKE.split(text.strip())
    if len(halves) != 2:
        halves = _by_script(text.split())
    if len(halves) != 2 or not all(map(_is_whole_name, halves)):
        return None
    return halves[0], halves[1]


def _with_forenames(other: str, text: str) -> str:
    """Returns another surname with the forenames of the name that stands before it."""
    if any(map(is_given_text, words_in(other))):
        return other
    forenames = [word for word in words_in(text) if is_given_text(word) or is_patronymic_text(word) or len(word) < 3]
    return " ".join([other, *forenames])


def _by_script(words: list[str]) -> list[str]:
    """Returns the halves of a text that changes its script once."""
    if len(words) < 4:
        return []
    scripts = [script_of(word) for word in words]
    changes = [i for i in range(1, len(words)) if scripts[i] is not scripts[i - 1]]
    if len(changes) != 1 or Script.OTHER in scripts:
        return []
    return [" ".join(words[: changes[0]]), " ".join(words[changes[0] :])]


def _is_whole_name(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    return len([word for word in words if len(word) > 2]) >= 2 and any(map(is_given_text, words))


def may_be_one(one: Reading, two: Reading) -> bool:
    """Whether two readings of one cell may be one name: no part that both have contradicts."""
    relations = []
    if one.surname and two.surname:
        relations.append(compare_surnames(one.surname, two.surname, (one.sex, two.sex)).relation)
    if one.given and two.given:
        relations.append(compare_given_names(one.given, two.given).relation)
    if one.patronymic and two.patronymic:
        relations.append(compare_patronymics(one.patronymic, two.patronymic).relation)
    return bool(relations) and Relation.DIFFERENT not in relations
