"""The brief as a PDF: made once for a state of the record, kept a while, and made again for the next state."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from homeward.jobs.models import Job
from homeward.jobs.progress import Progress
from homeward.journal.actors import SYSTEM
from homeward.public import background
from homeward.public.models import Rendition
from homeward.record.actions import load_shipped
from homeward.record.ledger_cache import current_ledger
from homeward.record.revision import renew_revision


@pytest.fixture
def asked(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The shipped record; returns the briefs that were set in type, which is left out here."""
    load_shipped(by=SYSTEM)
    briefs: list[Any] = []

    def render(brief: Any) -> bytes:
        briefs.append(brief)
        return b"%PDF " + str(len(briefs)).encode()

    monkeypatch.setattr(background.pdf, "render", render)
    return briefs


def test_pdf__is_set_once_for_a_state_of_the_record_and_again_after_a_write(client: Client, asked: list[Any]) -> None:
    assert [client.get("/brief.pdf").content for _ in range(2)] == [b"%PDF 1", b"%PDF 1"]
    renew_revision()
    assert client.get("/brief.pdf").content == b"%PDF 2"


def test_set_brief__that_is_done_again_after_a_worker_died_sets_nothing(client: Client, asked: list[Any]) -> None:
    client.get("/brief.pdf")
    job = Job.objects.get(kind=background.SET_BRIEF)
    background.set_brief(Progress(job), job.arguments)
    assert len(asked) == 1


def test_pdf__is_another_in_each_language(client: Client, asked: list[Any]) -> None:
    for language in ("en", "uk"):
        client.get("/brief.pdf", headers={"accept-language": language})
    assert [brief.language for brief in asked] == ["en", "uk"]


def test_pdf__says_that_it_is_being_set_while_nobody_has_set_it(
    client: Client, asked: list[Any], settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    answer = client.get("/brief.pdf")
    assert (answer.status_code, answer["Retry-After"], asked) == (202, "2", [])


def test_set_brief__keeps_the_newest_dozen(client: Client, asked: list[Any]) -> None:
    stamp, day = current_ledger().stamp, date(2026, 1, 1)
    for number in range(background.MOST_KEPT):
        row = Rendition.objects.create(stamp=stamp, on=day + timedelta(number), language="uk", content=b"")
        Rendition.objects.filter(pk=row.pk).update(made_at=timezone.now() - timedelta(days=99 - number))
    client.get("/brief.pdf")
    kept = Rendition.objects.all()
    assert len(kept) == background.MOST_KEPT
    assert (bytes(kept[0].content), kept[0].language) == (b"%PDF 1", "en")
    assert min(row.on for row in kept) == day + timedelta(1)
