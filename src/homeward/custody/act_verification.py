"""Proves a handover act from its JSON alone: form, figures, signatures, and the chain to a signed checkpoint.

What both sides signed is refused too where it contradicts itself: a signature does not make it true.

Whoever compares the fingerprint of the checkpoint's key with the one that the installation gave knows that no byte was
changed. Whether the act is true of the bags, and who holds the signatories' keys, is not in the JSON.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from homeward.custody.act_lines import LineOutcome, counts_of
from homeward.custody.act_reading import act_from, checkpoint_from, is_lower_hex, signature_from
from homeward.custody.acts import ACTION, FORMAT, Act, Role, Signature, act_file, event_data, sha256
from homeward.custody.scan_counts import Counts
from homeward.errors import BrokenActError, InputError
from homeward.journal.canonical import canonical_json, parse_canonical
from homeward.journal.chain import ChainEvent, event_from_line
from homeward.journal.checkpoints import SignedCheckpoint, public_key

__all__ = ["VerifiedAct", "fingerprint", "looks_like_an_act", "read_fingerprint", "verify_act"]

_MARKS = (FORMAT.encode(), b'"lines_sha256":')  # no single changed byte removes both
_PARTS = {"format", "act", "signatures", "chain", "checkpoint"}


@dataclass(frozen=True)
class VerifiedAct:
    """An act that holds: what it says, who signed, where its chain ends, the fingerprint of the checkpoint's key."""

    act: Act
    signatures: tuple[Signature, ...]
    checkpoint: SignedCheckpoint
    fingerprint: str
    sha256: str

    @property
    def figures(self) -> Counts:
        """The four figures."""
        return self.act.figures


def looks_like_an_act(raw: bytes) -> bool:
    """Returns whether `raw` is an act, changed or not, rather than something else."""
    return any(mark in raw for mark in _MARKS)


def verify_act(raw: bytes, *, place: str, key_fingerprint: str | None = None) -> VerifiedAct:
    """Returns what the act in `raw` says, after proving it; None for a fingerprint compares none.

    Raises InputError where `raw` is no act, BrokenActError, with the reason, where it does not hold.
    """
    if not looks_like_an_act(raw):
        raise InputError(
            place=place, found="something else", needed="a handover act: its JSON, or the PDF that holds it"
        )
    try:
        return _verified(raw, key_fingerprint)
    except ValueError as fault:
        told = "".join(sign if sign.isprintable() else "?" for sign in str(fault))
        raise BrokenActError(f"{place}: the act does not hold: {told}") from fault
    except RecursionError as fault:
        raise BrokenActError(f"{place}: the act does not hold: JSON nested too deeply") from fault


def fingerprint(public_key_digits: str) -> str:
    """Returns the SHA-256 of a public key of 64 hexadecimal digits, which people compare."""
    return hashlib.sha256(bytes.fromhex(public_key_digits)).hexdigest()


def read_fingerprint(text: str, *, place: str) -> str:
    """Returns a fingerprint as typed: capitals, blanks, colons and hyphens do not matter."""
    digits = re.sub(r"[\s:-]", "", text).lower()
    if not is_lower_hex(digits, 64):
        told = "".join(sign if sign.isprintable() else "?" for sign in text[:80])
        found = f'"{told}"' if digits else "nothing"
        raise InputError(place=place, found=found, needed="a fingerprint of 64 hexadecimal digits")
    return digits


def _verified(raw: bytes, key_fingerprint: str | None) -> VerifiedAct:
    whole = parse_canonical(raw)
    if not isinstance(whole, dict) or whole.keys() != _PARTS or whole["format"] != FORMAT:
        raise ValueError(f'its parts are not {", ".join(sorted(_PARTS))} with the format "{FORMAT}"')
    act = act_from(whole["act"])
    signatures = tuple(signature_from(each) for each in _list(whole["signatures"], "signatures"))
    checkpoint = checkpoint_from(whole["checkpoint"])
    events = [_event(number, each) for number, each in enumerate(_list(whole["chain"], "chain"), 1)]
    _check_lines(act, whole["act"])
    _check_manifest(act)
    _check_signatures(act, signatures)
    _check_chain(events, event_data(act, signatures)["act"], checkpoint)
    _check_checkpoint(checkpoint, key_fingerprint)
    # Whatever can be said in another way than this program writes it (true for 1, for one) is refused with the rest.
    if act_file(act, signatures, events=events, checkpoint=checkpoint) != raw:
        raise ValueError("it is not in the form that is signed")
    return VerifiedAct(act, signatures, checkpoint, fingerprint(checkpoint.public_key), hashlib.sha256(raw).hexdigest())


