"""A search as somebody asks for it: three files and some choices; what comes back is a shortlist and its summary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from homeward.errors import InputError
from homeward.genetics.families import Family, NotSearchable, read_families
from homeward.genetics.frequencies import FrequencyTable
from homeward.genetics.kits import all_kit_markers
from homeward.genetics.marker_names import MarkerNames, ReadingAccount
from homeward.genetics.profiles import Sample, load_profiles
from homeward.likelihood.reading_model import Conditions
from homeward.likelihood.tables import TableLayout, beyond_theta
from homeward.provenance import Provenance
from homeward.search.degradation import conditions_of_samples, level_counts
from homeward.search.groups import groups_of
from homeward.search.markers import SearchMarkers, search_markers, unseen_alleles
from homeward.search.members import MissingMember, missing_members
from homeward.search.posteriors import Prior, Weighed, weighed
from homeward.search.runs import Runner, SearchJob, run_search
from homeward.search.samples import encode_samples
from homeward.search.sensitivity import variants_of, with_sensitivity
from homeward.search.settings import KinshipSettings
from homeward.search.sexes import sex_evidence
from homeward.search.statistics import chance_matches

__all__ = ["SearchInput", "SearchOptions", "SearchResult", "known_markers", "read_input", "search_all"]

CHANCE_ASSUMES = (
    "full profiles of people unrelated to every family, whose alleles have the frequencies, independent within and "
    "between markers, that were used"
)


@dataclass(frozen=True)
class SearchOptions:
    """The choices of a search; all that decide a figure stand in its summary.

    ``is_varied`` is whether every listed pair is computed again under what the settings vary.
    """

    settings: KinshipSettings = field(default_factory=KinshipSettings)
    tables_folder: Path | None = None
    is_varied: bool = True
    threads: int = 1
    seed: int = 0


@dataclass(frozen=True, eq=False)
class SearchInput:
    """Remains, families and frequencies, read and checked, with the account of what is not used."""

    remains: Sequence[Sample]
    families: Sequence[Family]
    table: FrequencyTable
    remains_account: ReadingAccount = field(default_factory=ReadingAccount)
    families_account: ReadingAccount = field(default_factory=ReadingAccount)
    not_searchable: tuple[NotSearchable, ...] = ()


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The shortlist, the highest likelihood ratio first, and where it comes from."""

    shortlist: pa.Table
    summary: dict[str, object]


def read_input(
    remains: Path,
    families: Path,
    table: FrequencyTable,
    *,
    on_family: Callable[[], None] = lambda: None,
) -> SearchInput:
    """Returns what a search needs; raises InputError with file and line.

    Markers that the field knows and the table lacks are kept out of the comparison; other unknown markers are refused.
    A family that cannot be searched for is listed with the reason, and the rest is kept; where none can, the first
    reason is raised.
    """
    # A name that the field does not know is most likely misspelt, and would silently take a marker out of the search.
    known = known_markers(table)
    of_remains, of_families = MarkerNames(known), MarkerNames(known)
    samples = load_profiles(remains, of_remains)
    found: list[Family] = []
    aside: list[NotSearchable] = []
    for family in read_families(families, of_families, on_problem=aside.append):
        if family.genotypes:
            found.append(family)
        else:
            aside.append(NotSearchable(family.name, families.name, "no member has a reading"))
        on_family()
    if aside and not found:
        more = f" (and {len(aside) - 1} more)" if len(aside) > 1 else ""
        reason = f"no family that can be searched for{more}: {aside[0].reason}"
        raise InputError(place=aside[0].place, found=reason, needed="at least one")
    return SearchInput(samples, found, table, of_remains.account, of_families.account, tuple(aside))


def known_markers(table: FrequencyTable) -> dict[str, frozenset[str]]:
    """Returns the table's markers with their alleles, and the autosomal markers of the kits that it lacks."""
    known = {name: frozenset(locus.frequencies) for name, locus in table.loci.items()}
    return known | {name: frozenset() for name in all_kit_markers() if table.locus_name(name) is None}


def search_all(
    given: SearchInput,
    options: SearchOptions,
    runner: Runner,
    *,
    kept_in: Path | None = None,
    on_block: Callable[[int], None] = lambda _: None,
    on_variant: Callable[[], None] = lambda: None,
) -> SearchResult:
    """Returns all pairs at or above the threshold, with the figures that a decision needs."""
    profiles = [sample.profile for sample in given.remains]
    profiles += [profile for family in given.families for profile in family.genotypes.values()]
    settings = options.settings
    markers = search_markers(
        given.table,
        unseen=unseen_alleles(given.table, profiles),
        frequency_floor=settings.frequencies.minimum,
        rates=settings.mutation,
    )
    layout = TableLayout(markers.panel, settings.reading, settings.theta)
    members = missing_members(given.families)
    conditions = conditions_of_samples(given.remains, layout)
    samples = encode_samples(given.remains, layout, conditions=conditions)
    sexes = sex_evidence(given.remains, _mean_drop_out(given.remains, conditions), settings.sex_markers)
    job = SearchJob(markers, layout, samples, settings.min_log10_lr, options.tables_folder, sexes)
    findings = run_search(job, members, runner, kept_in=kept_in, on_block=on_block)
    prior = Prior(len(members), settings.share)
    found = weighed(findings, job.samples.names, prior, min_log10_lr=settings.min_log10_lr)
    summary = _summary(given, options, markers, members, layout=layout)
    summary |= {"drop_out": _drop_out_of_remains(given.remains, conditions)}
    summary |= _posteriors(found, prior) | {"n_candidates": found.pairs.num_rows}
    if not options.is_varied:
        return SearchResult(found.pairs, summary | {"varied": []})
    variants = list(variants_of(settings, given.table, profiles))
    pairs = with_sensitivity(
        found.pairs, given.remains, members, variants, threads=options.threads, on_variant=on_variant
    )
    return SearchResult(pairs, summary | {"varied": [variant.name for variant in variants]})


