"""Recall: everything that rests on a cause, and what has to be done about each.

Rows name in ``because`` what they rest on. The walk goes from the cause to all that rests on it, directly or not. A
decision or a joining on the way becomes a question; what lies beyond it is due only if it falls.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from homeward.errors import InputError
from homeward.identification.fields import fields_of, refuse_repeated, shown
from homeward.imports.spelling import did_you_mean

__all__ = ["TASKS", "Due", "Recall", "Row", "Task", "recall", "rows_from_lines", "unknown_ids"]


class Due(Enum):
    """When a task is due: now, or only if a decision or joining on the way to it falls."""

    NOW = "now"
    IF_IT_FALLS = "if_it_falls"


TASKS: Mapping[str, str] = MappingProxyType(
    {
        "search": "search_again",
        "search_ended": "search_again",
        "candidate": "recompute",
        "candidate_closed": "reopen",
        "decided": "question",
        "joined": "question",
        "told": "tell_again",
        "letter": "withdraw_letter",
        "choice": "ask_again",
        "released": "ask_back",
        "effects_released": "ask_back",
        "buried": "ask_exhumation",
        "cremated": "record_irreversible",
        "sample_destroyed": "record_irreversible",
        "returned": "notify_party",
        "report": "withdraw_report",
        "certificate": "notify_registry",
        "benefit": "notify_authority",
        "published": "correct_figure",
        "bundle": "notify_receiver",
    }
)
QUESTIONS = ("decided", "joined")
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Row:
    """One row of a history: what happened, and what it rests on; ``of`` is the row that a withdrawal takes back."""

    id: str
    event: str
    because: tuple[str, ...] = ()
    of: str | None = None


@dataclass(frozen=True)
class Task:
    """What has to be done about one row."""

    id: str
    event: str
    task: str
    due: Due


@dataclass(frozen=True)
class Recall:
    """The tasks that follow from a cause, in the order of the rows."""

    of: str
    tasks: tuple[Task, ...]

    def as_json(self) -> dict[str, object]:
        """Returns the answer of `homeward identification recall`."""
        tasks = [{"id": t.id, "event": t.event, "task": t.task, "due": t.due.value} for t in self.tasks]
        return {"of": self.of, "tasks": tasks}


def rows_from_lines(lines: Iterable[tuple[int, object]], *, place: str) -> tuple[Row, ...]:
    """Returns the rows of numbered JSON values, which may carry further keys; raises InputError for what is missing."""
    rows = tuple(_row(value, place=f"{place} line {n}") for n, value in lines)
    refuse_repeated((row.id for row in rows), place=f"{place}, id")
    return rows


def _row(value: object, *, place: str) -> Row:
    fields = fields_of(value, None, place=place)
    name, event = fields.text("id"), fields.text("event")
    if event == WITHDRAWN:
        return Row(name, event, fields.texts("because", once=False), fields.text("of"))
    if "because" not in fields:  # a misspelt key would otherwise cut the walk in silence
        near = did_you_mean("because", fields.values)
        raise fields.refused("because", f"a list of ids, empty where it rests on nothing{near}")
    return Row(name, event, fields.texts("because", once=False))


def unknown_ids(rows: Sequence[Row]) -> tuple[str, ...]:
    """Returns the ids that rows name and that have no row, each once."""
    known = {row.id for row in rows}
    named = [name for row in rows for name in (*row.because, *([] if row.of is None else [row.of]))]
    return tuple(dict.fromkeys(name for name in named if name not in known))


def recall(rows: Sequence[Row], of: str) -> Recall:
    """Returns what is due when a decision is revoked, or anything else superseded; the cause itself is no task.

    A row that was withdrawn is no task, while what rests on it is. Raises InputError where nothing has that id.
    """
    resting = defaultdict(list)
    for row in rows:
        for cause in row.because:
            resting[cause].append(row)
    known = {row.id for row in rows} | set(resting)
    if of not in known:
        raise InputError(place="--of", found=shown(of), needed=f"an id of the history{did_you_mean(of, known)}")
    due = _reached(resting, of)
    gone = _withdrawn(rows)
    tasks = (
        Task(row.id, row.event, TASKS[row.event], due[row.id])
        for row in rows
        if row.id in due and row.id not in gone and row.event in TASKS
    )
    return Recall(of, tuple(tasks))


def _reached(resting: Mapping[str, Sequence[Row]], of: str) -> dict[str, Due]:
    """When each row that rests on the cause is due.

    All that is due now is walked first, so that no row is marked as conditional while another path reaches it now.
    """
    due: dict[str, Due] = {}
    now, later = deque([of]), deque[str]()
    while now or later:
        when = Due.NOW if now else Due.IF_IT_FALLS
        for row in resting.get((now or later).popleft(), ()):
            if row.id == of or row.id in due:
                continue
            due[row.id] = when
            (later if row.event in QUESTIONS or when is Due.IF_IT_FALLS else now).append(row.id)
    return due


def _withdrawn(rows: Sequence[Row]) -> set[str]:
    """The rows that a withdrawal takes back, where the withdrawal was not itself withdrawn."""
    takes_back = {row.id: row.of for row in rows if row.of is not None}
    n_undecided = Counter(takes_back.values())
    ready = [row.id for row in rows if not n_undecided[row.id]]
    gone: set[str] = set()
    for name in ready:  # grows: a row follows when all its withdrawals are decided
        target = takes_back.get(name)
        if target is None:
            continue
        if name not in gone:
            gone.add(target)
        n_undecided[target] -= 1
        if not n_undecided[target]:
            ready.append(target)
    if circle := sorted(set(takes_back) - set(ready)):
        needed = "withdrawals that do not take each other back"
        raise InputError(place="withdrawn", found=f"a circle of {', '.join(map(shown, circle))}", needed=needed)
    return gone
