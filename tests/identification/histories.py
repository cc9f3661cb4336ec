"""Histories of an exchange as events, and the account that follows from them."""

import json
from collections.abc import Sequence
from typing import Any

from homeward.identification.events import events_from_lines
from homeward.identification.ladder import Ladder, ladder_after


def account(events: Sequence[dict[str, Any]]) -> Ladder:
    """The account after events, read as from the lines of a file."""
    lines = [(n, json.loads(json.dumps(event))) for n, event in enumerate(events, start=1)]
    return ladder_after(events_from_lines(lines, place="history.jsonl"))


def event(what: str, **fields: Any) -> dict[str, Any]:
    """One event."""
    return {"event": what, **fields}


def opened_bags(*remains_by_bag: Sequence[str]) -> list[dict[str, Any]]:
    """Bags B1, B2, ... on lines 1, 2, ... of the manifest, each opened with these human remains."""
    lines = [str(n) for n in range(1, len(remains_by_bag) + 1)]
    events = [event("manifest", lines=lines)]
    events += [event("scanned", bag=f"B{line}", line=line) for line in lines]
    return events + [
        event("opened", bag=f"B{n}", found="human", remains=list(remains))
        for n, remains in enumerate(remains_by_bag, start=1)
    ]
