"""The check's sentences: what the record has, with figures, dates, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from homeward.account.checking.matching import given
from homeward.account.comparability import Slot
from homeward.account.ledger import CommitmentEntry, ExchangeEntry, Ledger, TransferEntry, Verdict
from homeward.reader.claims import Modifier, Quantity
from homeward.wording.catalogue import wording
from homeward.wording.phrases import Phrases

__all__ = ["RecordPhrases"]


@dataclass(frozen=True)
class RecordPhrases(Phrases):
    """Phrases about the entries of a record."""

    @classmethod
    def of(cls, ledger: Ledger, language: str = "en") -> Self:
        """Returns phrases of a language that know the names of the record's parties."""
        return cls(wording(language).knowing({code: party.name for code, party in ledger.parties.items()}))

    def transfer(self, exchange: ExchangeEntry, transfer: TransferEntry) -> dict[str, str]:
        """Returns what a sentence about one transfer may ask for: what it was, when, and how sure that is."""
        return {
            "transfer": self.counted(transfer),
            "when": self.on_date(exchange.when),
            "verdict": self.verdict(exchange, transfer),
        }

    def counted(self, transfer: TransferEntry) -> str:
        """Returns what a transfer was by the record: "1,000 to 1,003 bodies from Russia to Ukraine"."""
        found = transfer.reconciliation
        way = self.direction(transfer.giver, transfer.receiver)
        if found.low is None:
            return self.wording.say("check.transfer_without_figure", noun=self.noun(transfer.what), way=way)
        count = self.count_in_figures(Quantity(found.low, found.high, Modifier.EXACT), transfer.what)
        return self.wording.say("check.transfer", count=count, way=way)

    def direction(self, giver: str | None, receiver: str | None) -> str:
        """Returns "from Russia to Ukraine"; what is not said is left out."""
        known = "both" if giver and receiver else "giver" if giver else "receiver" if receiver else "none"
        names = {"giver": self.wording.party(giver or ""), "receiver": self.wording.party(receiver or "")}
        return self.wording.say(f"check.way.{known}", **names)

    def verdict(self, exchange: ExchangeEntry, transfer: TransferEntry) -> str:
        """Returns the verdict on a transfer in words, with who says so."""
        found = transfer.reconciliation
        key = found.verdict.value
        if found.verdict is Verdict.ONE_SIDED:
            if any(other.reconciliation.verdict is Verdict.CORROBORATED for other in exchange.transfers):
                key = "one_sided_in_corroborated"
        elif found.verdict is Verdict.REPORTED and found.low is None:
            key = "withheld"
        who = self.wording.party(found.said_by[0] if found.said_by else "")
        return self.wording.say(f"check.verdict.{key}", who=who, voices=self.voices(transfer))

    def voices(self, transfer: TransferEntry) -> str:
        """Returns who says which figure: "1,003 according to Coordination Headquarters (Ukraine) and 1,000 ..."."""
        said: dict[tuple[int, int], list[str]] = {}
        for speaker, party, quantity in given(transfer):
            bounds = [number for number in (quantity.low, quantity.high) if number is not None]
            said.setdefault((min(bounds), max(bounds)), []).append(self._voice(speaker, party))
        parts = [
            self.wording.say("check.voice", span=self.span(*span), who=self.listed_once(who))
            for span, who in sorted(said.items())
        ]
        return self.joined(parts)

    def joined(self, parts: Iterable[str]) -> str:
        """Returns phrases in one, each once: as a list, or with the separator that the language has for such lists."""
        once, separator = list(dict.fromkeys(parts)), self.plain("check.separator")
        return separator.join(once) if separator else self.listed(once)

    def because(self, slot: Slot | None) -> str:
        """Returns why a figure is no contradiction: what is not certain; "" for no reason."""
        return self.plain(f"check.because.{slot.value}") if slot else ""

    def worded(self, commitment: CommitmentEntry) -> str:
        """Returns a wording with whose it is: 'Russia (Vladimir Medinsky) said "6,000 bodies"'."""
        people = self.listed_once(claim.speaker for claim in commitment.claims if claim.speaker)
        who = self.party(commitment.worded_by) if commitment.worded_by else ""
        name = who or people or self.plain("check.press")
        if who and people:
            name = self.wording.say("who.with_details", speaker=who, details=people)
        return self.wording.say("check.worded", who=name, wording=commitment.wording)

    def _voice(self, speaker: str | None, party: str | None) -> str:
        if speaker and party:
            return self.wording.say("who.with_details", speaker=speaker, details=self.party(party))
        return speaker or self.party(party)
