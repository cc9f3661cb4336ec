"""The brief as a PDF of A4 pages, tagged for screen readers (PDF/UA-1), set by Typst in the fonts that it brings."""

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from homeward.account.ledger import ClaimEntry
from homeward.brief.charts import months_chart
from homeward.brief.document import Brief, Sentence
from homeward.brief.formats.text import SIMULATED, marks
from homeward.brief.tables import balance_rows, told_by
from homeward.wording import dates, numbers
from homeward.wording.catalogue import Wording, sentence_case

__all__ = ["render"]

TEMPLATE = Path(__file__).with_name("brief.typ")


def render(brief: Brief) -> bytes:
    """Returns the brief as a PDF; the same brief gives the same bytes."""
    # The day of the account and not of the making: the same brief gives the same bytes.
    moment = datetime.combine(brief.on, time(), UTC)
    return _compiled(json.dumps(_content(brief), ensure_ascii=False, sort_keys=True), int(moment.timestamp()))


@lru_cache(maxsize=8)
def _compiled(content: str, timestamp: int) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"brief": content},
        # Fonts of the machine would change the pages from one server to the next.
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=timestamp,
    )
    return pdf


def _content(brief: Brief) -> dict[str, Any]:
    told = told_by(brief)
    return {
        "language": brief.language,
        "simulated": SIMULATED if brief.simulated else "",
        "headline": brief.headline.text,
        "dateline": brief.dateline,
        "standfirst": [_sentence(sentence) for sentence in brief.standfirst],
        "latest": [
            {"title": side.title, "figure": side.figure, "chip": sentence_case(side.chip), "said_by": side.said_by}
            for side in brief.latest
        ],
        "sections": [
            {"title": part.title, "sentences": [_sentence(line) for line in part.sentences]} for part in brief.sections
        ],
        "charts": _charts(brief, told),
        "balance": _balance(brief, told),
        "beside": _beside(brief, told),
        "notes": [told.entry("brief.note.received"), told.entry("brief.note.spans")],
        "sources": _sources(brief, told),
    }


def _sentence(sentence: Sentence) -> dict[str, str]:
    return {"text": sentence.text, "claims": marks(sentence.claims)}


def _charts(brief: Brief, told: Wording) -> list[dict[str, str]]:
    charts = []
    for what in brief.months:
        noun = sentence_case(numbers.noun(told, what))
        title = told.say("chart.title", noun=noun)
        charts.append({"title": title, "alt": title, "svg": months_chart(brief, what)})
    return charts


def _balance(brief: Brief, told: Wording) -> dict[str, Any]:
    head = ("agreement", "wording", "obligation", "amount", "delivered", "outstanding", "days")
    rows = [
        [row.agreement, row.worded_by, row.obligation, row.promised, row.delivered, row.outstanding, row.days]
        for row in balance_rows(brief)
    ]
    return _table(told, "promised", head, rows)


def _beside(brief: Brief, told: Wording) -> dict[str, Any]:
    rows = [[one.who, one.published, one.period, one.own, one.explanation] for one in reversed(brief.published_totals)]
    table = _table(told, "published", ("who", "counted", "period", "own"), rows)
    table["head"].append("")
    return table


def _table(told: Wording, title: str, head: tuple[str, ...], rows: list[list[str]]) -> dict[str, Any]:
    return {
        "title": told.entry(f"brief.table.{title}"),
        "head": [told.entry(f"brief.table.{column}") for column in head],
        "rows": rows,
    }


def _sources(brief: Brief, told: Wording) -> dict[str, Any]:
    """Returns the sources of the first three sections, with the claims read from each."""
    used = sorted({number for part in brief.sections[:3] for line in part.sentences for number in line.claims})
    claims: dict[int, list[ClaimEntry]] = {}
    for number in used:
        if number in brief.claims:
            claims.setdefault(brief.claims[number].source.id, []).append(brief.claims[number])
    rows = []
    for of_source in claims.values():
        source = of_source[0].source
        published = dates.spell(told, source.published) if source.published else ""
        text = ", ".join(filter(None, (source.publisher, published, source.url)))
        rows.append({"claims": marks(tuple(claim.id for claim in of_source)), "text": text})
    return {"title": told.entry("brief.table.sources"), "rows": rows}
