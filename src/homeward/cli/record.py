"""`homeward record`: load record files, list exchanges, and the balance of what was promised and carried out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward.cli.printing import say, say_json
from homeward.errors import InputError
from homeward.output import terminal_text

if TYPE_CHECKING:
    from homeward.account.ledger import Ledger
    from homeward.record.merging import Loaded

__all__ = ["balance", "commands", "exchanges", "gaps", "load"]

GAP_COLUMNS = ("series", "missing", "first_number", "last_number", "after", "before", "people")
STEP_COLUMNS = ("series", "since", "until", "published", "itemised", "unverified", "left_out", "difference")

commands = typer.Typer(
    help="The public record: exchanges, agreements, and who said what about them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@commands.command("load")
def load(
    files: Annotated[
        list[Path] | None, typer.Argument(help="record files (CSV); without one, the shipped record", metavar="FILE...")
    ] = None,
) -> None:
    """Loads record files, all of them or nothing; loading them again changes nothing."""
    from homeward.cli import database

    database.prepare()
    from homeward.journal.actors import SYSTEM
    from homeward.record import actions

    loaded = actions.load(files=files, by=SYSTEM) if files else actions.load_shipped(by=SYSTEM)
    say(_told(loaded))


@commands.command("exchanges")
def exchanges(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,  # noqa: FBT002
    as_csv: Annotated[bool, typer.Option("--csv", help="print CSV, one line a transfer")] = False,  # noqa: FBT002
) -> None:
    """Lists the exchanges of the record, with the verdict on each direction."""
    if as_json and as_csv:
        raise InputError(place="homeward record exchanges", found="--json and --csv", needed="one of the two")
    from homeward.account import export

    ledger = _ledger()
    if as_json:
        say_json(export.exchanges(ledger))
    elif as_csv:
        say(export.transfers_csv(export.transfers(ledger), simulated=ledger.simulated), end="")
    else:
        columns = ("when", "what", "from", "to", "low", "high", "unverified_high", "verdict", "agreement")
        _print_table(columns, export.transfers(ledger))


@commands.command("balance")
def balance(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,  # noqa: FBT002
) -> None:
    """Shows what was promised, in each party's wording, against what was carried out."""
    from homeward.account import export

    ledger = _ledger()
    if as_json:
        say_json(export.balance(ledger))
    else:
        _print_table(export.BALANCE_COLUMNS, export.balance_rows(ledger))


@commands.command("gaps")
def gaps(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,  # noqa: FBT002
) -> None:
    """Shows what numbered exchanges and published totals say is missing from the record."""
    from homeward.account.completeness import completeness_of
    from homeward.account.gaps import find_gaps

    ledger = _ledger()
    found, named = find_gaps(ledger.ordinals, ledger.anchors, ledger.exchanges), completeness_of(ledger)
    if as_json:
        told = {**found.as_json(), "completeness": named.as_json()}
        say_json({"simulated": ledger.simulated, "on": ledger.on.isoformat(), **told})
        return
    for title, columns, rows in (
        ("Exchanges that the record lacks", GAP_COLUMNS, [gap.as_json() for gap in found.ordinals]),
        ("From one published total to the next", STEP_COLUMNS, [step.as_json() for step in found.totals]),
        ("Contradictions", ("series", "told"), [each.as_json() for each in found.disagreements]),
    ):
        say(title)
        _print_table(columns, rows)
    say(f"Totals without an exact, verified figure, not compared: {found.not_compared}.")
    say(
        f"Of {named.n_claims:,} claims {named.without_speaker:,} name no speaker and {named.without_party:,} no party. "
        f"Of {named.n_sources:,} sources {named.without_date:,} have no date of publication, "
        f"{named.with_date_of_event:,} that of the event alone, and {named.without_publisher:,} name no publisher. "
        f"Of {named.n_transfers:,} transfers {named.reported_transfers:,} have figures of neither side."
    )


def _ledger() -> "Ledger":
    from homeward.cli import database

    database.prepare()
    from homeward.record import queries

    return queries.ledger()


def _told(loaded: "Loaded") -> str:
    if loaded.did_nothing:
        return f"Nothing changed: all {loaded.unchanged:,} rows stand in the record already."
    parts = [f"{what} {number:,} {name}" for what in ("added", "changed") for name, number in _counts(loaded, what)]
    return f"Loaded: {', '.join(parts)}; {loaded.unchanged:,} rows stood there already."


def _counts(loaded: "Loaded", what: str) -> list[tuple[str, int]]:
    return list((loaded.added if what == "added" else loaded.changed).items())


def _print_table(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in columns:
        numeric = all(isinstance(row[column], int | None) for row in rows) and bool(rows)
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if row[column] is None else _cell(row[column])) for column in columns))
    Console().print(table)


def _cell(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else terminal_text(str(value))
