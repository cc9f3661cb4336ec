"""Kin among samples: duplicates, relatives and contamination inside one batch, and direct matching of two.

Every sample is made into small families of its own: itself, its parent or child, its full sibling. Their tables go
through the same kernel as those of families of missing people.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import DropOutClass, Sample
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables
from homeward.search.samples import EncodedSamples, encode_samples
from homeward.search.screening import readings_of, screened_pairs

__all__ = ["DEFAULT_READING_ERROR", "KinPair", "Relation", "kin_among", "n_blocks", "same_person_rows"]

Floats = NDArray[np.float64]
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


_PEDIGREES = {
    Relation.PARENT_AND_CHILD: Pedigree.of([Member("first"), Member("mother"), Member("second", "first", "mother")]),
    Relation.FULL_SIBLINGS: Pedigree.of(
        [Member("father"), Member("mother"), Member("first", "father", "mother"), Member("second", "father", "mother")]
    ),
}


def same_person_rows(
    samples: Sequence[Sample], layout: TableLayout, *, reading_error: float = DEFAULT_READING_ERROR
) -> Floats:
    """Returns ratios over all readings for "the same person", (n_samples, n_columns).

    The true genotype is distributed as the sample's reading makes it (drop-out included); a second sample shows it,
    through drop-out of its own, with probability 1 - e, and else a reading of somebody unrelated. So
    T = (1 - e) P(reading | same person) / P(reading | unrelated) + e: one wrong reading does not hide a duplicate. With
    theta the unrelated person shares ancestors with the first one (Balding and Nichols 1994).
    """
    rows = np.ones((len(samples), layout.n_columns))
    weights = [_reading_weights(layout, locus) for locus in range(len(layout.panel))]
    for row, sample in enumerate(samples):
        for locus, column in enumerate(layout.columns(sample.profile, sample.drop_out).tolist()):
            if column < 0:
                continue
            first, last = int(layout.starts[locus]), int(layout.starts[locus + 1])
            joint = weights[locus]
            genotypes = joint.population * joint.seen[:, column - first]
            genotypes = genotypes / genotypes.sum()
            ratio = (genotypes @ joint.seen) / (genotypes @ joint.of_unrelated)
            rows[row, first:last] = (1.0 - reading_error) * ratio + reading_error
    return rows


def kin_among(
    samples: Sequence[Sample],
    layout: TableLayout,
    *,
    min_log10_lr: float,
    relations: Sequence[Relation] = tuple(Relation),
    others: Sequence[Sample] | None = None,
    threads: int = 1,
    on_block: Callable[[], None] = lambda: None,
) -> tuple[KinPair, ...]:
    """Returns pairs of samples at or above the threshold, each with its best relation, the highest ratio first.

    With ``others`` the samples are compared with those (a batch with the laboratory's staff, say) instead of among
    themselves. ``on_block`` is called after each of ``n_blocks(samples, relations)`` steps.
    """
    opposite = encode_samples(samples if others is None else others, layout)
    own = opposite if others is None else encode_samples(samples, layout)
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
    readings = readings_of(opposite, layout)
    for start in range(0, len(samples), _BLOCK):
        rows = _rows(samples[start : start + _BLOCK], layout, relation, threads=threads)
        with np.errstate(divide="ignore"):
            log10_rows = np.log10(rows)
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


def _rows(samples: Sequence[Sample], layout: TableLayout, relation: Relation, *, threads: int) -> Floats:
    if relation is Relation.SAME_PERSON:
        return same_person_rows(samples, layout)
    pedigree = _PEDIGREES[relation]
    requests = [TableRequest(pedigree, "second", {"first": _certain(sample)}) for sample in samples]
    return np.asarray(family_tables(requests, layout, threads=threads).values, dtype=np.float64)


def _certain(sample: Sample) -> dict[str, tuple[str, ...]]:
    """The readings that may be taken as complete: one allele seen in degraded bone may be half of a genotype."""
    return {
        marker: alleles
        for marker, alleles in sample.profile.items()
        if len(set(alleles)) > 1 or sample.drop_out.get(marker, DropOutClass.NONE) is DropOutClass.NONE
    }


@dataclass(frozen=True, eq=False)
class _Weights:
    """For one marker: P(genotype), P(reading | genotype) and P(an unrelated person's reading | genotype).

    The last two are (n_genotypes, n_columns).
    """

    population: Floats
    seen: Floats
    of_unrelated: Floats


def _reading_weights(layout: TableLayout, locus: int) -> _Weights:
    n_alleles = layout.panel.markers[locus].n_alleles
    larger, smaller = np.tril_indices(n_alleles)
    codes = np.arange(len(larger))
    both = larger == smaller
    blocks = [np.eye(len(larger))]
    rates = layout.drop_out
    for lost in (rates.low, rates.medium, rates.high):
        seen = np.zeros((len(larger), n_alleles))
        seen[codes[both], larger[both]] = 1.0 - lost**2
        seen[codes[~both], larger[~both]] = lost * (1.0 - lost)
        seen[codes[~both], smaller[~both]] = lost * (1.0 - lost)
        blocks.append(seen)
    matrix = np.hstack(blocks)
    population, of_unrelated = _unrelated_genotypes(layout, locus)
    return _Weights(population, matrix, of_unrelated @ matrix)


def _unrelated_genotypes(layout: TableLayout, locus: int) -> tuple[Floats, Floats]:
    """P(genotype), and P(an unrelated person's genotype | genotype): alleles drawn one after the other under theta."""
    frequencies, theta = layout.panel.markers[locus].frequencies, layout.theta
    p = frequencies / frequencies.sum()
    larger, smaller = np.tril_indices(len(p))
    same = larger == smaller
    times = np.where(same, 1.0, 2.0)
    population = times * (1 - theta) * p[larger] * ((1 - theta) * p[smaller] + theta * same)
    counts = np.zeros((len(larger), len(p)))
    np.add.at(counts, (np.arange(len(larger)), larger), 1.0)
    np.add.at(counts, (np.arange(len(larger)), smaller), 1.0)
    drawn = theta * counts + (1 - theta) * p
    given = times * drawn[:, larger] * (drawn[:, smaller] + theta * same) / ((1 + theta) * (1 + 2 * theta))
    return population / population.sum(), given
