"""What is wrong with the background work of this installation."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from homeward.installation.checks import Finding, State
from homeward.jobs.models import Job
from homeward.jobs.queries import is_worker_alive
from homeward.jobs.vocabulary import JobState

__all__ = ["check_background_work"]

LONG = timedelta(minutes=10)
RECENT = timedelta(days=1)


def check_background_work() -> Iterator[Finding]:
    """Yields whether somebody carries out background work, whether work waits for long, and what failed of late."""
    now = timezone.now()
    n_waiting = Job.objects.filter(state=JobState.WAITING.value).count()
    n_long = Job.objects.filter(state=JobState.WAITING.value, asked_at__lt=now - LONG).count()
    n_failed = Job.objects.filter(state=JobState.FAILED.value, ended_at__gte=now - RECENT).count()
    if n_long:
        told = f"{n_long:,} of {n_waiting:,} waiting jobs have waited for more than 10 minutes"
        yield Finding("background work", State.WRONG, f"{told}; start `homeward worker`, or one more of them")
    elif not is_worker_alive():
        told = "nobody carries it out now; `homeward serve` starts a worker on the embedded database"
        yield Finding("background work", State.NOTE, f"{told}, `homeward worker` does on any")
    else:
        yield Finding("background work", State.GOOD, f"a worker is at it; jobs that wait: {n_waiting:,}")
    if n_failed:
        told = f"jobs that failed in the last day: {n_failed:,}; the log has the traces"
        yield Finding("background work", State.NOTE, told)
