"""Single sentences: nothing is told that they do not say, and every figure has the role that it must have."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reader.scoring import Key, key_of_row, keys_of_claims
from tests.reader.steps import PUBLISHED

from homeward.reader import Document, Reading, read

SENTENCES = Path(__file__).parent / "sentences"
# Of the sentences that tell a handover, how many are read at all, and how many with confidence.
FLOOR_READ, FLOOR_CONFIDENT = 0.9, 0.7


def rows(language: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SENTENCES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()]


ROWS = [
    pytest.param(path.stem, row, id=f"{path.stem}: {row['text'][:60]}")
    for path in sorted(SENTENCES.glob("*.jsonl"))
    for row in rows(path.stem)
]
LANGUAGES = sorted(path.stem for path in SENTENCES.glob("*.jsonl"))


def reading(language: str, text: str) -> Reading:
    return read(Document(body=text, published=PUBLISHED, language=language))


def permitted(row: dict[str, Any]) -> list[Key]:
    return [key_of_row(claim) for claim in row["claims"]]


@pytest.mark.parametrize(("language", "row"), ROWS)
def test_sentence__tells_nothing_that_it_does_not_say(language: str, row: dict[str, Any]) -> None:
    found = keys_of_claims(reading(language, row["text"]).claims)
    assert [key for key in found if key not in permitted(row)] == []


@pytest.mark.parametrize(("language", "row"), [case for case in ROWS if case.values[1]["figures"]])
def test_figure__has_its_role(language: str, row: dict[str, Any]) -> None:
    figures = [(figure.value, figure.role.value) for figure in reading(language, row["text"]).figures]
    for value, role in row["figures"]:
        assert (value, role) in figures


@pytest.mark.parametrize(("language", "row"), [case for case in ROWS if "speaker" in case.values[1]])
def test_speaker__is_whoever_says_so(language: str, row: dict[str, Any]) -> None:
    assert {claim.speaker for claim in reading(language, row["text"]).claims} <= {row["speaker"]}


@pytest.mark.parametrize(("language", "row"), [case for case in ROWS if "when" in case.values[1]])
def test_date__is_that_of_the_handover(language: str, row: dict[str, Any]) -> None:
    for claim in reading(language, row["text"]).claims:
        assert claim.when == row["when"]
        assert claim.back_reference is row.get("back", claim.back_reference)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences__are_mostly_read(language: str) -> None:
    telling = [row for row in rows(language) if row["claims"]]
    readings = [reading(language, row["text"]).claims for row in telling]
    read_at_all = sum(bool(claims) for claims in readings)
    confident = sum(any(claim.band.value == "confident" for claim in claims) for claims in readings)
    assert read_at_all / len(telling) >= FLOOR_READ
    assert confident / len(telling) >= FLOOR_CONFIDENT


WORDS = (
    "Russia returned 40 bodies to Ukraine on Oct. 2 , 1 000 , 12.5 per cent $ 40 Il-76 aged 34 68th 2025 10:30 ( 3 ) %"
)
texts = st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join) | st.text("0123456789 ,.-ab%$", max_size=60)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_figures__account_for_every_digit_exactly_once(body: str) -> None:
    covered = [0] * len(body)
    for figure in reading("en", body).figures:
        assert body[figure.span.start : figure.span.end] == figure.span.text
        for place in range(figure.span.start, figure.span.end):
            covered[place] += 1
    assert max(covered, default=0) <= 1
    assert all(covered[place] for place, letter in enumerate(body) if letter.isdecimal())


def test_figure__belongs_to_the_claim_that_it_names() -> None:
    found = reading("en", "Russia returned 40 bodies to Ukraine and received 3 in return.")
    numbers = [found.claims[f.claim].quantity.low for f in found.figures if f.claim is not None]  # type: ignore[union-attr]
    assert numbers == [40, 3]
