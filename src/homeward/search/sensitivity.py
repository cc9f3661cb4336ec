"""Sensitivity: between which figures the ratio of a listed pair lies when what was assumed is varied.

One thing is varied at a time: the population whose frequencies are used, theta, the rates of mutation, the minimum
frequency. Each figure is computed anew, exactly, for the listed pairs alone. See docs/concepts/search-statistics.md.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from homeward.genetics.frequencies import FrequencyTable
from homeward.genetics.profiles import Profile, Sample
from homeward.likelihood.reading_model import ReadingModel
from homeward.likelihood.tables import TableLayout, family_tables
from homeward.search.markers import search_markers, unseen_alleles
from homeward.search.members import MissingMember
from homeward.search.pairs import read_by_relatives
from homeward.search.samples import encode_samples
from homeward.search.settings import KinshipSettings

__all__ = ["SENSITIVITY_COLUMNS", "Variant", "variants_of", "with_sensitivity"]

SENSITIVITY_COLUMNS = ("lowest_log10_lr", "lowest_with", "highest_log10_lr", "highest_with")
AS_SETTLED = "as settled"
MEMBERS_AT_ONCE = 64

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Variant:
    """One thing changed: what it is called in a result, and the layout that it gives."""

    name: str
    layout: TableLayout


def variants_of(settings: KinshipSettings, table: FrequencyTable, profiles: Sequence[Profile]) -> Iterator[Variant]:
    """Yields what the settings vary, one thing at a time; nothing for what is varied by nothing.

    A marker that another population was not typed for keeps the frequencies of the settled one.
    """

    def variant(name: str, varied: KinshipSettings, of: FrequencyTable, *, minimum_times: float = 1.0) -> Variant:
        markers = search_markers(
            of,
            unseen=unseen_alleles(of, profiles),
            frequency_floor=settings.frequencies.minimum,
            minimum_times=minimum_times,
            rates=varied.mutation,
        )
        return Variant(name, TableLayout(markers.panel, ReadingModel(rates=varied.drop_out), varied.theta))

    ranges = settings.sensitivity
    for theta in dict.fromkeys(ranges.theta):
        if theta != settings.theta:
            yield variant(f"theta {theta:g}", replace(settings, theta=theta), table)
    for times in ranges.mutation:
        if times != 1:
            yield variant(f"mutation x {times:g}", replace(settings, mutation=settings.mutation.scaled(times)), table)
    for times in ranges.minimum_frequency:
        if times != 1:
            yield variant(f"minimum frequency x {times:g}", settings, table, minimum_times=times)
    for population in ranges.populations:
        yield variant(population.name, settings, _with_loci_of(table, population.read()))


def _with_loci_of(table: FrequencyTable, other: FrequencyTable) -> FrequencyTable:
    loci = dict(table.loci)
    for name in table.loci:
        theirs = other.locus_name(name)
        if theirs is not None:
            loci[name] = replace(other.loci[theirs], locus=name)
    return FrequencyTable(other.population, loci, other.source)


def with_sensitivity(
    pairs: pa.Table,
    remains: Sequence[Sample],
    members: Sequence[MissingMember],
    variants: Sequence[Variant],
    *,
    threads: int = 1,
    on_variant: Callable[[], None] = lambda: None,
) -> pa.Table:
    """Returns the listed pairs with the lowest and the highest ratio, and what was varied to get it.

    The settled figure is one of those between which they lie.
    """
    settled = pairs["log10_lr"].to_numpy()
    wanted = _Wanted.of(pairs, remains, members)
    figures, names = [settled], [AS_SETTLED]
    for variant in variants:
        figures.append(_log10_lrs(wanted, variant.layout, threads=threads))
        names.append(variant.name)
        on_variant()
    every = np.array(figures)
    lowest, highest = every.argmin(axis=0), every.argmax(axis=0)
    here = np.arange(len(settled))
    at = pairs.column_names.index("inconsistent_loci") + 1
    added = (
        pa.array(every[lowest, here], pa.float64()),
        pa.array([names[row] for row in lowest.tolist()], pa.string()),
        pa.array(every[highest, here], pa.float64()),
        pa.array([names[row] for row in highest.tolist()], pa.string()),
    )
    for offset, (name, column) in enumerate(zip(SENSITIVITY_COLUMNS, added, strict=True)):
        pairs = pairs.add_column(at + offset, name, column)
    return pairs


@dataclass(frozen=True, eq=False)
class _Wanted:
    """The listed pairs by the missing member: for each member the rows of the table and their samples."""

    members: Sequence[MissingMember]
    rows: Sequence[Sequence[tuple[int, Sample]]]
    n_pairs: int

    @classmethod
    def of(cls, pairs: pa.Table, remains: Sequence[Sample], members: Sequence[MissingMember]) -> "_Wanted":
        samples = {sample.name: sample for sample in remains}
        by_name = {(member.family.name, member.missing): member for member in members}
        rows: dict[tuple[str, str], list[tuple[int, Sample]]] = {}
        names = zip(*(pairs[column].to_pylist() for column in ("remains", "family", "missing")), strict=True)
        for row, (name, family, missing) in enumerate(names):
            rows.setdefault((family, missing), []).append((row, samples[name]))
        return cls([by_name[key] for key in rows], list(rows.values()), pairs.num_rows)


def _log10_lrs(wanted: _Wanted, layout: TableLayout, *, threads: int) -> Floats:
    result = np.empty(wanted.n_pairs)
    listed = {sample.name: sample for rows in wanted.rows for _, sample in rows}
    samples = encode_samples(list(listed.values()), layout)
    place = {name: row for row, name in enumerate(samples.names)}
    for start in range(0, len(wanted.members), MEMBERS_AT_ONCE):
        part = wanted.members[start : start + MEMBERS_AT_ONCE]
        tables = family_tables([member.request for member in part], layout, threads=threads)
        for member, values, rows in zip(part, samples.shown.ratios(tables.rows), wanted.rows[start:], strict=False):
            informative = np.array(read_by_relatives(member, layout.panel))
            for row, sample in rows:
                columns = samples.columns[place[sample.name]]
                chosen = columns[(columns >= 0) & informative]
                with np.errstate(divide="ignore"):
                    result[row] = math.fsum(np.log10(values[chosen]))
    return result
