"""The test corpus is well formed: every label stands on words of its text and uses the closed vocabularies."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from homeward.reader.claims import Modifier, Scope, Status, What

CORPUS = Path(__file__).parent / "corpus"
EXAMPLES = Path(__file__).parents[2] / "src" / "homeward" / "examples"
LABELS = {"labels.jsonl": CORPUS, "examples.jsonl": EXAMPLES}

LABEL_FIELDS = (
    *("what", "quantity", "modifier", "from", "to", "status", "scope"),
    *("when_text", "agreement", "speaker", "channel", "span"),
)
SCORED_FIELDS = LABEL_FIELDS[:7]
STATES = "AFG ARM AZE CHN COD COL CYP ETH IND IRN IRQ ISR KOR LBY LKA PAK PRK PSE RUS RWA SAU SDN SYR TUR UKR USA YEM"
ARMED_GROUPS = "FARC HAMAS HOUTHI LNA LTTE M23 RSF SYR-REBELS TALIBAN TPLF"
PARTIES = {None, *STATES.split(), *ARMED_GROUPS.split()}


def rows_of(labels: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / labels).read_text(encoding="utf8").splitlines()]


def headers_and_body(path: Path) -> tuple[dict[str, str], str]:
    head, body = path.read_text(encoding="utf8").split("\n\n", 1)
    return dict(line.split(": ", 1) for line in head.splitlines()), body


ROWS = [
    pytest.param(folder / row["file"], row, id=row["file"])
    for labels, folder in LABELS.items()
    for row in rows_of(labels)
]


@pytest.mark.parametrize(("path", "row"), ROWS)
def test_span__is_the_text_at_its_offsets(path: Path, row: dict[str, Any]) -> None:
    _, body = headers_and_body(path)
    for claim in row["claims"]:
        span = claim["span"]
        assert span["text"]
        assert body[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(("path", "row"), ROWS)
def test_label__has_the_fields_and_words_of_the_format(path: Path, row: dict[str, Any]) -> None:
    for claim in row["claims"]:
        assert tuple(claim) == LABEL_FIELDS
        assert claim["what"] in {what.value for what in What}
        assert claim["modifier"] in {modifier.value for modifier in Modifier}
        assert claim["status"] in {status.value for status in Status}
        assert claim["scope"] in {scope.value for scope in Scope}
        assert {claim["from"], claim["to"]} <= PARTIES
        assert claim["quantity"] in (None, "all") or isinstance(claim["quantity"], int)


@pytest.mark.parametrize(("path", "row"), ROWS)
def test_label__does_not_contradict_itself(path: Path, row: dict[str, Any]) -> None:
    for claim in row["claims"]:
        assert claim["from"] is None or claim["from"] != claim["to"]
        assert claim["quantity"] != 0 or claim["status"] == "denied"
        assert claim["modifier"] != "vague" or claim["quantity"] is None
        assert claim["scope"] != "cumulative" or claim["status"] == "carried_out"


@pytest.mark.parametrize(("path", "row"), ROWS)
def test_label__is_given_once(path: Path, row: dict[str, Any]) -> None:
    told = Counter(
        (*(claim[field] for field in SCORED_FIELDS), claim["when_text"], claim["speaker"], claim["span"]["start"])
        for claim in row["claims"]
    )
    assert [label for label, times in told.items() if times > 1] == []


@pytest.mark.parametrize(("path", "row"), ROWS)
def test_quantity__in_digits_stands_in_its_span(path: Path, row: dict[str, Any]) -> None:
    """A figure of four digits or more is read off the words, unless these say it in words or multiply."""
    for claim in row["claims"]:
        text, quantity = claim["span"]["text"], claim["quantity"]
        if isinstance(quantity, int) and quantity >= 1000 and not re.search("thousand|тис|тыс|each|столько же", text):
            assert str(quantity) in re.sub(r"(?<=\d)[,\s\u202f](?=\d{3})", "", text)


@pytest.mark.parametrize(("path", "row"), ROWS)
def test_text__carries_headers_that_agree_with_its_row(path: Path, row: dict[str, Any]) -> None:
    headers, body = headers_and_body(path)
    assert list(headers) == ["Source", "Published", "Language", "Publisher"]
    assert headers["Source"].startswith("homeward-")
    assert headers["Source"].endswith(path.stem)
    assert (headers["Published"], headers["Language"]) == (row["published"], row["language"])
    assert row["language"] in {"en", "uk", "ru"}
    assert 300 <= len(body) <= 1500


@pytest.mark.parametrize(("labels", "folder"), LABELS.items())
def test_labels__cover_every_text_once(labels: str, folder: Path) -> None:
    files = Counter(row["file"] for row in rows_of(labels))
    assert files == Counter(path.name for path in folder.glob("*.txt"))


def test_corpus__has_texts_without_any_claim_in_each_language() -> None:
    without = Counter(row["language"] for row in rows_of("labels.jsonl") if not row["claims"])
    assert without == {"en": 9, "uk": 1, "ru": 1}
