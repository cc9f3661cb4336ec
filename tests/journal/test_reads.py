"""The log of reads: rows that wait for nobody, sealed in batches whose root stands in the chain."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from pytest_django import DjangoAssertNumQueries

from homeward.access.models import User
from homeward.errors import BrokenChainError, InputError
from homeward.journal import actions, merkle
from homeward.journal.actions import note_read, seal_reads, write
from homeward.journal.actors import SYSTEM
from homeward.journal.export import export_reads_to, export_to
from homeward.journal.models import ChainHead, Event, Read
from homeward.journal.queries import sealed_reads, verify_stored
from homeward.journal.reads import LoggedRead, verify_reads
from homeward.journal.verification import SealedBatch, verify

pytestmark = pytest.mark.django_db


def _read(number: int, **given: Any) -> LoggedRead:
    fields = {"time": "2026-01-30T08:00:01.000000Z", "actor": "P-1", "organisation": "bureau", "subject": "person:N-1"}
    return LoggedRead(**{"number": number, "what": "people.person", **fields, **given})


READS = {7: [_read(1), _read(2), _read(4)], 9: [_read(3)]}
BATCHES = {event: SealedBatch(len(rows), merkle.root([row.leaf() for row in rows])) for event, rows in READS.items()}


def _fault(path: Path, reads: dict[int, list[LoggedRead]]) -> str:
    path.write_bytes(b"".join(row.line(event) for event, rows in reads.items() for row in rows))
    try:
        assert verify_reads(path, batches=BATCHES) == (4, 2)
    except BrokenChainError as error:
        return str(error)
    return ""


def test_note_read__is_one_statement_and_leaves_the_chain_alone(
    alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write(by=alice, action="record.loaded", subject="record", data={})
    head = ChainHead.objects.get()

    organisation = alice.journal_organisation
    with django_assert_num_queries(1):
        note_read(by=alice, subject="person:N-1", what="people.ante_mortem")

    row = Read.objects.get()
    assert (row.actor, row.organisation, row.subject) == (alice.code, organisation, "person:N-1")
    assert (row.what, row.sealed_by) == ("people.ante_mortem", None)
    assert (ChainHead.objects.get().hash, Event.objects.count()) == (head.hash, 1)


@pytest.mark.parametrize(("subject", "what"), [("Олена", "people.person"), ("", "people.person"), ("list", "A page")])
def test_note_read__takes_codes_alone(subject: str, what: str) -> None:
    with pytest.raises(ValueError, match=r"code|dotted"):
        note_read(by=SYSTEM, subject=subject, what=what)


def test_seal_reads__ties_each_row_to_one_event(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_READS_IN_A_BATCH", 3)
    for number in range(7):
        note_read(by=alice, subject=f"person:N-{number}", what="people.person")

    assert seal_reads() == 7
    assert seal_reads() == 0

    sizes = [(event, [row.subject[-1] for row in rows]) for event, rows in sealed_reads()]
    assert sizes == [(1, ["0", "1", "2"]), (2, ["3", "4", "5"]), (3, ["6"])]
    first = Event.objects.get(sequence=1)
    rows = [row.as_logged_read() for row in Read.objects.filter(sealed_by=1)]
    assert first.data == {"reads": 3, "root": merkle.root([row.leaf() for row in rows])}
    note_read(by=alice, subject="person:N-8", what="people.person")
    finding = verify_stored()
    assert (finding.fault, finding.n_reads, finding.n_unsealed_reads) == ("", 7, 1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"subject": "person:N-9"}, "event 2: reads that were changed after they were sealed"),
        ({"actor": "P-1"}, "event 2: reads that were changed after they were sealed"),
        ({"sealed_by": None}, "event 2: 2 reads where 3 were sealed"),
        ({"sealed_by": 1}, "event 1: reads that no event of the journal sealed"),
    ],
)
def test_verify_stored__finds_a_read_that_was_changed_or_left_out(
    alice: User, without_guards: Any, change: dict[str, Any], told: str
) -> None:
    write(by=alice, action="record.loaded", subject="record", data={})
    for number in range(3):
        note_read(by=alice, subject=f"person:N-{number}", what="people.person")
    seal_reads()
    with without_guards():
        models.QuerySet(Read).filter(subject="person:N-1").update(**change)

    assert told in verify_stored().fault


def test_verify_stored__finds_a_batch_that_is_gone(alice: User, without_guards: Any) -> None:
    note_read(by=alice, subject="person:N-1", what="people.person")
    seal_reads()
    with without_guards():
        models.QuerySet(Read).delete()

    assert verify_stored().fault == "the batch of reads of event 1 is missing"


def test_verify_stored__reports_its_progress(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeward.journal.queries._CHUNK", 10)
    for number in range(25):
        write(by=alice, action="record.loaded", subject=f"record:{number}", data={})
        note_read(by=alice, subject=f"person:N-{number}", what="people.person")
    seal_reads()
    told: list[tuple[int, int]] = []

    verify_stored(watch=lambda done, total: told.append((done, total)))

    assert told == [(10, 51), (20, 51), (26, 51), (51, 51)]


def test_verify_reads__proves_what_was_exported(alice: User, tmp_path: Path) -> None:
    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    for number in range(3):
        note_read(by=alice, subject=f"person:N-{number}", what="people.person")
        seal_reads()
    end = export_to(tmp_path / "journal.jsonl", watch=lambda: None)
    note_read(by=alice, subject="person:N-9", what="people.person")
    seal_reads()

    assert export_reads_to(tmp_path / "reads.jsonl", up_to=end.sequence, watch=lambda: None) == 3
    chain = verify(tmp_path / "journal.jsonl")
    assert verify_reads(tmp_path / "reads.jsonl", batches=chain.batches) == (3, 3)
    assert (tmp_path / "reads.jsonl").stat().st_mode & 0o077 == 0


def test_verify_reads__finds_every_change(tmp_path: Path) -> None:
    first, second, third = READS[7]
    path = tmp_path / "reads.jsonl"
    assert _fault(path, READS) == ""
    for changed, told in (
        ({7: [first, third], 9: READS[9]}, "event 7: 2 reads where 3 were sealed"),
        ({7: [first, third, second], 9: READS[9]}, "event 7: reads that are out of order"),
        ({7: [first, second, replace(third, actor="P-2")], 9: READS[9]}, "event 7: reads that were changed"),
        ({7: READS[7]}, "the batch of event 9 is missing"),
        ({**READS, 8: [first]}, "event 8: reads that no event of the journal sealed"),
        ({7: READS[9], 9: READS[7]}, "event 7: 1 reads where 3 were sealed"),
    ):
        assert told in _fault(path, changed)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(row.line(7) for row in READS[7]) * 2 + READS[9][0].line(9))
    with pytest.raises(BrokenChainError, match="event 7: 6 reads where 3"):
        verify_reads(path, batches=BATCHES)
    path.write_bytes(lines[0][:-1])
    with pytest.raises(BrokenChainError, match="line 1: a line that was cut short"):
        verify_reads(path, batches=BATCHES)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'"number":1', b'"number":0', "number from 1 on"),
        (b'"actor":"P-1"', b'"actor":1', '"actor" that is not text'),
        (b'"sealed_by":7', b'"sealed_by":"7"', '"sealed_by" that is not a number'),
        (b'"what"', b'"when"', "missing or unknown|canonical"),
        (b"000Z", b"Z", "a time that is not"),
        (b"{", b"[{", "not JSON"),
    ],
)
def test_verify_reads__says_what_is_wrong_with_a_line(tmp_path: Path, old: bytes, new: bytes, told: str) -> None:
    path = tmp_path / "reads.jsonl"
    path.write_bytes(READS[7][0].line(7).replace(old, new))

    with pytest.raises(BrokenChainError, match=told):
        verify_reads(path, batches=BATCHES)
    with pytest.raises(InputError, match="No such file"):
        verify_reads(tmp_path / "absent", batches=BATCHES)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="HOMEWARD_DATABASE_URL is no PostgreSQL address")
def test_seal_reads__by_two_at_once_while_others_read() -> None:
    failures: list[BaseException] = []
    n_sealed: list[int] = []

    def work(worker: int) -> None:
        try:
            for number in range(20):
                note_read(by=SYSTEM, subject=f"person:N-{worker}-{number}", what="people.person")
                if number % 3 == 0:
                    n_sealed.append(seal_reads())
            n_sealed.append(seal_reads())
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert not failures
    assert sum(n_sealed) == 120
    finding = verify_stored()
    assert (finding.fault, finding.n_reads, finding.n_unsealed_reads) == ("", 120, 0)
