"""The `homeward` command."""

import sys
from typing import Annotated

import typer

from homeward import __version__
from homeward.cli import (
    backup,
    brief,
    check,
    custody,
    demo,
    identification,
    journal,
    kinship_lineage,
    kinship_references,
    kinship_samples,
    laboratory,
    migrate,
    names,
    people,
    prisoners,
    read,
    record,
    serve,
    worker,
)
from homeward.cli.failures import finished
from homeward.cli.printing import say

app = typer.Typer(
    name="homeward",
    help="Keeps the account of exchanges, and brings each body and each prisoner home.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("backup")(backup.backup)
app.command("brief")(brief.brief)
app.command("check")(check.check)
app.command("demo")(demo.demo)
app.command("read")(read.read)
app.command("restore")(backup.restore)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("migrate")(migrate.migrate)
app.add_typer(custody.commands, name="custody")
app.add_typer(identification.commands, name="identification")
app.add_typer(journal.commands, name="journal")
app.add_typer(kinship_lineage.commands, name="kinship")
app.add_typer(kinship_references.commands, name="kinship")
app.add_typer(kinship_samples.commands, name="kinship")
app.add_typer(laboratory.commands, name="laboratory")
app.add_typer(names.commands, name="names")
app.add_typer(people.commands, name="people")
app.add_typer(prisoners.commands, name="prisoners")
app.add_typer(record.commands, name="record")


def _print_version(wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        say(f"homeward {__version__}")
        raise typer.Exit


@app.callback()
def homeward(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)] = False,  # noqa: FBT002
) -> None:
    """Keeps the account of exchanges, and brings each body and each prisoner home."""


def main() -> None:
    """Runs the command and ends the program: every error is told in one place (`failures`)."""
    sys.exit(finished(lambda: app(prog_name="homeward", standalone_mode=False)))
