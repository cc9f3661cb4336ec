"""Likelihoods of many small sets of readings at once: families of one shape share a plan and one call of the kernel.

The figures are those of ``peeling.log10_likelihood``, which is the better choice for one pedigree; here its overhead is
paid once for all families of a shape, and threads share the work.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.markers import MarkerKind
from homeward.genetics.pedigrees import Pedigree
from homeward.likelihood import kernels
from homeward.likelihood.panels import NOT_READ, Panel
from homeward.likelihood.peeling import shape_of
from homeward.likelihood.plans import Plan, plan_of

__all__ = ["LikelihoodRequest", "log10_likelihoods"]

PAIRS_PER_TASK = 8192
PHASES = 3

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LikelihoodRequest:
    """One likelihood to compute: a pedigree, its typed members, and their codes, (n_typed, n_markers)."""

    pedigree: Pedigree
    ids: tuple[str, ...]
    codes: Integers


@dataclass(frozen=True, eq=False)
class _Job:
    """The different (marker, codes of the members read) of one plan, and which of them each request adds up.

    ``codes`` is (n_different, n_members); request ``requests[i]`` has a marker that reads as number ``which[i]``.
    """

    plan: Plan
    loci: Integers
    codes: Integers
    requests: Integers
    which: Integers


def log10_likelihoods(requests: Sequence[LikelihoodRequest], panel: Panel, *, threads: int = 1) -> Floats:
    """Returns log10 P(readings | pedigree) over all markers for each request, -inf where they are impossible.

    Theta is 0 and readings are taken as complete. The answer does not depend on the number of threads.
    """
    totals = np.zeros(len(requests))
    jobs = _jobs(requests, panel)
    tasks = [(job, start) for job in jobs for start in range(0, len(job.loci), PAIRS_PER_TASK)]

    def run(task: tuple[_Job, int]) -> Floats:
        return _run(task[0], task[1], panel)

    with ThreadPoolExecutor(max(1, threads)) as pool:
        parts = pool.map(run, tasks)
        for job in jobs:
            values = np.concatenate([next(parts) for _ in range(0, len(job.loci), PAIRS_PER_TASK)])
            np.add.at(totals, job.requests, values[job.which])
    return totals


def _run(job: _Job, start: int, panel: Panel) -> Floats:
    loci, codes = job.loci[start : start + PAIRS_PER_TASK], job.codes[start : start + PAIRS_PER_TASK]
    stacked = panel.stack
    result = np.zeros(len(loci))
    # The kernel walks over the markers of a panel; here each pair is a marker of its own, with its figures shared.
    kernels.peel_markers(
        job.plan.program,
        np.arange(len(loci)),
        stacked.sizes[loci],
        stacked.offsets[loci],
        stacked.frequencies,
        stacked.matrices,
        codes,
        np.zeros((*codes.shape, 3)),
        PHASES,
        np.empty(job.plan.workspace(int(stacked.sizes[loci, 0].max()), PHASES)),
        result,
    )
    return result


def _jobs(requests: Sequence[LikelihoodRequest], panel: Panel) -> list[_Job]:
    """All work, grouped by pedigree, typed members, kind of marker and members read."""
    # By identity: families of one shape share a pedigree, and hashing its members each time costs as much as peeling.
    groups: dict[tuple[int, tuple[str, ...]], list[int]] = {}
    for number, request in enumerate(requests):
        groups.setdefault((id(request.pedigree), request.ids), []).append(number)
    jobs = []
    for (_, ids), numbers in groups.items():
        pedigree = requests[numbers[0]].pedigree
        if not ids:
            continue
        codes = np.stack([requests[number].codes for number in numbers])
        # Who was read, as the bits of a whole number: rows of booleans take ten times as long to sort.
        read = np.tensordot(codes != NOT_READ, 2 ** np.arange(len(ids), dtype=np.int64), axes=(1, 0))
        for pattern in np.unique(read).tolist():
            rows = np.flatnonzero([pattern >> row & 1 for row in range(len(ids))])
            for kind in MarkerKind:
                here, loci = np.nonzero((read == pattern) & (panel.x_linked == (kind is MarkerKind.X)))
                if len(rows) and len(here):
                    plan = plan_of(shape_of(pedigree, [ids[row] for row in rows], kind=kind))
                    own = codes[here[:, None], rows[None, :], loci[:, None]].astype(np.int64)
                    first, which = _different(loci, own, most=int(panel.n_codes.max()))
                    jobs.append(_Job(plan, loci[first], own[first], np.array(numbers)[here], which))
    return jobs


def _different(loci: Integers, codes: Integers, *, most: int) -> tuple[Integers, Integers]:
    """Where each different row of marker and codes stands first, and which of them every row is.

    Common readings meet in many families: of two relatives there are far fewer different pairs than families.
    """
    everything = np.arange(len(loci))
    if (most + 1.0) ** codes.shape[1] * (loci.max() + 1.0) > 2.0**62:
        return everything, everything
    keys = loci.astype(np.int64)
    for column in codes.T:
        keys = keys * (most + 1) + column
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return first, which.reshape(-1)
