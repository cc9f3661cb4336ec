"""Running totals that somebody published, beside our own sums over the same time."""

from homeward.brief.ground import Ground
from homeward.brief.parts import TotalBeside
from homeward.record.ledger import AnchorEntry
from homeward.record.wording import dates, numbers
from homeward.record.wording.catalogue import sentence_case

__all__ = ["told", "total_beside"]

MANY = 100


def told(ground: Ground, anchor: AnchorEntry) -> str:
    """Returns the published total and our sum as one or two sentences, with why they differ."""
    quantity = anchor.claim.quantity
    same = quantity is not None and quantity.low == anchor.own_low == anchor.own_high
    text = ground.say(
        "brief.totals.beside_same" if same else "brief.totals.beside",
        who=ground.speaker(anchor.claim),
        published=_published(ground, anchor),
        period=_period(ground, anchor),
        own=numbers.span(ground.wording, anchor.own_low, anchor.own_high),
        explanation=anchor.explanation,
    )
    return text.strip()


def total_beside(ground: Ground, anchor: AnchorEntry) -> TotalBeside:
    """Returns the published total and our sum, ready for a table."""
    return TotalBeside(
        text=told(ground, anchor),
        who=sentence_case(ground.speaker(anchor.claim)),
        published=_published(ground, anchor),
        own=numbers.span(ground.wording, anchor.own_low, anchor.own_high),
        period=sentence_case(_period(ground, anchor).strip()),
        explanation=anchor.explanation,
        claim=anchor.claim.id,
    )


def _published(ground: Ground, anchor: AnchorEntry) -> str:
    """Returns the published figure; one that says no kind counts people."""
    claim = anchor.claim
    if claim.what:
        return numbers.counted(ground.wording, claim.quantity, claim.what, numerals=True)
    people = ground.wording.plural("what.people", MANY)
    return ground.wording.say("amount.counted", amount=numbers.alone(ground.wording, claim.quantity), noun=people)


def _period(ground: Ground, anchor: AnchorEntry) -> str:
    if anchor.since:
        return ground.wording.say(
            "brief.totals.period", date=dates.spell(ground.wording, f"{anchor.since}/{anchor.as_of}")
        )
    return ground.wording.say("brief.totals.period_until", date=dates.spell(ground.wording, anchor.as_of))
