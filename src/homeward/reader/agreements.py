"""Agreements: the name of the deal that a claim falls under, such as "Istanbul 2025"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reader.claims import Scope
from homeward.reader.terms import Term

__all__ = ["Agreements"]

_REACH = 14
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Agreements:
    """The agreements that a text names, in order; "that deal" and "the agreement" mean the one named first."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, sentences: Sequence[Sequence[Term]]) -> "Agreements":
        """Returns the agreements named in the sentences."""
        return cls(tuple(dict.fromkeys(name for terms in sentences if (name := _name(terms)))))

    def named_at(self, terms: Sequence[Term], scope: Scope) -> str | None:
        """Returns the agreement for a claim: the one its sentence names, else the text's own for what was agreed.

        A transfer belongs to it where the text speaks of one agreement only and the claim is of its own event.
        """
        own = _name(terms)
        if own is not None:
            return own
        told = scope is Scope.AGREEMENT or any(term.is_("deal", "deal") for term in terms)
        if self.names and (told or len(self.names) == 1):
            return self.names[0]
        return None


def _name(terms: Sequence[Term]) -> str | None:
    """Returns place and time of the deal: "an agreement reached in Istanbul in 2025" is "Istanbul 2025"."""
    for place, term in enumerate(terms):
        if not (term.is_("deal", "deal") or term.is_("control", "agreed")):
            continue
        window = [*terms[max(0, place - 4) : place], *terms[place + 1 : place + _REACH]]
        town = next((found.text for found in window if _is_town(found)), None)
        when = next((found for found in window if found.date is not None), None)
        year = _YEAR.search(when.text) if when else None
        edtf = _YEAR.search(when.date.edtf) if when and when.date and when.date.edtf else None
        told = year or edtf
        if town and told:
            return f"{town} {told[0]}"
        if town:
            return town
        if when is not None and term.is_("deal", "deal") and when.text:
            return f"{term.text}, {_bare(when.text)}"
    return None


def _is_town(term: Term) -> bool:
    return any(entry.category == "party" and "place" in entry.forms for entry in term.entries)


def _bare(text: str) -> str:
    return text.split(" ", 1)[1] if text[:1].islower() and " " in text else text
