"""Family tables: for each reading a missing member may show, how much more probable it is than in the population.

    T[g] = P(relatives' readings, missing member reads g) / (P(relatives' readings) P(g))

so that the likelihood ratio of remains against a family is the product over markers of T at the remains' reading. Each
family is peeled once per marker with the missing member's gametes left free. Families of one shape share a plan and
run together in a kernel without the global lock. See docs/concepts/family-tables.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
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
from homeward.likelihood.panels import NOT_READ, Panel, StateModel
from homeward.likelihood.peeling import shape_of
from homeward.likelihood.plans import Plan, plan_of
from homeward.likelihood.theta_tables import is_within_reach, theta_tables

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
    with the number of columns. ``theta`` is the co-ancestry of the tables that are made for this layout.
    """

    panel: Panel
    drop_out: DropOutRates = DEFAULT_DROP_OUT
    theta: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.theta < 1:
            raise InputError(place="theta", found=f"{self.theta:g}", needed="a number from 0, below 1")

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
    columns of such a marker are 0 (-inf as log10). ``without_theta`` is (n_families, n_markers): where the theta of the
    layout was left out, because too many founder gametes are hidden to sum over.
    """

    values: NDArray[np.floating[Any]]
    log10_likelihoods: Floats
    without_theta: NDArray[np.bool_]


@dataclass(frozen=True)
class _Job:
    """(family, marker) pairs of one plan."""

    shape: Shape
    plan: Plan
    rows: Integers
    families: Integers
    loci: Integers
    codes: NDArray[np.int16]
    numbers: Integers
    with_theta: bool = False


def family_tables(
    requests: Sequence[TableRequest],
    layout: TableLayout,
    *,
    as_log10: bool = False,
    single_precision: bool = False,
    threads: int = 1,
) -> FamilyTables:
    """The tables of all requests, in their order; relatives' readings are taken as complete.

    The answer does not depend on the number of threads. Raises InputError for a typed or missing member who is not in
    the pedigree, an allele without frequency, more than two alleles, and a missing member who is typed.
    """
    dtype = np.float32 if single_precision else np.float64
    values = np.zeros((len(requests), layout.n_columns), dtype=dtype)
    log10_likelihoods = np.zeros((len(requests), len(layout.panel)))
    without_theta = np.zeros((len(requests), len(layout.panel)), dtype=np.bool_)
    tasks: list[tuple[_Job, int]] = []
    for job, is_left_out in _jobs_with_theta(_jobs(requests, layout.panel), layout):
        tasks += [(job, start) for start in range(0, len(job.families), JOBS_PER_TASK)]
        without_theta[job.numbers[job.families], job.loci] = is_left_out

    def run(task: tuple[_Job, int]) -> None:
        job, start = task
        make = _run_with_theta if job.with_theta else _run
        make(job, start, layout, as_log10=as_log10, values=values, log10_likelihoods=log10_likelihoods)

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
    return FamilyTables(values, log10_likelihoods, without_theta)


def _jobs_with_theta(jobs: Sequence[_Job], layout: TableLayout) -> Iterator[tuple[_Job, bool]]:
    """The jobs, parted by whether theta is summed over, and whether the layout's theta is left out of them."""
    sizes = layout.panel.stack.sizes[:, 0]
    for job in jobs:
        if layout.theta == 0:
            yield job, False
            continue
        within = np.array([is_within_reach(job.shape, int(n)) for n in np.unique(sizes[job.loci])])
        within = within[np.searchsorted(np.unique(sizes[job.loci]), sizes[job.loci])]
        for is_within in (True, False):
            chosen = within == is_within
            if chosen.any():
                part = replace(job, families=job.families[chosen], loci=job.loci[chosen], with_theta=is_within)
                yield part, not is_within


