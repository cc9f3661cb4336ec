"""Recall on simulated truth: no pair at or above the threshold is missing from the shortlist.

Pairs are computed again by peeling the whole pedigree with the remains in it, which is the slow path: likelihood of
relatives and remains together, divided by that of the relatives and that of the remains. `--pairs` says how many are
drawn, and every true pair is always among them; as many as there are, or more, means all. The line below computes ten
million pairs again, in about half an hour on one core.

    python -m verification.recall --families 4500 --remains 2200 --pairs 20000000
"""

import argparse
import math
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from verification.electropherograms import Level, made_search

from homeward.genetics.families import Family
from homeward.genetics.frequencies import FrequencyTable, PublishedTable, published_frequencies
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import Sample
from homeward.genetics.simulation import SimulationOptions, simulate_search
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.tables import TableLayout
from homeward.search.degradation import conditions_of_samples
from homeward.search.markers import search_markers, unseen_alleles
from homeward.search.members import MissingMember, missing_members
from homeward.search.posteriors import Prior, weighed
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import SearchJob, run_search
from homeward.search.samples import encode_samples

STRANGER = Pedigree.of([Member("stranger")])


def slow_log10_lr(member: MissingMember, sample: Sample, layout: TableLayout, kept: dict) -> float:
    """Returns the log10 likelihood ratio of one pair without tables; what concerns one side only is kept."""
    panel, family = layout.panel, member.family
    (found,) = conditions_of_samples([sample], layout)
    conditions = np.array([found[marker.name].as_row for marker in panel.markers])
    own = {marker.name: sample.profile[marker.name] for marker in panel.markers if marker.name in sample.profile}
    together = _likelihood(family.pedigree, {**family.genotypes, member.missing: own}, panel, conditions)
    if family.name not in kept:
        kept[family.name] = _likelihood(family.pedigree, family.genotypes, panel, None)
    if sample.name not in kept:
        kept[sample.name] = _likelihood(STRANGER, {"stranger": own}, panel, conditions)
    return math.fsum((together - kept[family.name] - kept[sample.name]).tolist())


def _likelihood(pedigree: Pedigree, profiles: dict, panel: Panel, of_last: np.ndarray | None) -> np.ndarray:
    readings = Readings.of(profiles, panel)
    conditions = readings.conditions.copy()
    if of_last is not None:
        conditions[-1] = of_last
    return log10_likelihood(pedigree, Readings(readings.ids, readings.codes, conditions), panel)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("families", 500), ("remains", 300), ("pairs", 5000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--heights", action="store_true", help="remains by peak heights, their drop-out derived")
    parser.add_argument("--min-log10-lr", type=float, default=2.0)
    chosen = parser.parse_args()
    generator = np.random.default_rng(chosen.seed)
    table = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
    remains, families, truth = _made(table, chosen, generator)
    profiles = [sample.profile for sample in remains]
    profiles += [profile for family in families for profile in family.genotypes.values()]
    markers = search_markers(table, unseen=unseen_alleles(table, profiles))
    layout = TableLayout(markers.panel)
    members = missing_members(families)
    job = SearchJob(markers, layout, encode_samples(remains, layout), chosen.min_log10_lr)
    found = run_search(job, members, LocalRunner())
    shortlist = weighed(found, job.samples.names, Prior(len(members)), min_log10_lr=chosen.min_log10_lr).pairs
    names = zip(*[shortlist[name].to_pylist() for name in ("remains", "family", "missing")], strict=True)
    listed = dict(zip(names, shortlist["log10_lr"].to_pylist(), strict=True))
    pairs = _pairs(truth, members, chosen.pairs, generator)
    start = time.perf_counter()
    missed, worst, n_above = 0, 0.0, 0
    kept: dict[str, np.ndarray] = {}
    for sample, row in pairs:
        member = members[row]
        slow = slow_log10_lr(member, remains[sample], layout, kept)
        fast = listed.get((remains[sample].name, member.family.name, member.missing))
        n_above += slow >= chosen.min_log10_lr
        missed += slow >= chosen.min_log10_lr + 1e-9 and fast is None
        worst = max(worst, abs(slow - fast)) if fast is not None else worst
    seconds = time.perf_counter() - start
    n_pairs = len(remains) * len(members)
    print(
        f"{n_pairs:,} pairs screened, {len(pairs):,} computed again in {seconds:.1f} s; {n_above:,} reach the threshold"
    )
    print(f"missing from the shortlist: {missed}; largest difference in log10 LR: {worst:.2e}")
    return 1 if missed or worst > 1e-9 else 0


def _made(
    table: FrequencyTable, chosen: argparse.Namespace, generator: np.random.Generator
) -> tuple[Sequence[Sample], Sequence[Family], tuple[tuple[str, str] | None, ...]]:
    """Remains, families and truth, of one simulator or the other."""
    if not chosen.heights:
        markers = search_markers(table).panel.markers
        options = SimulationOptions(chosen.families, chosen.remains)
        made = simulate_search(markers, options, generator=generator)
        return made.remains, made.families, made.truth
    frequencies = {name: locus.frequencies for name, locus in table.loci.items()}
    n_of_level = -(-chosen.remains // len(Level))
    drawn = made_search(frequencies, n_families=chosen.families, n_remains=n_of_level, generator=generator)
    remains, truth = [], []
    for level, samples in drawn.remains.items():
        remains += [replace(sample, name=f"{sample.name} {level.value}") for sample in samples]
        truth += [(family, "MP") if family else None for family in drawn.truth]
    return remains, drawn.families, tuple(truth)


def _pairs(
    truth: tuple[tuple[str, str] | None, ...], members: list[MissingMember], n: int, generator: np.random.Generator
) -> list[tuple[int, int]]:
    """Every true pair, and pairs drawn at random; all pairs where there are no more than asked for."""
    place = {(member.family.name, member.missing): row for row, member in enumerate(members)}
    true = {(sample, place[person]) for sample, person in enumerate(truth) if person}
    if n >= len(truth) * len(members):
        return [(sample, row) for sample in range(len(truth)) for row in range(len(members))]
    drawn = zip(
        generator.integers(len(truth), size=n).tolist(), generator.integers(len(members), size=n).tolist(), strict=True
    )
    return sorted(true | set(drawn))


if __name__ == "__main__":
    raise SystemExit(main())
