"""The handover act as values: what both sides sign, as canonical JSON (RFC 8785). The page is its picture.

    {"format": "homeward-act-1", "act": {...}, "signatures": [...], "chain": [events], "checkpoint": {...}}

A signature covers the SHA-256 of `act`, and who signs as what and when. The first event of `chain` says the SHA-256 of
`act` and `signatures` together, so that a paper signature, which is the hash of its scan, cannot be exchanged either;
the events lead from it to the head that `checkpoint` is signed over. `act_verification` proves all of it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from homeward.custody.act_lines import ActLine, counts_of
from homeward.custody.scan_counts import Counts
from homeward.journal.canonical import canonical_json, parse_canonical
from homeward.journal.chain import ChainEvent
from homeward.journal.checkpoints import SignedCheckpoint, public_key_text

__all__ = [
    "ACTION",
    "FORMAT",
    "SIGNATURE_FORMAT",
    "Act",
    "Announcement",
    "Direction",
    "Remark",
    "Role",
    "Signature",
    "act_file",
    "event_data",
    "paper_signature",
    "remark_digest",
    "sha256",
    "sign_act",
]

FORMAT = "homeward-act-1"
SIGNATURE_FORMAT = "homeward-act-signature-1"  # part of what is signed: worth nothing for anything else
REMARK_FORMAT = "homeward-remark-1"
ACTION = "custody.handover_signed"


class Direction(Enum):
    """Whether the installation that keeps the act received the bags or handed them over."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Role(Enum):
    """As what somebody signs."""

    GIVER = "giver"
    RECEIVER = "receiver"
    WITNESS = "witness"


@dataclass(frozen=True)
class Announcement:
    """How many bags somebody announced; None where no bound was given."""

    by: str
    low: int | None
    high: int | None

    def as_json(self) -> dict[str, object]:
        """Returns the announcement as a JSON object."""
        return {"by": self.by, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Remark:
    """That a side remarked something; the text and its salt are kept apart and can be erased."""

    by: Role
    digest: str

    def as_json(self) -> dict[str, object]:
        """Returns the remark as a JSON object."""
        return {"by": self.by.value, "digest": self.digest}


@dataclass(frozen=True, kw_only=True)
class Act:
    """What both sides sign. `earlier_act` is the SHA-256 of the JSON that this act supplements, or empty."""

    handover: str
    exchange: str
    direction: Direction
    giver: str
    receiver: str
    place: str
    closed_at: str
    announced: tuple[Announcement, ...]
    manifest_sha256: str
    lines: tuple[ActLine, ...]
    remarks: tuple[Remark, ...] = ()
    earlier_act: str = ""

    @property
    def figures(self) -> Counts:
        """The four figures, counted from the lines."""
        return counts_of(self.lines)

    def as_json(self) -> dict[str, object]:
        """Returns the act as the JSON object that is signed."""
        lines = [line.as_json() for line in self.lines]
        return {
            "handover": self.handover,
            "exchange": self.exchange,
            "direction": self.direction.value,
            "giver": self.giver,
            "receiver": self.receiver,
            "place": self.place,
            "closed_at": self.closed_at,
            "announced": [each.as_json() for each in self.announced],
            "manifest_sha256": self.manifest_sha256,
            "lines": lines,
            "lines_sha256": sha256(lines),
            "figures": self.figures.as_json(),
            "remarks": [remark.as_json() for remark in self.remarks],
            "earlier_act": self.earlier_act,
        }


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signed as what and when: with an Ed25519 key, or on paper, of which the scan's SHA-256 is kept."""

    role: Role
    name: str
    organisation: str
    signed_at: str
    public_key: str = ""
    signature: str = ""
    scan_sha256: str = ""

    def as_json(self) -> dict[str, object]:
        """Returns the signature as a JSON object."""
        who = {
            "role": self.role.value,
            "name": self.name,
            "organisation": self.organisation,
            "signed_at": self.signed_at,
        }
        if self.scan_sha256:
            return {**who, "scan_sha256": self.scan_sha256}
        return {**who, "public_key": self.public_key, "signature": self.signature}

    def signed_bytes(self, act_sha256: str) -> bytes:
        """Returns what an Ed25519 signature covers."""
        signed = {name: value for name, value in self.as_json().items() if name != "signature"}
        return canonical_json({**signed, "format": SIGNATURE_FORMAT, "act": act_sha256})


def sign_act(
    act: Act, key: Ed25519PrivateKey, *, role: Role, name: str, organisation: str, signed_at: str
) -> Signature:
    """Returns the signature of somebody whose private key is `key`."""
    who = {"role": role, "name": name, "organisation": organisation, "signed_at": signed_at}
    public = public_key_text(key.public_key())
    unsigned = Signature(**who, public_key=public)  # type: ignore[arg-type]
    made = key.sign(unsigned.signed_bytes(sha256(act.as_json()))).hex()
    return Signature(**who, public_key=public, signature=made)  # type: ignore[arg-type]


def paper_signature(scan: bytes, *, role: Role, name: str, organisation: str, signed_at: str) -> Signature:
    """Returns the signature that somebody gave on paper, by the scan of the signed page."""
    scanned = hashlib.sha256(scan).hexdigest()
    return Signature(role=role, name=name, organisation=organisation, signed_at=signed_at, scan_sha256=scanned)


def event_data(act: Act, signatures: Sequence[Signature]) -> dict[str, object]:
    """Returns the data that the event of the signed handover must carry (its action is `ACTION`)."""
    return {"act": sha256({"act": act.as_json(), "signatures": [each.as_json() for each in signatures]})}


def act_file(
    act: Act, signatures: Sequence[Signature], *, events: Sequence[ChainEvent], checkpoint: SignedCheckpoint
) -> bytes:
    """Returns the act's JSON: `events` lead from the event of the signed handover to the head of `checkpoint`.

    What others did between the two is not the act's to tell: of those events it holds the digests of their payloads
    alone, where the journal keeps payloads apart.
    """
    chain = [*events[:1], *(_without_payload(event) for event in events[1:])]
    return canonical_json(
        {
            "format": FORMAT,
            "act": act.as_json(),
            "signatures": [each.as_json() for each in signatures],
            "chain": [parse_canonical(event.line().removesuffix(b"\n")) for event in chain],
            "checkpoint": parse_canonical(checkpoint.as_bytes().removesuffix(b"\n")),
        }
    )


def _without_payload(event: ChainEvent) -> ChainEvent:
    return event if event.format == 1 else replace(event, data=None, salt=None)


def remark_digest(text: str, *, salt: str) -> str:
    """Returns the digest that stands for a remark; `salt` is random, so that a short text cannot be guessed."""
    return sha256({"format": REMARK_FORMAT, "salt": salt, "text": text})


def sha256(value: Mapping[str, object] | Sequence[object]) -> str:
    """Returns the SHA-256 of the canonical JSON of `value`, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
