"""The rows of record files, every cell checked; what they refer to is looked up when they are loaded."""

from dataclasses import dataclass, field

from homeward.account.vocabulary import PartyKind
from homeward.reader.claims import Assertion, Quantity, What
from homeward.record.cells import Cells

__all__ = [
    "AgreementRow",
    "ClaimRow",
    "CommitmentRow",
    "ExchangeRow",
    "PartyRow",
    "RecordFiles",
    "SourceRow",
    "StatementRow",
]


@dataclass(frozen=True, kw_only=True)
class PartyRow:
    """A line of a parties file."""

    cells: Cells
    code: str
    name: str
    kind: PartyKind


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A line of a sources file."""

    cells: Cells
    url: str
    publisher: str
    published: str
    retrieved: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    """A line of an agreements file."""

    cells: Cells
    slug: str
    name: str
    concluded: str
    place: str
    intermediaries: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class ExchangeRow:
    """A line of an exchanges file."""

    cells: Cells
    slug: str
    when: str
    agreement: str
    intermediaries: tuple[str, ...]
    aborted: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """Who said it, for which party, over which channel, when, and in which source."""

    speaker: str
    party: str
    channel: str
    said: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ClaimRow(Assertion):
    """A claim of any of the files.

    `since` and `as_of` are those of a running total, `as_of` empty for other claims; `number` is that of a numbered
    exchange, 0 for other claims; `series` is the count that either belongs to, `leaves_out` what a total's count lacks.
    """

    cells: Cells
    key: str
    statement: StatementRow
    exchange: str = ""
    commitment: str = ""
    quote: str = ""
    note: str = ""
    verified: bool = True
    since: str = ""
    as_of: str = ""
    explanation: str = ""
    series: str = ""
    number: int = 0
    leaves_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    """A line of a commitments file, with the claim that it makes."""

    cells: Cells
    key: str
    agreement: str
    worded_by: str
    what: What
    giver: str
    receiver: str
    quantity: Quantity | None
    category: str
    wording: str
    claim: ClaimRow


@dataclass
class RecordFiles:
    """Every row of the files that were read, table by table, and each file's hash."""

    parties: list[PartyRow] = field(default_factory=list)
    sources: list[SourceRow] = field(default_factory=list)
    agreements: list[AgreementRow] = field(default_factory=list)
    commitments: list[CommitmentRow] = field(default_factory=list)
    exchanges: list[ExchangeRow] = field(default_factory=list)
    claims: list[ClaimRow] = field(default_factory=list)
    sha256: dict[str, str] = field(default_factory=dict)
