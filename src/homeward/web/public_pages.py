"""Saves the reader of public pages time and traffic: an ETag, so that what is unchanged is not sent again, and gzip.

Only where there is nothing secret in the answer, since the length of a compressed answer can give secrets away
(BREACH): pages of `public`, asked for without a session, that set no cookie.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers, set_response_etag

__all__ = ["PublicPagesMiddleware"]


class PublicPagesMiddleware:
    """Adds the ETag and compresses; outermost but for the headers, so that it sees the answer as it is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._gzip = GZipMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _is_open(request, response):
            return response
        patch_vary_headers(response, ["Cookie", "Accept-Language", "Accept-Encoding"])
        patch_cache_control(response, no_cache=True)  # may be kept, must be asked about: the record changes at any time
        set_response_etag(response)
        etag = response["ETag"]
        answer = get_conditional_response(request, etag=etag, response=response) or response
        if answer.status_code == 200:
            answer = self._gzip.process_response(request, answer)  # type: ignore[assignment]
        return answer


def _is_open(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and match is not None
        and match.app_name == "public"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not response.cookies
        and not response.streaming
        and "no-store" not in response.get("Cache-Control", "")
    )
