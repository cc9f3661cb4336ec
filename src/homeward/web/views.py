"""The one page of the site itself: it has the journal verified in the background."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from homeward.access.declarations import requires
from homeward.access.roles import Permission
from homeward.access.scope import current_user
from homeward.jobs import actions as jobs
from homeward.web.background import VERIFY_JOURNAL

__all__ = ["verify_journal"]


@requires(Permission.AUDIT_JOURNAL)
@require_POST
def verify_journal(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    with transaction.atomic():
        job = jobs.ask(kind=VERIFY_JOURNAL, about=f"by:{user.code}", arguments={"user": user.pk}, by=user)
    return redirect("jobs:job", job.code)
