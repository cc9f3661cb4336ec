"""Claims of what was agreed held against each party's own wording."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from homeward import dates
from homeward.account import figures
from homeward.account.balance import total
from homeward.account.checking.values import Case, Check, CheckVerdict
from homeward.account.ledger import AgreementEntry, CommitmentEntry, Ledger
from homeward.reader.claims import Claim, Modifier

__all__ = ["check_commitment"]

WORDS = re.compile(r"[^\W\d_]{3,}")
YEARS = re.compile(r"\b(?:19|20)\d\d\b")


def check_commitment(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on what a text says was agreed, against what each party said of it."""
    for agreement in _agreements(claim, case):
        worded = [entry for entry in agreement.commitments if _is_about(entry, claim)]
        by_parties = [entry for entry in worded if entry.worded_by]
        if by_parties:
            return _compare(index, claim, agreement, by_parties, case)
    key = "check.agreement_unknown_named" if claim.agreement else "check.agreement_unknown"
    told = case.phrases.say(key, agreement=claim.agreement, noun=case.phrases.noun(claim.what))
    return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)


def _compare(
    index: int, claim: Claim, agreement: AgreementEntry, worded: Sequence[CommitmentEntry], case: Case
) -> Check:
    slots = {"agreement": agreement.name, "wordings": _wordings(worded, case)}
    agrees = any(_says_the_same(claim, entry) for entry in worded)
    if agrees:
        told = case.phrases.say("check.agreement_same", **slots)
        return Check(verdict=CheckVerdict.AGREES, claim=index, record=agreement.slug, explanation=told)
    if claim.quantity is None or not figures.is_figure(claim.quantity):
        told = case.phrases.say("check.agreement_without_number", **slots)
        return Check(verdict=CheckVerdict.UNKNOWN, claim=index, record=agreement.slug, explanation=told)
    count = case.phrases.count_in_figures(claim.quantity, claim.what)
    told = case.phrases.say("check.agreement_differs", count=count, **slots)
    told = " ".join([told, *_where_it_comes_from(claim, agreement, worded, case)])
    return Check(verdict=CheckVerdict.CONTRADICTS, claim=index, record=agreement.slug, explanation=told)


def _wordings(worded: Sequence[CommitmentEntry], case: Case) -> str:
    return case.phrases.joined(case.phrases.worded(entry) for entry in worded)


def _where_it_comes_from(
    claim: Claim, agreement: AgreementEntry, worded: Sequence[CommitmentEntry], case: Case
) -> Iterator[str]:
    """Yields what the text's number may be instead: both directions added, or what was delivered."""
    if claim.quantity is None:
        return
    number = figures.span(claim.quantity)[0]
    parts = {
        (first.worded_by, figures.span(first.quantity)[0], figures.span(second.quantity)[0])
        for first in worded
        for second in worded
        if first.quantity and second.quantity and figures.is_figure(first.quantity)
        if figures.is_figure(second.quantity) and first.worded_by == second.worded_by
        if (first.giver, first.receiver) == (second.receiver, second.giver)
    }
    for party, one, other in sorted(parts, key=str):
        if one + other == number:
            yield case.phrases.say(
                "check.agreement_both_ways",
                party=case.phrases.wording.party(party or ""),
                one=case.phrases.figure(one),
                other=case.phrases.figure(other),
            )
            break
    yield from _delivered(claim, agreement, worded, case)


def _delivered(claim: Claim, agreement: AgreementEntry, worded: Sequence[CommitmentEntry], case: Case) -> Iterator[str]:
    day = case.published or case.ledger.on
    for giver, receiver in sorted({(entry.giver, entry.receiver) for entry in worded}):
        transfers = [
            transfer
            for exchange in case.ledger.exchanges
            if exchange.agreement == agreement.slug and not exchange.aborted and exchange.latest <= day
            for transfer in exchange.transfers
            if (transfer.what, transfer.giver, transfer.receiver) == (claim.what, giver, receiver)
        ]
        low, high, doubtful = total(transfers)
        if transfers:
            yield case.phrases.say(
                "check.agreement_delivered_unverified" if doubtful else "check.agreement_delivered",
                way=case.phrases.direction(giver, receiver),
                day=case.phrases.day(day),
                span=case.phrases.span(low, high),
                unverified=case.phrases.figure(doubtful),
            )


def _says_the_same(claim: Claim, entry: CommitmentEntry) -> bool:
    quantity = claim.quantity
    if quantity is None or quantity.modifier is Modifier.ALL or not figures.is_figure(quantity):
        promised_all = entry.quantity is not None and entry.quantity.modifier is Modifier.ALL
        return promised_all or (entry.quantity is None and quantity is None)
    if entry.quantity is None or not figures.is_figure(entry.quantity):
        return False
    return figures.span(entry.quantity) == figures.span(quantity)


def _is_about(entry: CommitmentEntry, claim: Claim) -> bool:
    same_direction = claim.giver in {None, entry.giver} and claim.receiver in {None, entry.receiver}
    same_category = claim.category is None or entry.category in {"", claim.category}
    return entry.what is claim.what and same_direction and same_category


def _agreements(claim: Claim, case: Case) -> list[AgreementEntry]:
    """Returns the agreements that a claim may speak of, the best first: by name, then by when they were concluded."""
    known = [entry for entry in case.ledger.agreements if _concluded(entry) <= (case.published or case.ledger.on)]
    if claim.agreement:
        known = list(filter(_answers_to(claim.agreement, case.ledger), known))
    return sorted(known, key=lambda entry: (_is_said_there(entry, claim), _concluded(entry)), reverse=True)


def _answers_to(name: str, ledger: Ledger) -> Callable[[AgreementEntry], bool]:
    """Returns the test for a name: every word in it that any agreement has, and its year where it gives one."""
    vocabulary = {word for entry in ledger.agreements for word in _words(entry)}
    # Texts call a deal what they like; a word that no agreement has in its name or place says nothing against one.
    words = {word.lower() for word in WORDS.findall(name)} & vocabulary
    years = set(YEARS.findall(name))

    def answers(entry: AgreementEntry) -> bool:
        in_year = not years or entry.concluded[:4] in years
        return bool(words or years) and words <= _words(entry) and in_year

    return answers


def _words(entry: AgreementEntry) -> set[str]:
    return {word.lower() for word in WORDS.findall(f"{entry.name} {entry.place}")}


def _is_said_there(entry: AgreementEntry, claim: Claim) -> bool:
    return any(_is_about(commitment, claim) and _says_the_same(claim, commitment) for commitment in entry.commitments)


def _concluded(entry: AgreementEntry) -> date:
    return dates.bounds(entry.concluded).earliest or date.min
