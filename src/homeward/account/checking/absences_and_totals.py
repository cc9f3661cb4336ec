"""Absences and running totals; and what a text left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from homeward import dates
from homeward.account import figures
from homeward.account.checking.compared import figure_of, figure_of_anchor, figures_of, figures_of_people
from homeward.account.checking.matching import Matched, is_event, is_settled, took_place, window
from homeward.account.checking.values import Case, Check
from homeward.account.comparability import Counts, Slot, compare
from homeward.account.composition import PEOPLE
from homeward.account.ledger import AnchorEntry, ClaimEntry, ExchangeEntry, TransferEntry, Verdict
from homeward.account.reconciliation import reconcile
from homeward.account.vocabulary import CheckVerdict
from homeward.reader.claims import Claim, Kind, What

__all__ = ["check_absence", "check_total", "published_total", "what_is_missing"]


def check_absence(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on "no exchange since": whether the record has one after the time that is named."""
    since = dates.bounds((claim.when or "").split("/")[0]).latest
    until = case.published or case.ledger.on
    conflict = figure_of(claim, case.conflict).conflict
    of_kind = [
        entry for entry in case.ledger.exchanges if entry.latest <= until and _parts(entry, claim.what, conflict)
    ]
    nouns = case.phrases.noun(claim.what)
    if since is None:
        if of_kind:
            told = case.phrases.say("check.absence_undated_last", noun=nouns, date=case.phrases.when(of_kind[-1].when))
        else:
            told = case.phrases.say("check.absence_undated", noun=nouns)
        return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)
    later = [entry for entry in of_kind if entry.earliest > since]
    if later:
        told = case.phrases.listed([case.phrases.on_date(entry.when) for entry in later])
        told = case.phrases.say("check.absence_wrong", noun=nouns, dates=told)
        doubt = _doubt(claim, conflict, [part for entry in later for part in _parts(entry, claim.what, conflict)])
        return Check(
            verdict=CheckVerdict.DIFFERS if doubt else CheckVerdict.CONTRADICTS,
            claim=index,
            record=later[-1].slug,
            explanation=f"{told} {case.phrases.because(doubt)}".strip(),
        )
    if not of_kind:
        told = case.phrases.say("check.absence_never", noun=nouns)
        return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)
    last_day = case.phrases.when(of_kind[-1].when)
    told = case.phrases.say("check.absence_right", noun=nouns, day=case.phrases.day(until), date=last_day)
    return Check(verdict=CheckVerdict.AGREES, claim=index, record=of_kind[-1].slug, explanation=told)


