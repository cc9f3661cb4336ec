"""Strands of an article put into words of one catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from homeward.account import figures
from homeward.brief.story import Strand
from homeward.reader.claims import Claim, Kind, Quantity, Scope
from homeward.wording.catalogue import sentence_case
from homeward.wording.phrases import Phrases

__all__ = ["ArticlePhrases"]

LONGEST_QUOTE = 240
LONGEST_SPEAKER_IN_HEADLINE = 3


@dataclass(frozen=True)
class ArticlePhrases(Phrases):
    """A catalogue, and the claims of the article that is told from it."""

    claims: Sequence[Claim]

    def who(self, strand: Strand) -> str:
        """Returns everybody who gives the strand's figures, or "the text" where nobody is named."""
        return self._people(strand.claims)

    def told(self, strand: Strand, *, key: str = "sentence.told") -> str:
        """Returns the strand as one sentence with who says so."""
        of_total = strand.first.scope is Scope.CUMULATIVE
        when = self.on_date(strand.when, of_total=of_total) if strand.when else ""
        slots = {"told": self._core(strand), "who": self.who(strand)}
        return self.say(f"{key}_when", when=when, **slots) if when else self.say(key, **slots)

    def both_ways(self, strand: Strand, returned: Strand) -> str:
        """Returns both directions of one event as one sentence."""
        first, second = self._core(strand), self._core(returned)
        first_who, second_who = self.who(strand), self.who(returned)
        if first_who == second_who:
            sentence = self.wording.say("sentence.both_ways", first=first, second=second, who=first_who)
        else:
            sentence = self.wording.say(
                "sentence.both_ways_apart", first=first, first_who=first_who, second=second, second_who=second_who
            )
        return self._dated(sentence, strand.when or returned.when)

    def differing(self, strand: Strand) -> str:
        """Returns the figures that cannot all be right, each with who gives it."""
        parts = [
            self.wording.say(
                "sentence.figure_by",
                amount=self.amount(voice.quantity),
                who=self._people(voice.claims),
            )
            for voice in strand.voices
            if voice.quantity
        ]
        claim = strand.first
        slots = {"noun": self.noun(claim.what), "figures": self.plain("terms.item_separator").join(parts)}
        if not claim.giver or not claim.receiver:
            sentence = self.wording.say("sentence.differ_no_direction", **slots)
        else:
            giver, receiver = self.wording.party(claim.giver), self.wording.party(claim.receiver)
            sentence = self.wording.say("sentence.differ", giver=giver, receiver=receiver, **slots)
        return self._dated(sentence, strand.when)

    def _dated(self, sentence: str, when: str) -> str:
        if when:
            sentence = self.wording.say("sentence.when_first", when=self.on_date(when), rest=sentence)
        return sentence_case(sentence)

    def terms(self, strands: Sequence[Strand]) -> str:
        """Returns the terms of one agreement, of one status and told by one voice, as one sentence."""
        claim = strands[0].first
        under = self.wording.say("terms.under", agreement=claim.agreement) if claim.agreement else ""
        items = self.wording.entry("terms.item_separator").join(
            self.wording.say(f"item.{_known(strand.first)}", **self._slots(strand.first, strand.quantity))
            for strand in strands
        )
        return self.say(f"terms.{claim.status.value}", under=under, items=items, who=self.who(strands[0]))

    def other(self, claim: Claim) -> str:
        """Returns a claim that is no transfer: an absence told, anything else quoted."""
        who = self._person(claim) or self.plain("who.text")
        if claim.kind is not Kind.ABSENCE:
            return self.say(f"sentence.{claim.kind.value}", who=who, quote=_quote(claim.span.text))
        noun = self.noun(claim.what)
        if claim.when:
            when = self.on_date(claim.when)
            return self.say("sentence.absence", noun=noun, when=when, who=who)
        return self.say("sentence.absence_undated", noun=noun, who=who)

    def pair_headlines(self, strand: Strand, returned: Strand) -> Iterator[str]:
        """Yields headlines that tell both directions."""
        claim = strand.first
        back = self.amount(returned.quantity)
        slots = self._slots(claim, strand.quantity, numerals=True) | {"returned": back}
        if strand.is_contested:
            yield self.say("headline.pair_differ", **slots, **self._range(strand))
            return
        both_named = all(self._voices(part.claims) for part in (strand, returned))
        says = self._says(strand.claims + returned.claims if both_named else ())
        if strand.quantity == returned.quantity:
            yield self.say("headline.pair_equal", says=says, **slots)
        yield self.say("headline.pair", says=says, **slots)
        yield self.say("headline.pair", says=self._says(()), **slots)

    def headlines(self, strand: Strand, *, in_all: bool) -> Iterator[str]:
        """Yields headlines of one strand, from the fullest to the shortest."""
        claim = strand.first
        slots = self._slots(claim, strand.quantity, numerals=True)
        if strand.is_contested:
            key = "headline.differ" if claim.giver else "headline.differ_no_direction"
            yield self.say(key, **slots, **self._range(strand))
        known = _known(claim)
        says = self._says(strand.claims)
        for form in dict.fromkeys((known, "giver" if known == "both" else known, "none")):
            text = self.wording.say(f"headline.{claim.status.value}.{form}", **slots)
            yield self.say("headline.in_all", headline=text, says=says) if in_all else sentence_case(text + says)
        yield sentence_case(text)

    def absence_headlines(self, claim: Claim) -> Iterator[str]:
        """Yields headlines of an absence of exchanges, from the fullest to the shortest."""
        noun, says = self.noun(claim.what), self._says([self.claims.index(claim)])
        if claim.when:
            when = self.on_date(claim.when)
            yield self.say("headline.absence", noun=noun, when=when, says=says)
            yield self.say("headline.absence", noun=noun, when=when, says="")
        yield self.say("headline.absence_undated", noun=noun, says=says)

    def _core(self, strand: Strand) -> str:
        claim = strand.first
        return self.wording.say(f"told.{claim.status.value}.{_known(claim)}", **self._slots(claim, _sharpest(strand)))

    def _slots(self, claim: Claim, quantity: Quantity | None, *, numerals: bool = False) -> dict[str, object]:
        """Returns what every message about one direction may ask for."""
        slots: dict[str, object] = dict(self.verbs(claim.what, giver=claim.giver))
        count = self.count_in_figures if numerals else self.count
        slots["count"] = count(quantity, claim.what, category=claim.category or "")
        slots["noun"] = self.noun(claim.what)
        if claim.giver:
            slots["giver"] = self.wording.party(claim.giver)
        if claim.receiver:
            slots["receiver"] = self.wording.party(claim.receiver)
        return slots

    def _range(self, strand: Strand) -> dict[str, str]:
        spans = [
            figures.span(voice.quantity)
            for voice in strand.voices
            if voice.quantity and figures.is_figure(voice.quantity)
        ]
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        return {"low": self.figure(low), "high": self.figure(high)}

    def _says(self, indices: Sequence[int]) -> str:
        """Returns ", Kyiv and Moscow say" for a headline, ", report says" where nobody is named."""
        names = self._voices(indices)
        spoken_for = all(self.claims[index].speaker_party for index in indices)
        if names and not spoken_for:
            return self.wording.say("headline.says.named", who=self.listed(names))
        form = "nobody" if not names else "one" if len(names) == 1 else "many"
        return self.wording.say(f"headline.says.{form}", who=self.listed(names))

    def _voices(self, indices: Sequence[int]) -> list[str]:
        """Returns who says so as a headline names them: a person speaks for his party there."""
        names: list[str] = []
        for index in indices:
            claim = self.claims[index]
            if claim.speaker_party:
                names.append(f"{self.wording.party(claim.speaker_party):voice}")
            elif claim.speaker and len(claim.speaker.split()) <= LONGEST_SPEAKER_IN_HEADLINE:
                names.append(claim.speaker)
        return list(dict.fromkeys(names))

    def _people(self, indices: Sequence[int]) -> str:
        people = dict.fromkeys(filter(None, (self._person(self.claims[index]) for index in indices)))
        return self.listed(people) or self.plain("who.text")

    def _person(self, claim: Claim) -> str:
        """Returns the speaker with party and channel, as far as the words say and the name does not."""
        return self.person(claim.speaker, claim.speaker_party, details=[claim.channel] if claim.channel else [])


def _known(claim: Claim) -> str:
    if claim.giver and claim.receiver:
        return "both"
    if claim.giver:
        return "giver"
    return "receiver" if claim.receiver else "none"


def _sharpest(strand: Strand) -> Quantity | None:
    """Returns the figure that says most among those that agree: 470 rather than "more than 400"."""
    stated = [voice.quantity for voice in strand.voices if voice.quantity]
    return max(stated, key=lambda quantity: (figures.is_figure(quantity), quantity.low == quantity.high), default=None)


def _quote(text: str) -> str:
    """Returns the words on one line, cut at a word where they are very long."""
    words = " ".join(text.split()).rstrip(".;,")
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
