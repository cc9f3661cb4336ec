"""The device's scan counts, a JavaScript module, give what Python gives: on the table and on random histories."""

import random
from typing import Any

import pytest
from tests.custody.scan_histories import CASES, LABELS, uuid
from tests.custody.twin import ask

from homeward.custody.labels import Manifest, as_keys, as_look_alikes
from homeward.custody.scan_counts import answers, tally
from homeward.custody.scans import read_message
from homeward.errors import InputError

RANDOM_HISTORIES = 400
RANDOM_LABELS = 400
SIGNS = "MmМмЬьVЯяІіЫы01O -–\u00a0\u200b№Кк.ґ/,;:?\"|#'Юб"


@pytest.fixture(scope="module")
def device() -> dict[str, list[Any]]:
    """What the device answers to the whole table, asked once."""
    questions = {
        "histories": [("history", case) for case in CASES["histories"]],
        "refused": [("refused", case["message"]) for case in CASES["refused"]],
        "read": [("read", case["message"]) for case in CASES["read"]],
        "other_content": [("history", {"manifest": ["M-1"], **case}) for case in CASES["other_content"]],
        "same_content": [("history", {"manifest": ["M-1"], **case}) for case in CASES["same_content"]],
        "folded_forms": [("fold", label) for label, *_ in CASES["folded_forms"]],
    }
    answered = iter(ask([question for asked in questions.values() for question in asked]))
    return {name: [next(answered) for _ in asked] for name, asked in questions.items()}


def test_answers_and_tally__of_the_table(device: dict[str, list[Any]]) -> None:
    expected = [{"answers": case["answers"], "tally": case["tally"]} for case in CASES["histories"]]
    assert device["histories"] == expected


def test_read_message__of_the_table(device: dict[str, list[Any]]) -> None:
    assert device["read"] == [case["as"] for case in CASES["read"]]


def test_read_message__refuses_in_the_same_words(device: dict[str, list[Any]]) -> None:
    for case, told in zip(CASES["refused"], device["refused"], strict=True):
        with pytest.raises(InputError) as refusal:
            read_message(case["message"])
        expected = {name: getattr(refusal.value, name) for name in ("place", "found", "needed")}
        assert told == expected, case["name"]


def test_one_uuid_with_other_content__is_refused(device: dict[str, list[Any]]) -> None:
    assert [told["place"] for told in device["other_content"]] == ["scan"] * len(CASES["other_content"])
    assert [told["tally"]["counts"]["scanned"] for told in device["same_content"]] == [1] * len(CASES["same_content"])


def test_folded_forms__of_the_table(device: dict[str, list[Any]]) -> None:
    assert device["folded_forms"] == [forms for _, *forms in CASES["folded_forms"]]


def test_random_histories_and_labels__give_the_same_answers() -> None:
    chance = random.Random(20260129)
    drawn = [_history(chance) for _ in range(RANDOM_HISTORIES)]
    labels = ["".join(chance.choices(SIGNS, k=chance.randint(0, 8))) for _ in range(RANDOM_LABELS)]

    told = ask([("history", history) for history in drawn] + [("fold", label) for label in labels])

    for history, answered in zip(drawn, told, strict=False):
        manifest = Manifest.of(history["manifest"])
        messages = [read_message(message) for message in history["messages"]]
        whole = tally(manifest, messages)
        assert answered["answers"] == [each.as_json() for each in answers(manifest, messages)]
        assert answered["tally"] == {
            "counts": whole.counts.as_json(),
            "outcomes": {key: outcome.value for key, outcome in whole.outcomes.items()},
            "missing": [line.row for line in whole.missing],
            "unexpected": dict(whole.unexpected),
        }
    assert told[RANDOM_HISTORIES:] == [[as_look_alikes(label), as_keys(label)] for label in labels]


def _history(chance: random.Random) -> dict[str, Any]:
    """Returns a random history with repetitions, and withdrawals that come before their scan."""
    moment = "2026-01-29T08:0{}:00Z"
    messages: list[dict[str, Any]] = [
        {
            "scan": uuid(number),
            "label": chance.choice(LABELS),
            "seal": chance.choice(["intact", "broken", "absent"]),
            "scanned_at": moment.format(chance.randint(0, 9)),
            "another": chance.random() < 0.3,
        }
        for number in range(chance.randint(0, 12))
    ]
    messages += [
        {"scan": uuid(100 + number), "withdraws": uuid(chance.randint(0, 14)), "scanned_at": moment.format(5)}
        for number in range(chance.randint(0, 4))
    ]
    messages += chance.choices(messages, k=3) if messages else []
    chance.shuffle(messages)
    return {"manifest": chance.choices((*LABELS, ""), k=chance.randint(0, 7)), "messages": messages}
