"""Attacks on the site, repeated: a form in a strange encoding, a busy database, secrets in a compressed answer, probes
from elsewhere, personal data in the log.
"""

import gzip
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from homeward.access.models import User
from homeward.journal.actors import SYSTEM
from homeward.journal.queries import head
from homeward.record import actions
from homeward.web import metrics
from homeward.web.logs import JsonFormatter, LineFormatter

URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def record(db: None) -> None:
    actions.load_shipped(by=SYSTEM)


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Iterator[None]:
    """Lets the public pages find the database in that state."""

    def fail(*_given: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("homeward.public.views.current_ledger", fail)
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "hex", "nonsense", "x" * 3000, "idna", "undefined"])
@pytest.mark.parametrize("kind", [URLENCODED, "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("path", ["/account/login/", "/staff/articles/", "/no-such-page/", "/"])
def test_form__in_any_encoding_gets_a_page(client: Client, alice: User, path: str, kind: str, charset: str) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(alice)
    strict.get("/account/login/")
    token = "a" * 32
    strict.cookies["csrftoken"] = token
    body = f"csrfmiddlewaretoken={token}&login=alice".encode()

    response = strict.generic("POST", path, data=body, content_type=f"{kind}; charset={charset}")

    assert response.status_code < 500
    if response.status_code >= 400 and response.status_code != 405:
        assert 'class="brand"' in response.content.decode()


@pytest.mark.django_db
def test_form__whose_own_encoding_is_refused_is_told_so(alice: User) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies["csrftoken"] = "a" * 32
    response = strict.generic("POST", "/account/login/", data=b"a=b", content_type=f"{URLENCODED}; charset=utf-7")
    assert response.status_code == 400
    assert "could not be understood" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection already closed")])
def test_busy_database__is_a_page_that_says_to_try_again(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    client = Client(raise_request_exception=False)
    with failing(monkeypatch, error):
        response = client.get("/exchanges/")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "The database is busy" in response.content.decode()
    assert "locked" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("error", [ValueError("Charlie"), DatabaseError("duplicate key (email)=(charlie@example.org)")])
def test_defect__is_a_page_without_its_words(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    client = Client(raise_request_exception=False)
    with failing(monkeypatch, error):
        response = client.get("/exchanges/?who=Charlie")
    assert response.status_code == 500
    assert "harlie" not in response.content.decode()


@pytest.mark.usefixtures("record")
def test_public_page__is_compressed_and_not_sent_twice(client: Client) -> None:
    first = client.get("/exchanges/", headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert len(first.content) < len(gzip.decompress(first.content)) / 3
    assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= {name.strip() for name in first["Vary"].split(",")}

    again = client.get("/exchanges/", headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/agreements/", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    plain = client.get("/exchanges/")
    assert "Content-Encoding" not in plain
    assert plain.content == gzip.decompress(first.content)


@pytest.mark.usefixtures("record")
def test_answer__with_a_secret_in_it_is_never_compressed(client: Client, alice: User) -> None:
    """What is compressed gives its secrets away by its length (BREACH): a token of a form, a session."""
    compressed = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" not in client.get(reverse("account_login"), headers=compressed)
    client.force_login(alice)
    for path in ("/", "/exchanges/", "/staff/articles/", "/staff/account/"):
        response = client.get(path, headers=compressed)
        assert "Content-Encoding" not in response, path
        assert "ETag" not in response, path


@pytest.mark.django_db
def test_health__says_nothing_but_whether(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (client.get("/health").status_code, client.get("/health").content) == (200, b"ok\n")

    class Broken:
        def cursor(self) -> None:
            raise OperationalError("no such host: secret.example.org")

    monkeypatch.setattr(metrics, "connection", Broken())
    response = client.get("/health")
    assert (response.status_code, response.content) == (503, b"unavailable\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "203.0.113.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"},
    ],
)
def test_metrics__are_not_there_for_who_asks_from_elsewhere(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/metrics", **asked).status_code == 404  # type: ignore[arg-type]


@pytest.mark.usefixtures("record")
def test_metrics__are_figures_that_prometheus_reads(client: Client, settings: Settings) -> None:
    client.get("/")
    page = client.get("/metrics").content.decode()
    for line in page.splitlines():
        assert re.fullmatch(r'# TYPE \w+ (gauge|counter)|\w+(\{(\w+="[^"]*",?)+\})? [0-9.]+', line), line
    assert f"homeward_journal_events {head().sequence}\n" in page
    assert 'simulated="no"' in page

    settings.HOMEWARD_METRICS_TOKEN = "a token of some length"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer a token"}).status_code == 404
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    allowed = client.get("/metrics", headers={"Authorization": "Bearer a token of some length"}, **elsewhere)
    assert allowed.status_code == 200


def _logged(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.format(record)


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter()])
def test_log__holds_nothing_that_somebody_sent(
    monkeypatch: pytest.MonkeyPatch, formatter: logging.Formatter, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("homeward"), "propagate", True)
    with caplog.at_level(logging.INFO), failing(monkeypatch, ValueError("charlie@example.org")):
        monkeypatch.setattr(logging.getLogger("django.request"), "propagate", True)
        client.get("/exchanges/?who=charlie", headers={"User-Agent": "charlie"})
        client.get("/exchanges/charlie/")
        client.post("/account/login/", {"login": "charlie@example.org", "password": "charlie"})
    lines = [_logged(formatter, record) for record in caplog.records]
    assert any("ValueError" in line for line in lines)
    assert any("exchanges/" in line and "500" in line for line in lines)
    assert not [line for line in lines if "charlie" in line]
    if isinstance(formatter, JsonFormatter):
        assert {"time", "level", "logger", "event"} <= set.intersection(*(set(json.loads(line)) for line in lines))
