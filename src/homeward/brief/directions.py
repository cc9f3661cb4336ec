"""One direction in words: its figure, who says so, its sum over time."""

from homeward.brief.ground import Ground, claim_ids, direction_of, is_stated
from homeward.brief.parts import Side
from homeward.record.ledger import BalanceLine, TransferEntry, Verdict
from homeward.record.wording import numbers
from homeward.record.wording.catalogue import sentence_case

__all__ = ["delivered", "figures_told", "in_category", "said_by", "side", "span", "told"]


def span(ground: Ground, transfer: TransferEntry) -> str:
    """Returns the figure, low to high; the unverified one where there is no other."""
    found = transfer.reconciliation
    if found.low is None:
        return numbers.span(ground.wording, found.unverified_low, found.unverified_high)
    return numbers.span(ground.wording, found.low, found.high)


def said_by(ground: Ground, transfer: TransferEntry) -> str:
    """Returns who gives figures: the sides, or whoever reports where no side is quoted."""
    sides = transfer.reconciliation.said_by
    if sides:
        return ground.wording.listed([ground.voice(code) for code in sides])
    speakers = dict.fromkeys(ground.speaker(claim) for claim in transfer.claims)
    return ground.wording.listed(list(speakers)) or ground.plain("brief.side.nobody")


def told(ground: Ground, transfer: TransferEntry) -> str:
    """Returns the transfer as one sentence that says what its verdict is."""
    found = transfer.reconciliation
    slots = ground.slots(direction_of(transfer))
    low, high = (found.low, found.high) if found.low is not None else (found.unverified_low, found.unverified_high)
    if low is None or high is None:
        return ground.say("brief.latest.no_figure", **slots)
    slots["count"] = numbers.counted(ground.wording, ground.quantity(low, high), transfer.what)
    slots["who"] = said_by(ground, transfer)
    slots["figures"] = figures_told(ground, transfer)
    return ground.say(f"brief.latest.{found.verdict.value}", **slots)


def figures_told(ground: Ground, transfer: TransferEntry) -> str:
    """Returns every figure with everybody who gives it: "1,000 according to Moscow; 1,003 according to ..."."""
    said: dict[str, list[str]] = {}
    for claim in transfer.claims:
        if is_stated(claim) and claim.verified:
            amount = numbers.alone(ground.wording, claim.quantity)
            said.setdefault(amount, []).append(ground.speaker(claim))
    parts = [
        ground.wording.say("sentence.figure_by", amount=amount, who=ground.wording.listed(list(dict.fromkeys(people))))
        for amount, people in said.items()
    ]
    return str(ground.wording.entry("terms.item_separator")).join(parts)


def side(ground: Ground, transfer: TransferEntry) -> Side:
    """Returns one large figure of the page."""
    found = transfer.reconciliation
    slots = ground.slots(direction_of(transfer))
    who = said_by(ground, transfer)
    return Side(
        title=sentence_case(ground.wording.say("brief.side.to", **slots)),
        figure=span(ground, transfer),
        noun=str(slots["noun"]),
        verdict=found.verdict,
        chip=ground.wording.say(f"brief.chip.{found.verdict.value}", who=who),
        said_by=figures_told(ground, transfer) if found.verdict is Verdict.CONTESTED else who,
        claims=claim_ids([transfer]),
    )


def delivered(ground: Ground, line: BalanceLine) -> str:
    """Returns what was delivered under a commitment, the unverified part apart."""
    if not line.delivered_high and not line.unverified:
        return ground.plain("brief.agreement.delivered_none")
    key = "brief.agreement.delivered_unverified" if line.unverified else "brief.agreement.delivered"
    amount = numbers.span(ground.wording, line.delivered_low, line.delivered_high)
    return ground.wording.say(key, span=amount, unverified=numbers.figure(ground.wording, line.unverified))


def in_category(ground: Ground, noun: str, category: str) -> str:
    """Returns the noun narrowed to a category of an agreement; a category without a message is named as it stands."""
    key = f"category.{category}"
    return ground.wording.say(key, noun=noun) if key in ground.wording.entries else f"{noun} ({category})"
