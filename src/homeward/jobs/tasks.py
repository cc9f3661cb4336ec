"""The one task that the queue knows: it carries out a job, whatever its kind."""

import logging
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django_tasks import TaskContext, task

from homeward.errors import HomewardError
from homeward.jobs.kinds import kind_named
from homeward.jobs.models import Job
from homeward.jobs.progress import CancelledWork, InterruptedWork, Progress
from homeward.jobs.vocabulary import JobState

__all__ = ["run_job"]

log = logging.getLogger(__name__)


@task(takes_context=True)
def run_job(context: TaskContext, code: str) -> None:
    """Carries out the job of that code, once: of two workers that take it up the second finds it taken."""
    worker = context.task_result.worker_ids[-1] if context.task_result.worker_ids else ""
    job = _taken(code, worker)
    if job is None:
        return
    try:
        result = kind_named(job.kind).do(Progress(job), job.arguments)
    except CancelledWork:
        _end(job, JobState.CANCELLED)
    except InterruptedWork:
        _put_back(job)
    except HomewardError as refusal:
        _end(job, JobState.FAILED, error=str(refusal))
    except Exception:
        # The trace goes to the log of the installation; the page names the job, by which it is found there.
        log.exception("background work %s %s failed", job.kind, job.code)
        _end(job, JobState.FAILED, error=f"The work failed inside the system; the log names it as {job.code}.")
    else:
        _end(job, JobState.DONE, result=result)


def _taken(code: str, worker: str) -> Job | None:
    job = Job.objects.get(code=code)
    rows = Job.objects.filter(pk=job.pk, state=JobState.WAITING.value)
    changes = {"state": JobState.RUNNING.value, "worker": worker, "started_at": timezone.now()}
    if not rows.update(**changes, attempts=job.attempts + 1):
        return None
    job.refresh_from_db()
    return job


def _end(job: Job, state: JobState, *, error: str = "", result: Mapping[str, Any] | None = None) -> None:
    # A worker that was taken for dead may end after another took its job up: only the one that has it ends it.
    rows = Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value, worker=job.worker)
    rows.update(state=state.value, ended_at=timezone.now(), error=error, result=dict(result or {}))


def _put_back(job: Job) -> None:
    rows = Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value, worker=job.worker)
    if rows.update(state=JobState.WAITING.value, worker="", attempts=job.attempts - 1):
        run_job.enqueue(job.code)
