"""Pairs computed again in double precision: the number on the page is exact, marker by marker."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.markers import Marker
from homeward.likelihood.panels import Panel
from homeward.likelihood.reading_columns import ReadingColumns
from homeward.likelihood.tables import TableLayout, family_tables
from homeward.search.members import MissingMember

__all__ = ["ExactPairs", "exact_pairs", "read_by_relatives", "without_mutation"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ExactPairs:
    """The exact figures of some pairs.

    ``contributions`` is (n_pairs, n_markers): log10 ratios, NaN where the marker was not compared. A marker is
    compared where the remains and at least one relative were read. ``inconsistent`` marks those that only a mutation, a
    drop-in or a wrong reading explains: without these the readings of remains and relatives together are impossible.
    """

    log10_lr: Floats
    contributions: Floats
    inconsistent: NDArray[np.bool_]


def without_mutation(layout: TableLayout) -> TableLayout:
    """Returns the layout of the same markers with alleles that never mutate."""
    markers = tuple(
        Marker.from_frequencies(
            marker.name,
            dict(zip(marker.alleles, marker.frequencies.tolist(), strict=True)),
            kind=marker.kind,
            silent_frequency=marker.silent_frequency,
        )
        for marker in layout.panel.markers
    )
    return TableLayout(Panel(markers), layout.model)


def exact_pairs(
    members: Sequence[MissingMember],
    rows: NDArray[np.int64],
    columns: NDArray[np.int32],
    *,
    shown: ReadingColumns,
    plain: ReadingColumns,
) -> ExactPairs:
    """Returns the exact figures of pairs (member of ``rows``, sample with ``columns``), in their order.

    ``plain`` are the columns without mutation, drop-in and error. The sum over markers is rounded once (Shewchuk's
    algorithm), so that it depends neither on the order of the markers nor on what else is computed beside it.
    """
    # A family on many pairs has its two exact tables peeled once.
    met, which = np.unique(rows, return_inverse=True)
    chosen = [members[row] for row in met.tolist()]
    requests = [member.request for member in chosen]
    exact = family_tables(requests, shown.layout)
    strict = family_tables(requests, plain.layout)
    panel = shown.layout.panel
    informative = np.array([read_by_relatives(member, panel) for member in chosen]).reshape(len(chosen), -1)
    compared = (columns >= 0) & informative[which]
    # -1 would pick a table's last column; column 0 is as wrong, but `compared` takes it out again below.
    safe = np.where(columns >= 0, columns, 0)
    ratios = shown.ratios(exact.values)[which[:, None], safe]
    with np.errstate(divide="ignore"):
        contributions = np.where(compared, np.log10(ratios), np.nan)
    impossible = (plain.ratios(strict.values)[which[:, None], safe] == 0) | np.isinf(strict.log10_likelihoods[which])
    # NumPy's pairwise sum changes with the number of markers beside it; fsum is the same in any block and order.
    log10_lr = [math.fsum(pair[~np.isnan(pair)]) for pair in contributions]
    return ExactPairs(np.array(log10_lr, dtype=np.float64), contributions, compared & impossible)


def read_by_relatives(member: MissingMember, panel: Panel) -> list[bool]:
    """Returns for each marker whether somebody of the family was read; elsewhere nothing can be compared."""
    profiles = list(member.family.genotypes.values())
    return [any(marker.name in profile for profile in profiles) for marker in panel.markers]
