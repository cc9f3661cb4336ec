"""`homeward laboratory`: the consensus of replicates. It needs no database and no Django."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.printing import say, say_json

if TYPE_CHECKING:
    from homeward.laboratory.consensus import MarkerConsensus, SampleConsensus

__all__ = ["commands"]

commands = typer.Typer(help="The laboratory: what replicates of a sample say together.", no_args_is_help=True)


@commands.callback()
def laboratory() -> None:
    """The laboratory: what replicates of a sample say together."""


@commands.command()
def consensus(
    file: Annotated[Path, typer.Argument(help="a table of replicates (docs/reference/replicates.md)")],
    as_json: Annotated[bool, typer.Option("--json", help="print the answer as one JSON object")] = False,  # noqa: FBT002
) -> None:
    """Prints the alleles that the replicates of each sample agree on, marker by marker, and the drop-out class."""
    from homeward.imports.tables import read_file
    from homeward.laboratory.consensus import consensus_of_samples
    from homeward.laboratory.replicates import read_replicates

    table = read_replicates(read_file(file, needed="a table of replicates"), name=file.name)
    samples = consensus_of_samples(table.samples)
    rows = table.as_json()
    if as_json:
        told = {"samples": {sample.name: sample.as_json() for sample in samples}, "rows": rows}
        say_json(told)
        return
    say("\n".join(line for sample in samples for line in _told(sample)))
    used = f"{rows['with_alleles']} with alleles, {table.off_ladder} with one off the ladder"
    say(f"{table.rows} rows: {used}, {table.empty} that read nothing, {len(table.repeated)} repeated")
    for repeated in table.repeated:
        say(f"Note: {repeated}; used once")


def _told(sample: "SampleConsensus") -> list[str]:
    """A sample as lines of text: a line a marker, and whether it may be searched."""
    lines = [sample.name, *(f"  {name:<12}{_marker(marker)}" for name, marker in sample.markers.items())]
    if sample.is_mixture:
        lines.append(f"  Mixture ({', '.join(sample.mixed)}): not searched")
    return lines


def _marker(marker: "MarkerConsensus") -> str:
    alleles = ", ".join(marker.alleles) or "none"
    n = f"{marker.replicates} replicate{'s' if marker.replicates > 1 else ''}"
    parts = [f"{marker.state.value.replace('_', ' ')}: {alleles} ({n})"]
    if marker.off_ladder and marker.seen:
        parts.append(f"seen: {', '.join(f'{allele} in {times}' for allele, times in marker.seen.items())}")
    elif marker.seen_once and marker.replicates > 1:
        parts.append(f"seen once: {', '.join(marker.seen_once)}")
    if marker.drop_out:
        parts.append(f"drop-out {marker.drop_out.value}")
    if marker.reason:
        parts.append(marker.reason)
    return "; ".join(parts)
