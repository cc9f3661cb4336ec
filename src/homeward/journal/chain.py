"""The events of the chain as values: what an event says, how it is hashed, how it stands in an export.

An export is JSON Lines: each line is the canonical JSON of one event, ended by one line feed. Two formats may follow
one another in one chain (docs/concepts/journal.md):

1. data are hashed with the event and stay for ever;
2. data are a payload: the event hashes a digest of salt and data, so that both can be erased and the chain still holds.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from homeward.journal.canonical import canonical_json, parse_canonical

__all__ = [
    "LONGEST_LINE",
    "PAYLOAD_ERASED",
    "READS_SEALED",
    "START",
    "ChainEvent",
    "Link",
    "event_from_line",
    "event_named",
    "new_salt",
    "payload_digest",
    "seal",
]

START = "0" * 64  # stands before the first event
LONGEST_LINE = 1024 * 1024  # bytes
PAYLOAD_ERASED = "journal.payload_erased"  # its subject names the event whose payload is gone
READS_SEALED = "journal.reads_sealed"  # its data hold the root over a batch of the log of reads
_SORTING = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z\Z", re.ASCII)
_EVENT = re.compile(r"event:([1-9]\d{0,15})\Z", re.ASCII)
_INLINE = frozenset({"sequence", "time", "actor", "organisation", "action", "subject", "data", "previous", "hash"})
_WITH_PAYLOAD = _INLINE | {"format", "digest", "salt"}


@dataclass(frozen=True)
class Link:
    """A place in the chain: the number of an event and its hash."""

    sequence: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class ChainEvent:
    """One event as it stands in an export; `hash` is empty until it is sealed.

    Format 1 has data, and neither salt nor digest. Format 2 has a digest; data and salt are both None once they were
    erased.
    """

    format: int
    sequence: int
    time: str
    actor: str
    organisation: str
    action: str
    subject: str
    data: Mapping[str, object] | None
    previous: str
    salt: str | None = None
    digest: str = ""
    hash: str = ""

    def __post_init__(self) -> None:
        if type(self.format) is not int or self.format not in (1, 2):
            raise ValueError('a field "format" that is neither 1 nor 2')
        if type(self.sequence) is not int or self.sequence < 1:
            raise ValueError("a sequence that is not a number from 1 on")
        if not (isinstance(self.time, str) and _TIME.match(self.time)):
            raise ValueError("a time that is not written as 2026-01-29T08:00:00.000000Z")
        for name in ("actor", "organisation", "action", "subject"):
            if not isinstance(getattr(self, name), str):
                raise ValueError(f'a field "{name}" that is not text')
        if not _is_hash(self.previous):
            raise ValueError('a field "previous" that is not a SHA-256 in lower-case hexadecimal')
        self._check_data()

    def _check_data(self) -> None:
        if self.data is not None and not isinstance(self.data, Mapping):
            raise ValueError('a field "data" that is not an object')
        if self.format == 1:
            if self.data is None:
                raise ValueError('a field "data" that is not an object')
            if self.salt is not None or self.digest:
                raise ValueError("an event of format 1 with a salt or a digest")
            return
        if not _is_hash(self.digest):
            raise ValueError('a field "digest" that is not a SHA-256 in lower-case hexadecimal')
        if (self.data is None) != (self.salt is None):
            raise ValueError("data without their salt, or a salt without its data")
        if self.salt is not None and not _is_hash(self.salt):
            raise ValueError('a field "salt" that is not 64 hexadecimal digits in lower case')

    @property
    def is_erased(self) -> bool:
        """Whether the payload is gone."""
        return self.data is None

    @property
    def link(self) -> Link:
        """This event's place in the chain."""
        return Link(self.sequence, self.hash)

    def content(self) -> dict[str, object]:
        """Returns every field that the hash covers."""
        shared: dict[str, object] = {
            "action": self.action,
            "actor": self.actor,
            "organisation": self.organisation,
            "previous": self.previous,
            "sequence": self.sequence,
            "subject": self.subject,
            "time": self.time,
        }
        if self.format == 1:
            return {**shared, "data": self.data}
        return {**shared, "digest": self.digest, "format": self.format}

    def content_hash(self) -> str:
        """Returns the SHA-256 of the canonical content, in hexadecimal."""
        return hashlib.sha256(self._content_bytes()).hexdigest()

    def payload_fits(self) -> bool:
        """Returns whether salt and data give the digest that was hashed; what was erased cannot be asked."""
        if self.data is None or self.salt is None:
            return True
        return payload_digest(self.salt, canonical_json(self.data)) == self.digest

    def line(self) -> bytes:
        """Returns the line of an export that stands for this sealed event, line feed included."""
        fields = {**self.content(), "hash": self.hash}
        if self.format != 1:
            fields |= {"data": self.data, "salt": self.salt}
        return canonical_json(fields) + b"\n"

    def _content_bytes(self) -> bytes:
        if self.format == 1:
            return canonical_json(self.content())
        # Fixed ASCII keys need no ordering by code units: sorting them as they are gives the same bytes, and an import
        # writes ten thousand of these a second.
        return _SORTING.encode(self.content()).encode("utf-8")


def new_salt() -> str:
    """Returns 256 random bits in hexadecimal: without them nobody can guess short data from their digest."""
    return secrets.token_hex(32)


def payload_digest(salt: str, canonical_data: bytes) -> str:
    """Returns the SHA-256 of the 32 bytes of the salt followed by the canonical JSON of the data, in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical_data).hexdigest()


def seal(event: ChainEvent) -> ChainEvent:
    """Returns `event` with its hash."""
    sealed = object.__new__(ChainEvent)  # not `replace`, which checks again: an import seals ten thousand a second
    sealed.__dict__.update(event.__dict__, hash=event.content_hash())
    return sealed


def event_named(subject: str) -> int:
    """Returns the number of the event that a subject such as "event:17" names; 0 for any other subject."""
    named = _EVENT.match(subject)
    return int(named[1]) if named else 0


def event_from_line(line: bytes) -> ChainEvent:
    """Returns the event that a line of an export stands for; raises ValueError, in words, for anything else."""
    if not line.endswith(b"\n"):
        raise ValueError("a line longer than 1 MiB" if len(line) > LONGEST_LINE else "a line that was cut short")
    fields = parse_canonical(line[:-1])
    if not isinstance(fields, dict):
        raise ValueError("a line that is not an object")
    names = _WITH_PAYLOAD if "format" in fields else _INLINE  # format 1 was written before lines told their format
    if fields.keys() != names:
        strange = sorted(fields.keys() ^ names)
        raise ValueError(f'an event with the field "{strange[0]}" missing or unknown')
    if fields.setdefault("format", 1) == 1 and "digest" in fields:
        raise ValueError("an event that says it is of format 1, whose lines do not tell their format")
    return ChainEvent(**fields)


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and _HASH.match(text) is not None