def _identify(row: NDArray[np.floating[Any]], own: Integers, layout: TableLayout, *, as_log10: bool) -> None:
    """Writes the ratios of an identity into a row, at the markers of the missing member's own profile.

    With G the genotype of the personal reference, taken as read in full, the ratio of a reading r is P(r | G) / P(r),
    relatives add nothing, and r = G gives 1/P(G): 1/p^2 or 1/(2 p q). Under drop-out with probability d one allele a
    seen alone has P(a | aa) = 1 - d^2 and P(a | ab) = d (1 - d). With theta a stranger's reading is that of one who
    shares ancestors with the person of G (Balding and Nichols 1994, equations 4.10 of the National Research Council).
    """
    for locus in np.flatnonzero(own != NOT_READ).tolist():
        model = layout.panel.models[locus]
        n = layout.panel.markers[locus].n_alleles
        reading = layout.panel.reading(locus, int(own[locus]))
        positions = [layout.panel.markers[locus].index(allele) or 0 for allele in (*reading, *reading)[:2]]
        counts = np.bincount(positions, minlength=len(model.frequencies)).astype(np.float64)
        first = (1 - layout.theta) * model.frequencies + layout.theta * counts
        # The stranger's two alleles are drawn after the two of G; the second one counts the first.
        strangers = np.outer(first, first) + layout.theta * np.diag(first)
        strangers /= (1 + layout.theta) * (1 + 2 * layout.theta)
        person = np.zeros_like(strangers)
        person[positions[0], positions[1]] = 1.0
        seen = _folded(np.stack([person, strangers]), model=StateModel(first, model.matrices, n, -1), layout=layout)
        part = np.divide(seen[0], seen[1], out=np.zeros_like(seen[0]), where=seen[1] > 0)
        start, stop = int(layout.starts[locus]), int(layout.starts[locus + 1])
        with np.errstate(divide="ignore"):
            row[start:stop] = np.log10(part) if as_log10 else part


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


def _run_with_theta(
    job: _Job, start: int, layout: TableLayout, *, as_log10: bool, values: NDArray[Any], log10_likelihoods: Floats
) -> None:
    """As _run, marker by marker; co-ancestry ties the denominator to the family, so it is summed for each."""
    part = slice(start, start + JOBS_PER_TASK)
    families, loci = job.families[part], job.loci[part]
    for locus in np.unique(loci).tolist():
        rows = families[loci == locus]
        codes = job.codes[rows][:, job.rows, locus].astype(np.int64)
        model = layout.panel.models[locus]
        found = theta_tables(
            job.shape, model, codes, theta=layout.theta, fold=partial(_folded, model=model, layout=layout)
        )
        columns = slice(int(layout.starts[locus]), int(layout.starts[locus + 1]))
        with np.errstate(divide="ignore"):
            values[job.numbers[rows], columns] = np.log10(found.ratios) if as_log10 else found.ratios
        log10_likelihoods[job.numbers[rows], locus] = found.log10_likelihoods


def _folded(joint: Floats, *, model: StateModel, layout: TableLayout) -> Floats:
    """P(relatives' readings, the free member reads g) for all columns of a marker, from the table over gametes."""
    n, silent, lost = model.n_alleles, model.silent, [layout.drop_out.of(each) for each in COLUMN_CLASSES]
    larger, smaller = np.tril_indices(n)
    if joint.ndim == 2:
        codes = np.where(larger == smaller, joint[:, larger], 0.0)
        return np.concatenate([codes, *([joint[:, :n]] * len(lost))], axis=1)
    both = joint + joint.transpose(0, 2, 1)
    alone = joint[:, np.arange(n), np.arange(n)]
    beside_silent = both[:, :n, silent] if silent >= 0 else np.zeros_like(alone)
    hidden = both[:, :n, :n].sum(axis=2) - 2 * alone
    codes = both[:, larger, smaller]
    codes[:, larger == smaller] = alone + beside_silent
    blocks = [(1 - d**2) * alone + (1 - d) * beside_silent + (1 - d) * d * hidden for d in lost]
    return np.concatenate([codes, *blocks], axis=1)


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
                jobs.append(_Job(shape, plan_of(shape), rows, families, loci, codes, numbers))
    return jobs
