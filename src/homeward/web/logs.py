"""The log: one line an event, as text or as JSON, without personal data.

What somebody sent us (an address with its query, a form, the words of an error, a user) stands in no line: an error is
told by its kind and the lines of code that it passed, a request by the pattern of its address.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

__all__ = ["JsonFormatter", "LineFormatter"]


def event_of(record: logging.LogRecord) -> dict[str, Any]:
    """Returns what may be told of a record."""
    event: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _words(record),
    }
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        event |= {"method": _method(request), "route": _route(request)}
    for name in ("status_code", "milliseconds"):
        if isinstance(value := getattr(record, name, None), int):
            event[name] = value
    if record.exc_info and (error := record.exc_info[1]):
        event |= {"error": type(error).__name__, "at": _places(error)}
    return event


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(event_of(record), ensure_ascii=True)


class LineFormatter(logging.Formatter):
    """The same in words."""

    def format(self, record: logging.LogRecord) -> str:
        event = event_of(record)
        head = f"{event.pop('time')} {event.pop('level')} {event.pop('logger')}: {event.pop('event')}"
        return " ".join([head, *(f"{name}={value}" for name, value in event.items())])


def _words(record: logging.LogRecord) -> str:
    """Returns the words of the programmer; what was put into them is left out, unless it is a number."""
    message = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    given = record.args if isinstance(record.args, tuple) else ()
    if given and isinstance(given[0], str) and message.startswith("%s: "):  # Django's "%s: %s" of a request
        return given[0]
    return message % given if given and all(isinstance(value, int | float) for value in given) else message


def _method(request: HttpRequest) -> str:
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return request.method if request.method in known else "other"


def _route(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "none"


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-20:]]
