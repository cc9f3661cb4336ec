"""Erasing a payload: the text is gone, the chain holds, and who did it when and why stands beside the event."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from homeward.access.models import User
from homeward.errors import InputError
from homeward.journal.actions import erase, note_read, seal_reads, write
from homeward.journal.actors import SYSTEM
from homeward.journal.export import export_to
from homeward.journal.models import Event, Payload
from homeward.journal.queries import verify_stored
from homeward.journal.verification import verify

NAME = "Олена Коваль"


@pytest.fixture
def named(alice: User) -> Event:
    """An event whose payload names a person, with one before and one after it."""
    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    event = write(by=alice, action="people.named", subject="person:N-1", data={"name": NAME})
    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    return event


def test_erase__takes_the_payload_and_keeps_the_chain(named: Event, bob: User, tmp_path: Path) -> None:
    before = Event.objects.get(sequence=named.sequence).as_chain_event()

    erasing = erase(by=bob, event=named.sequence, reason="  withdrawn by the family ")

    event = Event.objects.get(sequence=named.sequence)
    assert (event.data, event.data_text, event.payload.salt) == (None, None, None)
    after = event.as_chain_event()
    assert (after.hash, after.content()) == (before.hash, before.content())
    assert event.erasure is not None
    assert (event.erasure.event, event.erasure.by, event.erasure.reason) == (4, bob.code, "withdrawn by the family")
    assert event.erasure.on == erasing.time
    assert (erasing.action, erasing.subject) == ("journal.payload_erased", "event:2")
    finding = verify_stored()
    assert (finding.fault, finding.n_erased) == ("", 1)
    export_to(tmp_path / "journal.jsonl", watch=lambda: None)
    assert NAME not in (tmp_path / "journal.jsonl").read_text(encoding="utf-8")
    assert verify(tmp_path / "journal.jsonl").n_erased == 1


def test_erase__reaches_the_reason_of_another_erasure(named: Event, bob: User) -> None:
    first = erase(by=bob, event=named.sequence, reason=f"about {NAME}")

    erase(by=bob, event=first.sequence, reason="it named her")

    event = Event.objects.get(sequence=named.sequence)
    assert event.erasure is not None
    assert (event.erasure.event, event.erasure.reason) == (first.sequence, None)
    assert verify_stored().fault == ""


def test_erase__refuses_what_it_cannot_erase(named: Event, alice: User) -> None:
    note_read(by=alice, subject="person:N-1", what="people.person")
    seal_reads()
    erase(by=alice, event=named.sequence, reason="once")
    n_events = Event.objects.count()

    for number, reason, told in (
        (named.sequence, "twice", "found a payload that event 5 erased"),
        (4, "a seal", "the seal of a batch of reads"),
        (99, "nothing there", "no such event"),
        (0, "nothing there", "no such event"),
        (1, "   ", "1 to 1,000 characters"),
        (1, "x" * 1001, "1 to 1,000 characters"),
    ):
        with pytest.raises(InputError, match=told):
            erase(by=alice, event=number, reason=reason)
    assert Event.objects.count() == n_events


def test_verify_stored__finds_a_payload_taken_away_past_the_journal(named: Event, without_guards: Any) -> None:
    with without_guards():
        super(type(Payload.objects.all()), Payload.objects.filter(event=named)).delete()

    assert verify_stored().fault == "event 2 has no payload, and no later event says that it was erased"


def test_verify_stored__finds_a_payload_erased_in_the_name_of_another_event(named: Event, without_guards: Any) -> None:
    with without_guards():
        rows = super(type(Payload.objects.all()), Payload.objects.filter(event=named))
        rows.update(canonical_data=None, salt=None, erased_by=3)

    assert "event 2 has no payload" in verify_stored().fault


def test_verify_stored__finds_a_payload_that_came_back(named: Event, without_guards: Any) -> None:
    kept = Payload.objects.get(event=named)
    erase(by=SYSTEM, event=named.sequence, reason="a test")
    with without_guards():
        rows = super(type(Payload.objects.all()), Payload.objects.filter(event=named))
        rows.update(canonical_data=kept.canonical_data, salt=kept.salt, erased_by=None)

    assert verify_stored().fault == "event 2: a payload that was erased stands here again"


def test_verify_stored__finds_a_payload_that_was_exchanged(named: Event, without_guards: Any) -> None:
    with without_guards():
        rows = super(type(Payload.objects.all()), Payload.objects.filter(event=named))
        rows.update(canonical_data='{"name":"another"}')

    assert verify_stored().fault == "event 2: an event whose payload does not fit its digest"


def test_erase__leaves_no_trace_in_the_file_of_the_embedded_database(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    environment["HOMEWARD_DATA_DIR"] = str(tmp_path)

    def run(program: str) -> str:
        command = [sys.executable, "-c", program]
        return subprocess.run(
            command, env=environment, check=True, timeout=120, stdout=subprocess.PIPE, text=True
        ).stdout

    def text_is_there() -> bool:
        return any(NAME.encode() in path.read_bytes() for path in tmp_path.glob("homeward.sqlite3*"))

    numbers = run(
        "from homeward.cli import database; database.prepare()\n"
        "from homeward.journal.actions import Entry, write_many\n"
        "from homeward.journal.actors import SYSTEM\n"
        f"entries = [Entry('people.named', f'person:N-{{n}}', {{'name': {NAME!r}, 'n': n}}) for n in range(3)]\n"
        "print(*write_many(by=SYSTEM, entries=entries))\n"
    )
    assert text_is_there()
    erasing = "; ".join(f"sys.argv[3] = '{number}'; run()" for number in numbers.split())
    run(
        "import sys\nfrom homeward.cli.app import main\n"
        "sys.argv = ['homeward', 'journal', 'erase', '', '--reason', 'a test']\n"
        "def run():\n    try:\n        main()\n    except SystemExit as end:\n        assert not end.code\n"
        f"{erasing}\n"
    )
    assert not text_is_there()
