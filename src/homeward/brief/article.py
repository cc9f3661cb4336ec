"""The headline and the summary of one article, from its claims alone: nothing is told that no claim says.

Plans are told as plans, denials as denials; a figure is told with who gives it; figures that cannot all be right stand
side by side; what the text looks back to is told as background.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from homeward.account import figures
from homeward.brief.article_phrases import ArticlePhrases
from homeward.brief.story import Story, Strand, story
from homeward.reader.claims import Claim, Kind, Status
from homeward.reader.gazetteer import load_gazetteer
from homeward.wording.catalogue import Wording, wording

if TYPE_CHECKING:
    from homeward.reader import Reading

__all__ = ["HEADLINE_WORDS", "SummarySentence", "headline", "summary"]

HEADLINE_WORDS = 12
MOST_SENTENCES = 8
MOST_OF_ONE_SORT = 3


@dataclass(frozen=True)
class SummarySentence:
    """A sentence and the claims that it rests on, as places in the reading's claims."""

    text: str
    claims: tuple[int, ...]


def headline(reading: "Reading", *, language: str = "en") -> str:
    """Returns a headline of at most twelve words, with figures where the claims have any.

    A text without an exchange, a term or an absence of exchanges gets a headline that says so.
    """
    phrases = ArticlePhrases(_wording(language), reading.claims)
    told = story(reading.claims)
    fallback = ""
    # A shorter sentence is chosen before any is cut.
    for candidate in _headlines(phrases, told, reading):
        if len(candidate.split()) <= HEADLINE_WORDS:
            return candidate
        fallback = fallback or candidate
    return " ".join(fallback.split()[:HEADLINE_WORDS])


def summary(reading: "Reading", *, language: str = "en") -> tuple[SummarySentence, ...]:
    """Returns the article in at most eight sentences, in the order of the inverted pyramid; then what was not read."""
    phrases = ArticlePhrases(_wording(language), reading.claims)
    told = story(reading.claims)
    sentences = [
        *_limited(_events(phrases, told.events)),
        *_limited(_events(phrases, told.intentions)),
        *_limited(_terms(phrases, told.terms)),
        *_limited(_totals(phrases, told.totals)),
        *_limited(_background(phrases, told.background)),
        *_limited(_others(phrases, told.others)),
    ]
    return (*sentences[:MOST_SENTENCES], *_what_was_not_read(phrases, reading))


def _wording(language: str) -> Wording:
    """Returns the catalogue with the names of all parties that the reader knows: no code stands in a sentence."""
    return wording(language).knowing(load_gazetteer().names)


def _what_was_not_read(phrases: ArticlePhrases, reading: "Reading") -> Iterator[SummarySentence]:
    """Yields how many figures were not understood and how many claims wait for a person; never "no exchange"."""
    if reading.unread:
        text = phrases.say("sentence.unread", unread=len(reading.unread), total=len(reading.counted))
        yield SummarySentence(text, ())
    if reading.to_confirm:
        yield SummarySentence(phrases.say("sentence.to_confirm", number=len(reading.to_confirm)), ())


def _limited(sentences: Iterator[SummarySentence]) -> list[SummarySentence]:
    return [sentence for sentence, _ in zip(sentences, range(MOST_OF_ONE_SORT), strict=False)]


def _headlines(phrases: ArticlePhrases, told: Story, reading: "Reading") -> Iterator[str]:
    """Yields headlines from the fullest to the shortest, of the weightiest thing that the article tells."""
    strand = _weightiest(told)
    if strand:
        yield from _pair_headlines(phrases, told, strand)
        yield from phrases.headlines(strand, in_all=strand in told.totals)
    claims = [phrases.claims[index] for index in told.others]
    for claim in sorted(claims, key=lambda claim: list(Kind).index(claim.kind)):
        if claim.kind is Kind.ABSENCE:
            yield from phrases.absence_headlines(claim)
        yield phrases.say(f"headline.{claim.kind.value}")
    if reading.unread or reading.to_confirm:
        yield phrases.plain("headline.unread")
    yield phrases.say("headline.nothing")


def _weightiest(told: Story) -> Strand | None:
    """Returns what the headline is about: an event with a figure, else what is intended, agreed or summed up."""
    middle = (*told.intentions, *told.terms, *told.totals)
    for group in (told.events, middle):
        with_figures = [strand for strand in group if strand.quantity]
        if with_figures:
            return min(with_figures, key=lambda strand: (strand.first.giver is None, strand.claims[0]))
    return next(iter((*told.events, *middle, *told.background)), None)


def _pair_headlines(phrases: ArticlePhrases, told: Story, strand: Strand) -> Iterator[str]:
    """Yields the headlines that tell both directions, where the article tells them."""
    if strand.first.status is not Status.CARRIED_OUT or not figures.is_figure(strand.quantity):
        return
    returned = told.returning(strand, [other for other in told.events if other is not strand])
    if returned and strand in told.events and figures.is_figure(returned.quantity) and not returned.is_contested:
        yield from phrases.pair_headlines(strand, returned)


def _events(phrases: ArticlePhrases, strands: Sequence[Strand]) -> Iterator[SummarySentence]:
    """Yields a sentence for each event, both directions in one, and one more where its figures differ."""
    done: list[Strand] = []
    for strand in sorted(strands, key=lambda strand: not (strand.first.giver or strand.first.receiver)):
        if strand in done:
            continue
        done.append(strand)
        rest = [other for other in strands if other not in done]
        returned = Story.returning(strand, rest)
        if returned and not strand.is_contested and not returned.is_contested:
            done.append(returned)
            yield SummarySentence(phrases.both_ways(strand, returned), tuple(sorted(strand.claims + returned.claims)))
        elif strand.is_contested:
            yield SummarySentence(phrases.differing(strand), strand.claims)
        else:
            yield SummarySentence(phrases.told(strand), strand.claims)


def _terms(phrases: ArticlePhrases, strands: Sequence[Strand]) -> Iterator[SummarySentence]:
    """Yields one sentence for all the terms that one speaker tells of one agreement."""
    groups: dict[tuple[str, Status, str], list[Strand]] = {}
    for strand in strands:
        key = (strand.first.agreement or "", strand.first.status, phrases.who(strand))
        groups.setdefault(key, []).append(strand)
    for group in groups.values():
        claims = tuple(sorted(index for strand in group for index in strand.claims))
        yield SummarySentence(phrases.terms(group), claims)


def _totals(phrases: ArticlePhrases, strands: Sequence[Strand]) -> Iterator[SummarySentence]:
    for strand in strands:
        text = phrases.differing(strand) if strand.is_contested else phrases.told(strand, key="sentence.in_all")
        yield SummarySentence(text, strand.claims)


def _background(phrases: ArticlePhrases, strands: Sequence[Strand]) -> Iterator[SummarySentence]:
    for sentence in _events(phrases, strands):
        yield SummarySentence(phrases.say("sentence.background", sentence=sentence.text), sentence.claims)


def _others(phrases: ArticlePhrases, indices: Sequence[int]) -> Iterator[SummarySentence]:
    """Yields absences first, then what is quoted: accusations, talks, incidents; one sentence for each span."""
    order = list(Kind)
    seen: set[tuple[Kind, str]] = set()
    for index in sorted(indices, key=lambda index: (order.index(phrases.claims[index].kind), index)):
        claim: Claim = phrases.claims[index]
        if (claim.kind, claim.span.text) not in seen:
            seen.add((claim.kind, claim.span.text))
            yield SummarySentence(phrases.other(claim), (index,))
