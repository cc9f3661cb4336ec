"""What `homeward check` says of background work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from homeward.installation.checks import State
from homeward.jobs import actions
from homeward.jobs.checks import check_background_work
from homeward.jobs.models import Job

pytestmark = pytest.mark.django_db


def told() -> list[tuple[State, str]]:
    return [(finding.state, finding.told) for finding in check_background_work()]


def test_without_a_worker__says_how_to_start_one() -> None:
    ((state, words),) = told()
    assert (state, "homeward worker" in words) == (State.NOTE, True)


def test_with_a_worker__says_how_much_waits() -> None:
    actions.beat("living")
    Job.objects.create(kind="test.count")
    assert told() == [(State.GOOD, "a worker is at it; jobs that wait: 1")]


def test_work_that_waits_for_long__is_wrong_even_with_a_worker() -> None:
    actions.beat("living")
    job = Job.objects.create(kind="test.count")
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(minutes=11))
    ((state, words),) = told()
    assert (state, words[:21]) == (State.WRONG, "1 of 1 waiting jobs h")


def test_failed_work_of_the_last_day__is_noted() -> None:
    actions.beat("living")
    Job.objects.create(kind="test.count", state="failed", ended_at=timezone.now())
    Job.objects.create(kind="test.count", state="failed", ended_at=timezone.now() - timedelta(days=2))
    assert told()[1] == (State.NOTE, "jobs that failed in the last day: 1; the log has the traces")
