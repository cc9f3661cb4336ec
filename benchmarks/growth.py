"""How time grows with remains, markers read, typed relatives and alleles; `python -m benchmarks.growth` draws the plot.

The plot, growth.svg in the folder of HOMEWARD_DATA_DIR (var if unset), has its numbers in the printed table.
"""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from homeward.genetics.frequencies import FrequencyTable, LocusFrequencies, PublishedTable, published_frequencies
from homeward.genetics.simulation import FAMILY_TEMPLATES, SimulatedSearch, SimulationOptions, simulate_search
from homeward.likelihood.tables import TableLayout, family_tables
from homeward.search.markers import SearchMarkers, search_markers
from homeward.search.members import missing_members
from homeward.search.samples import EncodedSamples, encode_samples
from homeward.search.screening import readings_of, screened_pairs
from homeward.search.tables import genotype_rows

__all__ = ["rows", "run"]

Row = dict[str, object]
N_FAMILIES = 300


def run(size: str) -> list[Row]:
    """Returns the rows of the table: name, seconds, ratio to the first of its kind, against, note."""
    n_remains = 12_000 if size == "full" else 2_000
    markers = search_markers(published_frequencies(PublishedTable.FBI_2015, "Caucasian"))
    options = SimulationOptions(N_FAMILIES, n_remains)
    made = simulate_search(markers.panel.markers, options, generator=np.random.default_rng(1))
    return rows(markers, made)


def rows(markers: SearchMarkers, made: SimulatedSearch) -> list[Row]:
    """Returns the growth of screening and of tables, measured one after the other."""
    layout = TableLayout(markers.panel)
    samples = encode_samples(made.remains, layout)
    tables = samples.shown.log10_rows(genotype_rows(missing_members(made.families)[:512], layout, basis=""))
    measured = [
        *_by_remains(tables, samples),
        *_by_loci(tables, samples),
        *_by_relatives(markers),
        *_by_alleles(),
    ]
    first: dict[str, float] = {}
    found = []
    for kind, amount, seconds in measured:
        base = first.setdefault(kind, seconds)
        found.append(
            {
                "name": f"growth: {amount:,} {kind}",
                "seconds": seconds,
                "ratio": seconds / base,
                "against": "the first of its kind",
                "note": "",
                "kind": kind,
                "amount": amount,
            }
        )
    return found


Measured = list[tuple[str, int, float]]


def _by_remains(tables: np.ndarray, samples: EncodedSamples) -> Measured:
    found = []
    for share in (8, 4, 2, 1):
        part = samples.part(range(len(samples) // share))
        readings = readings_of(part)
        found.append(("remains", len(part), _seconds(lambda r=readings: screened_pairs(tables, r, min_log10_lr=4))))
    return found


def _by_loci(tables: np.ndarray, samples: EncodedSamples) -> Measured:
    found = []
    for n_loci in (4, 8, 12, 16, 20):
        readings = readings_of(replace(samples, columns=samples.columns[:, :n_loci]))
        seconds = _seconds(lambda r=readings: screened_pairs(tables, r, min_log10_lr=4))
        found.append(("markers", n_loci, seconds))
    return found


def _by_relatives(markers: SearchMarkers) -> Measured:
    found = []
    for name in ("mother", "parents", "grandparents-and-mother", "large"):
        template = next(template for template in FAMILY_TEMPLATES if template.name == name)
        found.append(("typed relatives", len(template.typed), _table_seconds(markers, [template])))
    return found


def _by_alleles() -> Measured:
    found = []
    for n_alleles in (5, 10, 20, 40):
        frequencies = {str(allele): 1 / n_alleles for allele in range(5, 5 + n_alleles)}
        table = FrequencyTable("equal", {"L": LocusFrequencies("L", frequencies, 1_000_000)})
        found.append(("alleles", n_alleles, _table_seconds(search_markers(table), list(FAMILY_TEMPLATES))))
    return found


def _table_seconds(markers: SearchMarkers, templates: list) -> float:
    layout = TableLayout(markers.panel)
    options = SimulationOptions(N_FAMILIES, 0)
    made = simulate_search(markers.panel.markers, options, generator=np.random.default_rng(1), templates=templates)
    requests = [member.request for member in missing_members(made.families)]
    return _seconds(lambda: family_tables(requests, layout))


def _seconds(work: Callable[[], object]) -> float:
    work()
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _draw(found: list[Row]) -> Path:
    import altair

    values = [{"kind": row["kind"], "amount": row["amount"], "seconds": row["seconds"]} for row in found]
    line = altair.Chart(altair.Data(values=values)).mark_line(point=True)
    chart = line.encode(x="amount:Q", y="seconds:Q").properties(width=220, height=160)
    faceted = chart.facet("kind:N", columns=2).resolve_scale(x="independent", y="independent")
    folder = Path(os.environ.get("HOMEWARD_DATA_DIR", "var"))
    folder.mkdir(parents=True, exist_ok=True)
    faceted.save(folder / "growth.svg")
    return folder / "growth.svg"


if __name__ == "__main__":
    measured_rows = run("small")
    for each in measured_rows:
        print(f"{each['name']:<40} {each['seconds']:>10.5f} {each['ratio']:>8.2f}")
    print(_draw(measured_rows))
