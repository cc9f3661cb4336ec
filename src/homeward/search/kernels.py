"""The screening kernel: sums of table look-ups for many remains and many families.

Thirty-two families stand side by side, so that one reading of one sample is one run of 32 neighbouring numbers and
the additions are vector instructions. Four markers are added at a time over a tile of samples whose sums stay in the
first-level cache.
"""

from math import inf

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.acceleration import kernel

__all__ = [
    "EXACT_FROM",
    "LANES",
    "MARKERS_AT_A_TIME",
    "PARTIAL_SUMS",
    "TILE",
    "UNITS_OF_ONE",
    "ratios_in_units",
    "screen",
    "typical_scores",
]

# A family table's row is private to its family; side by side, the 32 look-ups of one reading become one vector load.
LANES = 32
MARKERS_AT_A_TIME = 4
# 128 samples by 32 families in single precision are 16 KiB: the sums stay in the first-level cache.
TILE = 128
# Twice the rounding unit of single precision: the proven bound needs one, the other is reserve.
RELATIVE_ERROR = 2.0**-23
# Genotypes in single precision make a reading's ratio wrong by a few rounding units; sixteen are allowed for.
ERROR_OF_ENTRY = 2.0**-20
# A score from here on is never summed in single precision: the pair is collected, and computed again in double.
EXACT_FROM = 4.0
# Ratios are summed as whole numbers of units, which double precision adds without rounding: the sum over all families
# is the same in any order, blocks and threads, to the last digit, up to a sum of 5 10^8.
UNITS_OF_ONE = 2.0**24
# A ratio below half a unit counts as 0.
SILENT_BELOW = -7.53
PARTIAL_SUMS = 8
TYPICAL_SAMPLES = 8

# Adding 1.5 2^23 to a small number rounds it to a whole one, and leaves that in the low bits.
ROUNDING = np.float32(12582912.0)
EXPONENT_BITS = np.int32(23)
EXPONENT_OF_UNITS = np.int32((127 + 24) << 23)
LOG2_OF_10 = np.float32(3.321928094887362)
LOG_OF_2 = np.float32(0.6931471805599453)
LEAST_POWER, MOST_POWER = np.float32(-40.0), np.float32(40.0)
ONE, HALF, SIXTH = np.float32(1), np.float32(1 / 2), np.float32(1 / 6)
OF_4, OF_5, OF_6 = np.float32(1 / 24), np.float32(1 / 120), np.float32(1 / 720)
NOTHING = np.float32(0)

Singles = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Places = NDArray[np.int32]


@kernel
def screen(
    rows: Singles,
    order: Integers,
    used: Integers,
    locus_of_used: Integers,
    readings: Places,
    threshold: float,
    hits: Integers,
    scores: Singles,
    units: Doubles,
) -> int:
    """Returns how many pairs reach the threshold within the rounding error, and writes as many as there is room for.

    ``rows`` are log10 tables, (n_families, n_columns), taken in this ``order``. ``used`` names the columns that some
    sample shows, sorted by marker; ``locus_of_used`` is the marker of each. ``readings`` is (n_markers, n_samples):
    places in ``used`` plus one, 0 where nothing was read; the number of markers is a multiple of four. ``hits``
    receives (family, sample). To ``units``, (n_samples, PARTIAL_SUMS), the ratios of all pairs with a score below
    EXACT_FROM are added, in whole units; its sum over axis 1 is the sum.

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
    # Lanes beyond the last family hold leftovers of the block before; nothing reaches infinity, so they never hit, and
    # nothing lies below minus infinity, so they add nothing.
    ceiling = np.empty(LANES, np.float32)
    bound = np.empty(LANES, np.float64)
    chosen = np.empty(TILE, np.int64)
    ratios = np.empty((TILE, LANES), np.float32)
    greatest = np.empty(PARTIAL_SUMS, np.float32)
    found = 0
    for first in range(0, n_families, LANES):
        part = order[first : first + LANES]
        fill_lanes(rows, part, used, locus_of_used, lanes, bound)
        lowest = np.float32(SILENT_BELOW)
        for lane in range(LANES):
            margin = (n_markers + 4) * RELATIVE_ERROR * (bound[lane] + abs(threshold))
            margin += 1e-6 + n_markers * ERROR_OF_ENTRY
            floor[lane] = threshold - margin if lane < len(part) else inf
            ceiling[lane] = EXACT_FROM if lane < len(part) else -inf
            lowest = min(lowest, floor[lane])
        for start in range(0, n_samples, TILE):
            n_tile = min(TILE, n_samples - start)
            add_tile(lanes, readings, start, n_tile, sums)
            n_chosen = 0
            for sample in range(n_tile):
                # The greatest of every four lanes first, without a branch: where all families say no, as nearly always,
                # the sample is done with.
                row = np.uint64(sample)
                for place in range(PARTIAL_SUMS):
                    k = np.uint64(place)
                    one, two = sums[row, k], sums[row, k + np.uint64(8)]
                    three, four = sums[row, k + np.uint64(16)], sums[row, k + np.uint64(24)]
                    one = one if one > two else two
                    three = three if three > four else four
                    greatest[k] = one if one > three else three
                n_above = 0
                for place in range(PARTIAL_SUMS):
                    n_above += greatest[place] >= lowest
                if n_above == 0:
                    continue
                chosen[n_chosen] = sample
                n_chosen += 1
                n_hits = 0
                for lane in range(LANES):
                    n_hits += sums[sample, lane] >= floor[lane]
                if n_hits > 0:
                    found = collect(sums[sample], floor, part, start + sample, found, hits, scores)
            ratios_in_units(sums, chosen, n_chosen, ceiling, ratios)
            add_units(ratios, chosen, n_chosen, start, units)
    return found


@kernel
def fill_lanes(
    rows: Singles, part: Integers, used: Integers, locus_of_used: Integers, lanes: Singles, bound: Doubles
) -> None:
    """Sets the lanes from the used columns, and the sum over markers of each family's largest finite entry."""
    # Family by family: each row is read from its beginning to its end, which is what a cache is made for.
    for lane in range(len(part)):
        row = part[lane]
        peak = 0.0
        total = 0.0
        for place in range(len(used)):
            if place > 0 and locus_of_used[place] != locus_of_used[place - 1]:
                total += peak
                peak = 0.0
            entry = rows[row, used[place]]
            lanes[place + 1, lane] = entry
            size = abs(entry)
            # An impossible reading is minus infinity, which rounds to itself; counted in, it would make the margin
            # infinite.
            if peak < size < inf:
                peak = size
        bound[lane] = total + peak


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
def collect(
    sums: Singles, floor: Singles, part: Integers, sample: int, found: int, hits: Integers, scores: Singles
) -> int:
    """Writes the families of one sample that reach their floor; returns how many pairs were found so far."""
    for lane in range(LANES):
        if sums[lane] >= floor[lane]:
            if found < len(scores):
                hits[found, 0] = part[lane]
                hits[found, 1] = sample
                scores[found] = sums[lane]
            # Counted even where there is no room left, so that the caller learns how much room the second pass needs.
            found += 1
    return found


