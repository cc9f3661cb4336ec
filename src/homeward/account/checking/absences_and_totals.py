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
        last = f"; the last one on record is of {case.phrases.when(of_kind[-1].when)}" if of_kind else ""
        told = f"The text does not say since when there was no exchange of {nouns}{last}."
        return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)
    later = [entry for entry in of_kind if entry.earliest > since]
    if later:
        told = case.phrases.listed([case.phrases.on_date(entry.when) for entry in later])
        return Check(
            verdict=CheckVerdict.CONTRADICTS,
            claim=index,
            record=later[-1].slug,
            explanation=f"The record has an exchange of {nouns} {told}.",
        )
    if not of_kind:
        return Check(
            verdict=CheckVerdict.UNKNOWN, claim=index, explanation=f"The record has no exchange of {nouns} at all."
        )
    last_day = case.phrases.when(of_kind[-1].when)
    told = f"The last exchange of {nouns} on record before {case.phrases.day(until)} is that of {last_day}."
    return Check(verdict=CheckVerdict.AGREES, claim=index, record=of_kind[-1].slug, explanation=told)


def check_total(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on a running total: who published the same one, beside our own sum."""
    for anchor in reversed(case.ledger.anchors):
        said = anchor.claim
        same = (said.what, said.giver, said.receiver) == (claim.what, claim.giver, claim.receiver)
        if same and claim.quantity and said.quantity and _same_number(claim, anchor):
            who = said.speaker or (said.speaker_party and case.phrases.party(said.speaker_party))
            count = case.phrases.count_in_figures(said.quantity, said.what)
            told = f"{count} was published by {who or said.source.publisher} "
            told += f"as of {case.phrases.when(anchor.as_of)}. {_own(anchor, case)}"
            return Check(
                verdict=CheckVerdict.AGREES,
                claim=index,
                record=f"source {said.source.id}",
                explanation=f"{told[:1].upper()}{told[1:]}".strip(),
            )
    told = f"The record has no published total of {case.phrases.count_in_figures(claim.quantity, claim.what)} "
    told += f"{case.phrases.direction(claim.giver, claim.receiver)}."
    return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)


def check_other(index: int, claim: Claim) -> Check:
    """Returns the finding on what is no exchange: the record of exchanges cannot say."""
    kind = {"talks": "talks", "accusation": "accusations"}.get(claim.kind.value, "incidents outside exchanges")
    return Check(
        verdict=CheckVerdict.UNKNOWN,
        claim=index,
        explanation=f"The record of exchanges does not judge {kind}.",
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
    told = f"The record also has {case.phrases.counted(found.transfer)} {case.phrases.on_date(found.exchange.when)}, "
    yield Check(
        verdict=CheckVerdict.MISSING_FROM_TEXT,
        record=found.exchange.slug,
        explanation=f"{told}{case.phrases.verdict(found.exchange, found.transfer)}.",
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
        explanation=f"The figure for {case.phrases.noun(found.transfer.what)} "
        f"{case.phrases.direction(found.transfer.giver, found.transfer.receiver)} is contested, and the text gives "
        f"{figures_told} alone: {case.phrases.voices(found.transfer)}.",
    )


def _same_number(claim: Claim, anchor: AnchorEntry) -> bool:
    said, quantity = anchor.claim.quantity, claim.quantity
    if said is None or quantity is None or not figures.is_figure(said) or not figures.is_figure(quantity):
        return False
    return figures.span(said) == figures.span(quantity)


def _own(anchor: AnchorEntry, case: Case) -> str:
    if anchor.own_low is None:
        return anchor.explanation
    doubtful = f", and {case.phrases.figure(anchor.own_unverified)} unverified" if anchor.own_unverified else ""
    return f"Our own sum of the same time is {case.phrases.span(anchor.own_low, anchor.own_high)}{doubtful}. " + (
        anchor.explanation
    )


def _is_of(exchange: ExchangeEntry, what: What | None) -> bool:
    return took_place(exchange) and any(
        what in {None, transfer.what} and transfer.reconciliation.high != 0 for transfer in exchange.transfers
    )