def _mean_drop_out(samples: Sequence[Sample], conditions: Sequence[Mapping[str, Conditions]]) -> list[float]:
    """The mean probability that an allele of a sample is lost, over the markers that were read."""
    lost = [
        [found[marker].drop_out for marker in sample.profile if marker in found]
        for sample, found in zip(samples, conditions, strict=True)
    ]
    return [sum(each) / max(1, len(each)) for each in lost]


def _posteriors(found: Weighed, prior: Prior) -> dict[str, object]:
    """What was assumed before DNA was looked at, and what each of the remains may be but a listed pair."""
    return {
        "prior": {
            "list": prior.n_listed,
            "share": prior.share,
            "of_one_person": prior.of_one,
            "of_nobody_listed": 1.0 - prior.share,
        },
        "bodies": {
            name: {"listed": each.listed, "rest": each.rest, "none": each.none} for name, each in found.bodies.items()
        },
        "groups": [group.as_json() for group in groups_of(found.pairs)],
    }


def _summary(
    given: SearchInput,
    options: SearchOptions,
    markers: SearchMarkers,
    members: Sequence[MissingMember],
    *,
    layout: TableLayout,
) -> dict[str, object]:
    generator = np.random.default_rng(options.seed)
    settings = options.settings
    chance = chance_matches(
        members, layout, n_samples=len(given.remains), min_log10_lr=settings.min_log10_lr, generator=generator
    )
    origin = Provenance(
        made_by="homeward kinship search",
        parameters={
            "settings": settings.hash,
            "min_log10_lr": settings.min_log10_lr,
            "frequency_floor": settings.frequencies.minimum,
            "theta": settings.theta,
            "share": settings.share,
            **{f"sex_markers_{name}": value for name, value in asdict(settings.sex_markers).items()},
            "seed": options.seed,
        }
        | settings.reading.as_json(),
    )
    read = {marker for sample in given.remains for marker in sample.profile}
    read |= {m for family in given.families for profile in family.genotypes.values() for m in profile}
    return {
        "provenance": origin.as_json(),
        "settings": settings.as_json(),
        "theta_left_out": _theta_left_out(members, layout),
        "n_remains": len(given.remains),
        "n_remains_without_reading": sum(not sample.profile for sample in given.remains),
        "n_families": len(given.families),
        "n_missing": len(members),
        "n_pairs": len(given.remains) * len(members),
        "expected_chance_matches": {
            "estimate": chance.expected,
            "standard_error": chance.standard_error,
            "at_most": chance.at_most,
            "families_sampled": chance.n_families_sampled,
            "assumes": CHANCE_ASSUMES,
        },
        "markers_without_frequencies": sorted(read - set(given.table.loci)),
        "readings_of_remains": given.remains_account.as_json(),
        "readings_of_families": given.families_account.as_json(),
        "not_searchable": [each.as_json() for each in given.not_searchable],
        "frequency_notes": list(given.table.notes),
        "unseen_allele_counts": _unseen_counts(given, markers),
        **markers.as_object(),
    }


def _theta_left_out(members: Sequence[MissingMember], layout: TableLayout) -> dict[str, list[str]]:
    """The families that theta is left out of, and the markers where it is: too many founders are untyped there."""
    loci = [marker.name for marker in layout.panel.markers]
    left_out = beyond_theta([member.request for member in members], layout)
    found: dict[str, list[str]] = {}
    for member, row in zip(members, left_out, strict=True):
        if row.any():
            found[member.family.name] = [name for name, is_out in zip(loci, row.tolist(), strict=True) if is_out]
    return found


def _drop_out_of_remains(
    remains: Sequence[Sample], conditions: Sequence[Mapping[str, Conditions]]
) -> dict[str, object]:
    """How many samples are read as stated, and what was derived for the others, by sample."""
    derived = [(sample, found) for sample, found in zip(remains, conditions, strict=True) if not sample.drop_out]
    degraded = {}
    for sample, found in derived:
        lost = [found[marker].drop_out for marker in sample.profile if marker in found]
        if any(lost):
            degraded[sample.name] = {"lowest": min(lost), "mean": round(sum(lost) / len(lost), 4), "highest": max(lost)}
    return {
        "stated": len(remains) - len(derived),
        "derived": level_counts([found for _, found in derived]),
        "derived_by_sample": degraded,
    }


def _unseen_counts(given: SearchInput, markers: SearchMarkers) -> dict[str, dict[str, int]]:
    """How many profiles show each allele that the frequencies do not have."""
    profiles = [sample.profile for sample in given.remains]
    profiles += [profile for family in given.families for profile in family.genotypes.values()]
    return {
        locus: {allele: sum(allele in profile.get(locus, ()) for profile in profiles) for allele in alleles}
        for locus, alleles in markers.unseen.items()
    }
