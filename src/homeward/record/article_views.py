"""The staff's pages: an article is pasted or uploaded, and each claim that was read from it is decided on."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.declarations import requires
from homeward.access.models import User
from homeward.access.roles import Permission
from homeward.access.scope import current_user
from homeward.access.scoping import owner_of
from homeward.account.checking import check
from homeward.account.vocabulary import ProposalState
from homeward.errors import InputError
from homeward.jobs.queries import is_worker_alive, latest_job
from homeward.reader import Document, Reading
from homeward.reader.claims import Band
from homeward.reader.claims import Claim as ReadClaim
from homeward.record.actions import (
    READ_ARTICLE,
    accept_claim,
    ask_to_read,
    correct_claim,
    reject_claim,
    reopen_claim,
    submit_article,
)
from homeward.record.articles import articles_of, with_counts
from homeward.record.excerpts import pieces
from homeward.record.forms import ArticleForm, ClaimForm
from homeward.record.ledger_cache import current_ledger
from homeward.record.models import Article, ProposedClaim
from homeward.record.spoken import catalogue, told_error

__all__ = ["accept", "article", "articles", "correct", "read_again", "reject", "reopen", "submit"]

ARTICLES_ON_A_PAGE = 50


@requires(Permission.READ_ARTICLES)
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    return _list(request, ArticleForm())


@requires(Permission.SUBMIT_ARTICLES)
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    form = ArticleForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=400)
    try:
        found = submit_article(document=form.document, by=current_user(request))
    except InputError as error:
        form.add_error(None, told_error(error))
        return _list(request, form, status=400)
    return redirect("record:article", found.pk)


@requires(Permission.READ_ARTICLES)
@require_safe
def article(request: HttpRequest, number: int) -> HttpResponse:
    user = current_user(request)
    found = _article(user, number)
    if not found.reader_version:
        return _being_read(request, found)
    proposals = list(found.proposals.select_related("claim__transfer__exchange").order_by("position"))
    claims = [_claim(proposal) for proposal in proposals]
    ledger = current_ledger().ledger
    document = Document(body=found.text, published=found.published or None, language=found.language or "en")
    waiting = [proposal for proposal in proposals if proposal.state == ProposalState.PROPOSED.value]
    context = {
        "article": found,
        "cards": list(zip(proposals, claims, strict=True)),
        "pieces": pieces(
            found.text,
            [
                (proposal.position, claim.span.start, claim.span.end)
                for proposal, claim in zip(proposals, claims, strict=True)
            ],
        ),
        "checks": check(Reading(document, tuple(claims)), ledger, language=catalogue().language),
        "n_waiting": len(waiting),
        "parties": ledger.parties,
    }
    if owner_of(found) != owner_of(user):
        context["may"] = {}  # another organisation shows it: there is nothing to decide here
    return render(request, "record/article.html", context)


def _claim(proposal: ProposedClaim) -> ReadClaim:
    """Returns the proposed claim; what a registrar accepted or corrected is sure, however the reader read it."""
    claim = ReadClaim.from_json(proposal.data)
    decided = proposal.state in (ProposalState.ACCEPTED.value, ProposalState.CORRECTED.value)
    return replace(claim, band=Band.CONFIDENT) if decided else claim


@requires(Permission.SUBMIT_ARTICLES)
@require_POST
def read_again(request: HttpRequest, number: int) -> HttpResponse:
    user = current_user(request)
    ask_to_read(article=get_object_or_404(Article.objects.owned_by(user), pk=number), by=user)
    return redirect("record:article", number)


@requires(Permission.DECIDE_CLAIMS)
@require_POST
def accept(request: HttpRequest, number: int, position: int) -> HttpResponse:
    user = current_user(request)
    proposal = _proposal(user, number, position)
    return _decided(request, proposal, lambda: accept_claim(proposal=proposal, by=user))


@requires(Permission.DECIDE_CLAIMS)
@require_POST
def reject(request: HttpRequest, number: int, position: int) -> HttpResponse:
    user = current_user(request)
    proposal = _proposal(user, number, position)
    return _decided(request, proposal, lambda: reject_claim(proposal=proposal, by=user))


@requires(Permission.DECIDE_CLAIMS)
@require_POST
def reopen(request: HttpRequest, number: int, position: int) -> HttpResponse:
    user = current_user(request)
    proposal = _proposal(user, number, position)
    return _decided(request, proposal, lambda: reopen_claim(proposal=proposal, by=user))


@requires(Permission.DECIDE_CLAIMS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int, position: int) -> HttpResponse:
    user = current_user(request)
    proposal = _proposal(user, number, position)
    parties = current_ledger().ledger.parties
    form = ClaimForm(request.POST or None, before=proposal.data, parties=parties)
    if request.method == "POST" and form.is_valid():
        try:
            correct_claim(proposal=proposal, data=form.claim_data(), by=user)
        except InputError as error:
            form.add_error(None, told_error(error))
        else:
            return redirect(_next(proposal, user))
    status = 400 if form.is_bound else 200
    context = {"form": form, "proposal": proposal, "quote": proposal.data["span"]["text"]}
    return render(request, "record/correct.html", context, status=status)


def _being_read(request: HttpRequest, found: Article) -> HttpResponse:
    """Returns the page of an article that is not read yet; a reading that failed can be asked for again."""
    context = {"article": found, "job": latest_job(READ_ARTICLE, f"article:{found.pk}")}
    return render(request, "record/article_being_read.html", context | {"worker_alive": is_worker_alive()})


def _list(request: HttpRequest, form: ArticleForm, *, status: int = 200) -> HttpResponse:
    rows = with_counts(articles_of(current_user(request))).order_by("-submitted_at", "-pk")
    page = Paginator(rows, ARTICLES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "record/articles.html", {"form": form, "page": page}, status=status)


def _decided(request: HttpRequest, proposal: ProposedClaim, decide: Callable[[], object]) -> HttpResponse:
    try:
        decide()
    except InputError as error:
        messages.error(request, told_error(error))
    return redirect(_next(proposal, current_user(request)))


def _next(proposal: ProposedClaim, user: User) -> str:
    """Returns the address of the next claim that awaits a decision, after this one or from the top."""
    state = ProposalState.PROPOSED.value
    waiting = list(
        ProposedClaim.objects.owned_by(user)
        .filter(article_id=proposal.article_id, state=state)
        .order_by("position")
        .values_list("position", flat=True)
    )
    after = [position for position in waiting if position > proposal.position] or waiting
    place = after[0] if after else proposal.position
    return f"{reverse('record:article', args=[proposal.article_id])}#claim-{place}"


def _article(user: User, number: int) -> Article:
    return get_object_or_404(articles_of(user), pk=number)


def _proposal(user: User, number: int, position: int) -> ProposedClaim:
    """Returns a claim to be decided on, of an article of one's own: what is only shown is not to be changed."""
    return get_object_or_404(ProposedClaim.objects.owned_by(user), article_id=number, position=position)
