"""The tables of the brief in words, the same on the page, in the PDF and in the CSV file."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeward.account.ledger import BalanceLine
from homeward.brief.document import Brief
from homeward.wording import numbers
from homeward.wording.catalogue import Wording, sentence_case, wording

__all__ = ["BalanceRow", "balance_rows", "told_by"]


@dataclass(frozen=True, kw_only=True)
class BalanceRow:
    """One commitment in one party's wording, ready to be shown."""

    line: BalanceLine
    agreement: str
    worded_by: str
    obligation: str
    promised: str
    delivered: str
    unverified: str
    outstanding: str
    days: str


def told_by(brief: Brief) -> Wording:
    """Returns the catalogue of the brief's language, knowing the parties of its record."""
    return wording(brief.language).knowing({code: party.name for code, party in brief.parties.items()})


def balance_rows(brief: Brief) -> tuple[BalanceRow, ...]:
    """Returns a row for each commitment, the newest agreement first and its wordings in the order of the record."""
    told = told_by(brief)
    order = {slug: place for place, slug in enumerate(reversed(list(brief.agreements)))}
    lines = sorted(brief.balance, key=lambda line: order.get(line.commitment.agreement, len(order)))
    return tuple(_row(told, line, brief.agreements) for line in lines)


def _row(told: Wording, line: BalanceLine, names: Mapping[str, str]) -> BalanceRow:
    owed = line.commitment
    things = numbers.noun(told, owed.what, category=owed.category)
    slots = {"giver": told.party(owed.giver), "receiver": told.party(owed.receiver)}
    no_number = str(told.entry("brief.table.no_number"))
    return BalanceRow(
        line=line,
        agreement=names.get(owed.agreement, owed.agreement),
        worded_by=f"{told.party(owed.worded_by):voice}"
        if owed.worded_by
        else sentence_case(str(told.entry("who.press"))),
        obligation=sentence_case(told.say("item.both", count=things, **slots)),
        promised=numbers.alone(told, owed.quantity) if owed.quantity else no_number,
        delivered=numbers.span(told, line.delivered_low, line.delivered_high),
        unverified=numbers.figure(told, line.unverified) if line.unverified else "",
        outstanding=(
            no_number
            if line.outstanding_low is None
            else numbers.span(told, line.outstanding_low, line.outstanding_high)
        ),
        days="" if line.days_since is None else numbers.figure(told, line.days_since),
    )
