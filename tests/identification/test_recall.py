"""Recall: what rests on a cause, what is due now and what only if a decision on the way falls."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.identification.recall import TASKS, Due, Row, recall, rows_from_lines, unknown_ids

HISTORY = [
    Row("PR1", "profile"),
    Row("S1", "search", ("PR1",)),
    Row("C1", "candidate", ("S1",)),
    Row("D1", "decided", ("C1",)),
    Row("T1", "told", ("D1",)),
    Row("L1", "letter", ("T1",)),
    Row("J1", "joined", ("PR1",)),
    Row("D2", "decided", ("J1",)),
    Row("B2", "buried", ("D2",)),
    Row("D9", "decided", ("C9",)),
    Row("T9", "told", ("D9",)),
]


def due(rows, of):
    return {task.id: task.due.value for task in recall(rows, of).tasks}


def test_revoked_decision__makes_all_that_rests_on_it_due_now() -> None:
    assert due(HISTORY, "D1") == {"T1": "now", "L1": "now"}


def test_decision_on_the_way__is_a_question_and_what_rests_on_it_waits() -> None:
    assert due(HISTORY, "C1") == {"D1": "now", "T1": "if_it_falls", "L1": "if_it_falls"}


def test_joining_on_the_way__is_a_question_too_and_a_decision_beyond_it_waits() -> None:
    assert due(HISTORY, "PR1") == {
        "S1": "now",
        "C1": "now",
        "D1": "now",
        "T1": "if_it_falls",
        "L1": "if_it_falls",
        "J1": "now",
        "D2": "if_it_falls",
        "B2": "if_it_falls",
    }


def test_joining_as_the_cause__makes_what_rests_on_it_due_now() -> None:
    assert due(HISTORY, "J1") == {"D2": "now", "B2": "if_it_falls"}


def test_another_path__reaches_it_now() -> None:
    rows = [*HISTORY, Row("RP1", "report", ("T1", "S1")), Row("BN1", "bundle", ("RP1",))]
    assert due(rows, "PR1")["RP1"] == "now"
    assert due(rows, "PR1")["BN1"] == "now"


def test_path_that_is_longer_and_free__wins_over_a_short_one_through_a_decision() -> None:
    rows = [Row("A", "profile"), Row("D", "decided", ("A",)), Row("L", "letter", ("D", "Z"))]
    rows += [Row("X", "search", ("A",)), Row("Y", "candidate", ("X",)), Row("Z", "report", ("Y",))]
    assert due(rows, "A") == {"D": "now", "L": "now", "X": "now", "Y": "now", "Z": "now"}


def test_withdrawn_row__is_no_task_and_what_rests_on_it_is() -> None:
    rows = [*HISTORY, Row("W1", "withdrawn", of="T1")]
    assert due(rows, "D1") == {"L1": "now"}


def test_withdrawal_that_was_withdrawn__counts_no_more_wherever_it_stands() -> None:
    rows = [Row("W2", "withdrawn", of="W1"), Row("W1", "withdrawn", of="T1"), *HISTORY]
    assert due(rows, "D1") == {"T1": "now", "L1": "now"}


def test_withdrawals_in_a_circle__are_refused() -> None:
    rows = [*HISTORY, Row("W1", "withdrawn", of="W2"), Row("W2", "withdrawn", of="W1")]
    with pytest.raises(InputError, match='circle of "W1", "W2"'):
        recall(rows, "D1")


def test_circle_of_reasons__ends_and_never_lists_the_cause() -> None:
    rows = [Row("A", "report", ("C",)), Row("B", "letter", ("A",)), Row("C", "bundle", ("B",))]
    assert due(rows, "A") == {"B": "now", "C": "now"}


def test_event_without_a_task__passes_the_walk_on() -> None:
    rows = [Row("A", "pedigree"), Row("B", "weather", ("A",)), Row("C", "letter", ("B",))]
    assert due(rows, "A") == {"C": "now"}


def test_tasks__come_in_the_order_of_the_rows() -> None:
    rows = [Row("L", "letter", ("T",)), Row("T", "told", ("A",)), Row("A", "decided")]
    assert list(due(rows, "A")) == ["L", "T"]


def test_cause_without_a_row__can_be_recalled_where_something_rests_on_it() -> None:
    assert due(HISTORY, "C9") == {"D9": "now", "T9": "if_it_falls"}
    assert unknown_ids([*HISTORY, Row("W", "withdrawn", of="X1")]) == ("C9", "X1")


def test_unknown_cause__is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match='found "D11"; needed: an id of the history; did you mean D1'):
        recall(HISTORY, "D11")


@pytest.mark.parametrize(("event", "task"), list(TASKS.items()))
def test_every_event_of_the_list__has_its_task(event, task) -> None:
    found = recall([Row("A", "profile"), Row("B", event, ("A",))], "A")
    assert found.as_json() == {"of": "A", "tasks": [{"id": "B", "event": event, "task": task, "due": "now"}]}


def test_tasks__are_those_of_the_list() -> None:
    by_task: dict[str, list[str]] = {}
    for event, task in TASKS.items():
        by_task.setdefault(task, []).append(event)
    assert by_task == {
        "search_again": ["search", "search_ended"],
        "recompute": ["candidate"],
        "reopen": ["candidate_closed"],
        "question": ["decided", "joined"],
        "tell_again": ["told"],
        "withdraw_letter": ["letter"],
        "ask_again": ["choice"],
        "ask_back": ["released", "effects_released"],
        "ask_exhumation": ["buried"],
        "record_irreversible": ["cremated", "sample_destroyed"],
        "notify_party": ["returned"],
        "withdraw_report": ["report"],
        "notify_registry": ["certificate"],
        "notify_authority": ["benefit"],
        "correct_figure": ["published"],
        "notify_receiver": ["bundle"],
    }


# Random graphs, circles included, against all paths one by one


def naive_due(rows, of):
    """The marks by enumerating every path that visits no row twice."""
    marks: dict[str, set[str]] = {}

    def walk(cause, fell, path):
        for row in rows:
            if cause in row.because and row.id not in path and row.id != of:
                marks.setdefault(row.id, set()).add("if_it_falls" if fell else "now")
                walk(row.id, fell or row.event in ("decided", "joined"), {*path, row.id})

    walk(of, False, set())
    withdrawn = {row.of for row in rows if row.event == "withdrawn"}
    return {
        row.id: "now" if "now" in marks[row.id] else "if_it_falls"
        for row in rows
        if row.id in marks and row.id not in withdrawn and row.event in TASKS
    }


IDS = [f"N{n}" for n in range(7)]
ROWS = st.tuples(
    *(
        st.builds(
            Row,
            st.just(name),
            st.sampled_from(["decided", "joined", "told", "letter", "candidate", "weather"]),
            st.sets(st.sampled_from([*IDS, "elsewhere"]), max_size=3).map(lambda ids: tuple(sorted(ids))),
        )
        for name in IDS
    )
)
WITHDRAWALS = st.lists(st.sampled_from(IDS), max_size=2, unique=True).map(
    lambda ids: tuple(Row(f"W{name}", "withdrawn", of=name) for name in ids)
)


@settings(max_examples=200, deadline=None)
@given(ROWS, WITHDRAWALS)
def test_recall__agrees_with_every_path_one_by_one(rows, withdrawals) -> None:
    history = [*rows, *withdrawals]
    assert due(history, "N0") == naive_due(history, "N0")


@settings(max_examples=200, deadline=None)
@given(ROWS, st.permutations(range(len(IDS))))
def test_recall__marks_what_is_reachable_and_nothing_else_in_any_order(rows, order) -> None:
    reachable, before = {"N0"}, set()
    while reachable != before:
        before = set(reachable)
        reachable |= {row.id for row in rows if set(row.because) & reachable}
    marked = due(rows, "N0")
    assert set(marked) == {row.id for row in rows if row.id in reachable - {"N0"} and row.event in TASKS}
    assert due([rows[n] for n in order], "N0") == marked


# Reading


def read(*lines):
    return rows_from_lines(list(enumerate(lines, start=1)), place="history.jsonl")


def test_rows__may_carry_further_keys() -> None:
    assert read({"id": "A", "event": "told", "because": ["B"], "family": "F-1", "note": "by telephone"}) == (
        Row("A", "told", ("B",)),
    )
    assert read({"id": "W", "event": "withdrawn", "of": "A", "by": "alice"}) == (Row("W", "withdrawn", of="A"),)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([{"event": "told", "because": []}], "line 1, id: found nothing"),
        ([{"id": "A", "because": []}], "line 1, event: found nothing"),
        ([{"id": "A", "event": "told", "becuase": ["B"]}], "line 1, because: found nothing"),
        ([{"id": "A", "event": "told", "because": "B"}], 'line 1, because: found "B"'),
        ([{"id": "A", "event": "withdrawn"}], "line 1, of: found nothing"),
        ([{"id": "A", "event": "told", "because": []}] * 2, '"A" twice'),
        (["told"], 'line 1: found "told"'),
    ],
)
def test_rows__that_cannot_be_read_are_refused(lines, found) -> None:
    with pytest.raises(InputError) as refusal:
        read(*lines)
    assert found in str(refusal.value)


def test_due__has_two_values() -> None:
    assert [each.value for each in Due] == ["now", "if_it_falls"]
