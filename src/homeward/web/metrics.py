"""What a monitor asks: whether the site answers, and its figures in the text format of Prometheus. No personal data."""

import logging
import os
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from homeward import __version__
from homeward.access.declarations import public
from homeward.installation.queries import is_simulated
from homeward.journal.queries import head

__all__ = ["RequestLogMiddleware", "health", "metrics", "observe"]

_requests = logging.getLogger("homeward.requests")

_PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
_lock = threading.Lock()
_answers: Counter[str] = Counter()
_seconds: Counter[str] = Counter()


class RequestLogMiddleware:
    """Counts and logs each request as it was answered: method, route, status, milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        observe(response.status_code, seconds)
        milliseconds = round(1000 * seconds)
        extra = {"request": request, "status_code": response.status_code, "milliseconds": milliseconds}
        _requests.info("request", extra=extra)
        return response


def observe(status: int, seconds: float) -> None:
    """Counts an answer of this process."""
    kind = f"{status // 100}xx"
    with _lock:
        _answers[kind] += 1
        _seconds[kind] += seconds  # type: ignore[assignment]  # a Counter adds fractions as well


@public
@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Returns 200 where the database answers and 503 where it does not, and says nothing else to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("unavailable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Returns the figures to who asks on this machine or with the token; for everybody else the page is not there."""
    if not _may_ask(request):
        raise Http404
    return HttpResponse("\n".join(_lines()) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_ask(request: HttpRequest) -> bool:
    if token := settings.HOMEWARD_METRICS_TOKEN:
        return compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    if any(name in request.META for name in _PASSED_ON):
        return False  # a proxy on this machine asks for somebody elsewhere
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _lines() -> list[str]:
    free = shutil.disk_usage(settings.HOMEWARD_DATA_DIR).free
    lines = [
        *_figure("homeward_info", "gauge", f'{{version="{__version__}",simulated="{_yes(is_simulated())}"}} 1'),
        *_figure("homeward_journal_events", "counter", f" {head().sequence}"),
        *_figure("homeward_disk_free_bytes", "gauge", f" {free}"),
    ]
    if connection.vendor == "sqlite":
        size = os.path.getsize(settings.DATABASES["default"]["NAME"]) if _has_file() else 0  # noqa: PTH202
        lines += _figure("homeward_database_bytes", "gauge", f" {size}")
    with _lock:
        answers, seconds = dict(_answers), dict(_seconds)
    process = os.getpid()
    of_kind = [f'{{process="{process}",status="{kind}"}} {n}' for kind, n in sorted(answers.items())]
    lines += _figure("homeward_answers_total", "counter", *of_kind)
    of_kind = [f'{{process="{process}",status="{kind}"}} {s:.6f}' for kind, s in sorted(seconds.items())]
    return lines + _figure("homeward_answer_seconds_total", "counter", *of_kind)


def _figure(name: str, kind: str, *values: str) -> list[str]:
    return [f"# TYPE {name} {kind}", *(f"{name}{value}" for value in values)]


def _has_file() -> bool:
    return os.path.exists(str(settings.DATABASES["default"]["NAME"]))  # noqa: PTH110 - a memory database has no path


def _yes(value: bool) -> str:  # noqa: FBT001
    return "yes" if value else "no"