@kernel
def ratios_in_units(sums: Singles, chosen: Integers, n_chosen: int, ceiling: Singles, ratios: Singles) -> None:
    """Sets the ratios 10^sum of the chosen rows as whole units, 0 where the sum is not below its ceiling.

    10^s = 2^w 2^f with w whole and |f| at most 1/2: 2^w is written into the exponent's bits, 2^f is its series to the
    sixth power, 1.3 10^-7 off at most. A library's exp would be slower, and is not the same on every machine.
    """
    powers = np.empty((TILE, LANES), np.float32)
    bits = powers.view(np.int32)
    for row in range(n_chosen):
        i, source = np.uint64(row), np.uint64(chosen[row])
        for lane in range(LANES):
            k = np.uint64(lane)
            power = sums[source, k] * LOG2_OF_10
            power = power if power > LEAST_POWER else LEAST_POWER
            power = power if power < MOST_POWER else MOST_POWER
            rounded = power + ROUNDING
            powers[i, k] = rounded
            f = (power - (rounded - ROUNDING)) * LOG_OF_2
            series = (((((OF_6 * f + OF_5) * f + OF_4) * f + SIXTH) * f + HALF) * f + ONE) * f + ONE
            ratios[i, k] = series if sums[source, k] < ceiling[k] else NOTHING
    # Three loops, not one: in one, the compiler would have to fear that bits and powers overlap, and use no vectors.
    for row in range(n_chosen):
        i = np.uint64(row)
        for lane in range(LANES):
            k = np.uint64(lane)
            bits[i, k] = (bits[i, k] << EXPONENT_BITS) + EXPONENT_OF_UNITS
    for row in range(n_chosen):
        i = np.uint64(row)
        for lane in range(LANES):
            k = np.uint64(lane)
            ratios[i, k] = np.rint(ratios[i, k] * powers[i, k])


@kernel
def add_units(ratios: Singles, chosen: Integers, n_chosen: int, start: int, units: Doubles) -> None:
    """Adds the ratios of the chosen samples of a tile; whole numbers, so in whatever order."""
    for row in range(n_chosen):
        i, sample = np.uint64(row), np.uint64(start + chosen[row])
        for place in range(PARTIAL_SUMS):
            k = np.uint64(place)
            one = np.float64(ratios[i, k]) + np.float64(ratios[i, k + np.uint64(8)])
            two = np.float64(ratios[i, k + np.uint64(16)]) + np.float64(ratios[i, k + np.uint64(24)])
            units[sample, k] += one + two


@kernel
def typical_scores(rows: Singles, used: Integers, readings: Places) -> Doubles:
    """Returns the mean score of each family over some of the samples: how sharply it tells strangers off.

    Families that say no to nearly everybody stand side by side where they are sorted by it, and what is below
    SILENT_BELOW for all of them costs nothing more.
    """
    n_markers, n_samples = readings.shape
    step = max(1, n_samples // TYPICAL_SAMPLES)
    totals = np.zeros(rows.shape[0], np.float64)
    for family in range(rows.shape[0]):
        for sample in range(0, n_samples, step):
            for marker in range(n_markers):
                place = readings[marker, sample]
                if place > 0:
                    totals[family] += max(rows[family, used[place - 1]], LEAST_POWER)
    return totals
