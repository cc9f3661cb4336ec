"""Speed of a search: `python -m benchmarks search --size full`, or `python -m benchmarks.search full`."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.profiles import write_profiles
from homeward.genetics.simulation import SimulatedSearch, SimulationOptions, simulate_search
from homeward.likelihood.tables import TableLayout
from homeward.search.markers import SearchMarkers, search_markers
from homeward.search.members import missing_members
from homeward.search.requests import SearchOptions, read_input, search_all
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import SearchJob, run_search
from homeward.search.samples import encode_samples
from homeward.search.screening import readings_of, screened
from homeward.search.settings import KinshipSettings
from homeward.search.tables import genotype_rows

__all__ = ["run"]

SIZES = {"small": (500, 2_000), "full": (12_000, 70_000)}
Row = dict[str, object]


def run(size: str) -> list[Row]:
    """Returns the rows of the table: name, seconds, ratio, against, note."""
    n_remains, n_families = SIZES[size]
    table = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
    markers = search_markers(table)
    made = simulate_search(
        markers.panel.markers, SimulationOptions(n_families, n_remains), generator=np.random.default_rng(1)
    )
    return [*_tables_ready(markers, made), *_incremental(markers, made), _from_raw_profiles(made)]


def _row(name: str, seconds: float, note: str, *, ratio: float | None = None, against: str | None = None) -> Row:
    return {"name": name, "seconds": seconds, "ratio": ratio, "against": against, "note": note}


def _seconds(work: Callable[[], object], *, repeats: int = 3) -> float:
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _tables_ready(markers: SearchMarkers, made: SimulatedSearch) -> list[Row]:
    """All pairs with tables in memory, on all processors, beside vectorised NumPy on a part of the same pairs."""
    layout = TableLayout(markers.panel)
    members = missing_members(made.families)
    samples = encode_samples(made.remains, layout)
    readings = readings_of(samples)
    rows = np.concatenate(
        [
            samples.shown.log10_rows(genotype_rows(members[i : i + 512], layout, basis=""))
            for i in range(0, min(len(members), 4096), 512)
        ]
    )
    n_blocks = max(1, len(members) // len(rows))
    screened(rows[:64], readings, min_log10_lr=4)
    parts = [rows[i : i + 512] for i in range(0, len(rows), 512)] * n_blocks

    def ours() -> None:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda part: screened(part, readings, min_log10_lr=4), parts))

    n_pairs = len(samples) * sum(len(part) for part in parts)
    seconds = _seconds(ours)
    numpy_pairs, numpy_seconds = _numpy(rows[:64], samples.columns)
    ratio = (n_pairs / seconds) / (numpy_pairs / numpy_seconds)
    note = f"{n_pairs:,} exact LRs, {n_pairs / seconds / 1e6:,.0f} million a second"
    against = f"NumPy, {numpy_pairs / numpy_seconds / 1e6:,.1f} million a second"
    return [_row("all pairs, tables ready", seconds, note, ratio=ratio, against=against)]


def _numpy(rows: np.ndarray, columns: np.ndarray) -> tuple[int, float]:
    """One fancy look-up for each marker over all samples, summed family by family."""
    padded = np.hstack([rows, np.zeros((len(rows), 1), dtype=np.float32)])
    places = np.ascontiguousarray(columns.T)

    def work() -> None:
        for row in padded:
            total = row[places[0]]
            for marker in places[1:]:
                total = total + row[marker]
            np.flatnonzero(total >= 4)

    return len(rows) * columns.shape[0], _seconds(work)


def _incremental(markers: SearchMarkers, made: SimulatedSearch) -> list[Row]:
    layout = TableLayout(markers.panel)
    members = missing_members(made.families)
    job = SearchJob(markers, layout, encode_samples(made.remains, layout))
    runner = LocalRunner(1)
    run_search(job, members[:2], runner)
    one = _seconds(lambda: run_search(job, members[2:3], runner))
    few = made.remains[: max(1, len(made.remains) // 12)]
    with tempfile.TemporaryDirectory() as folder:
        run_search(SearchJob(markers, layout, job.samples, 4.0, Path(folder)), members, LocalRunner())

        def new_remains() -> None:
            fresh = SearchJob(markers, layout, encode_samples(few, layout), 4.0, Path(folder))
            run_search(fresh, members, LocalRunner())

        many = _seconds(new_remains, repeats=2)
    return [
        _row("one new family against all remains", one, f"{len(made.remains):,} remains, table computed"),
        _row("new remains against all families", many, f"{len(few):,} x {len(members):,}, tables from disk"),
    ]


def _from_raw_profiles(made: SimulatedSearch) -> Row:
    """From two files to the shortlist, in a process of its own: reading, tables, screening, exact figures."""
    n_pairs = len(made.remains) * sum(len(family.missing) for family in made.families)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "remains.tsv").write_text(write_profiles(made.remains), encoding="utf-8")
        with Path(folder, "families.jsonl").open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(family.as_object()) + "\n" for family in made.families)
        command = [sys.executable, "-m", "benchmarks.search", "--raw", folder]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    note = f"{n_pairs:,} pairs, {told['listed']:,} listed; peak memory {told['peak_mib']:,.0f} MiB"
    return _row("all pairs from raw profiles", told["seconds"], note)


def _search_files(folder: Path) -> dict[str, float]:
    table = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
    start = time.perf_counter()
    given = read_input(folder / "remains.tsv", folder / "families.jsonl", table)
    result = search_all(given, SearchOptions(KinshipSettings(theta=0.0), is_varied=False), LocalRunner())
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "listed": result.shortlist.num_rows, "peak_mib": peak}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--raw"]:
        print(json.dumps(_search_files(Path(sys.argv[2]))))
    else:
        for row in run(sys.argv[1] if len(sys.argv) > 1 else "small"):
            print(row)
