"""The phrases that every text of the account is made of: who, how many of what, which way and when, in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from homeward.reader.claims import Quantity, What
from homeward.wording import dates, numbers
from homeward.wording.catalogue import Inflected, Wording, sentence_case

__all__ = ["Phrases"]


@dataclass(frozen=True)
class Phrases:
    """A catalogue, ready to make phrases of values. Texts about the record or an article add their own to these."""

    wording: Wording

    def say(self, key: str, /, **values: object) -> str:
        """Returns the message as a sentence."""
        return sentence_case(self.wording.say(key, **values))

    def plain(self, key: str) -> str:
        """Returns a word or a sentence without slots."""
        return str(self.wording.entry(key))

    def listed(self, parts: Iterable[str]) -> str:
        """Returns "A", "A and B" or "A, B and C"."""
        return self.wording.listed(list(parts))

    def listed_once(self, parts: Iterable[str]) -> str:
        """Returns the same, what stands twice among the parts only once."""
        return self.listed(dict.fromkeys(parts))

    def party(self, code: str | None) -> str:
        """Returns a party's name; the press where there is none."""
        return str(self.wording.party(code)) if code else self.plain("who.press")

    def voice(self, code: str | None) -> str:
        """Returns how a party is named as a speaker; the press where there is none."""
        return f"{self.wording.party(code):voice}" if code else self.plain("who.press")

    def person(self, speaker: str | None, party: str | None, *, details: Sequence[str] = ()) -> str:
        """Returns a speaker with the party, where the name does not say it, and further details; "" for nobody.

        A party without a named speaker speaks for itself.
        """
        names = self.wording.party(party) if party else None
        name = speaker or (f"{names:voice}" if names else "")
        if not name:
            return ""
        known = names is None or self.wording.names_party(names.code, name)
        shown = [] if names is None or known else [f"{names:short}"]
        shown += details
        if not shown:
            return name
        separator = self.plain("who.details_separator")
        return self.wording.say("who.with_details", speaker=name, details=separator.join(shown))

    def noun(self, what: What | None, *, category: str = "") -> Inflected:
        """Returns the plural of what is handed over, in every form that the catalogue has: "bodies"."""
        return numbers.noun(self.wording, what, category=category)

    def count(self, quantity: Quantity | None, what: What | None, *, category: str = "") -> str:
        """Returns a figure with its noun as in a sentence: "nine bodies", "more than 6,000 bodies"."""
        return numbers.counted(self.wording, quantity, what, category=category)

    def count_in_figures(self, quantity: Quantity | None, what: What | None, *, category: str = "") -> str:
        """Returns the same as in a headline or a table: "9 bodies"; the noun alone where no figure was given."""
        return numbers.counted(self.wording, quantity, what, category=category, numerals=True)

    def amount(self, quantity: Quantity | None) -> str:
        """Returns a figure without a noun: "more than 6,000"."""
        return numbers.alone(self.wording, quantity)

    def number(self, value: int) -> str:
        """Returns a number as it stands in a sentence: "nine", "10", "1,000"."""
        return numbers.number(self.wording, value)

    def figure(self, number: int) -> str:
        """Returns a number in figures: "1,000"."""
        return numbers.figure(self.wording, number)

    def spanned(self, low: int | None, high: int | None, what: What | None) -> str:
        """Returns "1,000 to 1,003 bodies", or "an unstated number of bodies"."""
        return numbers.spanned(self.wording, low, high, what)

    def span(self, low: int | None, high: int | None) -> str:
        """Returns "1,000", or "1,000 to 1,003"."""
        return numbers.span(self.wording, low, high)

    def when(self, edtf: str) -> Inflected:
        """Returns a date in words: "29 January 2026"."""
        return dates.spell(self.wording, edtf)

    def on_date(self, edtf: str, *, of_total: bool = False) -> str:
        """Returns a date as it stands in a sentence: "on 29 January 2026", "in November 2025"."""
        return dates.adverbial(self.wording, edtf, of_total=of_total)

    def day(self, value: date) -> Inflected:
        """Returns a day in words."""
        return dates.day(self.wording, value)

    def verbs(self, what: What | None, *, giver: str | None) -> dict[str, str]:
        """Returns the forms of the verb that goes with what is handed over and by whom: past, present, base."""
        return self.wording.verbs(what.value if what else "unsaid", giver=self.wording.party(giver or ""))
