"""The process that carries out jobs, one after another, and what it does of itself each minute."""

import logging
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from homeward.jobs.actions import beat, forget_worker, take_up_abandoned
from homeward.jobs.models import new_code
from homeward.jobs.progress import stopping

__all__ = ["run"]

SECONDS_BETWEEN_BEATS = 5
SECONDS_BETWEEN_CHORES = 60
SECONDS_BETWEEN_LOOKS = 0.2

log = logging.getLogger(__name__)


class _Worker(QueueWorker):
    """A worker that tells the running job that it should stop."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        stopping.set()
        super().shutdown(signum, frame)


def run(*, until_empty: bool = False, is_wanted: Callable[[], bool] = lambda: True) -> None:
    """Carries out jobs until it is told to end (SIGTERM, Ctrl+C), until `is_wanted` says no, or until none is left."""
    stopping.clear()
    worker = _Worker(
        queue_names=["default"],
        interval=SECONDS_BETWEEN_LOOKS,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=new_code(),
        excluded_queue_names=[],
    )
    if threading.current_thread() is threading.main_thread():
        worker.configure_signals()
    beat(worker.worker_id)
    take_up_abandoned()
    ended = threading.Event()
    heart = threading.Thread(target=_live, args=(worker, ended, is_wanted), daemon=True)
    heart.start()
    try:
        worker.run()
    finally:
        ended.set()
        heart.join()
        _chores()
        forget_worker(worker.worker_id)


def _live(worker: _Worker, ended: threading.Event, is_wanted: Callable[[], bool]) -> None:
    """Beats, takes up what dead workers left, and does the chores of each minute, in a thread of its own."""
    chores_at = time.monotonic() + SECONDS_BETWEEN_CHORES
    while not ended.wait(SECONDS_BETWEEN_BEATS):
        try:
            beat(worker.worker_id)
            take_up_abandoned()
            if time.monotonic() >= chores_at:
                chores_at = time.monotonic() + SECONDS_BETWEEN_CHORES
                _chores()
        except DatabaseError:  # busy or away for a moment: the next beat tries again
            log.warning("the database did not answer the worker in time")
        finally:
            close_old_connections()
        if not is_wanted():
            stopping.set()
            worker.running = False
    from django.db import connection

    connection.close()


def _chores() -> None:
    """Does what the installation does of itself each minute and at the end: the functions of WORKER_CHORES."""
    for path in settings.WORKER_CHORES:
        try:
            import_string(path)()
        except Exception:  # one chore that fails keeps no other from being done, and the worker alive
            log.exception("the chore %s failed", path)
