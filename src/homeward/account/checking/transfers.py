"""Claims of hand-overs held against the record: figures, whose figures they are, and what is called the last one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from homeward import dates
from homeward.account import figures
from homeward.account.checking.absences_and_totals import published_total
from homeward.account.checking.agreements import check_commitment, is_dated
from homeward.account.checking.cautions import equates_with_own_dead
from homeward.account.checking.compared import (
    figure_of,
    figure_of_both_ways,
    figures_of,
    figures_of_parts,
    figures_of_people,
)
from homeward.account.checking.matching import Matched, is_event, is_settled, took_place, window
from homeward.account.checking.values import Case, Check
from homeward.account.comparability import Figure, Slot, combine, compare
from homeward.account.composition import PEOPLE
from homeward.account.ledger import ExchangeEntry, TransferEntry
from homeward.account.vocabulary import CheckVerdict
from homeward.reader.claims import Claim, Scope, Status

__all__ = ["check_back_reference", "check_both_ways", "check_event", "check_plan"]

# What a text says where it means the exchange directly before, in the languages that the reader is made for.
LAST = ("last", "previous", "latest", "preceding", "most recent", "prior", "останн", "попередн", "последн", "предыдущ")
_APART = frozenset({CheckVerdict.DIFFERS, CheckVerdict.CONTRADICTS})
SENTENCE_ENDS = (". ", "? ", "! ", "\n")


def check_event(index: int, claim: Claim, case: Case) -> Iterator[Check]:
    """Yields the findings on a claim that one hand-over took place."""
    found = case.matches.get(index)
    if found is None:
        yield Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=_no_such(claim, case))
        return
    finding = _figure(index, claim, found, case)
    if finding.verdict in _APART and claim.when is None:
        elsewhere = _counts_something_else(index, claim, case)
        if elsewhere:
            yield elsewhere
            return
    yield finding
    yield from _attribution(index, claim, found, case)


def _counts_something_else(index: int, claim: Claim, case: Case) -> Check | None:
    """Returns that an undated figure is a total or a promise on record, not a wrong figure of the last hand-over.

    "6,060 bodies have come home" names no day, and "1,200 are to follow" may be read as if they had.
    """
    total = published_total(index, claim, case)
    if total:
        told = f"{total.explanation} {case.phrases.because(Slot.SCOPE)}"
        return replace(total, verdict=CheckVerdict.UNKNOWN, explanation=told)
    promise = check_commitment(index, replace(claim, status=Status.AGREED, scope=Scope.AGREEMENT), case)
    if promise.verdict is not CheckVerdict.AGREES:
        return None
    told = f"{promise.explanation} {case.phrases.because(Slot.STATUS)}"
    return replace(promise, verdict=CheckVerdict.UNKNOWN, explanation=told)


def check_both_ways(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on a figure that names no direction: the total of both directions, or one side's figure."""
    # The latest first: a report without a date is most often of what happened last.
    for exchange in reversed(_in_window(claim, case)):
        parts = _adding_up_to(claim, exchange, case)
        if parts:
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


def _adding_up_to(claim: Claim, exchange: ExchangeEntry, case: Case) -> list[TransferEntry]:
    """Returns the transfers of both directions that make a claim's figure together, civilians with prisoners too."""
    for kinds in ({claim.what}, PEOPLE if claim.what in PEOPLE else ()):
        parts = [part for part in exchange.transfers if part.what in kinds and part.reconciliation.low is not None]
        both = figure_of_both_ways(exchange, parts)
        if both and compare(_event_figure(claim, case), both).verdict is CheckVerdict.AGREES:
            return parts
    return []


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
    figure = figure_of(claim, case.conflict)
    between = [
        exchange
        for exchange in case.ledger.exchanges
        if end < exchange.earliest and exchange.latest < until and took_place(exchange)
        if any(_is_of_the_conflict(part, figure) for part in exchange.transfers if part.what is claim.what)
    ]
    if not between:
        return
    # A later one counts against the text for certain only where a side of this text's conflict tells of it.
    certain = len(figure.conflict) == 2 and any(is_settled(part) for entry in between for part in entry.transfers)
    called = case.phrases.when(found.exchange.when) if found else case.phrases.when(claim.when or "")
    later = [
        case.phrases.wording.say(
            "check.last_item", date=case.phrases.when(entry.when), transfers=_whole(entry, claim, case)
        )
        for entry in between
    ]
    yield Check(
        verdict=CheckVerdict.CONTRADICTS if certain else CheckVerdict.DIFFERS,
        claim=index,
        record=between[-1].slug,
        explanation=case.phrases.say("check.last", called=called, later=case.phrases.listed(later)),
    )


