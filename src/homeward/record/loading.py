"""Rows of record files merged into the tables: new rows added, differing ones changed, the rest left alone.

Called by `actions.load` alone.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

from homeward import dates
from homeward.errors import InputError
from homeward.record.cells import Cells
from homeward.record.claim_columns import columns_of, quantity_columns
from homeward.record.merging import Commit, Merging
from homeward.record.models import (
    Agreement,
    Anchor,
    Claim,
    Commitment,
    Exchange,
    Ordinal,
    Party,
    Source,
    Statement,
    Transfer,
)
from homeward.record.rows import ClaimRow, RecordFiles, StatementRow

__all__ = ["Loading"]

Row = TypeVar("Row", bound=models.Model)
Values = Mapping[str, Any]


class Loading(Merging):
    """One load: the rows to be merged, and the rows of the database that they refer to, by their keys."""

    def __init__(self, files: RecordFiles, commit: Commit) -> None:
        super().__init__(commit)
        self.files = files
        self.parties: Mapping[Hashable, Party] = {}
        self.sources: Mapping[Hashable, Source] = {}
        self.agreements: Mapping[Hashable, Agreement] = {}
        self.commitments: Mapping[Hashable, Commitment] = {}
        self.exchanges: Mapping[Hashable, Exchange] = {}

    def _merge_all(self) -> None:
        # In the order of their references: each step needs the row numbers of those before it.
        self._merge_parties()
        self._merge_sources()
        self._merge_agreements()
        self._merge_commitments()
        self._merge_exchanges()
        self._merge_claims([*(row.claim for row in self.files.commitments), *self.files.claims])

    def _merge_parties(self) -> None:
        wanted = _by_key(
            (row.cells, "code", row.code, {"code": row.code, "name": row.name, "kind": row.kind.value})
            for row in self.files.parties
        )
        self.parties = self._merge(Party, lambda row: row.code, wanted)

    def _merge_sources(self) -> None:
        wanted = _by_key(
            (
                row.cells,
                "url",
                # Files have no text to hash; the empty hash tells their source from a text pasted under the same
                # address.
                (row.url, ""),
                {
                    "url": row.url,
                    "publisher": row.publisher,
                    "published": row.published,
                    "retrieved": row.retrieved,
                    "language": row.language,
                },
            )
            for row in self.files.sources
        )
        self.sources = self._merge(Source, lambda row: (row.url, row.text_sha256), wanted)

    def _merge_agreements(self) -> None:
        wanted = _by_key(
            (
                row.cells,
                "agreement",
                row.slug,
                {
                    "slug": row.slug,
                    "name": row.name,
                    "concluded": row.concluded,
                    **_bounds("earliest", "latest", row.concluded),
                    "place": row.place,
                    "note": row.note,
                },
            )
            for row in self.files.agreements
        )
        self.agreements = self._merge(Agreement, lambda row: row.slug, wanted)
        self._set_intermediaries(
            Agreement.intermediaries.through,
            "agreement_id",
            [
                (self.agreements[row.slug], self._party_ids(row.intermediaries, row.cells))
                for row in self.files.agreements
            ],
        )

    def _merge_commitments(self) -> None:
        wanted = _by_key(
            (
                row.cells,
                "commitment",
                row.key,
                {
                    "key": row.key,
                    "agreement_id": self._agreement_id(row.agreement, row.cells),
                    "worded_by_id": self._party_id(row.worded_by, row.cells, "worded_by"),
                    "what": row.what.value,
                    **self._direction(row.giver, row.receiver, row.cells),
                    **quantity_columns(row.quantity),
                    "category": row.category,
                    "wording": row.wording,
                },
            )
            for row in self.files.commitments
        )
        self.commitments = self._merge(Commitment, lambda row: row.key, wanted)

    def _merge_exchanges(self) -> None:
        wanted = _by_key(
            (
                row.cells,
                "exchange",
                row.slug,
                {
                    "slug": row.slug,
                    "when": row.when,
                    **self._closed_bounds(row.when, row.cells),
                    "agreement_id": self._agreement_id(row.agreement, row.cells),
                    "aborted": row.aborted,
                    "note": row.note,
                },
            )
            for row in self.files.exchanges
        )
        self.exchanges = self._merge(Exchange, lambda row: row.slug, wanted)
        self._set_intermediaries(
            Exchange.intermediaries.through,
            "exchange_id",
            [
                (self.exchanges[row.slug], self._party_ids(row.intermediaries, row.cells))
                for row in self.files.exchanges
            ],
        )

    def _merge_claims(self, rows: Sequence[ClaimRow]) -> None:
        statements = self._merge_statements(rows)
        transfers = self._merge_transfers(rows)
        wanted = _by_key((row.cells, "key", row.key, self._claim_values(row, statements, transfers)) for row in rows)
        claims = self._merge(Claim, lambda claim: claim.key, wanted)
        totals: dict[Hashable, Values] = {
            claims[row.key].pk: {
                "claim_id": claims[row.key].pk,
                **self._period(row),
                "explanation": row.explanation,
                "series": row.series,
                "leaves_out": self._left_out(row),
            }
            for row in rows
            if row.as_of
        }
        self._merge(Anchor, lambda anchor: anchor.claim_id, totals)
        ordinals: dict[Hashable, Values] = {
            claims[row.key].pk: {"claim_id": claims[row.key].pk, "series": row.series, "number": row.number}
            for row in rows
            if row.number
        }
        self._merge(Ordinal, lambda ordinal: ordinal.claim_id, ordinals)

    def _left_out(self, row: ClaimRow) -> list[str]:
        # Only the exchange is looked up: that a kind was handed over in it may be told by claims of a later file.
        for key in row.leaves_out:
            needed = "transfers of exchanges of the exchanges file"
            _known(self.exchanges, key.partition(".")[0], row.cells, "leaves_out", needed)
        return list(row.leaves_out)

    def _merge_statements(self, rows: Sequence[ClaimRow]) -> Mapping[Hashable, Statement]:
        wanted: dict[Hashable, Values] = {}
        for row in rows:
            said = row.statement
            wanted[self._statement_key(said, row.cells)] = {
                "source_id": self._source_id(said.source, row.cells),
                "speaker": said.speaker,
                "party_id": self._party_id(said.party, row.cells, "party"),
                "channel": said.channel,
                "said": said.said,
                **_bounds("earliest", "latest", said.said),
            }
        return self._merge(
            Statement, lambda row: (row.source_id, row.speaker, row.party_id, row.channel, row.said), wanted
        )

    def _merge_transfers(self, rows: Sequence[ClaimRow]) -> Mapping[Hashable, Transfer]:
        wanted = {self._transfer_key(row): self._transfer_values(row) for row in rows if row.exchange}
        return self._merge(Transfer, lambda row: (row.exchange_id, row.what, row.giver_id, row.receiver_id), wanted)

    def _claim_values(
        self, row: ClaimRow, statements: Mapping[Hashable, Statement], transfers: Mapping[Hashable, Transfer]
    ) -> Values:
        about = self._exchange(row).when if row.exchange else row.when or ""
        return {
            "key": row.key,
            "statement_id": statements[self._statement_key(row.statement, row.cells)].pk,
            "transfer_id": transfers[self._transfer_key(row)].pk if row.exchange else None,
            "commitment_id": self.commitments[row.commitment].pk if row.commitment else None,
            **columns_of(
                row,
                giver=self._party_id(row.giver, row.cells, "from"),
                receiver=self._party_id(row.receiver, row.cells, "to"),
                when=about,
            ),
            "quote": row.quote,
            "note": row.note,
            "verified": row.verified,
        }

    def _statement_key(self, said: StatementRow, cells: Cells) -> Hashable:
        party = self._party_id(said.party, cells, "party")
        return self._source_id(said.source, cells), said.speaker, party, said.channel, said.said

    def _transfer_values(self, row: ClaimRow) -> Values:
        exchange = self._exchange(row)
        if exchange.aborted:
            raise row.cells.refuse("exchange", "an exchange that was not aborted")
        direction = self._direction(row.giver, row.receiver, row.cells)
        return {"exchange_id": exchange.pk, "what": row.what.value if row.what else "", **direction}

    def _transfer_key(self, row: ClaimRow) -> Hashable:
        return tuple(self._transfer_values(row).values())

    def _exchange(self, row: ClaimRow) -> Exchange:
        return _known(self.exchanges, row.exchange, row.cells, "exchange", "an exchange of the exchanges file")

    def _source_id(self, url: str, cells: Cells) -> int:
        return _known(self.sources, (url, ""), cells, "source", "an address of the sources file").pk

    def _agreement_id(self, slug: str, cells: Cells) -> int | None:
        needed = "an agreement of the agreements file"
        return _known(self.agreements, slug, cells, "agreement", needed).pk if slug else None

    def _party_id(self, code: str | None, cells: Cells, field: str) -> int | None:
        return _known(self.parties, code, cells, field, "a party of the parties file").pk if code else None

    def _party_ids(self, codes: Sequence[str], cells: Cells) -> set[int]:
        needed = "parties of the parties file"
        return {_known(self.parties, code, cells, "intermediaries", needed).pk for code in codes}

    def _direction(self, giver: str | None, receiver: str | None, cells: Cells) -> Values:
        if giver == receiver:
            raise cells.refuse("to", "another party than the one in the field from")
        return {
            "giver_id": self._party_id(giver, cells, "from"),
            "receiver_id": self._party_id(receiver, cells, "to"),
        }

    def _closed_bounds(self, text: str, cells: Cells, *, field: str = "when") -> Values:
        found = dates.bounds(text)
        if found.earliest is None or found.latest is None:
            raise cells.refuse(field, "a date with a beginning and an end")
        return {"earliest": found.earliest, "latest": found.latest}

    def _period(self, row: ClaimRow) -> Values:
        first = dates.bounds(row.since).earliest
        last = self._closed_bounds(row.as_of, row.cells, field="as_of")["latest"]
        if first and first > last:
            raise row.cells.refuse("since", f'a date that is not after the one in the field as_of, "{row.as_of}"')
        return {"since": row.since, "since_earliest": first, "as_of": row.as_of, "as_of_latest": last}


def _by_key(rows: Any) -> dict[Hashable, Values]:
    wanted: dict[Hashable, Values] = {}
    for cells, field_name, key, values in rows:
        if key in wanted:
            shown = key[0] if isinstance(key, tuple) else key
            raise InputError(
                place=cells.place(field_name), found=f'"{shown}" a second time', needed="a key that stands once"
            )
        wanted[key] = values
    return wanted


def _known(rows: Mapping[Hashable, Row], key: Hashable, cells: Cells, field_name: str, needed: str) -> Row:
    row = rows.get(key)
    if row is None:
        shown = key[0] if isinstance(key, tuple) else key
        raise InputError(place=cells.place(field_name), found=f'"{shown}"', needed=needed)
    return row


def _bounds(first: str, last: str, text: str) -> Values:
    found = dates.bounds(text)
    return {first: found.earliest, last: found.latest}
