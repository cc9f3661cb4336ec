"""Degradation: the drop-out of each marker of a sample, derived from the sample's own profile.

GeneMapper writes no drop-out class. What it writes tells much all the same: which markers were read, and where one
allele was seen, among the short fragments and among the long ones. With d the probability that one allele is lost,

    logit d = a + b (length - 200) / 100

by the length of the marker's fragments (Tvedebrink and others 2012), the probability of a whole profile follows from
the population's genotypes. A profile that is clean with a probability of TAKEN_AS_CLEAN is taken as such; otherwise the
mean of d over a and b, given the profile, is used, on the steps of the model's ladder. See docs/concepts/drop-out.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.kits import Kit, amplicon_lengths, kit_markers, kits_with
from homeward.genetics.profiles import DropOutClass, Sample
from homeward.likelihood.panels import NOT_READ
from homeward.likelihood.reading_columns import ReadingColumns
from homeward.likelihood.reading_model import Conditions
from homeward.likelihood.tables import TableLayout

__all__ = ["Degradation", "conditions_of_samples", "derived_drop_out", "level_counts"]

Floats = NDArray[np.float64]

# Prior probability that a sample is clean, and the posterior one at which it is taken as clean.
CLEAN_SHARE = 0.7
TAKEN_AS_CLEAN = 0.9
# A clean sample's marker fails to amplify, or is left out by the analyst, about this often.
UNREAD_WHEN_CLEAN = 0.02
# With fewer markers than this there is nothing to tell one state from another by.
FEWEST_MARKERS = 6
# A marker of the kit that the table does not list for a sample: was it tried at all?
NOT_TRIED = 0.5
CENTRE, UNIT = 200.0, 100.0
_BANDS = (("clean", 0.0), ("up to 0.1", 0.1), ("up to 0.3", 0.3), ("above 0.3", 1.0))
LEVELS = np.arange(-5.0, 4.01, 0.5)
SLOPES = np.array([0.0, 0.5, 1.0, 1.5, 2.0, 3.0])
# Peak heights: smallest heights, in RFU, that laboratories read; spread of log height; slope of the logistic curve that
# is nearest to a normal one; levels of logit d at which nothing is lost.
THRESHOLDS = (50.0, 75.0, 100.0, 150.0, 200.0)
SPREAD, STEEPNESS = 0.5, 1.7
CLEAN_LEVELS = np.arange(-16.0, -5.5, 1.0)


@dataclass(frozen=True)
class Degradation:
    """What a sample's profile says of its state: the probability that it is clean, and d by marker where it is not."""

    clean: float
    drop_out: Mapping[str, float]

    @property
    def is_clean(self) -> bool:
        """True where the profile is as a clean sample's."""
        return not self.drop_out


def conditions_of_samples(samples: Sequence[Sample], layout: TableLayout) -> list[Mapping[str, Conditions]]:
    """The conditions of each marker of each sample: as its classes state them, else derived, else clean.

    A sample with any stated class is read as stated: where no class stands, it is ``none``.
    """
    model = layout.model
    of_class = {each: model.of_class(each) for each in DropOutClass}
    plain = dict.fromkeys((marker.name for marker in layout.panel.markers), of_class[DropOutClass.NONE])
    asked = [row for row, sample in enumerate(samples) if model.derive and not sample.drop_out]
    derived = dict(zip(asked, derived_drop_out([samples[row] for row in asked], layout), strict=True))
    result: list[Mapping[str, Conditions]] = []
    rounded: dict[tuple[float, int], Conditions] = {}
    for row, sample in enumerate(samples):
        if row not in derived:
            result.append(plain | {marker: of_class[stated] for marker, stated in sample.drop_out.items()})
            continue
        keys = {
            marker: (lost, 1 if sample.replicates else len(set(sample.profile.get(marker, ()))))
            for marker, lost in derived[row].drop_out.items()
        }
        for key in keys.values():
            if key not in rounded:
                rounded[key] = model.of_derived(*key)
        result.append(plain | {marker: rounded[key] for marker, key in keys.items()})
    return result


