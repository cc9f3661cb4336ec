"""Figures, dates, parties, kinds and verdicts in words, for the templates."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_timedelta
from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from homeward.account.ledger import ClaimEntry, PartyEntry, Reconciliation, TransferEntry, Verdict
from homeward.account.series import Counted
from homeward.account.vocabulary import CheckVerdict, ProposalState
from homeward.reader.claims import Modifier, Quantity, What
from homeward.record.articles import name_of
from homeward.record.models import Article
from homeward.record.spoken import catalogue
from homeward.record.words import WORDS
from homeward.wording import dates, numbers
from homeward.wording.catalogue import Wording, sentence_case

register = template.Library()

# How a verdict looks as a chip: the one table in which the account's verdicts meet the style sheet.
LOOKS: Mapping[Enum, str] = MappingProxyType(
    {
        Verdict.CORROBORATED: "both",
        Verdict.ONE_SIDED: "one",
        Verdict.CONTESTED: "contested",
        Verdict.REPORTED: "press",
        Verdict.UNVERIFIED: "unverified",
        CheckVerdict.AGREES: "both",
        CheckVerdict.DIFFERS: "one",
        CheckVerdict.CONTRADICTS: "contested",
        CheckVerdict.UNKNOWN: "unverified",
        CheckVerdict.MISSING_FROM_TEXT: "press",
    }
)


def told(parties: Mapping[str, PartyEntry]) -> Wording:
    """Returns the catalogue of the page's language, knowing the names of a record's parties."""
    return catalogue().knowing({code: party.name for code, party in parties.items()})


@register.filter
def figure(value: int | None) -> str:
    """Returns 1000 as "1,000"."""
    return "" if value is None else numbers.figure(catalogue(), value)


@register.filter
def span(found: Reconciliation) -> str:
    """Returns the verified figure of a transfer, low to high; the unverified one where there is no other."""
    return numbers.span(catalogue(), *_bounds(found))


@register.simple_tag
def low_to_high(low: int | None, high: int | None) -> str:
    """Returns "1,000 to 1,003"."""
    return numbers.span(catalogue(), low, high)


@register.filter
def amount(quantity: Quantity | None) -> str:
    """Returns the figure as it was given."""
    return numbers.alone(catalogue(), quantity)


@register.filter
def day(value: str | date | None, form: str = "") -> str:
    """Returns an EDTF date or a day in words, in a form of the catalogue where one is asked for."""
    if not value:
        return ""
    return format(dates.spell(catalogue(), value.isoformat() if isinstance(value, date) else value), form)


@register.filter
def moment_in_words(value: datetime) -> str:
    """Returns a moment of UTC to the second, as the language writes it."""
    return str(format_datetime(value.astimezone(UTC), "d MMM y, HH:mm:ss", locale=catalogue().locale))


@register.simple_tag
def age(since: datetime, now: datetime) -> str:
    """Returns how long something has waited: "7 days"."""
    waited = max(now - since, timedelta(minutes=1))
    return str(format_timedelta(waited, granularity="minute", threshold=1.5, locale=catalogue().locale))


@register.filter
def things(what: What | None) -> str:
    """Returns the plural noun: "bodies"."""
    return str(numbers.noun(catalogue(), what))


@register.simple_tag
def counted(claim: Any) -> str:
    """Returns the figure of a claim with what it counts: "1,000 bodies", "all prisoners under 25"."""
    if not claim.what:
        return amount(claim.quantity)
    if claim.quantity and claim.quantity.modifier is Modifier.ALL:  # it stands alone here, the object of no verb
        things_ = numbers.noun(catalogue(), claim.what, category=claim.category or "")
        return catalogue().say("amount.counted", amount=amount(claim.quantity), noun=things_)
    numerals = claim.quantity is not None
    return numbers.counted(catalogue(), claim.quantity, claim.what, category=claim.category or "", numerals=numerals)


@register.filter
def capital(text: str) -> str:
    """Returns the text with a capital at its beginning."""
    return sentence_case(str(text))


@register.filter
def vocabulary(value: Enum) -> str:
    """Returns a word of a closed vocabulary."""
    return str(WORDS[value])


@register.filter
def state(value: str) -> str:
    """Returns what became of a proposed claim."""
    return str(WORDS[ProposalState(value)])


@register.filter
def verdict(value: Verdict) -> str:
    """Returns the words of a verdict."""
    return str(catalogue().entry(f"verdict.{value.value}"))


@register.filter
def chip_look(value: Enum) -> str:
    """Returns the look of a verdict's chip."""
    return LOOKS[value]


@register.simple_tag(takes_context=True)
def chip(context: template.Context, found: Reconciliation) -> SafeString:
    """Returns the verdict of a transfer as a chip; one side is named."""
    who = party(context, found.said_by[0], "voice") if found.said_by else ""
    words = catalogue().say(f"brief.chip.{found.verdict.value}", who=who)
    return render_to_string("components/chip.html", {"look": LOOKS[found.verdict], "words": sentence_case(words)})


