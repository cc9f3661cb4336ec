"""The pages of access: where a person starts, the own account, and the auditor's journal."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from homeward.access.declarations import requires, signed_in
from homeward.access.forms import JournalFilter
from homeward.access.labels import labels_of
from homeward.access.models import Organisation, User
from homeward.access.roles import Permission
from homeward.access.scope import current_user
from homeward.journal.actions import note_read
from homeward.journal.models import Checkpoint, Event
from homeward.journal.queries import events_seen_by, head, latest_verification, signed_checkpoint

__all__ = ["account", "checkpoint", "journal", "start"]

_EVENTS_ON_A_PAGE = 50


@signed_in
@require_GET
def start(_request: HttpRequest) -> HttpResponse:
    """Sends whoever signed in to what waits for them."""
    return redirect("site:today")


@signed_in
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    permissions = labels_of(permission for permission in Permission if user.may(permission))
    return render(request, "access/account.html", {"permissions": permissions})


@requires(Permission.AUDIT_JOURNAL)
@require_GET
def checkpoint(_request: HttpRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Checkpoint, pk=number)
    name = f"homeward-checkpoint-{row.sequence}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(signed_checkpoint(row).as_bytes(), content_type="application/json", headers=headers)


@requires(Permission.AUDIT_JOURNAL)
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    organisation = _organisation(user)
    form = JournalFilter(request.GET or {}, reader=user)
    rows = events_seen_by(organisation.slug, **form.cleaned_data) if form.is_valid() else events_seen_by("").none()
    # What an event says can name a person, so looking at the journal is a read of personal data.
    note_read(by=user, subject="journal", what="access.journal")
    page = Paginator(rows, _EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "lines": [_line(event, form.people) for event in page],
        "asked": asked.urlencode(),
        "head": head(),
        "verified": latest_verification(organisation.slug),
        "checkpoints": Checkpoint.objects.all()[:20],
    }
    return render(request, "access/journal.html", context)


def _line(event: Event, people: Mapping[str, str]) -> tuple[Event, str, str]:
    """Returns an event, who acted, and who erased what it says; people by the address that their organisation knows."""
    erased_by = event.erasure.by if event.erasure else ""
    return event, people.get(event.actor, event.actor), people.get(erased_by, erased_by)


def _organisation(user: User) -> Organisation:
    if user.organisation is None:
        raise PermissionDenied
    return user.organisation
