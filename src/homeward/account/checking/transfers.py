"""Claims of hand-overs held against the record: figures, whose figures they are, and what is called the last one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from homeward import dates
from homeward.account import figures
from homeward.account.checking.matching import Matched, given, is_event, took_place, window
from homeward.account.checking.values import Case, Check, CheckVerdict
from homeward.account.composition import PEOPLE, WITH_CIVILIANS, PeopleCount, parts_of, people_of
from homeward.account.ledger import ClaimEntry, ExchangeEntry
from homeward.reader.claims import Claim, Quantity

__all__ = ["check_back_reference", "check_both_ways", "check_event", "check_plan"]

# What a text says where it means the exchange directly before, in the languages that the reader is made for.
LAST = ("last", "previous", "latest", "preceding", "most recent", "prior", "останн", "попередн", "последн", "предыдущ")
SENTENCE_ENDS = (". ", "? ", "! ", "\n")


def check_event(index: int, claim: Claim, case: Case) -> Iterator[Check]:
    """Yields the findings on a claim that one hand-over took place."""
    found = case.matches.get(index)
    if found is None:
        yield Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=_no_such(claim, case))
        return
    yield _figure(index, claim, found, case)
    yield from _attribution(index, claim, found, case)


def check_both_ways(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on a figure that names no direction: the total of both directions, or one side's figure."""
    # The latest first: a report without a date is most often of what happened last.
    for exchange in reversed(_in_window(claim, case)):
        parts = [part for part in exchange.transfers if part.what is claim.what and part.reconciliation.low is not None]
        spans = [(part.reconciliation.low or 0, part.reconciliation.high or 0) for part in parts]
        low, high = figures.sum_of_spans(spans)
        if len(parts) > 1 and claim.quantity and figures.contains(claim.quantity, low, high):
            told = case.phrases.listed([case.phrases.counted(part) for part in parts])
            return Check(
                verdict=CheckVerdict.AGREES,
                claim=index,
                record=exchange.slug,
                explanation=case.phrases.say("check.both_ways", when=case.phrases.on_date(exchange.when), told=told),
            )
    found = case.matches.get(index)
    if found:
        return _figure(index, claim, found, case)
    return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=_no_such(claim, case))


