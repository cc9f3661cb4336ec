"""The articles of an organisation: which await decisions, which fit a search."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from homeward.access.models import User
from homeward.access.site import Group, Hit, Waiting
from homeward.account.vocabulary import ProposalState
from homeward.record.models import Article

__all__ = ["articles_of", "found", "name_of", "waiting", "with_counts"]

MOST_WAITING = 50
MOST_SEARCHED = 2000  # SQLite folds the case of Latin letters alone, so names are compared here
MOST_HITS = 20


def articles_of(user: User) -> QuerySet[Article]:
    """Returns the articles of the person's organisation, and those that another one shows to it."""
    return Article.objects.visible_to(user)


def with_counts(rows: QuerySet[Article]) -> Any:  # the counts are no columns that types know
    """Returns the articles without their texts, each with how many claims it has and how many await a decision."""
    undecided = Count("proposals", filter=Q(proposals__state=ProposalState.PROPOSED.value))
    return rows.defer("text").annotate(n_claims=Count("proposals"), n_waiting=undecided)


def name_of(article: Article) -> str:
    """Returns what an article is called on a page: its publisher or address, and its number."""
    name = article.publisher or article.source_name or _("Article")
    return _("%(name)s no. %(number)s") % {"name": name, "number": article.pk}


def waiting(user: User) -> list[Waiting]:
    """Returns the articles with claims that await a decision, oldest first."""
    rows = with_counts(Article.objects.owned_by(user)).filter(n_waiting__gt=0)
    return [
        Waiting(
            what=name_of(row),
            why=ngettext("%(n)d claim to decide", "%(n)d claims to decide", row.n_waiting) % {"n": row.n_waiting},
            since=row.submitted_at,
            address=reverse("record:article", args=[row.pk]),
        )
        for row in rows.order_by("submitted_at", "pk")[:MOST_WAITING]
    ]


def found(query: str, user: User) -> list[Group]:
    """Returns the articles whose publisher, address or number fits the query, newest first."""
    words = query.casefold().split()
    rows = [
        row
        for row in articles_of(user).defer("text").order_by("-submitted_at", "-pk")[:MOST_SEARCHED]
        if all(word in f"{row.publisher} {row.source_name} {row.pk}".casefold() for word in words)
    ]
    hits = [
        Hit(name=name_of(row), about=row.published, address=reverse("record:article", args=[row.pk]))
        for row in rows[:MOST_HITS]
    ]
    return [Group(gettext_lazy("Articles"), hits, max(0, len(rows) - MOST_HITS))]
