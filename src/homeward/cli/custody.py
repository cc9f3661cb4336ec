"""`homeward custody`: codes, minimum number of individuals, handover acts. These need no database and no Django."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.printing import say, say_json
from homeward.errors import InputError

if TYPE_CHECKING:
    from homeward.custody.individuals import Figure, Minimum

__all__ = ["commands"]

commands = typer.Typer(help="Custody: codes, inventories, handover acts.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="print the answer as one JSON object")]


# A code typed with a hyphen in front is no option.
@commands.command(context_settings={"ignore_unknown_options": True})
def code(codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="codes as they were typed")]) -> None:
    """Checks codes and prints the valid ones as 4-4-2; blanks and hyphens are ignored.

    Exits with 2 when any is invalid, with one line on standard error for each.
    """
    from homeward.custody.codes import read, show

    refused = 0
    for typed in codes:
        try:
            say(show(read(typed, place=f'code "{_one_line(typed)}"')))
        except InputError as problem:
            refused += 1
            say(f"homeward: {problem}", err=True)
    if refused:
        raise typer.Exit(2)


@commands.command()
def individuals(
    file: Annotated[Path, typer.Argument(help="an inventory (docs/reference/inventories.md)")],
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Prints how many people the remains of an inventory are of, at least, and why."""
    from homeward.custody.individuals import minimum_number
    from homeward.custody.inventories import read_inventory
    from homeward.imports.tables import read_file

    raw = read_file(file, needed="an inventory as a table (CSV)")
    minimum = minimum_number(read_inventory(raw, name=file.name))
    if as_json:
        say_json(minimum.as_json())
    else:
        say("\n".join(_told(minimum)))


@commands.command("verify-act")
def verify_act(
    file: Annotated[Path, typer.Argument(help="a handover act: its JSON, or the PDF that holds it")],
    key: Annotated[str | None, typer.Option(metavar="FINGERPRINT", help="that the checkpoint's key must have")] = None,
) -> None:
    """Proves a handover act: counts its figures again, checks its signatures and its chain to a signed checkpoint.

    Exits with 1 and says why when it does not hold. Without --key it prints the fingerprint to compare.
    """
    from homeward.custody.act_files import act_json
    from homeward.custody.act_verification import fingerprint, read_fingerprint
    from homeward.custody.act_verification import verify_act as verify

    # An empty key is refused rather than taken for none: a script whose variable is empty would compare nothing.
    wanted = read_fingerprint(key, place="--key") if key is not None else None
    verified = verify(act_json(file), place=file.name, key_fingerprint=wanted)
    figures = ", ".join(f"{name} {number}" for name, number in verified.figures.as_json().items())
    say(f"{file.name}: the act holds; handover {_one_line(verified.act.handover)}: {figures}")
    for signature in verified.signatures:
        how = (
            "on paper" if signature.scan_sha256 else f"with the key of fingerprint {fingerprint(signature.public_key)}"
        )
        say(f"Signed by the {signature.role.value}, {signature.name}, {signature.signed_at}, {how}")
    say(f"Its SHA-256 is {verified.sha256}")
    if wanted is not None:
        say("The checkpoint was signed with the key of this fingerprint.")
    else:
        say("Compare the fingerprint of the checkpoint's key with the one that the installation gave you:")
        say(verified.fingerprint)


def _told(minimum: "Minimum") -> list[str]:
    """The minimum number as lines of text: the figure, what it rests on, the rows."""
    lines = [f"At least {minimum.number} individual{'s' if minimum.number > 1 else ''}"]
    if minimum.by_stages:
        lines.append(f"  adults, at least {_figure(minimum.adults)}")
        lines.append(f"  subadults, at least {_figure(minimum.subadults)}")
    elif minimum.together.number:
        lines.append(f"  all together, at least {_figure(minimum.together)}")
    else:
        lines.append("  no row tells a zone, but there is somebody")
    counted = minimum.rows - minimum.without_zone
    lines.append(f"{minimum.rows} rows: {counted} counted, {minimum.without_zone} of unknown zone, which say nothing")
    return [*lines, *(f"Note: {note}" for note in minimum.notes)]


def _figure(figure: "Figure") -> str:
    sides = ", ".join(f"{number} {side.value}" for side, number in figure.units.items() if number)
    return f"{figure.number}: {figure.element}, zone {figure.zone}: {sides}"


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text[:80])
