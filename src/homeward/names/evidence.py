"""Evidence beside the name that adds to its weight: birth date, sex, service number, unit.

Each is a log10 likelihood ratio of one person against unrelated people, independent of the name given the hypothesis.
Some pieces contradict: they speak of two people whatever the names say.
"""

import re
from dataclasses import dataclass
from math import log10

from rapidfuzz.distance import OSA

from homeward.names.birth_dates import birth_date_weight

__all__ = ["Evidence", "birth_date_evidence", "service_number_evidence", "sex_evidence", "unit_evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence beside the name: its weight, why, and whether it contradicts one person."""

    log10_lr: float
    why: str
    contradicts: bool = False


def birth_date_evidence(a: str, b: str) -> Evidence | None:
    """Returns what two birth dates say; None where one is not given.

    >>> birth_date_evidence("1990-05-12", "1974-02-28").contradicts
    True
    """
    found = birth_date_weight(a, b)
    if found is None:
        return None
    why = f"{found.why}, which no usual slip explains" if found.contradict else found.why
    return Evidence(found.log10_lr, why, found.contradict)


def sex_evidence(one: str, two: str) -> Evidence | None:
    """Returns what two columns of sex say. One that agrees says nothing, for the given name has said it."""
    return Evidence(-2.0, "the other sex", contradicts=True) if one and two and one != two else None


def service_number_evidence(a: str, b: str) -> Evidence | None:
    """Returns what two service numbers say; None where one is not given.

    >>> service_number_evidence("АА-123456", "aa 123456").why
    'the same service number'
    """
    one, two = _plain_number(a), _plain_number(b)
    if not one or not two:
        return None
    chance = 10.0 ** -min(sum(c.isdigit() for c in max(one, two, key=len)), 6)
    if one == two:
        return Evidence(log10(0.92 / chance), "the same service number")
    if len(one) == len(two) and OSA.distance(one, two) == 1:
        return Evidence(log10(0.04 / (10 * len(one) * chance)), "service numbers one sign apart, or two exchanged")
    if _share_nothing(one, two):
        return Evidence(log10(0.02), "another service number of the same form, no slip apart", contradicts=True)
    return Evidence(log10(0.04), "another service number")


_FULL_NUMBER = 6
_FEWEST_EDITS = 3


def _share_nothing(one: str, two: str) -> bool:
    """Whether two full numbers of one form are further apart than slips lead.

    Numbers of two forms may be those of two documents of one person: a tag, a passport, a soldier's book.
    """
    forms = [re.sub(r"\d", "9", re.sub(r"[^\W\d]", "A", number)) for number in (one, two)]
    full = forms[0] == forms[1] and forms[0].count("9") >= _FULL_NUMBER
    return full and OSA.distance(one, two) >= _FEWEST_EDITS


_LATIN_LIKE = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")


def _plain_number(text: str) -> str:
    return re.sub(r"[\W_]", "", text.upper().translate(_LATIN_LIKE))


def unit_evidence(a: str, b: str, frequency: float = 0.01) -> Evidence | None:
    """Returns what two units or places say; None where one is not given. A difference says little."""
    one, two = _plain_unit(a), _plain_unit(b)
    if not one or not two:
        return None
    if one == two or (one[0] and one[0] == two[0]):
        return Evidence(log10(0.6 / max(frequency, 1e-4)), "the same unit")
    return Evidence(log10(0.4 / 0.99), "another unit, or written otherwise")


def _plain_unit(text: str) -> tuple[str, str] | None:
    """Returns the digits and the letters of a unit: 79 ОДШБр and 79-та бригада share the digits."""
    if not text.strip():
        return None
    return "".join(re.findall(r"\d+", text)[:1]), "".join(c for c in text.casefold() if c.isalpha())
