"""Every write of the record: one transaction each, with one event in the journal."""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from homeward.journal import actions as journal
from homeward.journal.actors import Actor
from homeward.record.files import read_files, shipped_files
from homeward.record.loading import Loaded, Loading

__all__ = ["load", "load_shipped"]

MOST_KEYS_IN_AN_EVENT = 1000


def load(*, files: Sequence[Path], by: Actor) -> Loaded:
    """Merges record files into the record, and returns what that did; loading them again does nothing.

    A row whose key stands in the record already is changed to what the file says; nothing is ever removed. Raises
    InputError at the first wrong row, and then nothing at all is loaded.
    """
    rows = read_files(files)
    with transaction.atomic():
        loaded = Loading(rows).run()
        if not loaded.did_nothing:
            journal.write(
                by=by,
                action="record.loaded",
                subject="record",
                data={
                    "files": dict(sorted(rows.sha256.items())),
                    "added": loaded.added,
                    "changed": loaded.changed,
                    "changed_rows": sorted(loaded.changed_keys)[:MOST_KEYS_IN_AN_EVENT],
                },
            )
    return loaded


def load_shipped(*, by: Actor) -> Loaded:
    """Merges the public record that comes with Homeward, as `load` does."""
    return load(files=shipped_files(), by=by)
