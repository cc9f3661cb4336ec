"""The options that kinship commands share, and the settings that they and a settings file give together."""

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from homeward.search.settings import KinshipSettings

__all__ = [
    "AsJson",
    "Frequencies",
    "LineageTheta",
    "MinLog10LR",
    "MinimumFrequency",
    "Population",
    "SettingsFile",
    "Share",
    "Theta",
    "Threads",
    "named_file",
    "settled",
    "threads_of",
]


def _finite(value: float | None) -> float | None:
    """Returns the number; "nan" and "inf" are numbers to Python and pass every range."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(f"{value} is not a finite number")
    return value


AsJson = Annotated[bool, typer.Option("--json", help="print the answer as one JSON object")]
Frequencies = Annotated[str | None, typer.Option(help="a CSV, or fbi2015, nist1036, ukdna17, strider2015")]
Population = Annotated[str | None, typer.Option(help="which population, where the file has several")]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="a TOML file of settings; options go before it (docs/reference)")
]
MinLog10LR = Annotated[
    float | None,
    typer.Option(callback=_finite, help="the smallest log10 likelihood ratio that is listed; 4 if not set"),
]
MinimumFrequency = Annotated[
    float | None, typer.Option(callback=_finite, min=0, max=0.5, help="no allele is rarer than this, nor than 5/(2N)")
]
Theta = Annotated[
    float | None, typer.Option(callback=_finite, min=0, help="co-ancestry of the population; 0.01 if not set")
]
LineageTheta = Annotated[
    float, typer.Option("--theta", callback=_finite, min=0, max=0.5, help="co-ancestry added to a match probability")
]
Share = Annotated[
    float | None,
    typer.Option(
        callback=_finite, help="the share of the remains whose person is expected on the list; 0.5 if not set"
    ),
]
Threads = Annotated[
    int, typer.Option(min=0, max=4096, help="how many threads (or Ray workers) here; 0 for all processors")
]


def settled(
    file: Path | None,
    *,
    frequencies: str | None = None,
    population: str | None = None,
    minimum_frequency: float | None = None,
    theta: float | None = None,
    share: float | None = None,
    min_log10_lr: float | None = None,
) -> "KinshipSettings":
    """Returns the settings of the file with what the command line says in their place."""
    from homeward.search.settings import read_settings

    return read_settings(file).with_options(
        frequencies=frequencies,
        population=population,
        minimum_frequency=minimum_frequency,
        theta=theta,
        share=share,
        min_log10_lr=min_log10_lr,
    )


def named_file(settings: "KinshipSettings") -> Path | None:
    """Returns the file of frequencies that the settings name, which no command may overwrite."""
    of = settings.frequencies.of
    return Path(of.table) if of is not None and Path(of.table).is_file() else None


def threads_of(threads: int) -> int:
    """Returns the number of threads; 0 means one for each processor."""
    return threads or os.cpu_count() or 1
