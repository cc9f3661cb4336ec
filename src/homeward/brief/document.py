"""What a brief is made of. Every sentence names the claims that it rests on, by their numbers in the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from homeward.account.ledger import BalanceLine, ClaimEntry, PartyEntry, SourceEntry, Verdict
from homeward.reader.claims import What

__all__ = ["Brief", "Direction", "Month", "PublishedTotal", "Section", "Sentence", "Side", "Total"]


@dataclass(frozen=True)
class Sentence:
    """A sentence and the claims that it rests on."""

    text: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """One part of the inverted pyramid; `key` is its name in the catalogue."""

    key: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One large figure of the latest exchange: one direction, with its verdict and who says so."""

    title: str
    figure: str
    noun: str
    verdict: Verdict
    chip: str
    said_by: str
    claims: tuple[int, ...]


@dataclass(frozen=True)
class Direction:
    """What is handed over, by whom and to whom."""

    what: What
    giver: str
    receiver: str


@dataclass(frozen=True, kw_only=True)
class Total:
    """Our own sum in one direction; `unverified` stands beside it and is never in it."""

    direction: Direction
    title: str
    low: int
    high: int
    unverified: int
    since: date
    n_transfers: int
    last: date
    days_since: int
    claims: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PublishedTotal:
    """A running total that somebody published, beside our sum over the same time."""

    text: str
    who: str
    published: str
    own: str
    period: str
    explanation: str
    claim: int


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of the chart: verified figures there and back, low to high."""

    year: int
    month: int
    there_low: int = 0
    there_high: int = 0
    back_low: int = 0
    back_high: int = 0


@dataclass(frozen=True, kw_only=True)
class Brief:
    """The public account of the record as it stood on one day, in one language.

    `agreements` are names by slug; `directions` says who receives what a chart draws upwards, and who what it draws
    downwards.
    """

    on: date
    language: str
    headline: Sentence
    standfirst: tuple[Sentence, ...]
    dateline: str
    latest: tuple[Side, ...]
    latest_slugs: tuple[str, ...]
    current_agreements: tuple[str, ...]
    sections: tuple[Section, ...]
    balance: tuple[BalanceLine, ...]
    agreements: Mapping[str, str]
    totals: tuple[Total, ...]
    published_totals: tuple[PublishedTotal, ...]
    months: Mapping[What, tuple[Month, ...]]
    directions: tuple[str, str]
    claims: Mapping[int, ClaimEntry]
    sources: tuple[SourceEntry, ...]
    parties: Mapping[str, PartyEntry]
    simulated: bool = False

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the brief in the order of reading."""
        in_sections = (sentence for section in self.sections for sentence in section.sentences)
        return (self.headline, *self.standfirst, *in_sections)
