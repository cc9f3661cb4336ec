"""Figures, dates, parties and kinds in words, for the templates."""

from datetime import date

from django import template
from django.utils.translation import get_language

from homeward.account.ledger import ClaimEntry, PartyEntry, Reconciliation, Verdict
from homeward.reader.claims import Quantity, What
from homeward.wording import dates, numbers
from homeward.wording.catalogue import Wording, languages, sentence_case, wording

register = template.Library()

MANY = 100


def _told() -> Wording:
    language = (get_language() or "en")[:2]
    return wording(language if language in languages() else "en")


@register.filter
def figure(value: int | None) -> str:
    """Returns 1000 as "1,000"."""
    return "" if value is None else numbers.figure(_told(), value)


@register.filter
def span(found: Reconciliation) -> str:
    """Returns the verified figure of a transfer, low to high; the unverified one where there is no other."""
    if found.low is None:
        return numbers.span(_told(), found.unverified_low, found.unverified_high)
    return numbers.span(_told(), found.low, found.high)


@register.simple_tag
def low_to_high(low: int | None, high: int | None) -> str:
    """Returns "1,000 to 1,003"."""
    return numbers.span(_told(), low, high)


@register.filter
def amount(quantity: Quantity | None) -> str:
    """Returns the figure as it was given."""
    return numbers.alone(_told(), quantity)


@register.filter
def day(value: str | date | None) -> str:
    """Returns an EDTF date or a day in words."""
    if not value:
        return ""
    return dates.spell(_told(), value.isoformat() if isinstance(value, date) else value)


@register.filter
def things(what: What | None) -> str:
    """Returns the plural noun: "bodies"."""
    return _told().plural(f"what.{what.value if what else 'unsaid'}", MANY)


@register.filter
def capital(text: str) -> str:
    """Returns the text with a capital at its beginning."""
    return sentence_case(str(text))


@register.filter
def plainly(value: str) -> str:
    """Returns a value of a closed vocabulary as words: "carried out"."""
    return sentence_case(value.replace("_", " "))


@register.filter
def verdict(value: Verdict) -> str:
    """Returns the word of a chip."""
    return str(_told().entry(f"verdict.{value.value}"))


@register.simple_tag(takes_context=True)
def party(context: template.Context, code: str | None, form: str = "name") -> str:
    """Returns a party's name, in the form asked for; the record's own name where the catalogue has none."""
    if not code:
        return str(_told().entry("who.press"))
    parties: dict[str, PartyEntry] = context.get("parties") or {}
    known = _told().knowing({code: parties[code].name} if code in parties else {})
    return format(known.party(code), form)


@register.simple_tag(takes_context=True)
def speaker(context: template.Context, claim: ClaimEntry) -> str:
    """Returns who says so: speaker and party, the party, or the publisher."""
    of_party = str(party(context, claim.speaker_party, "voice")) if claim.speaker_party else ""
    if claim.speaker and of_party and of_party.casefold() not in claim.speaker.casefold():
        return f"{claim.speaker} ({party(context, claim.speaker_party, 'short')})"
    return claim.speaker or of_party or claim.source.publisher or str(_told().entry("who.press"))
