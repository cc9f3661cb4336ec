"""The public pages' work in the background: the brief as a PDF, which takes about a second to set."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from homeward.brief.account import tell
from homeward.brief.formats import pdf
from homeward.jobs.kinds import work
from homeward.jobs.progress import Progress
from homeward.public.models import Rendition
from homeward.record.ledger_cache import current_ledger

__all__ = ["SET_BRIEF", "set_brief"]

SET_BRIEF = "public.set_brief"
MOST_KEPT = 12


@work(SET_BRIEF, title=_("Setting the brief as a PDF"))
def set_brief(progress: Progress, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Sets the brief of a day in a language and keeps it; the oldest of the dozen that are kept goes."""
    # Raises where the worker is to stop: setting type cannot be interrupted once it has begun.
    progress.done(0)
    found = current_ledger(date.fromisoformat(arguments["on"]))
    key = {"stamp": found.stamp, "on": found.on, "language": arguments["language"]}
    if not Rendition.objects.filter(**key).exists():
        content = pdf.render(tell(found.ledger, found.on, language=arguments["language"]))
        Rendition.objects.update_or_create(**key, defaults={"content": content})
        kept = Rendition.objects.values_list("pk", flat=True)[:MOST_KEPT]
        Rendition.objects.exclude(pk__in=list(kept)).delete()
    return {}
