"""Kin among samples: duplicates, relatives and contamination inside one batch, and direct matching of two.

Every sample is made into small families of its own: itself, its parent or child, its full sibling. Their tables go
through the same kernel as those of families of missing people.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import Sample
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables
from homeward.search.degradation import conditions_of_samples
from homeward.search.samples import EncodedSamples, encode_samples
from homeward.search.screening import readings_of, screened_pairs

__all__ = ["DEFAULT_READING_ERROR", "KinPair", "Relation", "kin_among", "n_blocks"]

_BLOCK = 512
DEFAULT_READING_ERROR = 0.001


class Relation(Enum):
    """What two samples may be to each other, compared with two unrelated people."""

    SAME_PERSON = "same person"
    PARENT_AND_CHILD = "parent and child"
    FULL_SIBLINGS = "full siblings"


@dataclass(frozen=True)
class KinPair:
    """Two samples that fit a relation better than chance, and how many markers both were read at."""

    first: str
    second: str
    relation: Relation
    log10_lr: float
    loci_compared: int


_ALONE = Pedigree.of([Member("second")])
_PEDIGREES = {
    Relation.PARENT_AND_CHILD: Pedigree.of([Member("first"), Member("mother"), Member("second", "first", "mother")]),
    Relation.FULL_SIBLINGS: Pedigree.of(
        [Member("father"), Member("mother"), Member("first", "father", "mother"), Member("second", "father", "mother")]
    ),
}


def kin_among(
    samples: Sequence[Sample],
    layout: TableLayout,
    *,
    min_log10_lr: float,
    relations: Sequence[Relation] = tuple(Relation),
    others: Sequence[Sample] | None = None,
    reading_error: float = DEFAULT_READING_ERROR,
    threads: int = 1,
    on_block: Callable[[], None] = lambda: None,
) -> tuple[KinPair, ...]:
    """Returns pairs of samples at or above the threshold, each with its best relation, the highest ratio first.

    With ``others`` the samples are compared with those (a batch with the laboratory's staff, say) instead of among
    themselves. Both sides are read under the conditions of the layout's model; the second one is wrong with probability
    ``reading_error`` besides, so that one wrong reading does not hide a duplicate. ``on_block`` is called after each of
    ``n_blocks(samples, relations)`` steps.
    """
    opposite = _encoded(samples if others is None else others, layout, reading_error)
    own = opposite if others is None else _encoded(samples, layout, reading_error)
    best: dict[tuple[int, int], tuple[float, Relation]] = {}
    for relation in relations:
        found = _pairs(
            samples, opposite, layout, relation, min_log10_lr=min_log10_lr, threads=threads, on_block=on_block
        )
        for first, second, value in found:
            # Among themselves each pair comes up twice, and each sample against itself.
            if others is None and first >= second:
                continue
            if value > best.get((first, second), (-np.inf, relation))[0]:
                best[first, second] = (value, relation)
    told = [
        KinPair(
            own.names[first],
            opposite.names[second],
            relation,
            value,
            int(((own.columns[first] >= 0) & (opposite.columns[second] >= 0)).sum()),
        )
        for (first, second), (value, relation) in best.items()
    ]
    return tuple(sorted(told, key=lambda pair: (-pair.log10_lr, pair.first, pair.second)))


def _pairs(
    samples: Sequence[Sample],
    opposite: EncodedSamples,
    layout: TableLayout,
    relation: Relation,
    *,
    min_log10_lr: float,
    threads: int,
    on_block: Callable[[], None],
) -> Iterator[tuple[int, int, float]]:
    readings = readings_of(opposite)
    for start in range(0, len(samples), _BLOCK):
        genotypes = family_tables(
            _requests(samples[start : start + _BLOCK], layout, relation), layout, threads=threads
        ).values
        with np.errstate(divide="ignore"):
            log10_rows = np.log10(opposite.shown.ratios(genotypes))
        pairs, _ = screened_pairs(log10_rows.astype(np.float32), readings, min_log10_lr=min_log10_lr)
        for row, sample in pairs.tolist():
            columns = opposite.columns[sample]
            # The kernel's figure is single precision and lies within its margin; the figure told is summed anew.
            read = columns >= 0
            value = float(np.sum(log10_rows[row, columns[read]]))
            if value >= min_log10_lr:
                yield start + row, sample, value
        on_block()


def n_blocks(samples: Sequence[Sample], relations: Sequence[Relation] = tuple(Relation)) -> int:
    """Returns how many steps a comparison of these samples takes."""
    return -(-len(samples) // _BLOCK) * len(relations)


def _encoded(samples: Sequence[Sample], layout: TableLayout, reading_error: float) -> EncodedSamples:
    conditions = [
        {marker: replace(each, error=reading_error) for marker, each in of_sample.items()}
        for of_sample in conditions_of_samples(samples, layout)
    ]
    return encode_samples(samples, layout, conditions=conditions)


def _requests(samples: Sequence[Sample], layout: TableLayout, relation: Relation) -> list[TableRequest]:
    """Each sample as the family of its twin, parent, child or sibling, who is "second" and missing."""
    markers = [marker.name for marker in layout.panel.markers]
    requests = []
    for sample, found in zip(samples, conditions_of_samples(samples, layout), strict=True):
        rows = np.array([found[marker].as_row for marker in markers])
        if relation is Relation.SAME_PERSON:
            requests.append(TableRequest(_ALONE, "second", {}, own=sample.profile, conditions={"second": rows}))
        else:
            profiles = {"first": sample.profile}
            requests.append(TableRequest(_PEDIGREES[relation], "second", profiles, conditions={"first": rows}))
    return requests
