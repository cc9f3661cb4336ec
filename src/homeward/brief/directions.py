"""One direction in words: its figure, who says so, its sum over time."""

from homeward.account.ledger import BalanceLine, TransferEntry, Verdict
from homeward.brief.context import BriefContext, claim_ids, direction_of, is_stated
from homeward.brief.document import Side

__all__ = ["delivered", "figures_told", "said_by", "side", "span", "spanned", "told"]


def span(context: BriefContext, transfer: TransferEntry) -> str:
    """Returns the figure, low to high; the unverified one where there is no other."""
    found = transfer.reconciliation
    if found.low is None:
        return context.span(found.unverified_low, found.unverified_high)
    return context.span(found.low, found.high)


def spanned(context: BriefContext, transfer: TransferEntry) -> str:
    """Returns the figure, low to high, with what it counts: "1,000 to 1,003 bodies"."""
    found = transfer.reconciliation
    verified = found.low is not None
    low, high = (found.low, found.high) if verified else (found.unverified_low, found.unverified_high)
    return context.spanned(low, high, transfer.what)


def said_by(context: BriefContext, transfer: TransferEntry) -> str:
    """Returns who gives figures: the sides, or whoever reports where no side is quoted."""
    sides = transfer.reconciliation.said_by
    if sides:
        return context.listed([context.voice(code) for code in sides])
    speakers = dict.fromkeys(context.speaker(claim) for claim in transfer.whole_claims)
    return context.listed(list(speakers)) or context.plain("brief.side.nobody")


def told(context: BriefContext, transfer: TransferEntry) -> str:
    """Returns the transfer as one sentence that says what its verdict is."""
    found = transfer.reconciliation
    slots = context.slots(direction_of(transfer))
    low, high = (found.low, found.high) if found.low is not None else (found.unverified_low, found.unverified_high)
    if low is None or high is None:
        return context.say("brief.latest.no_figure", **slots)
    slots["count"] = context.count(context.quantity(low, high), transfer.what)
    slots["who"] = said_by(context, transfer)
    slots["figures"] = figures_told(context, transfer)
    return context.say(f"brief.latest.{found.verdict.value}", **slots)


def figures_told(context: BriefContext, transfer: TransferEntry) -> str:
    """Returns every figure with everybody who gives it: "1,000 according to Moscow; 1,003 according to ..."."""
    said: dict[str, list[str]] = {}
    for claim in transfer.whole_claims:
        if is_stated(claim) and claim.verified:
            amount = context.amount(claim.quantity)
            said.setdefault(amount, []).append(context.speaker(claim))
    parts = [_figure_by(context, amount, people) for amount, people in said.items()]
    return context.plain("terms.item_separator").join(parts)


def side(context: BriefContext, transfer: TransferEntry) -> Side:
    """Returns one large figure of the page."""
    found = transfer.reconciliation
    slots = context.slots(direction_of(transfer))
    who = said_by(context, transfer)
    return Side(
        title=context.say("brief.side.to", **slots),
        figure=span(context, transfer),
        noun=str(slots["noun"]),
        verdict=found.verdict,
        chip=context.wording.say(f"brief.chip.{found.verdict.value}", who=who),
        said_by=figures_told(context, transfer) if found.verdict is Verdict.CONTESTED else who,
        claims=claim_ids([transfer]),
    )


def delivered(context: BriefContext, line: BalanceLine) -> str:
    """Returns what was delivered under a commitment, the unverified part apart."""
    if not line.delivered_high and not line.unverified:
        return context.plain("brief.agreement.delivered_none")
    key = "brief.agreement.delivered_unverified" if line.unverified else "brief.agreement.delivered"
    amount = context.span(line.delivered_low, line.delivered_high)
    return context.wording.say(key, span=amount, unverified=context.figure(line.unverified))


def _figure_by(context: BriefContext, amount: str, people: list[str]) -> str:
    return context.wording.say("sentence.figure_by", amount=amount, who=context.listed_once(people))