def _event_figure(claim: Claim, case: Case) -> Figure:
    """Returns the figure of a claim of one hand-over.

    A day long before publication may be the day of something else in its sentence ("as agreed on 23 July, 185 came
    home"): it is certain only where the text is read as looking back, and no agreement was concluded that day.
    """
    figure, news = figure_of(claim, case.conflict), window(None, case.published)
    if figure.days is None or news is None or figure.days[1] >= news[0]:
        return figure
    is_of_an_agreement = any(is_dated(claim, agreement) for agreement in case.ledger.agreements)
    return figure if claim.back_reference and not is_of_an_agreement else replace(figure, days=None)


def _figure(index: int, claim: Claim, found: Matched, case: Case) -> Check:
    record = case.phrases.say("check.record", **case.phrases.transfer(found.exchange, found.transfer))
    verdict, (before, because) = _compare(claim, found, case)
    caution = case.phrases.plain("check.not_own_dead") if equates_with_own_dead(claim, case) else ""
    told = " ".join(part for part in (before, record, because, caution) if part)
    return Check(verdict=verdict, claim=index, record=found.exchange.slug, explanation=told)


def _compare(claim: Claim, found: Matched, case: Case) -> tuple[CheckVerdict, tuple[str, str]]:
    """Returns the verdict, with what to say before the record's own figure and the reason to say after it."""
    if claim.quantity is None or not figures.is_figure(claim.quantity):
        return CheckVerdict.AGREES, ("", "")
    figure, count = _event_figure(claim, case), case.phrases.count_in_figures(claim.quantity, claim.what)
    if figure.category:
        return _compare_part(figure, count, found, case)
    of_kind = [compare(figure, other) for other in figures_of(found)]
    people = [compare(figure, other) for other in figures_of_people(found)]
    result = combine([*of_kind, *people])
    if result is None:
        return CheckVerdict.UNKNOWN, (case.phrases.say("check.text_gives_unverified", count=count), "")
    if result.verdict is CheckVerdict.AGREES:
        counts_people = not any(one.verdict is CheckVerdict.AGREES for one in of_kind)
        return result.verdict, (case.phrases.say("check.text_counts_people", count=count) if counts_people else "", "")
    # A text rarely says that its figure is of a part: what the record has of one is no contradiction of the whole.
    part = combine(compare(replace(figure, category=None), other) for other in figures_of_parts(found))
    if part and part.verdict is CheckVerdict.AGREES:
        return CheckVerdict.UNKNOWN, (case.phrases.say("check.text_gives_part", count=count), "")
    return result.verdict, (case.phrases.say("check.text_gives", count=count), case.phrases.because(result.reason))


def _compare_part(figure: Figure, count: str, found: Matched, case: Case) -> tuple[CheckVerdict, tuple[str, str]]:
    same_part = [other for other in figures_of_parts(found) if other.category == figure.category]
    result = combine(compare(figure, other) for other in same_part)
    if result is None:
        return CheckVerdict.UNKNOWN, (case.phrases.say("check.text_gives_unverified", count=count), "")
    if result.verdict is CheckVerdict.AGREES:
        return result.verdict, (case.phrases.say("check.text_gives_part", count=count), "")
    because = case.phrases.because(result.reason)
    return result.verdict, (case.phrases.say("check.text_gives_other", count=count), because)


def _attribution(index: int, claim: Claim, found: Matched, case: Case) -> Iterator[Check]:
    """Yields the finding where the figure agrees with somebody's, but not with that of the party it is ascribed to."""
    party = claim.speaker_party
    if party is None or claim.quantity is None or claim.category or not figures.is_figure(claim.quantity):
        return
    figure = _event_figure(claim, case)
    theirs = combine(compare(figure, other) for other in figures_of(found, party=party))
    people = [other for other in figures_of_people(found) if party in other.said_by]
    anyones = combine(compare(figure, other) for other in (*figures_of(found), *people))
    if theirs is None or anyones is None or anyones.verdict is not CheckVerdict.AGREES:
        return
    if theirs.verdict not in _APART or any(compare(figure, one).verdict is CheckVerdict.AGREES for one in people):
        return
    told = case.phrases.say(
        "check.attribution",
        count=case.phrases.count_in_figures(claim.quantity, claim.what),
        who=case.phrases.wording.party(party),
        span=case.phrases.span(*found.transfer.reconciliation.figures[party]),
    )
    # Officials of one party count differently: only the same person's other figure is certainly not what was said.
    same_speaker = claim.speaker in {other.speaker for other in found.transfer.whole_claims if other.speaker}
    verdict = theirs.verdict if same_speaker else CheckVerdict.DIFFERS
    because = case.phrases.because(theirs.reason or (None if same_speaker else Slot.VOICE))
    yield Check(verdict=verdict, claim=index, record=found.exchange.slug, explanation=f"{told} {because}".strip())


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


def _is_of_the_conflict(transfer: TransferEntry, figure: Figure) -> bool:
    return figure.conflict <= {transfer.giver, transfer.receiver}


def _whole(exchange: ExchangeEntry, claim: Claim, case: Case) -> str:
    return case.phrases.listed(
        [case.phrases.counted(transfer) for transfer in exchange.transfers if transfer.what is claim.what]
    )
