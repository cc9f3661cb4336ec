"""The tables of background work: jobs, and the workers that carry them out."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from homeward.access.scoping import OrganisationScoped
from homeward.jobs.vocabulary import JobState

__all__ = ["Job", "Worker", "new_code"]

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are taken for one another


def new_code() -> str:
    """Returns a code that nobody can guess and that says nothing of what it names."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


class Worker(models.Model):
    """A process that carries out jobs; one that has not beaten for a while is dead."""

    code = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    class Meta:
        ordering = ["started_at"]

    def __str__(self) -> str:
        return self.code


class Job(OrganisationScoped):
    """One piece of background work. `arguments` and `result` name rows, and never hold personal data."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    kind = models.CharField(max_length=64, db_index=True)
    about = models.CharField(max_length=100, blank=True)
    arguments = models.JSONField(default=dict)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=16, default=JobState.WAITING.value, db_index=True)
    n_done = models.PositiveBigIntegerField(default=0)
    n_total = models.PositiveBigIntegerField(null=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[one.value for one in JobState]), name="job_state_is_known"),
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(state__in=[JobState.WAITING.value, JobState.RUNNING.value]) & ~Q(about=""),
                name="job_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to the job."""
        return JobState(self.state).is_over

    @property
    def percent(self) -> int | None:
        """How much is done, None where the whole is not known."""
        return min(100, 100 * self.n_done // self.n_total) if self.n_total else None
