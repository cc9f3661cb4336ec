"""A search: all samples against all missing members, block by block, by any runner, with the same answer.

A block is some hundred missing members; all samples are compared with it at once. What a block finds depends on the
block and the job alone, and finished blocks may be kept in a folder, so that an interrupted search goes on where it
stopped.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from homeward import __version__
from homeward.errors import InputError
from homeward.genetics.sex_markers import AMELOGENIN
from homeward.likelihood.reading_columns import ReadingColumns
from homeward.likelihood.tables import TableLayout
from homeward.output import write_whole
from homeward.search.kernels import EXACT_FROM
from homeward.search.markers import SearchMarkers
from homeward.search.members import MissingMember
from homeward.search.pairs import exact_pairs, without_mutation
from homeward.search.posteriors import Findings
from homeward.search.samples import EncodedSamples
from homeward.search.screening import Readings, readings_of, screened, units_of
from homeward.search.sexes import SexEvidence
from homeward.search.shortlist import pairs_schema, pairs_table
from homeward.search.tables import TableStore, genotype_rows

__all__ = ["Block", "Runner", "SearchJob", "blocks_of", "nothing_found", "run_search", "search_block"]

BLOCK_SIZE = 512
PAIRS_AT_ONCE = 50_000


@dataclass(frozen=True)
class Block:
    """Some missing members, with the key under which what they gave is kept."""

    members: tuple[MissingMember, ...]
    key: str


@dataclass(frozen=True, eq=False)
class SearchJob:
    """What all blocks of a search have in common. It travels to other processes whole."""

    markers: SearchMarkers
    layout: TableLayout
    samples: EncodedSamples
    min_log10_lr: float = 4.0
    tables_folder: Path | None = None
    sex_evidence: SexEvidence | None = None

    def __post_init__(self) -> None:
        if not np.isfinite(self.min_log10_lr):
            raise InputError(place="min_log10_lr", found=str(self.min_log10_lr), needed="a number")

    @cached_property
    def basis(self) -> str:
        """What every genotype table rests on: the markers, how relatives are read, theta."""
        return f"{self.markers.key} {self.layout.model.relatives.as_row} {self.layout.theta!r}"

    @cached_property
    def sexes(self) -> SexEvidence:
        """What the sex markers of the samples say; without any, nothing."""
        return self.sex_evidence or SexEvidence.of_nothing(len(self.samples))

    @cached_property
    def readings(self) -> Readings:
        """The samples as the kernel wants them, the sex markers last."""
        readings = readings_of(self.samples)
        return self.sexes.with_classes(readings, len(self.samples.shown), len(self.layout.panel))

    @property
    def columns(self) -> tuple[str, ...]:
        """The markers that a pair has a figure for; amelogenin stands for all sex markers."""
        return (*self.markers.loci, AMELOGENIN)

    @cached_property
    def plain(self) -> ReadingColumns:
        """The columns without mutation, drop-in and error, by which inconsistencies are counted."""
        return self.samples.shown.without_slips(without_mutation(self.layout))

    @cached_property
    def store(self) -> TableStore | None:
        """The tables kept on disk; each basis has a folder of its own."""
        if self.tables_folder is None:
            return None
        name = hashlib.sha256(self.basis.encode()).hexdigest()[:24]
        return TableStore(self.tables_folder / name, self.layout.n_values)

    @cached_property
    def key(self) -> str:
        """A hash of all that decides the answer, families apart."""
        text = f"{__version__} {self.basis} {self.samples.key} {self.sexes.key} {self.min_log10_lr!r}"
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    def __getstate__(self) -> dict[str, object]:
        """Leaves behind what every process has to open or compute for itself."""
        # A store holds a lock, which cannot be pickled, and maps files of its own machine.
        return {name: value for name, value in self.__dict__.items() if name not in ("store", "readings", "plain")}


class Runner(Protocol):
    """Runs blocks in any order, on threads, processes or machines."""

    def run(self, job: SearchJob, blocks: Sequence[Block]) -> Iterator[tuple[Block, Findings]]:
        """Yields every block with what it found, as it finishes."""
        ...


def blocks_of(job: SearchJob, members: Sequence[MissingMember], *, size: int = BLOCK_SIZE) -> list[Block]:
    """Returns the members in blocks. The key of a block is a hash of the job and of its members, names included."""
    blocks = []
    for start in range(0, len(members), size):
        part = tuple(members[start : start + size])
        digest = hashlib.sha256(job.key.encode())
        for member in part:
            # The key of a table leaves names out, that of a block must not: its kept answer has the names in it.
            digest.update(f"{member.family.name}\0{member.missing}\0{member.sex.value}\0".encode())
            digest.update(member.key(job.layout.panel, job.basis))
        blocks.append(Block(part, digest.hexdigest()[:32]))
    return blocks


def nothing_found(job: SearchJob) -> Findings:
    """Returns the findings of a search for nobody."""
    return Findings(pairs_schema(job.columns).empty_table(), np.zeros(len(job.samples)))


def search_block(job: SearchJob, block: Block) -> Findings:
    """Returns what one block found: screened in single precision, and computed again in double where it counts."""
    genotypes = genotype_rows(block.members, job.layout, basis=job.basis, store=job.store)
    rows = np.hstack([job.samples.shown.log10_rows(genotypes), job.sexes.columns(block.members)])
    found = screened(rows, job.readings, min_log10_lr=min(job.min_log10_lr, EXACT_FROM))
    # A block without a candidate has a table of the same columns, or nothing could be concatenated.
    parts = [nothing_found(job).pairs]
    units = found.units
    for start in range(0, len(found.pairs), PAIRS_AT_ONCE):
        pairs = found.pairs[start : start + PAIRS_AT_ONCE]
        scores = found.scores[start : start + PAIRS_AT_ONCE]
        exact = exact_pairs(
            block.members, pairs[:, 0], job.samples.columns[pairs[:, 1]], shown=job.samples.shown, plain=job.plain
        )
        exact = job.sexes.added(exact, block.members, pairs[:, 0], pairs[:, 1])
        kept = (exact.log10_lr >= job.min_log10_lr) | (scores >= EXACT_FROM)
        # What is told exactly leaves the sum of the others: taken out as it was put in, to the last unit.
        np.subtract.at(units, pairs[kept, 1], units_of(scores[kept]))
        names = [
            (job.samples.names[sample], block.members[row].family.name, block.members[row].missing)
            for row, sample in pairs.tolist()
        ]
        parts.append(pairs_table(names, exact, job.columns).filter(pa.array(kept)))
    return Findings(pa.concat_tables(parts), units)


def run_search(
    job: SearchJob,
    members: Sequence[MissingMember],
    runner: Runner,
    *,
    kept_in: Path | None = None,
    on_block: Callable[[int], None] = lambda _: None,
    block_size: int = BLOCK_SIZE,
) -> Findings:
    """Returns what the whole search found; `weighed` makes the shortlist of it.

    With a folder ``kept_in``, finished blocks are kept there and found again by a later call with the same job and
    families. ``on_block`` is told how many members were finished each time.
    """
    blocks = blocks_of(job, members, size=block_size)
    kept = _Kept(kept_in, nothing_found(job))
    found: dict[str, Findings] = {}
    for block in blocks:
        before = kept.read(block.key)
        if before is not None:
            found[block.key] = before
            on_block(len(block.members))
    waiting = [block for block in blocks if block.key not in found]
    for block, findings in runner.run(job, waiting):
        kept.write(block.key, findings)
        found[block.key] = findings
        on_block(len(block.members))
    return Findings.together([found[block.key] for block in blocks], nothing_found(job))


_UNITS = b"homeward.units"


class _Kept:
    """Finished blocks in a folder, one Parquet file each; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None, nothing: Findings) -> None:
        self._folder = folder
        self._nothing = nothing
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def read(self, key: str) -> Findings | None:
        path = self._folder / f"{key}.parquet" if self._folder else None
        if path is None or not path.exists():
            return None
        try:
            # A damaged or older file is no error of the user's: the block is computed again and overwrites it.
            table = pq.read_table(path)
            units = np.frombuffer(base64.b64decode((table.schema.metadata or {}).get(_UNITS, b"")), dtype=np.float64)
        except (pa.ArrowException, OSError, ValueError):
            return None
        if not table.schema.equals(self._nothing.pairs.schema) or units.shape != self._nothing.units.shape:
            return None
        return Findings(table.replace_schema_metadata(None), units)

    def write(self, key: str, findings: Findings) -> None:
        if self._folder is None:
            return
        # The sums travel inside the table's file, so that a block is kept whole or not at all.
        units = base64.b64encode(findings.units.tobytes())
        table = findings.pairs.replace_schema_metadata({_UNITS: units})
        write_whole(self._folder / f"{key}.parquet", lambda waiting: pq.write_table(table, waiting))
