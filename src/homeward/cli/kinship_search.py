"""`homeward kinship search`, `convert` and `simulate`: all remains against all families, and what goes in.

The numerical packages are imported when a command runs, so that the rest of the command line starts quickly.
"""

import json
import shutil
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.kinship import commands
from homeward.cli.kinship_options import (
    Frequencies,
    MinimumFrequency,
    MinLog10LR,
    Population,
    SettingsFile,
    Share,
    Theta,
    Threads,
    named_file,
    settled,
    threads_of,
)
from homeward.cli.printing import say
from homeward.cli.progress import counting
from homeward.errors import InputError
from homeward.output import csv_text, refuse_overwriting, write_whole

if TYPE_CHECKING:
    from homeward.genetics.simulation import SimulatedSearch
    from homeward.search.runs import Runner

__all__ = ["commands", "convert", "search", "simulate"]


class Engine(Enum):
    """Where a search runs."""

    LOCAL = "local"
    RAY = "ray"


class Contradicting(Enum):
    """What a search does with families whose references contradict their pedigree."""

    MARK = "mark"
    SET_ASIDE = "set-aside"
    SKIP = "skip"


ReferencesOption = Annotated[
    Contradicting, typer.Option(help="families whose references contradict: mark them, set them aside, or do not check")
]
Tables = Annotated[Path | None, typer.Option(help="a folder that keeps family tables from one search to the next")]
Varied = Annotated[
    bool, typer.Option("--sensitivity/--no-sensitivity", help="compute each listed pair under what the settings vary")
]


