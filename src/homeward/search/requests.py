"""A search as somebody asks for it: three files and some choices; what comes back is a shortlist and its summary."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
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
from homeward.likelihood.references import DEFAULT_SLIP_RATES
from homeward.likelihood.tables import TableLayout, beyond_theta
from homeward.provenance import Provenance
from homeward.search.degradation import conditions_of_samples, level_counts
from homeward.search.groups import groups_of
from homeward.search.markers import SearchMarkers, search_markers, unseen_alleles
from homeward.search.members import MissingMember, missing_members
from homeward.search.posteriors import Prior, Weighed, weighed
from homeward.search.references import ReferenceHandling, ReferenceReport, check_all_references
from homeward.search.runs import Runner, SearchJob, run_search
from homeward.search.samples import encode_samples
from homeward.search.sensitivity import variants_of, with_sensitivity
from homeward.search.settings import KinshipSettings
from homeward.search.sexes import sex_evidence
from homeward.search.statistics import chance_matches

__all__ = [
    "SearchInput",
    "SearchOptions",
    "SearchResult",
    "known_markers",
    "read_all_families",
    "read_input",
    "search_all",
]

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
    references: ReferenceHandling = ReferenceHandling.MARK
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
    of_remains = MarkerNames(known_markers(table))
    samples = load_profiles(remains, of_remains)
    found, aside, of_families = read_all_families(families, table, on_family=on_family)
    return SearchInput(samples, found, table, of_remains.account, of_families, aside)


def read_all_families(
    path: Path, table: FrequencyTable, *, on_family: Callable[[], None] = lambda: None
) -> tuple[list[Family], tuple[NotSearchable, ...], ReadingAccount]:
    """Returns the families that can be searched for, those that cannot with the reason, and how readings were used."""
    # A name that the field does not know is most likely misspelt, and would silently take a marker out of the search.
    names = MarkerNames(known_markers(table))
    found: list[Family] = []
    aside: list[NotSearchable] = []
    for family in read_families(path, names, on_problem=aside.append):
        if family.genotypes:
            found.append(family)
        else:
            aside.append(NotSearchable(family.name, path.name, "no member has a reading"))
        on_family()
    if aside and not found:
        more = f" (and {len(aside) - 1} more)" if len(aside) > 1 else ""
        reason = f"no family that can be searched for{more}: {aside[0].reason}"
        raise InputError(place=aside[0].place, found=reason, needed="at least one")
    return found, tuple(aside), names.account


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
    on_families: Callable[[int], None] = lambda _: None,
    on_variant: Callable[[], None] = lambda: None,
) -> SearchResult:
    """Returns all pairs at or above the threshold, with the figures that a decision needs.

    References are checked first; ``on_families`` is told how many families that has been done for each time.
    """
    profiles = [profile for sample in given.remains for profile in sample.profiles]
    profiles += [profile for family in given.families for profile in family.genotypes.values()]
    settings = options.settings
    markers = search_markers(
        given.table,
        unseen=unseen_alleles(given.table, profiles),
        frequency_floor=settings.frequencies.minimum,
        rates=settings.mutation,
    )
    report = _checked_references(given.families, options, markers, on_families)
    if options.references is ReferenceHandling.SET_ASIDE:
        given = _without(given, report.contradicting)
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
    summary |= {"references": _references(report, options)}
    pairs, variants = _marked(found.pairs, report), []
    if options.is_varied:
        variants = list(variants_of(settings, given.table, profiles))
        pairs = with_sensitivity(
            pairs, given.remains, members, variants, threads=options.threads, on_variant=on_variant
        )
    return SearchResult(pairs, summary | {"varied": [variant.name for variant in variants]})


def _checked_references(
    families: Sequence[Family], options: SearchOptions, markers: SearchMarkers, on_families: Callable[[int], None]
) -> ReferenceReport:
    if options.references is ReferenceHandling.SKIP:
        return ReferenceReport({}, (), DEFAULT_SLIP_RATES)
    return check_all_references(families, markers.panel, threads=options.threads, on_families=on_families)


def _without(given: SearchInput, names: Sequence[str]) -> SearchInput:
    """The input without these families, which are listed as not searchable."""
    aside = set(names)
    reason = "the references contradict the pedigree (kinship check-references says how)"
    told = [NotSearchable(name, "families", reason) for name in names]
    return replace(
        given,
        families=[family for family in given.families if family.name not in aside],
        not_searchable=(*given.not_searchable, *told),
    )


def _references(report: ReferenceReport, options: SearchOptions) -> dict[str, object]:
    return {"handling": options.references.value} | report.as_json(every_family=False)


def _marked(pairs: pa.Table, report: ReferenceReport) -> pa.Table:
    """The shortlist with what the check of the family's references found; empty where it was not asked for."""
    checks = report.checks
    told = [checks[name].verdict.value if name in checks else None for name in pairs["family"].to_pylist()]
    at = pairs.column_names.index("group_posterior") + 1
    return pairs.add_column(at, "references", pa.array(told, pa.string()))


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
            name: asdict(each) | ({} if math.isfinite(each.rest_sum) else {"rest_sum": None})
            for name, each in found.bodies.items()
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
    read = {marker for sample in given.remains for profile in sample.profiles for marker in profile}
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
    profiles = [profile for sample in given.remains for profile in sample.profiles]
    profiles += [profile for family in given.families for profile in family.genotypes.values()]
    return {
        locus: {allele: sum(allele in profile.get(locus, ()) for profile in profiles) for allele in alleles}
        for locus, alleles in markers.unseen.items()
    }