def derived_drop_out(samples: Sequence[Sample], layout: TableLayout) -> list[Degradation]:
    """What the profile of each sample says of its degradation, by itself: no sample bears on another one.

    Of a sample with replicates each says its own, and the mean is taken.
    """
    runs = [
        Sample(each.name, profile, unread=each.unread, heights={} if number else each.heights)
        for each in samples
        for number, profile in enumerate(each.profiles)
    ]
    found = iter(_derived(runs, layout))
    return [_mean([next(found) for _ in sample.profiles]) for sample in samples]


def _mean(found: Sequence[Degradation]) -> Degradation:
    markers = dict.fromkeys(marker for each in found for marker in each.drop_out)
    mean = {marker: sum(each.drop_out.get(marker, 0.0) for each in found) / len(found) for marker in markers}
    return Degradation(sum(each.clean for each in found) / len(found), mean)


def _derived(samples: Sequence[Sample], layout: TableLayout) -> list[Degradation]:
    tables: dict[Kit | None, _Tables] = {}
    names = [marker.name for marker in layout.panel.markers]
    found = []
    for sample in samples:
        kit, tried = _kit_of(sample, names)
        if len(tried.intersection(sample.profile) | sample.unread) < FEWEST_MARKERS:
            found.append(Degradation(1.0, {}))
            continue
        if kit not in tables:
            tables[kit] = _Tables(layout, amplicon_lengths(kit))
        found.append(tables[kit].degradation(sample, tried))
    return found


def level_counts(conditions: Sequence[Mapping[str, Conditions]]) -> dict[str, int]:
    """How many samples are clean, and how many have a mean drop-out up to 0.1, up to 0.3, and above that."""
    counts = {name: 0 for name, _ in _BANDS}
    for of_sample in conditions:
        mean = float(np.mean([each.drop_out for each in of_sample.values()])) if of_sample else 0.0
        counts[next(name for name, most in _BANDS if mean <= most)] += 1
    return counts


def _kit_of(sample: Sample, names: Sequence[str]) -> tuple[Kit | None, frozenset[str]]:
    """The kit by whose fragments lengths are taken, and the markers of the panel that it tries.

    The smallest kit that has all the sample's markers; where none has, the markers that the table lists for the sample.
    """
    listed = (frozenset(sample.profile) | sample.unread) & frozenset(names)
    kits = kits_with(listed)
    if not kits:
        return None, listed
    return kits[0], frozenset(names) & frozenset(kit_markers(kits[0]))


def _truncated(logs: Floats, means: Floats, threshold: float) -> Floats:
    """Log density of normal log heights, given that they are above the threshold."""
    z = (logs - means) / SPREAD
    # The chance to be seen by the logistic curve that stands for the normal one here.
    seen = -np.log1p(np.exp(-STEEPNESS * (means - threshold) / SPREAD))
    return np.asarray(-0.5 * z**2 - seen, dtype=np.float64)


