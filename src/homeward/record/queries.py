"""Every read of the record. `ledger()` gives the whole of it as plain values, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from homeward.account.balance import balance
from homeward.account.ledger import (
    AgreementEntry,
    AnchorEntry,
    CommitmentEntry,
    ExchangeEntry,
    Ledger,
    OrdinalEntry,
    PartyEntry,
    SourceEntry,
)
from homeward.account.published_totals import OwnSum
from homeward.account.series import OwnSums, keys_left_out
from homeward.installation.queries import is_simulated
from homeward.record import entries
from homeward.record.models import Agreement, Anchor, Claim, Commitment, Exchange, Ordinal, Party, Source, Transfer

__all__ = ["is_empty", "ledger"]


def is_empty() -> bool:
    """Returns whether the record has nothing in it yet."""
    return not Source.objects.exists() and not Exchange.objects.exists()


def ledger(on: date | None = None) -> Ledger:
    """Returns the whole record as it stood on `on`, today by default: what happened and what was said by that day.

    A statement without a date of its own counts from the day of what it is about.
    """
    day = on or timezone.localdate()
    parties = list(Party.objects.values("id", "code", "name", "kind"))
    codes: dict[int | None, str] = {row["id"]: row["code"] for row in parties}
    sources = {row["id"]: entries.source_entry(row) for row in Source.objects.values(*entries.SOURCE_COLUMNS)}
    claims = _claims(day, sources, codes)
    exchanges = _exchanges(day, claims, codes)
    agreements = _agreements(day, claims, codes)
    return Ledger(
        on=day,
        parties={row["code"]: PartyEntry(row["code"], row["name"], row["kind"]) for row in parties},
        exchanges=exchanges,
        agreements=agreements,
        balance=balance(agreements, exchanges, on=day),
        anchors=_anchors(day, claims, exchanges),
        ordinals=_ordinals(claims),
        statements=tuple(claims.others),
        simulated=is_simulated(),
    )


def _claims(day: date, sources: Mapping[int, SourceEntry], codes: Mapping[int | None, str]) -> entries.Claims:
    undated = Q(statement__earliest__isnull=True) & (Q(earliest__isnull=True) | Q(earliest__lte=day))
    known = Q(statement__earliest__lte=day) | undated
    rows = Claim.objects.filter(known).order_by("id").values(*entries.CLAIM_COLUMNS)
    return entries.claims_by_subject(list(rows), sources, codes)


def _exchanges(day: date, claims: entries.Claims, codes: Mapping[int | None, str]) -> tuple[ExchangeEntry, ...]:
    by_day = Exchange.objects.filter(earliest__lte=day).order_by("earliest", "latest", "slug")
    transfers = Transfer.objects.order_by("id").values("id", "exchange_id", "what", "giver_id", "receiver_id")
    return entries.exchange_entries(
        list(by_day.values(*entries.EXCHANGE_COLUMNS)),
        list(transfers),
        _intermediaries(
            Exchange.intermediaries.through.objects.order_by("id").values("exchange_id", "party_id"), codes
        ),
        claims=claims,
        codes=codes,
    )


def _agreements(day: date, claims: entries.Claims, codes: Mapping[int | None, str]) -> tuple[AgreementEntry, ...]:
    commitments: defaultdict[int, list[CommitmentEntry]] = defaultdict(list)
    for row in Commitment.objects.order_by("id").values(*entries.COMMITMENT_COLUMNS):
        commitments[row["agreement_id"]].append(entries.commitment_entry(row, claims, codes))
    rows = Agreement.intermediaries.through.objects.order_by("id").values("agreement_id", "party_id")
    intermediaries = _intermediaries(rows, codes)
    known = Agreement.objects.filter(Q(earliest__isnull=True) | Q(earliest__lte=day)).order_by("earliest", "slug")
    return tuple(
        entries.agreement_entry(row, commitments[row["id"]], intermediaries.get(row["id"], ()))
        for row in known.values("id", "slug", "name", "concluded", "place", "note")
    )


def _anchors(day: date, claims: entries.Claims, exchanges: Sequence[ExchangeEntry]) -> tuple[AnchorEntry, ...]:
    rows = Anchor.objects.filter(as_of_latest__lte=day).order_by("as_of_latest", "id").values()
    anchors = [_anchor(row, claims) for row in rows if row["id"] in claims.of_anchor]
    sums = OwnSums(exchanges, keys_left_out(anchors))
    return tuple(_with_own(anchor, sums.up_to(anchor)) for anchor in anchors)


def _anchor(row: Mapping[str, Any], claims: entries.Claims) -> AnchorEntry:
    return AnchorEntry(
        claim=claims.of_anchor[row["id"]],
        since=row["since"],
        as_of=row["as_of"],
        explanation=row["explanation"],
        series=row["series"],
        leaves_out=tuple(row["leaves_out"]),
    )


def _with_own(anchor: AnchorEntry, own: OwnSum) -> AnchorEntry:
    return replace(anchor, own_low=own.low, own_high=own.high, own_unverified=own.unverified)


def _ordinals(claims: entries.Claims) -> tuple[OrdinalEntry, ...]:
    rows = Ordinal.objects.order_by("series", "number", "id").values("id", "series", "number")
    return tuple(
        OrdinalEntry(claim=claims.of_ordinal[row["id"]], series=row["series"], number=row["number"])
        for row in rows
        if row["id"] in claims.of_ordinal
    )


def _intermediaries(rows: Any, codes: Mapping[int | None, str]) -> dict[int, list[str]]:
    """Returns the codes of the intermediaries of each row of a table that joins parties to something."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        subject = next(value for column, value in row.items() if column != "party_id")
        found[subject].append(codes[row["party_id"]])
    return found
