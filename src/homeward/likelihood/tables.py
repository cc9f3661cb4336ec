"""Family tables: for each genotype a missing member may have, how much more probable it is than in the population.

    U[g] = P(relatives' readings, missing member is g) / (P(relatives' readings) P(g))

Each family is peeled once per marker with the missing member's gametes left free. What remains may show of a genotype
is a matter of the reading model alone, so the likelihood ratio of any reading, at any drop-out, drop-in and error,
follows from the table (see reading_columns.py). With theta a second table says the same of a person unrelated to the
family, whose genotype depends on the family too (see theta_tables.py). Families of one shape share a plan and run
together in a kernel without the global lock. See docs/concepts/family-tables.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.markers import MarkerKind
from homeward.genetics.pedigrees import Pedigree
from homeward.likelihood import kernels
from homeward.likelihood.networks import Shape
from homeward.likelihood.panels import NOT_READ, Panel, StateModel
from homeward.likelihood.peeling import is_blurred, most_phases, shape_of
from homeward.likelihood.plans import Plan, plan_of
from homeward.likelihood.reading_model import DEFAULT_READING_MODEL, ReadingModel
from homeward.likelihood.theta_tables import genotype_chances, is_within_reach, theta_tables

__all__ = ["FamilyTables", "TableLayout", "TableRequest", "beyond_theta", "family_tables", "given_genotypes"]

JOBS_PER_TASK = 4096
# What is possible never becomes impossible in single precision: it is kept at this, too much and never too little.
SMALLEST_SINGLE = 1e-37

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class TableRequest:
    """One table to make: a pedigree, its missing member, and the profiles of its typed members.

    ``own`` is the missing member's own profile, from a personal reference sample: at its markers the table is that of
    an identity. ``conditions`` are those of readings that differ from the model's for relatives, by typed member (the
    missing one for ``own``): drop-out, drop-in and error at each marker of the panel, (n_markers, 3).
    """

    pedigree: Pedigree
    missing: str
    profiles: Mapping[str, Mapping[str, tuple[str, ...]]]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conditions: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class TableLayout:
    """Which column holds which genotype: marker after marker, states a <= b at b(b + 1)/2 + a.

    The silent state, where a marker has one, is the last, so that the first ``panel.n_codes`` columns of a marker are
    the genotypes of two visible alleles. ``starts`` has one entry per marker and a last one with the number of columns.
    ``theta`` is the co-ancestry of the tables that are made for this layout.
    """

    panel: Panel
    model: ReadingModel = DEFAULT_READING_MODEL
    theta: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.theta < 1:
            raise InputError(place="theta", found=f"{self.theta:g}", needed="a number from 0, below 1")

    @cached_property
    def starts(self) -> Integers:
        """First column of each marker, and the end, int64, shape (n_markers + 1,)."""
        n_states = self.panel.stack.sizes[:, 0]
        return np.concatenate([[0], np.cumsum(n_states * (n_states + 1) // 2)]).astype(np.int64)

    @property
    def n_columns(self) -> int:
        """Length of one family's table over all markers."""
        return int(self.starts[-1])

    @property
    def n_values(self) -> int:
        """Length of one row: the family's table, and with theta that of an unrelated person behind it."""
        return self.n_columns * (2 if self.theta > 0 else 1)

    @cached_property
    def chances(self) -> Floats:
        """The probability of each genotype in the population, (n_columns,)."""
        found = []
        for model in self.panel.models:
            larger, smaller = np.tril_indices(len(model.frequencies))
            ways = np.where(larger == smaller, 1.0, 2.0)
            found.append(ways * model.frequencies[larger] * model.frequencies[smaller])
        return np.concatenate(found or [np.zeros(0)])


