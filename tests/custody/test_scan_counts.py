"""Outcomes and counts of a scan-in: the table of cases, and what holds for any history."""

import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.scan_histories import CASES, MANIFESTS, histories, naive_counts, uuid

from homeward.custody.labels import Manifest, ManifestLine
from homeward.custody.scan_counts import Circumstances, Outcome, answer, answers, tally
from homeward.custody.scans import Message, Scan, read_message
from homeward.errors import InputError


def read(messages: list[Any]) -> list[Message]:
    return [read_message(message) for message in messages]


def as_json(manifest: Manifest, messages: list[Message]) -> dict[str, Any]:
    whole = tally(manifest, messages)
    return {
        "counts": whole.counts.as_json(),
        "outcomes": {key: outcome.value for key, outcome in whole.outcomes.items()},
        "missing": [line.row for line in whole.missing],
        "unexpected": dict(whole.unexpected),
    }


@pytest.mark.parametrize("case", CASES["histories"], ids=lambda case: case["name"])
def test_answers_and_tally__of_the_table(case: dict[str, Any]) -> None:
    manifest, messages = Manifest.of(case["manifest"]), read(case["messages"])
    circumstances = Circumstances(**case.get("circumstances", {}))

    given_ = answers(manifest, messages, circumstances=circumstances)

    assert [each.as_json() for each in given_] == case["answers"]
    assert as_json(manifest, messages) == case["tally"]


@pytest.mark.parametrize("case", CASES["histories"], ids=lambda case: case["name"])
def test_answer__is_the_one_that_the_whole_history_gives(case: dict[str, Any]) -> None:
    manifest, messages = Manifest.of(case["manifest"]), read(case["messages"])
    circumstances = Circumstances(**case.get("circumstances", {}))
    for position, message in enumerate(messages):
        one = answer(manifest, messages[:position], message, circumstances=circumstances)
        assert one.as_json() == case["answers"][position]


@pytest.mark.parametrize("case", CASES["other_content"], ids=lambda case: case["name"])
def test_one_uuid_with_other_content__is_refused(case: dict[str, Any]) -> None:
    messages, manifest = read(case["messages"]), Manifest.of(["M-1"])
    for refuse in (
        lambda: tally(manifest, messages),
        lambda: answers(manifest, messages),
        lambda: answer(manifest, messages[:1], messages[1]),
    ):
        with pytest.raises(InputError, match="with other content") as refusal:
            refuse()
        assert refusal.value.place == "scan"


@pytest.mark.parametrize("case", CASES["same_content"], ids=lambda case: case["name"])
def test_one_uuid_with_the_same_content__is_one_message(case: dict[str, Any]) -> None:
    first, second = read(case["messages"])
    assert first == second
    assert tally(Manifest.of(["M-1"]), [first, second]).counts.scanned == 1


@given(MANIFESTS, histories())
def test_counts__are_those_of_the_definition(labels: list[str], history: list[dict[str, Any]]) -> None:
    manifest = Manifest.of(labels)
    meant_by = {message["label"]: manifest.meant_by(message["label"]) for message in history if "label" in message}
    assert tally(manifest, read(history)).counts.as_json() == naive_counts(meant_by, labels, history)


@given(MANIFESTS, histories(), st.randoms(use_true_random=False))
def test_any_order_and_repetition__gives_the_same_whole(
    labels: list[str], history: list[dict[str, Any]], chance: random.Random
) -> None:
    manifest, messages = Manifest.of(labels), read(history)
    shuffled = messages + chance.choices(messages, k=3) if messages else []
    chance.shuffle(shuffled)

    assert tally(manifest, shuffled) == tally(manifest, messages)
    for order in (messages, shuffled):
        if order:
            assert answers(manifest, order)[-1 if order is messages else 0].scan
            last = {each.id: each for each in order}
            assert answers(manifest, list(last.values()))[-1].counts == tally(manifest, messages).counts


@given(MANIFESTS, histories())
def test_scanned_and_missing__are_manifest_and_unexpected_after_every_message(
    labels: list[str], history: list[dict[str, Any]]
) -> None:
    for each in answers(Manifest.of(labels), read(history)):
        assert each.counts.scanned + each.counts.missing == each.counts.manifest + each.counts.unexpected
        assert min(each.counts.as_json().values()) >= 0


@given(MANIFESTS, histories())
def test_outcome_of_an_arriving_message__is_what_it_did_to_the_counts(
    labels: list[str], history: list[dict[str, Any]]
) -> None:
    manifest, messages = Manifest.of(labels), list({each.id: each for each in read(history)}.values())
    undone: set[str] = set()
    before = tally(manifest, []).counts
    for message, given_ in zip(messages, answers(manifest, messages), strict=True):
        change = (given_.counts.missing - before.missing, given_.counts.unexpected - before.unexpected)
        if not isinstance(message, Scan):
            undone.add(message.withdraws)
            assert given_.outcome is Outcome.WITHDRAWN
        elif message.id in undone:
            assert (given_.outcome, change) == (Outcome.WITHDRAWN, (0, 0))
        else:
            assert (
                change
                == {
                    Outcome.EXPECTED: (-1, 0),
                    Outcome.UNEXPECTED: (0, 1),
                    Outcome.AGAIN: (0, 0),
                }[given_.outcome]
            )
        before = given_.counts


@given(MANIFESTS, histories(), st.data())
def test_a_scan_and_its_withdrawal__leave_the_counts_as_they_were(
    labels: list[str], history: list[dict[str, Any]], data: st.DataObject
) -> None:
    manifest, messages = Manifest.of(labels), read(history)
    scan = {"scan": uuid(900), "label": "M-1", "seal": "intact", "scanned_at": "2026-01-29T08:02:00Z"}
    undo = {"scan": uuid(901), "withdraws": uuid(900), "scanned_at": "2026-01-29T08:02:30Z"}
    more = list(messages)
    for message in read([scan, undo]):
        more.insert(data.draw(st.integers(0, len(more))), message)
    assert tally(manifest, more).counts == tally(manifest, messages).counts


@given(MANIFESTS, histories())
def test_outcomes_of_the_whole__add_up_to_the_counts(labels: list[str], history: list[dict[str, Any]]) -> None:
    whole = tally(Manifest.of(labels), read(history))
    outcomes = list(whole.outcomes.values())
    assert outcomes.count(Outcome.EXPECTED) == whole.counts.manifest - whole.counts.missing
    assert outcomes.count(Outcome.UNEXPECTED) == whole.counts.unexpected == sum(whole.unexpected.values())
    assert len(whole.missing) == whole.counts.missing


def test_every_order_of_a_small_history__gives_the_same_counts() -> None:
    history = read(next(case for case in CASES["histories"] if "another bag is withdrawn" in case["name"])["messages"])
    manifest = Manifest.of(["M-1", "M-1"])
    counts = {answers(manifest, order)[-1].counts for order in itertools.permutations(history)}
    assert counts == {tally(manifest, history).counts}


def test_manifest__refuses_one_row_twice() -> None:
    with pytest.raises(InputError, match="row 3 twice"):
        Manifest((ManifestLine(3, "M-1"), ManifestLine(3, "M-2")))


@settings(max_examples=20)
@given(st.permutations(["M-0417", "M-0418", "M-0471", "K-9", "K-10"]))
def test_nearest__offers_three_at_most_and_the_nearest_first(labels: list[str]) -> None:
    nearest = Manifest.of(labels).nearest("M-0O417")
    assert nearest[0] == "M-0417"
    assert set(nearest[1:]) == {"M-0418", "M-0471"}
