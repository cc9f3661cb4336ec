"""The page of a job: how far it is, how it ended, and a way to stop it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from homeward.access.declarations import signed_in
from homeward.access.scope import current_user
from homeward.jobs import actions
from homeward.jobs.kinds import kind_named
from homeward.jobs.queries import is_worker_alive, jobs_seen_by

__all__ = ["cancel", "job"]


@signed_in
@require_safe
def job(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(jobs_seen_by(current_user(request)), code=code)
    if found.state == "done" and found.result.get("address"):
        return redirect(found.result["address"])
    context = {"job": found, "title": kind_named(found.kind).title, "worker_alive": is_worker_alive()}
    return render(request, "jobs/job.html", context)


@signed_in
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    user = current_user(request)
    actions.cancel(job=get_object_or_404(jobs_seen_by(user), code=code), by=user)
    return redirect("jobs:job", code)
