"""Claims of what was agreed held against each party's own wording."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from homeward import dates
from homeward.account import figures
from homeward.account.balance import total
from homeward.account.checking.compared import figure_of, figure_of_commitment
from homeward.account.checking.values import Case, Check
from homeward.account.comparability import Slot, combine, compare
from homeward.account.ledger import AgreementEntry, CommitmentEntry, Ledger
from homeward.account.vocabulary import CheckVerdict
from homeward.reader.claims import Claim, Modifier, Quantity

__all__ = ["check_commitment", "is_dated"]

WORDS = re.compile(r"[^\W\d_]{3,}")
YEARS = re.compile(r"\b(?:19|20)\d\d\b")


def check_commitment(index: int, claim: Claim, case: Case) -> Check:
    """Returns the finding on what a text says was agreed, against what each party said of it.

    Held against the agreement that the text names or dates. Of several that it may mean, one alone whose wording the
    text gives is meant; otherwise nothing is said but which they are.
    """
    candidates = [(agreement, _worded(agreement, claim)) for agreement in _agreements(claim, case)]
    candidates = [(agreement, worded) for agreement, worded in candidates if worded]
    if not candidates:
        key = "check.agreement_unknown_named" if claim.agreement else "check.agreement_unknown"
        told = case.phrases.say(key, agreement=claim.agreement, noun=case.phrases.noun(claim.what))
        return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)
    if len(candidates) == 1:
        return _compare(index, claim, *candidates[0], case)
    results = [_compare(index, claim, *candidate, case) for candidate in candidates]
    agreeing = [result for result in results if result.verdict is CheckVerdict.AGREES]
    if len(agreeing) == 1:
        return agreeing[0]
    names = case.phrases.listed([agreement.name for agreement, _ in candidates])
    told = case.phrases.say("check.agreement_several", noun=case.phrases.noun(claim.what), agreements=names)
    return Check(verdict=CheckVerdict.UNKNOWN, claim=index, explanation=told)


def _worded(agreement: AgreementEntry, claim: Claim) -> list[CommitmentEntry]:
    """Returns the parties' wordings, not the press's, of what a claim is about."""
    return [entry for entry in agreement.commitments if entry.worded_by and _is_about(entry, claim)]


def _compare(
    index: int, claim: Claim, agreement: AgreementEntry, worded: Sequence[CommitmentEntry], case: Case
) -> Check:
    slots = {"agreement": agreement.name, "wordings": _wordings(worded, case)}

    def found(verdict: CheckVerdict, *sentences: str) -> Check:
        told = " ".join(sentence for sentence in sentences if sentence)
        return Check(verdict=verdict, claim=index, record=agreement.slug, explanation=told)

    conflict = frozenset(party for entry in worded for party in (entry.giver, entry.receiver))
    named = agreement.slug if claim.agreement or is_dated(claim, agreement) else None
    figure = figure_of(claim, case.conflict or conflict if named else case.conflict, agreement=named)
    # The wordings are those of both directions, so a text that names none is held against every one it can mean.
    both = frozenset({Slot.DIRECTION}) if claim.giver is None and claim.receiver is None else frozenset()
    result = combine((compare(figure, figure_of_commitment(entry, agreement)) for entry in worded), enumerated=both)
    if (result and result.verdict is CheckVerdict.AGREES) or _leaves_open_too(claim, worded):
        return found(CheckVerdict.AGREES, case.phrases.say("check.agreement_same", **slots))
    if claim.quantity is None or not figures.is_figure(claim.quantity):
        return found(CheckVerdict.UNKNOWN, case.phrases.say("check.agreement_without_number", **slots))
    count = case.phrases.count_in_figures(claim.quantity, claim.what)
    differs = case.phrases.say("check.agreement_differs", count=count, **slots)
    sums = _sums(worded)
    sentences = list(_both_ways(claim.quantity, sums, case))
    # A sum is right only where it is one in every party's wording: else somebody promised one direction alone.
    if both and len(sentences) == len(sums):
        return found(CheckVerdict.AGREES, *sentences[:1], slots["wordings"] + ".")
    if result is None or result.verdict is CheckVerdict.UNKNOWN:
        return found(CheckVerdict.UNKNOWN, differs, case.phrases.because(result.reason if result else None))
    told = (*sentences[:1], *_delivered(claim, agreement, worded, case))
    return found(result.verdict, differs, *told, case.phrases.because(result.reason))


def _wordings(worded: Sequence[CommitmentEntry], case: Case) -> str:
    return case.phrases.joined(case.phrases.worded(entry) for entry in worded)


def _sums(worded: Sequence[CommitmentEntry]) -> dict[str, tuple[int, int] | None]:
    """Returns for each party what it promised in both directions, one and the other; None without both numbers."""
    found: dict[str, tuple[int, int] | None] = {entry.worded_by or "": None for entry in worded}
    for first, second in product(worded, worded):
        opposite = (first.giver, first.receiver) == (second.receiver, second.giver)
        one, other = _number(first), _number(second)
        if first.worded_by == second.worded_by and opposite and one is not None and other is not None:
            found[first.worded_by or ""] = one, other
    return found


def _number(entry: CommitmentEntry) -> int | None:
    return figures.span(entry.quantity)[0] if entry.quantity and figures.is_figure(entry.quantity) else None


def _both_ways(quantity: Quantity, sums: Mapping[str, tuple[int, int] | None], case: Case) -> Iterator[str]:
    """Yields in whose wording a number is what both directions make together."""
    for party, parts in sorted(sums.items()):
        if parts and sum(parts) == figures.span(quantity)[0]:
            one, other = map(case.phrases.figure, parts)
            who = case.phrases.wording.party(party)
            yield case.phrases.say("check.agreement_both_ways", party=who, one=one, other=other)


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


def _leaves_open_too(claim: Claim, worded: Sequence[CommitmentEntry]) -> bool:
    """Returns whether text and party alike leave the number open: none at all, or all of a category."""
    if claim.quantity is None:
        return any(entry.quantity is None or entry.quantity.modifier is Modifier.ALL for entry in worded)
    is_all = claim.quantity.modifier is Modifier.ALL
    return is_all and any(entry.quantity and entry.quantity.modifier is Modifier.ALL for entry in worded)


def _is_about(entry: CommitmentEntry, claim: Claim) -> bool:
    same_direction = claim.giver in {None, entry.giver} and claim.receiver in {None, entry.receiver}
    same_category = claim.category is None or entry.category in {"", claim.category}
    return entry.what is claim.what and same_direction and same_category


def _agreements(claim: Claim, case: Case) -> list[AgreementEntry]:
    """Returns the agreements that a claim may speak of: by name, else by the time that it gives, else all so far."""
    known = [entry for entry in case.ledger.agreements if _concluded(entry) <= (case.published or case.ledger.on)]
    if claim.agreement:
        return list(filter(_answers_to(claim.agreement, case.ledger), known))
    return [entry for entry in known if is_dated(claim, entry)] or known


def is_dated(claim: Claim, entry: AgreementEntry) -> bool:
    """Returns whether a claim's time is that of an agreement's conclusion."""
    said, concluded = dates.bounds(claim.when or ""), dates.bounds(entry.concluded)
    if not (said.earliest and said.latest and concluded.earliest and concluded.latest):
        return False
    return said.earliest <= concluded.latest and concluded.earliest <= said.latest


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


def _concluded(entry: AgreementEntry) -> date:
    return dates.bounds(entry.concluded).earliest or date.min
