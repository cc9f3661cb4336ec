"""An installation is real or SIMULATED when it is made, for ever, and a simulated one says so wherever it speaks."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from tests.installation.commands import homeward

from homeward.access.models import User
from homeward.account import export
from homeward.brief.account import tell
from homeward.brief.formats import as_json, pdf, text
from homeward.errors import InputError, NotPermittedError
from homeward.installation.actions import mark
from homeward.installation.models import Installation
from homeward.installation.queries import forget, is_simulated, kind
from homeward.installation.vocabulary import Kind
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event
from homeward.public import standalone
from homeward.record import actions, queries


@pytest.fixture(autouse=True)
def _unmarked() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def simulated(db: None) -> None:
    mark(Kind.SIMULATED, by=SYSTEM)
    actions.load_shipped(by=SYSTEM)


@pytest.mark.django_db
def test_mark__is_made_once_and_journalled() -> None:
    assert kind() is None
    assert mark(Kind.REAL, by=SYSTEM) is Kind.REAL
    assert mark(Kind.REAL, by=SYSTEM) is Kind.REAL
    assert [event.data for event in Event.objects.filter(action="installation.made")] == [{"kind": "real"}]
    with pytest.raises(InputError, match="found a real installation"):
        mark(Kind.SIMULATED, by=SYSTEM)
    assert not is_simulated()


@pytest.mark.django_db
def test_mark__of_a_simulated_installation_stays() -> None:
    mark(Kind.SIMULATED, by=SYSTEM)
    assert mark(Kind.REAL, by=SYSTEM) is Kind.SIMULATED


@pytest.mark.django_db
def test_mark__cannot_be_changed_by_code_or_by_hand() -> None:
    mark(Kind.SIMULATED, by=SYSTEM)
    row = Installation.objects.get()
    row.kind = "real"
    for change in (row.save, row.delete, Installation.objects.all().delete):
        with pytest.raises(NotPermittedError):
            change()
    with pytest.raises(NotPermittedError):
        Installation.objects.update(kind="real")
    by_hand = "UPDATE installation_installation SET kind = 'real'"
    with pytest.raises(DatabaseError, match="for ever"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(by_hand)
    second = "INSERT INTO installation_installation (id, kind, made) VALUES (2, 'real', %s)"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(second, [timezone.now()])
    forget()
    assert is_simulated()


PAGES = ["/", "/exchanges/", "/agreements/", "/account/login/", "/no-such-page/"]


@pytest.mark.usefixtures("simulated")
@pytest.mark.parametrize("path", [*PAGES, "/staff/", "/staff/articles/", "/staff/account/"])
def test_simulated__is_said_on_every_page(client: Client, alice: User, path: str) -> None:
    if path.startswith("/staff/"):
        client.force_login(alice)
    assert "<strong>SIMULATED</strong>" in client.get(path, follow=True).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_real__says_nothing_of_it(client: Client, path: str) -> None:
    mark(Kind.REAL, by=SYSTEM)
    assert "SIMULATED" not in client.get(path, follow=True).content.decode()


@pytest.mark.usefixtures("simulated")
def test_simulated__is_said_in_every_export(client: Client) -> None:
    for path in ("/exchanges.csv", "/brief.csv"):
        rows = list(csv.DictReader(io.StringIO(client.get(path).content.decode())))
        assert rows
        assert {row["installation"] for row in rows} == {"SIMULATED"}, path
    for path in ("/exchanges.json", "/brief.json"):
        assert json.loads(client.get(path).content)["simulated"] is True, path
    feed = client.get("/feed.atom").content.decode()
    assert feed.count("<title>SIMULATED: ") == feed.count("<title>")
    ledger = queries.ledger()
    assert export.exchanges(ledger)["simulated"] is True
    assert export.balance(ledger)["simulated"] is True


@pytest.mark.usefixtures("simulated")
def test_simulated__is_said_in_every_form_of_the_brief() -> None:
    ledger = queries.ledger()
    brief = tell(ledger, ledger.on)
    assert text.render(brief).startswith("SIMULATED")
    assert json.loads(as_json.render(brief))["simulated"] is True
    assert "<strong>SIMULATED</strong>" in standalone.render(brief)
    document = pypdfium2.PdfDocument(pdf.render(brief))
    pages = [page.get_textpage().get_text_range() for page in document]
    assert pages
    assert all("SIMULATED" in page for page in pages)
    document.close()


def test_demo__plays_in_a_folder_of_its_own_and_never_in_a_real_installation(tmp_path: Path) -> None:
    assert homeward(tmp_path, "people", "add-organisation", "Bureau of Alpha").returncode == 0
    before = (tmp_path / "homeward.sqlite3").read_bytes()
    url = f"sqlite:///{tmp_path / 'homeward.sqlite3'}"
    done = homeward(tmp_path, "demo", "--remains", 5, "--families", 5, HOMEWARD_DATABASE_URL=url)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "found a real installation" in done.stderr

    done = homeward(tmp_path, "demo", "--remains", 5, "--families", 5, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SIMULATED" in done.stdout
    assert (tmp_path / "homeward.sqlite3").read_bytes() == before
    assert "installation: SIMULATED" in homeward(tmp_path, "check", HOMEWARD_DEMO="yes").stdout
    assert "installation: real" in homeward(tmp_path, "check").stdout


def test_check__finds_a_mark_that_somebody_changed(tmp_path: Path) -> None:
    assert homeward(tmp_path, "migrate").returncode == 0
    with sqlite3.connect(tmp_path / "homeward.sqlite3") as database:
        database.execute("DROP TRIGGER installation_is_for_ever")
        database.execute("UPDATE installation_installation SET kind = 'simulated'")
    done = homeward(tmp_path, "check")
    assert done.returncode == 1
    assert "the mark was changed" in done.stdout