@dataclass(frozen=True)
class FamilyTables:
    """Tables of several families.

    ``values`` is (n_families, n_values): ratios of genotypes, and with theta behind them those of an unrelated person.
    ``log10_likelihoods`` is (n_families, n_markers): log10 P(relatives' readings), -inf where they are impossible on
    this pedigree; the columns of such a marker are 0. ``without_theta`` is (n_families, n_markers): where the theta of
    the layout was left out, because too many founder gametes are hidden to sum over.
    """

    values: NDArray[np.floating[Any]]
    log10_likelihoods: Floats
    without_theta: NDArray[np.bool_]

    def ratios(self, layout: TableLayout) -> Floats:
        """How much more probable each genotype is in the missing member than in an unrelated person."""
        related, unrelated = self.values[:, : layout.n_columns], self.values[:, layout.n_columns :]
        if not unrelated.shape[1]:
            return np.asarray(related, dtype=np.float64)
        ratios = np.divide(related, unrelated, out=np.zeros(related.shape), where=unrelated > 0)
        return np.asarray(ratios, dtype=np.float64)


@dataclass(frozen=True)
class _Job:
    """(family, marker) pairs of one plan."""

    shape: Shape
    plan: Plan
    rows: Integers
    families: Integers
    loci: Integers
    codes: NDArray[np.int16]
    conditions: Floats
    numbers: Integers
    with_theta: bool = False


def family_tables(
    requests: Sequence[TableRequest], layout: TableLayout, *, single_precision: bool = False, threads: int = 1
) -> FamilyTables:
    """The tables of all requests, in their order.

    The answer does not depend on the number of threads. Raises InputError for a typed or missing member who is not in
    the pedigree, an allele without frequency, more than two alleles, and a missing member who is typed.
    """
    dtype = np.float32 if single_precision else np.float64
    values = np.zeros((len(requests), layout.n_values), dtype=dtype)
    values[:, layout.n_columns :] = 1.0
    log10_likelihoods = np.zeros((len(requests), len(layout.panel)))
    without_theta = np.zeros((len(requests), len(layout.panel)), dtype=np.bool_)
    tasks: list[tuple[_Job, int]] = []
    for job, is_left_out in _jobs_with_theta(_jobs(requests, layout), layout):
        tasks += [(job, start) for start in range(0, len(job.families), JOBS_PER_TASK)]
        without_theta[job.numbers[job.families], job.loci] = is_left_out

    def run(task: tuple[_Job, int]) -> None:
        job, start = task
        make = _run_with_theta if job.with_theta else _run
        make(job, start, layout, values=values, log10_likelihoods=log10_likelihoods)

    if threads == 1:
        for task in tasks:
            run(task)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run, tasks))
    for row, request in enumerate(requests):
        if not request.profiles:
            values[row] = 1.0
        if request.own:
            _identify(values[row], request, layout)
    return FamilyTables(values, log10_likelihoods, without_theta)


def beyond_theta(requests: Sequence[TableRequest], layout: TableLayout) -> NDArray[np.bool_]:
    """Where the theta of the layout is left out of the tables, (n_requests, n_markers), without making them."""
    result = np.zeros((len(requests), len(layout.panel)), dtype=np.bool_)
    if layout.theta > 0:
        for job, is_left_out in _jobs_with_theta(_jobs(requests, layout), layout):
            result[job.numbers[job.families], job.loci] = is_left_out
    return result


def _jobs_with_theta(jobs: Sequence[_Job], layout: TableLayout) -> Iterator[tuple[_Job, bool]]:
    """The jobs, parted by whether theta is summed over, and whether the layout's theta is left out of them."""
    sizes = layout.panel.stack.sizes[:, 0]
    for job in jobs:
        if layout.theta == 0:
            yield job, False
            continue
        distinct, which = np.unique(sizes[job.loci], return_inverse=True)
        within = np.array([is_within_reach(job.shape, int(n)) for n in distinct])[which]
        for is_within in (True, False):
            chosen = within == is_within
            if chosen.any():
                part = replace(job, families=job.families[chosen], loci=job.loci[chosen], with_theta=is_within)
                yield part, not is_within


