"""What a scan means and what the scans of a handover amount to, as functions of the messages that arrived.

For each label, with the manifest's lines and the live scans of it (those that nothing withdraws):

    bags = (1 where a live plain scan is) + (live scans of another bag)
    missing = max(0, lines - bags)          unexpected = max(0, bags - lines)

so that scanned + missing = manifest + unexpected, label by label and in sum. Nothing of this depends on the order in
which messages arrive or how often. `answer` tells a message's outcome as it arrives; `tally` tells the whole, as if
the messages had arrived in the order in which they were scanned. `static/custody/scan_counts.js` is the twin on the
device, and tests/custody/scan_cases.json is the table of cases that both are tested with.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from homeward.custody.labels import Manifest, ManifestLine
from homeward.custody.scans import Message, Scan, Withdrawal, distinct, shown_moment

__all__ = ["Answer", "Circumstances", "Counts", "Note", "NoteKind", "Outcome", "Tally", "answer", "answers", "tally"]


class Outcome(Enum):
    """What a message turned out to be."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"
    AGAIN = "again"
    WITHDRAWN = "withdrawn"


class NoteKind(Enum):
    """What a person at the scanner is told beside the outcome."""

    LATE = "late"
    TAKEN_AS = "taken as"
    ROWS = "rows"
    FIRST = "first"
    SEALS = "seals"
    MORE_BAGS = "more bags than lines"
    ELSEWHERE = "elsewhere"
    NEAREST = "nearest"
    WITHDRAWN_BY = "withdrawn by"
    NOT_HERE_YET = "not here yet"
    STAYS = "a withdrawal stays"


@dataclass(frozen=True)
class Note:
    """One note: its kind, and what it is about (labels, rows, seals, UUIDs)."""

    kind: NoteKind
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind.value}: {', '.join(self.values)}" if self.values else self.kind.value


@dataclass(frozen=True)
class Counts:
    """The state of a handover: lines, bags, lines without a bag, bags without a line."""

    manifest: int
    scanned: int
    missing: int
    unexpected: int

    def as_json(self) -> dict[str, int]:
        """Returns the counts as a JSON object."""
        return {
            "manifest": self.manifest,
            "scanned": self.scanned,
            "missing": self.missing,
            "unexpected": self.unexpected,
        }


