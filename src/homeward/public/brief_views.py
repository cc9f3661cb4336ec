"""The pages of the brief. Public; no personal data."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from homeward.access.declarations import public
from homeward.brief.account import tell
from homeward.brief.document import Brief
from homeward.brief.formats import as_json
from homeward.brief.tables import balance_rows
from homeward.jobs import actions as jobs
from homeward.output import csv_text
from homeward.public.background import SET_BRIEF
from homeward.public.brief_page import page_context, reach
from homeward.public.queries import rendition
from homeward.record.ledger_cache import LedgerSnapshot, current_ledger
from homeward.wording.catalogue import languages

__all__ = ["as_csv", "as_object", "as_pdf", "home"]

INTRO = _(
    "The public account of exchanges of prisoners and of the dead: what was agreed, what was carried out, who says so."
)
WORDS = ("agreement", "worded_by", "obligation", "promised")
MEASURES = (
    "delivered_low",
    "delivered_high",
    "unverified",
    "outstanding_low",
    "outstanding_high",
    "last_transfer",
    "days_since",
)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found, language = _asked()
    context = (
        _context(found, language) if found.stamp else page_context(tell(found.ledger, found.on, language=language))
    )
    return render(request, "public/brief/home.html", {**context, "intro": INTRO, "reach": reach(found.ledger)})


@public
@require_safe
def as_pdf(request: HttpRequest) -> HttpResponse:
    found, language = _asked()
    content = rendition(found, language)
    if content is None:
        about = f"{found.stamp[:16]}.{found.on}.{language}"
        arguments = {"on": found.on.isoformat(), "language": language}
        job = jobs.ask(kind=SET_BRIEF, about=about, arguments=arguments, by=None)
        # Asked again: where background work is done at once, the job has run by now.
        content = rendition(found, language)
    if content is None:
        page = render(request, "public/brief/being_set.html", {"job": job}, status=202)
        page["Retry-After"] = "2"
        return page
    return _download(HttpResponse(content, content_type="application/pdf"), "brief.pdf")


@public
@require_safe
def as_object(_request: HttpRequest) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 2}
    return _download(JsonResponse(as_json.as_object(_current()), json_dumps_params=options), "brief.json")


@public
@require_safe
def as_csv(_request: HttpRequest) -> HttpResponse:
    """Returns the balance: one line for each commitment in each wording."""
    brief = _current()
    rows = [
        {name: getattr(row, name) for name in WORDS} | {name: getattr(row.line, name) for name in MEASURES}
        for row in balance_rows(brief)
    ]
    text = csv_text((*WORDS, *MEASURES), rows, simulated=brief.simulated)
    return _download(HttpResponse(text, content_type="text/csv; charset=utf-8"), "brief.csv")


def _download(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _asked() -> tuple[LedgerSnapshot, str]:
    """Returns the record and the reader's language, English where there is no catalogue for it."""
    language = (get_language() or "en")[:2]
    return current_ledger(), language if language in languages() else "en"


def _current() -> Brief:
    found, language = _asked()
    return _told(found, language) if found.stamp else tell(found.ledger, found.on, language=language)


@lru_cache(maxsize=6)  # three languages, on the day before midnight and the one after
def _context(found: LedgerSnapshot, language: str) -> dict[str, Any]:
    return page_context(_told(found, language))


@lru_cache(maxsize=6)  # three languages, on the day before midnight and the one after
def _told(found: LedgerSnapshot, language: str) -> Brief:
    return tell(found.ledger, found.on, language=language)
