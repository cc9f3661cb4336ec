"""The public pages of the record. No personal data; every figure with who says so."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from homeward.access.declarations import public
from homeward.account import export
from homeward.account.claim_comparison import compare_claims
from homeward.account.completeness import completeness_of
from homeward.account.gaps import find_gaps
from homeward.account.ledger import BalanceLine, ClaimEntry, ExchangeEntry, Ledger
from homeward.public.exchange_table import COLUMNS, lines_of, sums
from homeward.public.feeds import exchange_feed
from homeward.public.filters import ExchangeFilter
from homeward.record.excerpts import excerpts_of
from homeward.record.ledger_cache import current_ledger
from homeward.record.models import Source

__all__ = [
    "agreement",
    "agreements",
    "exchange",
    "exchanges",
    "exchanges_csv",
    "exchanges_json",
    "feed",
    "gaps",
    "source",
]

LINES_ON_A_PAGE = 100


@public
@require_safe
def exchanges(request: HttpRequest) -> HttpResponse:
    found = current_ledger()
    every = lines_of(found)
    form = ExchangeFilter(request.GET or None, years=every.years)
    lines = form.lines(every.all)
    query = {name: str(value) for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "page": Paginator(lines, LINES_ON_A_PAGE).get_page(request.GET.get("page")),
        "n_lines": len(lines),
        "sums": sums(lines),
        "receivers": every.receivers,
        "parties": found.ledger.parties,
        "query": urlencode(query),
        "orders": _orders(form.order, query),
        "order": form.order,
    }
    return render(request, "public/exchanges.html", context)


@public
@require_safe
def exchanges_csv(request: HttpRequest) -> HttpResponse:
    text = export.transfers_csv(_filtered_rows(request), simulated=current_ledger().ledger.simulated)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="exchanges.csv"'
    return response


@public
@require_safe
def exchanges_json(request: HttpRequest) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 2}
    found = {"simulated": current_ledger().ledger.simulated, "transfers": _filtered_rows(request)}
    response = JsonResponse(found, json_dumps_params=options)
    response["Content-Disposition"] = 'attachment; filename="exchanges.json"'
    return response


@public
@require_safe
def exchange(request: HttpRequest, slug: str) -> HttpResponse:
    ledger = current_ledger().ledger
    found = next((entry for entry in ledger.exchanges if entry.slug == slug), None)
    if found is None:
        raise Http404
    context = {
        "exchange": found,
        "comparisons": [compare_claims(transfer) for transfer in found.transfers],
        "parties": ledger.parties,
    }
    return render(request, "public/exchange.html", context)


@public
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    ledger = current_ledger().ledger
    rows = [(entry, len(_under(ledger, entry.slug))) for entry in reversed(ledger.agreements)]
    return render(request, "public/agreements.html", {"rows": rows, "parties": ledger.parties})


@public
@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    ledger = current_ledger().ledger
    found = next((entry for entry in ledger.agreements if entry.slug == slug), None)
    if found is None:
        raise Http404
    context = {
        "agreement": found,
        "wordings": _wordings([line for line in ledger.balance if line.commitment.agreement == slug]),
        "exchanges": _under(ledger, slug),
        "parties": ledger.parties,
    }
    return render(request, "public/agreement.html", context)


@public
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    ledger = current_ledger().ledger
    found = find_gaps(ledger.ordinals, ledger.anchors, ledger.exchanges)
    open_steps = [step for step in found.totals if step.difference]
    context = {
        "gaps": found,
        "open_steps": open_steps,
        "n_closed": len(found.totals) - len(open_steps),
        "completeness": completeness_of(ledger),
        "parties": ledger.parties,
    }
    return render(request, "public/gaps.html", context)


@public
@require_safe
def source(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Source, pk=number)
    ledger = current_ledger().ledger
    context = {
        "source": found,
        "excerpts": excerpts_of(found.pk),
        "claims": _read_from(ledger, found.pk),
        "parties": ledger.parties,
    }
    return render(request, "public/source.html", context)


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    found = current_ledger()
    content = exchange_feed(request, lines_of(found).all, found.ledger)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _filtered_rows(request: HttpRequest) -> list[dict[str, Any]]:
    every = lines_of(current_ledger())
    lines = ExchangeFilter(request.GET or None, years=every.years).lines(every.all)
    return [export.transfer_row(line.exchange, transfer) for line in lines for transfer in line.transfers]


def _orders(current: str, query: dict[str, str]) -> dict[str, str]:
    """Returns for each column the query that sorts by it, turned round where it is the order already."""
    return {name: urlencode({**query, "sort": f"-{name}" if current != f"-{name}" else name}) for name in COLUMNS}


def _under(ledger: Ledger, slug: str) -> list[ExchangeEntry]:
    return [entry for entry in reversed(ledger.exchanges) if entry.agreement == slug]


def _wordings(lines: list[BalanceLine]) -> list[tuple[str | None, list[BalanceLine]]]:
    """Returns the lines wording by wording; the press's come last."""
    groups: dict[str | None, list[BalanceLine]] = {}
    for line in lines:
        groups.setdefault(line.commitment.worded_by, []).append(line)
    return sorted(groups.items(), key=lambda group: (group[0] is None, group[0] or ""))


def _read_from(ledger: Ledger, source: int) -> list[dict[str, Any]]:
    """Returns the claims read from one source, each with the exchange or the agreement that it is about."""
    found: list[dict[str, Any]] = []
    for entry in ledger.exchanges:
        for transfer in entry.transfers:
            found += [
                {"claim": claim, "exchange": entry, "transfer": transfer} for claim in _of(transfer.claims, source)
            ]
    for terms in ledger.agreements:
        for commitment in terms.commitments:
            found += [{"claim": claim, "agreement": terms} for claim in _of(commitment.claims, source)]
    totals = (anchor.claim for anchor in ledger.anchors)
    others = (*totals, *(ordinal.claim for ordinal in ledger.ordinals), *ledger.statements)
    return found + [{"claim": claim} for claim in _of(others, source)]


def _of(claims: tuple[ClaimEntry, ...], source: int) -> list[ClaimEntry]:
    return [claim for claim in claims if claim.source.id == source]
