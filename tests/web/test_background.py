"""What the site does in the background: verifying the journal, and sealing the log of reads each minute."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from homeward.access.models import MembershipRole, User
from homeward.jobs.models import Job
from homeward.journal.actions import note_read, write
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event, Read

pytestmark = pytest.mark.django_db


def test_verify_journal__is_a_job_with_progress_that_journals_its_finding(client: Client, auditor: User) -> None:
    for number in range(3):
        write(by=SYSTEM, action="record.loaded", subject=f"record:{number}", data={})
    client.force_login(auditor)

    response = client.post(reverse("verify_journal"))

    job = Job.objects.get()
    assert response["Location"] == reverse("jobs:job", args=[job.code])
    assert (job.kind, job.state, job.n_total, job.organisation) == ("journal.verify", "done", 3, auditor.organisation)
    event = Event.objects.latest("sequence")
    assert (event.action, event.actor) == ("journal.verified", auditor.code)
    assert event.data == {"events": 3, "checkpoints": 0, "erased": 0, "reads": 0, "fault": ""}


def test_journal__shows_the_last_verification_of_the_own_organisation_alone(
    client: Client, auditor: User, charlie: User
) -> None:
    MembershipRole.objects.create(membership=charlie.membership, role="auditor")
    client.force_login(charlie)
    client.post(reverse("verify_journal"))
    assert "The journal holds." in client.get(reverse("access:journal")).content.decode()

    client.force_login(auditor)
    assert "The journal holds." not in client.get(reverse("access:journal")).content.decode()


def test_worker_chores__seal_the_log_of_reads() -> None:
    note_read(by=SYSTEM, subject="person:N-1", what="people.person")

    for path in settings.WORKER_CHORES:
        import_string(path)()

    assert Read.objects.get().sealed_by is not None
