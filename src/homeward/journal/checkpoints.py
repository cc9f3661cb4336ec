"""Signed checkpoints: a statement of where the chain stood, which shows later whether its end was cut or rewritten.

Needs the standard library and `cryptography`; no Django, no database.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from homeward.errors import BrokenChainError, InputError
from homeward.journal.canonical import canonical_json, parse_canonical
from homeward.journal.chain import ChainEvent, Link
from homeward.journal.verification import Verification, follow

__all__ = [
    "FORMAT",
    "SignedCheckpoint",
    "private_key",
    "public_key",
    "public_key_text",
    "read_checkpoint",
    "sign",
    "verify_with_checkpoint",
]

FORMAT = "homeward-checkpoint-1"  # part of what is signed: a signature made for anything else is worth nothing here


@dataclass(frozen=True, kw_only=True)
class SignedCheckpoint:
    """The head of the chain at a time, signed (Ed25519, RFC 8032) over the canonical JSON of all other fields."""

    sequence: int
    hash: str
    time: str
    public_key: str
    signature: str = ""

    def content(self) -> dict[str, str | int]:
        """Returns what the signature covers."""
        return {
            "format": FORMAT,
            "sequence": self.sequence,
            "hash": self.hash,
            "time": self.time,
            "public_key": self.public_key,
        }

    def as_bytes(self) -> bytes:
        """Returns the file that is handed over: one line of canonical JSON."""
        return canonical_json({**self.content(), "signature": self.signature}) + b"\n"

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Returns whether the signature was made with the private half of `key`."""
        try:
            key.verify(bytes.fromhex(self.signature), canonical_json(self.content()))
        except (InvalidSignature, ValueError):
            return False
        return self.public_key == public_key_text(key)


def sign(link: Link, *, time: str, key: Ed25519PrivateKey) -> SignedCheckpoint:
    """Returns the checkpoint that states that the chain stood at `link`."""
    unsigned = SignedCheckpoint(
        sequence=link.sequence, hash=link.hash, time=time, public_key=public_key_text(key.public_key())
    )
    return replace(unsigned, signature=key.sign(canonical_json(unsigned.content())).hex())


def private_key(text: str, *, place: str) -> Ed25519PrivateKey:
    """Returns the key that 64 hexadecimal digits stand for."""
    return Ed25519PrivateKey.from_private_bytes(_thirty_two_bytes(text, place=place))


def public_key(text: str, *, place: str) -> Ed25519PublicKey:
    """Returns the key that 64 hexadecimal digits stand for."""
    return Ed25519PublicKey.from_public_bytes(_thirty_two_bytes(text, place=place))


def public_key_text(key: Ed25519PublicKey) -> str:
    """Returns the 64 hexadecimal digits that stand for `key`."""
    return key.public_bytes_raw().hex()


def read_checkpoint(path: Path) -> SignedCheckpoint:
    """Returns the checkpoint in the file at `path`; whether its signature holds is not yet asked."""
    needed = "a checkpoint made by `homeward journal checkpoint`"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(place=str(path), found=error.strerror or "no file", needed=needed) from error
    try:
        return _checkpoint(parse_canonical(raw.removesuffix(b"\n")))
    except ValueError as error:
        raise InputError(place=str(path), found=str(error), needed=needed) from error


def verify_with_checkpoint(
    path: Path,
    *,
    checkpoint: SignedCheckpoint,
    key: Ed25519PublicKey,
    watch: Callable[[ChainEvent], None] | None = None,
) -> Verification:
    """Returns what the journal at `path` proved to be, after proving every link and that the checkpoint lies on it.

    Raises BrokenChainError where the chain is broken, was cut before the checkpoint, was rewritten, or where the
    checkpoint was not signed with `key`.
    """
    if not checkpoint.is_signed_by(key):
        raise BrokenChainError("the checkpoint was not signed with this key, or was changed after it was signed")
    met: list[str] = []

    def meet(event: ChainEvent) -> None:
        if watch:
            watch(event)
        if event.sequence == checkpoint.sequence:
            met.append(event.hash)

    chain = follow(path, watch=meet)
    if not met:
        told = f"ends at event {chain.head.sequence}, but the checkpoint was signed at event {checkpoint.sequence}"
        raise BrokenChainError(f"{path}: {told}; the end of the journal was cut off")
    if met[0] != checkpoint.hash:
        told = f"event {checkpoint.sequence} is not the one that the checkpoint was signed over"
        raise BrokenChainError(f"{path} line {checkpoint.sequence}: {told}; the journal was rewritten up to here")
    return chain


def _checkpoint(fields: object) -> SignedCheckpoint:
    if not isinstance(fields, Mapping) or fields.get("format") != FORMAT:
        raise ValueError(f'a file that does not say "format": {json.dumps(FORMAT)}')
    kinds = {"sequence": int, "hash": str, "time": str, "public_key": str, "signature": str}
    if fields.keys() != {"format", *kinds} or any(type(fields[name]) is not kind for name, kind in kinds.items()):
        raise ValueError("a checkpoint with fields missing or unknown")
    return SignedCheckpoint(**{name: fields[name] for name in kinds})


def _thirty_two_bytes(text: str, *, place: str) -> bytes:
    try:
        raw = bytes.fromhex(text.strip())
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise InputError(place=place, found="something else", needed="an Ed25519 key as 64 hexadecimal digits")
    return raw
