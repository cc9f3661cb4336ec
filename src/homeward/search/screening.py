"""Screening: which pairs of a block reach the threshold, by the kernel, with room made as it is needed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.search.kernels import MARKERS_AT_A_TIME, screen
from homeward.search.samples import EncodedSamples

__all__ = ["Readings", "readings_of", "screened_pairs"]

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
    room = _FIRST_ROOM
    while True:
        hits = np.empty((room, 2), dtype=np.int64)
        scores = np.empty(room, dtype=np.float32)
        found = screen(rows, readings.used, readings.locus_of_used, readings.places, float(min_log10_lr), hits, scores)
        # A second pass is seldom needed; counting first would cost every block one.
        if found <= room:
            return hits[:found], scores[:found]
        room = found
