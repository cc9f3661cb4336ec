"""The record as plain values: what every reader of it (brief, site, command line) is given.

`queries.ledger()` fills these from the database in a fixed number of queries; nothing here touches a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from homeward.reader.claims import Assertion, Quantity, What

__all__ = [
    "AgreementEntry",
    "AnchorEntry",
    "BalanceLine",
    "ClaimEntry",
    "CommitmentEntry",
    "ExchangeEntry",
    "Ledger",
    "OrdinalEntry",
    "PartyEntry",
    "Reconciliation",
    "SourceEntry",
    "TransferEntry",
    "Verdict",
]


class Verdict(Enum):
    """What the claims on one transfer, taken together, amount to."""

    CORROBORATED = "corroborated"  # giver and receiver give the same figure
    ONE_SIDED = "one_sided"  # only one of them gives a figure
    CONTESTED = "contested"  # different figures, low to high
    REPORTED = "reported"  # neither gives a figure: a press report, a third party, or a number withheld (low is None)
    UNVERIFIED = "unverified"  # only general knowledge or inference; never in a total


@dataclass(frozen=True)
class PartyEntry:
    """A belligerent, an intermediary or an organisation."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class SourceEntry:
    """A document that was published. Dates are EDTF; `retrieved` and `text_sha256` are empty for a page not stored."""

    id: int
    url: str
    publisher: str
    published: str
    retrieved: str = ""
    text_sha256: str = ""

    def as_json(self) -> dict[str, Any]:
        """Returns where it was published, by whom and when."""
        return {"id": self.id, "url": self.url, "publisher": self.publisher, "published": self.published or None}


@dataclass(frozen=True, kw_only=True)
class ClaimEntry(Assertion):
    """One claim of the record with the statement and the source that it was read from."""

    id: int
    source: SourceEntry
    said: str = ""
    speaker: str = ""
    speaker_party: str | None = None
    channel: str = ""
    quote: str = ""
    note: str = ""
    verified: bool = True
    reader_version: str = ""
    confirmed_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Returns the claim with who said so and in which source; the source by its number."""
        return {
            "id": self.id,
            **super().as_json(),
            "said": self.said or None,
            "speaker": self.speaker or None,
            "speaker_party": self.speaker_party,
            "channel": self.channel or None,
            "quote": self.quote or None,
            "note": self.note or None,
            "verified": self.verified,
            "source": self.source.id,
        }


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """The verdict over all claims on one transfer.

    `low` and `high` span every verified figure; None where no figure was given. `said_by` are the parties among giver
    and receiver that gave a figure; `figures` is each speaker party's own span ("" for claims of no party).
    `unverified_low` and `unverified_high` span the figures that are general knowledge or inference.
    """

    verdict: Verdict
    low: int | None = None
    high: int | None = None
    said_by: tuple[str, ...] = ()
    figures: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    unverified_low: int | None = None
    unverified_high: int | None = None


@dataclass(frozen=True, kw_only=True)
class TransferEntry:
    """One direction of an exchange, with every claim about it."""

    id: int
    what: What
    giver: str
    receiver: str
    claims: tuple[ClaimEntry, ...]
    reconciliation: Reconciliation

    @property
    def whole_claims(self) -> tuple[ClaimEntry, ...]:
        """The claims about the whole of this kind: none on a part of it, none that counts another kind with it."""
        return tuple(claim for claim in self.claims if not claim.category)


@dataclass(frozen=True, kw_only=True)
class ExchangeEntry:
    """One operation. `when` is EDTF, `earliest` and `latest` its bounds; an aborted one has no part in any total."""

    slug: str
    when: str
    earliest: date
    latest: date
    transfers: tuple[TransferEntry, ...]
    agreement: str = ""
    agreement_name: str = ""
    intermediaries: tuple[str, ...] = ()
    note: str = ""
    aborted: bool = False


@dataclass(frozen=True, kw_only=True)
class CommitmentEntry:
    """One obligation in one wording: who owes what to whom, how many, as `worded_by` tells it (None: the press)."""

    id: int
    agreement: str
    worded_by: str | None
    what: What
    giver: str
    receiver: str
    quantity: Quantity | None
    wording: str
    category: str = ""
    claims: tuple[ClaimEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgreementEntry:
    """What parties concluded, with every wording of every obligation in it."""

    slug: str
    name: str
    concluded: str
    place: str
    commitments: tuple[CommitmentEntry, ...]
    intermediaries: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BalanceLine:
    """One commitment against what was carried out under its agreement.

    `outstanding_low` and `outstanding_high` are None where no number was promised (all of a category, or no figure);
    `last_transfer` is the latest transfer of that kind and direction under any agreement.
    """

    commitment: CommitmentEntry
    delivered_low: int
    delivered_high: int
    unverified: int
    outstanding_low: int | None
    outstanding_high: int | None
    last_transfer: date | None
    days_since: int | None
    transfers: tuple[TransferEntry, ...]


@dataclass(frozen=True, kw_only=True)
class AnchorEntry:
    """A running total that somebody published, beside our own sum of the same exchanges over the same time.

    `series` names the count that it belongs to, where that is not its speaker's party's own; `leaves_out` are keys of
    transfers, or of parts of them, that the count does not have.
    """

    claim: ClaimEntry
    since: str
    as_of: str
    explanation: str
    own_low: int | None = None
    own_high: int | None = None
    own_unverified: int = 0
    series: str = ""
    leaves_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrdinalEntry:
    """An exchange's number in somebody's count ("the 72nd"): by the claim's day so many had taken place."""

    claim: ClaimEntry
    series: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The whole public record as it stood on `on`; exchanges are ordered by date, oldest first."""

    on: date
    parties: Mapping[str, PartyEntry]
    exchanges: tuple[ExchangeEntry, ...]
    agreements: tuple[AgreementEntry, ...]
    balance: tuple[BalanceLine, ...]
    anchors: tuple[AnchorEntry, ...]
    ordinals: tuple[OrdinalEntry, ...] = ()
    statements: tuple[
        ClaimEntry, ...
    ] = ()  # claims that belong to no transfer: talks, accusations, absences, incidents
    simulated: bool = False  # the installation is marked so, and everything made from the ledger says it
