"""The parts of an act's JSON as values; whatever is not exactly as `acts` writes it is a ValueError, in words."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from homeward.custody.act_lines import ActLine, LineOutcome
from homeward.custody.acts import Act, Announcement, Direction, Remark, Role, Signature
from homeward.custody.scans import Seal
from homeward.journal import checkpoints
from homeward.journal.checkpoints import SignedCheckpoint

__all__ = ["act_from", "checkpoint_from", "is_lower_hex", "signature_from"]

_TEXTS = ("handover", "exchange", "giver", "receiver", "place", "closed_at")
_ACT = {
    *_TEXTS,
    *("announced", "direction", "earlier_act", "figures", "lines", "lines_sha256", "manifest_sha256", "remarks"),
}
_LINE = {"row", "label", "outcome", "seal", "seals_seen", "first_seen", "last_seen"}
_WHO = {"role", "name", "organisation", "signed_at"}
_SEALS = {seal.value for seal in Seal}
_LOWER_HEX = re.compile("[0-9a-f]*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)


def is_lower_hex(text: object, length: int) -> bool:
    """Returns whether `text` is `length` hexadecimal digits, none a capital: one value has one spelling."""
    return isinstance(text, str) and len(text) == length and _LOWER_HEX.fullmatch(text) is not None


def act_from(value: object) -> Act:
    """Returns the act that a JSON object stands for."""
    fields = _object(value, _ACT, "act")
    for name in ("earlier_act", "manifest_sha256"):
        if fields[name] != "" and not is_lower_hex(fields[name], 64):
            raise ValueError(f'the field "{name}" is no SHA-256')
    return Act(
        **{name: _text(fields[name], name) for name in _TEXTS[:-1]},
        closed_at=_moment(fields["closed_at"], "closed_at"),
        direction=_word(Direction, fields["direction"], "direction"),
        announced=tuple(_announcement(each) for each in _list(fields["announced"], "announced")),
        manifest_sha256=fields["manifest_sha256"],
        lines=tuple(_line(each) for each in _list(fields["lines"], "lines")),
        remarks=tuple(_remark(each) for each in _list(fields["remarks"], "remarks")),
        earlier_act=fields["earlier_act"],
    )


def signature_from(value: object) -> Signature:
    """Returns the signature that a JSON object stands for; whether it holds is not yet asked."""
    on_paper = isinstance(value, Mapping) and "scan_sha256" in value
    fields = _object(value, _WHO | ({"scan_sha256"} if on_paper else {"public_key", "signature"}), "signature")
    lengths = {"scan_sha256": 64} if on_paper else {"public_key": 64, "signature": 128}
    for name, length in lengths.items():
        if not is_lower_hex(fields[name], length):
            raise ValueError(f'the field "{name}" of a signature is not {length} hexadecimal digits')
    name = _text(fields["name"], "name")
    if not name.strip():
        raise ValueError("a signature has no name")
    return Signature(
        role=_word(Role, fields["role"], "role"),
        name=name,
        organisation=_text(fields["organisation"], "organisation"),
        signed_at=_moment(fields["signed_at"], "signed_at"),
        **{each: fields[each] for each in lengths},
    )


def checkpoint_from(value: object) -> SignedCheckpoint:
    """Returns the checkpoint that a JSON object stands for; whether its signature holds is not yet asked."""
    kinds = {"sequence": int, "hash": str, "time": str, "public_key": str, "signature": str}
    fields = _object(value, {"format", *kinds}, "checkpoint")
    if fields["format"] != checkpoints.FORMAT or any(type(fields[name]) is not kind for name, kind in kinds.items()):
        raise ValueError("the checkpoint is not one")
    # Bytes can be spelled with capitals too, which a signature does not cover.
    for name, length in (("hash", 64), ("public_key", 64), ("signature", 128)):
        if not is_lower_hex(fields[name], length):
            raise ValueError(f'the field "{name}" of the checkpoint is not {length} hexadecimal digits')
    return SignedCheckpoint(**{name: fields[name] for name in kinds})


def _line(value: object) -> ActLine:
    fields = _object(value, _LINE, "line")
    seals = _list(fields["seals_seen"], "seals_seen")
    if not all(isinstance(seal, str) and seal in _SEALS for seal in seals) or len(set(seals)) < len(seals):
        raise ValueError("a line has seals that are no seals")
    row = fields["row"]
    if row is not None and (type(row) is not int or row < 1):
        raise ValueError("a line has a row that is no row")
    seen = [fields["first_seen"], fields["last_seen"]]
    first, last = (_moment(each, "first_seen") if each != "" else "" for each in seen)
    return ActLine(
        row=row,
        label=_text(fields["label"], "label"),
        outcome=_word(LineOutcome, fields["outcome"], "outcome"),
        seal=_text(fields["seal"], "seal"),
        seals_seen=tuple(seals),
        first_seen=first,
        last_seen=last,
    )


def _announcement(value: object) -> Announcement:
    fields = _object(value, {"by", "low", "high"}, "announcement")
    for bound in (fields["low"], fields["high"]):
        if bound is not None and (type(bound) is not int or bound < 0):
            raise ValueError("an announcement has a bound that is no number")
    if fields["low"] is not None and fields["high"] is not None and fields["low"] > fields["high"]:
        raise ValueError("an announcement's low is above its high")
    return Announcement(_text(fields["by"], "by"), fields["low"], fields["high"])


def _remark(value: object) -> Remark:
    fields = _object(value, {"by", "digest"}, "remark")
    if not is_lower_hex(fields["digest"], 64):
        raise ValueError("a remark has a digest that is no SHA-256")
    return Remark(_word(Role, fields["by"], "by"), fields["digest"])


def _object(value: object, names: set[str], what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or value.keys() != names:
        raise ValueError(f"the {what} has fields missing or unknown")
    return value


def _list(value: object, name: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise ValueError(f'the field "{name}" is no list')
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f'the field "{name}" is no text')
    return value


def _moment(value: object, name: str) -> str:
    if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
        raise ValueError(f'the field "{name}" is no moment in UTC')
    datetime.fromisoformat(value)  # a ValueError, in words, for a day or an hour that is not
    return value


def _word(words: Any, value: object, name: str) -> Any:
    if not isinstance(value, str) or value not in {word.value for word in words}:
        raise ValueError(f'the field "{name}" is none of {", ".join(word.value for word in words)}')
    return words(value)
