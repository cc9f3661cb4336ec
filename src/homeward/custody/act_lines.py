"""The lines of a handover act: every line of the manifest with its bag or without one, and every bag without a line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from homeward.custody.labels import Manifest
from homeward.custody.scan_counts import Counts
from homeward.custody.scans import Message, Scan, Withdrawal, distinct, shown_moment

__all__ = ["ActLine", "LineOutcome", "act_lines", "counts_of"]


class LineOutcome(Enum):
    """Whether a line has its bag, has none, or is a bag without a line."""

    EXPECTED = "expected"
    MISSING = "missing"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, kw_only=True)
class ActLine:
    """One line: the manifest's row (None for a bag without one), the label, its seal, and how the bag was seen.

    Raises ValueError for a line that cannot be: a bag that was never seen, a missing one that was, one seen last before
    it was seen first, a bag without a label, a seal of the manifest where it has no row.
    """

    row: int | None
    label: str
    outcome: LineOutcome
    seal: str = ""
    seals_seen: tuple[str, ...] = ()
    first_seen: str = ""
    last_seen: str = ""

    def __post_init__(self) -> None:
        was_seen = bool(self.seals_seen and self.first_seen and self.last_seen)
        if was_seen == (self.outcome is LineOutcome.MISSING):
            raise ValueError(f'line "{self.label}" is {self.outcome.value} but was {"" if was_seen else "not "}seen')
        if not was_seen and (self.seals_seen or self.first_seen or self.last_seen):
            raise ValueError(f'line "{self.label}" tells only half of how it was seen')
        if (self.row is None) != (self.outcome is LineOutcome.UNEXPECTED):
            raise ValueError(
                f'line "{self.label}" is {self.outcome.value} with{"out" if self.row is None else ""} a row'
            )
        if was_seen and not self.label.strip():
            raise ValueError("a bag without a label was seen, which nothing that is scanned can mean")
        if self.row is None and self.seal:
            raise ValueError(f'line "{self.label}" has a seal of the manifest and no row of it')
        if _in_order(self.first_seen) > _in_order(self.last_seen):
            raise ValueError(f'line "{self.label}" was seen last, {self.last_seen}, before first, {self.first_seen}')

    def as_json(self) -> dict[str, object]:
        """Returns the line as a JSON object."""
        return {
            "row": self.row,
            "label": self.label,
            "outcome": self.outcome.value,
            "seal": self.seal,
            "seals_seen": list(self.seals_seen),
            "first_seen": self.first_seen,
            "last_seen": self.last_seen,
        }


def _in_order(moment: str) -> tuple[str, str]:
    """Returns what orders moments in UTC: half a second has a sign after the seconds that comes before Z."""
    second, _, fraction = moment.removesuffix("Z").partition(".")
    return second, fraction.ljust(9, "0")


def counts_of(lines: Sequence[ActLine]) -> Counts:
    """Returns the figures that `lines` amount to."""
    number = Counter(line.outcome for line in lines)
    return Counts(
        manifest=number[LineOutcome.EXPECTED] + number[LineOutcome.MISSING],
        scanned=number[LineOutcome.EXPECTED] + number[LineOutcome.UNEXPECTED],
        missing=number[LineOutcome.MISSING],
        unexpected=number[LineOutcome.UNEXPECTED],
    )


def act_lines(manifest: Manifest, messages: Iterable[Message]) -> tuple[ActLine, ...]:
    """Returns the lines of an act: the manifest's by row, then bags without a line by label and time.

    Of several bags of one label the one that was seen first has the first of its rows.
    """
    bags = _bags_by_label(manifest, messages)
    lines = []
    for line in sorted(manifest.lines, key=lambda each: each.row):
        of_label = bags.get(line.label, []) if line.label else []
        bag = of_label.pop(0) if of_label else None
        outcome = LineOutcome.EXPECTED if bag else LineOutcome.MISSING
        lines.append(_line(line.row, line.label, outcome, seal=line.seal, scans=bag or ()))
    for label, of_label in sorted(bags.items()):
        lines += [_line(None, label, LineOutcome.UNEXPECTED, seal="", scans=bag) for bag in of_label]
    return tuple(lines)


def _bags_by_label(manifest: Manifest, messages: Iterable[Message]) -> dict[str, list[list[Scan]]]:
    """Returns the live scans of every bag, by label: all plain scans of a label are one bag, each another is one."""
    by_id = distinct(messages)
    undone = {message.withdraws for message in by_id.values() if isinstance(message, Withdrawal)}
    live = [each for each in by_id.values() if isinstance(each, Scan) and each.id not in undone]
    bags: dict[str, list[list[Scan]]] = {}
    plain: dict[str, list[Scan]] = {}
    for scan in sorted(live, key=lambda each: (each.scanned_at, each.id)):
        label = manifest.meant_by(scan.label)
        if scan.another:
            bags.setdefault(label, []).append([scan])
        elif label in plain:
            plain[label].append(scan)
        else:
            plain[label] = [scan]
            bags.setdefault(label, []).append(plain[label])
    return bags


def _line(row: int | None, label: str, outcome: LineOutcome, *, seal: str, scans: Sequence[Scan]) -> ActLine:
    return ActLine(
        row=row,
        label=label,
        outcome=outcome,
        seal=seal,
        seals_seen=tuple(dict.fromkeys(scan.seal.value for scan in scans)),
        first_seen=shown_moment(scans[0].scanned_at) if scans else "",
        last_seen=shown_moment(scans[-1].scanned_at) if scans else "",
    )
