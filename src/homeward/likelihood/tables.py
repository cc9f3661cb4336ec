"""Family tables: for each reading a missing member may show, how much more probable it is than in the population.

    T[g] = P(relatives' readings, missing member reads g) / (P(relatives' readings) P(g))

so that the likelihood ratio of remains against a family is the product over markers of T at the remains' reading. Each
family is peeled once per marker with the missing member's gametes left free. Families of one shape share a plan and
run together in a kernel without the global lock. See docs/concepts/family-tables.md.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.markers import MarkerKind
from homeward.genetics.pedigrees import Pedigree
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood import kernels
from homeward.likelihood.dropout import DEFAULT_DROP_OUT, DropOutRates
from homeward.likelihood.networks import Shape
from homeward.likelihood.panels import NOT_READ, Panel
from homeward.likelihood.peeling import shape_of
from homeward.likelihood.plans import Plan, plan_of

__all__ = ["FamilyTables", "TableLayout", "TableRequest", "family_tables"]

COLUMN_CLASSES = (DropOutClass.LOW, DropOutClass.MEDIUM, DropOutClass.HIGH)
JOBS_PER_TASK = 4096

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class TableRequest:
    """One table to make: a pedigree, its missing member, and the profiles of its typed members.

    ``own`` is the missing member's own profile, from a personal reference sample: at its markers the table is that of
    an identity.
    """

    pedigree: Pedigree
    missing: str
    profiles: Mapping[str, Mapping[str, tuple[str, ...]]]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class TableLayout:
    """Which column holds which reading: marker after marker, first all codes, then a block per drop-out class.

    A block has one column per allele, for that allele seen alone. ``starts`` has one entry per marker and a last one
    with the number of columns.
    """

    panel: Panel
    drop_out: DropOutRates = DEFAULT_DROP_OUT

    @cached_property
    def starts(self) -> Integers:
        """First column of each marker, and the end, int64, shape (n_markers + 1,)."""
        widths = self.panel.n_codes + len(COLUMN_CLASSES) * self.panel.stack.sizes[:, 1]
        return np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)

    @property
    def n_columns(self) -> int:
        """Length of one family's table over all markers."""
        return int(self.starts[-1])

    def columns(
        self, profile: Mapping[str, tuple[str, ...]], drop_out: Mapping[str, DropOutClass] | None = None
    ) -> Integers:
        """Column of the profile's reading at each marker, int64, -1 where the marker was not read.

        A class matters only where one allele was seen; two alleles seen have no drop-out to explain.
        """
        codes = self.panel.encode(profile)
        result = np.where(codes == NOT_READ, NOT_READ, codes + self.starts[:-1])
        for locus, marker in enumerate(self.panel.markers):
            chosen = (drop_out or {}).get(marker.name, DropOutClass.NONE)
            if chosen is DropOutClass.NONE or codes[locus] == NOT_READ:
                continue
            reading = self.panel.reading(locus, int(codes[locus]))
            if len(reading) == 1:
                block = COLUMN_CLASSES.index(chosen)
                allele = marker.index(reading[0]) or 0
                result[locus] = self.starts[locus] + self.panel.n_codes[locus] + block * marker.n_alleles + allele
        return result


@dataclass(frozen=True)
class FamilyTables:
    """Tables of several families.

    ``values`` is (n_families, n_columns): ratios, or their log10 if asked for. ``log10_likelihoods`` is
    (n_families, n_markers): log10 P(relatives' readings), -inf where they are impossible on this pedigree; the
    columns of such a marker are 0 (-inf as log10).
    """

    values: NDArray[np.floating[Any]]
    log10_likelihoods: Floats


@dataclass(frozen=True)
class _Job:
    """(family, marker) pairs of one plan."""

    plan: Plan
    rows: Integers
    families: Integers
    loci: Integers
    codes: NDArray[np.int16]
    numbers: Integers


def family_tables(
    requests: Sequence[TableRequest],
    layout: TableLayout,
    *,
    as_log10: bool = False,
    single_precision: bool = False,
    threads: int = 1,
) -> FamilyTables:
    """The tables of all requests, in their order; theta is 0 and relatives' readings are taken as complete.

    The answer does not depend on the number of threads. Raises InputError for a typed or missing member who is not in
    the pedigree, an allele without frequency, more than two alleles, and a missing member who is typed.
    """
    dtype = np.float32 if single_precision else np.float64
    values = np.zeros((len(requests), layout.n_columns), dtype=dtype)
    log10_likelihoods = np.zeros((len(requests), len(layout.panel)))
    tasks = [
        (job, start) for job in _jobs(requests, layout.panel) for start in range(0, len(job.families), JOBS_PER_TASK)
    ]

    def run(task: tuple[_Job, int]) -> None:
        _run(task[0], task[1], layout, as_log10=as_log10, values=values, log10_likelihoods=log10_likelihoods)

    if threads == 1:
        for task in tasks:
            run(task)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run, tasks))
    for row, request in enumerate(requests):
        if not request.profiles:
            values[row] = 0.0 if as_log10 else 1.0
        if request.own:
            _identify(values[row], layout.panel.encode(request.own), layout, as_log10=as_log10)
    return FamilyTables(values, log10_likelihoods)


