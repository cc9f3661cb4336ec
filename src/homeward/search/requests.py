"""A search as somebody asks for it: three files and some choices; what comes back is a shortlist and its summary."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from homeward.genetics.families import Family, read_families
from homeward.genetics.frequencies import FrequencyTable, PublishedTable, load_frequencies, published_frequencies
from homeward.genetics.kits import all_kit_markers
from homeward.genetics.profiles import Sample, load_profiles
from homeward.likelihood.dropout import DEFAULT_DROP_OUT, DropOutRates
from homeward.likelihood.tables import TableLayout
from homeward.provenance import Provenance
from homeward.search.markers import SearchMarkers, search_markers, unseen_alleles
from homeward.search.members import MissingMember, missing_members
from homeward.search.runs import Runner, SearchJob, run_search
from homeward.search.samples import encode_samples
from homeward.search.statistics import PriorOdds, chance_matches

__all__ = ["SearchInput", "SearchOptions", "SearchResult", "frequency_table", "read_input", "search_all"]


@dataclass(frozen=True)
class SearchOptions:
    """The choices of a search; all of them stand in its summary."""

    min_log10_lr: float = 4.0
    frequency_floor: float = 0.0
    drop_out: DropOutRates = DEFAULT_DROP_OUT
    prior: float | None = None
    tables_folder: Path | None = None
    seed: int = 0


@dataclass(frozen=True, eq=False)
class SearchInput:
    """Remains, families and frequencies, read and checked."""

    remains: Sequence[Sample]
    families: Sequence[Family]
    table: FrequencyTable


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The shortlist, the highest likelihood ratio first, and where it comes from."""

    shortlist: pa.Table
    summary: dict[str, object]


def frequency_table(name: str, population: str | None) -> FrequencyTable:
    """Returns a population of a frequency file, or of a published table by its name (fbi2015, nist1036, ukdna17)."""
    published = {Path(table.value).stem: table for table in PublishedTable}
    if not Path(name).exists() and name in published:
        return published_frequencies(published[name], population)
    return load_frequencies(Path(name), population)


def read_input(
    remains: Path,
    families: Path,
    table: FrequencyTable,
    *,
    on_family: Callable[[], None] = lambda: None,
) -> SearchInput:
    """Returns what a search needs; raises InputError with file and line.

    Markers that a kit reads and the table lacks are kept out of the comparison; other unknown markers are refused.
    """
    known = sorted({*table.loci, *(m for m in all_kit_markers() if table.locus_name(m) is None)})
    samples = load_profiles(remains, known)
    found: list[Family] = []
    for family in read_families(families, known):
        found.append(family)
        on_family()
    return SearchInput(samples, found, table)


def search_all(
    given: SearchInput,
    options: SearchOptions,
    runner: Runner,
    *,
    kept_in: Path | None = None,
    on_block: Callable[[int], None] = lambda _: None,
) -> SearchResult:
    """Returns all pairs at or above the threshold, with the figures that a decision needs."""
    profiles = [sample.profile for sample in given.remains]
    profiles += [profile for family in given.families for profile in family.genotypes.values()]
    markers = search_markers(
        given.table, unseen=unseen_alleles(given.table, profiles), frequency_floor=options.frequency_floor
    )
    layout = TableLayout(markers.panel, options.drop_out)
    members = missing_members(given.families)
    job = SearchJob(markers, layout, encode_samples(given.remains, layout), options.min_log10_lr, options.tables_folder)
    prior = _prior(options, len(members))
    shortlist = run_search(job, members, runner, prior=prior.probability, kept_in=kept_in, on_block=on_block)
    summary = _summary(given, options, markers, members, prior=prior, layout=layout)
    return SearchResult(shortlist, summary | {"n_candidates": shortlist.num_rows})


def _prior(options: SearchOptions, n_members: int) -> PriorOdds:
    if options.prior is None:
        return PriorOdds.of_open_list(max(1, n_members))
    return PriorOdds(options.prior, "given by the user")


def _summary(
    given: SearchInput,
    options: SearchOptions,
    markers: SearchMarkers,
    members: Sequence[MissingMember],
    *,
    prior: PriorOdds,
    layout: TableLayout,
) -> dict[str, object]:
    generator = np.random.default_rng(options.seed)
    chance = chance_matches(
        members, layout, n_samples=len(given.remains), min_log10_lr=options.min_log10_lr, generator=generator
    )
    rates = options.drop_out
    origin = Provenance(
        made_by="homeward kinship search",
        parameters={
            "min_log10_lr": options.min_log10_lr,
            "frequency_floor": options.frequency_floor,
            "drop_out_low": rates.low,
            "drop_out_medium": rates.medium,
            "drop_out_high": rates.high,
            "seed": options.seed,
        },
    )
    read = {marker for sample in given.remains for marker in sample.profile}
    read |= {m for family in given.families for profile in family.genotypes.values() for m in profile}
    return {
        "provenance": origin.as_json(),
        "n_remains": len(given.remains),
        "n_remains_without_reading": sum(not sample.profile for sample in given.remains),
        "n_families": len(given.families),
        "n_missing": len(members),
        "n_pairs": len(given.remains) * len(members),
        "prior": {"probability": prior.probability, "reason": prior.reason},
        "expected_chance_matches": {
            "estimate": chance.expected,
            "standard_error": chance.standard_error,
            "at_most": chance.at_most,
            "families_sampled": chance.n_families_sampled,
            "assumes": "full profiles of unrelated people",
        },
        "markers_without_frequencies": sorted(read - set(given.table.loci)),
        **markers.as_object(),
    }
