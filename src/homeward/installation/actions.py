"""Every write about the installation itself; each is one transaction with one event in the journal."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from homeward.errors import InputError
from homeward.installation.models import Installation
from homeward.installation.queries import forget, kind
from homeward.installation.vocabulary import Kind
from homeward.journal.actions import write
from homeward.journal.actors import Actor

__all__ = ["mark", "record_backup", "record_restoration"]


def mark(wanted: Kind, *, by: Actor) -> Kind:
    """Says what a new installation is and returns it; of one that was marked before, returns what it is.

    Raises InputError where somebody wants to play in a real installation.
    """
    found = kind() or _marked(wanted, by=by)
    if wanted is Kind.SIMULATED and found is Kind.REAL:
        needed = "a simulated installation, in a folder and a database of its own"
        raise InputError(place="homeward demo", found="a real installation", needed=needed)
    return found


def _marked(wanted: Kind, *, by: Actor) -> Kind:
    try:
        with transaction.atomic():
            Installation.objects.create(kind=wanted.value, made=timezone.now())
            write(by=by, action="installation.made", subject="installation:1", data={"kind": wanted.value})
    except IntegrityError:  # another command was first
        forget()
    return kind() or wanted


def record_backup(*, by: Actor) -> None:
    """Journals that a copy of everything is taken: whoever has it has what is in it."""
    write(by=by, action="installation.backed_up", subject="installation:1", data={})


def record_restoration(*, manifest_sha256: str, by: Actor) -> None:
    """Journals that what stands here came out of a backup."""
    write(by=by, action="installation.restored", subject="installation:1", data={"manifest_sha256": manifest_sha256})