def check_plan(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on what is planned, demanded or denied: the record keeps what was agreed and carried out."""
    status = case.phrases.plain(f"check.status.{claim.status.value}")
    found = case.matches.get(index)
    if found is None:
        count = case.phrases.count_in_figures(claim.quantity, claim.what)
        told = case.phrases.say("check.plan_unmatched", count=count, status=status)
        return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)
    told = case.phrases.say("check.plan", status=status, **case.phrases.transfer(found.exchange, found.transfer))
    return Check(verdict=CheckVerdict.UNKNOWN, claim=index, record=found.exchange.slug, explanation=told)


def check_back_reference(index: int, claim: Claim, case: Case) -> Iterator[Check]:
    """Yields the finding where a text calls an exchange the last one before its own and the record has a later one."""
    days = window(claim.when, case.published)
    if days is None or not _calls_it_the_last(claim, case.body) or _told_before(index, claim, case):
        return
    found = case.matches.get(index)
    end = found.exchange.latest if found else days[1]
    until = _own_exchange(claim, case)
    between = [
        exchange
        for exchange in case.ledger.exchanges
        if end < exchange.earliest and exchange.latest < until and took_place(exchange) and _is_of(exchange, claim)
    ]
    if not between:
        return
    called = case.phrases.when(found.exchange.when) if found else case.phrases.when(claim.when or "")
    later = [
        case.phrases.wording.say(
            "check.last_item", date=case.phrases.when(entry.when), transfers=_whole(entry, claim, case)
        )
        for entry in between
    ]
    yield Check(
        verdict=CheckVerdict.CONTRADICTS,
        claim=index,
        record=between[-1].slug,
        explanation=case.phrases.say("check.last", called=called, later=case.phrases.listed(later)),
    )


def _figure(index: int, claim: Claim, found: Matched, case: Case) -> Check:
    record = case.phrases.say("check.record", **case.phrases.transfer(found.exchange, found.transfer))
    verdict, told = _compare(claim, found, case)
    return Check(
        verdict=verdict, claim=index, record=found.exchange.slug, explanation=f"{told} {record}" if told else record
    )


def _compare(claim: Claim, found: Matched, case: Case) -> tuple[CheckVerdict, str]:
    if claim.quantity is None or not figures.is_figure(claim.quantity):
        return CheckVerdict.AGREES, ""
    figure = case.phrases.count_in_figures(claim.quantity, claim.what)
    if claim.category and claim.category != WITH_CIVILIANS:
        return _compare_part(claim.quantity, figure, parts_of(found.transfer).get(claim.category, ()), case)
    known = [quantity for _, _, quantity in given(found.transfer)]
    if not known:
        return CheckVerdict.UNKNOWN, case.phrases.say("check.text_gives_unverified", count=figure)
    if any(figures.agree((claim.quantity, quantity)) for quantity in known):
        return CheckVerdict.AGREES, ""
    # "189 prisoners" may be 187 and two civilians.
    if _people(claim.quantity, found):
        return CheckVerdict.AGREES, case.phrases.say("check.text_counts_people", count=figure)
    # A text rarely says that its figure is of a part: what the record has of one is no contradiction of the whole.
    if any(_agrees_with_one(claim.quantity, _given(claims)) for claims in parts_of(found.transfer).values()):
        return CheckVerdict.UNKNOWN, case.phrases.say("check.text_gives_part", count=figure)
    return CheckVerdict.CONTRADICTS, case.phrases.say("check.text_gives", count=figure)


def _compare_part(
    quantity: Quantity, figure: str, claims: Sequence[ClaimEntry], case: Case
) -> tuple[CheckVerdict, str]:
    if known := _given(claims):
        # Another figure is no contradiction: two speakers seldom draw the line around "the wounded" alike.
        agrees = _agrees_with_one(quantity, known)
        verdict, key = (
            (CheckVerdict.AGREES, "check.text_gives_part")
            if agrees
            else (CheckVerdict.UNKNOWN, "check.text_gives_other")
        )
        return verdict, case.phrases.say(key, count=figure)
    return CheckVerdict.UNKNOWN, case.phrases.say("check.text_gives_unverified", count=figure)


def _people(quantity: Quantity, found: Matched) -> PeopleCount | None:
    """Returns the record's count of prisoners and civilians together, where it agrees with a figure."""
    way = found.transfer.giver, found.transfer.receiver
    for count in people_of(found.exchange.transfers) if found.transfer.what in PEOPLE else ():
        if (count.giver, count.receiver) == way and count.low is not None and count.high is not None:
            return count if figures.contains(quantity, count.low, count.high) else None
    return None


def _given(claims: Iterable[ClaimEntry]) -> list[Quantity]:
    return [
        claim.quantity for claim in claims if claim.verified and claim.quantity and figures.is_figure(claim.quantity)
    ]


def _attribution(index: int, claim: Claim, found: Matched, case: Case) -> Iterator[Check]:
    """Yields the finding where the figure agrees with somebody's, but not with that of the party it is ascribed to."""
    span = found.transfer.reconciliation.figures.get(claim.speaker_party or "none")
    if span is None or claim.quantity is None or not figures.is_figure(claim.quantity):
        return
    people = _people(claim.quantity, found)
    if people and claim.speaker_party in people.said_by:
        return
    voices = [quantity for _, _, quantity in given(found.transfer)]
    if figures.contains(claim.quantity, *span) or not _agrees_with_one(claim.quantity, voices):
        return
    yield Check(
        verdict=CheckVerdict.CONTRADICTS,
        claim=index,
        record=found.exchange.slug,
        explanation=case.phrases.say(
            "check.attribution",
            count=case.phrases.count_in_figures(claim.quantity, claim.what),
            who=case.phrases.wording.party(claim.speaker_party or ""),
            span=case.phrases.span(*span),
        ),
    )


def _agrees_with_one(quantity: Quantity, others: list[Quantity]) -> bool:
    return any(figures.agree((quantity, other)) for other in others)


def _in_window(claim: Claim, case: Case) -> list[ExchangeEntry]:
    days = window(claim.when, case.published)
    return [
        entry
        for entry in case.ledger.exchanges
        if days and not entry.aborted and entry.latest >= days[0] and entry.earliest <= days[1]
    ]


def _no_such(claim: Claim, case: Case) -> str:
    slots = {"noun": case.phrases.noun(claim.what), "way": case.phrases.direction(claim.giver, claim.receiver)}
    days = window(claim.when, case.published)
    if days is None:
        return case.phrases.say("check.no_such_undated", **slots)
    if claim.when:
        return case.phrases.say("check.no_such", when=case.phrases.on_date(claim.when), **slots)
    first, last = (case.phrases.day(day) for day in days)
    return case.phrases.say("check.no_such_between", first=first, last=last, **slots)


def _calls_it_the_last(claim: Claim, body: str) -> bool:
    before = body[: claim.span.start]
    # Within its own sentence alone: "last" in the sentence before may be said of something else.
    start = max((before.rfind(end) for end in SENTENCE_ENDS), default=-1) + 1
    sentence = f"{before[start:]}{claim.span.text}".lower()
    return any(word in sentence for word in LAST)


def _told_before(index: int, claim: Claim, case: Case) -> bool:
    """Returns whether an earlier claim refers back to the same time and kind, so that it is told once."""
    return any(
        other.back_reference and (other.when, other.what) == (claim.when, claim.what) for other in case.claims[:index]
    )


def _own_exchange(claim: Claim, case: Case) -> date:
    """Returns the first day of the exchange that the text itself is about, else the day after publication."""
    own = [
        found.exchange.earliest
        for index, found in case.matches.items()
        if is_event(case.claims[index]) and not case.claims[index].back_reference and found.transfer.what is claim.what
    ]
    return max(own, default=case.published or dates.bounds(claim.when or "").latest or date.max)


def _is_of(exchange: ExchangeEntry, claim: Claim) -> bool:
    return any(transfer.what is claim.what for transfer in exchange.transfers)


def _whole(exchange: ExchangeEntry, claim: Claim, case: Case) -> str:
    return case.phrases.listed(
        [case.phrases.counted(transfer) for transfer in exchange.transfers if transfer.what is claim.what]
    )
