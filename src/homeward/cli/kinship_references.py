"""`homeward kinship check-references`: which families' references contradict their pedigree, before any search."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.kinship import commands
from homeward.cli.kinship_options import (
    AsJson,
    Frequencies,
    MinimumFrequency,
    Population,
    SettingsFile,
    Threads,
    settled,
    threads_of,
)
from homeward.cli.printing import say, say_json
from homeward.cli.progress import counting

if TYPE_CHECKING:
    from homeward.search.references import ReferenceReport

__all__ = ["check_references", "commands"]


@commands.command()
def check_references(
    families: Annotated[Path, typer.Option(help="families of the missing, one JSON object a line")],
    frequencies: Frequencies = None,
    population: Population = None,
    settings_file: SettingsFile = None,
    minimum_frequency: MinimumFrequency = None,
    threads: Threads = 0,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Says which relatives do not fit their pedigree, who is most probably wrong, and which samples are one."""
    from homeward.search.accounts import not_searchable_lines
    from homeward.search.markers import search_markers, unseen_alleles
    from homeward.search.references import FAMILIES_AT_ONCE, check_all_references
    from homeward.search.requests import read_all_families

    settings = settled(
        settings_file, frequencies=frequencies, population=population, minimum_frequency=minimum_frequency
    )
    table = settings.table()
    with counting("families read") as step:
        found, aside, account = read_all_families(families, table, on_family=step)
    for line in not_searchable_lines(aside, account.set_aside):
        say(f"homeward: {line}", err=True)
    profiles = [profile for family in found for profile in family.genotypes.values()]
    markers = search_markers(
        table,
        unseen=unseen_alleles(table, profiles),
        frequency_floor=settings.frequencies.minimum,
        rates=settings.mutation,
    )
    with counting("blocks of families checked", total=-(-len(found) // FAMILIES_AT_ONCE)) as step:
        report = check_all_references(found, markers.panel, threads=threads_of(threads), on_families=lambda _: step())
    if as_json:
        not_searchable = {"not_searchable": [each.as_json() for each in aside]}
        say_json(report.as_json(every_family=True) | not_searchable | {"readings": account.as_json()})
    else:
        say("\n".join(_told(report, len(aside))))


def _told(report: "ReferenceReport", n_aside: int) -> list[str]:
    """The counts, then a line for each family, sex and pair of samples that needs somebody to look."""
    counts = report.counts
    verdicts = (
        f"agree {counts['agree']:,}, contradict {counts['contradict']:,}, cannot be tested {counts['untested']:,}"
    )
    return [
        f"Families checked: {len(report.checks):,}, not searchable: {n_aside:,}. References: {verdicts}.",
        *report.lines(),
        UNSEEN,
    ]


UNSEEN = (
    "Where all samples of one family are exchanged with all of another, both fit inwardly: only sex markers, ages or "
    "another sample show it."
)
