"""Matching a list against a register: candidates, posteriors with "nobody here", proposals one to one.

The register is cut into parts, one for each processor; the answer does not depend on how many there are.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from typing import Any

from homeward.names.declension import Case
from homeward.names.index import Candidate, NameIndex, Person, load_tables, person_of
from homeward.names.lists import Entry, RowAside
from homeward.names.nominatives import cases_of_list
from homeward.names.relations import Verdict
from homeward.names.weights import RegisterCounts

__all__ = ["MatchOptions", "Proposal", "cases_of", "match_lists", "posteriors", "with_rows_aside"]


@dataclass(frozen=True)
class MatchOptions:
    """How candidates become proposals."""

    at_most: int = 3
    share: float = 0.5
    """Probability, before any name is read, that a person of the list stands in the register at all."""
    least_posterior: float = 0.01
    """Candidates below are not shown."""
    proposal_posterior: float = 0.5
    """A candidate is proposed when it is likelier than everybody else and nobody together; below, people decide."""
    processes: int = 0
    """How many processes; 0 for one a processor."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row of the answer: a person of the list, and a person of the register or nobody."""

    list_id: str
    register_id: str
    rank: int
    verdict: str
    log10_lr: float | None
    posterior: float | None
    """None where the entry was set aside and nothing was compared."""
    explanation: str
    proposed: bool

    def as_json(self) -> dict[str, object]:
        """Returns the row as an object."""
        return {
            "list_id": self.list_id, "register_id": self.register_id, "rank": self.rank, "verdict": self.verdict,
            "log10_lr": None if self.log10_lr is None else round(self.log10_lr, 4),
            "posterior": None if self.posterior is None else round(self.posterior, 6),
            "explanation": self.explanation, "proposed": self.proposed,
        }  # fmt: skip


def with_rows_aside(found: Iterable[Proposal], rows: Iterable[Entry | RowAside]) -> list[Proposal]:
    """Returns the answer with a row for each row of the list that was set aside, in the order of the list."""
    of_entry: dict[str, list[Proposal]] = {}
    for proposal in found:
        of_entry.setdefault(proposal.list_id, []).append(proposal)
    answer: list[Proposal] = []
    for row in rows:
        if isinstance(row, RowAside):
            answer.append(Proposal(row.id, "", 1, "", None, None, f"set aside: {row.problem}", proposed=False))
        else:
            answer += of_entry[row.id]
    return answer


def posteriors(log10_lrs: Sequence[float], n_register: int, share: float) -> tuple[list[float], float]:
    """Returns the probability of each candidate, and of nobody: prior share/N for each person of the register.

    People of the register who are no candidates count as impossible; their likelihood ratios are far below one.

    >>> [round(p, 3) for p in posteriors([6.0], 1000, 0.5)[0]]
    [0.999]
    """
    if not log10_lrs:
        return [], 1.0
    most = max(*log10_lrs, 0.0)
    weights = [10.0 ** (lr - most) * share / n_register for lr in log10_lrs]
    nobody = (1.0 - share) * 10.0**-most
    total = sum(weights) + nobody
    return [weight / total for weight in weights], nobody / total


def match_lists(
    wanted: Sequence[Entry],
    register: Sequence[Entry],
    options: MatchOptions = MatchOptions(),
    *,
    on_step: Callable[[int], None] = lambda _: None,
) -> list[Proposal]:
    """Returns the proposals for each entry of a list, in the order of the list, best first."""
    found = _search_all(_Listed(wanted, cases_of(wanted)), _Listed(register, cases_of(register)), options, on_step)
    judged = [_judged(candidates, len(register), options) for candidates in found]
    taken = _one_to_one(wanted, register, judged, options.proposal_posterior)
    return [
        row
        for i, entry in enumerate(wanted)
        for row in _rows(entry, register, judged[i], taken.get(i), options, _better(i, judged[i], taken, wanted))
    ]


_ASKED = 2000
"""So many rows, evenly spread, tell the case of a list."""


