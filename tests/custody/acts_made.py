"""A small handover with its act, as the tests make it: three lines, two bags, one of them not listed."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from homeward.custody.act_lines import act_lines
from homeward.custody.acts import (
    ACTION,
    Act,
    Announcement,
    Direction,
    Remark,
    Role,
    Signature,
    act_file,
    event_data,
    paper_signature,
    remark_digest,
    sign_act,
)
from homeward.custody.labels import Manifest
from homeward.custody.scans import read_message
from homeward.journal.canonical import canonical_json
from homeward.journal.chain import ChainEvent, payload_digest, seal
from homeward.journal.checkpoints import sign

KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(1, 6)]
ALICES, BOBS, INSTALLATION, CHARLIES = KEYS[:4]
TIME = "2026-01-29T12:00:00.000000Z"
UUID = "00000000-0000-4000-8000-00000000000{}"


def an_act(direction: Direction = Direction.INCOMING, *, labels: tuple[str, ...] = ("M-1", "M-2")) -> Act:
    """The act of a handover at which M-1 and a bag that is not listed were seen."""
    messages = [
        {"scan": UUID.format(1), "label": "M-1", "seal": "intact", "scanned_at": "2026-01-29T08:00:00Z"},
        {"scan": UUID.format(2), "label": "m 1", "seal": "broken", "scanned_at": "2026-01-29T08:05:00Z"},
        {"scan": UUID.format(3), "label": "Ж-7", "seal": "absent", "scanned_at": "2026-01-29T08:01:00.5Z"},
    ]
    return Act(
        handover="4827109359",
        exchange="2026-01-29-bodies",
        direction=direction,
        giver="Alpha",
        receiver="Beta",
        place="Border post",
        closed_at="2026-01-29T11:00:00Z",
        announced=(Announcement("Alpha", 2, 3),),
        manifest_sha256="ab" * 32,
        lines=act_lines(Manifest.of(labels), [read_message(message) for message in messages]),
        remarks=(Remark(Role.RECEIVER, remark_digest("one seal was cut", salt="00" * 16)),),
    )


def signed(act: Act, *, on_paper: bool = False) -> tuple[Signature, ...]:
    """Both sides' signatures: Bob gives, Alice receives."""
    bob = {"role": Role.GIVER, "name": "Bob", "organisation": "Alpha", "signed_at": "2026-01-29T11:01:00Z"}
    alice = {"role": Role.RECEIVER, "name": "Alice", "organisation": "Beta", "signed_at": "2026-01-29T11:02:00Z"}
    first = paper_signature(b"a scan", **bob) if on_paper else sign_act(act, BOBS, **bob)  # type: ignore[arg-type]
    return (first, sign_act(act, ALICES, **alice))  # type: ignore[arg-type]


def event(
    number: int, previous: str, *, action: str = ACTION, data: dict[str, object], in_format: int = 2
) -> ChainEvent:
    """An event of the journal; in format 2 its data are a payload with a salt."""
    salt = f"{number:064x}"
    payload = {"salt": salt, "digest": payload_digest(salt, canonical_json(data))} if in_format == 2 else {}
    return seal(
        ChainEvent(
            format=in_format,
            sequence=number,
            time=TIME,
            actor="person:1",
            organisation="beta",
            action=action,
            subject="handover:4827109359",
            data=data,
            previous=previous,
            **payload,  # type: ignore[arg-type]
        )
    )


def chain_of(act: Act, signatures: tuple[Signature, ...], *, in_format: int = 2) -> list[ChainEvent]:
    """The event of the signed handover and one that came before the checkpoint."""
    first = event(17, "cd" * 32, data=event_data(act, signatures), in_format=in_format)
    return [first, event(18, first.hash, action="record.loaded", data={"who": "Charlie"}, in_format=in_format)]


def whole(
    act: Act | None = None, *, on_paper: bool = False, key: Ed25519PrivateKey = INSTALLATION, in_format: int = 2
) -> bytes:
    """The JSON of a signed act."""
    act = act or an_act()
    signatures = signed(act, on_paper=on_paper)
    events = chain_of(act, signatures, in_format=in_format)
    return act_file(act, signatures, events=events, checkpoint=sign(events[-1].link, time=TIME, key=key))
