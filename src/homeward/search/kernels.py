"""The screening kernel: sums of table look-ups for many remains and many families.

Thirty-two families stand side by side, so that one reading of one sample is one run of 32 neighbouring numbers and
the additions are vector instructions. Four markers are added at a time over a tile of samples whose sums stay in the
first-level cache.
"""

from math import inf

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.acceleration import kernel

__all__ = ["LANES", "MARKERS_AT_A_TIME", "screen"]

# A family table's row is private to its family; side by side, the 32 look-ups of one reading become one vector load.
LANES = 32
MARKERS_AT_A_TIME = 4
# 128 samples by 32 families in single precision are 16 KiB: the sums stay in the first-level cache.
TILE = 128
# Twice the rounding unit of single precision: the proven bound needs one, the other is reserve.
RELATIVE_ERROR = 2.0**-23
# Genotypes in single precision make a reading's ratio wrong by a few rounding units; sixteen are allowed for.
ERROR_OF_ENTRY = 2.0**-20

Singles = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Places = NDArray[np.int32]


@kernel
def screen(
    rows: Singles,
    used: Integers,
    locus_of_used: Integers,
    readings: Places,
    threshold: float,
    hits: Integers,
    scores: Singles,
) -> int:
    """Returns how many pairs reach the threshold within the rounding error, and writes as many as there is room for.

    ``rows`` are log10 tables, (n_families, n_columns). ``used`` names the columns that some sample shows, sorted by
    marker; ``locus_of_used`` is the marker of each. ``readings`` is (n_markers, n_samples): places in ``used`` plus
    one, 0 where nothing was read; the number of markers is a multiple of four. ``hits`` receives (family, sample).

    The margin below the threshold is (n_markers + 4) 2^-23 times the sum over markers of the largest finite entry,
    twice the bound of Higham (2002), Accuracy and Stability of Numerical Algorithms, equation 4.4, for rounding the
    entries and adding them in any order, and n_markers 2^-20 for entries made of genotypes in single precision
    (docs/concepts/screening.md); so no pair at or above the threshold is lost.
    """
    n_families = rows.shape[0]
    n_markers, n_samples = readings.shape
    # Row 0 stays zero: a marker that was not read adds log10 1, so the innermost loop needs no branch for it.
    lanes = np.zeros((len(used) + 1, LANES), np.float32)
    sums = np.empty((TILE, LANES), np.float32)
    floor = np.empty(LANES, np.float32)
    bound = np.empty(LANES, np.float64)
    found = 0
    for first in range(0, n_families, LANES):
        width = min(LANES, n_families - first)
        fill_lanes(rows[first : first + width], used, locus_of_used, lanes, bound)
        for lane in range(LANES):
            margin = (n_markers + 4) * RELATIVE_ERROR * (bound[lane] + abs(threshold))
            margin += 1e-6 + n_markers * ERROR_OF_ENTRY
            # Lanes beyond the last family hold leftovers of the block before; nothing reaches infinity, so they never
            # hit.
            floor[lane] = threshold - margin if lane < width else inf
        for start in range(0, n_samples, TILE):
            n_tile = min(TILE, n_samples - start)
            add_tile(lanes, readings, start, n_tile, sums)
            for sample in range(n_tile):
                # Counted first without a branch, since most samples hit nobody: the loop that writes is entered seldom.
                n_above = 0
                for lane in range(LANES):
                    n_above += sums[sample, lane] >= floor[lane]
                if n_above > 0:
                    found = collect(sums[sample], floor, first, start + sample, found, hits, scores)
    return found


@kernel
def fill_lanes(rows: Singles, used: Integers, locus_of_used: Integers, lanes: Singles, bound: Doubles) -> None:
    """Sets the lanes from the used columns, and the sum over markers of each family's largest finite entry."""
    peak = np.zeros(LANES, np.float64)
    bound[:] = 0.0
    for place in range(len(used)):
        if place > 0 and locus_of_used[place] != locus_of_used[place - 1]:
            bound += peak
            peak[:] = 0.0
        for lane in range(rows.shape[0]):
            entry = rows[lane, used[place]]
            lanes[place + 1, lane] = entry
            size = abs(entry)
            # An impossible reading is minus infinity, which rounds to itself; counted in, it would make the margin
            # infinite.
            if peak[lane] < size < inf:
                peak[lane] = size
    bound += peak


@kernel
def add_tile(lanes: Singles, readings: Places, start: int, n_tile: int, sums: Singles) -> None:
    """Sets the sums of one tile of samples over all markers."""
    sums[:] = 0.0
    for marker in range(0, readings.shape[0], MARKERS_AT_A_TIME):
        for sample in range(n_tile):
            # Numba turns negative indices round as Python does; unsigned ones need no such test in the innermost loop.
            a = np.uint64(readings[marker, start + sample])
            b = np.uint64(readings[marker + 1, start + sample])
            c = np.uint64(readings[marker + 2, start + sample])
            d = np.uint64(readings[marker + 3, start + sample])
            row = np.uint64(sample)
            for lane in range(LANES):
                k = np.uint64(lane)
                sums[row, k] += lanes[a, k] + lanes[b, k] + lanes[c, k] + lanes[d, k]


@kernel
def collect(sums: Singles, floor: Singles, first: int, sample: int, found: int, hits: Integers, scores: Singles) -> int:
    """Writes the families of one sample that reach their floor; returns how many pairs were found so far."""
    for lane in range(LANES):
        if sums[lane] >= floor[lane]:
            if found < len(scores):
                hits[found, 0] = first + lane
                hits[found, 1] = sample
                scores[found] = sums[lane]
            # Counted even where there is no room left, so that the caller learns how much room the second pass needs.
            found += 1
    return found
