"""The sex markers of a search: one more factor of every pair, exact in the screening as in the figures told.

The factor depends on the reading of the remains and on the sex of the missing person alone, so that it is one more
marker for the kernel, whose columns are the different readings that occur. See docs/concepts/sex-markers.md.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.pedigrees import Sex
from homeward.genetics.profiles import Sample
from homeward.genetics.sex_markers import DEFAULT_SEX_MODEL, SexModel, SexReading
from homeward.search.kernels import MARKERS_AT_A_TIME
from homeward.search.members import MissingMember
from homeward.search.pairs import ExactPairs
from homeward.search.screening import Readings

__all__ = ["SexEvidence", "sex_evidence"]

NOT_SHOWN = -1
_SEXES = (Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SexEvidence:
    """What the sex markers of the remains say.

    ``classes`` is, for each sample, its row of ``log10_ratios``, or -1 where nothing was read. ``log10_ratios`` and
    ``contradicted`` are (n_classes, 3): for a missing man, woman, and person of unknown sex (0, never contradicted).
    """

    classes: NDArray[np.int64]
    log10_ratios: Floats
    contradicted: NDArray[np.bool_]

    @classmethod
    def of_nothing(cls, n_samples: int) -> "SexEvidence":
        """Returns the evidence of samples without sex markers."""
        none = np.zeros((0, len(_SEXES)))
        return cls(np.full(n_samples, NOT_SHOWN, dtype=np.int64), none, none.astype(np.bool_))

    @property
    def key(self) -> str:
        """A hash of all that decides the factors."""
        digest = hashlib.sha256(self.classes.tobytes() + self.log10_ratios.tobytes())
        return digest.hexdigest()[:24]

    def with_classes(self, readings: Readings, n_columns: int, n_markers: int) -> Readings:
        """Returns the readings with the sex markers as one more marker, in columns behind the others."""
        used = np.concatenate([readings.used, n_columns + np.arange(len(self.log10_ratios))])
        loci = np.concatenate([readings.locus_of_used, np.full(len(self.log10_ratios), n_markers)])
        places = readings.places
        # A row of padding is free where the markers are no multiple of four.
        if n_markers == len(places):
            places = np.vstack([places, np.zeros((MARKERS_AT_A_TIME, places.shape[1]), dtype=np.int32)])
        places = places.copy()
        shown = self.classes != NOT_SHOWN
        places[n_markers, shown] = len(readings.used) + 1 + self.classes[shown]
        return Readings(used.astype(np.int64), loci.astype(np.int64), places)

    def columns(self, members: Sequence[MissingMember]) -> NDArray[np.float32]:
        """Returns the factors of these members for every class, (n_members, n_classes), as the kernel adds them."""
        return self.log10_ratios.T[_sexes_of(members)].astype(np.float32)

    def added(
        self, pairs: ExactPairs, members: Sequence[MissingMember], rows: NDArray[np.int64], samples: NDArray[np.int64]
    ) -> ExactPairs:
        """Returns the pairs (member of ``rows``, sample) with the sex markers as their last marker.

        It is NaN where nothing was read or the sex is unknown. The sum is again rounded once.
        """
        sexes = _sexes_of(members)[rows]
        classes = self.classes[samples]
        compared = (classes != NOT_SHOWN) & (sexes < _SEXES.index(Sex.UNKNOWN))
        safe = np.where(compared, classes, 0)
        if len(self.log10_ratios):
            own = np.where(compared, self.log10_ratios[safe, sexes], np.nan)
            against = compared & self.contradicted[safe, sexes]
        else:
            own, against = np.full(len(rows), np.nan), compared
        contributions = np.column_stack([pairs.contributions, own])
        log10_lr = [math.fsum(pair[~np.isnan(pair)]) for pair in contributions]
        inconsistent = np.column_stack([pairs.inconsistent, against])
        return ExactPairs(np.array(log10_lr, dtype=np.float64), contributions, inconsistent)


def sex_evidence(
    samples: Sequence[Sample], drop_out: Sequence[float], model: SexModel = DEFAULT_SEX_MODEL
) -> SexEvidence:
    """Returns the evidence of these samples; ``drop_out`` is each one's probability that an allele is lost.

    It is taken to two digits: samples that show the same and lost about as much share a class.
    """
    found: dict[tuple[SexReading, float], int] = {}
    classes = []
    for sample, lost in zip(samples, drop_out, strict=True):
        reading = SexReading.of(sample.sex_markers)
        key = (reading, round(lost, 2))
        classes.append(found.setdefault(key, len(found)) if reading.says_anything else NOT_SHOWN)
    ratios = [[model.log10_ratio(reading, sex, lost) or 0.0 for sex in _SEXES] for reading, lost in found]
    against = [[model.contradicts(reading, sex, lost) for sex in _SEXES] for reading, lost in found]
    return SexEvidence(
        np.array(classes, dtype=np.int64),
        np.array(ratios, dtype=np.float64).reshape(-1, len(_SEXES)),
        np.array(against, dtype=np.bool_).reshape(-1, len(_SEXES)),
    )


def _sexes_of(members: Sequence[MissingMember]) -> NDArray[np.int64]:
    return np.array([_SEXES.index(member.sex) for member in members], dtype=np.int64)
