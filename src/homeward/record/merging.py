"""Wanted rows merged into tables: once without a write, to see that all fit, and then in portions.

What refers to nothing is refused before anything is written; and no portion holds up another writer for long.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django.db import models

__all__ = ["Commit", "Loaded", "Merging"]

Row = TypeVar("Row", bound=models.Model)
Portioned = TypeVar("Portioned")
Values = Mapping[str, Any]

ROWS_IN_A_PORTION = 200
SECONDS_BETWEEN_PORTIONS = 0.02


@dataclass
class Loaded:
    """What a load did: how many rows of which table it added and changed, and how many stood there already."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    changed_keys: list[str] = field(default_factory=list)

    @property
    def did_nothing(self) -> bool:
        """Whether everything stood in the record already."""
        return not self.added and not self.changed

    def add(self, other: "Loaded") -> None:
        """Counts what a portion did."""
        for mine, others in ((self.added, other.added), (self.changed, other.changed)):
            for name, number in others.items():
                mine[name] = mine.get(name, 0) + number
        self.changed_keys += other.changed_keys


Commit = Callable[[Callable[[], object], Loaded], None]  # carries a portion out and journals what it did


class Merging(ABC):
    """A merge of several tables, in the order in which one refers to another; subclasses say which."""

    def __init__(self, commit: Commit) -> None:
        self.result = Loaded()
        self._commit = commit
        self._rehearses = True
        self._new: set[models.Model] = set()

    def run(self) -> Loaded:
        """Merges every table, and returns what that did."""
        # One transaction would refuse a wrong row as well, but keep every other writer of SQLite waiting until its end.
        for self._rehearses in (True, False):
            self._merge_all()
        return self.result

    @abstractmethod
    def _merge_all(self) -> None:
        """Merges every table by `_merge` and `_set_intermediaries`."""

    def _merge(
        self, model: type[Row], key_of: Callable[[Row], Hashable], wanted: Mapping[Hashable, Values]
    ) -> Mapping[Hashable, Row]:
        """Returns every row of a table by its key, after adding and changing what `wanted` asks for."""
        manager = model._default_manager
        known: dict[Hashable, Row] = {key_of(row): row for row in manager.all()}
        new = {key: model(**values) for key, values in wanted.items() if key not in known}
        if self._rehearses:
            return {**known, **new}
        name = str(model._meta.verbose_name_plural)
        changed = [known[key] for key, values in wanted.items() if key in known and _assign(known[key], values)]
        columns = sorted({column.removesuffix("_id") for values in wanted.values() for column in values})
        for portion in _portions(changed):
            did = Loaded(changed={name: len(portion)}, changed_keys=[str(row) for row in portion])
            self._carry_out(partial(manager.bulk_update, portion, columns), did)
        for portion in _portions(list(new.values())):
            self._carry_out(partial(manager.bulk_create, portion), Loaded(added={name: len(portion)}))
        # The links of a new row are part of adding it, and are not counted as a change of it.
        self._new.update(new.values())
        self.result.unchanged += len(wanted) - len(new) - len(changed)
        return {**known, **new}

    def _carry_out(self, change: Callable[[], object], did: Loaded) -> None:
        self._commit(change, did)
        self.result.add(did)

    def _set_intermediaries(self, through: Any, column: str, wanted: Sequence[tuple[models.Model, set[int]]]) -> None:
        if self._rehearses:
            return
        links: dict[int, set[int]] = {}
        for subject, party in through.objects.values_list(column, "party_id"):
            links.setdefault(subject, set()).add(party)
        differing = [(row, ids) for row, ids in wanted if links.get(row.pk, set()) != ids]
        for portion in _portions(differing):
            changed = [row for row, _ids in portion if row not in self._new]
            pairs = [(row.pk, party) for row, ids in portion for party in sorted(ids)]
            did = Loaded(changed={"intermediaries": len(changed)} if changed else {})
            did.changed_keys += [f"{row} intermediaries" for row in changed]
            self._carry_out(partial(_relink, through, column, [row.pk for row in changed], pairs), did)


def _portions(rows: list[Portioned]) -> Iterator[list[Portioned]]:
    """Yields the rows a few at a time, with a pause between: what one transaction writes holds up nobody for long."""
    for start in range(0, len(rows), ROWS_IN_A_PORTION):
        if start:
            # SQLite's lock goes to whoever asks first, and a writer that waits asks ever more seldom: without a pause
            # it waited for 0.9 s beside this loop, with one for 0.1 s (benchmarks/short_writes.py).
            time.sleep(SECONDS_BETWEEN_PORTIONS)
        yield rows[start : start + ROWS_IN_A_PORTION]


def _relink(through: Any, column: str, cleared: list[int], pairs: list[tuple[int, int]]) -> None:
    through.objects.filter(**{f"{column}__in": cleared}).delete()
    through.objects.bulk_create([through(**{column: subject, "party_id": party}) for subject, party in pairs])


def _assign(row: models.Model, values: Values) -> bool:
    """Gives a row the values, and returns whether any of them is new."""
    differing = {column: value for column, value in values.items() if getattr(row, column) != value}
    for column, value in differing.items():
        setattr(row, column, value)
    return bool(differing)
