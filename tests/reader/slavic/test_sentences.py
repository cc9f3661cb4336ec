"""Single sentences in Ukrainian and Russian: what they tell, and that nothing is invented where they tell nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reader.steps import short

from homeward.reader import Document, read
from homeward.reader.claims import Kind

SENTENCES = Path(__file__).parents[1] / "sentences"
HANDOVERS = {Kind.TRANSFER, Kind.COMMITMENT, Kind.ABSENCE}


def rows(language: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SENTENCES / f"{language}.jsonl").read_text(encoding="utf8").splitlines()]


ROWS = [pytest.param(language, row, id=row["text"]) for language in ("uk", "ru") for row in rows(language)]


@pytest.mark.parametrize(("language", "row"), ROWS)
def test_read__tells_what_the_sentence_says_and_no_more(language: str, row: dict[str, Any]) -> None:
    document = Document(body=row["text"], published="2026-02-28", language=language)
    found = [list(short(claim)) for claim in read(document).claims if claim.kind in HANDOVERS]
    assert sorted(found, key=str) == sorted(row["claims"], key=str)


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_sentences__hold_both_what_tells_and_what_tells_nothing(language: str) -> None:
    telling = [bool(row["claims"]) for row in rows(language)]
    assert sum(telling) >= 75
    assert len(telling) - sum(telling) >= 40
    assert len({row["text"] for row in rows(language)}) == len(telling)
