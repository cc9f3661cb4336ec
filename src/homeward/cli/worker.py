"""`homeward worker`: the background worker."""

import os
from typing import Annotated

import typer

from homeward.cli import database

__all__ = ["worker"]


def worker(
    until_empty: Annotated[bool, typer.Option("--until-empty", help="end when no work is left")] = False,  # noqa: FBT002
    parent: Annotated[int, typer.Option(help="end when the process of this number has ended")] = 0,
) -> None:
    """Carries out background work (reading articles, setting PDFs, verifying) until it is stopped with Ctrl+C."""
    database.prepare()
    from homeward.jobs.worker import run

    run(until_empty=until_empty, is_wanted=lambda: not parent or os.getppid() == parent)
