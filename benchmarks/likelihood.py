"""Likelihoods and family tables: one trio, the first call of a new process, tables of mixed families."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from homeward.genetics.markers import Marker
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables

N_MARKERS = 23
FAMILIES = {"small": 20, "medium": 200, "full": 2000}
TRIO = (Member("F"), Member("M"), Member("C", "F", "M"))
GRAND = (
    Member("GF"),
    Member("GM"),
    Member("F", "GF", "GM"),
    Member("U", "GF", "GM"),
    Member("M"),
    Member("X", "F", "M"),
)
NUCLEAR = (Member("F"), Member("M"), Member("X", "F", "M"), Member("A", "F", "M"), Member("B", "F", "M"))
SPOUSE = (Member("X"), Member("S"), Member("A", "X", "S"), Member("B", "X", "S"))
MIXED: dict[str, tuple[tuple[Member, ...], tuple[str, ...]]] = {
    "parents": (NUCLEAR, ("F", "M")),
    "one sibling": (NUCLEAR, ("A",)),
    "two siblings": (NUCLEAR, ("A", "B")),
    "mother and siblings": (NUCLEAR, ("M", "A", "B")),
    "spouse and children": (SPOUSE, ("S", "A", "B")),
    "uncle and mother": (GRAND, ("U", "M")),
}


def run(size: str) -> list[dict[str, Any]]:
    """Rows of name, seconds, ratio, against, note."""
    panel = _panel()
    rng = np.random.default_rng(7)
    rows = [_trio(panel, rng), _first_call()]
    layout = TableLayout(panel)
    count = FAMILIES[size]
    baseline = 0.0
    for name, (members, typed) in MIXED.items():
        pedigree = Pedigree.of(members)
        requests = [
            TableRequest(pedigree, "X", {member: _profile(panel, rng) for member in typed}) for _ in range(count)
        ]
        family_tables(requests[:1], layout)
        seconds = _best(lambda requests=requests: family_tables(requests, layout), 2)
        baseline = baseline or seconds
        note = f"{seconds / count / N_MARKERS * 1e6:.1f} microseconds a family and marker, one thread"
        rows.append(_row(f"tables of {count} families: {name}", seconds, seconds / baseline, "parents", note))
    return rows


def _trio(panel: Panel, rng: np.random.Generator) -> dict[str, Any]:
    profiles = {member.id: _profile(panel, rng) for member in TRIO}
    related = Pedigree.of(TRIO)
    apart = Pedigree.of([Member("F"), Member("G"), Member("M"), Member("C", "G", "M")])

    def ratio() -> float:
        readings = Readings.of(profiles, panel)
        first, second = (log10_likelihood(each, readings, panel) for each in (related, apart))
        return float((first - second).sum())

    ratio()
    return _row("one trio LR, 23 markers", _best(ratio, 50), None, None, "stepwise mutation, 20 alleles")


def _first_call() -> dict[str, Any]:
    code = "import benchmarks.likelihood as b, numpy as n; b._trio(b._panel(), n.random.default_rng(1))"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return _row(
        "first LR in a new process",
        time.perf_counter() - started,
        None,
        None,
        "with imports and 51 LRs; compiled before",
    )


def _panel() -> Panel:
    male = MutationModel(MutationKind.STEPWISE, 0.002, 1e-6, 0.1)
    female = MutationModel(MutationKind.STEPWISE, 0.001, 1e-6, 0.1)
    names = [*(str(n) for n in range(8, 24)), "10.3", "14.2", "15.2", "17.3"]
    weights = np.random.default_rng(3).dirichlet(np.full(len(names), 1.0))
    frequencies = dict(zip(names, (weights + 0.001) / (weights + 0.001).sum(), strict=True))
    return Panel(
        tuple(
            Marker.from_frequencies(f"M{n}", frequencies, male_mutation=male, female_mutation=female)
            for n in range(N_MARKERS)
        )
    )


def _profile(panel: Panel, rng: np.random.Generator) -> dict[str, tuple[str, ...]]:
    return {
        m.name: tuple(str(a) for a in rng.choice(m.alleles, 2, p=m.frequencies / m.frequencies.sum()))
        for m in panel.markers
    }


def _best(function: Callable[[], object], repeats: int) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        function()
        times.append(time.perf_counter() - started)
    return min(times)


def _row(name: str, seconds: float, ratio: float | None, against: str | None, note: str) -> dict[str, Any]:
    return {"name": name, "seconds": seconds, "ratio": ratio, "against": against, "note": note}


if __name__ == "__main__":
    for row in run(sys.argv[1] if len(sys.argv) > 1 else "small"):
        print(f"{row['name']:45s} {row['seconds']:.5f} s  {row['note']}")
