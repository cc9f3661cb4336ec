"""Addresses: public hosts alone, within limits; everything else is one clear refusal."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from homeward.errors import InputError
from homeward.reader.files import addresses
from homeward.reader.files.addresses import fetch, is_public


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name, _, rest = self.path[1:].partition("/")
        if name == "page":
            self._answer(200, b"<p>" + self.headers["Host"].encode())
        elif name == "again":
            self.send_response(302)
            self.send_header("Location", f"/again/{int(rest) - 1}" if int(rest) > 1 else "/page")
            self.end_headers()
        elif name == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif name == "long":
            self._answer(200, b"x" * 5000)
        else:
            self._answer(404, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def anywhere(_: str) -> bool:
    return True


def refusal(address: str, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        fetch(address, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_fetch__returns_what_stands_at_the_end_of_the_redirections(site: str) -> None:
    address, body = fetch(f"{site}/again/5", allowed=anywhere)
    assert address == f"{site}/page"
    assert body == b"<p>" + site.removeprefix("http://").encode()
    assert "more than 5 redirections" in refusal(f"{site}/again/6", allowed=anywhere)


def test_fetch__of_a_private_host_is_refused(site: str) -> None:
    assert "not public" in refusal(f"{site}/page")


def test_fetch__follows_no_redirection_to_another_scheme(site: str) -> None:
    assert "an address of another kind" in refusal(f"{site}/elsewhere", allowed=anywhere)


def test_fetch__has_an_end(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "MOST_BYTES", 4999)
    assert "more than 4,999 bytes" in refusal(f"{site}/long", allowed=anywhere)


def test_fetch__of_what_is_no_page_is_refused(site: str) -> None:
    assert "the answer 404" in refusal(f"{site}/none", allowed=anywhere)
    assert "no answer" in refusal("http://localhost:1/", allowed=anywhere)
    assert "no host" in refusal("http://no-such-host.invalid/")


@pytest.mark.parametrize(
    "address", ["ftp://example.org/", "http://", "http://a:b@example.org/", "http://example.org:x/"]
)
def test_fetch__refuses_other_addresses(address: str) -> None:
    assert "needed: an address that can be fetched" in refusal(address)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "fd00::1",
    ],
)
def test_private_numbers__are_told_from_public_ones(number: str) -> None:
    assert not is_public(number)
    assert is_public("93.184.215.14")
    assert is_public("2606:4700::1111")
