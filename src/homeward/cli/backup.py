"""`homeward backup` and `homeward restore`: everything but the keys in one file, and back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from homeward.cli import database
from homeward.cli.printing import say
from homeward.output import refuse_overwriting

__all__ = ["backup", "restore"]


def backup(
    file: Annotated[Path, typer.Argument(help="where to write it; replaced when it is complete")],
    keys: Annotated[Path | None, typer.Option(help="where to write the keys, apart; must not exist")] = None,
) -> None:
    """Copies everything but the keys into one file, as it stood at one moment, while people work."""
    database.prepare()
    from homeward.installation.backup import take_backup
    from homeward.installation.keys import write_keys

    if keys is not None:
        refuse_overwriting(file, keys)
        write_keys(keys)
    taken = take_backup(file)
    manifest = taken.manifest
    n_files = len(manifest.parts) - 1
    say(f"{file}: {manifest.events} events, {n_files} files; {manifest.size:,} bytes before they were compressed.")
    say(f"Readable by its owner alone, and not encrypted: keep it as safe as the database. Manifest {manifest.sha256}.")
    if manifest.locked:
        say(f"Locked with the secret key: {_counted(manifest.locked)}.")
    say(f"The keys are in {keys}: keep them apart." if keys else "The keys are not in it (--keys FILE writes them).")
    if not taken.journalled:
        say("The database could only be read, so this backup stands in no journal.", err=True)


def restore(
    file: Annotated[Path, typer.Argument(help="a backup")],
    replace: Annotated[bool, typer.Option("--replace", help="put it in the place of what stands here")] = False,  # noqa: FBT002
    keys: Annotated[Path | None, typer.Option(help="the keys that were written with it")] = None,
) -> None:
    """Puts a backup in place, after proving every part and the journal in it; all of it or nothing."""
    database.set_up(make=False)
    from homeward.installation.restoring import restore_backup

    done = restore_backup(file, replace=replace, keys=keys)
    made = done.manifest
    say(f"Restored: the {made.kind} installation of {made.made}, {done.events} events; the journal holds.")
    for path in done.kept:
        say(f"What stood here before is kept: {path}")
    if done.locked:
        needed = "the key that it was made with opens them (--keys FILE); without it they are set up anew"
        say(f"Locked: {_counted(done.locked)}; {needed}.")


def _counted(locked: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {what}" for what, n in locked.items())