def _identify(row: NDArray[np.floating[Any]], own: Integers, layout: TableLayout, *, as_log10: bool) -> None:
    """Writes the ratios of an identity into a row, at the markers of the missing member's own profile.

    With G the genotype of the personal reference, taken as read in full, the ratio of a reading r is P(r | G) / P(r),
    relatives add nothing, and r = G gives 1/P(G): 1/p^2 or 1/(2 p q). Under drop-out with probability d one allele a
    seen alone has P(a | aa) = 1 - d^2 and P(a | ab) = d (1 - d).
    """
    for locus in np.flatnonzero(own != NOT_READ).tolist():
        frequencies = layout.panel.models[locus].frequencies[: layout.panel.markers[locus].n_alleles]
        total = float(layout.panel.models[locus].frequencies.sum())
        reading = layout.panel.reading(locus, int(own[locus]))
        positions = [layout.panel.markers[locus].index(allele) or 0 for allele in reading]
        start, n_codes = int(layout.starts[locus]), int(layout.panel.n_codes[locus])
        part = np.zeros(int(layout.starts[locus + 1]) - start)
        p = frequencies[positions]
        part[int(own[locus])] = 1 / (p[0] ** 2 if len(p) == 1 else 2 * p[0] * p[1])
        for block, each in enumerate(COLUMN_CLASSES):
            d = layout.drop_out.of(each)
            of_genotype = 1 - d**2 if len(p) == 1 else d * (1 - d)
            columns = n_codes + block * len(frequencies) + np.array(positions)
            part[columns] = of_genotype / (p**2 * (1 - d**2) + 2 * p * (total - p) * d * (1 - d))
        with np.errstate(divide="ignore"):
            row[start : int(layout.starts[locus + 1])] = np.log10(part) if as_log10 else part


def _run(
    job: _Job, start: int, layout: TableLayout, *, as_log10: bool, values: NDArray[Any], log10_likelihoods: Floats
) -> None:
    stacked = layout.panel.stack
    stop = start + JOBS_PER_TASK
    loci = job.loci[start:stop]
    kernels.tabulate_families(
        job.plan.program,
        job.plan.n_gametes_kept,
        job.families[start:stop],
        loci,
        job.rows,
        stacked.sizes,
        stacked.offsets,
        stacked.frequencies,
        stacked.matrices,
        job.codes,
        np.array([layout.drop_out.of(each) for each in COLUMN_CLASSES]),
        layout.starts,
        np.empty(job.plan.workspace(int(stacked.sizes[loci, 0].max()), 3)),
        int(as_log10),
        job.numbers,
        values,
        log10_likelihoods,
    )


def _jobs(requests: Sequence[TableRequest], panel: Panel) -> list[_Job]:
    """All work, grouped by plan."""
    groups: dict[Shape, list[int]] = {}
    for number, request in enumerate(requests):
        if not request.profiles:
            continue
        groups.setdefault(_group_key(request), []).append(number)
    jobs: list[_Job] = []
    for numbers in groups.values():
        profiles = [list(requests[number].profiles.values()) for number in numbers]
        codes = np.array([[panel.encode(profile) for profile in family] for family in profiles], dtype=np.int16)
        jobs += _jobs_of_group(
            requests[numbers[0]], codes.reshape(len(numbers), -1, len(panel)), np.array(numbers), panel
        )
    return jobs


def _group_key(request: TableRequest) -> Shape:
    """Requests with the same key run through the same plans."""
    if request.missing in request.profiles:
        place = f'missing member "{request.missing}"'
        raise InputError(place=place, found="a profile", needed="no profile; the table is over what they may show")
    pedigree = request.pedigree
    return Shape(
        parents=pedigree.parent_positions,
        male=pedigree.males,
        typed=tuple(pedigree.position(member) for member in request.profiles),
        free=pedigree.position(request.missing),
    )


def _jobs_of_group(request: TableRequest, codes: NDArray[np.int16], numbers: Integers, panel: Panel) -> list[_Job]:
    """The work of families of one shape: one job for each kind of marker and each set of members read."""
    read = codes != NOT_READ
    n_typed = codes.shape[1]
    patterns, which = np.unique(read.transpose(0, 2, 1).reshape(-1, n_typed), axis=0, return_inverse=True)
    which = which.reshape(len(numbers), len(panel))
    ids = list(request.profiles)
    jobs = []
    for number, pattern in enumerate(patterns):
        rows = np.flatnonzero(pattern)
        for kind in MarkerKind:
            on_kind = panel.x_linked == (kind is MarkerKind.X)
            families, loci = np.nonzero((which == number) & on_kind)
            if len(families):
                shape = shape_of(request.pedigree, [ids[row] for row in rows], kind=kind, free=request.missing)
                jobs.append(_Job(plan_of(shape), rows, families, loci, codes, numbers))
    return jobs