def check_total(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on a running total: who published the same one, beside our own sum."""
    found = published_total(index, claim, case)
    if found:
        return found
    # Another published total is no contradiction: a text rarely says from which day its own is counted.
    told = case.phrases.say(
        "check.total_unknown",
        count=case.phrases.count_in_figures(claim.quantity, claim.what),
        way=case.phrases.direction(claim.giver, claim.receiver),
    )
    return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)


def published_total(index: int, claim: Claim, case: Case) -> Check | None:
    """Returns that somebody published a claim's figure as a running total, the latest who did; None for nobody."""
    figure = replace(figure_of(claim, case.conflict), counts=Counts.RUNNING_TOTAL, days=None)
    for anchor in reversed(case.ledger.anchors):
        said = anchor.claim
        if said.quantity and compare(figure, figure_of_anchor(anchor)).verdict is CheckVerdict.AGREES:
            who = said.speaker or (said.speaker_party and case.phrases.party(said.speaker_party))
            published = case.phrases.say(
                "check.total_published",
                count=case.phrases.count_in_figures(said.quantity, said.what),
                who=who or said.source.publisher,
                date=case.phrases.when(anchor.as_of),
            )
            return Check(
                verdict=CheckVerdict.AGREES,
                claim=index,
                record=f"source {said.source.id}",
                explanation=f"{published} {_own(anchor, case)}".strip(),
            )
    return None


def what_is_missing(case: Case) -> Iterator[Check]:
    """Yields what the record has on the exchanges that a text reports and the text does not tell.

    Only of exchanges that the text speaks of for certain, within its own time: what it looks back on it may leave out.
    """
    told: dict[str, tuple[ExchangeEntry, dict[int, list[Claim]]]] = {}
    for index, found in case.matches.items():
        claim = case.claims[index]
        if is_event(claim) and not claim.back_reference and found.certain and _is_news(found.exchange, case):
            _, by_transfer = told.setdefault(found.exchange.slug, (found.exchange, {}))
            by_transfer.setdefault(found.transfer.id, []).append(claim)
    for exchange, by_transfer in told.values():
        for transfer in _said_by(case.published, exchange.transfers):
            found = Matched(exchange, transfer, certain=True)
            if transfer.id in by_transfer:
                yield from _one_sided_figure(found, by_transfer[transfer.id], case)
            elif not _is_in_other_words(found, case):
                yield from _untold(found, case)


def _is_news(exchange: ExchangeEntry, case: Case) -> bool:
    """Returns whether an exchange lies in the week that a text reports on; without a date nobody can tell."""
    days = window(None, case.published)
    return days is not None and days[0] <= exchange.earliest and exchange.latest <= days[1]


def _said_by(day: date | None, transfers: Iterable[TransferEntry]) -> Iterator[TransferEntry]:
    """Yields transfers as they were known on a day: a text leaves out nothing that was said after it."""
    for transfer in transfers:
        claims = tuple(claim for claim in transfer.claims if _is_said_by(day, claim))
        if claims:
            yield replace(transfer, claims=claims, reconciliation=reconcile(claims, transfer.giver, transfer.receiver))


def _is_said_by(day: date | None, claim: ClaimEntry) -> bool:
    said = dates.bounds(claim.said or claim.source.published).earliest
    return day is None or said is None or said <= day


def _is_in_other_words(found: Matched, case: Case) -> bool:
    """Returns whether a text has a transfer after all: as a number anywhere, or in a claim that may be of it.

    A claim that is still to be confirmed, is of a part, counts people together or names no direction tells of it too.
    """
    record = (*figures_of(found), *figures_of_people(found))
    numbers = {number for figure in record if figure.quantity for number in figures.span(figure.quantity)}
    if numbers & case.numbers:
        return True
    kinds = PEOPLE if found.transfer.what in PEOPLE else {found.transfer.what}
    way = found.transfer.giver, found.transfer.receiver
    for index, claim in enumerate(case.claims):
        same_way = claim.giver in {None, way[0]} and claim.receiver in {None, way[1]}
        of_another = index in case.matches and case.matches[index].transfer.id != found.transfer.id
        if claim.kind is Kind.TRANSFER and claim.what in {None, *kinds} and same_way and not of_another:
            return True
    return False


def _untold(found: Matched, case: Case) -> Iterator[Check]:
    if not found.transfer.reconciliation.high:
        return
    yield Check(
        verdict=CheckVerdict.MISSING_FROM_TEXT,
        record=found.exchange.slug,
        explanation=case.phrases.say("check.untold", **case.phrases.transfer(found.exchange, found.transfer)),
    )


def _one_sided_figure(found: Matched, claims: list[Claim], case: Case) -> Iterator[Check]:
    if found.transfer.reconciliation.verdict is not Verdict.CONTESTED:
        return
    said = [claim.quantity for claim in claims if claim.quantity and figures.is_figure(claim.quantity)]
    theirs = [figure_of(claim, case.conflict) for claim in claims if figures.is_figure(claim.quantity)]
    untold = [
        other
        for other in figures_of(found)
        if not any(compare(figure, other).verdict is CheckVerdict.AGREES for figure in theirs)
        if other.quantity and not set(figures.span(other.quantity)) & case.numbers
    ]
    if not untold or not said:
        return
    figures_told = case.phrases.listed([case.phrases.span(*span) for span in sorted({*map(figures.span, said)})])
    yield Check(
        verdict=CheckVerdict.MISSING_FROM_TEXT,
        record=found.exchange.slug,
        explanation=case.phrases.say(
            "check.one_figure",
            noun=case.phrases.noun(found.transfer.what),
            way=case.phrases.direction(found.transfer.giver, found.transfer.receiver),
            told=figures_told,
            voices=case.phrases.voices(found.transfer),
        ),
    )


def _own(anchor: AnchorEntry, case: Case) -> str:
    if anchor.own_low is None:
        return anchor.explanation
    own = case.phrases.say(
        "check.total_own_unverified" if anchor.own_unverified else "check.total_own",
        span=case.phrases.span(anchor.own_low, anchor.own_high),
        unverified=case.phrases.figure(anchor.own_unverified),
    )
    return f"{own} {anchor.explanation}"


def _parts(exchange: ExchangeEntry, what: What | None, conflict: frozenset[str]) -> list[TransferEntry]:
    """Returns the transfers of a kind that took place, between the parties of a text if it names them."""
    return [
        transfer
        for transfer in exchange.transfers
        if took_place(exchange) and what in {None, transfer.what} and transfer.reconciliation.high != 0
        if conflict <= {transfer.giver, transfer.receiver}
    ]


def _doubt(claim: Claim, conflict: frozenset[str], parts: Sequence[TransferEntry]) -> Slot | None:
    """Returns what is not certain where the record has an exchange that a text says there was not."""
    if len(conflict) < 2:
        return Slot.CONFLICT
    if claim.what is None:
        return Slot.KIND
    if claim.category:
        return Slot.PART  # "no wounded since October" is not refuted by an exchange of others
    that_way = [part for part in parts if claim.giver in {None, part.giver} and claim.receiver in {None, part.receiver}]
    if not that_way:
        return Slot.DIRECTION
    return None if any(map(is_settled, that_way)) else Slot.VOICE
