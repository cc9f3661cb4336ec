"""Screening: which pairs of a block reach the threshold, by the kernel, with room made as it is needed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.search.kernels import (
    EXACT_FROM,
    LANES,
    MARKERS_AT_A_TIME,
    PARTIAL_SUMS,
    TILE,
    ratios_in_units,
    screen,
    typical_scores,
)
from homeward.search.samples import EncodedSamples

__all__ = ["Readings", "Screened", "readings_of", "screened", "screened_pairs", "units_of"]

_FIRST_ROOM = 4096


@dataclass(frozen=True, eq=False)
class Readings:
    """Samples as the kernel wants them: the columns that occur, and each sample's places among them, by marker."""

    used: NDArray[np.int64]
    locus_of_used: NDArray[np.int64]
    places: NDArray[np.int32]

    @property
    def n_samples(self) -> int:
        """How many samples there are."""
        return int(self.places.shape[1])


@dataclass(frozen=True, eq=False)
class Screened:
    """Pairs that may reach a threshold, as (row, sample), their scores, and sums of ratios by sample.

    ``units`` is the sum over all rows with a score below EXACT_FROM, in units of 1 / UNITS_OF_ONE: whole numbers, the
    same however the rows are divided. A ratio below half a unit counts as none.
    """

    pairs: NDArray[np.int64]
    scores: NDArray[np.float32]
    units: NDArray[np.float64]


def readings_of(samples: EncodedSamples) -> Readings:
    """Returns the samples with only the columns that occur among them; place 0 stands for a marker not read."""
    shown = np.unique(samples.columns)
    used: NDArray[np.int64] = np.asarray(shown[shown >= 0], dtype=np.int64)
    # One entry more than there are columns: -1, a marker not read, picks the last, which stays 0.
    place = np.zeros(len(samples.shown) + 1, dtype=np.int32)
    place[used] = np.arange(1, len(used) + 1, dtype=np.int32)
    n_markers = samples.columns.shape[1]
    # Rows of padding are all place 0, which adds nothing: the kernel takes four markers at a time without a rest.
    padded = -(-n_markers // MARKERS_AT_A_TIME) * MARKERS_AT_A_TIME
    places = np.zeros((padded, len(samples)), dtype=np.int32)
    places[:n_markers] = place[samples.columns].T
    return Readings(used, samples.shown.loci[used], places)


def screened_pairs(
    rows: NDArray[np.float32], readings: Readings, *, min_log10_lr: float
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Returns (row, sample) and single-precision score of every pair that may reach the threshold.

    Every pair whose exact score reaches it is among them; a few just below may be too.
    """
    found = screened(rows, readings, min_log10_lr=min_log10_lr)
    return found.pairs, found.scores


def screened(rows: NDArray[np.float32], readings: Readings, *, min_log10_lr: float) -> Screened:
    """Returns what `screened_pairs` does, and for each sample the sum of the ratios that are not too great for it."""
    order = np.argsort(typical_scores(rows, readings.used, readings.places), kind="stable")
    arrays = (rows, order, readings.used, readings.locus_of_used, readings.places)
    room = _FIRST_ROOM
    while True:
        hits = np.empty((room, 2), dtype=np.int64)
        scores = np.empty(room, dtype=np.float32)
        units = np.zeros((readings.n_samples, PARTIAL_SUMS))
        found = screen(*arrays, float(min_log10_lr), hits, scores, units)
        # A second pass is seldom needed; counting first would cost every block one.
        if found <= room:
            return Screened(hits[:found], scores[:found], units.sum(axis=1))
        room = found


def units_of(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Returns what each score added to the sum of its sample, to the last digit."""
    padded = np.full((-(-len(scores) // (TILE * LANES)) * TILE, LANES), -np.inf, dtype=np.float32)
    padded.reshape(-1)[: len(scores)] = scores
    result = np.empty_like(padded)
    everyone, ceiling = np.arange(TILE), np.full(LANES, EXACT_FROM, dtype=np.float32)
    for start in range(0, len(padded), TILE):
        ratios_in_units(padded[start : start + TILE], everyone, TILE, ceiling, result[start : start + TILE])
    return result.reshape(-1)[: len(scores)].astype(np.float64)
