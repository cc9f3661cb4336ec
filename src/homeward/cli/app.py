"""The `homeward` command."""

import sys
from typing import Annotated

import typer

from homeward import __version__
from homeward.cli import (
    brief,
    custody,
    demo,
    identification,
    journal,
    kinship_search,
    laboratory,
    migrate,
    people,
    prisoners,
    read,
    record,
    serve,
    worker,
)
from homeward.errors import BrokenActError, BrokenChainError, HomewardError

app = typer.Typer(
    name="homeward",
    help="Keeps the account of exchanges, and brings each body and each prisoner home.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("brief")(brief.brief)
app.command("demo")(demo.demo)
app.command("read")(read.read)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("migrate")(migrate.migrate)
app.add_typer(custody.commands, name="custody")
app.add_typer(identification.commands, name="identification")
app.add_typer(journal.commands, name="journal")
app.add_typer(kinship_search.commands, name="kinship")
app.add_typer(laboratory.commands, name="laboratory")
app.add_typer(people.commands, name="people")
app.add_typer(prisoners.commands, name="prisoners")
app.add_typer(record.commands, name="record")


def _print_version(wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        typer.echo(f"homeward {__version__}")
        raise typer.Exit


@app.callback()
def homeward(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)] = False,  # noqa: FBT002
) -> None:
    """Keeps the account of exchanges, and brings each body and each prisoner home."""


def main() -> None:
    """Runs the command; what Homeward refuses becomes one line on standard error and exit code 2."""
    try:
        app()
    except HomewardError as refusal:
        sys.stderr.write(f"homeward: {refusal}\n")
        sys.exit(1 if isinstance(refusal, BrokenActError | BrokenChainError) else 2)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
