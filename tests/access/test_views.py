"""The pages of access, for everybody who may come to them."""

from typing import Any

import pytest
from babel.dates import format_datetime
from django.test import Client
from django.urls import reverse

from homeward.access.models import User
from homeward.journal.actions import erase, sign_checkpoint, write
from homeward.journal.actors import SYSTEM, SystemActor
from homeward.journal.checkpoints import private_key
from homeward.journal.models import Checkpoint, Event, Read

pytestmark = pytest.mark.django_db
KEY = private_key("11" * 32, place="test")


@pytest.fixture
def signed(alice: User, charlie: User) -> Checkpoint:
    """A journal with an event of each organisation and one of the installation, and a checkpoint over it."""
    write(by=alice, action="record.claim_accepted", subject="claim:alpha", data={})
    write(by=charlie, action="record.claim_rejected", subject="claim:beta", data={})
    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    return sign_checkpoint(by=SYSTEM, key=KEY)


@pytest.mark.parametrize("name", ["access:start", "access:account", "access:journal"])
def test_staff_page__sends_a_stranger_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_verify_journal__sends_a_stranger_to_sign_in_and_verifies_nothing(client: Client) -> None:
    response = client.post(reverse("verify_journal"))

    assert response["Location"].startswith(reverse("account_login"))
    assert not Event.objects.exists()


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_journal__is_refused_to_a_registrar(
    client: Client, request: pytest.FixtureRequest, who: str, signed: Checkpoint
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("access:journal")).status_code == 403
    assert client.post(reverse("verify_journal")).status_code == 403
    assert client.get(reverse("access:checkpoint", args=[signed.pk])).status_code == 403


def test_journal__shows_the_auditor_the_own_organisation_alone(
    client: Client, auditor: User, signed: Checkpoint, alice: User
) -> None:
    client.force_login(auditor)

    page = client.get(reverse("access:journal")).content.decode()

    assert "claim:alpha" in page
    assert alice.email in page
    assert "record.loaded" in page
    assert "claim:beta" not in page
    assert "record.claim_rejected" not in page
    assert "charlie" not in page


def test_journal__filters_by_action_person_and_day(
    client: Client, auditor: User, signed: Checkpoint, alice: User
) -> None:
    client.force_login(auditor)
    day = Event.objects.get(sequence=1).time.date().isoformat()

    def shown(**asked: str) -> list[int]:
        response = client.get(reverse("access:journal"), asked)
        return [event.sequence for event, *_ in response.context["lines"]]

    assert shown(actor=alice.code) == [1]
    assert shown(action="record.loaded") == [3]
    assert shown(since=day, until=day) == [4, 3, 1]
    assert shown(until="2001-01-01") == []
    assert shown(since="0001-01-01", until="9999-12-31") == [4, 3, 1]
    assert shown(since="2099-01-01") == []
    assert shown(since="yesterday") == []
    assert shown(since="2026-02-01", until="2026-01-01") == []


def test_journal__refuses_an_auditor_the_people_of_another_organisation(
    client: Client, auditor: User, signed: Checkpoint, charlie: User
) -> None:
    client.force_login(auditor)

    response = client.get(reverse("access:journal"), {"actor": charlie.code})

    assert list(response.context["lines"]) == []


def test_journal__turns_pages_and_keeps_the_filter(client: Client, auditor: User, bureau: object) -> None:
    for number in range(60):
        write(by=SystemActor("bureau-of-alpha"), action="record.loaded", subject=f"record:{number}", data={})
    client.force_login(auditor)

    first = client.get(reverse("access:journal"), {"action": "record.loaded"})
    second = client.get(reverse("access:journal"), {"action": "record.loaded", "page": 2})

    assert "?action=record.loaded&amp;page=2" in first.content.decode()
    assert [event.sequence for event, *_ in second.context["lines"]] == list(range(10, 0, -1))


def test_journal__shows_when_by_whom_and_why_a_payload_was_erased(
    client: Client, auditor: User, alice: User, bureau: object
) -> None:
    event = write(by=alice, action="people.named", subject="person:N-1", data={"name": "Олена"})
    client.force_login(auditor)
    assert "Олена" in client.get(reverse("access:journal")).content.decode()

    erasing = erase(by=alice, event=event.sequence, reason="withdrawn <by> the family")

    page = client.get(reverse("access:journal"), {"action": "people.named"}).content.decode()
    assert "Олена" not in page
    day = format_datetime(erasing.time, "d MMM y, HH:mm:ss", locale="en_GB")
    assert f"Erased on {day} by {alice.email}, as event {erasing.sequence} says." in page
    assert "withdrawn &lt;by&gt; the family" in page
    erase(by=alice, event=erasing.sequence, reason="a name stood in it")
    page = client.get(reverse("access:journal"), {"action": "people.named"}).content.decode()
    assert "The reason was erased as well." in page


def test_journal__logs_that_the_auditor_read_it(client: Client, auditor: User, signed: Checkpoint) -> None:
    client.force_login(auditor)
    client.get(reverse("access:journal"))

    read = Read.objects.get()
    assert (read.actor, read.subject, read.what) == (auditor.code, "journal", "access.journal")


def test_verify_journal__says_that_the_journal_holds_and_writes_it_down(
    client: Client, auditor: User, signed: Checkpoint
) -> None:
    client.force_login(auditor)

    page = client.post(reverse("verify_journal"), follow=True).content.decode()

    assert "The journal holds." in page
    assert Event.objects.latest("sequence").action == "journal.verified"


def test_verify_journal__names_the_event_that_was_changed(
    client: Client, auditor: User, signed: Checkpoint, without_guards: Any
) -> None:
    with without_guards():
        super(type(Event.objects.all()), Event.objects.filter(sequence=2)).update(subject="claim:gamma")
    client.force_login(auditor)

    page = client.post(reverse("verify_journal"), follow=True).content.decode()

    assert "The journal does not hold." in page
    assert "event 2: an event whose hash does not fit its content" in page
    assert "claim:gamma" not in page


def test_checkpoint__is_what_was_signed(client: Client, auditor: User, signed: Checkpoint) -> None:
    client.force_login(auditor)

    response = client.get(reverse("access:checkpoint", args=[signed.pk]))

    assert f'"signature":"{signed.signature}"' in response.content.decode()
    assert client.get(reverse("access:checkpoint", args=[signed.pk + 1])).status_code == 404


def test_account__shows_a_person_the_own_account(client: Client, charlie: User, alice: User) -> None:
    client.force_login(charlie)

    page = client.get(reverse("access:account")).content.decode()

    assert charlie.code in page
    assert "Bureau of Beta" in page
    assert alice.email not in page


def test_start__sends_everybody_to_what_waits_for_them(client: Client, auditor: User) -> None:
    client.force_login(auditor)

    assert client.get(reverse("access:start"))["Location"] == reverse("site:today")


def test_person_without_a_role__finds_an_own_account_and_nothing_else(client: Client, db: None) -> None:
    client.force_login(User.objects.create(email="nobody@example.org"))

    assert client.get(reverse("access:account")).status_code == 200
    assert client.get(reverse("access:journal")).status_code == 403
    assert "Nothing waits for you." in client.get(reverse("site:today")).content.decode()
