"""The forms in which a brief is handed out."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from homeward.account.ledger import Ledger
from homeward.brief.account import tell
from homeward.brief.charts import balance_bar, months_chart
from homeward.brief.document import Brief
from homeward.brief.formats import as_json, pdf, text
from homeward.brief.formats.text import marks
from homeward.public import standalone
from homeward.reader.claims import What


@pytest.fixture
def brief(small_record: Ledger) -> Brief:
    return tell(small_record, date(2026, 2, 1))


def test_text__begins_with_the_headline_and_stays_within_the_width(brief: Brief) -> None:
    lines = text.render(brief).splitlines()
    assert lines[0] == brief.headline.text
    assert max(map(len, lines)) <= text.WIDTH


def test_marks__shorten_runs_and_long_lists() -> None:
    assert marks((1, 2, 3, 7)) == "1-3, 7"
    assert marks(tuple(range(1, 30, 2))) == "1, 3, 5, 7, 9, 11, …"


def test_json__holds_every_claim_and_source_that_a_sentence_names(brief: Brief) -> None:
    told = json.loads(as_json.render(brief))
    sentences = [told["headline"], *told["standfirst"], *(s for part in told["sections"] for s in part["sentences"])]
    named = {str(number) for sentence in sentences for number in sentence["claims"]}
    assert named == set(told["claims"])
    assert {str(claim["source"]) for claim in told["claims"].values()} == set(told["sources"])


def test_json__names_the_version_that_made_it(brief: Brief) -> None:
    assert json.loads(as_json.render(brief))["provenance"]["made_by"] == "homeward brief"


def test_pdf__is_a_tagged_document_and_the_same_each_time(brief: Brief) -> None:
    first = pdf.render(brief)
    assert first.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in first
    pdf._compiled.cache_clear()
    assert pdf.render(brief) == first


def test_pdf__is_made_of_an_empty_record(make) -> None:  # type: ignore[no-untyped-def]
    assert pdf.render(tell(make.ledger(), date(2026, 2, 1))).startswith(b"%PDF-")


def test_html__needs_no_other_file(brief: Brief) -> None:
    page = standalone.render(brief)
    assert brief.headline.text in page
    assert not re.search(r"<(link|script|img)\b", page)
    assert 'href="/' not in page


def test_months_chart__is_svg_with_title_description_and_no_inline_style(brief: Brief) -> None:
    chart = months_chart(brief, What.REMAINS)
    root = ET.fromstring(chart)
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert root.find("{http://www.w3.org/2000/svg}desc") is not None
    assert "style=" not in chart
    assert "December 2025: 1,000 to 1,003 to Ukraine, 26 to Russia" in chart


def test_months_chart__of_a_kind_that_the_record_has_not_is_nothing(brief: Brief) -> None:
    assert months_chart(brief, What.CHILDREN) == ""


def test_balance_bar__marks_the_promise_and_what_is_delivered(brief: Brief) -> None:
    bar = ET.fromstring(balance_bar(brief.balance[0]))
    widths = {rect.get("class"): float(rect.get("width") or 0) for rect in bar}
    assert widths["track"] == 240
    assert widths["bar"] == pytest.approx(80, abs=0.2)
    assert widths["range"] >= widths["bar"]