def _list(value: object, name: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise ValueError(f'the part "{name}" is no list')
    return value


def _check_lines(act: Act, given: Mapping[str, object]) -> None:
    """Counts the lines again and compares figures and hash with what the act says."""
    rows = [line.row for line in act.lines if line.row is not None]
    if rows != sorted(set(rows)):
        raise ValueError("rows of the manifest stand twice or out of order")
    if given["lines_sha256"] != sha256([line.as_json() for line in act.lines]):
        raise ValueError("the lines do not have the hash that the act gives")
    counted = counts_of(act.lines).as_json()
    if given["figures"] != counted:
        told = ", ".join(f"{name} {number}" for name, number in counted.items())
        raise ValueError(f"the figures are not those of the lines ({told})")


def _check_manifest(act: Act) -> None:
    """Compares the lines with each other and with the manifest that the act names.

    Labels are compared as they are written: which other spellings mean a line may change, and an act holds for ever.
    """
    listed = [line for line in act.lines if line.row is not None]
    if [line.row for line in act.lines] != [*range(1, len(listed) + 1), *[None] * (len(act.lines) - len(listed))]:
        raise ValueError("the lines are not every row of the manifest from 1 on and then the bags without a row")
    if listed and not act.manifest_sha256:
        raise ValueError("it has lines of a manifest and no SHA-256 of it")
    if act.manifest_sha256 and not listed:
        raise ValueError("it has the SHA-256 of a manifest and no line of it")
    missing = {line.label: line.row for line in listed if line.outcome is LineOutcome.MISSING}
    for line in act.lines:
        if line.outcome is LineOutcome.UNEXPECTED and line.label in missing:
            row = missing[line.label]
            raise ValueError(f'a bag "{line.label}" is unexpected while row {row} of that label is missing')


def _check_signatures(act: Act, signatures: Sequence[Signature]) -> None:
    roles = {signature.role for signature in signatures}
    for role in (Role.GIVER, Role.RECEIVER):
        if role not in roles:
            raise ValueError(f"the {role.value} did not sign")
    if len({(each.name, each.organisation) for each in signatures}) < len(signatures):
        raise ValueError("one person signed twice")
    keys = [each.public_key for each in signatures if each.public_key]
    if len(set(keys)) < len(keys):
        raise ValueError("two signatures were made with one key")
    signed = sha256(act.as_json())
    for each in signatures:
        if not each.scan_sha256 and not _is_signed(each.public_key, each.signature, each.signed_bytes(signed)):
            raise ValueError(f"the signature of the {each.role.value}, {each.name}, does not fit the act")


def _is_signed(key: str, signature: str, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _event(number: int, fields: object) -> ChainEvent:
    try:
        return event_from_line(canonical_json(fields) + b"\n")
    except ValueError as error:
        raise ValueError(f"event {number} of its chain is {error}") from error


def _check_chain(events: Sequence[ChainEvent], act_digest: object, checkpoint: SignedCheckpoint) -> None:
    """Follows the journal from the event of the signed handover to the head that the checkpoint is signed over."""
    if not events:
        raise ValueError("there is no event of the signed handover")
    first, last = events[0], events[-1]
    if first.action != ACTION or not isinstance(first.data, Mapping) or first.data.get("act") != act_digest:
        raise ValueError("the first event of its chain does not speak of this act and these signatures")
    for number, (event, before) in enumerate(zip(events, [None, *events], strict=False), 1):
        if fault := _fault(event, before):
            raise ValueError(f"event {number} of its chain {fault}")
    if (last.sequence, last.hash) != (checkpoint.sequence, checkpoint.hash):
        raise ValueError("its chain does not end where the checkpoint was signed")


def _fault(event: ChainEvent, before: ChainEvent | None) -> str:
    """Returns what is wrong with an event standing after another, or nothing.

    Events after the first may come without their payload: what others did in between is not the act's to tell.
    """
    if before is not None and (event.sequence != before.sequence + 1 or event.previous != before.hash):
        return "does not follow the one before it"
    if event.hash != event.content_hash():
        return "does not have the hash of its content"
    return "" if event.payload_fits() else "does not have the digest of its payload"


def _check_checkpoint(checkpoint: SignedCheckpoint, key_fingerprint: str | None) -> None:
    if not checkpoint.is_signed_by(public_key(checkpoint.public_key, place="checkpoint")):
        raise ValueError("the checkpoint was not signed with its key, or was changed after it was signed")
    found = fingerprint(checkpoint.public_key)
    if key_fingerprint is not None and found != key_fingerprint:
        raise ValueError(f"its checkpoint was signed with another key, of fingerprint {found}")
