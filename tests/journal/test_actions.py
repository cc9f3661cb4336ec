"""Writing to the journal."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from homeward.access.models import User
from homeward.errors import NotPermittedError
from homeward.journal.actions import Entry, write, write_many
from homeward.journal.actors import SYSTEM
from homeward.journal.chain import START
from homeward.journal.models import ChainHead, Event
from homeward.journal.queries import verify_stored

pytestmark = pytest.mark.django_db


def test_write__chains_each_event_to_the_one_before(alice: User) -> None:
    first = write(by=alice, action="record.claim_accepted", subject="claim:1", data={"figure": 1000})
    second = write(by=SYSTEM, action="record.loaded", subject="record", data={})

    assert (first.sequence, first.previous) == (1, START)
    assert (second.sequence, second.previous) == (2, first.hash)
    head = ChainHead.objects.get()
    assert (head.sequence, head.hash) == (2, second.hash)


def test_write__names_the_person_by_code_and_never_by_address(alice: User) -> None:
    event = write(by=alice, action="record.claim_accepted", subject="claim:1", data={})

    assert (event.actor, event.organisation) == (alice.code, "bureau-of-alpha")
    assert "@" not in event.as_chain_event().line().decode()


def test_write__hashes_what_the_database_gives_back() -> None:
    written = write(
        by=SYSTEM, action="record.loaded", subject="record", data={"b": [True, "𐐷", "\x00\u2028"], "Ярослав": {"ö": 1}}
    )

    stored = Event.objects.get(sequence=written.sequence)

    assert stored.as_chain_event() == written.as_chain_event()
    assert stored.as_chain_event().content_hash() == written.hash


def test_write__leaves_nothing_when_the_action_fails() -> None:
    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    with transaction.atomic():
        write(by=SYSTEM, action="record.loaded", subject="record", data={})
        transaction.set_rollback(True)

    assert Event.objects.count() == 1
    assert write(by=SYSTEM, action="record.loaded", subject="record", data={}).sequence == 2


@pytest.mark.parametrize("data", [{"figure": 1.5}, {"day": date(2026, 1, 29)}, {1: "one"}, {"raw": b"x"}])
def test_write__refuses_what_has_no_canonical_form(data: Mapping[Any, object]) -> None:
    with pytest.raises(TypeError):
        write(by=SYSTEM, action="record.loaded", subject="record", data=data)


@pytest.mark.parametrize(
    ("action", "subject", "data", "told"),
    [
        ("Load the record", "record", {}, "dotted name"),
        ("loaded", "record", {}, "dotted name"),
        ("record." + "a" * 60, "record", {}, "dotted name"),
        ("record.loaded", "", {}, "is a code"),
        ("record.loaded", "two\nlines", {}, "is a code"),
        ("record.loaded", "x" * 201, {}, "is a code"),
        ("record.loaded", "person:alice@example.org", {}, "is a code"),
        ("record.loaded", "person:Ярослав", {}, "is a code"),
        ("record.loaded", "person:Jo Doe", {}, "is a code"),
        ("record.loaded", "claim:", {}, "is a code"),
        ("record.loaded", "record", {"number": 2**53}, "beyond"),
        ("record.loaded", "record", {"half": "\ud800"}, "surrogates"),
        ("record.loaded", "record", {"long": "x" * 1024 * 1024}, "1 MiB"),
    ],
)
def test_write__refuses_a_wrong_call(action: str, subject: str, data: Mapping[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        write(by=SYSTEM, action=action, subject=subject, data=data)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("actor", "organisation"), [("alice@example.org", "bureau"), ("", "bureau"), ("x" * 65, ""), ("P-1", "Bureau of A")]
)
def test_write__takes_codes_alone_for_who_acts(actor: str, organisation: str) -> None:
    by = SimpleNamespace(journal_actor=actor, journal_organisation=organisation)

    with pytest.raises(ValueError, match="stands in the journal"):
        write(by=by, action="record.loaded", subject="record", data={})


def test_write__keeps_what_can_name_a_person_out_of_the_hash() -> None:
    event = write(by=SYSTEM, action="people.named", subject="person:N-1", data={"name": "Олена"})

    chained = Event.objects.get(sequence=event.sequence).as_chain_event()
    assert (chained.format, chained.data) == (2, {"name": "Олена"})
    assert "Олена" not in str(chained.content())
    other = write(by=SYSTEM, action="people.named", subject="person:N-1", data={"name": "Олена"})
    assert other.digest != event.digest  # salted: the same name twice cannot be told from the digests


def test_write_many__makes_the_chain_that_single_writes_make(alice: User) -> None:
    before = write(by=SYSTEM, action="record.loaded", subject="record", data={})
    entries = [Entry("custody.bag_moved", f"bag:B-{number}", {"to": "Ярослав", "n": number}) for number in range(250)]

    numbers = write_many(by=alice, entries=iter(entries))

    assert numbers == range(2, 252)
    assert write(by=SYSTEM, action="record.loaded", subject="record", data={}).sequence == 252
    stored = list(Event.objects.select_related("payload"))
    assert stored[1].previous == before.hash
    assert [(event.action, event.subject, event.data) for event in stored[1:-1]] == [
        (entry.action, entry.subject, entry.data) for entry in entries
    ]
    assert {event.actor for event in stored[1:-1]} == {alice.code}
    finding = verify_stored()
    assert (finding.fault, finding.head.sequence) == ("", 252)


def test_write_many__writes_nothing_for_nothing_and_nothing_half() -> None:
    assert write_many(by=SYSTEM, entries=[]) == range(0)
    with pytest.raises(ValueError, match="is a code"):
        write_many(by=SYSTEM, entries=[Entry("record.loaded", "record"), Entry("record.loaded", "")])
    assert not Event.objects.exists()


def test_write_many__takes_few_statements(django_assert_max_num_queries: Any) -> None:
    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    with django_assert_max_num_queries(16):  # SQLite takes a limited number of values in one statement
        write_many(by=SYSTEM, entries=[Entry("record.loaded", f"record:{number}") for number in range(200)])


def test_event__is_never_changed_or_removed_through_the_orm() -> None:
    event = write(by=SYSTEM, action="record.loaded", subject="record", data={})
    event.subject = "another"

    for change in (
        event.save,
        event.delete,
        lambda: Event.objects.update(subject="another"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.filter(sequence=1).delete(),
        lambda: Event.objects.bulk_update([event], ["subject"]),
        lambda: Event.objects.bulk_create([event]),
        lambda: Event.objects.update_or_create(sequence=1, defaults={"subject": "another"}),
    ):
        with pytest.raises(NotPermittedError):
            change()
    assert Event.objects.get().subject == "record"
