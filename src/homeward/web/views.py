"""The pages of the site itself: what waits for a person today, the search, and having the journal verified."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from homeward.access.declarations import public, requires, signed_in
from homeward.access.models import User
from homeward.access.roles import Permission
from homeward.access.scope import current_user
from homeward.access.site import found_by, waiting_for
from homeward.jobs import actions as jobs
from homeward.web.background import VERIFY_JOURNAL

__all__ = ["search", "today", "verify_journal"]

LONGEST_QUERY = 200


@signed_in
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    context = {"rows": waiting_for(current_user(request)), "day": timezone.localdate(), "now": timezone.now()}
    return render(request, "site/today.html", context)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    user = request.user if isinstance(request.user, User) else None
    groups = found_by(query, user) if query else []
    return render(request, "site/search.html", {"query": query, "groups": groups})


@requires(Permission.AUDIT_JOURNAL)
@require_POST
def verify_journal(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    with transaction.atomic():
        job = jobs.ask(kind=VERIFY_JOURNAL, about=f"by:{user.code}", arguments={"user": user.pk}, by=user)
    return redirect("jobs:job", job.code)
