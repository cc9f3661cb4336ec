"""The record without what it has from the text itself: a text that was accepted is no witness for itself."""

from collections.abc import Iterable
from dataclasses import replace

from homeward.account.ledger import ClaimEntry, ExchangeEntry, Ledger, SourceEntry, TransferEntry
from homeward.account.reconciliation import reconcile
from homeward.reader import Document

__all__ = ["without_own"]


def without_own(ledger: Ledger, document: Document) -> Ledger:
    """Returns the record as it would be without the claims that came from a document.

    A source is the document's own where it keeps the hash of its text, or is the address that the text gives as its
    source. A transfer left without claims is not in it, nor an exchange without transfers.
    """
    exchanges = tuple(found for entry in ledger.exchanges if (found := _exchange(entry, document)))
    agreements = tuple(
        replace(
            entry,
            commitments=tuple(
                replace(one, claims=_others(one.claims, document))
                for one in entry.commitments
                if not one.claims or _others(one.claims, document)
            ),
        )
        for entry in ledger.agreements
    )
    anchors = tuple(entry for entry in ledger.anchors if not _is_own(entry.claim.source, document))
    statements = _others(ledger.statements, document)
    return replace(ledger, exchanges=exchanges, agreements=agreements, anchors=anchors, statements=statements)


def _exchange(entry: ExchangeEntry, document: Document) -> ExchangeEntry | None:
    transfers = tuple(found for part in entry.transfers if (found := _transfer(part, document)))
    return replace(entry, transfers=transfers) if transfers or not entry.transfers else None


def _transfer(entry: TransferEntry, document: Document) -> TransferEntry | None:
    claims = _others(entry.claims, document)
    if len(claims) == len(entry.claims):
        return entry
    return (
        replace(entry, claims=claims, reconciliation=reconcile(claims, entry.giver, entry.receiver)) if claims else None
    )


def _others(claims: Iterable[ClaimEntry], document: Document) -> tuple[ClaimEntry, ...]:
    return tuple(claim for claim in claims if not _is_own(claim.source, document))


def _is_own(source: SourceEntry, document: Document) -> bool:
    same_text = bool(source.text_sha256) and source.text_sha256 == document.text_hash
    return same_text or (bool(source.url) and source.url == document.source)
