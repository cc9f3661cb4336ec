"""Whether a text takes the bodies that a side received for that side's own dead."""

import re

from homeward.account.checking.record_phrases import RecordPhrases
from homeward.account.checking.values import Case
from homeward.reader.claims import Claim, What

__all__ = ["equates_with_own_dead"]

# The dead as a side calls its own, in the languages that the reader is made for: beginnings of words.
DEAD = (
    *("soldier", "servicem", "service member", "defender", "fallen", "troops", "fighter", "dead", "hero"),
    *("солдат", "військовослужбов", "захисник", "полегл", "загибл", "воїн", "боєц", "бійц", "геро"),
    *("военнослужащ", "защитник", "павш", "погибш", "боец", "бойц"),
)
POSSESSIVES = ("its", "their", "our", "own", "своїх", "наших", "своих")
BETWEEN = r"\s+(?:[\w-]+\s+){0,2}?"  # "its own fallen soldiers", but not across a comma
MIN_STEM = 4


def equates_with_own_dead(claim: Claim, case: Case) -> bool:
    """Returns whether the sentence of a claim on bodies calls them the receiver's own soldiers or dead."""
    if claim.what is not What.REMAINS or claim.receiver is None:
        return False
    owned = "|".join([*POSSESSIVES, *(rf"{re.escape(stem)}\w+" for stem in _stems(claim.receiver, case))])
    dead = "|".join(re.escape(one) for one in DEAD)
    return bool(re.search(rf"\b(?:{owned}){BETWEEN}(?:{dead})", _sentence(claim, case.body), re.IGNORECASE))


def _stems(party: str, case: Case) -> list[str]:
    """Returns the beginnings that a party's name shares with its adjective: "Ukrain" of Ukraine and Ukrainian."""
    name = str(RecordPhrases.of(case.ledger, case.language).wording.party(party))
    return [name[:-1]] if len(name) > MIN_STEM and name != party else []


def _sentence(claim: Claim, body: str) -> str:
    start = max(body.rfind(end, 0, claim.span.start) for end in (". ", "\n")) + 1
    end = min((at for mark in (". ", "\n") if (at := body.find(mark, claim.span.end)) >= 0), default=len(body))
    return body[start:end]
