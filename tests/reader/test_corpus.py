"""The reader on texts that it was not written for: its score may rise, never fall."""

import json
from pathlib import Path

import pytest
from tests.reader.scoring import key_of_label, keys_of_claims, score

from homeward.reader import Document, read

CORPUS = Path(__file__).parent / "corpus"
EXAMPLES = Path(__file__).parents[2] / "src" / "homeward" / "examples"
FLOOR = {"en": 0.75, "uk": 0.83, "ru": 0.74}
FLOOR_OF_EXAMPLES = 0.82


def rows(name: str, language: str) -> list[dict[str, object]]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["language"] == language]


@pytest.mark.parametrize(
    ("labels", "folder", "language", "floor"),
    [
        *(("labels.jsonl", CORPUS, language, floor) for language, floor in FLOOR.items()),
        ("examples.jsonl", EXAMPLES, "en", FLOOR_OF_EXAMPLES),
    ],
)
def test_reader__scores_no_less_than_it_did(labels: str, folder: Path, language: str, floor: float) -> None:
    texts = rows(labels, language)
    wanted = [[key_of_label(label) for label in row["claims"]] for row in texts]  # type: ignore[attr-defined]
    found = [
        keys_of_claims(read(Document.from_text((folder / str(row["file"])).read_text(encoding="utf-8"))).claims)
        for row in texts
    ]
    result = score(wanted, found)
    assert result.f1 >= floor
    assert result.n_swapped == 0


def test_score__counts_each_label_once_and_sees_a_swap() -> None:
    label = ("remains", 5, "ALP", "BET", "carried_out")
    swapped = ("remains", 5, "BET", "ALP", "carried_out")
    assert score([[label]], [[label, label]]).n_right == 1
    assert score([[label]], [[swapped]]).n_swapped == 1
    assert score([[label, swapped]], [[swapped]]).n_swapped == 0
