"""Every read of background work."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from homeward.access.models import User
from homeward.jobs.actions import SECONDS_UNTIL_DEAD
from homeward.jobs.models import Job, Worker

__all__ = ["is_worker_alive", "jobs_seen_by", "latest_job"]


def jobs_seen_by(user: User) -> QuerySet[Job]:
    """Returns the jobs of the user's organisation, the newest first."""
    return Job.objects.visible_to(user)


def latest_job(kind: str, about: str) -> Job | None:
    """Returns the newest job of a kind about something, whether it is over or not."""
    return Job.objects.filter(kind=kind, about=about).first()


def is_worker_alive() -> bool:
    """Returns whether anybody carries out jobs."""
    return Worker.objects.filter(beat_at__gte=timezone.now() - timedelta(seconds=SECONDS_UNTIL_DEAD)).exists()