def _identify(row: NDArray[np.floating[Any]], request: TableRequest, layout: TableLayout) -> None:
    """Writes the ratios of an identity into a row, at the markers of the missing member's own profile.

    The ratio of a genotype g is P(own reading | g) / P(own reading), and relatives add nothing to it: 1/p^2 or
    1/(2 p q) for the genotype that a reading in full shows, 0 for all others. With theta the unrelated person shares
    ancestors with the person of the own reading (Balding and Nichols 1994).
    """
    own = layout.panel.encode(request.own)
    conditions = _conditions_of(request, request.missing, layout)
    for locus in np.flatnonzero(own != NOT_READ).tolist():
        model = layout.panel.models[locus]
        part = slice(int(layout.starts[locus]), int(layout.starts[locus + 1]))
        given = given_genotypes(int(own[locus]), conditions[min(locus, len(conditions) - 1)], model)
        chances, pairs = genotype_chances(model.frequencies, layout.theta)
        own_genotypes = given * chances / (given @ chances)
        row[part] = own_genotypes / layout.chances[part]
        if layout.theta > 0:
            row[layout.n_columns :][part] = own_genotypes @ pairs / layout.chances[part]


def given_genotypes(code: int, conditions: Floats, model: StateModel) -> Floats:
    """P(reading | genotype) of one reading for each unordered pair of states."""
    second = int(((8 * code + 1) ** 0.5 - 1) / 2 + 1e-9)
    n = len(model.frequencies)
    most = max(3, 2 * n + 1, n * n)
    paternal, maternal = np.zeros((2, most), dtype=np.int64)
    weights = np.zeros(most)
    first = code - second * (second + 1) // 2
    found = kernels.fill_phases(
        first, second, 0, model.n_alleles, model.silent, conditions, model.frequencies, paternal, maternal, weights
    )
    given = np.zeros(n * (n + 1) // 2)
    b, a = np.maximum(paternal, maternal)[:found], np.minimum(paternal, maternal)[:found]
    given[b * (b + 1) // 2 + a] = weights[:found]
    return given


def _conditions_of(request: TableRequest, member: str, layout: TableLayout) -> Floats:
    """Drop-out, drop-in and error of a member's readings, by marker; one row where they are alike at all."""
    relatives = np.array(layout.model.relatives.as_row).reshape(1, 3)
    return np.asarray(request.conditions.get(member, relatives), dtype=np.float64)


def _run(job: _Job, start: int, layout: TableLayout, *, values: NDArray[Any], log10_likelihoods: Floats) -> None:
    stacked = layout.panel.stack
    stop = start + JOBS_PER_TASK
    loci = job.loci[start:stop]
    largest = int(stacked.sizes[loci, 0].max())
    phases = most_phases(stacked.sizes[loci], job.conditions)
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
        job.conditions,
        layout.starts,
        phases,
        np.empty(job.plan.workspace(largest, min(phases, 2 * largest + 1))),
        SMALLEST_SINGLE if values.dtype == np.float32 else 0.0,
        job.numbers,
        values,
        log10_likelihoods,
    )


def _run_with_theta(
    job: _Job, start: int, layout: TableLayout, *, values: NDArray[Any], log10_likelihoods: Floats
) -> None:
    """As _run, marker by marker; co-ancestry ties the unrelated person to the family, so both are summed for each."""
    part = slice(start, start + JOBS_PER_TASK)
    families, loci = job.families[part], job.loci[part]
    for locus in np.unique(loci).tolist():
        rows = families[loci == locus]
        of_family = np.minimum(rows, job.conditions.shape[0] - 1)
        conditions = job.conditions[of_family][:, job.rows, min(locus, job.conditions.shape[2] - 1)]
        codes = job.codes[rows][:, job.rows, locus].astype(np.int64)
        found = theta_tables(job.shape, layout.panel.models[locus], codes, conditions, theta=layout.theta)
        columns = np.arange(int(layout.starts[locus]), int(layout.starts[locus + 1]))
        numbers = job.numbers[rows][:, None]
        if values.dtype == np.float32:
            found = found.at_least(SMALLEST_SINGLE)
        values[numbers, columns] = found.related
        values[numbers, layout.n_columns + columns] = found.unrelated
        log10_likelihoods[job.numbers[rows], locus] = found.log10_likelihoods


def _jobs(requests: Sequence[TableRequest], layout: TableLayout) -> list[_Job]:
    """All work, grouped by plan."""
    panel = layout.panel
    groups: dict[tuple[Shape, tuple[bytes, ...]], list[int]] = {}
    for number, request in enumerate(requests):
        if request.profiles:
            groups.setdefault(_group_key(request, layout), []).append(number)
    jobs: list[_Job] = []
    for numbers in groups.values():
        families = [requests[number] for number in numbers]
        codes = np.array(
            [[panel.encode(profile) for profile in family.profiles.values()] for family in families], dtype=np.int16
        )
        jobs += _jobs_of_group(
            families[0],
            codes.reshape(len(numbers), -1, len(panel)),
            _conditions_of_group(families, layout),
            np.array(numbers),
            panel,
        )
    return jobs


def _conditions_of_group(families: Sequence[TableRequest], layout: TableLayout) -> Floats:
    """(n_families, n_typed, n_markers, 3); one family and one marker stand for all where nobody has conditions."""
    if not any(family.conditions for family in families):
        return np.array([[_conditions_of(families[0], member, layout) for member in families[0].profiles]])
    shape = (len(layout.panel), 3)
    return np.array(
        [
            [np.broadcast_to(_conditions_of(family, member, layout), shape) for member in family.profiles]
            for family in families
        ]
    )


def _group_key(request: TableRequest, layout: TableLayout) -> tuple[Shape, tuple[bytes, ...]]:
    """Requests with the same key run through the same plans: of one shape, read under conditions of one kind."""
    if request.missing in request.profiles:
        place = f'missing member "{request.missing}"'
        raise InputError(place=place, found="a profile", needed="no profile; the table is over what they may show")
    pedigree = request.pedigree
    shape = Shape(
        parents=pedigree.parent_positions,
        male=pedigree.males,
        typed=tuple(pedigree.position(member) for member in request.profiles),
        free=pedigree.position(request.missing),
    )
    kinds = (
        tuple(is_blurred(_conditions_of(request, member, layout)).tobytes() for member in request.profiles)
        if request.conditions
        else ()
    )
    return shape, kinds


def _jobs_of_group(
    request: TableRequest, codes: NDArray[np.int16], conditions: Floats, numbers: Integers, panel: Panel
) -> list[_Job]:
    """The work of families of one shape: one job for each kind of marker and each set of members read or blurred."""
    n_typed = codes.shape[1]
    read = codes != NOT_READ
    blurred = np.broadcast_to(is_blurred(conditions[0]), read.shape) & read
    seen = np.concatenate([read, blurred], axis=1)
    patterns, which = np.unique(seen.transpose(0, 2, 1).reshape(-1, 2 * n_typed), axis=0, return_inverse=True)
    which = which.reshape(len(numbers), len(panel))
    ids = list(request.profiles)
    jobs = []
    for number, pattern in enumerate(patterns):
        rows = np.flatnonzero(pattern[:n_typed])
        for kind in MarkerKind:
            on_kind = panel.x_linked == (kind is MarkerKind.X)
            families, loci = np.nonzero((which == number) & on_kind)
            if len(families):
                unsure = list(compress(ids, pattern[n_typed:]))
                typed = [ids[row] for row in rows]
                shape = shape_of(request.pedigree, typed, kind=kind, free=request.missing, blurred=unsure)
                jobs.append(_Job(shape, plan_of(shape), rows, families, loci, codes, conditions, numbers))
    return jobs
