"""The only writer of the journal: events one by one or many at once, erasures, reads of personal data, checkpoints."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from homeward.errors import BrokenChainError, InputError
from homeward.journal import merkle
from homeward.journal.actors import SYSTEM, Actor
from homeward.journal.canonical import canonical_json
from homeward.journal.chain import (
    LONGEST_LINE,
    PAYLOAD_ERASED,
    READS_SEALED,
    ChainEvent,
    Link,
    new_salt,
    payload_digest,
    seal,
)
from homeward.journal.checkpoints import sign
from homeward.journal.inserting import event_row, insert_events
from homeward.journal.models import ChainHead, Checkpoint, Event, Payload, Read, time_text
from homeward.journal.queries import VERIFIED, Finding, verify_stored

__all__ = ["Entry", "erase", "note_read", "note_verified", "seal_reads", "sign_checkpoint", "write", "write_many"]

_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\Z")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*\Z")
_SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*(:[A-Za-z0-9][A-Za-z0-9._/-]*)*\Z")
_LONGEST_DATA = LONGEST_LINE - 4096  # what remains holds every other field of a line
_READS_IN_A_BATCH = 2000  # sealed in well under 0.2 s


@dataclass(frozen=True)
class Entry:
    """One event to be written: a dotted action, the code of what was acted on, and what can be erased later.

    Action and subject are hashed and stay for ever, so they name nobody: "custody.bag_moved", "bag:B-2026-0117". Data
    are texts, whole numbers, booleans, None, lists and objects; whatever can name a person belongs there.

    Raises ValueError or TypeError where the call itself is wrong.
    """

    action: str
    subject: str
    data: Mapping[str, object] = field(default_factory=dict)
    canonical_data: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_action(self.action)
        _check_subject(self.subject)
        text = canonical_json(dict(self.data))
        if len(text) > _LONGEST_DATA:
            raise ValueError("an event is at most 1 MiB long: journal what identifies the data, not the data")
        object.__setattr__(self, "canonical_data", text)


def write(*, by: Actor, action: str, subject: str, data: Mapping[str, object]) -> Event:
    """Adds one event to the chain, inside the caller's transaction, and returns it.

    `action`, `subject` and `data` are those of an `Entry`. Every writer waits here for the one before it to commit, so
    call it last in the transaction.
    """
    moment, events = _append(by, [Entry(action, subject, data)])
    return event_row(events[0], moment)


def write_many(*, by: Actor, entries: Iterable[Entry]) -> range:
    """Adds many events to the chain, inside the caller's transaction, and returns their numbers.

    The chain that results is the same as from single writes; it costs one wait for the head and few statements. Give
    some five hundred entries a transaction: other writers wait until it is committed.
    """
    chosen = list(entries)
    if not chosen:
        return range(0)
    _moment, events = _append(by, chosen)
    return range(events[0].sequence, events[-1].sequence + 1)


def erase(*, by: Actor, event: int, reason: str) -> Event:
    """Erases the payload of event number `event` for ever, and returns the event that says so; the chain still holds.

    Who may do that is for the caller to ask. Raises InputError where there is no such event, where it is erased
    already, or where its payload cannot be taken from it.
    """
    place = f"event {event}"
    reason = reason.strip()
    if not 1 <= len(reason) <= 1000:
        raise InputError(place=place, found=f"a reason of {len(reason)} characters", needed="1 to 1,000 characters")
    with transaction.atomic():
        row = Event.objects.filter(sequence=event).first()
        if row is None:
            raise InputError(place=place, found="no such event", needed="the number of an event in the journal")
        if row.format == 1:
            needed = "an event written since payloads can be erased; what it says is part of its hash"
            raise InputError(place=place, found="an event of format 1", needed=needed)
        if row.action == READS_SEALED:
            needed = "an event whose data are not needed to verify the log of reads; these name nobody"
            raise InputError(place=place, found="the seal of a batch of reads", needed=needed)
        payload = Payload.objects.select_for_update().get(event=row)
        if payload.erased_by_id:
            found = f"a payload that event {payload.erased_by_id} erased"
            raise InputError(place=place, found=found, needed="an event whose payload stands")
        erasing = write(by=by, action=PAYLOAD_ERASED, subject=f"event:{event}", data={"reason": reason})
        _overwrite_on_disk()
        models.QuerySet(Payload).filter(event=row).update(canonical_data=None, salt=None, erased_by=erasing)
    return erasing


def note_read(*, by: Actor, subject: str, what: str) -> None:
    """Logs that somebody saw personal data: one row a page view, which waits for no other writer of the journal.

    `subject` is the code of what was seen, such as "person:N-00412", or of the list that was; `what` is the dotted name
    of the page, such as "people.ante_mortem". Neither names a person. `seal_reads` ties the row to the chain.
    """
    _check_action(what)
    _check_subject(subject)
    actor, organisation = _acting(by)
    Read.objects.create(time=timezone.now(), actor=actor, organisation=organisation, subject=subject, what=what)


def seal_reads(*, by: Actor = SYSTEM) -> int:
    """Ties every read that was logged so far to the chain, and returns how many; called each minute and at shutdown.

    Each batch is a transaction of its own with one event that holds the Merkle root over its rows: from then on none of
    them can be changed, left out or put in unseen. Two that seal at once share the rows out.
    """
    n_sealed = 0
    while n_batch := _seal_batch(by):
        n_sealed += n_batch
    return n_sealed


def note_verified(*, finding: Finding, by: Actor) -> Event:
    """Journals what a verification of the stored journal found, for whoever asks next."""
    data = {
        "events": finding.head.sequence,
        "checkpoints": finding.n_checkpoints,
        "erased": finding.n_erased,
        "reads": finding.n_reads,
        "fault": finding.fault,
    }
    return write(by=by, action=VERIFIED, subject=f"event:{finding.head.sequence}", data=data)


def sign_checkpoint(*, by: Actor, key: Ed25519PrivateKey) -> Checkpoint:
    """Signs where the chain stands, keeps the checkpoint and returns it; a chain that does not hold is not signed."""
    finding = verify_stored()
    if finding.fault:
        raise BrokenChainError(f"the journal in the database: {finding.fault}; a broken journal is not signed")
    if not finding.head.sequence:
        raise InputError(place="journal", found="no event yet", needed="at least one event to sign a checkpoint over")
    moment = timezone.now()
    signed = sign(finding.head, time=time_text(moment), key=key)
    with transaction.atomic():
        row = Checkpoint.objects.create(
            sequence=signed.sequence,
            hash=signed.hash,
            time=moment,
            public_key=signed.public_key,
            signature=signed.signature,
        )
        data = {"hash": signed.hash, "public_key": signed.public_key}
        write(by=by, action="journal.checkpoint_signed", subject=f"event:{signed.sequence}", data=data)
    return row


def _append(by: Actor, entries: Sequence[Entry]) -> tuple[datetime, list[ChainEvent]]:
    actor, organisation = _acting(by)
    with transaction.atomic():
        link = _locked_head(len(entries))
        moment = timezone.now()
        time, events = time_text(moment), []
        for entry in entries:
            salt = new_salt()
            event = seal(
                ChainEvent(
                    format=2,
                    sequence=link.sequence + 1,
                    time=time,
                    actor=actor,
                    organisation=organisation,
                    action=entry.action,
                    subject=entry.subject,
                    data=entry.data,
                    previous=link.hash,
                    salt=salt,
                    digest=payload_digest(salt, entry.canonical_data),
                )
            )
            events.append(event)
            link = event.link
        ChainHead.objects.filter(pk=1).update(hash=link.hash)
        insert_events(moment, events, [entry.canonical_data.decode("utf-8") for entry in entries])
    return moment, events


def _seal_batch(by: Actor) -> int:
    with transaction.atomic():
        # The rows are locked before the head: who comes second finds them sealed, and takes the next ones.
        rows = list(Read.objects.select_for_update().filter(sealed_by=None).order_by("pk")[:_READS_IN_A_BATCH])
        if not rows:
            return 0
        root = merkle.root([row.as_logged_read().leaf() for row in rows])
        data = {"reads": len(rows), "root": root}
        event = write(by=by, action=READS_SEALED, subject="reads", data=data)
        # By a flag on each row and not by a range of numbers: on PostgreSQL a lower number can be committed later.
        models.QuerySet(Read).filter(pk__in=[row.pk for row in rows]).update(sealed_by=event)
    return len(rows)


def _locked_head(n_events: int) -> Link:
    """Returns where the chain ends, with the head already raised by `n_events` and locked until the transaction ends.

    The update comes before the read: it takes the row's lock on PostgreSQL and the database's write lock on SQLite, and
    only then is the hash read, so two writers can never build on the same event.
    """
    while not ChainHead.objects.filter(pk=1).update(sequence=F("sequence") + n_events):
        ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
    head = ChainHead.objects.get(pk=1)
    return Link(head.sequence - n_events, head.hash)


def _overwrite_on_disk() -> None:
    """Has SQLite overwrite what is erased: otherwise the text stays in the file until its page is used again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
        # The write-ahead log still holds the page as it was. Readers may keep it from being emptied: then it is
        # overwritten later, which is no reason to tell the caller that the erasure failed.
        transaction.on_commit(_empty_write_ahead_log, robust=True)


def _empty_write_ahead_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _acting(by: Actor) -> tuple[str, str]:
    actor, organisation = by.journal_actor, by.journal_organisation
    if not _CODE.match(actor) or len(actor) > 64:
        raise ValueError("an actor stands in the journal as a code of at most 64 characters, never by name or address")
    if organisation and (not _CODE.match(organisation) or len(organisation) > 64):
        raise ValueError("an organisation stands in the journal by its short name of at most 64 characters")
    return actor, organisation


def _check_action(action: str) -> None:
    if not _ACTION.match(action) or len(action) > 64:
        raise ValueError(f'the action "{action}" is not a dotted name such as "record.claim_accepted"')


def _check_subject(subject: str) -> None:
    if not _SUBJECT.match(subject) or len(subject) > 200:
        raise ValueError('the subject of an event is a code such as "claim:17": what names people belongs in the data')
