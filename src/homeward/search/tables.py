"""Tables kept on disk: what was computed for a family once is not computed again.

A store is a folder of segments. A segment is a NumPy file of rows and beside it a file of the rows' keys, written last,
so that a segment without keys is one that was interrupted and does not count. Keys are hashes of content: a family
whose relatives, readings, frequencies or mutation rates change has another key, and its old row is simply not found.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.likelihood.tables import TableLayout, family_tables
from homeward.search.members import MissingMember

__all__ = ["TableStore", "genotype_rows"]

_KEY_BYTES = 32
Singles = NDArray[np.float32]


class TableStore:
    """Rows of genotype ratios by key, in a folder that several threads and processes may use at once."""

    def __init__(self, folder: Path, n_columns: int) -> None:
        self.folder = folder
        self._n_columns = n_columns
        self._places: dict[bytes, tuple[Path, int]] = {}
        self._segments: dict[Path, Singles] = {}
        self._lock = Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(place=str(folder), found="no folder that can be made", needed="a folder") from error
        for keys in sorted(folder.glob("*.keys")):
            self._index(keys)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def rows(self, keys: Sequence[bytes]) -> Singles:
        """Returns the rows of these keys, (n_keys, n_columns), without copying where they lie side by side."""
        places = [self._places[key] for key in keys]
        first = places[0]
        # A block searched before asks for its own segment in order: the mapped file is used as it is, copied nowhere.
        if all(place == (first[0], first[1] + offset) for offset, place in enumerate(places)):
            return self._segment(first[0])[first[1] : first[1] + len(places)]
        rows = np.empty((len(keys), self._n_columns), dtype=np.float32)
        for number, (path, row) in enumerate(places):
            rows[number] = self._segment(path)[row]
        return rows

    def add(self, keys: Sequence[bytes], rows: Singles) -> None:
        """Writes a segment; a reader sees all of it or nothing."""
        # A random name, so that processes which share the folder need no lock between them.
        path = self.folder / f"{uuid4().hex}.npy"
        waiting = path.with_suffix(".part")
        with waiting.open("wb") as stream:
            np.save(stream, rows)
        # The rows first, their keys last: a reader that finds the keys finds the rows whole.
        waiting.replace(path)
        with waiting.open("wb") as stream:
            stream.write(b"".join(keys))
            stream.flush()
            os.fsync(stream.fileno())
        waiting.replace(path.with_suffix(".keys"))
        self._index(path.with_suffix(".keys"))

    def _index(self, keys: Path) -> None:
        data = keys.read_bytes()
        path = keys.with_suffix(".npy")
        with self._lock:
            for row in range(len(data) // _KEY_BYTES):
                self._places[data[row * _KEY_BYTES : (row + 1) * _KEY_BYTES]] = (path, row)

    def _segment(self, path: Path) -> Singles:
        with self._lock:
            segment = self._segments.get(path)
            if segment is None:
                # Mapped, not read: a store may be larger than the memory.
                segment = self._segments[path] = np.load(path, mmap_mode="r")
        return segment


def genotype_rows(
    members: Sequence[MissingMember], layout: TableLayout, *, basis: str, store: TableStore | None = None
) -> Singles:
    """Returns the genotype tables in single precision, (n_members, n_columns), from the store where it has them."""
    if store is None:
        return _computed(members, layout)
    keys = [member.key(layout.panel, basis) for member in members]
    new = {key: member for key, member in zip(keys, members, strict=True) if key not in store}
    if new:
        store.add(list(new), _computed(list(new.values()), layout))
    return store.rows(keys)


def _computed(members: Sequence[MissingMember], layout: TableLayout) -> Singles:
    requests = [member.request for member in members]
    values = family_tables(requests, layout, single_precision=True).values
    return np.asarray(values, dtype=np.float32)
