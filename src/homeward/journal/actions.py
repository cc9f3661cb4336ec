"""The only writer of the journal."""

import re
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from homeward.errors import BrokenChainError, InputError
from homeward.journal.actors import Actor
from homeward.journal.canonical import canonical_json
from homeward.journal.chain import LONGEST_LINE, ChainEvent, seal
from homeward.journal.checkpoints import sign
from homeward.journal.models import ChainHead, Checkpoint, Event, time_text
from homeward.journal.queries import verify_stored

__all__ = ["sign_checkpoint", "write"]

_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def write(*, by: Actor, action: str, subject: str, data: Mapping[str, object]) -> Event:
    """Adds one event to the chain, inside the caller's transaction, and returns it.

    `action` is a dotted name such as "record.claim_accepted"; `subject` names what was acted on, such as "claim:17";
    `data` holds text, whole numbers, booleans, None, lists and objects. The same function journals the reading of
    personal data. Every writer waits here for the one before it to commit, so call it last in the transaction.

    Raises ValueError or TypeError where the call itself is wrong.
    """
    if not _ACTION.match(action) or len(action) > 64:
        raise ValueError(f'the action "{action}" is not a dotted name such as "record.claim_accepted"')
    if not subject or len(subject) > 200 or _CONTROL.search(subject):
        raise ValueError("the subject of an event is 1 to 200 printable characters")
    text = canonical_json(dict(data)).decode("utf-8")
    with transaction.atomic():
        head = _locked_head()
        moment = timezone.now()
        event = seal(
            ChainEvent(
                sequence=head.sequence,
                time=time_text(moment),
                actor=by.journal_actor,
                organisation=by.journal_organisation,
                action=action,
                subject=subject,
                data=data,
                previous=head.hash,
            )
        )
        if len(event.line()) > LONGEST_LINE:
            raise ValueError("an event is at most 1 MiB long: journal what identifies the data, not the data")
        ChainHead.objects.filter(pk=1).update(hash=event.hash)
        return Event.objects.create(
            sequence=event.sequence,
            time=moment,
            actor=event.actor,
            organisation=event.organisation,
            action=event.action,
            subject=event.subject,
            canonical_data=text,
            previous=event.previous,
            hash=event.hash,
        )


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


def _locked_head() -> ChainHead:
    """Returns the head with its sequence already raised by one, locked until the transaction ends.

    The update comes before the read: it takes the row's lock on PostgreSQL and the database's write lock on SQLite, and
    only then is the hash read, so two writers can never build on the same event.
    """
    while not ChainHead.objects.filter(pk=1).update(sequence=F("sequence") + 1):
        ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
    return ChainHead.objects.get(pk=1)
