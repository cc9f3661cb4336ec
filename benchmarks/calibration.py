"""Are posteriors what they say? `python -m benchmarks calibration`: rows of a search on simulated truth, by posterior.

Of rows with a posterior p a share p should be right. The truth is drawn as the posterior assumes it, but for the
share: 70 in 100 remains are of somebody on the list, and the search is told 0.5, its default. Bounds are exact ones of
95 % (Clopper and Pearson 1934); rows of one body and of one family are not independent, which they ignore.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from verification.electropherograms import made_search
from verification.rules.bounds import clopper_pearson

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.simulation import FAMILY_TEMPLATES, SimulatedSearch, SimulationOptions, simulate_search
from homeward.search.markers import search_markers
from homeward.search.requests import SearchInput, SearchOptions, search_all
from homeward.search.runners.local import LocalRunner
from homeward.search.settings import KinshipSettings

__all__ = ["Band", "bands_of", "run"]

EDGES = (0.0, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0)
MATCHED = 0.7
# (remains, families, how much more often two brothers are missing than one family in 33)
SIZES = {"small": [(1_000, 3_000, 1.0), (1_000, 3_000, 10.0)], "full": [(4_000, 12_000, 1.0), (4_000, 12_000, 10.0)]}
Row = dict[str, object]
Person = tuple[str, str]


@dataclass(frozen=True)
class Band:
    """Rows with a posterior from one figure up to the next: how many, how many right, and how many were expected."""

    least: float
    n: int
    n_right: int
    expected: float

    @property
    def bounds(self) -> tuple[float, float]:
        """The exact interval of 95 % of the share that is wrong."""
        return clopper_pearson(self.n - self.n_right, self.n)


def bands_of(posteriors: Sequence[float], right: Sequence[bool]) -> list[Band]:
    """Returns the bands that hold any rows."""
    place = np.clip(np.searchsorted(EDGES, posteriors, side="right") - 1, 0, len(EDGES) - 2)
    found = []
    for band in range(len(EDGES) - 1):
        rows = np.flatnonzero(place == band)
        if len(rows):
            n_right = int(np.sum(np.asarray(right)[rows]))
            expected = math.fsum(np.asarray(posteriors)[rows].tolist())
            found.append(Band(EDGES[band], len(rows), n_right, expected))
    return found


def run(size: str) -> list[Row]:
    """Returns the rows of the table: name, seconds, ratio (right to expected), against, note."""
    rows: list[Row] = []
    for n_remains, n_families, brothers in SIZES[size]:
        start = time.perf_counter()
        made = simulated(n_remains, n_families, brothers)
        for share in (0.5, MATCHED):
            table = searched(made, share)
            seconds = time.perf_counter() - start
            name = f"{n_remains:,} x {n_families:,}, {'brothers' if brothers > 1 else 'families'}, share {share}"
            truth = {sample.name: person for sample, person in zip(made.remains, made.truth, strict=True)}
            rows += told(f"{name}: rows", *_persons(table, truth), seconds)
            rows += told(f"{name}: groups", *_groups(table, truth), seconds)
    return rows + by_heights(*SIZES[size][0][:2])


def by_heights(n_remains: int, n_families: int) -> list[Row]:
    """The same on remains of the other simulator, a quarter of each level, read without any stated drop-out."""
    start = time.perf_counter()
    table = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
    frequencies = {name: locus.frequencies for name, locus in table.loci.items()}
    made = made_search(
        frequencies,
        n_families=n_families,
        n_remains=n_remains,
        generator=np.random.default_rng(20260129),
        matched=MATCHED,
    )
    levels = list(made.remains)
    bones = [made.remains[levels[row % len(levels)]][row] for row in range(n_remains)]
    given = SearchInput(bones, made.families, table)
    found = search_all(given, _options(MATCHED), LocalRunner()).shortlist
    truth = {bone.name: (family, "MP") if family else None for bone, family in zip(bones, made.truth, strict=True)}
    seconds = time.perf_counter() - start
    return told(f"{n_remains:,} x {n_families:,}, heights, share {MATCHED}", *_persons(found, truth), seconds)


def _persons(table: pa.Table, truth: dict[str, Person | None]) -> tuple[list[float], list[bool]]:
    """The posterior of each row, and whether it is right."""
    people = [table[column].to_pylist() for column in ("remains", "family", "missing")]
    right = [truth[body] == (family, missing) for body, family, missing in zip(*people, strict=True)]
    return table["posterior"].to_pylist(), right


def _groups(table: pa.Table, truth: dict[str, Person | None]) -> tuple[list[float], list[bool]]:
    """The posterior of each group of two or more, once for each body, and whether the body is one of them."""
    people = [table[column].to_pylist() for column in ("remains", "family", "group", "group_posterior")]
    found = {}
    for body, family, group, posterior in zip(*people, strict=True):
        person = truth[body] or ("", "")
        if ";" in group:
            found[body, family, group] = (posterior, person[0] == family and person[1] in group.split(";"))
    return [posterior for posterior, _ in found.values()], [is_right for _, is_right in found.values()]


def simulated(n_remains: int, n_families: int, brothers: float) -> SimulatedSearch:
    """Returns families and remains, with so many more families of two missing brothers."""
    markers = search_markers(published_frequencies(PublishedTable.FBI_2015, "Caucasian")).panel.markers
    templates = [
        replace(each, weight=each.weight * (brothers if len(each.missing) > 1 else 1)) for each in FAMILY_TEMPLATES
    ]
    options = SimulationOptions(n_families, n_remains, MATCHED)
    return simulate_search(markers, options, generator=np.random.default_rng(20260129), templates=templates)


def _options(share: float) -> SearchOptions:
    """Theta is 0: founders of both simulators are unrelated."""
    return SearchOptions(KinshipSettings(theta=0.0, share=share, min_log10_lr=2.0), is_varied=False)


def searched(made: SimulatedSearch, share: float) -> pa.Table:
    """Returns the shortlist of a search for everybody, from log10 LR 2."""
    table = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
    given = SearchInput(made.remains, made.families, table)
    return search_all(given, _options(share), LocalRunner()).shortlist


def told(name: str, posteriors: Sequence[float], right: Sequence[bool], seconds: float) -> list[Row]:
    """Returns a row of the table for each band."""
    rows = []
    for band in bands_of(posteriors, right):
        low, high = band.bounds
        wrong = f"wrong {100 * low:.3f} to {100 * high:.3f} %"
        note = f"{band.n:,} rows, right {band.n_right:,}, expected {band.expected:,.2f}; {wrong}"
        ratio = band.n_right / band.expected if band.expected else None
        each = {"name": f"{name} from {band.least:g}", "seconds": seconds, "ratio": ratio, "against": "", "note": note}
        rows.append(each)
    return rows
