"""Running totals that somebody published, beside our own sums over the same time."""

from homeward.account.ledger import AnchorEntry
from homeward.brief.context import BriefContext
from homeward.brief.document import PublishedTotal
from homeward.wording.catalogue import sentence_case

__all__ = ["published_total", "told"]

MANY = 100


def told(context: BriefContext, anchor: AnchorEntry) -> str:
    """Returns the published total and our sum as one or two sentences, with why they differ."""
    quantity = anchor.claim.quantity
    same = quantity is not None and quantity.low == anchor.own_low == anchor.own_high
    text = context.say(
        "brief.totals.beside_same" if same else "brief.totals.beside",
        who=context.speaker(anchor.claim),
        published=_published(context, anchor),
        period=_period(context, anchor),
        own=context.span(anchor.own_low, anchor.own_high),
        explanation=anchor.explanation,
    )
    return text.strip()


def published_total(context: BriefContext, anchor: AnchorEntry) -> PublishedTotal:
    """Returns the published total and our sum, ready for a table."""
    return PublishedTotal(
        text=told(context, anchor),
        who=sentence_case(context.speaker(anchor.claim)),
        published=_published(context, anchor),
        own=context.span(anchor.own_low, anchor.own_high),
        period=sentence_case(_period(context, anchor).strip()),
        explanation=anchor.explanation,
        claim=anchor.claim.id,
    )


def _published(context: BriefContext, anchor: AnchorEntry) -> str:
    """Returns the published figure; one that says no kind counts people."""
    claim = anchor.claim
    if claim.what:
        return context.count_in_figures(claim.quantity, claim.what)
    high = claim.quantity.high if claim.quantity else None
    # "More than 500" has no upper number to decline the noun by; languages with cases decline it as for a hundred.
    people = context.wording.plural("what.people", MANY if high is None else high)
    return context.wording.say("amount.counted", amount=context.amount(claim.quantity), noun=people)


def _period(context: BriefContext, anchor: AnchorEntry) -> str:
    if anchor.since:
        return context.wording.say("brief.totals.period", date=context.when(f"{anchor.since}/{anchor.as_of}"))
    return context.wording.say("brief.totals.period_until", date=context.when(anchor.as_of))
