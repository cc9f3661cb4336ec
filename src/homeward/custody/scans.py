"""Messages of the scan-in: a bag that was seen, a second bag of the same label, or the undoing of a scan.

A message carries the UUID that the device gave it, so that sending it again counts nothing. What is refused names the
field as its place. `static/custody/scan_counts.js` is this module's twin on the device.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from unicodedata import category

from homeward.custody import codes
from homeward.custody.labels import trimmed
from homeward.errors import InputError

__all__ = ["Message", "Scan", "Seal", "Withdrawal", "distinct", "read_message", "refuse_own_code", "shown_moment"]

LONGEST_LABEL = 200
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENT = re.compile(
    r"([12]\d{3})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))", re.ASCII
)
_FIELDS_OF_SCAN = ("scan", "label", "seal", "scanned_at", "another")
_FIELDS_OF_WITHDRAWAL = ("scan", "withdraws", "scanned_at")


class Seal(Enum):
    """How the seal of a bag was found."""

    INTACT = "intact"
    BROKEN = "broken"
    ABSENT = "absent"


@dataclass(frozen=True)
class Scan:
    """A bag that was seen. `another`: a person said that it is not a bag of this label that was scanned before.

    `scanned_at` is in UTC with nine decimals, so that moments sort as text.
    """

    id: str
    label: str
    seal: Seal
    scanned_at: str
    another: bool = False


@dataclass(frozen=True)
class Withdrawal:
    """The undoing of the scan `withdraws`; it may arrive before that scan."""

    id: str
    withdraws: str
    scanned_at: str


Message = Scan | Withdrawal


def read_message(value: object) -> Message:
    """Returns the message that a JSON object stands for; raises InputError, with the field as place, for any other."""
    if not isinstance(value, Mapping):
        raise InputError(place="message", found=_told(value), needed="an object")
    allowed = _FIELDS_OF_WITHDRAWAL if "withdraws" in value else _FIELDS_OF_SCAN
    for field in value:
        if field not in allowed:
            needed = f"only {', '.join(allowed)}"
            raise InputError(place=str(field)[:80], found="a field that this message does not have", needed=needed)
    identity, moment = _uuid(value, "scan"), _moment(value)
    if "withdraws" in value:
        target = _uuid(value, "withdraws")
        if target == identity:
            raise InputError(place="withdraws", found="the message's own UUID", needed="the UUID of the scan to undo")
        return Withdrawal(identity, target, moment)
    another = value.get("another", False)
    if not isinstance(another, bool):
        raise InputError(place="another", found=_told(another), needed="true or false")
    return Scan(identity, _label(value), _seal(value), moment, another)


def distinct(messages: Iterable[Message]) -> dict[str, Message]:
    """Returns the messages by their UUID, each once; raises InputError for one UUID with two contents."""
    by_id: dict[str, Message] = {}
    for message in messages:
        if by_id.setdefault(message.id, message) != message:
            raise InputError(place="scan", found=f"UUID {message.id} with other content", needed="a UUID of its own")
    return by_id


def refuse_own_code(scan: Scan, ours: Mapping[str, str]) -> None:
    """Raises InputError where the label is one of our own codes; `ours` tells what a code stands for ("a shelf")."""
    try:
        code = codes.read(scan.label)
    except InputError:
        return
    if code in ours:
        found = f"our own code {codes.show(code)}: this is {ours[code]}"
        raise InputError(place="label", found=found, needed="the label that the other side put on the bag")


def shown_moment(moment: str) -> str:
    """Returns a moment without the decimals that say nothing.

    >>> shown_moment("2026-01-29T08:00:00.500000000Z")
    '2026-01-29T08:00:00.5Z'
    """
    return re.sub(r"\.?0+Z$", "Z", moment)


def _uuid(value: Mapping[str, object], field: str) -> str:
    given = value.get(field)
    if isinstance(given, str) and _UUID.fullmatch(given.lower()):
        return given.lower()
    needed = "a UUID such as 7f8f1c1e-5a0b-4c52-9f1e-0d2f3b4a5c6d"
    raise InputError(place=field, found=_told(given), needed=needed)


def _label(value: Mapping[str, object]) -> str:
    given = value.get("label")
    label = trimmed(given) if isinstance(given, str) else ""
    if not label or len(label) > LONGEST_LABEL or any(category(sign) in {"Cc", "Cs"} for sign in label):
        needed = f"the label as text of one line, at most {LONGEST_LABEL} characters"
        raise InputError(place="label", found=_told(given), needed=needed)
    return label


def _seal(value: Mapping[str, object]) -> Seal:
    given = value.get("seal")
    if isinstance(given, str) and given in {seal.value for seal in Seal}:
        return Seal(given)
    raise InputError(place="seal", found=_told(given), needed="intact, broken or absent")


def _moment(value: Mapping[str, object]) -> str:
    given = value.get("scanned_at")
    match = _MOMENT.fullmatch(given) if isinstance(given, str) else None
    needed = "a date and time with zone, such as 2026-01-29T08:00:00Z"
    if match is None:
        raise InputError(place="scanned_at", found=_told(given), needed=needed)
    year, month, day, hour, minute = map(int, match.groups()[:5])
    hours, minutes = int(match[9] or 0), int(match[10] or 0)
    try:
        if hours > 23 or minutes > 59:
            raise ValueError
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if match[8] == "-" else 1)
        local = datetime(year, month, day, hour, minute, int(match[6] or 0), tzinfo=timezone(offset))
        moment = local.astimezone(UTC).replace(tzinfo=None)
    except ValueError:
        raise InputError(place="scanned_at", found=_told(given), needed=needed) from None
    return f"{moment.isoformat()}.{(match[7] or '').ljust(9, '0')}Z"


def _told(value: object) -> str:
    """Returns what was found, as it can be told on one line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = "".join(sign if sign.isprintable() else "?" for sign in value[:80])
        return f'"{shown}"'
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else "a number"
