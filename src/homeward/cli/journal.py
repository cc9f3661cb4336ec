"""`homeward journal`: the chain as a file, its verification, signed checkpoints. `verify` runs without Django."""

import os
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from homeward.cli import database
from homeward.cli.printing import say
from homeward.cli.progress import counting
from homeward.errors import InputError
from homeward.journal import checkpoints, verification
from homeward.journal.reads import verify_reads

__all__ = ["commands"]

commands = typer.Typer(help="The hash-chained journal of every action.", no_args_is_help=True)


@commands.command()
def verify(
    file: Annotated[Path, typer.Argument(help="an exported journal (JSON Lines)")],
    checkpoint: Annotated[Path | None, typer.Option(help="a checkpoint that was handed over")] = None,
    public_key: Annotated[str, typer.Option(help="the signer's public key: 64 digits, or a file with them")] = "",
    reads: Annotated[Path | None, typer.Option(help="the log of reads that was exported with it")] = None,
) -> None:
    """Proves that nothing in an exported journal was changed, left out, moved, put in or cut.

    What was cut off at the end shows only against a checkpoint. Exits 1 and says where when the journal is broken.
    """
    if (checkpoint is None) != (not public_key):
        found = "only one of --checkpoint and --public-key"
        raise InputError(place="homeward journal verify", found=found, needed="both, or neither")
    with counting("Verifying") as step:
        if checkpoint is None:
            chain = verification.verify(file, watch=lambda _event: step())
        else:
            signed = checkpoints.read_checkpoint(checkpoint)
            key = checkpoints.public_key(_text_or_file(public_key), place="--public-key")
            chain = checkpoints.verify_with_checkpoint(file, checkpoint=signed, key=key, watch=lambda _event: step())
        counted = verify_reads(reads, batches=chain.batches, watch=step) if reads else None
    head = chain.head
    say(f"{file}: {head.sequence} events, each follows the one before it; the last has hash {head.hash}")
    if chain.n_erased:
        whose = "its payload" if chain.n_erased == 1 else "their payloads"
        say(f"{chain.n_erased} of them had {whose} erased, as later events say")
    if checkpoint is not None:
        say(f"The checkpoint of {signed.time} at event {signed.sequence} is signed with this key and lies on it.")
    if counted:
        say(f"{reads}: {counted[0]} reads in {counted[1]} batches, as they were sealed in the journal")


@commands.command()
def export(
    file: Annotated[Path, typer.Argument(help="where to write it; replaced when it is complete")],
    reads: Annotated[Path | None, typer.Option(help="where to write the log of reads that it seals")] = None,
) -> None:
    """Writes the whole journal as JSON Lines, one event a line, readable by nobody else on this machine.

    What can name people goes with it, except what was erased. Reads that were not sealed yet are left out.
    """
    if reads is not None and reads.absolute() == file.absolute():
        raise InputError(place="--reads", found=f"the path of the journal itself, {file}", needed="another path")
    database.prepare()
    from homeward.journal.export import export_reads_to, export_to

    with counting("Exporting") as step:
        head = export_to(file, watch=step)
    say(f"{file}: {head.sequence} events; the last has hash {head.hash or 'none'}")
    if reads is not None:
        with counting("Exporting reads") as step:
            n_reads = export_reads_to(reads, up_to=head.sequence, watch=step)
        say(f"{reads}: {n_reads} sealed reads")


@commands.command()
def erase(
    event: Annotated[int, typer.Argument(help="the number of the event")],
    reason: Annotated[str, typer.Option(help="why: it stands in the journal beside the erased event")],
) -> None:
    """Erases what an event says, for ever, and journals that; the chain still verifies.

    On PostgreSQL the old text goes from the disk with the next VACUUM. Backups and exports keep what they held.
    """
    database.prepare()
    from homeward.journal.actions import erase as erase_payload
    from homeward.journal.actors import SystemActor
    from homeward.journal.models import Event

    row = Event.objects.filter(sequence=event).first()
    # The erasure stands beside what it concerns, so that other organisations' auditors do not read the reason.
    by = SystemActor(row.organisation if row else "")
    erasing = erase_payload(by=by, event=event, reason=reason)
    say(f"event {event}: its payload is erased, as event {erasing.sequence} says")


@commands.command(name="seal-reads")
def seal_reads() -> None:
    """Ties the log of reads of personal data to the chain now; a running worker does so each minute."""
    database.prepare()
    from homeward.journal.actions import seal_reads as seal

    say(f"{seal()} reads sealed")


@commands.command()
def checkpoint(
    out: Annotated[Path | None, typer.Option(help="where to write it; standard output if left out")] = None,
) -> None:
    """Signs where the journal stands, with the key of HOMEWARD_CHECKPOINT_KEY, to be handed to the other side."""
    database.prepare()
    from django.conf import settings

    from homeward.journal.actions import sign_checkpoint
    from homeward.journal.actors import SYSTEM
    from homeward.journal.queries import signed_checkpoint

    given = settings.HOMEWARD_CHECKPOINT_KEY
    if not given:
        needed = "HOMEWARD_CHECKPOINT_KEY or HOMEWARD_CHECKPOINT_KEY_FILE (make one with `homeward journal key FILE`)"
        raise InputError(place="checkpoint", found="no key to sign with", needed=needed)
    key = checkpoints.private_key(given, place="HOMEWARD_CHECKPOINT_KEY")
    if out is not None and out.exists():
        raise InputError(place=str(out), found="a file that exists", needed="a path where nothing stands yet")
    if out is not None and not os.access(out.absolute().parent, os.W_OK):
        raise InputError(place=str(out), found="no folder to write in", needed="a path in a folder that can be written")
    text = signed_checkpoint(sign_checkpoint(by=SYSTEM, key=key)).as_bytes().decode()
    if out is None:
        say(text, end="")
    else:
        out.write_text(text, encoding="utf-8")
        say(f"{out}: public key {checkpoints.public_key_text(key.public_key())}")


@commands.command()
def key(file: Annotated[Path, typer.Argument(help="where the private key goes; must not exist")]) -> None:
    """Makes a key to sign checkpoints with: the private half into FILE, the public half onto standard output."""
    made = Ed25519PrivateKey.generate()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        needed = "a path where nothing stands yet, in a folder that can be written"
        raise InputError(place=str(file), found=error.strerror or "an error", needed=needed) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as private:
        private.write(made.private_bytes_raw().hex() + "\n")
    say(checkpoints.public_key_text(made.public_key()))


def _text_or_file(given: str) -> str:
    if len(given) == 64 or not given:
        return given
    try:
        return Path(given).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        needed = "64 hexadecimal digits, or the path of a file with them"
        raise InputError(place="--public-key", found=f'"{given[:40]}"', needed=needed) from error
