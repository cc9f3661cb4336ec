"""The pages that tell what went wrong.

Django's own refuse to be shown where the form that was sent cannot be read (a POST with `charset=utf-7`): they look for
a token in it. These look at nothing that was sent; 400, 500 and 503 ask not even the database who is looking.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from homeward.installation.context import installation_without_database

__all__ = ["bad_request", "page_not_found", "permission_denied", "server_error"]

RETRY_AFTER_SECONDS = 5


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Returns the page for a request that could not be understood."""
    return HttpResponse(render_to_string("400.html", installation_without_database()), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Returns the page for what this person may not do."""
    return HttpResponse(render_to_string("403.html", request=request), status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Returns the page for an address where nothing stands, or nothing that this person may see."""
    return HttpResponse(render_to_string("404.html", request=request), status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Returns the page for a defect; where the database is busy or away, the one that says to try again."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("500.html", installation_without_database()), status=500)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return HttpResponse(render_to_string("503.html", installation_without_database()), status=503, headers=headers)