@dataclass(frozen=True)
class Answer:
    """The outcome of one message and the counts after it."""

    scan: str
    outcome: Outcome
    counts: Counts
    notes: tuple[Note, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Returns the answer as the API gives it."""
        told: dict[str, object] = {"scan": self.scan, "outcome": self.outcome.value, "counts": self.counts.as_json()}
        return {**told, "notes": [str(note) for note in self.notes]} if self.notes else told


@dataclass(frozen=True)
class Circumstances:
    """What the messages do not tell: whether the act is signed, and which labels other manifests have, and whose."""

    signed: bool = False
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def whose(self, label: str) -> str:
        """Returns whose other manifest has the line that `label` means there, or nothing."""
        return self.elsewhere.get(self._others.meant_by(label), "")

    @cached_property
    def _others(self) -> Manifest:
        return Manifest.of(self.elsewhere)


@dataclass(frozen=True)
class Tally:
    """The whole: counts, every message's outcome, lines without a bag, labels with bags that have no line."""

    counts: Counts
    outcomes: Mapping[str, Outcome]
    missing: tuple[ManifestLine, ...]
    unexpected: Mapping[str, int]


def answer(
    manifest: Manifest,
    received: Iterable[Message],
    message: Message,
    *,
    circumstances: Circumstances | None = None,
) -> Answer:
    """Returns the answer to `message` after those `received` before it; to one that is among them, its first answer.

    Raises InputError for a UUID that was received with other content.
    """
    earlier = distinct(received)
    distinct([*earlier.values(), message])
    state = _State(manifest, circumstances or Circumstances())
    for each in earlier.values():
        if each.id == message.id:
            break
        state.take(each)
    return state.answer(message)


def answers(
    manifest: Manifest, messages: Sequence[Message], *, circumstances: Circumstances | None = None
) -> tuple[Answer, ...]:
    """Returns the answer to each of `messages` in the order of their arrival; a message again, the same answer."""
    state = _State(manifest, circumstances or Circumstances())
    distinct(messages)
    given: dict[str, Answer] = {}
    for message in messages:
        if message.id not in given:
            given[message.id] = state.answer(message)
    return tuple(given[message.id] for message in messages)


def tally(manifest: Manifest, messages: Iterable[Message]) -> Tally:
    """Returns what the set of `messages` amounts to, whatever their order and repetition.

    Of several live plain scans of a label the one that was scanned first is the bag, the others are `again`.
    """
    by_id = distinct(messages)
    # A withdrawal may come first, so taking all of them before any scan is one of the orders that are allowed.
    in_order = sorted(by_id.values(), key=lambda each: (isinstance(each, Scan), each.scanned_at, each.id))
    state = _State(manifest, Circumstances())
    outcomes = {message.id: state.take(message) for message in in_order}
    return Tally(state.counts, outcomes, state.missing(), state.unexpected())


class _State:
    """What the messages taken so far amount to, label by label."""

    def __init__(self, manifest: Manifest, circumstances: Circumstances) -> None:
        self.manifest = manifest
        self.circumstances = circumstances
        self.withdrawn: dict[str, str] = {}
        self.messages: dict[str, Message] = {}
        self.live: dict[str, dict[str, Scan]] = {}
        self.lines = Counter({label: len(rows) for label, rows in manifest.rows.items()})
        # Kept up with every scan: counted anew, a thousand bags would take a million steps.
        self.counts = Counts(len(manifest.lines), 0, len(manifest.lines), 0)

    def take(self, message: Message) -> Outcome:
        """Counts a message that was not taken before; returns its outcome."""
        self.messages[message.id] = message
        if isinstance(message, Withdrawal):
            self.withdrawn.setdefault(message.withdraws, message.id)
            target = self.messages.get(message.withdraws)
            if isinstance(target, Scan):
                label = self.manifest.meant_by(target.label)
                before = _bags(self.live[label])
                self.live[label].pop(target.id, None)
                self._count(label, before, _bags(self.live[label]))
            return Outcome.WITHDRAWN
        label = self.manifest.meant_by(message.label)
        of_label = self.live.setdefault(label, {})
        if message.id in self.withdrawn:
            return Outcome.WITHDRAWN
        before = _bags(of_label)
        of_label[message.id] = message
        if _bags(of_label) == before:
            return Outcome.AGAIN
        self._count(label, before, before + 1)
        return Outcome.EXPECTED if before < self.lines[label] else Outcome.UNEXPECTED

    def answer(self, message: Message) -> Answer:
        """Counts a message that was not taken before; returns the answer to it."""
        outcome = self.take(message)
        notes = self._about_withdrawal(message) if isinstance(message, Withdrawal) else self._about(message, outcome)
        if self.circumstances.signed:
            notes = [Note(NoteKind.LATE), *notes]
        return Answer(message.id, outcome, self.counts, tuple(notes))

    def missing(self) -> tuple[ManifestLine, ...]:
        """Returns the lines without a bag; of twin rows the later ones, and every line without a label."""
        left = {label: _bags(scans) for label, scans in self.live.items()}
        lines = []
        for line in self.manifest.lines:
            if line.label and left.get(line.label, 0) > 0:
                left[line.label] -= 1
            else:
                lines.append(line)
        return tuple(lines)

    def unexpected(self) -> dict[str, int]:
        """Returns how many bags have no line, by label."""
        more = {label: _bags(scans) - self.lines[label] for label, scans in self.live.items()}
        return {label: number for label, number in sorted(more.items()) if number > 0}

    def _count(self, label: str, before: int, bags: int) -> None:
        """Brings the figures up to date where a label had so many bags before and has `bags` now."""
        lines, counts = self.lines[label], self.counts
        self.counts = Counts(
            manifest=counts.manifest,
            scanned=counts.scanned + bags - before,
            missing=counts.missing + max(0, lines - bags) - max(0, lines - before),
            unexpected=counts.unexpected + max(0, bags - lines) - max(0, before - lines),
        )

    def _about_withdrawal(self, message: Withdrawal) -> list[Note]:
        target = self.messages.get(message.withdraws)
        if target is None:
            return [Note(NoteKind.NOT_HERE_YET, (message.withdraws,))]
        return [Note(NoteKind.STAYS, (target.id,))] if isinstance(target, Withdrawal) else []

    def _about(self, scan: Scan, outcome: Outcome) -> list[Note]:
        if outcome is Outcome.WITHDRAWN:
            return [Note(NoteKind.WITHDRAWN_BY, (self.withdrawn[scan.id],))]
        label = self.manifest.meant_by(scan.label)
        rows, notes = self.manifest.rows.get(label, ()), []
        if label != scan.label:
            notes.append(Note(NoteKind.TAKEN_AS, (label,)))
        if outcome is Outcome.AGAIN:
            first = next(each for each in self.live[label].values() if not each.another)
            notes.append(Note(NoteKind.FIRST, (first.id, shown_moment(first.scanned_at))))
        seals = sorted({each.seal.value for each in self.live[label].values()})
        if len(seals) > 1 and outcome is Outcome.AGAIN:
            notes.append(Note(NoteKind.SEALS, tuple(seals)))
        if outcome is Outcome.UNEXPECTED and rows:
            notes.append(Note(NoteKind.MORE_BAGS))
        if len(rows) > 1 or (outcome is Outcome.UNEXPECTED and rows):
            notes.append(Note(NoteKind.ROWS, tuple(map(str, rows))))
        return notes if rows else [*notes, *self._about_stranger(scan)]

    def _about_stranger(self, scan: Scan) -> list[Note]:
        notes = []
        if whose := self.circumstances.whose(scan.label):
            notes.append(Note(NoteKind.ELSEWHERE, (whose,)))
        if nearest := self.manifest.nearest(scan.label):
            notes.append(Note(NoteKind.NEAREST, nearest))
        return notes


def _bags(scans: Mapping[str, Scan]) -> int:
    """Returns how many bags the live scans of one label are."""
    another = sum(scan.another for scan in scans.values())
    return another + (1 if another < len(scans) else 0)
