"""Random histories of a scan-in, and the counts straight from their definition."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

CASES: dict[str, list[Any]] = json.loads(Path(__file__).with_name("scan_cases.json").read_text(encoding="utf-8"))

LABELS = ("M-1", "m 1", "М-1", "Ь-1", "M-01", "К-2", "K2", "V-1", "Z-9", "№", "X-77", "Х-77", "M/1", "Ь.1", "M.1")
MINUTES = st.integers(0, 5)


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _scan(number: int, drawn: tuple[str, str, int, bool]) -> dict[str, object]:
    label, seal, minute, another = drawn
    message: dict[str, object] = {
        "scan": uuid(number),
        "label": label,
        "seal": seal,
        "scanned_at": f"2026-01-29T08:{minute:02d}:00Z",
    }
    return message | ({"another": True} if another else {})


SCANS = st.tuples(
    st.sampled_from(LABELS),
    st.sampled_from(["intact", "broken", "absent"]),
    MINUTES,
    st.sampled_from([False] * 3 + [True]),
)
MANIFESTS = st.lists(st.sampled_from((*LABELS, "")), max_size=6)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, object]]:
    """Messages in the order of their arrival, some of them again, some withdrawals before their scan."""
    scans = [_scan(number, drawn) for number, drawn in enumerate(draw(st.lists(SCANS, max_size=10)))]
    targets = draw(st.lists(st.integers(0, 12), max_size=4))
    undone = [
        {"scan": uuid(100 + number), "withdraws": uuid(target), "scanned_at": "2026-01-29T08:03:30Z"}
        for number, target in enumerate(targets)
    ]
    messages = scans + undone
    again = draw(st.lists(st.sampled_from(messages), max_size=3)) if messages else []
    return list(draw(st.permutations(messages + again)))


def naive_counts(meant_by: dict[str, str], manifest: list[str], messages: list[dict[str, Any]]) -> dict[str, int]:
    """Returns the counts straight from their definition, label by label; `meant_by` is what each label means."""
    by_id = {message["scan"]: message for message in messages}
    undone = {message["withdraws"] for message in by_id.values() if "withdraws" in message}
    live = [message for key, message in by_id.items() if "label" in message and key not in undone]
    labels = {label for label in manifest if label} | {meant_by[message["label"]] for message in live}
    counts = {"manifest": len(manifest), "scanned": 0, "missing": manifest.count(""), "unexpected": 0}
    for label in labels:
        of_label = [message for message in live if meant_by[message["label"]] == label]
        bags = any(not message.get("another") for message in of_label) + sum(
            bool(message.get("another")) for message in of_label
        )
        lines = manifest.count(label)
        counts["scanned"] += bags
        counts["missing"] += max(0, lines - bags)
        counts["unexpected"] += max(0, bags - lines)
    return counts
