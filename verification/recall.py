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

import numpy as np

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import DropOutClass, Sample
from homeward.genetics.simulation import SimulationOptions, simulate_search
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.tables import TableLayout
from homeward.search.markers import search_markers
from homeward.search.members import MissingMember, missing_members
from homeward.search.posteriors import Prior, weighed
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import SearchJob, run_search
from homeward.search.samples import encode_samples

STRANGER = Pedigree.of([Member("stranger")])


def slow_log10_lr(member: MissingMember, sample: Sample, layout: TableLayout, kept: dict) -> float:
    """Returns the log10 likelihood ratio of one pair without tables; what concerns one side only is kept."""
    panel, family = layout.panel, member.family
    lost = np.array(
        [layout.drop_out.of(sample.drop_out.get(marker.name, DropOutClass.NONE)) for marker in panel.markers]
    )
    own = {marker.name: sample.profile[marker.name] for marker in panel.markers if marker.name in sample.profile}
    together = _likelihood(family.pedigree, {**family.genotypes, member.missing: own}, panel, lost)
    if family.name not in kept:
        kept[family.name] = _likelihood(family.pedigree, family.genotypes, panel, None)
    if sample.name not in kept:
        kept[sample.name] = _likelihood(STRANGER, {"stranger": own}, panel, lost)
    return math.fsum((together - kept[family.name] - kept[sample.name]).tolist())


def _likelihood(pedigree: Pedigree, profiles: dict, panel: Panel, lost: np.ndarray | None) -> np.ndarray:
    readings = Readings.of(profiles, panel)
    drop_out = readings.drop_out.copy()
    if lost is not None:
        drop_out[-1] = lost
    return log10_likelihood(pedigree, Readings(readings.ids, readings.codes, drop_out), panel)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("families", 500), ("remains", 300), ("pairs", 5000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--min-log10-lr", type=float, default=2.0)
    chosen = parser.parse_args()
    generator = np.random.default_rng(chosen.seed)
    markers = search_markers(published_frequencies(PublishedTable.FBI_2015, "Caucasian"))
    layout = TableLayout(markers.panel)
    made = simulate_search(
        markers.panel.markers, SimulationOptions(chosen.families, chosen.remains), generator=generator
    )
    members = missing_members(made.families)
    job = SearchJob(markers, layout, encode_samples(made.remains, layout), chosen.min_log10_lr)
    found = run_search(job, members, LocalRunner())
    shortlist = weighed(found, job.samples.names, Prior(len(members)), min_log10_lr=chosen.min_log10_lr).pairs
    names = zip(*[shortlist[name].to_pylist() for name in ("remains", "family", "missing")], strict=True)
    listed = dict(zip(names, shortlist["log10_lr"].to_pylist(), strict=True))
    pairs = _pairs(made.truth, members, chosen.pairs, generator)
    start = time.perf_counter()
    missed, worst, n_above = 0, 0.0, 0
    kept: dict[str, np.ndarray] = {}
    for sample, row in pairs:
        member = members[row]
        slow = slow_log10_lr(member, made.remains[sample], layout, kept)
        fast = listed.get((made.remains[sample].name, member.family.name, member.missing))
        n_above += slow >= chosen.min_log10_lr
        missed += slow >= chosen.min_log10_lr + 1e-9 and fast is None
        worst = max(worst, abs(slow - fast)) if fast is not None else worst
    seconds = time.perf_counter() - start
    n_pairs = len(made.remains) * len(members)
    print(
        f"{n_pairs:,} pairs screened, {len(pairs):,} computed again in {seconds:.1f} s; {n_above:,} reach the threshold"
    )
    print(f"missing from the shortlist: {missed}; largest difference in log10 LR: {worst:.2e}")
    return 1 if missed or worst > 1e-9 else 0


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
