"""`homeward check`: what is wrong with this installation, in words."""

from dataclasses import asdict
from typing import Annotated

import typer

from homeward.cli import database
from homeward.cli.printing import say, say_json

__all__ = ["check"]


def check(
    full: Annotated[bool, typer.Option("--full", help="the whole journal and every page of the database")] = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,  # noqa: FBT002
) -> None:
    """Says what is wrong with this installation, and changes nothing. Exits with 1 where something is."""
    database.set_up(make=False)
    from homeward.installation.checks import State, check_installation

    findings = list(check_installation(full=full))
    if not any(finding.subject == "database" and finding.state is State.WRONG for finding in findings):
        from homeward.jobs.checks import check_background_work

        findings += check_background_work()
    n_wrong = sum(finding.state is State.WRONG for finding in findings)
    if as_json:
        say_json({"wrong": n_wrong, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            say(f"{finding.state.value:5}  {finding.subject}: {finding.told}")
        say("Nothing is wrong." if not n_wrong else f"{n_wrong} {'thing is' if n_wrong == 1 else 'things are'} wrong.")
    if n_wrong:
        raise typer.Exit(1)
