"""Sensitivity: between which figures the ratio of a listed pair lies when what was assumed is varied.

One thing is varied at a time: the population whose frequencies are used, theta, the rates of mutation, the minimum
frequency. Sex markers stay as they are. Each figure is computed anew, exactly, for the listed pairs alone. See
docs/concepts/search-statistics.md.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from homeward.genetics.frequencies import FrequencyTable
from homeward.genetics.profiles import Profile, Sample
from homeward.genetics.sex_markers import AMELOGENIN
from homeward.likelihood.tables import TableLayout, family_tables
from homeward.search.markers import search_markers, unseen_alleles
from homeward.search.members import MissingMember
from homeward.search.pairs import read_by_relatives
from homeward.search.samples import encode_samples
from homeward.search.settings import KinshipSettings

__all__ = ["SENSITIVITY_COLUMNS", "Variant", "n_variants", "variants_of", "with_sensitivity"]

SENSITIVITY_COLUMNS = ("lowest_log10_lr", "lowest_with", "highest_log10_lr", "highest_with")
AS_SETTLED = "as settled"
MEMBERS_AT_ONCE = 64

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Variant:
    """One thing changed: what it is called in a result, and the layout that it gives."""

    name: str
    layout: TableLayout


def n_variants(settings: KinshipSettings) -> int:
    """Returns how many variants the settings give."""
    ranges = settings.sensitivity
    factors = [factor for pair in (ranges.mutation, ranges.minimum_frequency) for factor in pair]
    return len(set(ranges.theta) - {settings.theta}) + sum(f != 1 for f in factors) + len(ranges.populations)


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
        return Variant(name, TableLayout(markers.panel, varied.reading, varied.theta))

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
    # What the sex markers say rests on none of what is varied.
    told = f"log10_lr:{AMELOGENIN}"
    sex = pairs[told].fill_null(0.0).to_numpy() if told in pairs.column_names else 0.0
    figures, names = [settled], [AS_SETTLED]
    for variant in variants:
        figures.append(_log10_lrs(wanted, variant.layout, threads=threads) + sex)
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
    """The listed pairs: who is compared, by number, with whom."""

    samples: Sequence[Sample]
    members: Sequence[MissingMember]
    sample_of: NDArray[np.int64]
    member_of: NDArray[np.int64]

    @classmethod
    def of(cls, pairs: pa.Table, remains: Sequence[Sample], members: Sequence[MissingMember]) -> "_Wanted":
        names = pairs["remains"].to_pylist()
        persons = list(zip(pairs["family"].to_pylist(), pairs["missing"].to_pylist(), strict=True))
        wanted_names, wanted_persons = set(names), set(persons)
        samples = [sample for sample in remains if sample.name in wanted_names]
        chosen = [member for member in members if (member.family.name, member.missing) in wanted_persons]
        place = {sample.name: number for number, sample in enumerate(samples)}
        seat = {(member.family.name, member.missing): number for number, member in enumerate(chosen)}
        return cls(
            samples,
            chosen,
            np.array([place[name] for name in names], dtype=np.int64),
            np.array([seat[person] for person in persons], dtype=np.int64),
        )


def _log10_lrs(wanted: _Wanted, layout: TableLayout, *, threads: int) -> Floats:
    """The ratio of each pair over all markers; drop-out that is derived is derived as in the search."""
    encoded = encode_samples(wanted.samples, layout)
    result = np.empty(len(wanted.sample_of))
    for start in range(0, len(wanted.members), MEMBERS_AT_ONCE):
        part = wanted.members[start : start + MEMBERS_AT_ONCE]
        tables = family_tables([member.request for member in part], layout, threads=threads)
        ratios = encoded.shown.ratios(tables.values)
        informative = np.array([read_by_relatives(member, layout.panel) for member in part])
        rows = np.flatnonzero((wanted.member_of >= start) & (wanted.member_of < start + len(part)))
        for row in rows.tolist():
            seat = int(wanted.member_of[row]) - start
            columns = encoded.columns[wanted.sample_of[row]]
            chosen = columns[(columns >= 0) & informative[seat]]
            with np.errstate(divide="ignore"):
                result[row] = math.fsum(np.log10(ratios[seat, chosen]))
    return result