def cases_of(entries: Sequence[Entry]) -> frozenset[Case]:
    """Returns the cases in which the names of a list stand, as in an order; none for the nominative."""
    step = max(1, len(entries) // _ASKED)
    return cases_of_list(entry.name for entry in entries[::step])


@dataclass(frozen=True, slots=True)
class _Listed:
    """The entries of a list or register, and the cases in which their names stand."""

    entries: Sequence[Entry]
    cases: frozenset[Case]

    def people(self) -> Iterator[Person]:
        return (person_of(entry, self.cases) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class _Judged:
    candidates: tuple[Candidate, ...]
    posteriors: tuple[float, ...]
    nobody: float


def _judged(candidates: list[Candidate], n_register: int, options: MatchOptions) -> _Judged:
    chances, nobody = posteriors([one.log10_lr for one in candidates], max(1, n_register), options.share)
    kept = [i for i, chance in enumerate(chances) if chance >= options.least_posterior]
    return _Judged(tuple(candidates[i] for i in kept), tuple(chances[i] for i in kept), nobody)


def _one_to_one(
    wanted: Sequence[Entry], register: Sequence[Entry], judged: list[_Judged], least: float
) -> dict[int, int]:
    """Returns for each entry the one person proposed: the weightiest pairs first, nobody twice."""
    pairs = [
        (-one.log10_lr, wanted[i].id, register[one.place].id, i, one.place)
        for i, found in enumerate(judged)
        for one, posterior in zip(found.candidates, found.posteriors, strict=True)
        if posterior >= least and one.verdict is not Verdict.DIFFERENT  # shown for people to see, never proposed
    ]
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, _, i, place in sorted(pairs):
        if i not in taken and place not in used:
            taken[i] = place
            used.add(place)
    return taken


def _better(i: int, judged: _Judged, taken: dict[int, int], wanted: Sequence[Entry]) -> dict[int, str]:
    """Returns for the candidates of an entry who are proposed to another entry, to which."""
    owners = {place: other for other, place in taken.items() if other != i} if judged.candidates else {}
    return {one.place: wanted[owners[one.place]].id for one in judged.candidates if one.place in owners}


def _rows(
    entry: Entry,
    register: Sequence[Entry],
    judged: _Judged,
    taken: int | None,
    options: MatchOptions,
    elsewhere: dict[int, str],
) -> Iterable[Proposal]:
    if not judged.candidates:
        yield Proposal(
            entry.id, "", 1, "", None, judged.nobody, "nobody here whose name may be this one", proposed=True
        )
        return
    shown = sorted(
        zip(judged.candidates, judged.posteriors, strict=True),
        key=lambda pair: (-pair[0].log10_lr, register[pair[0].place].id),
    )
    kept = shown[: options.at_most]
    if taken is not None and all(one.place != taken for one, _ in kept):
        kept[-1] = next(pair for pair in shown if pair[0].place == taken)
    for rank, (one, posterior) in enumerate(kept, start=1):
        words = one.explanation
        if one.place in elsewhere:
            words += f"; fits {elsewhere[one.place]} of the list at least as well"
        yield Proposal(
            entry.id,
            register[one.place].id,
            rank,
            one.verdict.value,
            one.log10_lr,
            posterior,
            words,
            one.place == taken,
        )


def _search_all(
    wanted: _Listed, register: _Listed, options: MatchOptions, on_step: Callable[[int], None]
) -> list[list[Candidate]]:
    n = options.processes or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    n = max(1, min(n, len(register.entries) // 2000))
    if n == 1:
        index = NameIndex(register.entries, cases=register.cases)
        index.use_counts(index.counts())
        found = []
        for person in wanted.people():
            found.append(index.search(person))
            on_step(1)
        return found
    return _in_parts(wanted, register, n, on_step)


def _in_parts(wanted: _Listed, register: _Listed, n: int, on_step: Callable[[int], None]) -> list[list[Candidate]]:
    """Searches parts of the register in processes of their own; frequencies are those of the whole register."""
    context: Any = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    workers, pipes = [], []
    load_tables()  # once, before the processes part
    entries = register.entries
    for places in _parts(entries, n):
        ours, theirs = context.Pipe()
        part = _Listed([entries[place] for place in places], register.cases)
        worker = context.Process(target=_search_part, args=(theirs, part, places, wanted), daemon=True)
        worker.start()
        theirs.close()
        workers.append(worker)
        pipes.append(ours)
    try:
        counts = _merged([pipe.recv() for pipe in pipes])
        for pipe in pipes:
            pipe.send(counts)
        found = _collected(pipes, len(wanted.entries), n, on_step)
        return [sorted(some, key=lambda one: (-one.log10_lr, entries[one.place].id)) for some in found]
    finally:
        for worker in workers:
            worker.join(timeout=5)
            if worker.is_alive():
                worker.terminate()


_SLICES = 32


def _parts(register: Sequence[Entry], n: int) -> list[list[int]]:
    """Returns the places of the register in n parts of equal size.

    Sorted by name and dealt in slices, so that bearers of one surname mostly meet in one part, which then looks at
    that surname for all of them; slices rather than halves, for a script or a letter may be dearer than another.
    """
    order = sorted(range(len(register)), key=lambda place: (register[place].name, place))
    bounds = [len(order) * i // (n * _SLICES) for i in range(n * _SLICES + 1)]
    slices = [order[start:end] for start, end in pairwise(bounds)]
    return [sorted(place for some in slices[i::n] for place in some) for i in range(n)]


_REPORT_EVERY = 50


def _search_part(pipe: Connection, part: _Listed, places: Sequence[int], wanted: _Listed) -> None:
    gc.disable()  # nothing here is garbage, and looking for it among millions of names takes half the time
    index = NameIndex(part.entries, cases=part.cases)
    pipe.send(index.counts())
    index.use_counts(pipe.recv())
    batch: list[tuple[int, list[Candidate]]] = []
    for i, person in enumerate(wanted.people()):
        found = index.search(person)
        batch.append((i, [replace(one, place=places[one.place]) for one in found]))
        if len(batch) == _REPORT_EVERY:
            pipe.send(batch)
            batch = []
    pipe.send(batch)
    pipe.send(None)
    pipe.close()


def _merged(parts: Sequence[RegisterCounts]) -> RegisterCounts:
    def summed(counts: Iterable[Any]) -> dict[Any, int]:
        total: dict[Any, int] = {}
        for one in counts:
            for key, n in one.items():
                total[key] = total.get(key, 0) + n
        return total

    return RegisterCounts(
        summed(p.surnames for p in parts), summed(p.given_names for p in parts), summed(p.fathers for p in parts),
        sum(p.total for p in parts),
    )  # fmt: skip


def _collected(
    pipes: Sequence[Connection], n_wanted: int, n: int, on_step: Callable[[int], None]
) -> list[list[Candidate]]:
    found: list[list[Candidate]] = [[] for _ in range(n_wanted)]
    waiting = list(pipes)
    n_done = 0
    while waiting:
        for pipe in wait(waiting):
            assert isinstance(pipe, Connection)
            batch = pipe.recv()
            if batch is None:
                waiting.remove(pipe)
                continue
            for i, candidates in batch:
                found[i] += candidates
            before, n_done = n_done // n, n_done + len(batch)
            on_step(n_done // n - before)
    return found
