"""The tables of the journal: events that are only ever added, the head of the chain, signed checkpoints."""

from datetime import UTC, datetime
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from homeward.errors import NotPermittedError
from homeward.journal.canonical import parse_canonical
from homeward.journal.chain import START, ChainEvent

__all__ = ["ChainHead", "Checkpoint", "Event", "time_text"]

models.CharField.register_lookup(Length)


def time_text(moment: datetime) -> str:
    """Returns a moment as the journal writes it.

    >>> time_text(datetime(2026, 1, 29, 8, 0, tzinfo=UTC))
    '2026-01-29T08:00:00.000000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _refuse(*_given: Any, **_named: Any) -> NoReturn:
    raise NotPermittedError("the journal only grows: no event is ever changed or removed")


class AppendOnlyQuerySet(models.QuerySet["Event"]):
    """Events to be read; whatever would change or remove one is refused, as is adding past the chain."""

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


class Event(models.Model):
    """One action. Written by `actions.write` alone; `canonical_data` is the RFC 8785 form of the data, as hashed."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    time = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=64, db_index=True)
    organisation = models.CharField(max_length=64, blank=True, db_index=True)
    action = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    canonical_data = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="event_sequence_from_one"),
            models.CheckConstraint(condition=Q(hash__length=64) & Q(previous__length=64), name="event_hash_length"),
            models.CheckConstraint(condition=Q(sequence=1) | ~Q(previous=START), name="event_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"

    @property
    def data(self) -> dict[str, Any]:
        """What the event says beside its subject."""
        parsed = parse_canonical(self.canonical_data.encode("utf-8"))
        if not isinstance(parsed, dict):
            raise ValueError('a field "data" that is not an object')
        return parsed

    def as_chain_event(self) -> ChainEvent:
        """Returns the event as the chain sees it."""
        return ChainEvent(
            sequence=self.sequence,
            time=time_text(self.time),
            actor=self.actor,
            organisation=self.organisation,
            action=self.action,
            subject=self.subject,
            data=self.data,
            previous=self.previous,
            hash=self.hash,
        )

    def save(self, **options: Any) -> None:
        """Adds the event; refuses to change one that stands."""
        if not self._state.adding:
            _refuse()
        super().save(**{**options, "force_insert": True})

    delete = _refuse


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
