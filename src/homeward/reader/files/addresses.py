"""Addresses, fetched only when asked for: public hosts alone, with limits of size, time and redirections."""

import ipaddress
import socket
import time
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit

from homeward.errors import InputError

__all__ = ["Fetched", "fetch", "is_address", "is_public"]

MOST_BYTES = 10_000_000
MOST_SECONDS = 30.0
MOST_REDIRECTIONS = 5
_NEEDED = "an address that can be fetched: http or https, on a public host"
_PORTS = {"http": 80, "https": 443}

Fetched = tuple[str, bytes]
"""The address at which the last redirection ended, and the bytes that stand there."""


def is_address(text: str) -> bool:
    """Returns whether `text` is meant as an address rather than as a file."""
    return text.lower().startswith(("http://", "https://"))


def is_public(host: str) -> bool:
    """Returns whether an IP address belongs to the public network; loopback, private and reserved ones do not."""
    address = ipaddress.ip_address(host)
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped if mapped is not None else address
    return address.is_global and not address.is_multicast


def fetch(address: str, *, allowed: Callable[[str], bool] = is_public) -> Fetched:
    """Returns what stands at an address, after at most five redirections.

    Every host on the way is looked up once, checked with `allowed`, and connected to by the very number that was
    checked, so that a name that changes its answer leads nowhere else. Raises InputError for everything that is not
    fetched: another scheme, a host that is not public, an answer that is no success, more than 10,000,000 bytes, more
    than 30 seconds.
    """
    until = time.monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTIONS + 1):
        body, onward = _answer(address, allowed, until)
        if onward is None:
            return address, body
        address = urljoin(address, onward)
    raise InputError(place=address, found=f"more than {MOST_REDIRECTIONS} redirections", needed=_NEEDED)


def _answer(address: str, allowed: Callable[[str], bool], until: float) -> tuple[bytes, str | None]:
    """Returns the body of one answer, or where it sends the reader."""
    try:
        import certifi
        import urllib3
    except ImportError:
        raise InputError(
            place=address, found="an address", needed="the extra that fetches pages: pip install homeward[pages]"
        ) from None
    parts, port = _parts(address)
    host = parts.hostname or ""
    number = _looked_up(host, port, allowed, address)
    timeout = urllib3.Timeout(total=max(0.1, until - time.monotonic()))
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            number,
            port,
            timeout=timeout,
            server_hostname=host,
            assert_hostname=host,
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
        )
    else:
        pool = urllib3.HTTPConnectionPool(number, port, timeout=timeout)
    named = host if port == _PORTS[parts.scheme] else f"{host}:{port}"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": named, "User-Agent": "homeward", "Accept-Encoding": "gzip"}
    try:
        with (
            pool,
            pool.request("GET", target, headers=headers, redirect=False, retries=False, preload_content=False) as found,
        ):
            onward = found.get_redirect_location()
            if onward:
                return b"", onward
            if found.status != 200:
                raise InputError(place=address, found=f"the answer {found.status}", needed="a page (200)")
            return _read(found, address, until), None
    except urllib3.exceptions.HTTPError as error:
        raise InputError(place=address, found=f"no answer ({type(error).__name__})", needed=_NEEDED) from error


def _parts(address: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise InputError(place=address, found=f"no address ({error})", needed=_NEEDED) from None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise InputError(place=address, found="an address of another kind", needed=_NEEDED)
    return parts, port or _PORTS[parts.scheme]


def _looked_up(host: str, port: int, allowed: Callable[[str], bool], address: str) -> str:
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise InputError(place=address, found=f'no host "{host}"', needed=_NEEDED) from error
    refused = sorted(number for number in found if not allowed(number.partition("%")[0]))
    if refused:
        found_there = f'the host "{host}" at {refused[0]}, which is not public'
        raise InputError(place=address, found=found_there, needed=_NEEDED)
    return min(found)


def _read(found: "object", address: str, until: float) -> bytes:
    parts: list[bytes] = []
    n_bytes = 0
    for part in found.stream(65_536):  # type: ignore[attr-defined]
        parts.append(part)
        n_bytes += len(part)
        if n_bytes > MOST_BYTES:
            raise InputError(place=address, found=f"more than {MOST_BYTES:,} bytes", needed="a smaller page")
        if time.monotonic() > until:
            raise InputError(place=address, found=f"no end after {MOST_SECONDS:.0f} seconds", needed=_NEEDED)
    return b"".join(parts)
