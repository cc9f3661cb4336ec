"""Whatever stands in a file, the answer is an answer or one clear refusal."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.identification.histories import event, opened_bags
from tests.identification.proposals import SETTINGS, candidate, proposal

from homeward.errors import InputError
from homeward.identification.case_files import rule_cases_from_object
from homeward.identification.events import events_from_lines
from homeward.identification.ladder import ladder_after
from homeward.identification.posterior_cases import answer_posterior_case, posterior_cases_from_object
from homeward.identification.recall import recall, rows_from_lines
from homeward.identification.rules import judge

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, -1, 2.5, 1e300, -1e-300, 10**400]),
    st.sampled_from(["", " ", "P-1", "P\n1", "\ud800", "R1", "B1", "D1", "yes", "none", "rest"]),
)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("case"), inner), max_leaves=3
)


def posterior_answers(value: Any) -> list[Any]:
    return [answer_posterior_case(c).as_json() for c in posterior_cases_from_object(value, place="given.json")]


def rule_answers(value: Any) -> list[Any]:
    return [judge(case).as_json() for case in rule_cases_from_object(value, place="given.json").cases]


def numbered(value: Any) -> list[tuple[int, Any]]:
    return list(enumerate(value if isinstance(value, list) else [value], start=1))


def ladder_answer(value: Any) -> Any:
    return ladder_after(events_from_lines(numbered(value), place="given.jsonl")).as_json()


def recall_answer(value: Any) -> Any:
    return recall(rows_from_lines(numbered(value), place="given.jsonl"), "A").as_json()


ITEM = {"kind": "medical", "person": "P-1", "finding": "explained", "reason": "a scar", "second": "dana"}
GOOD: list[tuple[Callable[[Any], Any], Any]] = [
    (
        posterior_answers,
        {"cases": [{"case": "A", "list": 9, "share": 0.5, "candidates": [{"person": "P-1", "log10_lr": 3}]}]},
    ),
    (posterior_answers, {"cases": [{"case": "A", "list": 9, "share": 0.5, "posterior": 0.9, "group": 2}]}),
    (rule_answers, {"settings": SETTINGS, "cases": [proposal(candidates=[candidate(same_as=[])], evidence=[ITEM])]}),
    (
        ladder_answer,
        [
            *opened_bags(["R1"], ["R2"]),
            event("joined", remains=["R1", "R2"]),
            event("split", remains="R1", into=["a", "b"]),
            event("candidate", remains="R2", person="P-1"),
            event("decided", decision="D1", remains=["R2"], persons=["P-1"]),
            event("told", decision="D1"),
        ],
    ),
    (recall_answer, [{"id": "A", "event": "decided", "because": []}, {"id": "B", "event": "told", "because": ["A"]}]),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, the value itself first."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, child in children for place in places(child, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    changed = copy.deepcopy(value)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = by
    return changed


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(range(len(GOOD))), st.data())
def test_one_value_replaced_by_anything__is_answered_or_refused_in_one_line(which, data) -> None:
    answer, good = GOOD[which]
    path = data.draw(st.sampled_from(places(good)))
    given_anything = replaced(good, path, data.draw(ANYTHING))
    try:
        told = json.dumps(answer(given_anything), allow_nan=False, ensure_ascii=False)
    except InputError as refusal:
        told = str(refusal)
    assert "\n" not in told
    assert told.encode()


@pytest.mark.parametrize(("answer", "good"), GOOD)
def test_unchanged__is_answered(answer, good) -> None:
    assert answer(good)
