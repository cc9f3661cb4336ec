"""Rows of the database as the ledger's plain values."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from homeward.account.ledger import (
    AgreementEntry,
    ClaimEntry,
    CommitmentEntry,
    ExchangeEntry,
    SourceEntry,
    TransferEntry,
)
from homeward.account.reconciliation import reconcile
from homeward.reader.claims import What
from homeward.record.claim_columns import ASSERTION_COLUMNS, assertion_of, quantity_of

__all__ = [
    "CLAIM_COLUMNS",
    "COMMITMENT_COLUMNS",
    "EXCHANGE_COLUMNS",
    "SOURCE_COLUMNS",
    "Claims",
    "agreement_entry",
    "claim_entry",
    "claims_by_subject",
    "commitment_entry",
    "exchange_entries",
    "source_entry",
]

Row = Mapping[str, Any]
Codes = Mapping[int | None, str]

SOURCE_COLUMNS = ("id", "url", "publisher", "published", "retrieved", "text_sha256")
CLAIM_COLUMNS = (
    *("id", "transfer_id", "commitment_id", "anchor__id", "ordinal__id"),
    *ASSERTION_COLUMNS,
    *("quote", "note", "verified", "reader_version", "confirmed_by__code"),
    *("statement__source_id", "statement__speaker", "statement__party_id", "statement__channel", "statement__said"),
)
EXCHANGE_COLUMNS = (
    "id",
    "slug",
    "when",
    "earliest",
    "latest",
    "agreement__slug",
    "agreement__name",
    "note",
    "aborted",
)
COMMITMENT_COLUMNS = (
    "id",
    "agreement_id",
    "agreement__slug",
    "worded_by_id",
    "what",
    "giver_id",
    "receiver_id",
    "low",
    "high",
    "modifier",
    "wording",
    "category",
)


@dataclass
class Claims:
    """Every claim of the record by what it is about."""

    of_transfer: defaultdict[int, list[ClaimEntry]] = field(default_factory=lambda: defaultdict(list))
    of_commitment: defaultdict[int, list[ClaimEntry]] = field(default_factory=lambda: defaultdict(list))
    of_anchor: dict[int, ClaimEntry] = field(default_factory=dict)
    of_ordinal: dict[int, ClaimEntry] = field(default_factory=dict)
    others: list[ClaimEntry] = field(default_factory=list)


def source_entry(row: Row) -> SourceEntry:
    """Returns the source of a row of SOURCE_COLUMNS."""
    return SourceEntry(**row)


def claim_entry(row: Row, sources: Mapping[int, SourceEntry], codes: Codes) -> ClaimEntry:
    """Returns the claim of a row of CLAIM_COLUMNS."""
    return ClaimEntry(
        **assertion_of(row, codes),
        id=row["id"],
        source=sources[row["statement__source_id"]],
        said=row["statement__said"],
        speaker=row["statement__speaker"],
        speaker_party=codes.get(row["statement__party_id"]),
        channel=row["statement__channel"],
        quote=row["quote"],
        note=row["note"],
        verified=row["verified"],
        reader_version=row["reader_version"],
        confirmed_by=row["confirmed_by__code"] or "",
    )


def claims_by_subject(rows: Sequence[Row], sources: Mapping[int, SourceEntry], codes: Codes) -> Claims:
    """Returns all claims, each under the transfer, commitment, total or numbered exchange that it is about."""
    claims = Claims()
    for row in rows:
        entry = claim_entry(row, sources, codes)
        if row["transfer_id"]:
            claims.of_transfer[row["transfer_id"]].append(entry)
        elif row["commitment_id"]:
            claims.of_commitment[row["commitment_id"]].append(entry)
        elif row["anchor__id"]:
            claims.of_anchor[row["anchor__id"]] = entry
        elif row["ordinal__id"]:
            claims.of_ordinal[row["ordinal__id"]] = entry
        else:
            claims.others.append(entry)
    return claims


def exchange_entries(
    exchanges: Sequence[Row],
    transfers: Sequence[Row],
    intermediaries: Mapping[int, Sequence[str]],
    *,
    claims: Claims,
    codes: Codes,
) -> tuple[ExchangeEntry, ...]:
    """Returns the exchanges with their transfers; one of which nothing was said is left out, unless it was aborted."""
    of_exchange: defaultdict[int, list[TransferEntry]] = defaultdict(list)
    for row in transfers:
        said = claims.of_transfer.get(row["id"])
        if said:
            of_exchange[row["exchange_id"]].append(_transfer_entry(row, said, codes))
    return tuple(
        _exchange_entry(row, of_exchange[row["id"]], intermediaries.get(row["id"], ()))
        for row in exchanges
        if row["aborted"] or of_exchange[row["id"]]
    )


def commitment_entry(row: Row, claims: Claims, codes: Codes) -> CommitmentEntry:
    """Returns the commitment of a row of COMMITMENT_COLUMNS."""
    return CommitmentEntry(
        id=row["id"],
        agreement=row["agreement__slug"],
        worded_by=codes.get(row["worded_by_id"]),
        what=What(row["what"]),
        giver=codes[row["giver_id"]],
        receiver=codes[row["receiver_id"]],
        quantity=quantity_of(row),
        wording=row["wording"],
        category=row["category"],
        claims=tuple(claims.of_commitment.get(row["id"], ())),
    )


def agreement_entry(row: Row, commitments: Sequence[CommitmentEntry], intermediaries: Sequence[str]) -> AgreementEntry:
    """Returns the agreement with the commitments given."""
    return AgreementEntry(
        slug=row["slug"],
        name=row["name"],
        concluded=row["concluded"],
        place=row["place"],
        commitments=tuple(commitments),
        intermediaries=tuple(intermediaries),
        note=row["note"],
    )


def _transfer_entry(row: Row, claims: Sequence[ClaimEntry], codes: Codes) -> TransferEntry:
    giver, receiver = codes[row["giver_id"]], codes[row["receiver_id"]]
    return TransferEntry(
        id=row["id"],
        what=What(row["what"]),
        giver=giver,
        receiver=receiver,
        claims=tuple(claims),
        reconciliation=reconcile(claims, giver, receiver),
    )


def _exchange_entry(row: Row, transfers: Sequence[TransferEntry], intermediaries: Sequence[str]) -> ExchangeEntry:
    earliest: date = row["earliest"]
    return ExchangeEntry(
        slug=row["slug"],
        when=row["when"],
        earliest=earliest,
        latest=row["latest"],
        transfers=tuple(transfers),
        agreement=row["agreement__slug"] or "",
        agreement_name=row["agreement__name"] or "",
        intermediaries=tuple(intermediaries),
        note=row["note"],
        aborted=row["aborted"],
    )
