"""Every write of background work. A job is no action of its own: what it does is journalled by the action it calls."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from homeward.access.authorisation import authorise
from homeward.access.models import User
from homeward.jobs.models import Job, Worker
from homeward.jobs.tasks import run_job
from homeward.jobs.vocabulary import JobState

__all__ = ["ask", "beat", "cancel", "forget_worker", "take_up_abandoned"]

SECONDS_UNTIL_DEAD = 30
MOST_ATTEMPTS = 3
OPEN = (JobState.WAITING.value, JobState.RUNNING.value)


def ask(*, kind: str, about: str = "", arguments: Mapping[str, Any] | None = None, by: User | None) -> Job:
    """Returns the job that will do the work, in the caller's transaction; one that is open about the same is that job.

    `by` is None for what an installation does of itself. `arguments` are plain JSON values that name rows.
    """
    known = Job.objects.filter(kind=kind, about=about, state__in=OPEN).first() if about else None
    if known:
        return known
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                about=about,
                arguments=dict(arguments or {}),
                organisation=by.organisation if by else None,
                started_by=by,
            )
    except IntegrityError:  # another request asked for the same at this moment
        return Job.objects.get(kind=kind, about=about, state__in=OPEN)
    run_job.enqueue(job.code)
    return job


def cancel(*, job: Job, by: User) -> Job:
    """Returns the job, asked to stop: one that waits ends now, one that runs at its next step."""
    authorise(by, None, job)
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING.value)
    if not waiting.update(state=JobState.CANCELLED.value, ended_at=timezone.now(), cancel_asked=True):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value).update(cancel_asked=True)
    job.refresh_from_db()
    return job


def beat(worker: str) -> None:
    """Says that a worker lives."""
    now = timezone.now()
    if not Worker.objects.filter(code=worker).update(beat_at=now):
        Worker.objects.get_or_create(code=worker, defaults={"started_at": now, "beat_at": now})


def forget_worker(worker: str) -> None:
    """Says that a worker has ended, as it should."""
    Worker.objects.filter(code=worker).delete()


def take_up_abandoned() -> int:
    """Returns how many jobs of dead workers wait again; one that has killed three workers has failed."""
    dead_since = timezone.now() - timedelta(seconds=SECONDS_UNTIL_DEAD)
    Worker.objects.filter(beat_at__lt=dead_since).delete()
    alive = list(Worker.objects.values_list("code", flat=True))
    n_taken_up = 0
    for job in Job.objects.filter(state=JobState.RUNNING.value).exclude(worker__in=alive):
        n_taken_up += _take_up(job)
    return n_taken_up


def _take_up(job: Job) -> int:
    rows = Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value, worker=job.worker)
    with transaction.atomic():
        if job.attempts >= MOST_ATTEMPTS:
            error = f"The work ended {MOST_ATTEMPTS} times without a word; it is not tried again."
            rows.update(state=JobState.FAILED.value, ended_at=timezone.now(), error=error)
            return 0
        if not rows.update(state=JobState.WAITING.value, worker="", n_done=0):
            return 0
        run_job.enqueue(job.code)
    return 1
