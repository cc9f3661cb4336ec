"""The tables of the journal: events that are only ever added, payloads that can be erased, the log of reads, the head
of the chain, signed checkpoints. Triggers of the database guard them as well (`guards.py`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from homeward.errors import NotPermittedError
from homeward.journal.canonical import parse_canonical
from homeward.journal.chain import START, ChainEvent
from homeward.journal.reads import LoggedRead

__all__ = ["ChainHead", "Checkpoint", "Erasure", "Event", "Payload", "Read", "time_text"]

models.CharField.register_lookup(Length)


def time_text(moment: datetime) -> str:
    """Returns a moment as the journal writes it.

    >>> time_text(datetime(2026, 1, 29, 8, 0, tzinfo=UTC))
    '2026-01-29T08:00:00.000000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _refuse(*_given: Any, **_named: Any) -> NoReturn:
    raise NotPermittedError("the journal only grows: no event is ever changed or removed")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows to be read; whatever would change or remove one is refused, as is adding past the chain."""

    update = _refuse
    delete = _refuse
    bulk_create = _refuse
    bulk_update = _refuse
    update_or_create = _refuse
    aupdate = _refuse
    adelete = _refuse
    abulk_create = _refuse
    abulk_update = _refuse
    aupdate_or_create = _refuse


class AppendOnlyModel(models.Model):
    """A row that is added once; `actions` alone knows the one change that the log of reads and payloads allow."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Adds the row; refuses to change one that stands."""
        if not self._state.adding:
            _refuse()
        super().save(**{**options, "force_insert": True})

    delete = _refuse


@dataclass(frozen=True)
class Erasure:
    """When, by whom and why a payload was erased; `reason` is None where that was erased in its turn."""

    event: int
    on: datetime
    by: str
    reason: str | None


class Event(AppendOnlyModel):
    """One action. Written by `actions` alone.

    `canonical_data` holds the RFC 8785 form of the data of an event of format 1, which hashes them; one of format 2
    hashes `digest`, and its data stand in its payload.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    format = models.PositiveSmallIntegerField()
    time = models.DateTimeField()
    actor = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=200)
    canonical_data = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        # Not db_index: on PostgreSQL that makes a second index for LIKE, and every event pays for each index.
        # `previous` needs none: a fork would be two events of one number, which the primary key refuses.
        indexes = [
            models.Index(fields=["time"], name="event_by_time"),
            models.Index(fields=["actor"], name="event_by_actor"),
            models.Index(fields=["action"], name="event_by_action"),
            models.Index(fields=["subject"], name="event_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="event_sequence_from_one"),
            models.CheckConstraint(condition=Q(hash__length=64) & Q(previous__length=64), name="event_hash_length"),
            models.CheckConstraint(condition=Q(sequence=1) | ~Q(previous=START), name="event_one_start"),
            models.CheckConstraint(
                condition=Q(format=1, digest="") | Q(format=2, digest__length=64, canonical_data=""),
                name="event_data_by_format",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"

    @property
    def data_text(self) -> str | None:
        """The canonical JSON of the data; None where they were erased."""
        if self.format == 1:
            return self.canonical_data
        payload = self._payload()
        return payload.canonical_data if payload else None

    @property
    def data(self) -> dict[str, Any] | None:
        """What the event says beside its subject; None where it was erased."""
        text = self.data_text
        if text is None:
            return None
        parsed = parse_canonical(text.encode("utf-8"))
        if not isinstance(parsed, dict):
            raise ValueError('a field "data" that is not an object')
        return parsed

    @property
    def erasure(self) -> Erasure | None:
        """When, by whom and why the payload was erased; None where it stands."""
        payload = self._payload()
        if payload is None or payload.erased_by is None:
            return None
        by = payload.erased_by
        reason = (by.data or {}).get("reason")
        return Erasure(by.sequence, by.time, by.actor, reason)

    @property
    def erased_by_number(self) -> int:
        """The number of the event that erased the payload; 0 where it stands."""
        payload = self._payload()
        return (payload.erased_by_id or 0) if payload else 0

    def as_chain_event(self) -> ChainEvent:
        """Returns the event as the chain sees it."""
        payload = self._payload()
        return ChainEvent(
            format=self.format,
            sequence=self.sequence,
            time=time_text(self.time),
            actor=self.actor,
            organisation=self.organisation,
            action=self.action,
            subject=self.subject,
            data=self.data,
            previous=self.previous,
            salt=payload.salt if payload else None,
            digest=self.digest,
            hash=self.hash,
        )

    def _payload(self) -> "Payload | None":
        try:
            return self.payload
        except Payload.DoesNotExist:
            return None


class Payload(AppendOnlyModel):
    """What an event says and can forget: its data in RFC 8785 form and the salt of their digest, or who erased both."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    canonical_data = models.TextField(null=True)  # NULL, not "": what was erased is no data, and "{}" is data
    salt = models.CharField(max_length=64, null=True)
    erased_by = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="erases", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(canonical_data__isnull=False, salt__length=64, erased_by__isnull=True)
                | Q(canonical_data__isnull=True, salt__isnull=True, erased_by__isnull=False),
                name="payload_stands_or_is_erased",
            )
        ]

    def __str__(self) -> str:
        return f"payload of event {self.event_id}" + (", erased" if self.canonical_data is None else "")


class Read(AppendOnlyModel):
    """One page view of personal data, in codes. It waits for nobody: the batch that it falls into is sealed later."""

    time = models.DateTimeField()
    actor = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=200)
    what = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="sealed_reads")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject"], name="read_by_subject")]

    def __str__(self) -> str:
        return f"{self.actor} {self.what} {self.subject}"

    def as_logged_read(self) -> LoggedRead:
        """Returns the read as its batch is sealed over it."""
        return LoggedRead(
            number=self.pk,
            time=time_text(self.time),
            actor=self.actor,
            organisation=self.organisation,
            subject=self.subject,
            what=self.what,
        )


class ChainHead(models.Model):
    """The one row that every writer locks: where the chain ends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="chain_has_one_head")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


class Checkpoint(models.Model):
    """A signed statement of where the chain stood, as it was handed out."""

    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    time = models.DateTimeField()
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["-sequence", "-time"]
        constraints = [
            models.UniqueConstraint(fields=["sequence", "public_key", "time"], name="checkpoint_once"),
            models.CheckConstraint(condition=Q(hash__length=64), name="checkpoint_hash_length"),
        ]

    def __str__(self) -> str:
        return f"checkpoint at event {self.sequence}"
