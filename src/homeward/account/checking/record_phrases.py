"""The check's sentences: what the record has, with figures, dates, and who says so."""

from dataclasses import dataclass
from typing import Self

from homeward.account.checking.matching import given
from homeward.account.ledger import CommitmentEntry, ExchangeEntry, Ledger, TransferEntry, Verdict
from homeward.reader.claims import Modifier, Quantity
from homeward.wording.catalogue import wording
from homeward.wording.phrases import Phrases

__all__ = ["RecordPhrases"]


@dataclass(frozen=True)
class RecordPhrases(Phrases):
    """Phrases about the entries of a record, in English; numbers, nouns and dates come from the message catalogue."""

    @classmethod
    def of(cls, ledger: Ledger) -> Self:
        """Returns phrases that know the names of the record's parties."""
        return cls(wording("en").knowing({code: party.name for code, party in ledger.parties.items()}))

    def counted(self, transfer: TransferEntry) -> str:
        """Returns what a transfer was by the record: "1,000 to 1,003 bodies from Russia to Ukraine"."""
        found = transfer.reconciliation
        quantity = None if found.low is None else Quantity(found.low, found.high, Modifier.EXACT)
        unstated = f"{self.noun(transfer.what)} without a figure"
        count = self.count_in_figures(quantity, transfer.what) if quantity else unstated
        return f"{count} {self.direction(transfer.giver, transfer.receiver)}"

    def direction(self, giver: str | None, receiver: str | None) -> str:
        """Returns "from Russia to Ukraine"; what is not said is left out."""
        parts = [f"from {self.party(giver)}"] if giver else []
        parts += [f"to {self.party(receiver)}"] if receiver else []
        return " ".join(parts) or "in both directions together"

    def verdict(self, exchange: ExchangeEntry, transfer: TransferEntry) -> str:
        """Returns the verdict on a transfer in words, with who says so."""
        found = transfer.reconciliation
        match found.verdict:
            case Verdict.CORROBORATED:
                return "corroborated by both sides"
            case Verdict.ONE_SIDED:
                alone = f"given by {self.party(found.said_by[0])} alone"
                if any(other.reconciliation.verdict is Verdict.CORROBORATED for other in exchange.transfers):
                    return f"{alone}, in an exchange corroborated by both sides"
                return alone
            case Verdict.CONTESTED:
                return f"contested: {self.voices(transfer)}"
            case Verdict.UNVERIFIED:
                return "unverified: general knowledge or inference only"
            case Verdict.REPORTED:
                if found.low is None:
                    return "confirmed without a number"
                return "reported by others, by neither side"

    def voices(self, transfer: TransferEntry) -> str:
        """Returns who says which figure: "1,003 according to Coordination Headquarters (Ukraine) and 1,000 ..."."""
        said: dict[tuple[int, int], list[str]] = {}
        for speaker, party, quantity in given(transfer):
            numbers_ = [number for number in (quantity.low, quantity.high) if number is not None]
            name = f"{speaker} ({self.party(party)})" if speaker and party else speaker or self.party(party)
            said.setdefault((min(numbers_), max(numbers_)), []).append(name)
        parts = [f"{self.span(*span)} according to {self.listed_once(who)}" for span, who in sorted(said.items())]
        return self.listed(parts)

    def worded(self, commitment: CommitmentEntry) -> str:
        """Returns a wording with whose it is: 'Russia (Vladimir Medinsky) said "6,000 bodies"'."""
        speakers = [claim.speaker for claim in commitment.claims if claim.speaker]
        who = self.party(commitment.worded_by) if commitment.worded_by else ""
        people = self.listed_once(speakers)
        name = f"{who} ({people})" if who and people else who or people or "the press"
        return f'{name} said "{commitment.wording}"'
