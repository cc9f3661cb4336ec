"""The check's sentences: what the record has, with figures, dates, and who says so."""

from datetime import date

from homeward.account.checking.matching import given
from homeward.account.ledger import CommitmentEntry, ExchangeEntry, Ledger, TransferEntry, Verdict
from homeward.reader.claims import Modifier, Quantity, What
from homeward.wording import dates, numbers
from homeward.wording.catalogue import Wording, wording

__all__ = ["Explanations"]


class Explanations:
    """Words for the entries of one record, in English; numbers, nouns and dates come from the message catalogue."""

    def __init__(self, ledger: Ledger) -> None:
        self._wording: Wording = wording("en").knowing({code: party.name for code, party in ledger.parties.items()})

    def party(self, code: str | None) -> str:
        """Returns a party's name."""
        return str(self._wording.party(code)) if code else "the press"

    def on(self, edtf: str) -> str:
        """Returns a date as it stands in a sentence: "on 29 January 2026", "in November 2025"."""
        return dates.adverbial(self._wording, edtf)

    def when(self, edtf: str) -> str:
        """Returns a date in words: "29 January 2026"."""
        return dates.spell(self._wording, edtf)

    def day(self, value: date) -> str:
        """Returns a day in words."""
        return dates.day(self._wording, value)

    def figure(self, number: int) -> str:
        """Returns a number in figures."""
        return numbers.figure(self._wording, number)

    def span(self, low: int | None, high: int | None) -> str:
        """Returns "1,000", or "1,000 to 1,003"."""
        return numbers.span(self._wording, low, high)

    def listed(self, parts: list[str]) -> str:
        """Returns "A, B and C"."""
        return self._wording.listed(parts)

    def nouns(self, what: What | None) -> str:
        """Returns the plural of what is handed over: "bodies"."""
        return str(self._wording.plural(f"what.{what.value if what else 'unsaid'}", 2))

    def count(self, quantity: Quantity | None, what: What | None) -> str:
        """Returns a figure with its noun: "more than 6,000 bodies"."""
        return numbers.counted(self._wording, quantity, what, numerals=True)

    def counted(self, transfer: TransferEntry) -> str:
        """Returns what a transfer was by the record: "1,000 to 1,003 bodies from Russia to Ukraine"."""
        found = transfer.reconciliation
        quantity = None if found.low is None else Quantity(found.low, found.high, Modifier.EXACT)
        count = self.count(quantity, transfer.what) if quantity else f"{self.nouns(transfer.what)} without a figure"
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
        parts = [f"{self.span(*span)} according to {self.listed(_once(who))}" for span, who in sorted(said.items())]
        return self.listed(parts)

    def worded(self, commitment: CommitmentEntry) -> str:
        """Returns a wording with whose it is: 'Russia (Vladimir Medinsky) said "6,000 bodies"'."""
        speakers = _once([claim.speaker for claim in commitment.claims if claim.speaker])
        who = self.party(commitment.worded_by) if commitment.worded_by else ""
        name = f"{who} ({self.listed(speakers)})" if who and speakers else who or self.listed(speakers) or "the press"
        return f'{name} said "{commitment.wording}"'


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))
