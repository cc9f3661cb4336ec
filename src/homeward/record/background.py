"""The record's work in the background: reading an article."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.jobs.kinds import work
from homeward.jobs.progress import Progress
from homeward.journal.actors import SystemActor
from homeward.reader import Document, read
from homeward.record.actions import READ_ARTICLE, propose_claims
from homeward.record.models import Article

__all__ = ["read_article"]


@work(READ_ARTICLE, title=_("Reading an article"))
def read_article(progress: Progress, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Reads an article and proposes its claims; an article that was read already is left as it is."""
    article = Article.objects.get(pk=arguments["article"])
    if not article.reader_version:
        document = Document(body=article.text, published=article.published or None, language=article.language)
        reading = read(document, watch=_Steps(progress))
        propose_claims(article=article, reading=reading, by=SystemActor(article.organisation.slug))
    return {"address": reverse("record:article", args=[article.pk])}


class _Steps:
    """Tells the progress of a reading."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._total = progress, 0

    def __call__(self, n_done: int, n_total: int) -> None:
        # `of` writes to the database each time, unlike `done`, which may be called at every sentence.
        if n_total != self._total:
            self._total = n_total
            self._progress.of(n_total)
        self._progress.done(n_done)
