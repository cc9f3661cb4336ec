"""How work that runs in the background tells how far it is, and learns that it should stop."""

import threading
import time

from homeward.jobs.models import Job

__all__ = ["CancelledWork", "InterruptedWork", "Progress", "stopping"]

SECONDS_BETWEEN_WRITES = 0.5

stopping = threading.Event()  # set when this worker was asked to end


class CancelledWork(Exception):  # noqa: N818 - it is no error: somebody asked for it
    """Somebody asked that the work be given up."""


class InterruptedWork(Exception):  # noqa: N818
    """The worker is to end; the work waits for the next one."""


class Progress:
    """Kept by one running job. Calling it often is cheap: the database hears of it twice a second."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._written = 0.0

    def of(self, total: int) -> None:
        """Says how much there is to do in all."""
        Job.objects.filter(pk=self._job.pk).update(n_total=total, n_done=0)

    def done(self, n_done: int) -> None:
        """Says how much is done. Raises what ends the work where it should stop: let it pass, half a step undone."""
        if stopping.is_set():
            raise InterruptedWork
        now = time.monotonic()
        if now - self._written < SECONDS_BETWEEN_WRITES:
            return
        self._written = now
        rows = Job.objects.filter(pk=self._job.pk)
        rows.update(n_done=n_done)
        if rows.filter(cancel_asked=True).exists():
            raise CancelledWork
