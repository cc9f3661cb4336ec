"""Reads of the journal: an auditor's pages, the export, the verification of what is stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Max, Q, QuerySet

from homeward.errors import InputError
from homeward.journal.chain import PAYLOAD_ERASED, START, ChainEvent, Link, event_named
from homeward.journal.checkpoints import SignedCheckpoint, public_key
from homeward.journal.models import ChainHead, Checkpoint, Event, Payload, Read, time_text
from homeward.journal.reads import LoggedRead, batch_fault
from homeward.journal.verification import Verification

__all__ = [
    "Finding",
    "actions_seen_by",
    "chain_events",
    "events_seen_by",
    "head",
    "latest_verification",
    "sealed_reads",
    "signed_checkpoint",
    "verify_stored",
]

VERIFIED = "journal.verified"
_CHUNK = 2000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the verification of the stored journal found; `fault` is empty where everything holds.

    `n_reads` were sealed in batches and proved with them; `n_unsealed_reads` wait for the next batch and prove nothing
    yet.
    """

    head: Link
    n_checkpoints: int
    n_erased: int = 0
    n_reads: int = 0
    n_unsealed_reads: int = 0
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
    return rows.select_related("payload__erased_by__payload")


def actions_seen_by(organisation: str) -> list[str]:
    """Returns the names of the actions that stand in those events, in order."""
    names = Event.objects.filter(Q(organisation=organisation) | Q(organisation="")).order_by("action")
    return list(names.values_list("action", flat=True).distinct())


def latest_verification(organisation: str) -> Event | None:
    """Returns the event of the last verification that somebody of the organisation asked for, or None."""
    events = Event.objects.filter(action=VERIFIED, organisation=organisation).select_related("payload")
    return events.order_by("-sequence").first()


def head() -> Link:
    """Returns where the chain ends; the start where nothing was written yet."""
    row = ChainHead.objects.filter(pk=1).first()
    return Link(row.sequence, row.hash) if row else Link(0, START)


def chain_events() -> Iterator[ChainEvent]:
    """Yields the stored events from the first to the last that stands now, a few thousand at a time in memory.

    Where a payload is erased meanwhile, it goes on to the event that says so: no reader finds a gap unexplained.
    """
    last, end = 0, head().sequence
    while last < end:
        rows = Event.objects.filter(sequence__gt=last, sequence__lte=end).select_related("payload")
        page = list(rows.order_by("sequence")[:_CHUNK])
        if not page:
            return
        for event in page:
            end = max(end, event.erased_by_number)
            yield event.as_chain_event()
        last = page[-1].sequence


def sealed_reads() -> Iterator[tuple[int, list[LoggedRead]]]:
    """Yields each batch of the log of reads with the number of the event that sealed it, in the order of the chain."""
    batches = Event.objects.filter(sealed_reads__isnull=False).order_by("sequence").distinct()
    for sequence in list(batches.values_list("sequence", flat=True)):
        rows = Read.objects.filter(sealed_by=sequence).order_by("pk")
        yield sequence, [row.as_logged_read() for row in rows]


def signed_checkpoint(row: Checkpoint) -> SignedCheckpoint:
    """Returns a stored checkpoint as it was handed out."""
    return SignedCheckpoint(
        sequence=row.sequence,
        hash=row.hash,
        time=time_text(row.time),
        public_key=row.public_key,
        signature=row.signature,
    )


def verify_stored(*, watch: Progress = lambda _done, _all: None) -> Finding:
    """Returns what is true of the journal in the database: every link, its head, payloads, checkpoints, sealed reads.

    A long journal takes minutes, so a job runs this; `watch` is told how many events and reads are done, of how many.
    """
    newest = Event.objects.aggregate(newest=Max("sequence"))["newest"] or 0  # before the head: writers never wait
    end = head()
    checkpoints: dict[int, list[SignedCheckpoint]] = {}
    for row in Checkpoint.objects.all():
        checkpoints.setdefault(row.sequence, []).append(signed_checkpoint(row))
    n_checkpoints = sum(map(len, checkpoints.values()))
    n_reads = Read.objects.filter(sealed_by__sequence__lte=end.sequence).count()
    chain = Verification()

    def progress(done: int) -> None:
        watch(done, end.sequence + n_reads)

    fault = _chain_fault(chain, end, checkpoints, progress)
    if not fault and (newest > chain.head.sequence or chain.head.sequence < end.sequence):
        fault = f"the journal ends at event {max(chain.head.sequence, newest)}, its head says {end.sequence}"
    if not fault and checkpoints:
        fault = f"a checkpoint was signed at event {min(checkpoints)}, which is not there"
    fault = fault or chain.close() or _erasure_fault() or _reads_fault(chain, progress)
    return Finding(
        head=chain.head,
        n_checkpoints=n_checkpoints,
        n_erased=chain.n_erased,
        n_reads=sum(batch.n_reads for batch in chain.batches.values()),
        n_unsealed_reads=Read.objects.filter(sealed_by=None).count(),
        fault=fault,
    )


def _chain_fault(
    chain: Verification,
    end: Link,
    checkpoints: dict[int, list[SignedCheckpoint]],
    progress: Callable[[int], None],
) -> str:
    """Returns what is wrong with the first event that is not sound, or nothing; takes each met checkpoint away."""
    try:
        for event in chain_events():
            fault = chain.take(event) or _checkpoint_fault(event, checkpoints.pop(event.sequence, []))
            if not fault and event.sequence == end.sequence and event.hash != end.hash:
                fault = "not the event that the head of the chain names"
            if fault:
                return f"event {event.sequence if chain.head == event.link else chain.head.sequence + 1}: {fault}"
            if event.sequence % _CHUNK == 0:
                progress(event.sequence)
    except ValueError as error:
        return f"event {chain.head.sequence + 1}: {error}"
    progress(chain.head.sequence)
    return ""


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


def _erasure_fault() -> str:
    """Returns which payload stands again although an event says that it was erased, or nothing."""
    subjects = Event.objects.filter(action=PAYLOAD_ERASED).values_list("subject", flat=True)
    erased = {event_named(subject) for subject in subjects.iterator()}
    standing = Payload.objects.filter(canonical_data__isnull=False, event_id__in=erased).order_by("pk").first()
    return f"event {standing.pk}: a payload that was erased stands here again" if standing else ""


def _reads_fault(chain: Verification, progress: Callable[[int], None]) -> str:
    missing = dict(chain.batches)
    done = chain.head.sequence
    for sequence, reads in sealed_reads():
        if sequence > chain.head.sequence:  # sealed since the chain was read
            continue
        if fault := batch_fault(reads, missing.pop(sequence, None)):
            return f"the batch of reads of event {sequence}: {fault}"
        done += len(reads)
        progress(done)
    return f"the batch of reads of event {min(missing)} is missing" if missing else ""
