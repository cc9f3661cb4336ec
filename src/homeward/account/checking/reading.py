"""A reading held against the record."""

from collections.abc import Iterator
from dataclasses import replace

from homeward import dates
from homeward.account.checking.absences_and_totals import check_absence, check_total, what_is_missing
from homeward.account.checking.agreements import check_commitment
from homeward.account.checking.compared import conflict_of, figure_of
from homeward.account.checking.matching import is_event, match
from homeward.account.checking.own_claims import without_own
from homeward.account.checking.record_phrases import RecordPhrases
from homeward.account.checking.transfers import check_back_reference, check_both_ways, check_event, check_plan
from homeward.account.checking.values import Case, Check
from homeward.account.ledger import Ledger
from homeward.account.vocabulary import CheckVerdict
from homeward.reader import Reading
from homeward.reader.claims import Band, Claim, Kind, Scope, Status

__all__ = ["check"]


def check(reading: Reading, ledger: Ledger, *, language: str = "en") -> tuple[Check, ...]:
    """Returns what the record has to say on every claim of a text, and on what the text left out.

    Confident claims alone are held against it. A pure function: a claim is matched by its date, or by the week before
    publication where it gives none, then by direction, kind and figure. Every confident claim of a hand-over, an
    agreement or an absence has at least one finding, told in `language`; nothing is said of accusations, talks and
    incidents. What the record has from this very text is left out.
    """
    case = _case(reading, without_own(ledger, reading.document), language)
    confident = [index for index, claim in enumerate(case.claims) if claim.band is Band.CONFIDENT]
    findings = [finding for index in confident for finding in _findings(index, case)]
    return (*findings, *what_is_missing(case))


def _case(reading: Reading, ledger: Ledger, language: str) -> Case:
    published = dates.bounds(reading.document.published or "").latest
    case = Case(
        claims=tuple(reading.claims),
        body=reading.document.body,
        published=published,
        ledger=ledger,
        phrases=RecordPhrases.of(ledger, language),
        language=reading.document.language,
        conflict=conflict_of(reading.claims),
        numbers=frozenset(figure.value for figure in reading.counted if figure.value is not None),
    )
    exchanges = [entry for entry in ledger.exchanges if published is None or entry.earliest <= published]
    matches = {index: match(claim, exchanges, published) for index, claim in enumerate(case.claims) if _is_told(claim)}
    return replace(case, matches={index: found for index, found in matches.items() if found})


def _is_told(claim: Claim) -> bool:
    if claim.band is not Band.CONFIDENT:
        return False
    return is_event(claim) or (claim.kind is Kind.TRANSFER and claim.scope is Scope.EVENT and claim.when is not None)


def _findings(index: int, case: Case) -> Iterator[Check]:
    claim = case.claims[index]
    if claim.kind not in {Kind.TRANSFER, Kind.COMMITMENT, Kind.ABSENCE}:
        return
    if _is_of_another_conflict(claim, case):
        told = case.phrases.plain("check.outside_the_record")
        yield Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)
        return
    if claim.kind is Kind.ABSENCE:
        yield check_absence(index, claim, case)
    elif claim.scope is Scope.CUMULATIVE:
        yield check_total(index, claim, case)
    elif claim.kind is Kind.COMMITMENT or claim.scope is Scope.AGREEMENT or claim.status is Status.AGREED:
        yield check_commitment(index, claim, case)
    elif claim.status is not Status.CARRIED_OUT:
        yield check_plan(index, claim, case)
    elif claim.giver is None and claim.receiver is None:
        yield check_both_ways(index, claim, case)
    else:
        yield from check_event(index, claim, case)
    if claim.back_reference:
        yield from check_back_reference(index, claim, case)


def _is_of_another_conflict(claim: Claim, case: Case) -> bool:
    """Returns whether a claim names parties between which the record has neither an exchange nor an agreement."""
    parties = figure_of(claim, case.conflict).conflict
    on_record = (
        *({part.giver, part.receiver} for entry in case.ledger.exchanges for part in entry.transfers),
        *({part.giver, part.receiver} for entry in case.ledger.agreements for part in entry.commitments),
    )
    return bool(parties) and not any(parties <= pair for pair in on_record)
