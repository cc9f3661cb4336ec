"""What the page of the brief shows, made from the brief once; the site and the HTML file share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.account.ledger import ClaimEntry, Ledger
from homeward.brief.charts import balance_bar, months_chart
from homeward.brief.document import Brief, Month, Sentence
from homeward.brief.tables import BalanceRow, balance_rows, told_by
from homeward.wording import dates, numbers
from homeward.wording.catalogue import sentence_case

__all__ = ["page_context", "reach"]

MOST_CLAIMS_SHOWN = 12
MOST_DAYS_SILENT = 31
MOST_TOTALS_SHOWN = 6


@dataclass(frozen=True)
class Shown:
    """A sentence with the first of its claims; `more` counts those that are not shown."""

    text: str
    claims: tuple[ClaimEntry, ...]
    more: int

    @property
    def n_claims(self) -> int:
        """How many claims it rests on, shown or not."""
        return len(self.claims) + self.more


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart with its numbers."""

    title: str
    svg: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Owed:
    """One line of the balance with its bar."""

    row: BalanceRow
    bar: str


@dataclass(frozen=True)
class Reach:
    """How far the record reaches: the day of its latest exchange, and how many days that was before the account."""

    day: date
    days: int

    @property
    def is_late(self) -> bool:
        """Whether so much time has passed that exchanges may be missing."""
        return self.days > MOST_DAYS_SILENT


def reach(ledger: Ledger) -> Reach | None:
    """Returns how far the record reaches; None for an empty one."""
    days = [exchange.latest for exchange in ledger.exchanges if exchange.transfers and not exchange.aborted]
    return Reach(max(days), (ledger.on - max(days)).days) if days else None


def page_context(brief: Brief) -> dict[str, Any]:
    """Returns what the templates of the brief ask for."""
    told = told_by(brief)
    there, back = (
        told.say(f"chart.{way}", receiver=told.party(code)) if code else ""
        for way, code in zip(("there", "back"), brief.directions, strict=True)
    )
    owed = [Owed(row, balance_bar(row.line)) for row in balance_rows(brief)]
    current = set(brief.current_agreements) or {one.row.line.commitment.agreement for one in owed}
    newest_first = tuple(reversed(brief.published_totals))
    return {
        "brief": brief,
        "headline": shown(brief.headline, brief.claims),
        "standfirst": [shown(sentence, brief.claims) for sentence in brief.standfirst],
        "parts": [
            (part, [shown(sentence, brief.claims) for sentence in part.sentences])
            for part in brief.sections
            if part.key not in {"totals"}
        ],
        "totals": [
            shown(sentence, brief.claims)
            for part in brief.sections
            if part.key == "totals"
            for sentence in part.sentences[: len(brief.totals)]
        ],
        "owed": [one for one in owed if one.row.line.commitment.agreement in current],
        "owed_before": [one for one in owed if one.row.line.commitment.agreement not in current],
        "charts": _charts(brief),
        "published_totals": newest_first[:MOST_TOTALS_SHOWN],
        "published_totals_before": newest_first[MOST_TOTALS_SHOWN:],
        "there": there,
        "back": back,
        "parties": brief.parties,
        "notes": [told.entry("brief.note.received"), told.entry("brief.note.spans")],
        "chart_note": told.entry("chart.not_agreed"),
        "labels": {key: told.entry(f"brief.table.{key}") for key in LABELS},
    }


LABELS = (
    "promised",
    "published",
    "agreement",
    "wording",
    "obligation",
    "amount",
    "delivered",
    "outstanding",
    "days",
    "who",
    "period",
    "counted",
    "own",
    "month",
    "claims",
    "latest",
)


def shown(sentence: Sentence, claims: Mapping[int, ClaimEntry]) -> Shown:
    """Returns the sentence with as many of its claims as a reader will look at."""
    found = [claims[number] for number in sentence.claims if number in claims]
    return Shown(sentence.text, tuple(found[:MOST_CLAIMS_SHOWN]), max(0, len(found) - MOST_CLAIMS_SHOWN))


def _charts(brief: Brief) -> list[Chart]:
    told = told_by(brief)
    charts = []
    for what, months in brief.months.items():
        noun = sentence_case(numbers.noun(told, what))
        rows = tuple(_row(brief, month) for month in months if month.there_high or month.back_high)
        svg = months_chart(brief, what, identifier=f"chart-{what.value}")
        charts.append(Chart(title=told.say("chart.title", noun=noun), svg=svg, rows=rows))
    return charts


def _row(brief: Brief, month: Month) -> tuple[str, str, str]:
    told = told_by(brief)
    return (
        dates.spell(told, f"{month.year:04}-{month.month:02}"),
        numbers.span(told, month.there_low, month.there_high),
        numbers.span(told, month.back_low, month.back_high),
    )
