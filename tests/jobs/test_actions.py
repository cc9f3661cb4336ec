"""Background work: asked for, carried out, stopped, taken up again."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from homeward.access.models import User
from homeward.errors import InputError, NotPermittedError
from homeward.jobs import actions, kinds, progress, worker
from homeward.jobs.models import Job, Worker
from homeward.jobs.progress import Progress
from homeward.jobs.queries import is_worker_alive


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kinds of work of the tests' own."""
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_WRITES", 0)

    @kinds.work("test.count", title="Counting")
    def count(told: Progress, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        told.of(arguments["to"])
        for number in range(arguments["to"]):
            told.done(number)
        return {"counted": arguments["to"]}

    @kinds.work("test.refuse", title="Refusing")
    def refuse(_told: Progress, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        raise InputError(place="list", found="nothing", needed="something")

    @kinds.work("test.break", title="Breaking")
    def break_down(_told: Progress, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        raise ZeroDivisionError("the name of Alice")

    yield
    progress.stopping.clear()


@pytest.fixture
def queue(settings: Settings) -> None:
    """Work waits for a worker, as in an installation."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def state(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_ask__does_the_work_and_keeps_its_result(alice: User) -> None:
    job = actions.ask(kind="test.count", arguments={"to": 3}, by=alice)
    job.refresh_from_db()
    assert (job.state, job.result, job.error, job.percent) == ("done", {"counted": 3}, "", 66)


def test_a_refusal__is_told_in_its_own_words(alice: User) -> None:
    job = actions.ask(kind="test.refuse", by=alice)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "list: found nothing; needed: something")


def test_a_breakdown__is_told_without_what_it_was_about(alice: User, caplog: pytest.LogCaptureFixture) -> None:
    job = actions.ask(kind="test.break", by=alice)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "Alice" not in job.error
    assert job.code in job.error
    assert job.code in caplog.text


@pytest.mark.django_db(transaction=True)
def test_ask__about_the_same_is_the_same_job_while_it_is_open(alice: User, queue: None) -> None:
    first = actions.ask(kind="test.count", about="list:1", arguments={"to": 1}, by=alice)
    assert actions.ask(kind="test.count", about="list:1", arguments={"to": 1}, by=alice) == first
    worker.run(until_empty=True)
    assert actions.ask(kind="test.count", about="list:1", arguments={"to": 1}, by=alice) != first


@pytest.mark.django_db(transaction=True)
def test_worker__carries_out_what_waits_and_leaves_no_trace_of_itself(alice: User, queue: None) -> None:
    jobs = [actions.ask(kind="test.count", arguments={"to": number}, by=alice) for number in (1, 2, 3)]
    assert {state(job) for job in jobs} == {"waiting"}
    worker.run(until_empty=True)
    assert {state(job) for job in jobs} == {"done"}
    assert not Worker.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_worker__does_its_chores_when_it_ends(
    queue: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    monkeypatch.setattr(actions, "take_up_abandoned", lambda: done.append("chore"))
    monkeypatch.setattr(actions, "beat", lambda: 1 / 0)
    settings.WORKER_CHORES = ["homeward.jobs.actions.beat", "homeward.jobs.actions.take_up_abandoned"]
    worker.run(until_empty=True)
    assert done == ["chore"]
    assert "homeward.jobs.actions.beat" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_cancel__ends_what_waits_at_once(alice: User, queue: None) -> None:
    job = actions.ask(kind="test.count", arguments={"to": 1}, by=alice)
    assert actions.cancel(job=job, by=alice).state == "cancelled"
    worker.run(until_empty=True)
    assert state(job) == "cancelled"


def test_cancel__stops_what_runs_at_its_next_step(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    @kinds.work("test.cancelled", title="Cancelled in the middle")
    def stopped(told: Progress, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        actions.cancel(job=Job.objects.get(), by=alice)
        told.done(1)
        raise AssertionError("it went on")

    job = actions.ask(kind="test.cancelled", by=alice)
    assert state(job) == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ends__puts_its_work_back(alice: User, queue: None) -> None:
    @kinds.work("test.interrupted", title="Interrupted in the middle")
    def interrupted(told: Progress, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        if Job.objects.get().result:
            return {}
        Job.objects.update(result={"seen": True})
        progress.stopping.set()
        told.done(1)
        raise AssertionError("it went on")

    job = actions.ask(kind="test.interrupted", by=alice)
    worker.run(until_empty=True)
    assert (state(job), Job.objects.get().attempts) == ("done", 1)


def test_work_of_a_dead_worker__is_taken_up_again_three_times_at_most(alice: User, queue: None) -> None:
    job = actions.ask(kind="test.count", arguments={"to": 1}, by=alice)
    for attempt in (1, 2):
        Job.objects.update(state="running", worker="dead", attempts=attempt)
        assert actions.take_up_abandoned() == 1
        assert state(job) == "waiting"
    Job.objects.update(state="running", worker="dead", attempts=3)
    assert actions.take_up_abandoned() == 0
    assert state(job) == "failed"


def test_work_of_a_living_worker__is_left_to_it(alice: User, queue: None) -> None:
    job = actions.ask(kind="test.count", arguments={"to": 1}, by=alice)
    actions.beat("living")
    Job.objects.update(state="running", worker="living", attempts=1)
    assert (actions.take_up_abandoned(), state(job)) == (0, "running")
    Worker.objects.update(beat_at=timezone.now() - timedelta(seconds=31))
    assert not is_worker_alive()
    assert (actions.take_up_abandoned(), state(job)) == (1, "waiting")


def test_charlie__neither_sees_nor_stops_the_work_of_others(
    client: Client, alice: User, charlie: User, queue: None
) -> None:
    job = actions.ask(kind="test.count", arguments={"to": 1}, by=alice)
    client.force_login(charlie)
    assert client.get(reverse("jobs:job", args=[job.code])).status_code == 404
    assert client.post(reverse("jobs:cancel", args=[job.code])).status_code == 404
    with pytest.raises(NotPermittedError):
        actions.cancel(job=job, by=charlie)
    assert state(job) == "waiting"


def test_the_page_of_a_job__says_where_it_stands_and_stops_it(client: Client, alice: User, queue: None) -> None:
    job = actions.ask(kind="test.count", arguments={"to": 1}, by=alice)
    client.force_login(alice)
    page = client.get(reverse("jobs:job", args=[job.code])).content.decode()
    assert "Counting" in page
    assert "Nobody carries out background work" in page
    assert client.post(reverse("jobs:cancel", args=[job.code])).status_code == 302
    assert "It was stopped." in client.get(reverse("jobs:job", args=[job.code])).content.decode()