@register.simple_tag
def unverified_chip() -> SafeString:
    """Returns the chip of a single claim that nobody has verified."""
    words = sentence_case(verdict(Verdict.UNVERIFIED))
    return render_to_string("components/chip.html", {"look": LOOKS[Verdict.UNVERIFIED], "words": words})


@register.simple_tag(takes_context=True)
def party(context: template.Context, code: str | None, form: str = "name") -> str:
    """Returns a party's name, in the form asked for; the record's own name where the catalogue has none."""
    if not code:
        return str(catalogue().entry("who.press"))
    return format(told(_parties(context)).party(code), form)


@register.simple_tag(takes_context=True)
def party_heading(context: template.Context, code: str) -> str:
    """Returns "To Ukraine"."""
    spoken = told(_parties(context))
    return sentence_case(spoken.say("chart.there", receiver=spoken.party(code)))


@register.simple_tag(takes_context=True)
def parties_listed(context: template.Context, codes: Iterable[str], form: str = "name") -> str:
    """Returns "Qatar and the United Arab Emirates"."""
    return sentence_case(catalogue().listed([party(context, code, form) for code in codes]))


@register.simple_tag(takes_context=True)
def way(context: template.Context, one: Any) -> str:
    """Returns what goes which way, for a transfer or a commitment: "Bodies from Russia to Ukraine"."""
    spoken = told(_parties(context))
    things_ = numbers.noun(spoken, one.what, category=getattr(one, "category", ""))
    slots = {"giver": spoken.party(one.giver), "receiver": spoken.party(one.receiver)}
    return sentence_case(spoken.say("item.both", count=things_, **slots))


@register.simple_tag(takes_context=True)
def counted_way(context: template.Context, of: Counted) -> str:
    """Returns what a published count is of: "People from Russia to Ukraine"; a kind left open means people."""
    spoken = told(_parties(context))
    things_ = numbers.noun(spoken, of.what) if of.what else spoken.forms("what.people")
    if of.has_direction:
        slots = {"giver": spoken.party(of.giver or ""), "receiver": spoken.party(of.receiver or "")}
        return sentence_case(spoken.say("item.both", count=things_, **slots))
    with_whom = spoken.party(of.mediator) if of.mediator else ""
    return f"{sentence_case(str(things_))}, {_('both ways')}" + (f" ({with_whom})" if with_whom else "")


@register.simple_tag(takes_context=True)
def to_receiver(context: template.Context, one: Any) -> str:
    """Returns what is received by whom, for a transfer or a sum: "Bodies to Ukraine"."""
    spoken = told(_parties(context))
    noun = numbers.noun(spoken, one.what)
    return sentence_case(spoken.say("brief.side.to", noun=noun, receiver=spoken.party(one.receiver)))


@register.simple_tag(takes_context=True)
def amount_to(context: template.Context, transfer: TransferEntry) -> str:
    """Returns "1,000 bodies to Ukraine"."""
    return amount_to_in(told(_parties(context)), transfer)


def amount_to_in(spoken: Wording, transfer: TransferEntry) -> str:
    """Returns what a transfer was in the words of a catalogue: "1,000 bodies to Ukraine"."""
    count = numbers.spanned(spoken, *_bounds(transfer.reconciliation), transfer.what)
    return spoken.say("brief.others.item", count=count, receiver=spoken.party(transfer.receiver))


@register.simple_tag(takes_context=True)
def speaker(context: template.Context, claim: ClaimEntry) -> str:
    """Returns who says so: speaker and party, the party, or the publisher."""
    of_party = str(party(context, claim.speaker_party, "voice")) if claim.speaker_party else ""
    if claim.speaker and claim.speaker_party and not catalogue().names_party(claim.speaker_party, claim.speaker):
        return f"{claim.speaker} ({party(context, claim.speaker_party, 'short')})"
    return claim.speaker or of_party or claim.source.publisher or str(catalogue().entry("who.press"))


@register.filter
def article_name(article: Article) -> str:
    """Returns what an article is called."""
    return name_of(article)


@register.filter
def language_name(code: str) -> str:
    """Returns the name of a language in the page's: "English"."""
    try:
        name = Locale.parse(code).get_language_name(str(catalogue().locale))
    except (ValueError, UnknownLocaleError):
        return code
    return sentence_case(name or code)


def _bounds(found: Reconciliation) -> tuple[int | None, int | None]:
    return (found.unverified_low, found.unverified_high) if found.low is None else (found.low, found.high)


def _parties(context: template.Context) -> Mapping[str, PartyEntry]:
    return context.get("parties") or {}