@commands.command()
def search(
    remains: Annotated[Path, typer.Option(help="profiles of the remains, a GeneMapper-style table")],
    families: Annotated[Path, typer.Option(help="families of the missing, one JSON object a line")],
    out: Annotated[Path, typer.Option(help="the shortlist, .csv or .parquet")],
    frequencies: Frequencies = None,
    population: Population = None,
    settings_file: SettingsFile = None,
    min_log10_lr: MinLog10LR = None,
    minimum_frequency: MinimumFrequency = None,
    share: Share = None,
    theta: Theta = None,
    is_varied: Varied = True,  # noqa: FBT002
    engine: Annotated[Engine, typer.Option(help="this machine, or a Ray cluster")] = Engine.LOCAL,
    ray_address: Annotated[str | None, typer.Option(help="the cluster; one is started here if left out")] = None,
    threads: Threads = 0,
    tables: Tables = None,
    references: ReferencesOption = Contradicting.MARK,
) -> None:
    """Compares all remains with all families and writes the shortlist; a search that was stopped goes on."""
    from homeward.search.accounts import set_aside_lines
    from homeward.search.references import FAMILIES_AT_ONCE, ReferenceHandling
    from homeward.search.requests import SearchOptions, read_input, search_all
    from homeward.search.runs import BLOCK_SIZE
    from homeward.search.sensitivity import n_variants
    from homeward.search.shortlist import check_writable, summary_path, write_shortlist

    settings = settled(
        settings_file,
        frequencies=frequencies,
        population=population,
        minimum_frequency=minimum_frequency,
        theta=theta,
        share=share,
        min_log10_lr=min_log10_lr,
    )
    check_writable(out)
    inputs = (remains, families, named_file(settings), settings_file, tables)
    refuse_overwriting(out, *inputs)
    refuse_overwriting(summary_path(out), *inputs)
    table = settings.table()
    with counting("families read") as step:
        given = read_input(remains, families, table, on_family=step)
    for line in set_aside_lines(given):
        say(f"homeward: {line}", err=True)
    handling = ReferenceHandling(references.value)
    options = SearchOptions(settings, handling, tables, is_varied, threads_of(threads))
    kept_in = out.with_name(f".{out.name}.blocks")
    n_missing = sum(len(family.missing) for family in given.families)
    steps = -(-n_missing // BLOCK_SIZE) + (n_variants(settings) if is_varied else 0)
    steps += -(-len(given.families) // FAMILIES_AT_ONCE)
    with counting("families checked, blocks compared, settings varied", total=steps) as step:
        result = search_all(
            given,
            options,
            _runner(engine, ray_address, threads),
            kept_in=kept_in,
            on_block=lambda _: step(),
            on_families=lambda _: step(),
            on_variant=step,
        )
    summary = write_shortlist(result.shortlist, out, summary=result.summary)
    shutil.rmtree(kept_in, ignore_errors=True)
    say(_told(result.summary, out, summary, settings.min_log10_lr))


def _runner(engine: Engine, address: str | None, threads: int) -> "Runner":
    if engine is Engine.RAY:
        from homeward.search.runners.ray import RayRunner

        return RayRunner(address, threads or None)
    from homeward.search.runners.local import LocalRunner

    return LocalRunner(threads)


def _told(summary: dict[str, object], out: Path, beside: Path, threshold: float) -> str:
    from homeward.search.accounts import search_account

    chance = summary["expected_chance_matches"]
    prior = summary["prior"]
    expected = chance["estimate"] if isinstance(chance, dict) else 0.0
    stated = f"{prior['share']:g} of the remains are of the {prior['list']:,} listed" if isinstance(prior, dict) else ""
    lines = [
        f"{summary['n_candidates']:,} of {summary['n_pairs']:,} pairs have a log10 LR of {threshold:g} or more.",
        f"Compared: {summary['n_remains']:,} remains with {summary['n_missing']:,} missing people.",
        f"Expected by chance among unrelated people: {expected:.2g}. Posteriors assume that {stated}.",
    ]
    if summary["markers_without_frequencies"]:
        lines.append(f"Not compared, for lack of frequencies: {summary['markers_without_frequencies']}.")
    lines += search_account(summary)
    return "\n".join([*lines, f"Shortlist: {out}", f"Parameters, frequencies and sources: {beside}"])


@commands.command()
def convert(
    file: Annotated[Path, typer.Argument(help="a Familias file (.fam)")],
    out: Annotated[Path | None, typer.Option(help="the case as JSON; standard output if left out")] = None,
    on_x: Annotated[bool, typer.Option("--x", help="all markers of the file are on X")] = False,  # noqa: FBT002
    allow_lost_families: Annotated[  # noqa: FBT002
        bool, typer.Option("--allow-lost-families", help="leave out a family in which nobody is missing")
    ] = False,
) -> None:
    """Turns a Familias file into a case, or a joint case where it has victims and reference families."""
    from homeward.genetics.familias import read_fam
    from homeward.genetics.familias_cases import fam_as_case

    if out is not None:
        refuse_overwriting(out, file)
    case = fam_as_case(read_fam(file), place=file.name, all_on_x=on_x, may_lose=allow_lost_families)
    text = json.dumps(case, indent=2, ensure_ascii=False) + "\n"
    if out is None:
        say(text, end="")
    else:
        write_whole(out, lambda waiting: waiting.write_text(text, encoding="utf-8"))
    notes = case.get("notes", [])
    for note in notes if isinstance(notes, list) else []:
        say(f"Note: {note}", err=True)


@commands.command()
def simulate(
    families: Annotated[int, typer.Option(min=0, help="how many families")],
    remains: Annotated[int, typer.Option(min=0, help="how many remains")],
    seed: Annotated[int, typer.Option(min=0, help="the same seed gives the same files")],
    out: Annotated[Path, typer.Option(help="a folder, made if it is not there")],
    frequencies: Frequencies = None,
    population: Population = None,
    settings_file: SettingsFile = None,
    matched: Annotated[float, typer.Option(min=0, max=1, help="the share of remains that some family misses")] = 0.7,
    minimum_frequency: MinimumFrequency = None,
) -> None:
    """Makes up families and remains, with mutation and drop-out, and keeps the truth beside them."""
    import numpy as np

    from homeward.genetics.profiles import write_profiles
    from homeward.genetics.simulation import SimulationOptions, simulate_search
    from homeward.likelihood.dropout import DEFAULT_DROP_OUT
    from homeward.provenance import Provenance
    from homeward.search.markers import search_markers

    settings = settled(
        settings_file, frequencies=frequencies, population=population, minimum_frequency=minimum_frequency
    )
    markers = search_markers(settings.table(), frequency_floor=settings.frequencies.minimum, rates=settings.mutation)
    options = SimulationOptions(families, remains, matched, drop_out_probabilities=DEFAULT_DROP_OUT.by_class)
    made = simulate_search(markers.panel.markers, options, generator=np.random.default_rng(seed))
    origin = Provenance(
        "homeward kinship simulate",
        parameters={"families": families, "remains": remains, "seed": seed, "matched": matched},
    )
    texts = {
        "remains.tsv": write_profiles(made.remains),
        "families.jsonl": "".join(json.dumps(f.as_object(), ensure_ascii=False) + "\n" for f in made.families),
        "truth.csv": _truth(made),
        "simulation.json": json.dumps({"provenance": origin.as_json()} | markers.as_object(), indent=2) + "\n",
    }
    for name in texts:
        refuse_overwriting(out / name, named_file(settings), settings_file)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(place=str(out), found="no folder that can be made", needed="a folder") from error
    for name, text in texts.items():
        write_whole(out / name, lambda waiting, text=text: waiting.write_text(text, encoding="utf-8"))  # type: ignore[misc]
    say(f"{families:,} families, {remains:,} remains and the truth: {out}")


def _truth(made: "SimulatedSearch") -> str:
    columns = ("remains", "family", "missing")
    pairs = zip(made.remains, made.truth, strict=True)
    rows = (dict(zip(columns, (sample.name, *(person or ("", ""))), strict=True)) for sample, person in pairs)
    return csv_text(columns, rows)