class _Tables:
    """For each marker of a panel: log P(reading) over the grid of levels and slopes, and for a clean sample."""

    def __init__(self, layout: TableLayout, lengths: Mapping[str, float]) -> None:
        self._layout = layout
        typical = float(np.mean(list(lengths.values())))
        self._names = [marker.name for marker in layout.panel.markers]
        by_length = np.array([(lengths.get(name, typical) - CENTRE) / UNIT for name in self._names])
        self._by_length = by_length
        a, b = (each.ravel() for each in np.meshgrid(LEVELS, SLOPES, indexing="ij"))
        self.drop_out: Floats = 1 / (1 + np.exp(-(a[None, :] + b[None, :] * by_length[:, None])))
        self._of_reading = [self._logs(locus) for locus in range(len(self._names))]
        self._prior = np.full(len(a) + 1, np.log((1 - CLEAN_SHARE) / len(a)))
        self._prior[-1] = np.log(CLEAN_SHARE)

    def degradation(self, sample: Sample, tried: frozenset[str]) -> Degradation:
        """The posterior of clean and, where that is too small, the mean of d at each marker of a degraded bone."""
        total = self._prior.copy()
        codes = self._layout.panel.encode(sample.profile)
        for locus, name in enumerate(self._names):
            if codes[locus] != NOT_READ:
                total += self._of_reading[locus][codes[locus]]
            elif name in sample.unread:
                total += self._unread[locus]
            elif name in tried:
                total += np.log(NOT_TRIED + (1 - NOT_TRIED) * np.exp(self._unread[locus]))
        total += self._of_heights(sample)
        weights = np.exp(total - total.max())
        weights /= weights.sum()
        clean = float(weights[-1])
        if clean >= TAKEN_AS_CLEAN:
            return Degradation(clean, {})
        means = self.drop_out @ (weights[:-1] / weights[:-1].sum())
        return Degradation(clean, dict(zip(self._names, means.tolist(), strict=True)))

    def _of_heights(self, sample: Sample) -> Floats:
        """Log density of the peak heights of markers with two alleles, (n_grid + 1,), last for a clean sample.

        A peak is seen from the threshold T on; its log height is normal with standard deviation SPREAD, so that
        logit d is about (log T - mean log height) / SPREAD times STEEPNESS (Tvedebrink and others 2009). That a peak
        was seen at all is in the probability of the reading. T is one of THRESHOLDS, all equally probable.
        """
        places = {name: locus for locus, name in enumerate(self._names)}
        peaks = [
            (places[name], math.log(height))
            for name, heights in sample.heights.items()
            if name in places and len(set(sample.profile.get(name, ()))) == 2
            for height in heights
        ]
        if not peaks:
            return np.zeros(len(self._prior))
        loci, logs = np.array([locus for locus, _ in peaks]), np.array([log for _, log in peaks])
        below = [math.log(each) for each in THRESHOLDS if math.log(each) <= logs.min()] or [float(logs.min())]
        above = -self._height_logits[loci] * SPREAD / STEEPNESS
        densities = [_truncated(logs[:, None], threshold + above, threshold).sum(axis=0) for threshold in below]
        every = np.logaddexp.reduce(densities, axis=0) - math.log(len(below))
        n = self.drop_out.shape[1]
        clean = np.logaddexp.reduce(every[n:]) - math.log(len(every) - n)
        return np.append(every[:n], clean)

    @cached_property
    def _height_logits(self) -> Floats:
        """Logit d at each marker, (n_markers, n_grid + n_clean): the grid, and levels so low that nothing is lost."""
        lost = np.log(self.drop_out) - np.log1p(-self.drop_out)
        a, b = (each.ravel() for each in np.meshgrid(CLEAN_LEVELS, SLOPES, indexing="ij"))
        return np.hstack([lost, a[None, :] + b[None, :] * self._by_length[:, None]])

    @cached_property
    def _unread(self) -> Floats:
        """Log P(no allele seen) at each marker, (n_markers, n_grid + 1), last for a clean sample."""
        clean = np.full((len(self._names), 1), UNREAD_WHEN_CLEAN)
        lost = UNREAD_WHEN_CLEAN + (1 - UNREAD_WHEN_CLEAN) * self.drop_out**2
        return np.asarray(np.log(np.hstack([lost, clean])), dtype=np.float64)

    def _logs(self, locus: int) -> Floats:
        """Log P(reading) of each code at a marker, (n_codes, n_grid + 1), last for a clean sample."""
        n_codes = int(self._layout.panel.n_codes[locus])
        model = self._layout.model
        rows = [(d, model.drop_in_derived, 0.0) for d in self.drop_out[locus].tolist()] + [(0.0, 0.0, 0.0)]
        columns = ReadingColumns(
            self._layout,
            np.full(n_codes * len(rows), locus),
            np.tile(np.arange(n_codes), len(rows)),
            np.repeat(np.array(rows), n_codes, axis=0),
        )
        return np.ascontiguousarray(np.log(columns.expected.reshape(len(rows), n_codes).T))
