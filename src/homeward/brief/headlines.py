"""The headline of the brief: at most twelve words, with the figures of the latest exchange."""

from collections.abc import Iterator, Sequence

from homeward.account.ledger import TransferEntry, Verdict
from homeward.brief.article import HEADLINE_WORDS
from homeward.brief.context import BriefContext, claim_ids, direction_of
from homeward.brief.document import Sentence

__all__ = ["headline"]


def headline(context: BriefContext) -> Sentence:
    """Returns the headline of the latest exchange; of an empty record, that it is empty."""
    if not context.latest:
        return Sentence(context.plain("brief.empty_headline"))
    main = context.latest[0][1]
    back = next((other for _, other in context.latest if _is_return(main, other)), None)
    claims = claim_ids([main, back] if back else [main])
    candidates = list(_candidates(context, main, back))
    fitting = (text for text in candidates if len(text.split()) <= HEADLINE_WORDS)
    return Sentence(next(fitting, " ".join(candidates[-1].split()[:HEADLINE_WORDS])), claims)


def _is_return(main: TransferEntry, other: TransferEntry) -> bool:
    return (other.what, other.giver, other.receiver) == (main.what, main.receiver, main.giver)


def _candidates(context: BriefContext, main: TransferEntry, back: TransferEntry | None) -> Iterator[str]:
    """Yields headlines from the fullest to the shortest."""
    found = main.reconciliation
    slots = context.slots(direction_of(main))
    if found.low is not None and found.high is not None:
        quantity = context.quantity(found.low, found.high)
        slots["count"] = context.count_in_figures(quantity, main.what)
        slots |= {
            "low": context.figure(found.low),
            "high": context.figure(found.high),
        }
    else:
        slots["count"] = context.count_in_figures(None, main.what)
    differ = found.verdict is Verdict.CONTESTED
    if back is not None and found.low is not None and back.reconciliation.low is not None:
        yield from _pairs(context, main, back, slots)
    # Contested figures may have one span ("at least 10" against "fewer than 10"): then no range can tell it.
    if differ and found.low != found.high:
        yield context.say("headline.differ", **slots)
    says = _says(context, [main])
    for form in ("both", "giver", "none"):
        yield context.say(f"headline.carried_out.{form}", **slots) + says


def _pairs(context: BriefContext, main: TransferEntry, back: TransferEntry, slots: dict[str, object]) -> Iterator[str]:
    """Yields headlines that tell both directions."""
    found, returned = main.reconciliation, back.reconciliation
    slots = slots | {"returned": context.span(returned.low, returned.high)}
    if Verdict.CONTESTED in (found.verdict, returned.verdict):
        key = "headline.pair_differ" if found.low != found.high else "headline.pair_differ_back"
        yield context.say(key, **slots)
        return
    says = _says(context, [main, back])
    if (found.low, found.high) == (returned.low, returned.high):
        yield context.say("headline.pair_equal", says=says, **slots)
    yield context.say("headline.pair", says=says, **slots)


def _says(context: BriefContext, transfers: Sequence[TransferEntry]) -> str:
    """Returns ", Kyiv and Moscow say" for those who say all of it; where each says a part, those who say any of it;
    ", report says" where a direction is told by neither side.
    """
    sides = [transfer.reconciliation.said_by for transfer in transfers]
    if not all(sides):
        return context.plain("headline.says.nobody")
    of_all = [code for code in sides[0] if all(code in codes for codes in sides)]
    voices = list(dict.fromkeys(context.voice(code) for code in of_all or [c for codes in sides for c in codes]))
    return context.wording.say(f"headline.says.{'one' if len(voices) == 1 else 'many'}", who=context.listed(voices))
