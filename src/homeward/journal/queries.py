"""Reads of the journal: an auditor's pages, the export, the verification of what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Max, Q, QuerySet

from homeward.errors import InputError
from homeward.journal.chain import START, ChainEvent, Link, fault_of
from homeward.journal.checkpoints import SignedCheckpoint, public_key
from homeward.journal.models import ChainHead, Checkpoint, Event, time_text

__all__ = [
    "Finding",
    "actions_seen_by",
    "chain_events",
    "events_seen_by",
    "head",
    "signed_checkpoint",
    "verify_stored",
]

_CHUNK = 2000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the verification of the stored journal found; `fault` is empty where everything holds."""

    head: Link
    n_checkpoints: int
    fault: str = ""


def events_seen_by(
    organisation: str,
    *,
    action: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """Returns the events of one organisation and those of no organisation, newest first; days are of UTC, inclusive."""
    rows = Event.objects.filter(Q(organisation=organisation) | Q(organisation="")).order_by("-sequence")
    if action:
        rows = rows.filter(action=action)
    if actor:
        rows = rows.filter(actor=actor)
    if since:
        rows = rows.filter(time__gte=datetime.combine(since, time.min, tzinfo=UTC))
    if until:
        rows = rows.filter(time__lte=datetime.combine(until, time.max, tzinfo=UTC))
    return rows


def actions_seen_by(organisation: str) -> list[str]:
    """Returns the names of the actions that stand in those events, in order."""
    names = Event.objects.filter(Q(organisation=organisation) | Q(organisation="")).order_by("action")
    return list(names.values_list("action", flat=True).distinct())


def head() -> Link:
    """Returns where the chain ends; the start where nothing was written yet."""
    row = ChainHead.objects.filter(pk=1).first()
    return Link(row.sequence, row.hash) if row else Link(0, START)


def chain_events(*, up_to: int) -> Iterator[ChainEvent]:
    """Yields the stored events from the first to number `up_to`, a few thousand at a time in memory."""
    for event in Event.objects.filter(sequence__lte=up_to).order_by("sequence").iterator(chunk_size=_CHUNK):
        yield event.as_chain_event()


def signed_checkpoint(row: Checkpoint) -> SignedCheckpoint:
    """Returns a stored checkpoint as it was handed out."""
    return SignedCheckpoint(
        sequence=row.sequence,
        hash=row.hash,
        time=time_text(row.time),
        public_key=row.public_key,
        signature=row.signature,
    )


def verify_stored() -> Finding:
    """Returns what is true of the journal in the database: every link, its head, and every checkpoint signed so far."""
    newest = Event.objects.aggregate(newest=Max("sequence"))["newest"] or 0  # before the head: writers never wait
    end = head()
    link = Link(0, START)
    checkpoints: dict[int, list[SignedCheckpoint]] = {}
    for row in Checkpoint.objects.all():
        checkpoints.setdefault(row.sequence, []).append(signed_checkpoint(row))
    n_checkpoints = sum(map(len, checkpoints.values()))

    def found(fault: str) -> Finding:
        return Finding(head=link, n_checkpoints=n_checkpoints, fault=fault)

    try:
        for event in chain_events(up_to=end.sequence):
            fault = fault_of(event, link) or _checkpoint_fault(event, checkpoints.pop(event.sequence, []))
            if fault:
                return found(f"event {link.sequence + 1}: {fault}")
            link = event.link
    except ValueError as error:
        return found(f"event {link.sequence + 1}: {error}")
    if link != end or newest > end.sequence:
        return found(f"the journal ends at event {max(link.sequence, newest)}, its head says {end.sequence}")
    if checkpoints:
        return found(f"a checkpoint was signed at event {min(checkpoints)}, which is not there")
    return found("")


def _checkpoint_fault(event: ChainEvent, checkpoints: list[SignedCheckpoint]) -> str:
    for checkpoint in checkpoints:
        try:
            signed = checkpoint.is_signed_by(public_key(checkpoint.public_key, place="checkpoint"))
        except InputError:
            signed = False
        if not signed:
            return "a checkpoint whose signature does not hold"
        if checkpoint.hash != event.hash:
            return "not the event that a checkpoint was signed over"
    return ""
