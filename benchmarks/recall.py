"""True families listed and false pairs by threshold, level and simulator: `python -m benchmarks recall`.

Two simulators: peak heights (verification/electropherograms.py), which shares nothing with the engine's model, and the
engine's own, whose drop-out classes are taken out of the table. Each is read in three ways: as read, every single
allele as of class medium, and with drop-out derived from the profile; the engine's own also as its classes say.
`python -m benchmarks.recall` prints the whole curve.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from verification.electropherograms import made_search

from homeward.genetics.families import Family
from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.profiles import DropOutClass, Sample
from homeward.genetics.simulation import SimulationOptions, simulate_search
from homeward.likelihood.tables import TableLayout
from homeward.search.markers import search_markers, unseen_alleles
from homeward.search.members import missing_members
from homeward.search.posteriors import Prior, weighed
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import SearchJob, run_search
from homeward.search.samples import encode_samples

__all__ = ["THRESHOLDS", "Curve", "curves", "run"]

SIZES = {"small": (600, 150), "full": (3_000, 800)}
THRESHOLDS = (3.0, 4.0, 5.0, 6.0, 8.0)
AT = THRESHOLDS.index(4.0)
TABLE = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
Row = dict[str, object]


@dataclass(frozen=True)
class Curve:
    """What one search lists at each threshold: the share of the true families, and how many of other families."""

    simulator: str
    level: str
    reading: str
    recall: tuple[float, ...]
    false_pairs: tuple[int, ...]
    seconds: float


@dataclass(frozen=True)
class _Level:
    """Remains of one level, with the family and member that each of them is."""

    simulator: str
    name: str
    remains: Sequence[Sample]
    truth: Sequence[tuple[str, str] | None]
    families: Sequence[Family]


def run(size: str) -> list[Row]:
    """Returns the rows of the table at threshold 4: name, seconds, ratio (the recall), against, note."""
    return [
        {
            "name": f"recall: {each.simulator}, {each.level}, {each.reading}",
            "seconds": each.seconds,
            "ratio": each.recall[AT],
            "against": "all true families, at log10 LR 4;",
            "note": f"{each.false_pairs[AT]} false pairs",
        }
        for each in curves(size)
    ]


def curves(size: str) -> list[Curve]:
    """Returns all curves: simulators, levels and ways to read."""
    n_families, n_remains = SIZES[size]
    found = []
    for level in [*_by_heights(n_families, n_remains), *_by_classes(n_families, n_remains)]:
        ways = {"as read": _as(level.remains, DropOutClass.NONE), "all medium": _as(level.remains, DropOutClass.MEDIUM)}
        if any(sample.drop_out for sample in level.remains):
            ways["as its classes say"] = list(level.remains)
        ways["derived"] = [replace(sample, drop_out={}, heights={}) for sample in level.remains]
        if any(sample.heights for sample in level.remains):
            ways["derived, heights"] = list(level.remains)
        found += [_curve(level, name, remains) for name, remains in ways.items()]
    return found


def _by_heights(n_families: int, n_remains: int) -> list[_Level]:
    frequencies = {name: locus.frequencies for name, locus in TABLE.loci.items()}
    made = made_search(frequencies, n_families=n_families, n_remains=n_remains, generator=np.random.default_rng(1))
    truth = [(family, "MP") if family else None for family in made.truth]
    return [_Level("heights", level.value, bones, truth, made.families) for level, bones in made.remains.items()]


def _by_classes(n_families: int, n_remains: int) -> list[_Level]:
    markers = search_markers(TABLE).panel.markers
    found = []
    for each in DropOutClass:
        options = SimulationOptions(n_families, n_remains, class_shares={each: 1.0})
        made = simulate_search(markers, options, generator=np.random.default_rng(2))
        found.append(_Level("classes", each.value, made.remains, made.truth, made.families))
    return found


def _as(remains: Sequence[Sample], stated: DropOutClass) -> list[Sample]:
    return [replace(sample, drop_out=dict.fromkeys(sample.profile, stated)) for sample in remains]


def _curve(level: _Level, reading: str, remains: Sequence[Sample]) -> Curve:
    start = time.perf_counter()
    profiles = [sample.profile for sample in remains]
    profiles += [profile for family in level.families for profile in family.genotypes.values()]
    markers = search_markers(TABLE, unseen=unseen_alleles(TABLE, profiles))
    layout = TableLayout(markers.panel)
    members = missing_members(level.families)
    job = SearchJob(markers, layout, encode_samples(remains, layout), min_log10_lr=min(THRESHOLDS))
    found = weighed(
        run_search(job, members, LocalRunner()), job.samples.names, Prior(len(members)), min_log10_lr=min(THRESHOLDS)
    ).pairs
    truth = dict(zip((sample.name for sample in remains), level.truth, strict=True))
    names = list(zip(*(found[name].to_pylist() for name in ("remains", "family", "missing")), strict=True))
    is_true = np.array([truth[body] == (family, person) for body, family, person in names], dtype=np.bool_)
    # A brother who is missing too is of the right family; which of the two it is, is another question.
    is_false = np.array([(truth[body] or ("",))[0] != family for body, family, _ in names], dtype=np.bool_)
    ratios = found["log10_lr"].to_numpy()
    n_true = sum(each is not None for each in level.truth)
    return Curve(
        level.simulator,
        level.name,
        reading,
        tuple(float((ratios[is_true] >= least).sum() / n_true) for least in THRESHOLDS),
        tuple(int((ratios[is_false] >= least).sum()) for least in THRESHOLDS),
        time.perf_counter() - start,
    )


def _printed(found: Sequence[Curve]) -> str:
    heading = "".join(f"{least:>14g}" for least in THRESHOLDS)
    lines = [f"{'simulator, level, reading: recall / false pairs at':<52}{heading}"]
    for each in found:
        figures = zip(each.recall, each.false_pairs, strict=True)
        cells = "".join(f"{f'{recall:.3f} / {false}':>14}" for recall, false in figures)
        lines.append(f"{f'{each.simulator}, {each.level}, {each.reading}':<52}{cells}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(_printed(curves(sys.argv[1] if len(sys.argv) > 1 else "small")))
