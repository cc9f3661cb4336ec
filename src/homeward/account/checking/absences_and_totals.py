"""Absences, running totals, and what the record keeps no account of; and what a text left out."""

from collections.abc import Iterator

from homeward import dates
from homeward.account import figures
from homeward.account.checking.matching import Matched, given, is_event, took_place
from homeward.account.checking.values import Case, Check, CheckVerdict
from homeward.account.ledger import AnchorEntry, ExchangeEntry, Verdict
from homeward.reader.claims import Claim, What

__all__ = ["check_absence", "check_other", "check_total", "what_is_missing"]


def check_absence(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on "no exchange since": whether the record has one after the time that is named."""
    since = dates.bounds((claim.when or "").split("/")[0]).latest
    until = case.published or case.ledger.on
    of_kind = [entry for entry in case.ledger.exchanges if _is_of(entry, claim.what) and entry.latest <= until]
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
        return Check(
            verdict=CheckVerdict.CONTRADICTS,
            claim=index,
            record=later[-1].slug,
            explanation=case.phrases.say("check.absence_wrong", noun=nouns, dates=told),
        )
    if not of_kind:
        told = case.phrases.say("check.absence_never", noun=nouns)
        return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)
    last_day = case.phrases.when(of_kind[-1].when)
    told = case.phrases.say("check.absence_right", noun=nouns, day=case.phrases.day(until), date=last_day)
    return Check(verdict=CheckVerdict.AGREES, claim=index, record=of_kind[-1].slug, explanation=told)


def check_total(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on a running total: who published the same one, beside our own sum."""
    for anchor in reversed(case.ledger.anchors):
        said = anchor.claim
        same = (said.what, said.giver, said.receiver) == (claim.what, claim.giver, claim.receiver)
        if same and claim.quantity and said.quantity and _same_number(claim, anchor):
            who = said.speaker or (said.speaker_party and case.phrases.party(said.speaker_party))
            count = case.phrases.count_in_figures(said.quantity, said.what)
            as_of = case.phrases.when(anchor.as_of)
            published = case.phrases.say(
                "check.total_published", count=count, who=who or said.source.publisher, date=as_of
            )
            return Check(
                verdict=CheckVerdict.AGREES,
                claim=index,
                record=f"source {said.source.id}",
                explanation=f"{published} {_own(anchor, case)}".strip(),
            )
    told = case.phrases.say(
        "check.total_unknown",
        count=case.phrases.count_in_figures(claim.quantity, claim.what),
        way=case.phrases.direction(claim.giver, claim.receiver),
    )
    return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)


def check_other(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on what is no exchange: the record of exchanges cannot say."""
    return Check(
        verdict=CheckVerdict.UNKNOWN, claim=index, explanation=case.phrases.plain(f"check.other.{claim.kind.value}")
    )


def what_is_missing(case: Case) -> Iterator[Check]:
    """Yields what the record has on the exchanges that a text reports and the text does not tell."""
    told: dict[str, tuple[ExchangeEntry, dict[int, list[Claim]]]] = {}
    for index, found in case.matches.items():
        if is_event(case.claims[index]) and not case.claims[index].back_reference:
            _, by_transfer = told.setdefault(found.exchange.slug, (found.exchange, {}))
            by_transfer.setdefault(found.transfer.id, []).append(case.claims[index])
    for exchange, by_transfer in told.values():
        for transfer in exchange.transfers:
            if transfer.id not in by_transfer:
                yield from _untold(Matched(exchange, transfer, certain=True), case)
            else:
                yield from _one_sided_figure(Matched(exchange, transfer, certain=True), by_transfer[transfer.id], case)


def _untold(found: Matched, case: Case) -> Iterator[Check]:
    claimed_without_direction = any(
        claim.what is found.transfer.what and claim.giver is None and claim.receiver is None for claim in case.claims
    )
    if not found.transfer.reconciliation.high or claimed_without_direction:
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
    untold = [
        quantity
        for _, _, quantity in given(found.transfer)
        if not any(figures.agree((quantity, figure)) for figure in said)
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


def _same_number(claim: Claim, anchor: AnchorEntry) -> bool:
    said, quantity = anchor.claim.quantity, claim.quantity
    if said is None or quantity is None or not figures.is_figure(said) or not figures.is_figure(quantity):
        return False
    # Equal, not merely able to agree: "more than 1,000" would agree with every larger total ever published.
    return figures.span(said) == figures.span(quantity)


def _own(anchor: AnchorEntry, case: Case) -> str:
    if anchor.own_low is None:
        return anchor.explanation
    own = case.phrases.say(
        "check.total_own_unverified" if anchor.own_unverified else "check.total_own",
        span=case.phrases.span(anchor.own_low, anchor.own_high),
        unverified=case.phrases.figure(anchor.own_unverified),
    )
    return f"{own} {anchor.explanation}"


def _is_of(exchange: ExchangeEntry, what: What | None) -> bool:
    return took_place(exchange) and any(
        what in {None, transfer.what} and transfer.reconciliation.high != 0 for transfer in exchange.transfers
    )
